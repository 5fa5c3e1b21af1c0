from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.audit import Answer
from auditapp.domain.checklist import Improvement
from auditapp.domain.plan import effort, plan_for
from auditapp.domain.scoring import score
from tests.builders import a_checklist, a_criterion, a_level, answered, evidence


def costing(cost, days=0):
    return Improvement(change="Do it", cost=cost, days=days)


def plan(checklist, answers):
    return plan_for(checklist, score(checklist, answers))


def applied(checklist, answers, steps):
    """The answers once every step is done: the grade reached, and shown."""
    after = dict(answers)
    for step in steps:
        grade = step.to_grade or "none"
        kind = checklist.criterion(step.criterion).evidence.kinds[0]
        shown = () if step.kind == "answer" else (evidence(kind),)
        after[step.criterion] = Answer(grade=grade, evidence=shown)
    return after


def test_effort_is_the_cost_band_and_a_point_for_every_thirty_days():
    assert effort(costing("nothing")) == 1
    assert effort(costing("large", days=45)) == Fraction(19, 2)


def test_there_is_no_plan_at_the_top_without_levels_or_where_nothing_applies():
    levels = [a_level("fair", score=50)]
    assert plan(a_checklist(levels=levels), answered({"ramp": "full"})) is None
    assert plan(a_checklist(), {}) is None
    assert plan(a_checklist(levels=levels), answered({"ramp": "not-applicable"})) is None


def test_the_cheapest_change_comes_first():
    criteria = [
        a_criterion("ramp", "A1", weight=2, improve=costing("large")),
        a_criterion("map", "A2", weight=2, improve=costing("nothing")),
    ]
    checklist = a_checklist(criteria=criteria, levels=[a_level("fair", score=50)])
    steps = plan(checklist, answered({"ramp": "none", "map": "none"})).steps
    assert [(step.code, step.to_grade, step.gain, step.percent_after) for step in steps] == [
        ("A2", "full", 2, 50)
    ]


def test_a_smaller_change_is_enough_when_it_reaches_the_level():
    checklist = a_checklist({"ramp": 4}, levels=[a_level("fair", score=50)])
    (step,) = plan(checklist, answered({"ramp": "none"})).steps
    assert (step.from_grade, step.to_grade, step.gain) == ("none", "partly", 2)


def test_an_essential_that_fails_is_in_the_plan_whatever_it_costs():
    criteria = [
        a_criterion("ramp", "A1", essential=True, improve=costing("large", days=300)),
        a_criterion("map", "A2", weight=5, improve=costing("nothing")),
    ]
    checklist = a_checklist(criteria=criteria, levels=[a_level("fair", score=50, essentials=100)])
    made = plan(checklist, answered({"ramp": "none", "map": "full"}))
    assert [(step.code, step.essential, step.cost, step.days) for step in made.steps] == [
        ("A1", True, "large", 300)
    ]
    assert made.days == 300


def test_what_is_claimed_only_needs_to_be_shown():
    checklist = a_checklist({"ramp": 4}, levels=[a_level("fair", score=50, evidenced=50)])
    (step,) = plan(checklist, answered({"ramp": "full"})).steps
    assert (step.kind, step.gain, step.evidenced_gain, step.cost, step.days) == (
        "evidence",
        0,
        4,
        "nothing",
        0,
    )
    assert (step.percent_after, step.evidenced_percent_after) == (100, 100)


def test_coverage_asks_for_answers_not_for_good_ones():
    checklist = a_checklist({"ramp": 1, "map": 1}, levels=[a_level("fair", answered=100)])
    (step,) = plan(checklist, answered({"ramp": "full"})).steps
    assert (step.criterion, step.kind, step.gain, step.to_grade) == ("map", "answer", 0, None)


def test_essentials_in_full_asks_for_the_best_grade():
    checklist = a_checklist(
        {"ramp": 2}, levels=[a_level("fair", essentials=100, essentials_in_full=100)], essentials=["ramp"]
    )
    (step,) = plan(checklist, answered({"ramp": "partly"})).steps
    assert (step.from_grade, step.to_grade) == ("partly", "full")


def test_a_section_below_its_floor_is_lifted_where_it_stands():
    criteria = [
        a_criterion("ramp", "A1", section="start", weight=5, improve=costing("nothing")),
        a_criterion("medal", "B1", section="finish", improve=costing("large")),
    ]
    checklist = a_checklist(
        criteria=criteria, sections=("start", "finish"), levels=[a_level("fair", section_floor=50)]
    )
    made = plan(checklist, answered({"ramp": "full", "medal": "none"}))
    assert [step.code for step in made.steps] == ["B1"]
    assert [line.reached for line in made.today if line.section == "finish"] == [False]
    assert made.reaches
    assert made.gain == Fraction(1, 2)


NAMES = ["ramp", "quiet-room", "map", "loop", "medal", "tape"]
chosen = st.dictionaries(
    st.sampled_from(NAMES), st.sampled_from(["none", "partly", "full", "not-applicable"])
)


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from(["nothing", "small", "medium", "large"])), min_size=6
    ),
    chosen,
    st.lists(st.sampled_from(NAMES)),
    st.tuples(*[st.integers(0, 100)] * 6),
)
def test_a_plan_reaches_the_level_with_the_gains_it_names_and_no_step_to_spare(parts, grades, shown, lines):
    criteria = [
        a_criterion(
            name,
            f"A{number}",
            weight=weight,
            essential=number % 2 == 0,
            section="start" if number < 3 else "finish",
            improve=costing(cost, days=number),
        )
        for number, (name, (weight, cost)) in enumerate(zip(NAMES, parts, strict=False))
    ]
    names = ("score", "section_floor", "essentials", "essentials_in_full", "answered", "evidenced")
    level = a_level("fair", **dict(zip(names, lines, strict=True)))
    checklist = a_checklist(criteria=criteria, sections=("start", "finish"), levels=[level])
    answers = answered(grades, evidenced=shown)
    before = score(checklist, answers)
    made = plan_for(checklist, before)
    if made is None:
        assert before.level == "fair" or before.coverage.applicable == 0
        return
    after = score(checklist, applied(checklist, answers, made.steps))
    assert after.level == "fair"
    assert made.reaches
    assert after.total.points - before.total.points == made.gain
    assert made.steps[-1].percent_after == after.total.percent
    assert made.steps[-1].evidenced_percent_after == after.total.evidenced_percent
    for step in made.steps:
        without = [other for other in made.steps if other is not step]
        assert score(checklist, applied(checklist, answers, without)).level is None
    gains = [step.gain / (effort_of(checklist, step)) for step in made.steps]
    assert gains == sorted(gains, reverse=True)


def effort_of(checklist, step):
    """The effort the plan ordered the step by."""
    criterion = checklist.criterion(step.criterion)
    if step.kind != "improve":
        return Fraction(1)
    return effort(criterion.improve) * (1 + checklist.worth(criterion, step.to_grade)) / 2
