import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.audit import Answer, Standing
from auditapp.domain.checklist import ExpectedEvidence, Scale, ScaleGrade
from auditapp.domain.facts import Condition, Fact
from auditapp.domain.scoring import State, score
from tests.builders import GRADED, a_checklist, a_criterion, a_level, answered, evidence

GARMENT = Fact(id="garment", question="Is a garment given?", type="boolean")
SHIRT = a_criterion(
    "shirt",
    "B16",
    weight=4,
    essential=True,
    applies_if=Condition.model_validate({"fact": "garment", "is": True}),
)


def test_points_are_weight_times_worth():
    checklist = a_checklist(weights={"ramp": 3, "quiet-room": 1})
    result = score(checklist, answered({"ramp": "partly", "quiet-room": "full"}))
    assert (result.total.points, result.total.possible) == (Fraction(5, 2), 4)
    assert result.total.percent == 62


def test_not_applicable_criteria_leave_the_sum():
    checklist = a_checklist(weights={"ramp": 2, "quiet-room": 1})
    answers = answered({"ramp": "not-applicable", "quiet-room": "full"})
    assert score(checklist, answers).total.percent == 100


def test_unanswered_earns_nothing_and_stays_in_the_sum():
    result = score(a_checklist(weights={"ramp": 2, "quiet-room": 2}), answered({"ramp": "full"}))
    assert result.total.percent == 50
    assert (result.coverage.answered, result.coverage.applicable) == (1, 2)
    assert result.finding("quiet-room").state is State.UNANSWERED


def test_the_lowest_grade_is_an_answer_and_no_answer_is_not_a_grade():
    checklist = a_checklist(weights={"ramp": 2})
    low, none = score(checklist, answered({"ramp": "none"})), score(checklist, {})
    assert low.total == none.total
    assert low.coverage.answered == 1
    assert none.coverage.answered == 0
    assert low.finding("ramp").grade == "none"
    assert none.finding("ramp").grade is None


def test_a_carried_answer_counts_as_unanswered_until_confirmed():
    answers = {"ramp": Answer(grade="full", standing=Standing.CARRIED)}
    assert score(a_checklist(), answers).finding("ramp").state is State.UNANSWERED


def test_facts_decide_what_applies():
    checklist = a_checklist(criteria=[SHIRT], facts=[GARMENT])
    answers = answered({"shirt": "full"})
    assert score(checklist, answers, {"garment": True}).total.percent == 100
    assert score(checklist, answers, {"garment": False}).total.percent is None
    assert score(checklist, answers, {"garment": False}).finding("shirt").reason is None


@pytest.mark.parametrize(
    ("facts", "applies"),
    [
        ({"swim": True, "garment": True}, True),
        ({"swim": True, "garment": False}, False),
        ({"swim": False, "garment": True}, False),
    ],
)
def test_a_criterion_applies_where_its_section_does_too(facts, applies):
    questions = [Fact(id=name, question=f"Is there a {name}?", type="boolean") for name in facts]
    cap = a_criterion("cap", "T1", applies_if=Condition(fact="garment", is_=True))
    checklist = a_checklist(criteria=[cap], facts=questions)
    (section,) = checklist.sections
    switched = section.model_copy(update={"applies_if": Condition(fact="swim", is_=True)})
    checklist = checklist.model_copy(update={"sections": (switched,)})
    assert score(checklist, {}, facts).findings[0].applies is applies


def test_a_criterion_whose_applicability_is_unknown_counts_as_applicable():
    result = score(a_checklist(criteria=[SHIRT], facts=[GARMENT]), {})
    assert (result.total.percent, result.coverage.applicable) == (0, 1)


def test_the_evidenced_score_counts_only_answers_that_show_something():
    checklist = a_checklist(weights={"ramp": 1, "quiet-room": 3})
    result = score(checklist, answered({"ramp": "full", "quiet-room": "full"}, evidenced=["ramp"]))
    assert (result.total.percent, result.total.evidenced_percent) == (100, 25)
    assert result.finding("ramp").state is State.EVIDENCED
    assert result.finding("quiet-room").state is State.DECLARED


def test_required_evidence_must_be_of_an_expected_kind():
    strict = a_criterion("ramp", "A1", evidence=ExpectedEvidence(kinds=("photo",)))
    lenient = a_criterion("ramp", "A1", evidence=ExpectedEvidence(kinds=("photo",), required=False))
    answers = {"ramp": Answer(grade="full", evidence=(evidence("page"),))}
    assert score(a_checklist(criteria=[strict]), answers).finding("ramp").state is State.DECLARED
    assert score(a_checklist(criteria=[lenient]), answers).finding("ramp").state is State.EVIDENCED
    assert score(a_checklist(criteria=[lenient]), answered({"ramp": "full"})).total.evidenced == 0


