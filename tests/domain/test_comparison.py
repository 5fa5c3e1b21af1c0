import pytest

from auditapp.domain.audit import Answer
from auditapp.domain.checklist import Grade, Migration, Succession
from auditapp.domain.comparison import Band, changes, compare
from auditapp.domain.errors import NotComparable
from auditapp.domain.scoring import State
from tests.builders import a_checklist, a_criterion, a_level, a_report, an_event, answered, evidence

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


def test_a_criterion_only_one_checklist_has_is_not_shared():
    longer = a_checklist(FIVE | {"tape": 1}, version="1.1")
    later = a_report(answered({"tape": "full"}), checklist=longer)
    comparison = compare([RIDGELINE, later])
    assert row(comparison, "tape").band is Band.NOT_SHARED
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


def test_versions_are_compared_as_the_newer_one_says():
    newer = a_checklist(
        {"way-in": 4, "map": 2, "loop": 3, "quiet-room": 1},
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
    later = a_report(answered({"way-in": "full", "map": "full", "loop": "none"}), checklist=newer)
    for reports in ([MARROWDALE, later], [later, MARROWDALE]):
        comparison = compare(reports)
        states = {row.criterion: {cell.state for cell in row.cells} for row in comparison.rows}
        assert states == {
            "way-in": {State.DECLARED},
            "map": {State.DECLARED, None},
            "loop": {State.DECLARED},
            "quiet-room": {State.DECLARED, State.UNANSWERED},
            "medal": {State.DECLARED, None},
        }
        assert comparison.shared == 3
