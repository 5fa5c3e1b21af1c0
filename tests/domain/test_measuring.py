from collections.abc import Mapping
from fractions import Fraction

import pytest

from auditapp.domain.audit import Answer
from auditapp.domain.checklist import ExpectedEvidence
from auditapp.domain.measures import MeasureUse, Numbers, NumbersRejected, Row
from auditapp.domain.measuring import (
    figures_in,
    published_answer,
    settled,
    telling,
    with_grades_from_numbers,
    worked,
)
from auditapp.domain.report import report_on
from auditapp.domain.scoring import State, score
from tests.builders import COMPLETED_ON, a_checklist, a_criterion, a_figure, a_prize_list, an_event, prizes

EQUAL, CLOSE, FAR = prizes((300, 300)), prizes((300, 300), (290, 310)), prizes((100, 300))
NOBODY_PAID = prizes((0, 0))
ONLY_A_CURRENCY = Numbers(unit="kroner")
PRIZES = a_prize_list()
MONEY = a_prize_list("money", "P2", measure=PRIZES.measure.model_copy(update={"numbers_from": "prizes"}))
RAMP = a_criterion("ramp", "A1")
LIST = a_checklist(criteria=[PRIZES, MONEY, RAMP])
TOLD = a_prize_list(
    "told", measure=MeasureUse(name="prize-parity"), evidence=ExpectedEvidence(kinds=("number",))
)


def given(**answers: Answer) -> dict[str, Answer]:
    """What a save of these answers leaves behind, beside nothing that stands already."""
    return with_grades_from_numbers(LIST, {}, answers)


@pytest.mark.parametrize(("numbers", "grade"), [(EQUAL, "full"), (CLOSE, "partly"), (FAR, "none")])
def test_the_grade_follows_from_the_numbers(numbers: Numbers, grade: str):
    answer = settled(PRIZES, Answer(numbers=numbers, note="As on the flyer"))
    assert (answer.grade, answer.settled_by, answer.note) == (grade, "numbers", "As on the flyer")


def test_numbers_outdo_a_grade_chosen_by_hand():
    assert settled(PRIZES, Answer(grade="full", numbers=FAR)).grade == "none"


@pytest.mark.parametrize("answer", [Answer(), Answer(grade="full"), Answer(not_applicable="no-venue")])
def test_an_answer_without_numbers_stays_as_chosen(answer: Answer):
    assert settled(PRIZES, answer) is answer


def test_what_does_not_apply_has_no_numbers():
    assert settled(PRIZES, Answer(not_applicable="no-venue", numbers=EQUAL)).numbers is None


def test_where_no_measure_is_asked_there_are_no_numbers():
    once_settled = Answer(grade="full", numbers=EQUAL, settled_by="numbers")
    assert settled(RAMP, once_settled) == Answer(grade="full")


def test_a_measure_that_only_informs_leaves_the_grade_as_chosen():
    answer = settled(TOLD, Answer(grade="partly", numbers=EQUAL))
    assert (answer.grade, answer.settled_by, answer.numbers) == ("partly", "hand", EQUAL)


@pytest.mark.parametrize("numbers", [NOBODY_PAID, ONLY_A_CURRENCY])
def test_numbers_that_cannot_be_worked_out_are_refused_by_place(numbers: Numbers):
    with pytest.raises(NumbersRejected) as refused:
        given(prizes=Answer(numbers=numbers), ramp=Answer(grade="full"))
    assert list(refused.value.problems) == ["prizes.rows"]


def test_a_draft_keeps_numbers_that_are_not_complete_and_settles_nothing():
    kept = settled(PRIZES, Answer(numbers=ONLY_A_CURRENCY), drafts=True)
    assert (kept.grade, kept.numbers, kept.settled_by) == (None, ONLY_A_CURRENCY, "hand")
    assert settled(PRIZES, Answer(grade="full", numbers=ONLY_A_CURRENCY), drafts=True).grade == "full"


def test_a_draft_takes_no_number_that_is_wrong():
    with pytest.raises(NumbersRejected):
        settled(PRIZES, Answer(numbers=NOBODY_PAID), drafts=True)


def test_whoever_shares_numbers_is_settled_with_them():
    found = given(prizes=Answer(numbers=EQUAL))
    assert {name: (one.grade, one.settled_by) for name, one in found.items()} == {
        "prizes": ("full", "numbers"),
        "money": ("full", "numbers"),
    }


def test_who_shares_numbers_follows_what_stands_already():
    standing = given(prizes=Answer(numbers=CLOSE))
    found = with_grades_from_numbers(LIST, standing, {"money": Answer(note="In cash")})
    assert (found["money"].grade, found["money"].note, found["money"].numbers) == ("partly", "In cash", CLOSE)


