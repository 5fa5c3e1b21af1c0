import pytest

from auditapp.domain.audit import Answer
from auditapp.domain.cells import Cell, Why
from auditapp.domain.checklist import Grade, Migration, Succession
from auditapp.domain.comparison import Band, changes, compare
from auditapp.domain.errors import NotComparable
from auditapp.domain.lineage import Apart, Gap
from auditapp.domain.measuring import settled
from auditapp.domain.scoring import State
from tests.builders import (
    a_checklist,
    a_criterion,
    a_level,
    a_prize_list,
    a_report,
    an_event,
    answered,
    evidence,
    prizes,
)

FIVE = {"ramp": 4, "quiet-room": 1, "map": 2, "loop": 3, "medal": 2}
CHECKLIST = a_checklist(FIVE, essentials=["map", "medal"])
RIDGELINE = a_report(
    answered(
        {"ramp": "full", "quiet-room": "none", "map": "full", "loop": "not-applicable"}, evidenced=["ramp"]
    ),
    checklist=CHECKLIST,
)
MARROWDALE = a_report(
    answered({"ramp": "full", "quiet-room": "full", "map": "partly", "loop": "full", "medal": "full"}),
    checklist=CHECKLIST,
    event=an_event("Marrowdale Half"),
)


def row(comparison, criterion):
    return next(row for row in comparison.rows if row.criterion == criterion)


def test_the_score_is_like_for_like_over_what_applies_to_all():
    comparison = compare([RIDGELINE, MARROWDALE])
    assert comparison.shared == 4
    assert [(str(column.shared.points), str(column.shared.possible)) for column in comparison.columns] == [
        ("6", "9"),
        ("8", "9"),
    ]
    assert comparison.columns[0].own.possible == 9
    assert comparison.columns[1].own.possible == 12
    assert [section.sums[0].evidenced for section in comparison.sections] == [4]


def test_differences_come_first_and_essentials_before_the_rest():
    comparison = compare([RIDGELINE, MARROWDALE])
    assert [(row.code, row.band) for row in comparison.differing] == [
        ("A2", Band.FAR),
        ("A3", Band.STEP),
        ("A5", Band.OPEN),
    ]
    assert [row.code for row in comparison.in_band(Band.SAME)] == ["A1"]
    assert [row.code for row in comparison.in_band(Band.NOT_SHARED)] == ["A4"]


def test_a_cell_says_what_was_found():
    comparison = compare([RIDGELINE, MARROWDALE])
    ramp, loop, medal = (row(comparison, name).cells[0] for name in ("ramp", "loop", "medal"))
    assert (ramp.label, ramp.says, ramp.state) == ("Fully", "There is one everywhere", State.EVIDENCED)
    assert (loop.label, loop.says, loop.applies) == ("Does not apply", "There is no venue", False)
    assert (medal.label, medal.says, medal.applies) == ("Unanswered", "", True)
    assert (ramp.evidence, ramp.grade, ramp.worth) == ((evidence(),), "full", 1)


def test_several_editions_of_one_event_are_told_from_several_events():
    comparison = compare([RIDGELINE, a_report(checklist=CHECKLIST, event=an_event(edition="2026"))])
    assert comparison.one_event == "Ridgeline Half Marathon"
    assert [column.year for column in comparison.columns] == [2027, 2027]
    assert compare([RIDGELINE, MARROWDALE]).one_event is None
    other = an_event(organiser="Somebody else")
    assert compare([RIDGELINE, a_report(checklist=CHECKLIST, event=other)]).one_event is None


def test_a_cell_without_a_finding_has_no_points():
    assert (Cell().points, Cell().possible, Cell().worth, Cell().grade) == (0, 0, None, None)


def test_a_cell_carries_the_number_behind_its_grade():
    prize_list = a_prize_list()
    answer = settled(prize_list, Answer(numbers=prizes((120, 150), unit="kroner")))
    report = a_report({"prizes": answer}, checklist=a_checklist(criteria=[prize_list]))
    comparison = compare([report, a_report(checklist=a_checklist(criteria=[prize_list]))])
    (cell, other) = row(comparison, "prizes").cells
    assert (cell.quantity.id, str(cell.quantity.value), cell.currency) == ("lowest-ratio", "4/5", "kroner")
    assert (other.quantity, other.currency) == (None, "")
    assert [one.criterion for one in comparison.with_numbers] == ["prizes"]
    assert compare([RIDGELINE, MARROWDALE]).with_numbers == ()


