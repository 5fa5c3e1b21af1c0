"""A report on one page: what it comes to, for a notice board, a funder or a journalist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from jinja2 import Environment

from auditapp.domain.report import Publication, Report
from auditapp.domain.scoring import Finding
from auditapp.domain.standing import ReportStanding, ReportState
from auditapp.rendering.glyphs import worth
from auditapp.rendering.html import CheckAt, dated, environment, section_bars
from auditapp.rendering.quick import QuickView, quick_view

MOST_SECTIONS = 9
MOST_SUBJECTS = 14
MOST_MARKS = 5
MOST_CODES = 9
CROWDED = 7
"""With more lines than these at the top, criteria get one line each further down."""
LONG_TITLE, LONGER_TITLE, LONG_NAME = 28, 60, 70

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class OnePage:
    """What a page is made of. `standing` says how a published report stands on the day the page is asked for."""

    report: Report
    publication: Publication | None
    product_name: str
    address: str | None = None
    check_at: CheckAt | None = None
    standing: ReportStanding | None = None


@dataclass(frozen=True)
class Shown(Generic[Thing]):
    """As many of some things as there is room for, and how many more there are."""

    first: tuple[Thing, ...]
    more: int

    @classmethod
    def of(cls, things: Sequence[Thing], most: int) -> Shown[Thing]:
        """The first of these things, no more than `most`."""
        return cls(tuple(things[:most]), max(len(things) - most, 0))

    @property
    def halves(self) -> tuple[tuple[Thing, ...], ...]:
        """The same in two columns, the first of them the longer one; one column where there is one thing."""
        middle = (len(self.first) + 1) // 2
        return tuple(half for half in (self.first[:middle], self.first[middle:]) if half)


def one_page_html(page: OnePage, env: Environment | None = None) -> str:
    """The page as one HTML document. Whatever stands in the report, it is cut to fit a single sheet of A4."""
    report = page.report
    quick = quick_view(report.checklist, report.score, lambda _: "") if report.essentials_only else None
    sections = [bar for bar in section_bars(report) if bar.score.possible]
    size, later = title_size(report.title), later_address(page)
    expired = page.standing is not None and page.standing.state is ReportState.EXPIRED
    lines = len(sections) + 2 * (size == "long") + 2 * (later is not None or expired)
    template = (env or environment()).get_template("pdf/one_page.html")
    return template.render(
        page=page,
        report=report,
        checklist=report.checklist,
        event=report.event,
        score=report.score,
        organiser=report.event.organiser or None,
        long_organiser=len(report.event.organiser) > LONG_NAME,
        publication=page.publication,
        dated=dated(report, page.publication),
        size=size,
        crowded=lines > CROWDED,
        sections=Shown.of(sections, MOST_SECTIONS),
        quick=quick,
        subjects=Shown.of(quick.subjects, MOST_SUBJECTS) if quick else None,
        most_marks=MOST_MARKS,
        missed=missed_essentials(report, quick),
        weakest=weakest(report),
        later_address=later,
        expired=expired,
        worth=worth,
    )


def missed_essentials(report: Report, quick: QuickView | None) -> Shown[str]:
    """The codes of the essentials that apply and earn nothing; of a quick report, among those it was asked."""
    missed = [one for one in report.score.findings if one.essential and one.applies and not one.met]
    if quick is not None:
        missed = [one for one in missed if report.criterion(one).in_quick_audit]
    return Shown.of([one.code for one in missed], MOST_CODES)


def later_address(page: OnePage) -> str | None:
    """Where the report stands that replaced this one; None while nothing has."""
    if page.standing is None or page.standing.superseded_by is None:
        return None
    return f"{(page.address or '').rpartition('/')[0]}/{page.standing.superseded_by}"


def title_size(title: str) -> str:
    """How large a title is set: a short one large, a very long one small, so that none takes the page."""
    if len(title) <= LONG_TITLE:
        return "short"
    return "medium" if len(title) <= LONGER_TITLE else "long"


def weakest(report: Report) -> tuple[Finding, ...]:
    """Up to three criteria that miss most; of a quick report only among those it was asked."""
    if report.essentials_only is None:
        return report.weakest
    asked = [f for f in report.weakest if report.criterion(f).in_quick_audit]
    return tuple(asked)
