import contextlib

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from auditapp.domain.audit import Answer, links_in
from auditapp.domain.errors import (
    AnswerConflict,
    AnswerConflicts,
    AnswerRejected,
    DetailsConflict,
)
from auditapp.domain.facts import Condition, Fact
from auditapp.domain.scoring import score
from auditapp.services import auditing, starting
from auditapp.storage import database
from tests.builders import a_checklist, a_criterion, an_event, evidence
from tests.databases import engine_at
from tests.services import LATER, NOW
from tests.services.trial import GARMENT, Trial, catalogue_of

FULL = Answer(grade="full", note="On every page", evidence=(evidence(),))


def test_what_is_answered_is_there_when_the_organiser_comes_back(trial: Trial):
    saved = auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    audit = trial.audit()
    assert audit == saved
    assert audit.answer("ramp") == FULL
    assert audit.version("ramp") == 1
    assert audit.saved_at["ramp"] == NOW
    assert score(audit.checklist, audit.answers, audit.facts).total.points == 4


@contextlib.contextmanager
def statements_of(session):
    """Every statement with its values that runs meanwhile; COMMIT passes by the event."""
    seen = []
    engine = session.get_bind()

    def keep(_connection, _cursor, statement, values, _context, _many):
        seen.append((statement, values))

    event.listen(engine, "before_cursor_execute", keep)
    yield seen
    event.remove(engine, "before_cursor_execute", keep)


def test_a_save_takes_at_most_five_statements(trial: Trial):
    with statements_of(trial.session) as statements:
        auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    assert len(statements) + len(["COMMIT"]) <= 5


def test_a_page_of_many_answers_takes_no_more_statements_than_one(session, tmp_path):
    names = [f"ramp-{number}" for number in range(40)]
    catalogue = catalogue_of(tmp_path / "checklists", a_checklist(dict.fromkeys(names, 1)))
    started = starting.start_audit(session, catalogue, checklist="access", event=an_event(), now=NOW)
    with statements_of(session) as statements:
        auditing.answer_section(
            session, catalogue, started.key, started.token, "start", dict.fromkeys(names, FULL), {}, now=NOW
        )
    assert len(statements) + len(["COMMIT"]) <= 5


def test_a_save_looks_at_no_other_audit(tmp_path, catalogue):
    engine = engine_at(f"sqlite:///{tmp_path / 'a.sqlite'}")
    database.upgrade(engine)
    with Session(engine) as session:
        started = starting.start_audit(session, catalogue, checklist="access", event=an_event(), now=NOW)
        with statements_of(session) as statements:
            auditing.answer_criterion(
                session, catalogue, started.key, started.token, "ramp", FULL, version=0, now=NOW
            )
    asked = [(statement, values) for statement, values in statements if statement.startswith("SELECT")]
    assert len(asked) == 2
    with engine.connect() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).one().detail
            for statement, values in asked
        ]
    assert [plan.split(" USING ")[0] for plan in plans] == ["SEARCH audits", "SEARCH answers"]
    engine.dispose()


def test_saving_what_is_there_already_is_no_new_version(trial: Trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    again = auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=LATER)
    assert (again.version("ramp"), again.saved_at["ramp"]) == (1, NOW)
    assert auditing.answer_criterion(*trial.reach, "map", Answer(), version=0, now=NOW).versions == {
        "ramp": 1
    }


