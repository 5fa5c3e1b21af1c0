"""A simulated population is written as if every report had been filled in and published."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from auditapp.domain.audit import AuditState
from auditapp.domain.report import PublicationState
from auditapp.domain.verdict import Outcome, recomputed
from auditapp.population.countries import COUNTRIES
from auditapp.population.events import Population
from auditapp.proof.signing import unsigned
from auditapp.services import links, publishing, simulating
from auditapp.services.places import position_of
from auditapp.services.simulating import Simulation
from auditapp.storage.index import Index
from auditapp.storage.rows import AuditRow, PostingRow, PublicationRow
from auditapp.storage.terms import LIVE
from auditapp.storage.transactions import reading
from tests.builders import an_event
from tests.services.trial import never, published, searched

UNTIL = dt.date(2026, 11, 20)
SIMULATION = Simulation(seed=3, size=160, until=UNTIL)


def write(session, catalogue, simulation=SIMULATION, *, begin=0, end=None, size=50, mixed=False):
    """Write the reports of a simulation from one number to another, so many in a transaction."""
    population = Population(catalogue.current(), seed=simulation.seed, until=simulation.until)
    wanted = list(
        simulating.planned(
            population, simulation.size, lambda slug: mixed and publishing.is_taken(session, slug)
        )
    )
    for start in range(begin, end or simulation.size, size):
        batch = wanted[start : min(start + size, end or simulation.size)]
        prepared = [
            simulating.prepare(population, one, lambda report, _publication: unsigned(report))
            for one in batch
        ]
        simulating.write(session, prepared, simulation)
    return wanted


def rows(session):
    """Every publication, in the order of their numbers."""
    with reading(session):
        return session.execute(select(PublicationRow.__table__).order_by(PublicationRow.id)).all()


def index_of(session):
    """What every term fits."""
    with reading(session):
        return session.execute(
            select(PostingRow.term, PostingRow.chunk, PostingRow.bits).order_by(
                PostingRow.term, PostingRow.chunk
            )
        ).all()


def test_reports_come_out_in_order_and_are_found(session, catalogue):
    wanted = write(session, catalogue)
    written = rows(session)
    assert [row.slug for row in written] == [one.slug for one in wanted]
    days = [row.published_on for row in written]
    assert days == sorted(days)
    live = [row for row in written if row.state == PublicationState.LIVE.value]
    assert searched(session).total == len(live)
    index = Index()
    with reading(session):
        index.refresh(session)
    assert list(index.fits(LIVE)) == [row.id for row in live]
    assert len({row.event_id for row in written}) < len(written)


def test_corrections_replace_and_withdrawals_take_back(session, catalogue):
    wanted = write(session, catalogue, SIMULATION._replace(size=400))
    states = {row.slug: row for row in rows(session)}
    corrections = [one for one in wanted if one.corrects]
    assert corrections
    for one in corrections:
        before = states[one.corrects]
        assert (before.state, before.superseded_by) == (PublicationState.SUPERSEDED.value, one.slug)
        _, report = publishing.find_report(session, one.slug)
        assert report.supersedes.slug == one.corrects
        assert before.event_id == states[one.slug].event_id
    withdrawn = [row for row in states.values() if row.state == PublicationState.WITHDRAWN.value]
    assert withdrawn
    assert all(row.withdrawn_on > row.published_on and row.reason for row in withdrawn)


def test_each_is_a_report_like_any_other(session, catalogue):
    wanted = write(session, catalogue, end=30)
    for one in wanted[:30]:
        _, report = publishing.find_report(session, one.slug)
        assert all(point.outcome is not Outcome.FAILS for point in recomputed(report))
    with reading(session):
        audits = session.execute(select(AuditRow.__table__)).all()
    assert {row.state for row in audits} == {AuditState.PUBLISHED.value}
    assert {row.published_as for row in audits} == {one.slug for one in wanted[:30]}


def test_it_goes_on_where_it_was_stopped(session, catalogue):
    write(session, catalogue, end=100)
    assert simulating.standing(session) == (SIMULATION, 100, False)
    write(session, catalogue, begin=simulating.standing(session).written, size=20)
    piecewise, index = rows(session), index_of(session)
    assert [row.digest for row in piecewise] == [row.digest for row in rows(session)]
    assert len(piecewise) == SIMULATION.size
    assert simulating.standing(session).written == SIMULATION.size
    assert {term for term, _, _ in index} >= {"live", "latest"}


def test_real_reports_are_told_from_simulated_ones(trial, session, catalogue, files):
    assert simulating.standing(session) == (None, 0, False)
    published(trial, files)
    assert simulating.standing(session) == (None, 0, True)
    write(session, catalogue, mixed=True)
    assert simulating.standing(session) == (SIMULATION, SIMULATION.size, True)
    with reading(session):
        assert session.scalar(select(func.count()).select_from(PublicationRow)) == SIMULATION.size + 1


def test_no_address_is_given_twice(trial, session, catalogue, files):
    write(session, catalogue, mixed=True)
    other = SIMULATION._replace(size=170)
    wanted = write(session, catalogue, other, mixed=True)
    slugs = [row.slug for row in rows(session)]
    assert len(slugs) == len(set(slugs)) == SIMULATION.size + other.size
    assert wanted[0].slug in slugs


def test_a_pdf_is_made_once_when_somebody_asks_for_it(session, catalogue, files):
    slug = write(session, catalogue, end=1)[0].slug
    made = []

    def make(document, publication):
        made.append(document)
        return f"%PDF {publication.slug}".encode()

    publication, pdf = publishing.published_pdf(session, files, slug, make=make)
    assert (publication.slug, pdf) == (slug, f"%PDF {slug}".encode())
    assert publishing.published_pdf(session, files, slug, make=never)[1] == pdf
    (document,) = made
    assert document.content.decode() == publishing.report_document(session, slug)[1]
    assert document.report == publishing.find_report(session, slug)[1]


def test_no_pdf_is_made_of_what_was_withdrawn(session, catalogue, files):
    write(session, catalogue, SIMULATION._replace(size=400))
    withdrawn = next(row.slug for row in rows(session) if row.state == PublicationState.WITHDRAWN.value)
    assert publishing.published_pdf(session, files, withdrawn, make=never)[1] is None


@pytest.mark.parametrize("number", [0, 999_999])
def test_a_key_fits_where_keys_are_kept(number):
    simulation = Simulation(seed=2**32 - 1, size=5_000_000, until=UNTIL)
    assert len(simulation.key(number)) <= AuditRow.key.type.length
    assert not links.TOKEN.fullmatch(simulation.key(number))


def test_nearly_all_invented_events_lie_where_there_is_a_town(gazetteer):
    places = [(place, country) for country in COUNTRIES for place in country.places]
    known = [
        place
        for place, country in places
        if position_of(gazetteer, an_event(place=place, country=country.own)) is not None
    ]
    assert len(known) > 0.97 * len(places)
