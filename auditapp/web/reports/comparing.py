"""Two to six published reports side by side, and the page to choose them on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.domain.comparison import FEWEST, MOST, Band, Cell, Comparison, Row, compare
from auditapp.domain.errors import NotComparable
from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.domain.standing import standing_of
from auditapp.rendering import charts
from auditapp.rendering.data import comparison_csv
from auditapp.rendering.figures import short_fact
from auditapp.services import publishing
from auditapp.storage.database import db
from auditapp.web.access import rooms, today
from auditapp.web.presentation import translated
from auditapp.web.reports import asked as asking
from auditapp.web.reports.asked import Asked
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.finding import entry
from auditapp.web.revalidation import revalidated

NARROW = 328.0
SHORT_NOTE = 48
SHORT_NAME = 18


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


@dataclass(frozen=True)
class MatrixCell:
    """A cell of the matrix: the glyph, its word, a short fact, and how far the answer can be relied on."""

    worth: Fraction | str | None
    word: str
    fact: str
    state: str


@dataclass(frozen=True)
class MatrixRow:
    """A criterion across all reports."""

    code: str
    title: str
    essential: bool
    same_wording: bool
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class MatrixPart:
    """Rows of the matrix under a heading; a folded one is opened by the reader."""

    title: str
    rows: tuple[MatrixRow, ...]
    folded: bool = False


@bp.get("/compare", endpoint="compare")
def compare_page() -> ResponseReturnValue:
    """The comparison of the reports the address names; with fewer than two, the page to choose them."""
    asked = Asked.of(request.args)
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
            names=short_names([report.title for _publication, report in chosen.reports]),
            plot=plot(comparison, 928.0, 202.0),
            narrow_plot=plot(comparison, NARROW, 0.0),
            parts=by_section(comparison) if by_checklist else by_band(comparison),
            by_checklist=by_checklist,
            differing=len(comparison.differing),
            here=address(chosen.slugs, by_checklist=False),
            other_order=address(chosen.slugs, by_checklist=not by_checklist),
            csv=url_for("reports.compare_csv", report=list(chosen.slugs)),
            permanent=rooms().settings.public_url + address(chosen.slugs, by_checklist=False),
        )
    )


@bp.get("/compare.csv")
def compare_csv() -> ResponseReturnValue:
    """The comparison as a table: a row for every criterion. Raises NotComparable with fewer than two reports."""
    asked = Asked.of(request.args)
    chosen = look_up(asked.chosen, ())
    text = comparison_csv(compare([report for _publication, report in chosen.reports]))
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="comparison.csv"'
    return revalidated(response)


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
    found = publishing.search_reports(db.session, **asked.search())
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


def plot(comparison: Comparison, width: float, label_width: float) -> charts.DotPlot:
    """The shared score by section: one row each, and one for the whole checklist on top."""
    rows: list[tuple[str, list[int | None]]] = [
        (_("Whole checklist"), [column.shared.percent for column in comparison.columns])
    ]
    for section in comparison.sections:
        percents = [part.percent for part in section.sums]
        if any(percent is not None for percent in percents):
            rows.append((section.title, percents))
    return charts.dot_plot(rows, width=width, label_width=label_width)


def by_band(comparison: Comparison) -> tuple[MatrixPart, ...]:
    """Differences first: bands from far apart to the same, essentials before the rest in each."""
    titles = {
        Band.FAR: _("Far apart: one fully, one not at all"),
        Band.STEP: _("One step apart"),
        Band.OPEN: _("Answered by only some"),
        Band.NOT_SHARED: _("Does not apply to all")
        if not any(column.essentials_only for column in comparison.columns)
        else _("Does not apply to all, or was not asked of all"),
        Band.SAME: _("Same answer"),
    }
    parts = (
        MatrixPart(title, matrix_rows(comparison.in_band(band)), folded=band is Band.SAME)
        for band, title in titles.items()
    )
    return tuple(part for part in parts if part.rows)


def by_section(comparison: Comparison) -> tuple[MatrixPart, ...]:
    """Every criterion in the order of the checklist."""
    return tuple(
        MatrixPart(section.title, matrix_rows([row for row in comparison.rows if row.section == section.id]))
        for section in comparison.sections
    )


def matrix_rows(rows: Sequence[Row]) -> tuple[MatrixRow, ...]:
    """Rows of a comparison, ready to draw."""
    return tuple(
        MatrixRow(
            row.code, row.title, row.essential, row.same_wording, tuple(cell_of(cell) for cell in row.cells)
        )
        for row in rows
    )


def cell_of(cell: Cell) -> MatrixCell:
    """One cell: the number behind the grade, or else the first words of the note, stand for the answer."""
    if cell.state is None:
        return MatrixCell(None, _("Not in its checklist"), "", "")
    if not cell.asked:
        return MatrixCell(None, _("Not asked in the quick audit"), "", "")
    fact = short_fact(cell.quantity, cell.currency, gettext=translated) or shortened(cell.note)
    if cell.worth is None:
        return MatrixCell(cell.state.value, "", fact, "")
    return MatrixCell(cell.worth, cell.label, fact, cell.state.value)


def shortened(note: str, longest: int = SHORT_NOTE) -> str:
    """The first sentence of a note, or as many of its first words as fit."""
    first = re.split(r"(?<=[.!?])\s", " ".join(note.split()), maxsplit=1)[0]
    if len(first) <= longest:
        return first.rstrip(".")
    cut = first[:longest]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…".replace(",…", "…")


def short_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Names for the heads of columns: as many first words as fit and still tell the reports apart."""
    names = [_first_words(title) for title in titles]
    return tuple(title if names.count(name) > 1 else name for name, title in zip(names, titles, strict=True))


def _first_words(title: str) -> str:
    words = title.split()
    name = words[0]
    for word in words[1:]:
        if len(name) + 1 + len(word) > SHORT_NAME:
            break
        name = f"{name} {word}"
    return name