def test_sections_are_summed_apart():
    checklist = a_checklist(
        criteria=[
            a_criterion("ramp", "A1", section="start"),
            a_criterion("medal", "B1", section="finish", weight=2),
        ],
        sections=("start", "finish"),
    )
    result = score(checklist, answered({"medal": "partly"}))
    assert [(part.id, part.points, part.possible) for part in result.sections] == [
        ("start", 0, 1),
        ("finish", 1, 2),
    ]
    assert [finding.id for finding in result.findings_in("finish")] == ["medal"]


def test_a_scale_of_its_own_is_worth_what_it_says():
    thirds = Scale(
        id="thirds",
        grades=tuple(
            ScaleGrade(id=name, label=name, points=Fraction(points))
            for name, points in {"never": "0", "some": "1/3", "most": "2/3", "all": "1"}.items()
        ),
    )
    criterion = a_criterion(
        "ramp", "A1", scale="thirds", grades=tuple({"id": g.id, "says": g.id} for g in thirds.grades)
    )
    result = score(a_checklist(criteria=[criterion], scales=[GRADED, thirds]), answered({"ramp": "most"}))
    assert result.total.points == Fraction(2, 3)
    assert result.total.percent == 66


def test_answers_to_criteria_the_checklist_does_not_have_are_ignored():
    assert score(a_checklist(), answered({"ramp": "full", "moat": "full"})).total.percent == 100


def test_a_grade_the_criterion_does_not_offer_is_an_error():
    with pytest.raises(KeyError):
        score(a_checklist(), answered({"ramp": "splendid"}))


def test_an_unknown_criterion_has_no_finding():
    with pytest.raises(KeyError):
        score(a_checklist(), {}).finding("moat")


LEVELS = [
    a_level("foundation", score=50, essentials=50, answered=75),
    a_level(
        "leading",
        score=90,
        section_floor=50,
        essentials=100,
        essentials_in_full=100,
        answered=100,
        evidenced=75,
    ),
]
FOUR = {"ramp": 4, "quiet-room": 4, "map": 4, "loop": 4}


def test_a_level_is_reached_when_every_line_is():
    checklist = a_checklist(FOUR, levels=LEVELS, essentials=["ramp"])
    result = score(checklist, answered(dict.fromkeys(FOUR, "full"), evidenced=True))
    assert result.level == "leading"
    assert result.next_level is None


@pytest.mark.parametrize(
    ("grades", "evidenced", "failing"),
    [
        ({"ramp": "full", "quiet-room": "full", "map": "full", "loop": "partly"}, True, {"score"}),
        (
            {"ramp": "full", "quiet-room": "full", "map": "full", "loop": "full"},
            ["ramp", "map"],
            {"evidenced"},
        ),
        (
            {"ramp": "partly", "quiet-room": "full", "map": "full", "loop": "full"},
            True,
            {"score", "essentials_in_full"},
        ),
        ({"ramp": "full", "quiet-room": "full", "map": "full"}, True, {"score", "answered"}),
    ],
)
def test_a_level_not_reached_names_the_lines_that_fail(grades, evidenced, failing):
    result = score(
        a_checklist(FOUR, levels=LEVELS, essentials=["ramp"]), answered(grades, evidenced=evidenced)
    )
    assert {line.kind for line in result.levels[1].failing} == failing
    assert result.next_level.id == "leading"


def test_points_elsewhere_never_buy_off_an_essential():
    checklist = a_checklist(FOUR, levels=[a_level("fair", score=50, essentials=100)], essentials=["ramp"])
    grades = dict.fromkeys(FOUR, "full") | {"ramp": "none"}
    result = score(checklist, answered(grades))
    assert (result.total.percent, result.level) == (75, None)
    assert [line.kind for line in result.levels[0].failing] == ["essentials"]
    assert result.levels[0].failing[0].short == 1


def test_strength_in_one_section_never_hides_a_hole_in_another():
    criteria = [
        a_criterion("ramp", "A1", section="start", weight=5),
        a_criterion("medal", "B1", section="finish", weight=1),
    ]
    checklist = a_checklist(
        criteria=criteria, sections=("start", "finish"), levels=[a_level("fair", score=50, section_floor=25)]
    )
    result = score(checklist, answered({"ramp": "full", "medal": "none"}))
    assert result.total.percent == 83
    assert [(line.kind, line.section) for line in result.levels[0].failing] == [("section_floor", "finish")]


def test_a_section_where_nothing_applies_fails_no_floor():
    criteria = [a_criterion("ramp", "A1", section="start"), a_criterion("medal", "B1", section="finish")]
    checklist = a_checklist(
        criteria=criteria, sections=("start", "finish"), levels=[a_level("fair", section_floor=50)]
    )
    result = score(checklist, answered({"ramp": "full", "medal": "not-applicable"}))
    assert result.level == "fair"
    assert result.sections[1].percent is None
    assert result.sections[1].evidenced_percent is None
    assert result.sections[1].share is None


