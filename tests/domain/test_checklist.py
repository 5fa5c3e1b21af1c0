from fractions import Fraction

import pytest
from pydantic import ValidationError

from auditapp.domain.checklist import (
    Expected,
    GoldenAnswer,
    GoldenCase,
    Grade,
    Level,
    Reason,
    Scale,
    ScaleGrade,
    Source,
)
from auditapp.domain.consistency import inconsistencies
from auditapp.domain.facts import Choice, Condition, Fact
from auditapp.domain.measures import MeasureUse
from auditapp.domain.measures import Test as Threshold
from tests.builders import GRADED, a_checklist, a_criterion, a_level, a_prize_list

GARMENT = Fact(id="garment", question="Is a garment given?", type="boolean")
ENTRY = Fact(
    id="entry",
    question="How do people get a place?",
    type="choice",
    choices=(Choice(id="ballot", label="By ballot"), Choice(id="open", label="First come")),
)


def found(checklist):
    return [(mistake.where, mistake.problem) for mistake in inconsistencies(checklist)]


def test_a_sound_checklist_has_no_inconsistencies():
    checklist = a_checklist(
        criteria=[
            a_criterion("shirt", "B16", applies_if=Condition(fact="garment", is_=True), sources=("TS",))
        ],
        facts=[GARMENT],
        sources=(Source(id="TS", title="Trail Sisters"),),
        levels=[a_level("fair", score=50), a_level("good", score=75)],
        golden=(
            GoldenCase(
                title="All of it",
                facts={"garment": True},
                answers={"B16": "full", "shirt": GoldenAnswer(not_applicable="no-venue")},
                evidenced=("B16",),
                expect=Expected(level="fair"),
            ),
        ),
    )
    assert found(checklist) == []


def test_parts_are_found_by_name():
    checklist = a_checklist(
        {"ramp": 2},
        facts=[GARMENT],
        levels=[a_level("fair")],
        sources=(Source(id="TS", title="Trail Sisters"),),
    )
    ramp = checklist.criterion("A1")
    assert checklist.criterion("ramp") is ramp
    assert (checklist.ref, checklist.name) == ("access@1.0", "Access 1.0")
    assert checklist.section("start").title == "Start"
    assert checklist.fact("garment") is GARMENT
    assert checklist.level("fair").id == "fair"
    assert checklist.criteria_in("start") == (ramp,)
    assert (checklist.worth(ramp, "partly"), checklist.points(ramp, "partly")) == (0.5, 1)
    assert checklist.label(ramp, "partly") == "Partly"
    assert ramp.grade("full").says == "There is one everywhere"
    assert ramp.reason("no-venue").says == "There is no venue"
    assert checklist.sources_of(ramp.model_copy(update={"sources": ("TS",)}))[0].title == "Trail Sisters"


@pytest.mark.parametrize("ask", ["criterion", "section", "fact", "level", "criteria_in"])
def test_what_is_not_there_is_a_key_error(ask):
    with pytest.raises(KeyError):
        getattr(a_checklist(), ask)("moat")


@pytest.mark.parametrize("ask", ["grade", "reason"])
def test_a_grade_or_reason_that_is_not_offered_is_a_key_error(ask):
    with pytest.raises(KeyError):
        getattr(a_criterion("ramp", "A1"), ask)("moat")


def test_names_are_used_once():
    checklist = a_checklist(
        criteria=[
            a_criterion(
                "ramp", "A1", not_applicable=(Reason(id="no", says="No."), Reason(id="no", says="No."))
            ),
            a_criterion("ramp", "A1"),
        ],
        facts=[GARMENT, GARMENT],
    )
    assert found(checklist) == [
        (("facts", 1, "id"), "the id 'garment' is used twice in facts"),
        (("criteria", 1, "id"), "the id 'ramp' is used twice in criteria"),
        (("criteria", 1, "code"), "the code A1 is used twice"),
        (("criteria", 0, "not_applicable", 1, "id"), "the reason 'no' is used twice"),
    ]


@pytest.mark.parametrize(
    ("parts", "where", "problem"),
    [
        ({"section": "moat"}, ("criteria", 0, "section"), "there is no section 'moat'"),
        ({"scale": "stars"}, ("criteria", 0, "scale"), "there is no scale 'stars'"),
        (
            {"grades": (Grade(id="full", says="Yes"),)},
            ("criteria", 0, "grades"),
            "the grades are not those of the scale 'graded'",
        ),
        ({"sources": ("XX",)}, ("criteria", 0, "sources", 0), "there is no source 'XX'"),
        (
            {"applies_if": Condition(fact="moat", is_=True)},
            ("criteria", 0, "applies_if"),
            "there is no fact 'moat'",
        ),
        (
            {"applies_if": Condition(fact="garment", at_least=3)},
            ("criteria", 0, "applies_if"),
            "the fact 'garment' is a boolean, so it cannot be at least or at most something",
        ),
        (
            {"applies_if": Condition(fact="entry", in_=("ballot", "lottery"))},
            ("criteria", 0, "applies_if"),
            "the fact 'entry' can never be 'lottery'",
        ),
    ],
)
def test_a_criterion_fits_the_rest_of_its_checklist(parts, where, problem):
    checklist = a_checklist(criteria=[a_criterion("ramp", "A1", **parts)], facts=[GARMENT, ENTRY])
    assert (where, problem) in found(checklist)


def test_a_section_without_criteria_is_a_mistake():
    assert found(a_checklist(sections=("start", "finish"))) == [
        (("sections", 1), "section 'finish' has no criteria")
    ]


