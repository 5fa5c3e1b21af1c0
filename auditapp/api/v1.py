"""Version 1: published reports and checklists as JSON and CSV, searched as the list of reports is.

Reading needs no key. Addresses and fields of this version stay; fields may be added.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, g, request
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from auditapp.api import problems
from auditapp.api.asked import (
    ReportsAsked,
    ReportsCompared,
    StatisticsAsked,
    address_parts,
    asked,
    criterion_pattern,
)
from auditapp.api.compared import ComparisonAnswer, EventAnswer
from auditapp.api.models import (
    ChecklistList,
    CriterionStatistics,
    EventPage,
    EventSummary,
    FacetValue,
    Gone,
    ReportAnswer,
    ReportPage,
    ReportSummary,
    Shape,
    Statistics,
    cells,
    column_names,
)
from auditapp.api.openapi import description, gives
from auditapp.api.shapes import (
    absolute,
    criterion_counted,
    described,
    gathered,
    listed,
    over_years,
    published,
    rooms,
    today,
    understood,
)
from auditapp.domain.checklist import Checklist
from auditapp.domain.errors import AuditError, EventNotFound, ReportNotFound
from auditapp.domain.report import Publication, Report
from auditapp.domain.standing import ReportStanding, standing_of
from auditapp.rendering.data import comparison_csv, comparison_data, csv_text
from auditapp.rendering.facets import Labels
from auditapp.rendering.marks import mark_of_code, named_again
from auditapp.services import publishing
from auditapp.services.comparing import compare_reports
from auditapp.services.finding import Found, count_answers, index_count, search_reports
from auditapp.services.gathering import FoundEvents, search_events
from auditapp.services.histories import event_history
from auditapp.services.places import Understood
from auditapp.storage.database import db
from auditapp.storage.search import Facet

bp = Blueprint("api", __name__, url_prefix="/api")

READS = ("GET", "HEAD", "OPTIONS")
APART = frozenset(
    {f"api.{name}" for name in ("openapi_json", "checklists_json", "checklist_json", "nothing_here")}
)
"""Endpoints that say something besides what is published."""
REFUSED = ("POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY")

_SLUG = re.compile(r"[a-z0-9-]{1,100}", re.ASCII)

bp.register_error_handler(AuditError, problems.of_domain)
bp.register_error_handler(HTTPException, problems.of_http)


@bp.before_request
def only_reading() -> None:
    """Refuse every method that would change something."""
    if request.method not in READS:
        raise MethodNotAllowed(READS, "The API only reads: use GET.")


@bp.before_request
def unchanged() -> Response | None:
    """Answer 304 at once where nothing that is published has changed since the reader asked last.

    What lists, counts and comparisons say is decided by the published reports, the day and the address; their validator
    is the count of changes to the index, with the file of towns, the day and this version of the product.
    """
    if request.endpoint in APART or request.method not in ("GET", "HEAD"):
        return None
    g.mark = mark_of_code(
        str(index_count(db.session)),
        rooms().gazetteer.mark,
        today().isoformat(),
        request.host_url,
        request.full_path,
    )
    seen = named_again(request.if_none_match.as_set(include_weak=True), g.mark)
    if seen is None:
        return None
    response = Response(status=HTTPStatus.NOT_MODIFIED)
    response.set_etag(seen)
    return response


@bp.after_request
def for_everyone(response: Response) -> Response:
    """Let pages of any origin read the answer, and caches keep it as long as they ask before showing it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS" and response.status_code == 200:
        response.status_code = 204
        del response.headers["Content-Type"]
        response.headers["Allow"] = ", ".join(READS)
        response.headers["Access-Control-Allow-Methods"] = ", ".join(READS)
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    response.cache_control.no_cache = True
    response.cache_control.must_revalidate = True
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        response.cache_control.public = True
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        response.cache_control.public = True
        response.set_etag(g.mark) if "mark" in g else response.add_etag()
        response.make_conditional(request)
    return response


@bp.route("/", defaults={"rest": ""}, methods=[*READS, *REFUSED])
@bp.route("/<path:rest>", methods=[*READS, *REFUSED])
def nothing_here(rest: str) -> Response:
    """Any other address below `/api`."""
    raise NotFound(f"There is nothing at /api/{rest}. Every address is described at /api/v1/openapi.json.")


@bp.get("/v1/openapi.json")
@gives()
def openapi_json() -> Response:
    """This description: every address, what it asks for and what it gives."""
    rules = (
        rule for rule in current_app.url_map.iter_rules() if rule.rule.startswith(f"{bp.url_prefix}/v1/")
    )
    settings = rooms().settings
    told = description(
        rules,
        title=settings.name,
        public_url=settings.public_url,
        patterns={"criterion": criterion_pattern(rooms().catalogue.current())},
    )
    return json_text(json.dumps(told, ensure_ascii=False, indent=2))


