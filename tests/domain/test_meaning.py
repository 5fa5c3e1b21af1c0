import json
from fractions import Fraction

import pytest

from auditapp.domain.checklist import Scale, ScaleGrade, Source
from auditapp.domain.facts import Choice, Condition, Fact
from auditapp.domain.meaning import can_hold, doubts
from tests.builders import GRADED, a_checklist, a_criterion, a_level

SOME_OR_NONE = (Choice(id="some", label="Some"), Choice(id="none", label="None"))
FACTS = (
    Fact(id="garment", question="A shirt?", type="boolean"),
    Fact(id="starters", question="How many?", type="number", unit="people", least=1, most=500),
    Fact(id="toilets", question="Which?", type="choice", choices=SOME_OR_NONE),
    Fact(id="day", question="When?", type="date"),
)  # fmt: skip


def asked(**condition):
    return Condition.model_validate_json(json.dumps(condition, default=lambda value: value.model_dump()))


def a_list(*conditions: Condition, **parts):
    criteria = [a_criterion(f"c-{n}", f"A{n}", applies_if=one) for n, one in enumerate(conditions, 1)]
    return a_checklist(criteria=criteria or None, facts=FACTS, **parts)


ALL_FACTS = asked(any=[
    {"fact": "garment", "is": True}, {"fact": "starters", "at_least": 5},
    {"fact": "toilets", "is": "some"}, {"fact": "day", "is": "2027-05-01"},
])  # fmt: skip


def problems(checklist) -> list[str]:
    return [doubt.problem for doubt in doubts(checklist)]


def test_a_checklist_that_means_what_it_says_raises_no_doubt():
    assert problems(a_list(ALL_FACTS, levels=[a_level("good", score=100, evidenced=100)])) == []


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"fact": "garment", "is": True}, True),
        ({"all": [{"fact": "garment", "is": True}, {"fact": "garment", "is": False}]}, False),
        ({"fact": "starters", "at_least": 500}, True),
        ({"all": [{"fact": "starters", "at_least": 300}, {"fact": "starters", "at_most": 299}]}, False),
        (
            {"all": [{"fact": "starters", "at_least": 30}, {"not": {"fact": "starters", "at_least": 31}}]},
            True,
        ),
        ({"not": {"fact": "starters", "at_least": 1}}, False),
        ({"not": {"fact": "toilets", "in": ["some", "none"]}}, False),
        ({"not": {"fact": "day", "is": "2027-05-01"}}, True),
        ({"fact": "starters", "in": [7]}, True),
    ],
)
def test_a_condition_holds_for_some_event_or_for_none(condition, holds):
    assert can_hold(a_list(ALL_FACTS), asked(**condition)) is holds


def test_a_condition_over_more_than_can_be_tried_counts_as_one_that_can_hold():
    many = tuple(Fact(id=f"f-{n}", question="?", type="boolean") for n in range(20))
    never = asked(all=[*({"fact": f.id, "is": True} for f in many), {"fact": "f-0", "is": False}])
    assert can_hold(a_checklist(facts=many), never)


def test_a_criterion_nobody_can_reach_is_named():
    never = asked(all=[{"fact": "toilets", "is": "some"}, {"fact": "toilets", "is": "none"}])
    found = [doubt for doubt in doubts(a_list(ALL_FACTS, never)) if "never apply" in doubt.problem]
    assert [(doubt.where, doubt.problem) for doubt in found] == [
        (("criteria", 1, "applies_if"), "criterion A2 can never apply, whatever the facts are")
    ]


def test_a_section_can_make_its_criteria_unreachable():
    checklist = a_list(ALL_FACTS)
    never = asked(all=[{"fact": "garment", "is": True}, {"fact": "garment", "is": False}])
    section = checklist.sections[0].model_copy(update={"applies_if": never})
    bare = checklist.criteria[0].model_copy(update={"applies_if": None})
    found = list(doubts(checklist.model_copy(update={"sections": (section,), "criteria": (bare,)})))
    assert found[-1].where == ("criteria", 0, "section")


def test_a_fact_nobody_uses_is_named_unless_readers_compare_by_it():
    facts = (
        Fact(id="kind", question="What?", type="boolean", compared=True),
        Fact(id="moat", question="A moat?", type="boolean"),
    )
    assert problems(a_checklist(facts=facts)) == ["the fact 'moat' is asked and never used"]


@pytest.mark.parametrize(
    "url", ["https://guide", "http://exa mple.org/a", "https://-/x", "https://example./"]
)
def test_a_source_that_is_no_address_is_named(url):
    source = Source.model_construct(id="S", title="A guide", year=None, url=url)
    checklist = a_checklist(criteria=[a_criterion("ramp", "A1", sources=("S",))])
    assert problems(checklist.model_copy(update={"sources": (source,)})) == [
        f"'{url}' is no address on the web"
    ]


def test_a_source_nobody_names_is_named():
    source = Source(id="S", title="A guide", url="https://example.org:8000/a")
    assert problems(a_checklist(sources=(source,))) == ["no criterion names the source S"]


def test_a_level_nobody_can_reach_is_named_with_the_line_that_fails():
    best = ScaleGrade(id="full", label="Fully", points=Fraction(3, 4))
    scale = Scale(id="graded", grades=(*GRADED.grades[:2], best))
    levels = [a_level("fair", score=70), a_level("good", score=80, section_floor=76)]
    found = list(doubts(a_checklist(scales=(scale,), levels=levels)))
    assert [(doubt.where, doubt.problem.partition(": ")[2]) for doubt in found] == [
        (
            ("levels", 1, "score"),
            "it asks for 80 percent, and the best answers to everything come to 75",
        ),
        (
            ("levels", 1, "section_floor"),
            "it asks for 76 percent in section 'start', and the best answers to everything come to 75",
        ),
    ]