@pytest.mark.parametrize("points", [("0", "1/2"), ("1/4", "1"), ("1", "0"), ("0", "0", "1"), ()])
def test_a_scale_climbs_from_nothing_to_everything(points):
    scale = Scale(
        id="odd",
        grades=tuple(ScaleGrade(id=f"g{n}", label="x", points=one) for n, one in enumerate(points)),
    )
    assert (("scales", 1, "grades"), "the grades of scale 'odd' do not climb from 0 to 1") in found(
        a_checklist(scales=[GRADED, scale])
    )


def test_a_higher_level_never_asks_for_less():
    checklist = a_checklist(
        levels=[a_level("fair", score=75, answered=80), a_level("good", score=50, answered=90)]
    )
    assert found(checklist) == [(("levels", 1, "score"), "level 'good' asks for less than 'fair' below it")]


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_level_speaks_in_percent(percent):
    with pytest.raises(ValidationError, match="whole percent from 0 to 100"):
        a_level("fair", score=percent)
    assert isinstance(a_level("fair", score=100), Level)


@pytest.mark.parametrize(
    ("parts", "where", "problem"),
    [
        ({"facts": {"moat": True}}, ("facts", "moat"), "there is no fact 'moat'"),
        ({"facts": {"garment": "blue"}}, ("facts", "garment"), "'blue' does not fit"),
        ({"answers": {"moat": "full"}}, ("answers", "moat"), "there is no criterion 'moat'"),
        ({"evidenced": ("moat",)}, ("evidenced",), "there is no criterion 'moat'"),
        ({"answers": {"A1": "some"}}, ("answers", "A1"), "criterion A1 has no grade 'some'"),
        (
            {"answers": {"A1": GoldenAnswer(not_applicable="rain")}},
            ("answers", "A1"),
            "criterion A1 has no not-applicable reason 'rain'",
        ),
        ({"expect": Expected(level="best")}, ("expect", "level"), "there is no level 'best'"),
    ],
)
def test_a_golden_case_names_only_what_is_there(parts, where, problem):
    case = GoldenCase(**{"title": "A case", "expect": Expected(level="none")} | parts)
    assert found(a_checklist(facts=[GARMENT], golden=(case,))) == [(("golden", 0, *where), problem)]


@pytest.mark.parametrize("parts", [{}, {"grade": "full", "not_applicable": "no-venue"}])
def test_a_golden_answer_is_a_grade_or_a_reason(parts):
    with pytest.raises(ValidationError, match="give either"):
        GoldenAnswer(**parts)


def test_a_measure_fits_the_rest_of_its_checklist():
    other_section = a_prize_list("goods", "G1", section="finish", measure=MeasureUse(name="prize-parity"))
    sharing = a_prize_list("goods", "P2", measure=MeasureUse(name="prize-parity", numbers_from="prizes"))
    assert found(a_checklist(criteria=[a_prize_list(), sharing])) == []
    assert found(a_checklist(criteria=[a_prize_list(), other_section], sections=("start", "finish"))) == []


ENOUGH = (Threshold(figure="lowest-ratio", at_least=Fraction(1)),)
EVERY_GRADE = {"full": ENOUGH, "partly": ENOUGH}


@pytest.mark.parametrize(
    ("measure", "where", "problem"),
    [
        ({"name": "applause"}, "name", "there is no measure 'applause'"),
        (
            {"grades": EVERY_GRADE | {"splendid": ENOUGH}},
            "grades.splendid",
            "there is no grade 'splendid'",
        ),
        (
            {"grades": EVERY_GRADE | {"full": (Threshold(figure="applause", at_least=Fraction(1)),)}},
            "grades.full",
            "the measure 'prize-parity' has no figure 'applause'",
        ),
        (
            {"grades": {"full": ENOUGH}},
            "grades",
            "the grades of a measure need tests, every grade but the worst",
        ),
        (
            {"grades": EVERY_GRADE | {"partly": ()}},
            "grades",
            "the grades of a measure need tests, every grade but the worst",
        ),
        (
            {"grades": EVERY_GRADE | {"none": ENOUGH}},
            "grades",
            "the grades of a measure need tests, every grade but the worst",
        ),
    ],
)
def test_a_measure_is_one_there_is_and_has_a_test_for_every_better_grade(measure, where, problem):
    prizes = a_prize_list(measure=MeasureUse(**{"name": "prize-parity"} | measure))
    assert (("criteria", 0, "measure", *where.split(".")), problem) in found(a_checklist(criteria=[prizes]))


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("moat", {}),
        ("ramp", {}),  # a criterion without a measure
        ("toilets", {}),  # another measure
        ("goods", {}),  # itself takes its numbers from elsewhere
        ("prizes", {"section": "finish"}),
    ],
)
def test_numbers_are_shared_within_a_section_by_criteria_of_one_measure(source, parts):
    shared = MeasureUse(name="prize-parity", numbers_from="prizes")
    criteria = [
        a_prize_list(),
        a_criterion("ramp", "A1"),
        a_criterion("toilets", "C1", measure=MeasureUse(name="toilets")),
        a_prize_list("goods", "P2", measure=shared),
        a_criterion("queue", "C2", section="finish"),
        a_prize_list("money", "P3", measure=shared.model_copy(update={"numbers_from": source}), **parts),
    ]
    assert found(a_checklist(criteria=criteria, sections=("start", "finish"))) == [
        (
            ("criteria", 5, "measure", "numbers_from"),
            f"no numbers for 'prize-parity' are entered at '{source}'",
        )
    ]


def test_a_section_is_switched_on_by_facts_there_are():
    checklist = a_checklist({"ramp": 2})
    (section,) = checklist.sections
    switched = section.model_copy(update={"applies_if": Condition(fact="moat", is_=True)})
    assert found(checklist.model_copy(update={"sections": (switched,)})) == [
        (("sections", 0, "applies_if"), "there is no fact 'moat'")
    ]
