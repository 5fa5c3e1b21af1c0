"""A report as one HTML document with print styles, the source of its PDF. Jinja without any web framework."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from auditapp.domain.audit import Answer
from auditapp.domain.facts import Fact
from auditapp.domain.levels import LevelLine
from auditapp.domain.plan import Plan
from auditapp.domain.report import Publication, Report
from auditapp.domain.scoring import Finding, SectionScore
from auditapp.rendering import charts, figures, words
from auditapp.rendering.addresses import break_long_words
from auditapp.rendering.glyphs import worth
from auditapp.rendering.qr import qr_code
from auditapp.rendering.quick import quick_view
from auditapp.rendering.writing import printed_length
from auditapp.resources import resource_dir

State = Literal["draft", "completed", "published"]


class CheckAt(NamedTuple):
    """Where anybody can check a report: the short code of its document, and the address the code is part of."""

    code: str
    address: str


BDI = (Markup("<bdi>"), Markup("</bdi>"))
TEXT_WIDTH = 642.0
BAR_WIDTH = 236.0
BAR_HEIGHT = 14.0
CHART_TEXT = 13.0
FOOTER_TITLE_LIMIT = 70
WORDINGS_LENGTH = 1600
TALL_ROW = 2000
LONG_TABLE, NARROW_TABLE, SHORT_CELL, PAGE_ROWS = 12, 3, 12, 40
"""A table with more rows, no more columns and no longer cells than these stands in two halves of rows that fit a page."""


@dataclass(frozen=True)
class SectionBar:
    """A row of the summary: a section, its sums, and its bar with the floor of the next level."""

    title: str
    score: SectionScore
    bar: charts.Bar


@dataclass(frozen=True)
class Requirement:
    """Something a level asks for, today and after the plan; the floors of all sections together make one."""

    kind: str
    needed: int
    today: tuple[LevelLine, ...]
    after: tuple[LevelLine, ...]


@dataclass(frozen=True)
class GivenFact:
    """A fact about the event. `kind` says how `value` is to be put into words; "unknown" when nobody gave it."""

    fact: Fact
    kind: Literal["unknown", "boolean", "number", "date", "text"]
    value: Any


@dataclass(frozen=True)
class Run:
    """Findings that stand in one table: several without a figure, or a single one with its own."""

    findings: tuple[Finding, ...]
    figure: figures.FigureView | None


@lru_cache(maxsize=4)
def environment(
    gettext: words.Gettext = words.english,
    ngettext: words.Ngettext = words.english_plural,
    locale: Callable[[], str] = lambda: words.LOCALE,
) -> Environment:
    """The templates with the filters and marks of the pages; escapes everything and refuses undefined names."""
    env = Environment(
        loader=FileSystemLoader(resource_dir("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(words.filters(locale, gettext, ngettext))
    env.filters["typed"] = typed
    env.globals["qr_code"] = qr_code
    return env


def report_html(
    report: Report,
    *,
    publication: Publication | None = None,
    product_name: str,
    address: str | None = None,
    state: State,
    check_at: CheckAt | None = None,
    env: Environment | None = None,
) -> str:
    """The whole document.

    `address` is where the report can be read; it is printed and becomes a link when it may. A draft says so on every page.
    `check_at` is printed with its code, as text and as a QR code.
    """
    template = (env or environment()).get_template("pdf/report.html")
    return template.render(
        report=report,
        checklist=report.checklist,
        event=report.event,
        score=report.score,
        publication=publication,
        product_name=product_name,
        address=address,
        state=state,
        check_at=check_at,
        dated=dated(report, publication),
        footer_title=_shortened(report.title),
        section_bars=section_bars(report),
        extremes=extremes(report),
        plan_chart=plan_chart,
        requirements=requirements,
        wordings=wordings(report),
        first_wordings=first_wordings,
        facts=tuple(given_facts(report)),
        quick=quick_view(report.checklist, report.score, lambda _: "") if report.essentials_only else None,
        figures=figures.report_figures(report, sheet="paper"),
        measures=figures.measures_used(report),
        runs_of=runs_of,
        abreast=abreast,
        worth=worth,
        is_tall=is_tall,
        text_length=printed_length,
    )


def typed(text: str) -> Markup:
    """Text somebody typed: isolated from the direction of its surroundings, with places to break in its longest words."""
    return Markup(f"{BDI[0]}{escape(break_long_words(text))}{BDI[1]}")  # noqa: S704 - the text is escaped


def is_tall(answer: Answer | None) -> bool:
    """Whether an answer has so much to say, most of a page, that its row may go over to the next page."""
    if answer is None:
        return False
    links = sum(40 + len(piece.title) + len(piece.url) for piece in answer.evidence)
    return len(answer.note) + answer.note.count("\n") * 60 + links > TALL_ROW


def runs_of(findings: Sequence[Finding], views: Mapping[str, figures.FigureView]) -> Iterator[Run]:
    """The findings in order, each one that has a figure apart from the others."""
    run: list[Finding] = []
    for finding in findings:
        if finding.id not in views:
            run.append(finding)
            continue
        if run:
            yield Run(tuple(run), None)
        yield Run((finding,), views[finding.id])
        run = []
    if run:
        yield Run(tuple(run), None)


def abreast(table: figures.TableView) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The rows of a table, in two halves to stand side by side where it is long and narrow."""
    rows = table.rows
    widest = max((len(cell) for row in (table.head, *rows) for cell in row), default=0)
    if len(rows) <= LONG_TABLE or len(table.head) > NARROW_TABLE or widest > SHORT_CELL:
        return (rows,)
    parts = -(-len(rows) // (2 * PAGE_ROWS)) * 2
    length = -(-len(rows) // parts)
    return tuple(rows[start : start + length] for start in range(0, len(rows), length))


def section_bars(report: Report) -> tuple[SectionBar, ...]:
    """A bar for every section, in checklist order."""
    following = report.score.next_level
    floor = report.checklist.level(following.id).section_floor if following else 0
    return tuple(
        SectionBar(
            title=report.checklist.section(part.id).title,
            score=part,
            bar=charts.bar(
                part.points,
                part.possible,
                part.evidenced,
                Fraction(floor, 100) if floor and part.possible else None,
                width=BAR_WIDTH,
                height=BAR_HEIGHT,
                overshoot=4.0,
            ),
        )
        for part in report.score.sections
    )


def extremes(report: Report) -> tuple[SectionBar, SectionBar] | None:
    """The section with the highest share of its points and the one with the lowest; None when no two differ."""
    scored = [bar for bar in section_bars(report) if bar.score.possible]
    by_share = sorted(scored, key=lambda bar: bar.score.points / bar.score.possible)
    if len(by_share) < 2 or by_share[0].score.percent == by_share[-1].score.percent:
        return None
    return by_share[-1], by_share[0]


def plan_chart(report: Report, plan: Plan, today: str, line_text: str) -> charts.PlanChart:
    """The score today and after every step that gains points, climbing to the line of the level."""
    points, possible = report.score.total.points, report.score.total.possible
    states = [(today, points / possible)]
    for step in plan.steps:
        if step.gain:
            points += step.gain
            states.append((step.code, points / possible))
    level = Fraction(report.checklist.level(plan.level).score, 100)
    return charts.plan_chart(states, level, line_text, width=TEXT_WIDTH, size=CHART_TEXT)


def requirements(plan: Plan) -> tuple[Requirement, ...]:
    """What the level of a plan asks for, in the level's own order; lines it does not draw are left out."""
    kinds = dict.fromkeys(line.kind for line in plan.today if line.needed)
    return tuple(
        Requirement(
            kind=kind,
            needed=next(line.needed for line in plan.today if line.kind == kind),
            today=tuple(line for line in plan.today if line.kind == kind and line.of),
            after=tuple(line for line in plan.after if line.kind == kind and line.of),
        )
        for kind in kinds
    )


def wordings(report: Report) -> tuple[tuple[str, str, str], ...]:
    """Code, title and ready wording of the changes of the plan that come with one, in the order of the plan."""
    steps = report.plan.steps if report.plan else ()
    criteria = [report.checklist.criterion(step.criterion) for step in steps if step.kind == "improve"]
    return tuple((c.code, c.title, c.improve.wording) for c in criteria if c.improve.wording)


def first_wordings(every: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """As many of the first wordings as fill about half a page, and at least one."""
    length, shown = 0, 0
    for _, _, wording in every:
        length += len(wording)
        if shown and length > WORDINGS_LENGTH:
            break
        shown += 1
    return every[:shown]


def given_facts(report: Report) -> Iterator[GivenFact]:
    """Every fact the checklist asks for, in its order, as it was given."""
    for fact in report.checklist.facts:
        value = report.facts.get(fact.id)
        match fact.type:
            case _ if value is None:
                yield GivenFact(fact, "unknown", None)
            case "choice":
                yield GivenFact(fact, "text", fact.choice_label(value))
            case "date":
                yield GivenFact(fact, "date", dt.date.fromisoformat(str(value)))
            case "number":
                yield GivenFact(
                    fact, "number", format_decimal(value, format="#,##0.###", locale=words.LOCALE)
                )
            case _:
                yield GivenFact(fact, "boolean", value)


def dated(report: Report, publication: Publication | None) -> dt.date:
    """The day the report on paper bears: that of publication, else that of completion."""
    return publication.published_on if publication else report.completed_on


def _shortened(title: str) -> str:
    return title if len(title) <= FOOTER_TITLE_LIMIT else f"{title[: FOOTER_TITLE_LIMIT - 1].rstrip()}…"
