"""One published report: its page, its PDF and its document, or the stone that says it was withdrawn."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.domain.errors import ReportNotFound
from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.domain.scoring import Finding, SectionScore
from auditapp.domain.standing import standing_of
from auditapp.domain.statistics import GroupPlace
from auditapp.proof.canonical import code_of
from auditapp.proof.schema import report_schema_text
from auditapp.rendering import charts, figures, html
from auditapp.rendering.glyphs import worth
from auditapp.rendering.quick import quick_view
from auditapp.services import publishing
from auditapp.services.finding import place_in_group
from auditapp.storage.database import db
from auditapp.storage.reports import Listing
from auditapp.web.access import public_address, rooms, today
from auditapp.web.presentation import translated
from auditapp.web.reports import asked as asking
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.facets import labels_of
from auditapp.web.reports.sharing import shared
from auditapp.web.revalidation import known_by_index, revalidated

FACTS_IN_HEAD = 3


@dataclass(frozen=True)
class SectionOfReport:
    """A section with its findings, its bar, and a glyph for each finding."""

    code: str
    title: str
    summary: str
    score: SectionScore
    bar: charts.Bar
    findings: tuple[Finding, ...]
    strip: tuple[StripMark, ...]


@dataclass(frozen=True)
class StripMark:
    """One glyph of a strip, and the finding it leads to."""

    code: str
    title: str
    worth: Fraction | str
    href: str


@bp.get("/schema.json")
def schema() -> ResponseReturnValue:
    """The format of report documents."""
    return revalidated(Response(report_schema_text(), mimetype="application/schema+json"))


@bp.get("/<slug>")
@known_by_index
def show(slug: str) -> ResponseReturnValue:
    """The report as a page; 410 with date and reason when it was withdrawn."""
    publication, report = publishing.find_report(db.session, known(slug))
    if publication.state is PublicationState.WITHDRAWN:
        return withdrawn(publication, report)
    following = report.score.next_level
    standing = standing_of(publication, report.expires_on, today())
    sections = sections_of(report)
    _publication, listing = publishing.find_listing(db.session, slug)
    return revalidated(
        render_template(
            "reports/show.html",
            report=report,
            checklist=report.checklist,
            event=report.event,
            score=report.score,
            publication=publication,
            replacement=publishing.replacement_of(db.session, publication, report),
            sections=sections,
            shown_codes={finding.code for section in sections for finding in section.findings},
            quick=quick_view(report.checklist, report.score, lambda criterion: f"#{criterion.code}")
            if report.essentials_only
            else None,
            figures=figures.report_figures(report, gettext=translated),
            measures=figures.measures_used(report),
            floor_level=report.checklist.level(following.id) if following else report.level,
            facts=tuple(html.given_facts(report)),
            about=about_event(report),
            standing=standing,
            shared=shared(report, publication, standing),
            listing=listing,
            among=among_others(listing),
            worth=worth,
            requirements=html.requirements,
            address=public_address(slug),
            code_of=code_of,
        )
    )


@dataclass(frozen=True)
class Among:
    """A report among comparable events: its place, what they have in common in words, and where they are listed."""

    place: GroupPlace
    common: tuple[str, ...]
    href: str


def among_others(listing: Listing) -> Among | None:
    """Where a report stands among the latest reports of comparable events; None for one without a score."""
    place = place_in_group(db.session, rooms().index, listing)
    if place is None:
        return None
    labels = labels_of(rooms().catalogue.current())
    common = (listing.checklist_name, *(labels.of(facet, value) for facet, value in place.narrowed.items()))
    parts = {"checklist": listing.checklist_id, "latest": "yes", "order": "score", **place.narrowed}
    href = f"{url_for('reports.index')}?{urlencode(parts)}"
    return Among(place, common, href)


@bp.get("/<slug>.pdf")
def pdf(slug: str) -> ResponseReturnValue:
    """The PDF as it was stored on the day of publication; 410 when the report was withdrawn."""
    shop = rooms().print_shop
    publication, body = publishing.published_pdf(db.session, rooms().files, known(slug), make=shop.reissue)
    if body is None:
        return withdrawn(*publishing.find_report(db.session, slug))
    return stored(body, "application/pdf", f"{slug}.pdf", publication.published_on)


@bp.get("/<slug>.json")
def document(slug: str) -> ResponseReturnValue:
    """The document as it was frozen; 410 when the report was withdrawn."""
    publication, text = publishing.report_document(db.session, known(slug))
    if publication.state is PublicationState.WITHDRAWN:
        return withdrawn(*publishing.find_report(db.session, slug))
    return stored(text.encode(), "application/json", f"{slug}.json", publication.published_on)


def known(slug: str) -> str:
    """`slug` itself; raises ReportNotFound when no report can have it, before any database is asked."""
    if asking.slugs([slug])[0] != (slug,):
        raise ReportNotFound(slug)
    return slug


def stored(body: bytes, mimetype: str, name: str, published_on: dt.date) -> Response:
    """A file of a report, to open in the browser and to save under its own name."""
    response = Response(body, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.last_modified = dt.datetime.combine(published_on, dt.time(), dt.UTC)
    return revalidated(response)


def withdrawn(publication: Publication, report: Report) -> ResponseReturnValue:
    """What stays of a withdrawn report: that there was one, since when there is none, and why. No figures."""
    page = render_template(
        "reports/withdrawn.html",
        publication=publication,
        title_of_report=report.title,
        replacement=publishing.replacement_of(db.session, publication, report),
    )
    return page, 410, {"Cache-Control": "no-cache, must-revalidate"}


def sections_of(report: Report) -> tuple[SectionOfReport, ...]:
    """The sections of a report, in checklist order, with all there is to show of each; none that shows nothing."""
    following = report.score.next_level
    level = report.checklist.level(following.id) if following else report.level
    floor = Fraction(level.section_floor, 100) if level and level.section_floor else None
    found = []
    for section, part in zip(report.checklist.sections, report.score.sections, strict=True):
        findings = report.findings_in(section.id)
        if not findings:
            continue
        found.append(
            SectionOfReport(
                code=section.code,
                title=section.title,
                summary=section.summary,
                score=part,
                bar=charts.bar(part.points, part.possible, part.evidenced, floor if part.possible else None),
                findings=findings,
                strip=tuple(
                    StripMark(one.code, report.criterion(one).title, worth(one), f"#{one.code}")
                    for one in findings
                ),
            )
        )
    return tuple(found)


def about_event(report: Report) -> tuple[html.GivenFact, ...]:
    """The first facts in the checklist's order that say what kind of event it is and how large: choices and numbers."""
    telling = (given for given in html.given_facts(report) if given.kind in ("text", "number"))
    return tuple(itertools.islice(telling, FACTS_IN_HEAD))