def test_what_is_left_out_like_for_like_is_said_with_its_reason():
    other = a_report(
        answered({"ramp": "full", "tape": "full"}), checklist=a_checklist({"ramp": 1, "tape": 1}, id="b")
    )
    comparison = compare([RIDGELINE, other])
    assert [(part.why, [row.code for row in part.rows]) for part in comparison.not_shared] == [
        (Why.NOT_IN_CHECKLIST, ["A2", "A3", "A4", "A5", "A2"])
    ]
    (part,) = compare([RIDGELINE, MARROWDALE]).not_shared
    assert (part.why, [row.criterion for row in part.rows]) == (Why.NOT_APPLICABLE, ["loop"])
    assert row(compare([RIDGELINE, MARROWDALE]), "map").why_not is None


def test_beside_a_quick_audit_what_it_did_not_ask_is_left_out():
    quick = a_report(answered({"map": "full", "medal": "none"}), checklist=CHECKLIST)
    (part,) = compare([quick, MARROWDALE]).not_shared
    assert (part.why, [row.criterion for row in part.rows]) == (Why.NOT_ASKED, ["ramp", "quiet-room", "loop"])


def test_a_criterion_only_one_checklist_has_is_not_shared():
    longer = a_checklist(FIVE | {"tape": 1}, version="1.1")
    later = a_report(answered({"tape": "full"}), checklist=longer)
    comparison = compare([RIDGELINE, later])
    assert row(comparison, "tape").band is Band.NOT_COMPARABLE
    assert row(comparison, "tape").cells[0].gap == Gap(kind=Apart.NEW, version="1.1")
    assert row(comparison, "tape").cells[0].state is None
    assert comparison.checklists == ("Access 1.0", "Access 1.1")


def test_criteria_with_the_same_id_and_other_words_say_so():
    grades = tuple(Grade(id=name, says=f"Now {name}") for name in ("none", "partly", "full"))
    reworded = a_checklist(criteria=[a_criterion("ramp", "A1", grades=grades)], version="2.0")
    comparison = compare([RIDGELINE, a_report(answered({"ramp": "full"}), checklist=reworded)])
    assert not row(comparison, "ramp").same_wording
    assert row(compare([RIDGELINE, MARROWDALE]), "ramp").same_wording


def test_sections_of_every_checklist_are_there():
    other = a_checklist(
        criteria=[a_criterion("ramp", "A1"), a_criterion("medal", "B1", section="finish")],
        sections=("start", "finish"),
    )
    comparison = compare([RIDGELINE, a_report(checklist=other)])
    assert [section.id for section in comparison.sections] == ["start", "finish"]


def test_a_column_names_its_level():
    fair = a_report(answered({"ramp": "full"}), checklist=a_checklist(levels=[a_level("fair", score=50)]))
    assert [column.level for column in compare([fair, RIDGELINE]).columns] == ["Fair", None]


@pytest.mark.parametrize("number", [0, 1, 7])
def test_a_comparison_takes_two_to_six(number):
    with pytest.raises(NotComparable, match="2 to 6"):
        compare([RIDGELINE] * number)


def test_reports_without_a_criterion_in_common_cannot_be_compared():
    other = a_report(checklist=a_checklist({"tape": 1}))
    with pytest.raises(NotComparable, match="no criterion in common"):
        compare([RIDGELINE, other])


def test_a_correction_says_what_changed_criterion_by_criterion():
    before = a_report(
        {
            "ramp": Answer(grade="full"),
            "quiet-room": Answer(grade="none"),
            "map": Answer(grade="full", note="On the web"),
            "medal": Answer(grade="full"),
        },
        checklist=CHECKLIST,
    )
    after = a_report(
        {
            "ramp": Answer(grade="full", evidence=(evidence(),)),
            "quiet-room": Answer(grade="partly"),
            "map": Answer(grade="full", note="On paper"),
            "loop": Answer(not_applicable="no-venue"),
            "medal": Answer(grade="full"),
        },
        checklist=a_checklist(FIVE | {"tape": 1}),
    )
    assert [(change.code, change.before, change.after) for change in changes(before, after)] == [
        ("A1", "There is one everywhere (declared)", "There is one everywhere (evidenced)"),
        ("A2", "There is none", "There is one at the start"),
        ("A3", "There is one everywhere", "There is one everywhere (note, numbers or evidence changed)"),
        ("A4", "Unanswered", "There is no venue"),
    ]


