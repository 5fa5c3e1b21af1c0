"""A simulated population, written as if each report had been filled in and published: the same rows, documents and index.

Only what nobody will ask for again is left out: the links of the audits open nothing, and no PDF is made ahead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy.orm import Session

from auditapp.domain.comparison import changes
from auditapp.domain.report import Publication, PublicationState, Report, Superseded, report_on
from auditapp.population.events import Invented, Place, Population
from auditapp.proof.signing import Document
from auditapp.services import indexing
from auditapp.services.links import new_token, token_hash
from auditapp.services.publishing import address_of
from auditapp.storage import audits, reports
from auditapp.storage.gazetteer import NO_GAZETTEER, Gazetteer
from auditapp.storage.transactions import reading, writing

BATCH = 40
"""Reports written in one transaction."""
KEYS_BEGIN = "sim-"
"""No key of a real audit begins so but by a chance of one in sixteen million."""
MIDDAY = dt.time(12, tzinfo=dt.UTC)

Sign = Callable[[Report, Publication], Document]
"""Signs a report; no PDF is made."""


class Simulation(NamedTuple):
    """A simulation: the seed and the last day its population follows from, and how many reports are taken of it."""

    seed: int
    size: int
    until: dt.date

    def key(self, number: int) -> str:
        """The key of the audit behind one of its reports, which tells by itself that nobody filled it in."""
        return f"{KEYS_BEGIN}{self.seed:x}-{self.size:x}-{self.until.toordinal():x}-{number:x}"


_KEY = re.compile(rf"{KEYS_BEGIN}([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]+)")


class Standing(NamedTuple):
    """What a database holds: the last simulation with how many of its reports, and whether there are others."""

    simulation: Simulation | None
    written: int
    has_others: bool


def standing(session: Session) -> Standing:
    """What a database holds already."""
    with reading(session):
        last = audits.last_key(session, KEYS_BEGIN)
        others = reports.is_any_published(session, but=KEYS_BEGIN)
    found = _KEY.fullmatch(last or "")
    if found is None:
        return Standing(None, 0, others)
    seed, size, until, number = (int(part, 16) for part in found.groups())
    return Standing(Simulation(seed, size, dt.date.fromordinal(until)), number + 1, others)


class Planned(NamedTuple):
    """A report to be written: its number, its place in the population, and the addresses it needs to know.

    `follows` is the address of the edition before, `corrects` of the report it corrects.
    """

    number: int
    place: Place
    slug: str
    follows: str | None
    corrects: str | None


class Prepared(NamedTuple):
    """A report ready to be written."""

    planned: Planned
    invented: Invented
    report: Report
    document: Document


def planned(population: Population, size: int, is_taken: Callable[[str], bool]) -> Iterator[Planned]:
    """What is to be written, in the order in which it comes out; `is_taken` tells which addresses a database has given.

    The addresses given here are remembered, and of each event that of its last report: some 300 bytes a report.
    """
    numbers: dict[str, int] = {}
    given: set[str] = set()
    last: dict[tuple[int, int], str] = {}

    def address(stem: str) -> str:
        while True:
            number = numbers[stem] = numbers.get(stem, 0) + 1
            slug = stem if number == 1 else f"{stem}-{number}"
            if slug not in given and not is_taken(slug):
                given.add(slug)
                return slug

    for number, place in enumerate(population.places(size)):
        slug = address(address_of(population.edition(place), place.day))
        before = last.get((place.organiser, place.event))
        last[place.organiser, place.event] = slug
        follows, corrects = (None, before) if place.is_correction else (before, None)
        yield Planned(number, place, slug, follows, corrects)


def batches(reports_to_write: Iterator[Planned], *, begin: int = 0) -> Iterator[tuple[Planned, ...]]:
    """What is to be written from a number on, as much at once as goes into one transaction."""
    left = (one for one in reports_to_write if one.number >= begin)
    while batch := tuple(islice(left, BATCH)):
        yield batch


def prepare(population: Population, wanted: Planned, sign: Sign) -> Prepared:
    """One report, answered, scored and signed. Nothing is written."""
    invented = population.report(wanted.place)
    report = _report(invented)
    if wanted.corrects is not None:
        earlier = _report(population.report(population.corrected(wanted.place)))
        report = report.model_copy(update={"supersedes": _superseded(earlier, wanted.corrects, report)})
    publication = Publication(
        slug=wanted.slug, state=PublicationState.LIVE, published_on=invented.published_on
    )
    return Prepared(wanted, invented, report, sign(report, publication))


def write(
    session: Session,
    prepared: Sequence[Prepared],
    simulation: Simulation,
    gazetteer: Gazetteer = NO_GAZETTEER,
) -> None:
    """Write reports in one transaction, in their order."""
    with writing(session):
        entries, replaced = [], []
        for one in prepared:
            audit_id = _audit(session, one, simulation)
            report_id = reports.add(session, audit_id, one.report)
            corrects = one.planned.corrects
            if corrects is not None:
                replaced.append(reports.supersede(session, corrects, by=one.planned.slug))
            entry = indexing.add_publication(
                session,
                audit_id=audit_id,
                report_id=report_id,
                report=one.report,
                publication=Publication(
                    slug=one.planned.slug,
                    state=PublicationState.LIVE,
                    published_on=one.invented.published_on,
                ),
                document=one.document.content.decode(),
                digest=one.document.digest,
                pdf_digest=None,
                lineage=corrects or one.planned.follows,
                gazetteer=gazetteer,
            )
            if one.invented.withdrawn is not None:
                on, reason = one.invented.withdrawn
                reports.withdraw(session, one.planned.slug, reason=reason, on=on)
                entry = entry._replace(live=False)
            entries.append(entry)
        indexing.take_in(session, entries, replaced=replaced)


def _audit(session: Session, one: Prepared, simulation: Simulation) -> int:
    invented, now = one.invented, dt.datetime.combine(one.invented.published_on, MIDDAY)
    audit_id = audits.add(
        session,
        key=simulation.key(one.planned.number),
        token_hash=token_hash(new_token()),
        checklist=invented.checklist.ref,
        event=invented.event,
        now=now,
        facts=invented.facts,
        corrects=one.planned.corrects,
        follows=one.planned.follows,
        published_as=one.planned.slug,
    )
    answers = {name: (answer, 1) for name, answer in invented.answers.items()}
    if answers:
        audits.save_answers(session, audit_id, answers, now=now)
    return audit_id


def _report(invented: Invented) -> Report:
    return report_on(
        invented.checklist,
        invented.event,
        invented.facts,
        invented.answers,
        completed_on=invented.published_on,
    )


def _superseded(earlier: Report, slug: str, report: Report) -> Superseded:
    return Superseded(
        slug=slug,
        title=earlier.title,
        percent=earlier.score.total.percent if earlier.essentials_only is None else None,
        changes=changes(earlier, report),
    )
