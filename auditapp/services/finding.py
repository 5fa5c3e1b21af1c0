"""Published reports found: searched, narrowed, counted, and set beside others of their kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from auditapp.domain import bands
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.statistics import CriterionCount, GroupPlace, counted
from auditapp.storage import numbered, postings, reports, search
from auditapp.storage.index import Index, Numbers
from auditapp.storage.reports import Listing
from auditapp.storage.search import Cursor, Facet, Search
from auditapp.storage.terms import LATEST, LIVE, NO_SCORE, finding_term
from auditapp.storage.transactions import reading

ANSWERS_BESIDE_GRADES = ("not-applicable", "unanswered")
FEWEST_IN_A_GROUP = 5
"""Below that many events there is no place among them."""


@dataclass(frozen=True)
class Found:
    """One page of a search: what it shows, how many come before it and in all, how to go on and back, and the facets.

    `previous` is None on the first page; `second` tells that the page before this one is the first.
    """

    items: tuple[Listing, ...]
    total: int
    before: int
    next: Cursor | None
    previous: Cursor | None
    second: bool
    facets: dict[str, tuple[Facet, ...]]


@dataclass(frozen=True)
class CriterionChoice:
    """A criterion and the answers a search asks of it: ids of grades, "not-applicable" or "unanswered"."""

    checklist: Checklist
    criterion: Criterion
    answers: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """What the index is asked for."""
        return tuple(finding_term(self.checklist.id, self.criterion.id, answer) for answer in self.answers)

    def __str__(self) -> str:
        return f"{self.criterion.code}:{','.join(self.answers)}"


@dataclass(frozen=True)
class Counted:
    """How the reports that fit a search answered a checklist: how many there are, each criterion in order, the facets."""

    checklist: Checklist
    reports: int
    criteria: tuple[CriterionCount, ...]
    facets: dict[str, tuple[Facet, ...]]


def search_reports(
    session: Session,
    index: Index,
    wanted: Search,
    *,
    cursor: Cursor | None = None,
    skip: int = 0,
    limit: int = 20,
    facets: bool = True,
) -> Found:
    """The live reports that fit: the page of them that begins behind a cursor, or ends before it.

    Without a cursor the first `skip` are left out; where nothing would be left, it is the last page.
    """
    with reading(session):
        index.refresh(session)
        fitting = search.found(index, wanted)
        if skip and skip >= len(fitting):
            skip = max(0, len(fitting) - 1) // limit * limit
        page = search.sliced(index, wanted, fitting, cursor, limit, skip=skip)
        items = reports.listings(session, page.numbers) if page.numbers else ()
        counts = search.facets(index, wanted) if facets else {}
    second = 0 < page.before <= limit
    return Found(items, len(fitting), page.before, page.next, page.previous, second, counts)


def index_count(session: Session) -> int:
    """How often anything about published reports has changed."""
    with reading(session):
        return postings.changes(session)


def chosen_criterion(checklists: Sequence[Checklist], text: str) -> CriterionChoice | None:
    """What "B2:full" asks for, a criterion by its code or id and one answer or more; None where nothing is called so.

    Of several checklists with such a criterion the first is meant.
    """
    name, _colon, answers = text.partition(":")
    for checklist in checklists:
        for criterion in checklist.criteria:
            if name in (criterion.id, criterion.code) or name.upper() == criterion.code:
                known = (*criterion.grade_ids, *ANSWERS_BESIDE_GRADES)
                given = tuple(dict.fromkeys(answers.split(",")))
                return (
                    CriterionChoice(checklist, criterion, given)
                    if all(answer in known for answer in given)
                    else None
                )
    return None


def count_answers(session: Session, index: Index, wanted: Search, checklist: Checklist) -> Counted:
    """How the live reports that fit a search and answer this checklist, in any version, answered each criterion."""
    of = wanted if wanted.chosen("checklist") else wanted.narrowed_to("checklist", checklist.id)
    with reading(session):
        index.refresh(session)
        fitting = search.found(index, of) & index.fits(f"checklist:{checklist.id}")
        criteria = tuple(_counts(index, fitting, checklist))
        return Counted(checklist, len(fitting), criteria, search.facets(index, of))


def place_in_group(session: Session, index: Index, listing: Listing) -> GroupPlace | None:
    """Where a report stands among the latest of comparable events; None for one without a score.

    The group has the same checklist and, as far as at least five events share them, its distance band, its field size band
    and its country; these are let go in reverse order. Scores are compared in whole percent.
    """
    if listing.percent is None:
        return None
    with reading(session):
        index.refresh(session)
        group, narrowed, let_go = _group(index, listing, numbered.numbers_of_event(session, listing.event_id))
        lower = index.any_of(
            f"score:{value}" for value in index.values("score") if value < f"{listing.percent:03}"
        )
        scored = group - index.fits(f"score:{NO_SCORE}")
    others = len(scored)
    if others < FEWEST_IN_A_GROUP:
        return GroupPlace(narrowed=narrowed, let_go=let_go, events=others, better_than=None)
    better_than = scored.intersection_cardinality(lower)
    return GroupPlace(narrowed=narrowed, let_go=let_go, events=others, better_than=better_than)


def _group(index: Index, listing: Listing, own: Numbers) -> tuple[Numbers, dict[str, str], dict[str, str]]:
    """The latest reports of other events in the narrowest group that is large enough; what narrows it, what was let go."""
    every = index.fits(LIVE) & index.fits(LATEST) & index.fits(f"checklist:{listing.checklist_id}")
    every = every - own
    narrowed: dict[str, str] = {}
    let_go: dict[str, str] = {}
    if listing.distance is not None:
        narrowed["distance"] = bands.band_of(bands.DISTANCES, listing.distance)
    if listing.field_size is not None:
        narrowed["size"] = bands.band_of(bands.SIZES, listing.field_size)
    if listing.country:
        narrowed["country"] = listing.country
    while True:
        group = every
        for facet, value in narrowed.items():
            group = group & index.fits(f"{facet}:{value}")
        if len(group - index.fits(f"score:{NO_SCORE}")) >= FEWEST_IN_A_GROUP or not narrowed:
            return group, narrowed, let_go
        facet, value = narrowed.popitem()
        let_go[facet] = value


def _counts(index: Index, fitting: Numbers, checklist: Checklist) -> Iterator[CriterionCount]:
    for criterion in checklist.criteria:

        def number(answer: str, criterion: Criterion = criterion) -> int:
            return fitting.intersection_cardinality(
                index.fits(finding_term(checklist.id, criterion.id, answer))
            )

        yield counted(
            checklist,
            criterion,
            {grade: number(grade) for grade in criterion.grade_ids},
            not_applicable=number("not-applicable"),
            unanswered=number("unanswered"),
        )


def with_criteria(wanted: Search, choices: Sequence[CriterionChoice]) -> Search:
    """A search that asks for these answers, too."""
    return wanted._replace(findings=(*wanted.findings, *(choice.terms for choice in choices)))
