"""Answers and facts that do not fit a checklist are named with what is wrong."""

from auditapp.domain.audit import Answer
from auditapp.domain.facts import Fact
from auditapp.domain.misfits import answer_misfit, answer_misfits, fact_misfits
from tests.builders import a_checklist, answered

ACCESS = a_checklist({"ramp": 2, "map": 1}).model_copy(
    update={"facts": (Fact(id="starters", question="How many start?", type="number", unit="people"),)}
)


def test_an_answer_needs_a_criterion_by_its_id_a_grade_and_a_reason_the_checklist_lists():
    assert answer_misfit(ACCESS, "ramp", Answer(grade="full")) is None
    assert answer_misfit(ACCESS, "ramp", Answer()) is None
    for name, answer, wrong in (
        ("moat", Answer(grade="full"), "is not a criterion of this checklist"),
        ("A1", Answer(grade="full"), "is not a criterion of this checklist"),
        ("ramp", Answer(grade="superb"), "has no grade 'superb'"),
        ("ramp", Answer(not_applicable="rain"), "does not list 'rain' as a reason why it does not apply"),
    ):
        assert answer_misfit(ACCESS, name, answer) == wrong


def test_of_a_page_only_what_does_not_fit_is_named():
    page = answered({"ramp": "full"}) | {"moat": Answer()}
    assert set(answer_misfits(ACCESS, page, None)) == {"moat"}
    assert answer_misfits(ACCESS, answered({"ramp": "full"}), "finish") == {
        "ramp": "belongs to the section 'start'"
    }


def test_a_fact_needs_a_value_of_its_kind():
    assert fact_misfits(ACCESS, {"starters": 1900}) == {}
    assert set(fact_misfits(ACCESS, {"starters": "many", "moat": True})) == {"starters", "moat"}