@bp.get("/v1/reports.json")
@gives(ReportPage, asks=ReportsAsked)
def reports_json() -> Response:
    """A page of the live reports that fit, with what the list can be narrowed to and the address of the next page."""
    wanted, found, near = searched()
    following = next_address(wanted, found)
    page = ReportPage(
        total=found.total,
        page=found.before // wanted.per_page + 1,
        pages=max(1, -(-found.total // wanted.per_page)),
        next=following,
        items=tuple(listed(listing, near) for listing in found.items),
        facets=facets_of(found.facets),
        near=understood(near),
    )
    return linked(as_json(page), following)


@bp.get("/v1/reports.csv")
@gives(rows=ReportSummary, asks=ReportsAsked)
def reports_csv() -> Response:
    """The same page as a table: a row for every report. The next page stands in the Link header."""
    wanted, found, near = searched()
    table = as_table(ReportSummary, [listed(listing, near) for listing in found.items], "reports.csv")
    return linked(table, next_address(wanted, found))


def searched() -> tuple[ReportsAsked, Found, Understood | None]:
    """What the request asks for, the page of reports that answers it, and what its place was taken for."""
    wanted = asked(ReportsAsked)
    search = wanted.search(rooms().catalogue.current(), rooms().gazetteer, order=wanted.order)
    found = search_reports(
        db.session,
        rooms().index,
        search,
        cursor=wanted.begins,
        skip=wanted.skip,
        limit=wanted.per_page,
    )
    return wanted, found, wanted.near(rooms().gazetteer)


def facets_of(facets: Mapping[str, Sequence[Facet]]) -> dict[str, tuple[FacetValue, ...]]:
    """What the search can be narrowed to, in English."""
    labels = Labels(rooms().catalogue.current())
    return {
        facet: tuple(
            FacetValue(value=one.value, label=labels.of(facet, one.value), reports=one.reports)
            for one in values
        )
        for facet, values in facets.items()
    }


@bp.get("/v1/reports/<slug>.json")
@gives(ReportAnswer, finds=True, may_be_gone=True)
def report_json(slug: str) -> Response:
    """A published report: how it stands, what a list says, its document exactly as it was frozen; 410 once withdrawn."""
    publication, listing = publishing.find_listing(db.session, known(slug))
    standing = standing_of(publication, listing.expires_on, today())
    if standing.is_withdrawn:
        return gone(publication, standing)
    document = publishing.report_document(db.session, slug)[1]
    about, summary = published(publication, standing), listed(listing)
    # The document is given to the letter, as it was signed.
    return json_text(
        f'{{"publication": {about.model_dump_json()}, "summary": {summary.model_dump_json()}, "report": {document}}}'
    )


def known(slug: str) -> str:
    """`slug` itself; raises ReportNotFound when no report can have it, before any database is asked."""
    if not _SLUG.fullmatch(slug):
        raise ReportNotFound(slug)
    return slug


@bp.get("/v1/events.json")
@gives(EventPage, asks=ReportsAsked)
def events_json() -> Response:
    """A page of the events of which the newest live report fits, with what the list can be narrowed to."""
    wanted, events, near = gathered_events()
    found = events.found
    following = next_address(wanted, found)
    page = EventPage(
        total=found.total,
        page=found.before // wanted.per_page + 1,
        pages=max(1, -(-found.total // wanted.per_page)),
        next=following,
        items=tuple(gathered(events.names[listing.event_id], listing, near) for listing in found.items),
        facets=facets_of(found.facets),
        near=understood(near),
    )
    return linked(as_json(page), following)


@bp.get("/v1/events.csv")
@gives(rows=EventSummary, asks=ReportsAsked)
def events_csv() -> Response:
    """The same page as a table: a row for every event, with its newest report."""
    wanted, events, near = gathered_events()
    rows = [gathered(events.names[listing.event_id], listing, near) for listing in events.found.items]
    return linked(as_table(EventSummary, rows, "events.csv"), next_address(wanted, events.found))


def gathered_events() -> tuple[ReportsAsked, FoundEvents, Understood | None]:
    """What the request asks for, the page of events that answers it, and what its place was taken for."""
    wanted = asked(ReportsAsked)
    events = search_events(
        db.session,
        rooms().index,
        wanted.search(rooms().catalogue.current(), rooms().gazetteer, order=wanted.order),
        cursor=wanted.begins,
        skip=wanted.skip,
        limit=wanted.per_page,
    )
    return wanted, events, wanted.near(rooms().gazetteer)


@bp.get("/v1/events/<event>.json")
@gives(EventAnswer, finds=True)
def event_json(event: str) -> Response:
    """One event over its years: its reports, those replaced and withdrawn in their place, and each criterion as a line."""
    if not _SLUG.fullmatch(event):
        raise EventNotFound(event)
    return as_json(over_years(event_history(db.session, rooms().catalogue, event)))


@bp.get("/v1/statistics.json")
@gives(Statistics, asks=StatisticsAsked, finds=True)
def statistics_json() -> Response:
    """How many of the reports that fit meet each criterion of a checklist, with the list behind each number."""
    return as_json(statistics())


@bp.get("/v1/statistics.csv")
@gives(rows=CriterionStatistics, asks=StatisticsAsked, finds=True)
def statistics_csv() -> Response:
    """The same as a table: a row for every criterion."""
    return as_table(CriterionStatistics, statistics().criteria, "statistics.csv")


def statistics() -> Statistics:
    """What the request asks for, counted."""
    wanted = asked(StatisticsAsked)
    checklists = rooms().catalogue.current()
    checklist = wanted.counted_over(checklists)
    counted = count_answers(
        db.session, rooms().index, wanted.search(checklists, rooms().gazetteer), checklist
    )
    parts = {"checklist": [checklist.id], **address_parts(wanted, "of"), "latest": wanted.latest}
    # Put together once: to do it for each criterion takes longer than to count them all.
    behind = absolute("api.reports_json", **parts)
    return Statistics(
        checklist=checklist.id,
        reports=counted.reports,
        each_event_once=wanted.latest == "yes",
        criteria=tuple(criterion_counted(checklist, count, behind) for count in counted.criteria),
        facets=facets_of(counted.facets),
        near=understood(wanted.near(rooms().gazetteer)),
    )


@bp.get("/v1/compare.json")
@gives(ComparisonAnswer, asks=ReportsCompared, finds=True, may_be_gone=True, may_not_fit=True)
def compare_json() -> Response:
    """Two to six reports side by side: like for like, what is left out and why, and every criterion with its answers."""
    chosen = compared()
    comparison = compare_reports(rooms().catalogue, [report for _publication, report in chosen])
    told = comparison_data(comparison)
    slugs = [publication.slug for publication, _report in chosen]
    for column, (publication, report) in zip(told["reports"], chosen, strict=True):
        standing = standing_of(publication, report.expires_on, today()).model_dump(mode="json")
        column |= {name: standing[name] for name in ("state", "expires_on", "superseded_by")}
        column |= {"slug": publication.slug, "url": absolute("reports.show", slug=publication.slug)}
    told["url"] = absolute("reports.compare", report=slugs)
    return as_json(ComparisonAnswer.model_validate(told, strict=False))


@bp.get("/v1/compare.csv")
@gives(
    columns="code, criterion, title, section, essential, difference, and for each report its answer, state, points, "
    "possible, note, figure, number, unit, evidence, links and why it is left out",
    asks=ReportsCompared,
    finds=True,
    may_be_gone=True,
    may_not_fit=True,
)
def compare_csv() -> Response:
    """The same as a table: a row for every criterion, headed by the scores."""
    chosen = compared()
    text = comparison_csv(compare_reports(rooms().catalogue, [report for _publication, report in chosen]))
    return csv_file(text, "comparison.csv")


def compared() -> tuple[tuple[Publication, Report], ...]:
    """The reports the request names; raises ReportNotFound, and answers 410 for one that was withdrawn."""
    wanted = asked(ReportsCompared)
    found = publishing.find_reports(db.session, wanted.report, to_compare=True)
    for slug in wanted.report:
        if slug not in found:
            raise ReportNotFound(slug)
        publication, report = found[slug]
        standing = standing_of(publication, report.expires_on, today())
        if standing.is_withdrawn:
            abort(gone(publication, standing))
    return tuple(found[slug] for slug in wanted.report)


@bp.get("/v1/checklists.json")
@gives(ChecklistList)
def checklists_json() -> Response:
    """Every checklist of this installation: what it is, not its whole text."""
    every = rooms().catalogue.checklists()
    return as_json(ChecklistList(items=tuple(described(checklist) for checklist in every)))


@bp.get("/v1/checklists/<checklist_id>/<version>.json")
@gives(Checklist, finds=True)
def checklist_json(checklist_id: str, version: str) -> Response:
    """One checklist, whole."""
    return as_json(rooms().catalogue.get(f"{checklist_id}@{version}"))


def next_address(wanted: ReportsAsked, found: Found) -> str | None:
    """The address of the page behind this one; None where there is none."""
    if found.next is None:
        return None
    parts = address_parts(wanted, "page", "cursor")
    return absolute(request.endpoint or "", **parts, cursor=found.next.text)


def gone(publication: Publication, standing: ReportStanding) -> Response:
    """What stays of a withdrawn report."""
    return problems.told(
        Gone(
            title="Gone",
            status=410,
            detail="The organiser has withdrawn this report.",
            instance=request.path,
            published_on=publication.published_on,
            **standing.model_dump(),
        )
    )


def as_json(value: BaseModel) -> Response:
    """`value` as a JSON answer."""
    return json_text(value.model_dump_json(indent=2))


def as_table(shape: type[Shape], rows: Iterable[Shape], name: str) -> Response:
    """Values of one shape as a table to save under this name."""
    return csv_file(csv_text([column_names(shape), *(cells(row) for row in rows)]), name)


def csv_file(text: str, name: str) -> Response:
    """A table to save under this name."""
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def json_text(text: str) -> Response:
    """JSON as an answer."""
    return Response(text + "\n", content_type="application/json")


def linked(response: Response, following: str | None) -> Response:
    """`response` with the address of the next page in its Link header (RFC 8288)."""
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response
