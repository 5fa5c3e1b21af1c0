import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from auditapp.domain.facts import Applies, Choice, Condition, Fact


def condition(data):
    return Condition.model_validate_json(json.dumps(data))


PRIZES = Fact(id="prizes", question="Do you pay prizes?", type="boolean")
DISTANCE = Fact(id="distance", question="How long is it?", type="number", unit="km", least=1, most=1000)
ENTRY = Fact(
    id="entry",
    question="How do people get a place?",
    type="choice",
    choices=(Choice(id="ballot", label="By ballot"), Choice(id="open", label="First come")),
)
DAY = Fact(id="day", question="When do entries open?", type="date")


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (PRIZES, True),
        (PRIZES, False),
        (DISTANCE, 42.195),
        (DISTANCE, 1),
        (ENTRY, "ballot"),
        (DAY, "2027-05-16"),
    ],
)
def test_a_fact_takes_values_of_its_kind(fact, value):
    assert fact.check(value) == value


@pytest.mark.parametrize(
    ("fact", "value", "because"),
    [
        (PRIZES, "yes", "true or false"),
        (DISTANCE, True, "a number of km"),
        (DISTANCE, "far", "a number of km"),
        (DISTANCE, float("nan"), "a number of km"),
        (DISTANCE, float("inf"), "a number of km"),
        (DISTANCE, 0, "at least 1 km"),
        (DISTANCE, 1001, "at most 1000 km"),
        (ENTRY, "lottery", "ballot, open"),
        (ENTRY, True, "ballot, open"),
        (DAY, "16 May", "YYYY-MM-DD"),
    ],
)
def test_a_fact_says_what_it_expects(fact, value, because):
    with pytest.raises(ValueError, match=because):
        fact.check(value)


def test_a_choice_knows_its_label():
    assert ENTRY.choice_label("ballot") == "By ballot"
    with pytest.raises(KeyError):
        ENTRY.choice_label("lottery")


@pytest.mark.parametrize(
    ("parts", "because"),
    [
        ({"type": "number"}, "needs a unit"),
        ({"type": "boolean", "unit": "km"}, "only a number has a unit"),
        ({"type": "choice"}, "at least two choices"),
        ({"type": "boolean", "choices": ENTRY.choices}, "only a choice has choices"),
        ({"type": "date", "least": 3}, "only a number has 'least'"),
    ],
)
def test_a_fact_has_only_the_parts_of_its_type(parts, because):
    with pytest.raises(ValidationError, match=because):
        Fact(id="fact", question="What?", **parts)


@pytest.mark.parametrize(
    ("data", "facts", "holds"),
    [
        ({"fact": "prizes", "is": True}, {"prizes": True}, Applies.YES),
        ({"fact": "prizes", "is": True}, {"prizes": False}, Applies.NO),
        ({"fact": "prizes", "is": True}, {}, Applies.UNKNOWN),
        ({"fact": "places", "is": True}, {"places": 1}, Applies.NO),
        ({"fact": "distance", "at_least": 10}, {"distance": 10}, Applies.YES),
        ({"fact": "distance", "at_least": 10}, {"distance": 9.9}, Applies.NO),
        ({"fact": "distance", "at_most": 10}, {"distance": 10}, Applies.YES),
        ({"fact": "distance", "at_most": 10}, {"distance": 10.1}, Applies.NO),
        ({"fact": "distance", "at_least": 10}, {"distance": "far"}, Applies.NO),
        ({"fact": "entry", "in": ["ballot", "open"]}, {"entry": "open"}, Applies.YES),
        ({"fact": "entry", "in": ["ballot"]}, {"entry": "open"}, Applies.NO),
        ({"not": {"fact": "prizes", "is": True}}, {"prizes": True}, Applies.NO),
        ({"not": {"fact": "prizes", "is": True}}, {}, Applies.UNKNOWN),
    ],
)
def test_a_condition_is_data_over_facts(data, facts, holds):
    assert condition(data).holds(facts) is holds


def test_one_false_part_settles_all_and_one_true_part_settles_any():
    known = {"fact": "prizes", "is": True}
    unknown = {"fact": "distance", "at_least": 5}
    assert condition({"all": [known, unknown]}).holds({"prizes": False}) is Applies.NO
    assert condition({"all": [known, unknown]}).holds({"prizes": True}) is Applies.UNKNOWN
    assert condition({"any": [known, unknown]}).holds({"prizes": True}) is Applies.YES
    assert condition({"any": [known, unknown]}).holds({"prizes": False}) is Applies.UNKNOWN
    assert condition({"all": [known, unknown]}).holds({"prizes": True, "distance": 5}) is Applies.YES
    assert condition({"any": [known, unknown]}).holds({"prizes": False, "distance": 4}) is Applies.NO


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"fact": "prizes"},
        {"is": True},
        {"fact": "prizes", "is": True, "at_least": 3},
        {"all": [], "any": []},
        {"fact": "prizes", "is": True, "not": {"fact": "prizes", "is": True}},
        {"fact": "prizes", "equals": True},
    ],
)
def test_a_condition_has_one_shape(data):
    with pytest.raises(ValidationError):
        condition(data)


def test_a_condition_is_written_out_as_it_was_read():
    data = {"all": [{"fact": "entry", "in": ["ballot"]}, {"not": {"fact": "prizes", "is": False}}]}
    assert Condition.model_validate_json(condition(data).model_dump_json()) == condition(data)
    assert condition(data).model_dump(mode="json") == data
    assert [fact for fact, _ in condition(data).facts()] == ["entry", "prizes"]


leaves = st.builds(lambda fact, value: {"fact": fact, "is": value}, st.sampled_from("abc"), st.booleans())
trees = st.recursive(
    leaves,
    lambda inner: (
        st.builds(lambda parts: {"all": parts}, st.lists(inner, max_size=3))
        | st.builds(lambda parts: {"any": parts}, st.lists(inner, max_size=3))
        | st.builds(lambda part: {"not": part}, inner)
    ),
    max_leaves=8,
)


@given(trees, st.dictionaries(st.sampled_from("abc"), st.booleans()), st.sampled_from("abc"), st.booleans())
def test_learning_a_fact_never_turns_a_settled_condition_around(tree, facts, fact, value):
    before = condition(tree).holds(facts)
    after = condition(tree).holds({fact: value} | facts)
    assert before is Applies.UNKNOWN or after is before
