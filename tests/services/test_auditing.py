import hashlib
import threading

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from auditapp.domain.audit import Answer, AuditState, Standing
from auditapp.domain.errors import (
    AnswerConflict,
    AnswerConflicts,
    AnswerRejected,
    AuditClosed,
    AuditNotFound,
    ChecklistNotFound,
    DetailsConflict,
)
from auditapp.domain.scoring import score
from auditapp.services import auditing
from tests.builders import a_checklist, an_event, evidence
from tests.services import LATER, NOW, TODAY

FULL = Answer(grade="full", note="On every page", evidence=(evidence(),))


def test_an_audit_is_opened_by_its_link_and_the_link_is_not_stored(trial):
    assert len(trial.token) >= 43
    assert auditing.open_by_token(trial.session, trial.token) == trial.key
    stored = trial.session.execute(text('SELECT token_hash, "key", event FROM audits')).one()
    trial.session.rollback()
    assert stored.token_hash == hashlib.sha256(trial.token.encode()).hexdigest()
    assert trial.token not in str(stored)


def test_a_started_audit_never_shows_its_token(session, catalogue):
    started = auditing.start_audit(session, catalogue, checklist="access@1.0", event=an_event(), now=NOW)
    assert started.token not in repr(started)


@pytest.mark.parametrize("token", ["", "wrong", "é" * 40, "\ud800"])
def test_a_wrong_link_leads_nowhere(trial, token):
    with pytest.raises(AuditNotFound):
        auditing.open_by_token(trial.session, token)
    with pytest.raises(AuditNotFound):
        auditing.load_audit(trial.session, trial.catalogue, trial.key, token)


def test_a_link_opens_its_own_audit_only(trial):
    other = auditing.start_audit(
        trial.session, trial.catalogue, checklist="access", event=an_event("Marrowdale Half"), now=NOW
    )
    with pytest.raises(AuditNotFound):
        auditing.load_audit(trial.session, trial.catalogue, other.key, trial.token)


def test_an_audit_needs_a_checklist_that_is_known(session, catalogue):
    with pytest.raises(ChecklistNotFound):
        auditing.start_audit(session, catalogue, checklist="moat", event=an_event(), now=NOW)


def test_what_is_answered_is_there_when_the_organiser_comes_back(trial):
    saved = auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    audit = trial.audit()
    assert audit == saved
    assert audit.answer("ramp") == FULL
    assert audit.version("ramp") == 1
    assert audit.saved_at["ramp"] == NOW
    assert score(audit.checklist, audit.answers, audit.facts).total.points == 4


def test_a_save_takes_at_most_five_statements(trial):
    statements = []
    engine = trial.session.get_bind()

    def count(*parts):
        statements.append(parts[2])

    event.listen(engine, "before_cursor_execute", count)
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    event.remove(engine, "before_cursor_execute", count)
    assert len(statements) + len(["COMMIT"]) <= 5


def test_saving_what_is_there_already_is_no_new_version(trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    again = auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=LATER)
    assert (again.version("ramp"), again.saved_at["ramp"]) == (1, NOW)
    assert auditing.answer_criterion(*trial.reach, "map", Answer(), version=0, now=NOW).versions == {
        "ramp": 1
    }


