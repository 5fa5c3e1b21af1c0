"""Two to six published reports side by side, and the page to choose them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.domain.comparison import FEWEST, MOST, compare
from auditapp.domain.errors import NotComparable
from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.domain.standing import standing_of
from auditapp.rendering import matrix
from auditapp.rendering.data import comparison_csv
from auditapp.rendering.side_by_side import Place, SideBySide
from auditapp.services import publishing
from auditapp.services.finding import search_reports
from auditapp.storage.database import db
from auditapp.web.access import limiter, public_address, rooms, today
from auditapp.web.presentation import translated
from auditapp.web.reports import asked as asking
from auditapp.web.reports.asked import Asked
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.finding import entry
from auditapp.web.revalidation import known_by_index, revalidated, revalidated_by

NARROW = 328.0
SHEET_LIMIT = "60 per minute"
"""How many comparisons one address may have printed: each may take a second of a process."""


@dataclass(frozen=True)
class Chosen:
    """The reports an address names: those that can be compared, and why the others cannot."""

    reports: tuple[tuple[Publication, Report], ...]
    withdrawn: tuple[tuple[Publication, Report], ...]
    unknown: tuple[str, ...]
    too_many: int

    @property
    def slugs(self) -> tuple[str, ...]:
        """The addresses of those that can be compared."""
        return tuple(publication.slug for publication, _report in self.reports)


@bp.get("/compare", endpoint="compare")
@known_by_index
def compare_page() -> ResponseReturnValue:
    """The comparison of the reports the address names; with fewer than two, the page to choose them."""
    asked = Asked.of(request.args, rooms().catalogue.current())
    unreadable = asking.slugs(request.args.getlist("report"))[1]
    chosen = look_up(asked.chosen, unreadable)
    if "find" in request.args or len(chosen.reports) < FEWEST:
        return choose(asked, chosen)
    by_checklist = request.args.get("order") == "checklist"
    if not is_tidy(asked):
        return redirect(address(asked.chosen, by_checklist=by_checklist), 302)
    try:
        comparison = compare([report for _publication, report in chosen.reports])
    except NotComparable:
        return choose(asked, chosen, nothing_shared=True)
    return revalidated(
        render_template(
            "reports/compare.html",
            comparison=comparison,
            chosen=chosen,
            standings=[standing_of(one, report.expires_on, today()) for one, report in chosen.reports],
            names=matrix.short_names([report.title for _publication, report in chosen.reports]),
            plot=matrix.plot(comparison, 928.0, 202.0, gettext=translated),
            narrow_plot=matrix.plot(comparison, NARROW, 0.0, gettext=translated),
            parts=matrix.by_section(comparison, gettext=translated)
            if by_checklist
            else matrix.by_band(comparison, gettext=translated),
            by_checklist=by_checklist,
            differing=len(comparison.differing),
            here=address(chosen.slugs, by_checklist=False),
            other_order=address(chosen.slugs, by_checklist=not by_checklist),
            pdf=url_for("reports.compare_pdf", report=list(chosen.slugs)),
            csv=url_for("reports.compare_csv", report=list(chosen.slugs)),
            permanent=rooms().settings.public_url + address(chosen.slugs, by_checklist=False),
        )
    )


@bp.get("/compare.csv")
@known_by_index
def compare_csv() -> ResponseReturnValue:
    """The comparison as a table: a row for every criterion. Raises NotComparable with fewer than two reports."""
    asked = Asked.of(request.args, rooms().catalogue.current())
    chosen = look_up(asked.chosen, ())
    text = comparison_csv(compare([report for _publication, report in chosen.reports]))
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="comparison.csv"'
    return revalidated(response)


@bp.get("/compare.pdf")
@limiter.limit(SHEET_LIMIT)
def compare_pdf() -> ResponseReturnValue:
    """The comparison on paper, with what is left out and why. Raises NotComparable with fewer than two reports."""
    asked = Asked.of(request.args, rooms().catalogue.current())
    chosen = look_up(asked.chosen, asking.slugs(request.args.getlist("report"))[1])
    sheet = SideBySide(
        compare([report for _publication, report in chosen.reports]),
        tuple(
            Place(public_address(one.slug), standing_of(one, report.expires_on, today()))
            for one, report in chosen.reports
        ),
        rooms().settings.name,
        today(),
        rooms().settings.public_url + address(chosen.slugs, by_checklist=False),
        matrix.LeftOut(
            tuple(report.title for _publication, report in chosen.withdrawn), chosen.unknown, chosen.too_many
        ),
    )
    response = Response(mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="comparison.pdf"'
    sheets = rooms().sheets
    return revalidated_by(sheets.mark(sheet), response, lambda: sheets.get(sheet))


def look_up(slugs: Sequence[str], unreadable: Sequence[str]) -> Chosen:
    """The reports of these addresses, at most six of them, in one query."""
    found = publishing.find_reports(db.session, slugs)
    known = [found[slug] for slug in slugs if slug in found]
    live = [pair for pair in known if pair[0].state is not PublicationState.WITHDRAWN]
    return Chosen(
        reports=tuple(live[:MOST]),
        withdrawn=tuple(pair for pair in known if pair[0].state is PublicationState.WITHDRAWN),
        unknown=(*(slug for slug in slugs if slug not in found), *unreadable),
        too_many=max(len(live) - MOST, 0),
    )


def choose(asked: Asked, chosen: Chosen, *, nothing_shared: bool = False) -> ResponseReturnValue:
    """The page to find and tick reports on; 404 when every report the address names is unknown."""
    found = search_reports(db.session, rooms().index, asked.wanted, cursor=asked.cursor, facets=False)
    page = render_template(
        "reports/choose.html",
        asked=asked,
        chosen=chosen,
        nothing_shared=nothing_shared,
        found=found,
        entries=tuple(entry(one, chosen.slugs) for one in found.items if one.slug not in chosen.slugs),
    )
    lost = bool(chosen.unknown) and not chosen.reports and not chosen.withdrawn
    return revalidated(page) if not lost else (page, 404)


def is_tidy(asked: Asked) -> bool:
    """Whether the address names each report once and says nothing that a comparison does not need."""
    return request.args.getlist("report") == list(asked.chosen) and set(request.args) <= {"report", "order"}


def address(slugs: Sequence[str], *, by_checklist: bool) -> str:
    """The permanent address of a comparison."""
    return url_for("reports.compare", report=list(slugs), order="checklist" if by_checklist else None)
