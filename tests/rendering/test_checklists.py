"""A checklist in words: when things are asked, what changed since the version before, how numbers settle a grade."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.checklist import Checklist, Criterion, Migration, Succession
from auditapp.domain.facts import Choice, Condition, Fact
from auditapp.domain.measures import MeasureUse
from auditapp.rendering.checklists import (
    Changes,
    NamedCriterion,
    changes_since,
    condition_words,
    measured,
    offered,
)
from tests.builders import a_checklist, a_criterion, a_prize_list

FACTS = (
    Fact(id="indoors", question="Is it indoors?", type="boolean"),
    Fact(id="seats", question="How many seats?", type="number", unit="seats"),
    Fact(
        id="floor",
        question="What is the floor?",
        type="choice",
        choices=(Choice(id="wood", label="Wooden"), Choice(id="stone", label="Stone")),
    ),
    Fact(id="built", question="When was it built?", type="date"),
)


def said(**parts: object) -> tuple[str, ...]:
    return condition_words(a_checklist(facts=FACTS), Condition.model_validate(parts))


def test_conditions_are_sentences_over_the_questions():
    assert said(fact="indoors", **{"is": True}) == ("“Is it indoors?” is yes",)
    assert said(fact="seats", at_least=50) == ("“How many seats?” is at least 50 seats",)
    assert said(fact="floor", **{"in": ("wood", "stone")}) == ("“What is the floor?” is “Wooden” or “Stone”",)
    assert said(fact="built", **{"is": "1999-01-01"}) == ("“When was it built?” is 1999-01-01",)


def test_what_must_hold_together_is_parted_and_not_turns_every_link():
    indoors, seats = {"fact": "indoors", "is": False}, {"fact": "seats", "at_most": 9}
    assert said(all=(indoors, seats)) == (
        "“Is it indoors?” is no",
        "“How many seats?” is at most 9 seats",
    )
    assert said(any=(indoors, seats)) == ("“Is it indoors?” is no; or “How many seats?” is at most 9 seats",)
    assert said(**{"not": {"any": (indoors, seats)}}) == (
        "“Is it indoors?” is not no; and “How many seats?” is not at most 9 seats",
    )
    assert said(**{"not": {"all": (indoors, seats)}}) == (
        "“Is it indoors?” is not no; or “How many seats?” is not at most 9 seats",
    )


def test_grades_are_offered_with_their_points():
    checklist = a_checklist({"ramp": 4})
    assert [
        (one.label, one.worth, one.points) for one in offered(checklist, checklist.criterion("ramp"))
    ] == [
        ("Not met", 0, 0),
        ("Partly", Fraction(1, 2), 2),
        ("Fully", 1, 4),
    ]


def test_a_measure_says_what_it_asks_for_and_where_its_numbers_are_entered():
    prizes = a_prize_list("prize-money", "D1")
    taker = a_criterion(
        "goods", "D2", measure=MeasureUse(name="prize-parity", numbers_from="prize-money", grades={})
    )
    plain = a_criterion("ramp", "A1")
    checklist = a_checklist(criteria=[prizes, taker, plain])
    own, shared = measured(checklist, prizes), measured(checklist, taker)
    assert own is not None
    assert shared is not None
    assert (own.measure.title, own.entered_at) == ("Prize parity", None)
    assert own.asks[0].lines[0].alternatives[0].threshold == "1"
    assert (shared.entered_at, shared.asks) == (prizes, ())
    assert measured(checklist, plain) is None


def named(criterion_id: str, code: str) -> NamedCriterion:
    return NamedCriterion(code, f"There is a {criterion_id}")


def versions(*became: Succession, names: dict[str, str]) -> tuple[Checklist, Checklist]:
    """A first version with ramp A1, map A2 and moat A3, and the next with these criteria."""

    def criteria(codes: dict[str, str]) -> list[Criterion]:
        return [a_criterion(name, code) for name, code in codes.items()]

    old = a_checklist(criteria=criteria({"ramp": "A1", "map": "A2", "moat": "A3"}), version="0.1")
    new = a_checklist(criteria=criteria(names), migrate=Migration(from_="0.1", criteria=became))
    return old, new


def test_what_changed_is_sorted_by_kind_and_what_nothing_became_is_new():
    old, new = versions(
        Succession(was="ramp", change="narrower", becomes=("ramp",), says="At every door now."),
        Succession(was="map", change="split", becomes=("map-online", "map-printed"), says="Apart now."),
        Succession(was="moat", change="gone", says="Nobody has one."),
        names={"ramp": "A1", "map-online": "A2", "map-printed": "A3", "loop": "A4"},
    )
    changes = changes_since(old, new)
    found = {kind: [(row.was, row.becomes, row.says) for row in rows] for kind, rows in changes.kinds}
    assert list(found) == ["new", "narrower", "split", "gone"]
    assert found["new"] == [(None, (named("loop", "A4"),), "")]
    assert found["narrower"] == [(named("ramp", "A1"), (named("ramp", "A1"),), "At every door now.")]
    assert found["split"][0][1] == (named("map-online", "A2"), named("map-printed", "A3"))
    assert found["gone"] == [(named("moat", "A3"), (), "Nobody has one.")]


def test_each_criterion_knows_how_it_came_about():
    old, new = versions(
        Succession(was="ramp", change="same", becomes=("ramp",)),
        Succession(was="map", change="gone", says="Not asked."),
        Succession(was="moat", change="gone", says="Not asked."),
        names={"ramp": "A1", "loop": "A2"},
    )
    changes: Changes = changes_since(old, new)
    kinds = {code: found[0] if (found := changes.since(code)) else None for code in ("A1", "A2", "A9")}
    assert kinds == {"A1": "same", "A2": "new", "A9": None}


def test_a_map_that_names_what_is_not_there_is_shown_as_written():
    old, new = versions(
        Succession(was="drawbridge", change="wider", becomes=("ramp",), says="Any way in."),
        names={"ramp": "A1"},
    )
    ((_, (row,)),) = changes_since(old, new).kinds
    assert row.was == NamedCriterion("", "drawbridge")