def test_an_answer_can_be_taken_back(trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    cleared = auditing.answer_criterion(*trial.reach, "ramp", Answer(), version=1, now=LATER)
    assert not cleared.answer("ramp").settles
    assert trial.audit().version("ramp") == 2


def test_the_second_to_save_the_same_answer_sees_the_first(trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    with pytest.raises(AnswerConflict) as caught:
        auditing.answer_criterion(*trial.reach, "ramp", Answer(grade="none"), version=0, now=LATER)
    assert (caught.value.stored, caught.value.version) == (FULL, 1)
    assert trial.audit().answer("ramp") == FULL
    auditing.answer_criterion(*trial.reach, "ramp", Answer(grade="none"), version=1, now=LATER)
    assert trial.audit().answer("ramp").grade == "none"


def test_answers_to_different_criteria_never_collide(trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    auditing.answer_criterion(*trial.reach, "map", FULL, version=0, now=NOW)
    assert trial.audit().versions == {"ramp": 1, "map": 1}


def test_of_a_page_all_that_does_not_collide_is_saved(trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    page = {"ramp": Answer(grade="none"), "map": Answer(grade="partly")}
    with pytest.raises(AnswerConflicts) as caught:
        auditing.answer_section(*trial.reach, "start", page, {"ramp": 0, "map": 0}, now=LATER)
    assert [conflict.criterion_id for conflict in caught.value.conflicts] == ["ramp"]
    audit = trial.audit()
    assert (audit.answer("ramp"), audit.answer("map")) == (FULL, Answer(grade="partly"))


@pytest.mark.parametrize(
    ("criterion", "answer", "problem"),
    [
        ("moat", Answer(grade="full"), "is not a criterion of this checklist"),
        ("A1", Answer(grade="full"), "is not a criterion of this checklist"),
        ("ramp", Answer(grade="splendid"), "has no grade 'splendid'"),
        ("ramp", Answer(not_applicable="rain"), "does not list 'rain' as a reason why it does not apply"),
        ("shirt", Answer(grade="full"), "belongs to the section 'finish'"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_saved(trial, criterion, answer, problem):
    with pytest.raises(AnswerRejected) as caught:
        auditing.answer_section(*trial.reach, "start", {"map": FULL, criterion: answer}, {}, now=NOW)
    assert caught.value.problems == {criterion: problem}
    assert trial.audit().answers == {}


def test_details_are_saved_and_decide_what_applies(trial):
    saved = auditing.save_details(
        *trial.reach, event=an_event("New name"), facts={"garment": False}, version=0, now=NOW
    )
    audit = trial.audit()
    assert audit == saved
    assert (audit.event.name, audit.facts, audit.facts_saved) == ("New name", {"garment": False}, True)
    again = auditing.save_details(*trial.reach, event=audit.event, facts=audit.facts, version=0, now=LATER)
    assert again.details_version == 1


def test_two_people_changing_the_details_see_each_other(trial):
    auditing.save_details(*trial.reach, event=an_event("Hers"), facts={}, version=0, now=NOW)
    with pytest.raises(DetailsConflict) as caught:
        auditing.save_details(*trial.reach, event=an_event("His"), facts={}, version=0, now=LATER)
    assert (caught.value.event.name, caught.value.version) == ("Hers", 1)


def test_facts_the_checklist_does_not_have_are_refused(trial):
    with pytest.raises(AnswerRejected) as caught:
        auditing.save_details(
            *trial.reach, event=an_event(), facts={"moat": True, "garment": "blue"}, version=0, now=NOW
        )
    assert caught.value.problems == {
        "moat": "is not a fact of this checklist",
        "garment": "must be true or false",
    }


def test_a_replaced_link_shuts_the_old_one_out(trial):
    fresh = auditing.replace_link(trial.session, trial.key, trial.token)
    assert auditing.open_by_token(trial.session, fresh) == trial.key
    with pytest.raises(AuditNotFound):
        auditing.open_by_token(trial.session, trial.token)
    with pytest.raises(AuditNotFound):
        auditing.replace_link(trial.session, trial.key, trial.token)


def test_completing_freezes_the_answers_and_can_be_undone(trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    report = auditing.complete_audit(*trial.reach, today=TODAY)
    assert report.level.id == "fair"
    assert report.completed_on == TODAY
    assert auditing.complete_audit(*trial.reach, today=LATER.date()) == report
    assert trial.audit().state is AuditState.COMPLETED
    with pytest.raises(AuditClosed):
        auditing.answer_criterion(*trial.reach, "map", FULL, version=0, now=LATER)
    assert auditing.reopen_audit(*trial.reach).state is AuditState.OPEN
    auditing.answer_criterion(*trial.reach, "map", FULL, version=0, now=LATER)
    assert auditing.complete_audit(*trial.reach, today=TODAY).score.total.points == 6


def test_the_next_edition_starts_from_answers_that_wait_for_their_confirmation(trial):
    auditing.save_details(*trial.reach, event=an_event(), facts={"garment": True}, version=0, now=NOW)
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    started = auditing.start_next_edition(*trial.reach, now=LATER)
    reach = (trial.session, trial.catalogue, started.key, started.token)
    audit = auditing.load_audit(*reach)
    assert audit.answer("ramp") == FULL.model_copy(update={"standing": Standing.CARRIED})
    assert audit.facts == {"garment": True}
    assert (audit.event.name, audit.event.edition, audit.facts_saved) == (
        "Ridgeline Half Marathon",
        "",
        False,
    )
    assert score(audit.checklist, audit.answers, audit.facts).total.points == 0
    confirmed = auditing.answer_criterion(*reach, "ramp", audit.answer("ramp"), version=1, now=LATER)
    assert confirmed.answer("ramp") == FULL
    assert trial.audit().answer("ramp") == FULL


def test_answers_to_criteria_the_newest_version_dropped_stay_behind(trial):
    trial.catalogue.checklists["access"] = a_checklist({"map": 1}, version="2.0")
    trial.catalogue.checklists["access@2.0"] = trial.catalogue.checklists["access"]
    auditing.answer_section(*trial.reach, "start", {"ramp": FULL, "map": FULL}, {}, now=NOW)
    started = auditing.start_next_edition(*trial.reach, now=LATER)
    audit = auditing.load_audit(trial.session, trial.catalogue, started.key, started.token)
    assert (audit.checklist.ref, list(audit.answers)) == ("access@2.0", ["map"])


def test_only_what_is_published_is_corrected(trial):
    with pytest.raises(AuditClosed):
        auditing.start_correction(*trial.reach, now=LATER)


def test_many_people_saving_at_once_lose_nothing(trial, engine):
    failures = []

    def save(number: int) -> None:
        with Session(engine, expire_on_commit=False) as session:
            for version in range(25):
                try:
                    auditing.answer_criterion(
                        session, trial.catalogue, started[number].key, started[number].token, "ramp",
                        Answer(grade="full", note=str(version)), version=version, now=NOW,
                    )  # fmt: skip
                except Exception as error:
                    failures.append(error)

    started = [
        auditing.start_audit(trial.session, trial.catalogue, checklist="access", event=an_event(), now=NOW)
        for _ in range(8)
    ]
    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for one in started:
        audit = auditing.load_audit(trial.session, trial.catalogue, one.key, one.token)
        assert (audit.version("ramp"), audit.answer("ramp").note) == (25, "24")


def test_of_two_people_saving_the_same_answer_exactly_one_wins(trial, engine):
    gate = threading.Barrier(2)
    outcomes = []

    def save(grade: str) -> None:
        with Session(engine, expire_on_commit=False) as session:
            gate.wait()
            try:
                auditing.answer_criterion(
                    session, trial.catalogue, trial.key, trial.token, "ramp",
                    Answer(grade=grade), version=1, now=LATER,
                )  # fmt: skip
                outcomes.append(("saved", grade))
            except AnswerConflict as conflict:
                outcomes.append(("conflict", conflict.stored.grade))

    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    threads = [threading.Thread(target=save, args=(grade,)) for grade in ("none", "partly")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome for outcome, _ in outcomes) == ["conflict", "saved"]
    winner = dict(outcomes)["saved"]
    assert dict(outcomes)["conflict"] == winner == trial.audit().answer("ramp").grade
