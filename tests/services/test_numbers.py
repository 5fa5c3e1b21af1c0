"""Numbers that settle grades, also those of other criteria; numbers not complete yet; two people with the same numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from auditapp.domain.audit import Answer, Audit, Standing
from auditapp.domain.errors import AnswerConflict, AnswerConflicts, AnswerRejected
from auditapp.domain.measures import Numbers
from auditapp.domain.scoring import State, score
from auditapp.services import auditing, completing, starting
from auditapp.services.links import Started
from tests.builders import an_event, evidence, prizes
from tests.measured import REF, SECTION, measured_race
from tests.services import LATER, NOW, TODAY
from tests.services.trial import Trial, catalogue_of

EQUAL, CLOSE = prizes((300, 300), (200, 200)), prizes((300, 300), (200, 200), (120, 150))
PRIZES, SHARED = "prize-money", "places-paid"


@pytest.fixture
def race(session: Session, tmp_path: Path) -> Trial:
    """An audit with a checklist that has measures."""
    catalogue = catalogue_of(tmp_path / "checklists", measured_race())
    started: Started = starting.start_audit(session, catalogue, checklist=REF, event=an_event(), now=NOW)
    return Trial(session, catalogue, started)


def give(race: Trial, answer: Answer, criterion: str = PRIZES) -> Audit:
    """Save one answer over what stands now."""
    version = race.audit().version(criterion)
    return auditing.answer_criterion(*race.reach, criterion, answer, version=version, now=NOW)


def grades(audit: Audit) -> dict[str, tuple[str | None, str]]:
    """Every answer's grade and what settled it."""
    return {name: (answer.grade, answer.settled_by) for name, answer in audit.answers.items()}


def test_numbers_settle_the_grade_and_are_there_when_the_organiser_comes_back(race: Trial):
    saved = give(race, Answer(numbers=CLOSE, note="As on the flyer"))
    assert race.audit() == saved
    answer = saved.answer(PRIZES)
    assert answer == Answer(grade="partly", numbers=CLOSE, settled_by="numbers", note="As on the flyer")
    assert score(saved.checklist, saved.answers).finding(PRIZES).state is State.EVIDENCED


def test_one_save_settles_every_criterion_that_shares_the_numbers(race: Trial):
    saved = give(race, Answer(numbers=EQUAL))
    assert grades(saved) == {PRIZES: ("full", "numbers"), SHARED: ("full", "numbers")}
    assert saved.versions == {PRIZES: 1, SHARED: 1}
    assert grades(give(race, Answer(numbers=CLOSE)))[SHARED] == ("partly", "numbers")
    assert race.audit().version(SHARED) == 2


def test_the_same_numbers_again_change_nothing(race: Trial):
    give(race, Answer(numbers=EQUAL))
    assert give(race, Answer(numbers=EQUAL)).versions == {PRIZES: 1, SHARED: 1}


def test_a_note_and_evidence_leave_the_numbers_alone(race: Trial):
    give(race, Answer(numbers=CLOSE))
    saved = give(race, Answer(numbers=CLOSE, note="In cash", evidence=(evidence(),)))
    assert grades(saved)[PRIZES] == ("partly", "numbers")
    saved = give(race, Answer(note="The same list"), SHARED)
    assert grades(saved)[SHARED] == ("partly", "numbers")
    assert saved.answer(SHARED).note == "The same list"


def test_a_grade_by_hand_stays_until_it_is_taken_back(race: Trial):
    give(race, Answer(grade="none"), SHARED)
    assert grades(give(race, Answer(numbers=EQUAL)))[SHARED] == ("none", "hand")
    assert grades(give(race, Answer(), SHARED))[SHARED] == ("full", "numbers")


def test_numbers_taken_out_take_the_grades_with_them(race: Trial):
    give(race, Answer(numbers=EQUAL))
    assert grades(give(race, Answer())) == {PRIZES: (None, "hand"), SHARED: (None, "hand")}


def test_what_is_not_complete_is_kept_and_settles_nothing(race: Trial):
    draft = Answer(numbers=Numbers(unit="kroner"))
    saved = give(race, draft)
    assert saved.answer(PRIZES) == draft
    assert score(saved.checklist, saved.answers).finding(PRIZES).state is State.UNANSWERED
    report = completing.complete_audit(*race.reach, today=TODAY)
    assert report.answers[PRIZES].numbers is None


def test_numbers_that_are_wrong_are_refused_by_place_and_nothing_is_saved(race: Trial):
    with pytest.raises(AnswerRejected) as refused:
        give(race, Answer(numbers=prizes((0, 0))))
    assert refused.value.problems == {f"{PRIZES}.rows": "give at least one prize"}
    assert race.audit().answers == {}


def test_the_second_to_type_numbers_is_told(race: Trial):
    give(race, Answer(numbers=EQUAL))
    with pytest.raises(AnswerConflict) as conflict:
        auditing.answer_criterion(*race.reach, PRIZES, Answer(numbers=CLOSE), version=0, now=LATER)
    assert conflict.value.stored.numbers == EQUAL
    assert grades(race.audit()) == {PRIZES: ("full", "numbers"), SHARED: ("full", "numbers")}


def test_numbers_that_collide_settle_nothing_elsewhere(race: Trial):
    give(race, Answer(numbers=EQUAL))
    page = {PRIZES: Answer(numbers=CLOSE), SHARED: Answer(note="Mine"), "ramp": Answer(grade="full")}
    with pytest.raises(AnswerConflicts) as conflicts:
        auditing.answer_section(*race.reach, SECTION, page, {SHARED: 1}, now=LATER)
    assert [one.criterion_id for one in conflicts.value.conflicts] == [PRIZES]
    audit = race.audit()
    assert grades(audit)[SHARED] == ("full", "numbers")
    assert audit.answer(SHARED).note == "Mine"
    assert grades(audit)["ramp"] == ("full", "hand")


def test_numbers_are_carried_to_the_next_edition_to_be_confirmed(race: Trial):
    give(race, Answer(numbers=CLOSE))
    completing.complete_audit(*race.reach, today=TODAY)
    following = starting.start_next_edition(*race.reach, now=LATER)
    reach = (race.session, race.catalogue, following.key, following.token)
    carried = auditing.load_audit(*reach).answer(PRIZES)
    assert (carried.numbers, carried.standing) == (CLOSE, Standing.CARRIED)
    saved = auditing.answer_criterion(*reach, PRIZES, Answer(numbers=CLOSE), version=1, now=LATER)
    assert saved.answer(PRIZES).standing is Standing.GIVEN
    assert saved.answer(SHARED).standing is Standing.CARRIED, "each answer is confirmed for itself"