def test_an_answer_can_be_taken_back(trial: Trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    cleared = auditing.answer_criterion(*trial.reach, "ramp", Answer(), version=1, now=LATER)
    assert cleared.answer("ramp") == Answer()
    assert trial.audit().version("ramp") == 2


def test_the_second_to_save_the_same_answer_sees_the_first(trial: Trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    with pytest.raises(AnswerConflict) as caught:
        auditing.answer_criterion(*trial.reach, "ramp", Answer(grade="none"), version=0, now=LATER)
    assert (caught.value.stored, caught.value.version) == (FULL, 1)
    assert trial.audit().answer("ramp") == FULL
    auditing.answer_criterion(*trial.reach, "ramp", Answer(grade="none"), version=1, now=LATER)
    assert trial.audit().answer("ramp") == Answer(grade="none")


def test_answers_to_different_criteria_never_collide(trial: Trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    auditing.answer_criterion(*trial.reach, "map", FULL, version=0, now=NOW)
    assert trial.audit().versions == {"ramp": 1, "map": 1}


def test_of_a_page_all_that_does_not_collide_is_saved(trial: Trial):
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
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_saved(
    trial: Trial, criterion, answer, problem
):
    with pytest.raises(AnswerRejected) as caught:
        auditing.answer_section(*trial.reach, "start", {"map": FULL, criterion: answer}, {}, now=NOW)
    assert caught.value.problems == {criterion: problem}
    assert trial.audit().answers == {}


def test_evidence_beyond_what_a_report_holds_is_refused(session, tmp_path):
    names = [f"one-{number}" for number in range(41)]
    checklist = a_checklist(
        id="long", criteria=[a_criterion(name, f"A{n}") for n, name in enumerate(names, 1)]
    )
    catalogue = catalogue_of(tmp_path, checklist)
    started = starting.start_audit(session, catalogue, checklist="long", event=an_event(), now=NOW)
    reach = (session, catalogue, started.key, started.token)
    most = FULL.model_copy(
        update={"evidence": tuple(evidence(url=f"https://a.example/{n}") for n in range(25))}
    )
    auditing.answer_all(*reach, dict.fromkeys(names[:40], most), now=NOW)
    with pytest.raises(AnswerRejected) as caught:
        auditing.answer_criterion(*reach, names[40], FULL, version=0, now=LATER)
    assert caught.value.problems == {
        names[
            40
        ]: "The report would hold 1,001 pieces of evidence, and at most 1,000 fit. Take weaker ones out first."
    }
    auditing.answer_criterion(*reach, names[40], Answer(grade="full"), version=0, now=LATER)
    fewer = most.model_copy(update={"evidence": most.evidence[1:]})
    auditing.answer_criterion(*reach, names[0], fewer, version=1, now=LATER)
    audit = auditing.answer_criterion(*reach, names[40], FULL, version=1, now=LATER)
    assert links_in(audit.answers) == 1000


def test_details_are_saved_and_decide_what_applies(trial: Trial):
    saved = auditing.save_details(
        *trial.reach, event=an_event("New name"), facts={"garment": False}, version=0, now=NOW
    )
    audit = trial.audit()
    assert audit == saved
    assert (audit.event.name, audit.facts, audit.facts_saved) == ("New name", {"garment": False}, True)
    again = auditing.save_details(*trial.reach, event=audit.event, facts=audit.facts, version=0, now=LATER)
    assert again.details_version == 1


def test_two_people_changing_the_details_see_each_other(trial: Trial):
    auditing.save_details(*trial.reach, event=an_event("Hers"), facts={}, version=0, now=NOW)
    with pytest.raises(DetailsConflict) as caught:
        auditing.save_details(*trial.reach, event=an_event("His"), facts={}, version=0, now=LATER)
    assert (caught.value.event.name, caught.value.version) == ("Hers", 1)


def test_facts_the_checklist_does_not_have_are_refused(trial: Trial):
    with pytest.raises(AnswerRejected) as caught:
        auditing.save_details(
            *trial.reach, event=an_event(), facts={"moat": True, "garment": "blue"}, version=0, now=NOW
        )
    assert caught.value.problems == {
        "moat": "is not a fact of this checklist",
        "garment": "must be true or false",
    }


def quick_trial(session, tmp_path) -> Trial:
    """An audit whose checklist has a quick audit: the ramp, for which the garment decides."""
    heel = Fact(id="heel", question="Is there a heel bar?", type="boolean")
    checklist = a_checklist(
        criteria=[
            a_criterion("ramp", "A1", essential=True, applies_if=Condition(fact="garment", is_=True)),
            a_criterion("map", "A2", applies_if=Condition(fact="heel", is_=True)),
        ],
        facts=[GARMENT, heel],
    )
    return Trial.of(session, catalogue_of(tmp_path / "lists", checklist))


def test_the_facts_of_the_quick_audit_leave_all_others_as_they_are(session, tmp_path):
    trial = quick_trial(session, tmp_path)
    saved = auditing.save_quick_facts(*trial.reach, facts={"garment": True}, version=0, now=NOW)
    assert saved == trial.audit()
    assert (saved.facts, saved.facts_saved, saved.details_version) == ({"garment": True}, False, 1)
    everything = {"garment": True, "heel": True}
    auditing.save_details(*trial.reach, event=saved.event, facts=everything, version=1, now=LATER)
    after = auditing.save_quick_facts(*trial.reach, facts={}, version=2, now=LATER)
    assert (after.facts, after.facts_saved) == ({"heel": True}, True)


def test_facts_left_open_in_the_quick_audit_have_been_asked(session, tmp_path):
    trial = quick_trial(session, tmp_path)
    saved = auditing.save_quick_facts(*trial.reach, facts={}, version=0, now=NOW)
    assert (saved.facts, saved.details_version) == ({}, 1)
    assert auditing.save_quick_facts(*trial.reach, facts={}, version=0, now=NOW) == saved


def test_facts_the_quick_audit_does_not_ask_are_refused_and_two_people_see_each_other(session, tmp_path):
    trial = quick_trial(session, tmp_path)
    for facts in ({"heel": True}, {"garment": "perhaps"}):
        with pytest.raises(AnswerRejected):
            auditing.save_quick_facts(*trial.reach, facts=facts, version=0, now=NOW)
    auditing.save_quick_facts(*trial.reach, facts={"garment": True}, version=0, now=NOW)
    with pytest.raises(DetailsConflict) as conflict:
        auditing.save_quick_facts(*trial.reach, facts={"garment": False}, version=0, now=NOW)
    assert (conflict.value.facts, conflict.value.version) == ({"garment": True}, 1)