def test_a_grade_chosen_by_hand_does_not_follow_shared_numbers():
    by_hand = {"money": Answer(grade="none"), "prizes": Answer(numbers=EQUAL)}
    found = with_grades_from_numbers(LIST, by_hand, {"prizes": Answer(numbers=EQUAL)})
    assert list(found) == ["prizes"]
    chosen = given(money=Answer(grade="none", numbers=EQUAL), prizes=Answer(numbers=EQUAL))
    assert chosen["money"] == Answer(grade="none")


def test_numbers_taken_out_are_gone_from_whoever_shared_them():
    standing = given(prizes=Answer(numbers=EQUAL))
    found = with_grades_from_numbers(LIST, standing, {"prizes": Answer()})
    assert found == {"prizes": Answer(), "money": Answer()}


def test_a_draft_is_a_draft_for_whoever_shares_it():
    found = with_grades_from_numbers(LIST, {}, {"prizes": Answer(numbers=ONLY_A_CURRENCY)}, drafts=True)
    assert found["money"] == Answer(numbers=ONLY_A_CURRENCY)


def test_shared_numbers_that_say_the_same_change_nothing():
    standing = given(prizes=Answer(numbers=EQUAL))
    assert list(with_grades_from_numbers(LIST, standing, {"prizes": Answer(numbers=EQUAL)})) == ["prizes"]
    assert list(with_grades_from_numbers(LIST, {}, {"prizes": Answer(note="Soon")})) == ["prizes"]


@pytest.mark.parametrize(
    "answer", [None, Answer(grade="full"), Answer(numbers=NOBODY_PAID), Answer(numbers=ONLY_A_CURRENCY)]
)
def test_without_fitting_numbers_there_is_no_figure(answer: Answer | None):
    assert worked(PRIZES, answer) is None


def test_without_a_measure_there_is_no_figure():
    assert worked(RAMP, Answer(numbers=EQUAL)) is None


def test_every_figure_of_an_audit_by_its_criterion():
    answers: Mapping[str, Answer] = given(prizes=Answer(numbers=EQUAL), ramp=Answer(grade="full"))
    assert list(figures_in(LIST, answers)) == ["prizes", "money"]


def state_of(criterion: str, answer: Answer) -> State:
    """The evidence state of one answer of a checklist with a measure that only informs."""
    return score(a_checklist(criteria=[PRIZES, TOLD]), {criterion: answer}).finding(criterion).state


def test_numbers_are_evidence_where_the_grade_follows_from_them():
    assert state_of("prizes", Answer(grade="full", numbers=EQUAL, settled_by="numbers")) is State.EVIDENCED
    assert state_of("prizes", Answer(grade="full")) is State.DECLARED


def test_numbers_that_only_inform_are_evidence_once_they_are_complete():
    assert state_of("told", Answer(grade="full", numbers=EQUAL)) is State.EVIDENCED
    assert state_of("told", Answer(grade="full", numbers=ONLY_A_CURRENCY)) is State.DECLARED
    in_a_report = EQUAL.model_copy(update={"rows": (Row(),), "hidden": ("row-1.women",)})
    assert state_of("told", Answer(grade="full", numbers=in_a_report)) is State.EVIDENCED


def test_a_report_holds_whole_numbers_and_no_drafts():
    whole, draft = Answer(numbers=EQUAL), Answer(grade="full", numbers=ONLY_A_CURRENCY)
    assert published_answer(PRIZES, whole, worked(PRIZES, whole)) is whole
    assert published_answer(PRIZES, draft, None) == Answer(grade="full")
    assert published_answer(RAMP, whole, None) is whole
    report = report_on(LIST, an_event(), {}, {"prizes": draft}, completed_on=COMPLETED_ON)
    assert report.answers["prizes"].numbers is None
    assert report.figures == {}


def test_what_tells_most_is_what_the_best_grade_asks_for():
    criterion = a_prize_list()
    figure = worked(criterion, Answer(numbers=prizes((300, 300), (120, 150))))
    assert figure
    quantity = telling(criterion, figure)
    assert quantity
    assert (quantity.id, quantity.value) == ("lowest-ratio", Fraction(4, 5))


def test_what_is_not_known_tells_nothing():
    figure = a_figure()
    unknown = figure.quantities[0].model_copy(update={"value": None})
    informing = a_criterion("any", "A1", measure=MeasureUse(name="prize-parity"))
    found = telling(informing, figure)
    assert found
    assert found.id == "ratio"
    assert telling(a_criterion("any", "A1"), figure) == found
    assert telling(informing, a_figure(quantities=(unknown,))) is None
