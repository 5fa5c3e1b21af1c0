"""How many published reports meet each criterion, for any search: as a page, a table, data, paper, and for other pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, partial

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.domain.checklist import Checklist
from auditapp.domain.errors import ChecklistNotFound
from auditapp.domain.statistics import CriterionCount
from auditapp.rendering import counts
from auditapp.rendering.data import csv_text
from auditapp.services.finding import Counted, count_answers
from auditapp.storage.database import db
from auditapp.storage.search import Facet
from auditapp.web.access import limiter, rooms, today
from auditapp.web.frames import frame_style, framed_anywhere
from auditapp.web.presentation import translated
from auditapp.web.reports.asked import Asked
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.comparing import SHEET_LIMIT
from auditapp.web.reports.facets import labels_of
from auditapp.web.reports.finding import Group, groups, removable
from auditapp.web.reports.nearness import near_words, nearness
from auditapp.web.revalidation import known_by_index, revalidated, revalidated_by

ORDERS = ("checklist", "share")
MOST_SHOWN = 200
"""Criteria a page may ask to be shown of."""


@dataclass(frozen=True)
class Counting:
    """What was asked and counted, and the other checklists the search could be counted over."""

    asked: Asked
    counted: Counted
    order: str

    @property
    def checklist(self) -> Checklist:
        """The checklist that is counted over."""
        return self.counted.checklist

    def address(self, endpoint: str, **changes: object) -> str:
        """An address of the same counts."""
        parts = self.asked.parameters(report=None, order=None)
        parts |= {
            "of": self.checklist.id,
            "latest": None if self.asked.search.latest else "no",
            "by": "share" if self.order == "share" else None,
        }
        return url_for(endpoint, **(parts | changes))

    def full(self, count: CriterionCount) -> tuple[str, ...]:
        """The answers that meet a criterion in full."""
        return tuple(one.grade for one in count.grades if one.worth == 1)

    def listed(self, criterion: str, answers: tuple[str, ...]) -> str:
        """The list behind a number: the reports with one of these answers."""
        return f"{self._list}&criterion={criterion}:{','.join(answers)}"

    @cached_property
    def _list(self) -> str:
        """The address of the list of the reports that were counted, put together once for all criteria."""
        chosen = self.asked.search.chosen("checklist") or (self.checklist.id,)
        return self.asked.address(checklist=list(chosen), order=None, report=None)


@bp.get("/statistics")
@known_by_index
def statistics() -> ResponseReturnValue:
    """How many of the reports that fit meet each criterion; each event counts once unless every edition is asked for."""
    found = counting()
    return revalidated(
        render_template(
            "reports/statistics.html",
            found=found,
            asked=found.asked,
            counted=found.counted,
            parts=parts_of(found),
            narrowed=narrowed_words(found.asked),
            near=nearness(found.asked, partial(found.address, "reports.statistics")),
            groups=offered(found),
            checklists=rooms().catalogue.current(),
            said=said,
            permanent=rooms().settings.public_url + found.address("reports.statistics"),
            embed=embed_words(found),
        )
    )


@bp.get("/statistics.csv")
@known_by_index
def statistics_csv() -> ResponseReturnValue:
    """The counts as a table: a row for every criterion."""
    found = counting()
    counted = found.counted
    text = csv_text(counts.count_cells(counted.checklist.id, counted.reports, counted.criteria))
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="statistics.csv"'
    return revalidated(response)


@bp.get("/statistics.json")
@known_by_index
def statistics_json() -> ResponseReturnValue:
    """The counts as data."""
    counted = counting().counted
    data = counts.count_data(counted.checklist.id, counted.reports, counted.criteria)
    return revalidated(
        Response(json.dumps(data, ensure_ascii=False, indent=2) + "\n", mimetype="application/json")
    )


@bp.get("/statistics.pdf")
@limiter.limit(SHEET_LIMIT)
def statistics_pdf() -> ResponseReturnValue:
    """The counts on paper."""
    found = counting()
    sheet = counts.CountSheet(
        found.checklist.title,
        found.counted.reports,
        found.asked.search.latest,
        narrowed_words(found.asked),
        parts_of(found),
        rooms().settings.name,
        rooms().settings.public_url + found.address("reports.statistics"),
        today(),
    )
    response = Response(mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="statistics.pdf"'
    sheets = rooms().sheets
    return revalidated_by(sheets.mark(sheet), response, lambda: sheets.get(sheet))


@bp.get("/statistics/embed")
@framed_anywhere
@known_by_index
def statistics_embed() -> ResponseReturnValue:
    """The counts of the criteria asked for, or of the essentials, for other people's pages: no script, no cookie."""
    found = counting()
    named = set(request.args.getlist("show")[:MOST_SHOWN])
    rows = [
        row
        for row in counts.count_rows(found.counted.criteria)
        if (row.count.code in named if named else row.count.essential)
    ]
    return revalidated(
        render_template(
            "reports/statistics_embed.html",
            found=found,
            counted=found.counted,
            rows=rows,
            narrowed=narrowed_words(found.asked),
            said=said,
            permanent=rooms().settings.public_url + found.address("reports.statistics"),
            on=today(),
            style=frame_style(),
        )
    )


