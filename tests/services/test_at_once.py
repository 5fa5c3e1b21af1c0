"""Several people at the same moment, each with a connection of their own."""

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from auditapp.domain.audit import Answer
from auditapp.domain.errors import AnswerConflict, AuditNotFound
from auditapp.proof.signing import unsigned
from auditapp.services import auditing, completing, links, publishing, starting
from auditapp.services.printing import Issued
from auditapp.storage.files import Files
from tests.builders import a_checklist, an_event, evidence
from tests.services import LATER, NOW, TODAY
from tests.services.trial import Trial, catalogue_of, searched

THREADS = 8
SAVES = 25
ROUNDS = 20
FULL = Answer(grade="full", note="On every page", evidence=(evidence(),))


def at_once(engine: Engine, work: Callable[[Session, int], Any], people: int) -> list[Any]:
    """Let everybody begin together; what each came to, an exception included."""
    gate = threading.Barrier(people)
    outcomes: list[Any] = [None] * people

    def run(number: int) -> None:
        with Session(engine, expire_on_commit=False) as session:
            gate.wait()
            try:
                outcomes[number] = work(session, number)
            except Exception as error:
                outcomes[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_people_who_answer_different_criteria_of_one_audit_lose_nothing(session, engine, tmp_path):
    names = [f"ramp-{number}" for number in range(THREADS * SAVES)]
    catalogue = catalogue_of(tmp_path / "checklists", a_checklist(dict.fromkeys(names, 1)))
    trial = Trial.of(session, catalogue)

    def save(session, number):
        for name in names[number::THREADS]:
            answer = Answer(grade="full", note=name)
            auditing.answer_criterion(
                session, catalogue, trial.key, trial.token, name, answer, version=0, now=NOW
            )

    assert at_once(engine, save, THREADS) == [None] * THREADS
    audit = trial.audit()
    assert {name: answer.note for name, answer in audit.answers.items()} == {name: name for name in names}
    assert audit.versions == dict.fromkeys(names, 1)


def test_people_who_answer_different_audits_lose_nothing(session, catalogue, engine):
    trials = [Trial.of(session, catalogue) for _ in range(THREADS)]

    def save(session, number):
        mine = trials[number]
        for version in range(SAVES):
            answer = Answer(grade="full", note=str(version))
            auditing.answer_criterion(
                session, catalogue, mine.key, mine.token, "ramp", answer, version=version, now=NOW
            )

    assert at_once(engine, save, THREADS) == [None] * THREADS
    saved = [(trial.audit().version("ramp"), trial.audit().answers["ramp"].note) for trial in trials]
    assert saved == [(SAVES, str(SAVES - 1))] * THREADS


def test_of_two_people_saving_the_same_answer_exactly_one_wins(trial: Trial, engine):
    grades = ("none", "partly")

    def save(session, number):
        answer = Answer(grade=grades[number])
        auditing.answer_criterion(
            session, trial.catalogue, trial.key, trial.token, "ramp", answer, version=1, now=LATER
        )

    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    outcomes = at_once(engine, save, 2)
    assert [type(outcome) for outcome in outcomes if outcome] == [AnswerConflict]
    winner = grades[outcomes.index(None)]
    (conflict,) = (outcome for outcome in outcomes if outcome)
    assert (conflict.stored, conflict.version) == (Answer(grade=winner), 2)
    assert trial.audit().answer("ramp") == Answer(grade=winner)


def test_of_people_replacing_the_link_one_gets_a_link_that_works(trial: Trial, engine):
    token = trial.token

    def replace(session, _number):
        return links.replace_link(session, trial.key, token)

    for _ in range(ROUNDS):
        replaced = at_once(engine, replace, 4)
        assert sum(isinstance(outcome, AuditNotFound) for outcome in replaced) == 3
        (token,) = (outcome for outcome in replaced if isinstance(outcome, str))
        assert links.open_by_token(trial.session, token) == trial.key


def test_of_corrections_published_at_once_one_is_live_and_the_others_lead_to_it(
    trial: Trial, engine, tmp_path
):
    files = Files(tmp_path / "files")

    def publish(session, started):
        completing.complete_audit(session, trial.catalogue, started.key, started.token, today=TODAY)
        return publishing.publish_report(
            session,
            files,
            started.key,
            started.token,
            today=TODAY,
            issue=lambda report, _: Issued(unsigned(report), b"%PDF"),
        ).slug

    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    first = publish(trial.session, trial.started)
    corrections = [starting.start_correction(*trial.reach, now=LATER) for _ in range(3)]
    slugs = at_once(engine, lambda session, number: publish(session, corrections[number]), 3)

    assert sorted([first, *slugs]) == [first, *(f"{first}-{number}" for number in (2, 3, 4))]
    (live,) = searched(trial.session).items
    by = {slug: publishing.find_publication(trial.session, slug).superseded_by for slug in [first, *slugs]}
    assert by.pop(live.slug) is None
    way = [first]
    while way[-1] in by:
        way.append(by.pop(way[-1]))
    assert (way[-1], by) == (live.slug, {})


def test_a_form_pressed_by_everybody_at_once_starts_one_audit(session, engine, tmp_path):
    catalogue = catalogue_of(tmp_path / "checklists", a_checklist())
    once = links.new_token()

    def start(session, number):
        return starting.start_audit(
            session, catalogue, checklist="access", event=an_event(), now=NOW, once=once
        )

    assert len({started.key for started in at_once(engine, start, THREADS)}) == 1
