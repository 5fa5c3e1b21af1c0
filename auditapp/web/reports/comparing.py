"""Two to six published reports side by side, and the page to choose them on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from auditapp.domain.comparison import FEWEST, Comparison
from auditapp.domain.errors import NotComparable
from auditapp.domain.report import Report
from auditapp.domain.standing import ReportStanding, standing_of
from auditapp.rendering import compared, matrix, words
from auditapp.rendering.data import comparison_csv, comparison_data
from auditapp.rendering.number_table import number_rows
from auditapp.rendering.once import Once
from auditapp.rendering.side_by_side import Place, SideBySide
from auditapp.services.comparing import Chosen, choose_reports, compare_reports
from auditapp.services.finding import search_reports
from auditapp.storage.database import db
from auditapp.web.access import limiter, public_address, rooms, today
from auditapp.web.presentation import locale_name, plural_form, translated
from auditapp.web.reports import asked as asking
from auditapp.web.reports.asked import Asked
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.finding import entry
from auditapp.web.revalidation import known_by_index, revalidated, revalidated_by

NARROW = 328.0
SHEET_LIMIT = "60 per minute"
"""How many comparisons one address may have printed: each may take a second of a process."""
EMBED_HEIGHT, EMBED_ROW = 330, 46
"""Pixels of an embedded comparison, and of every report and every section in it."""


@bp.get("/compare", endpoint="compare")
@known_by_index
def compare_page() -> ResponseReturnValue:
    """The comparison of the reports the address names; with fewer than two, the page to choose them."""
    asked = Asked.of(request.args, rooms().catalogue.current(), rooms().gazetteer)
    chosen = chosen_here()
    if "find" in request.args or len(chosen.reports) < FEWEST:
        return choose(asked, chosen)
    by_checklist = request.args.get("order") == "checklist"
    if not is_tidy(asked):
        return redirect(address(asked.chosen, by_checklist=by_checklist), 302)
    try:
        comparison = compare_reports(rooms().catalogue, reports_of(chosen))
    except NotComparable:
        return choose(asked, chosen, nothing_shared=True)
    say = compared.Wordings(translated, plural_form)
    names = matrix.short_names([report.title for report in reports_of(chosen)])
    return revalidated(
        render_template(
            "reports/compare.html",
            comparison=comparison,
            chosen=chosen,
            standings=standings(chosen),
            names=names,
            once=Once(),
            plot=matrix.plot(comparison, compared.WIDE, 202.0, gettext=translated),
            narrow_plot=matrix.plot(comparison, NARROW, 0.0, gettext=translated),
            years=compared.years_beside(comparison, say=say),
            glyphs=compared.glyphs_of(comparison, say=say),
            numbers=number_rows(comparison, gettext=translated),
            sorted_by=lambda places: address(
                [chosen.slugs[place] for place in places], by_checklist=by_checklist
            ),
            parts=matrix.by_section(comparison, gettext=translated)
            if by_checklist
            else matrix.by_band(comparison, gettext=translated),
            left_out=[
                (matrix.why_words(part.why, gettext=translated), part.rows) for part in comparison.not_shared
            ],
            by_checklist=by_checklist,
            differing=len(comparison.differing),
            here=address(chosen.slugs, by_checklist=False),
            other_order=address(chosen.slugs, by_checklist=not by_checklist),
            files={
                kind: url_for(f"reports.compare_{kind}", report=list(chosen.slugs))
                for kind in ("pdf", "csv", "json")
            },
            permanent=rooms().settings.public_url + address(chosen.slugs, by_checklist=False),
            embed=embed_words(comparison, chosen.slugs),
            embedded=url_for("reports.compare_embed", report=list(chosen.slugs)),
        )
    )


@bp.get("/compare.csv")
@known_by_index
def compare_csv() -> ResponseReturnValue:
    """The comparison as a table: a row for every criterion. Raises NotComparable with fewer than two reports."""
    text = comparison_csv(compare_reports(rooms().catalogue, reports_of(chosen_here())))
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="comparison.csv"'
    return revalidated(response)


@bp.get("/compare.json")
@known_by_index
def compare_json() -> ResponseReturnValue:
    """The comparison for programs, with how each report stands. Raises NotComparable with fewer than two reports."""
    chosen = chosen_here()
    data = comparison_data(compare_reports(rooms().catalogue, reports_of(chosen)))
    for told, (publication, _report), standing in zip(
        data["reports"], chosen.reports, standings(chosen), strict=True
    ):
        told |= {
            "slug": publication.slug,
            "url": public_address(publication.slug),
            "state": standing.state.value,
            "expires_on": standing.expires_on.isoformat(),
            "superseded_by": standing.superseded_by,
        }
    data |= {
        "url": rooms().settings.public_url + address(chosen.slugs, by_checklist=False),
        "not_compared": {
            "withdrawn": [publication.slug for publication, _report in chosen.withdrawn],
            "unknown": list(chosen.unknown),
            "too_many": chosen.too_many,
        },
    }
    return revalidated(json_file(data))


@bp.get("/compare.pdf")
@limiter.limit(SHEET_LIMIT)
def compare_pdf() -> ResponseReturnValue:
    """The comparison on paper, with what is left out and why. Raises NotComparable with fewer than two reports."""
    chosen = chosen_here()
    sheet = SideBySide(
        compare_reports(rooms().catalogue, reports_of(chosen)),
        tuple(
            Place(public_address(one.slug), standing)
            for (one, _report), standing in zip(chosen.reports, standings(chosen), strict=True)
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


def chosen_here() -> Chosen:
    """The reports this address names."""
    slugs, unreadable = asking.slugs(request.args.getlist("report"))
    return choose_reports(db.session, slugs, unreadable)


def reports_of(chosen: Chosen) -> list[Report]:
    """The reports to be compared."""
    return [report for _publication, report in chosen.reports]


def standings(chosen: Chosen) -> list[ReportStanding]:
    """How each of them stands today."""
    return [standing_of(publication, report.expires_on, today()) for publication, report in chosen.reports]


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


def embed_words(comparison: Comparison, slugs: Sequence[str]) -> str:
    """What to put into a page of HTML to show the comparison there."""
    rows = len(comparison.columns) + len(comparison.sections) + 1
    titles = words.listed([" ".join(column.title.split()) for column in comparison.columns], locale_name())
    frame = Markup('<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>').format(
        rooms().settings.public_url + url_for("reports.compare_embed", report=list(slugs)),
        _("Side by side: %(titles)s", titles=titles),
        EMBED_HEIGHT + EMBED_ROW * rows,
    )
    return str(frame)  # plain text from here on: it is shown on a page, not part of it


def json_file(data: dict[str, Any]) -> Response:
    """Data as a file for programs."""
    return Response(json.dumps(data, ensure_ascii=False), content_type="application/json")