def test_where_nothing_applies_there_is_no_level():
    checklist = a_checklist(levels=[a_level("open")])
    result = score(checklist, answered({"ramp": "not-applicable"}))
    assert (result.total.percent, result.level) == (None, None)


def test_a_level_waits_for_the_one_below_it():
    levels = [a_level("low", answered=100), a_level("high", score=50, answered=100)]
    result = score(a_checklist({"ramp": 3, "map": 1}, levels=levels), answered({"ramp": "full"}))
    assert [one.reached for one in result.levels] == [False, False]
    assert result.level is None


def test_a_line_says_what_stands_in_whole_percent():
    checklist = a_checklist({"ramp": 3}, levels=[a_level("fair", score=67)])
    line = score(checklist, answered({"ramp": "partly"})).levels[0].failing[0]
    assert (line.percent, line.short) == (50, Fraction(51, 100))
    empty = score(checklist, answered({"ramp": "not-applicable"})).levels[0]
    assert empty.failing == ()


def test_findings_are_counted_by_state():
    result = score(a_checklist(FOUR), answered({"ramp": "full", "map": "none"}, evidenced=["ramp"]))
    assert {
        state: result.counted(state) for state in (State.EVIDENCED, State.DECLARED, State.UNANSWERED)
    } == {
        State.EVIDENCED: 1,
        State.DECLARED: 1,
        State.UNANSWERED: 2,
    }
    assert result.finding("ramp").met
    assert not result.finding("map").met


# Properties: they hold for any checklist and any answers.

NAMES = ["ramp", "quiet-room", "map", "loop", "medal"]
GRADES = ["none", "partly", "full"]
weights = st.fixed_dictionaries({name: st.integers(1, 5) for name in NAMES})
choices = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([*GRADES, "not-applicable"]))
shown = st.lists(st.sampled_from(NAMES), unique=True)


@given(weights, choices, shown)
def test_the_score_stays_within_its_bounds(weight, chosen, evidenced):
    result = score(a_checklist(weight), answered(chosen, evidenced=evidenced))
    assert 0 <= result.total.evidenced <= result.total.points <= result.total.possible <= sum(weight.values())
    assert sum(part.points for part in result.sections) == result.total.points
    assert sum(finding.points for finding in result.findings) == result.total.points
    assert sum(finding.possible for finding in result.findings) == result.total.possible


@given(weights, choices, st.randoms())
def test_the_order_of_answers_does_not_matter(weight, chosen, random):
    shuffled = list(chosen.items())
    random.shuffle(shuffled)
    checklist = a_checklist(weight)
    assert score(checklist, answered(chosen)) == score(checklist, answered(dict(shuffled)))


@given(weights, choices, st.sampled_from(NAMES), st.booleans())
def test_a_better_grade_never_lowers_score_or_level(weight, chosen, name, evidenced):
    levels = [a_level("low", score=30), a_level("high", score=70, essentials=100, answered=60, evidenced=20)]
    checklist = a_checklist(weight, levels=levels, essentials=["ramp"])
    results = [
        score(checklist, answered(chosen | {name: grade}, evidenced=[name] if evidenced else []))
        for grade in GRADES
    ]
    for worse, better in itertools.pairwise(results):
        assert worse.total.points < better.total.points
        assert worse.total.evidenced <= better.total.evidenced
        assert [level.reached for level in worse.levels] <= [level.reached for level in better.levels]


@given(weights, choices, st.sampled_from(NAMES))
def test_leaving_a_criterion_out_leaves_the_points_of_every_other_alone(weight, chosen, name):
    checklist = a_checklist(weight)
    with_it = score(checklist, answered(chosen))
    without = score(checklist, answered(chosen | {name: "not-applicable"}))
    kept = [finding for finding in with_it.findings if finding.id != name]
    assert kept == [finding for finding in without.findings if finding.id != name]
    left = with_it.finding(name)
    assert without.total.points == with_it.total.points - left.points
    assert without.total.possible == with_it.total.possible - left.possible


@given(st.fixed_dictionaries({name: st.integers(1, 2) for name in NAMES}), choices, shown)
def test_scaling_all_weights_changes_nothing(weight, chosen, evidenced):
    answers = answered(chosen, evidenced=evidenced)
    levels = [a_level("low", score=30, evidenced=10), a_level("high", score=70, evidenced=40)]
    small = score(a_checklist(weight, levels=levels), answers)
    large = score(a_checklist({name: 2 * one for name, one in weight.items()}, levels=levels), answers)
    assert small.total.share == large.total.share
    assert small.total.evidenced_percent == large.total.evidenced_percent
    assert small.level == large.level
