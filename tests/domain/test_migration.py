from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from auditapp.domain.audit import Answer, Standing
from auditapp.domain.checklist import Migration, Succession
from auditapp.domain.measures import MeasureUse, Numbers, Row
from auditapp.domain.migration import carried, impact, migration_mistakes, origins, successions
from tests.builders import a_checklist, a_criterion, a_level, answered, evidence

OLD = a_checklist({"ramp": 4, "quiet-room": 2, "toilet": 2, "car-park": 2, "prizes": 2})


def succession(was: str, change: Any, *becomes: str) -> Succession:
    return Succession(
        was=was, change=change, becomes=becomes, says=None if change == "same" else "Asks otherwise."
    )


def the_next(*criteria: Succession, names: tuple[str, ...] = (), **parts):
    found = names or tuple(dict.fromkeys(name for one in criteria for name in one.becomes))
    return a_checklist(
        criteria=[a_criterion(name, f"A{number}", weight=2) for number, name in enumerate(found, 1)],
        version="2.0",
        migrate=Migration(from_="1.0", criteria=criteria),
        **parts,
    )


NEW = the_next(
    succession("ramp", "same", "ramp"),
    succession("quiet-room", "wider", "quiet-place"),
    succession("toilet", "split", "toilet-there", "toilet-found"),
    succession("car-park", "gone"),
    succession("prizes", "narrower", "prize-money"),
)
ALL_FULL = answered(
    dict.fromkeys(("ramp", "quiet-room", "toilet", "car-park", "prizes"), "full"), evidenced=True
)


def test_every_criterion_that_something_became_knows_where_it_came_from():
    new = the_next(
        succession("ramp", "same", "ramp"),
        succession("toilet", "split", "toilet-wide", "toilet-near"),
        succession("car-park", "gone"),
        names=("ramp", "toilet-wide", "toilet-near", "loop"),
    )
    assert {name: one.was for name, one in origins(OLD, new).items()} == {
        "ramp": "ramp",
        "toilet-wide": "toilet",
        "toilet-near": "toilet",
    }


def test_what_asks_the_same_or_accepts_more_keeps_its_answer():
    found = carried([(OLD, NEW)], ALL_FULL)
    for name in ("ramp", "quiet-place"):
        assert found[name] == ALL_FULL["ramp"].model_copy(update={"standing": Standing.CARRIED})


@pytest.mark.parametrize("name", ["toilet-there", "toilet-found", "prize-money"])
def test_what_asks_for_more_or_was_split_keeps_a_note_and_the_evidence(name):
    answer = carried([(OLD, NEW)], ALL_FULL)[name]
    assert answer.grade is None
    assert answer.note.endswith("of version 1.0 was answered “Fully: There is one everywhere”.")
    assert answer.evidence == (evidence(),)


def test_what_is_gone_leaves_nothing():
    assert set(carried([(OLD, NEW)], ALL_FULL)) == {
        "ramp", "quiet-place", "toilet-there", "toilet-found", "prize-money"
    }  # fmt: skip


def test_a_reason_and_a_bare_note_are_remembered_too():
    answers = {
        "toilet": Answer(not_applicable="no-venue", note="A field."),
        "prizes": Answer(note="To be decided."),
    }
    found = carried([(OLD, NEW)], answers)
    assert found["toilet-there"].note == "A3 of version 1.0 was answered “There is no venue”. A field."
    assert found["prize-money"].note == "To be decided."


def test_an_answer_whose_grade_no_longer_exists_becomes_a_note():
    other = a_criterion("ramp", "A1", not_applicable=())
    new = the_next(succession("ramp", "same", "ramp")).model_copy(update={"criteria": (other,)})
    found = carried([(OLD, new)], {"ramp": Answer(not_applicable="no-venue")})
    assert found["ramp"].not_applicable is None
    assert "There is no venue" in found["ramp"].note


def test_numbers_are_carried_to_the_same_measure_only():
    use = MeasureUse(name="prize-parity")
    old = a_checklist(criteria=[a_criterion("prizes", "A1", measure=use)])
    numbers = Numbers(rows=(Row(cells={"women": Fraction(1), "men": Fraction(1)}),))
    answers = {"prizes": Answer(grade="full", numbers=numbers, settled_by="numbers")}
    same = a_checklist(criteria=[a_criterion("prizes", "A1", measure=use)], version="2.0")
    none = a_checklist(criteria=[a_criterion("prizes", "A1")], version="2.0")
    assert carried([(old, same)], answers)["prizes"].numbers == numbers
    assert carried([(old, none)], answers)["prizes"].numbers is None


def test_without_a_map_the_same_id_asks_the_same():
    new = a_checklist({"ramp": 4, "slope": 1}, version="1.1")
    assert [(one.was, one.change) for one in successions(OLD, new)] == [
        ("ramp", "same"), ("quiet-room", "gone"), ("toilet", "gone"), ("car-park", "gone"), ("prizes", "gone")
    ]  # fmt: skip


def test_several_versions_are_taken_one_after_the_other():
    third = a_checklist({"ramp": 1}, version="2.1")
    assert set(carried([(OLD, NEW), (NEW, third)], ALL_FULL)) == {"ramp"}


def test_no_step_leaves_answers_as_they_are_but_to_be_confirmed():
    assert carried([], {"ramp": Answer(grade="full")}) == {
        "ramp": Answer(grade="full", standing=Standing.CARRIED)
    }


@pytest.mark.parametrize(
    ("change", "becomes", "says"),
    [
        ("same", (), None),
        ("same", ("a", "b"), None),
        ("split", ("a",), "One is no split."),
        ("gone", ("a",), "Still there."),
        ("narrower", ("a",), None),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(change, becomes, says):
    with pytest.raises(ValidationError):
        Succession(was="ramp", change=change, becomes=becomes, says=says)


def test_a_complete_map_has_no_mistakes():
    assert list(migration_mistakes(OLD, NEW)) == []
    assert list(migration_mistakes(OLD, a_checklist(version="2.0"))) == []


def test_every_mistake_of_a_map_is_named():
    new = the_next(
        succession("ramp", "same", "ramp"),
        succession("ramp", "same", "ramp"),
        succession("moat", "gone"),
        succession("toilet", "same", "throne"),
        names=("ramp",),
    )
    assert [mistake.problem for mistake in migration_mistakes(OLD, new)] == [
        "'ramp' is listed twice",
        "'moat' is no criterion of version 1.0",
        "there is no criterion 'throne' in this version",
        "nothing is said about 3 criteria of version 1.0: quiet-room, car-park, prizes",
    ]


def test_impact_says_whose_result_would_change():
    levels = (a_level("good", score=80),)
    old, new = OLD.model_copy(update={"levels": levels}), NEW.model_copy(update={"levels": levels})
    found = impact([(old, new)], {}, ALL_FULL)
    assert (found.before_percent, found.before_level) == (100, "good")
    assert (found.after_percent, found.after_level) == (40, None)
    assert found.carried == 2
    assert found.to_answer == ("A3", "A4", "A5")
    assert found.lost == 6
    assert found.changes


def test_impact_of_a_version_that_asks_the_same_is_none():
    new = OLD.model_copy(update={"version": "1.1"})
    found = impact([(OLD, new)], {"no-such-fact": True}, ALL_FULL)
    assert not found.changes
    assert (found.lost, found.to_answer) == (0, ())