NEWER = a_checklist(
    {"way-in": 4, "map": 2, "loop": 3, "quiet-room": 1, "shirt": 1},
    version="2.0",
    migrate=Migration(
        from_="1.0",
        criteria=(
            Succession(was="ramp", change="same", becomes=("way-in",)),
            Succession(was="map", change="narrower", becomes=("map",), says="Asks for a printed one."),
            Succession(was="loop", change="same", becomes=("loop",)),
            Succession(was="quiet-room", change="same", becomes=("quiet-room",)),
            Succession(was="medal", change="gone", says="Is not asked any longer."),
        ),
    ),
)
LATER = a_report(
    answered({"way-in": "full", "map": "full", "loop": "none", "shirt": "full"}), checklist=NEWER
)


@pytest.mark.parametrize("order", [1, -1])
def test_versions_are_compared_as_the_newer_one_says(order):
    comparison = compare([MARROWDALE, LATER][::order])
    cells = {row.criterion: row.cells[::order] for row in comparison.rows}
    assert {name: (old.state, new.state) for name, (old, new) in cells.items()} == {
        "way-in": (State.DECLARED, State.DECLARED),
        "map": (State.DECLARED, State.DECLARED),
        "loop": (State.DECLARED, State.DECLARED),
        "quiet-room": (State.DECLARED, State.UNANSWERED),
        "shirt": (None, State.DECLARED),
        "medal": (State.DECLARED, None),
    }
    assert comparison.shared == 3
    assert cells["map"][0].gap == Gap(kind=Apart.NARROWER, version="2.0", says="Asks for a printed one.")
    assert cells["shirt"][0].gap == Gap(kind=Apart.NEW, version="2.0")
    assert cells["medal"][1].gap == Gap(kind=Apart.GONE, version="2.0", says="Is not asked any longer.")
    (part,) = comparison.not_shared
    assert (part.why, [row.band for row in part.rows]) == (Why.NOT_COMPARABLE, [Band.NOT_COMPARABLE] * 3)
    assert {row.criterion: row.says for row in comparison.rows if row.says} == {
        "map": "Asks for a printed one.",
        "medal": "Is not asked any longer.",
    }


def test_versions_are_compared_through_those_between_them():
    latest = a_checklist(
        {"entrance": 4},
        version="2.1",
        migrate=Migration(
            from_="2.0",
            criteria=(
                Succession(was="way-in", change="wider", becomes=("entrance",), says="Takes a lift, too."),
                *(
                    Succession(was=name, change="gone", says="Is not asked any longer.")
                    for name in ("map", "loop", "quiet-room", "shirt")
                ),
            ),
        ),
    )
    newest = a_report(answered({"entrance": "full"}), checklist=latest)
    comparison = compare([newest, MARROWDALE], known=[NEWER])
    assert row(comparison, "entrance").band is Band.SAME
    assert comparison.shared == 1
    assert row(comparison, "map").cells[1].state is State.DECLARED
    with pytest.raises(NotComparable):
        compare([newest, MARROWDALE])


def test_of_two_that_became_one_the_one_that_can_be_compared_stands_there():
    merged = a_checklist(
        {"way-in": 4},
        version="2.0",
        migrate=Migration(
            from_="1.0",
            criteria=(
                Succession(was="ramp", change="narrower", becomes=("way-in",), says="Asks for a rail."),
                Succession(was="map", change="same", becomes=("way-in",)),
                Succession(was="loop", change="same", becomes=("way-in",)),
            ),
        ),
    )
    old = a_report(
        answered({"ramp": "full", "map": "partly", "loop": "none"}),
        checklist=a_checklist({"ramp": 1, "map": 1, "loop": 1}),
    )
    comparison = compare([old, a_report(answered({"way-in": "full"}), checklist=merged)])
    assert [(row.criterion, row.cells[0].grade) for row in comparison.rows] == [("way-in", "partly")]


def test_a_document_with_other_criteria_under_the_same_version_keeps_them():
    other = a_report(
        answered({"ramp": "full", "tape": "full"}), checklist=a_checklist({"ramp": 4, "tape": 1})
    )
    comparison = compare([MARROWDALE, other])
    assert row(comparison, "tape").why_not is Why.NOT_IN_CHECKLIST
    beside_a_newer_one = row(compare([MARROWDALE, other, LATER]), "tape")
    assert [cell.grade for cell in beside_a_newer_one.cells] == [None, "full", None]