def counting() -> Counting:
    """What the request asks for, counted. Raises ChecklistNotFound for a checklist nobody knows."""
    checklists = rooms().catalogue.current()
    asked = Asked.of(
        request.args,
        checklists,
        rooms().gazetteer,
        latest=request.args.get("latest") != "no",
        order="newest",
    )
    checklist = checklist_asked(asked, checklists)
    order = request.args.get("by", ORDERS[0])
    return Counting(
        asked,
        count_answers(db.session, rooms().index, asked.wanted, checklist),
        order if order in ORDERS else ORDERS[0],
    )


def checklist_asked(asked: Asked, checklists: tuple[Checklist, ...]) -> Checklist:
    """The checklist to count over: the one that is named, that of the search, or the first."""
    by_id = {checklist.id: checklist for checklist in checklists}
    named = request.args.get("of")
    if named is not None:
        if named not in by_id:
            raise ChecklistNotFound(named)
        return by_id[named]
    for choice in asked.criteria:
        return choice.checklist
    for value in asked.search.chosen("checklist"):
        if (name := value.partition("@")[0]) in by_id:
            return by_id[name]
    if not checklists:
        raise ChecklistNotFound("")
    return checklists[0]


def parts_of(found: Counting) -> tuple[counts.CountPart, ...]:
    """The criteria in the order asked for."""
    if found.order == "share":
        return counts.by_share(_("Most reports meet the first"), found.counted.criteria)
    sections = tuple((section.id, section.code, section.title) for section in found.checklist.sections)
    return counts.by_section(sections, found.counted.criteria)


def offered(found: Counting) -> tuple[Group, ...]:
    """What the search can be narrowed to, but for the checklist, which is chosen apart."""
    labels = labels_of(rooms().catalogue.current())
    facets: dict[str, tuple[Facet, ...]] = {
        name: values for name, values in found.counted.facets.items() if name != "checklist"
    }
    return tuple(groups(found.asked, facets, labels))


def narrowed_words(asked: Asked) -> tuple[str, ...]:
    """What the reports counted have in common, in words."""
    labels = labels_of(rooms().catalogue.current())
    said = [_("“%(words)s”", words=asked.q)] if asked.q else []
    if near := near_words(asked):
        said.append(near)
    for facet, values in asked.search.narrowed:
        named = _(" or ").join(labels.of(facet, value) for value in values)
        said.append(_("%(facet)s: %(values)s", facet=labels.title(facet), values=named))
    said += [part.words for part in removable(asked)]
    return tuple(said)


def said(row: counts.CountRow) -> str:
    """What a bar shows, in the language of this request."""
    return counts.said(row, gettext=translated)


def embed_words(found: Counting) -> str:
    """What to put into a page of HTML to show the essentials there."""
    address = rooms().settings.public_url + found.address("reports.statistics_embed")
    return render_template("reports/frame.html", address=address, title=found.checklist.title).strip()
