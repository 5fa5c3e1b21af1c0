import datetime as dt

from auditapp.domain.audit import Answer
from auditapp.domain.checklist import Grade, Migration, Succession
from auditapp.domain.report import Publication, PublicationState
from auditapp.domain.scoring import Count
from auditapp.domain.timeline import Turn, timeline
from tests.builders import a_checklist, a_criterion, a_level, a_report, an_event, answered

FIRST = a_checklist({"ramp": 2, "map": 2, "medal": 1, "loop": 1}, essentials=["map"])
SECOND = a_checklist(
    {"ramp": 2, "map": 2, "shirt": 1, "loop": 1},
    version="1.1",
    migrate=Migration(
        from_="1.0",
        criteria=(
            Succession(was="ramp", change="same", becomes=("ramp",)),
            Succession(was="map", change="narrower", becomes=("map",), says="Asks for a printed one."),
            Succession(was="medal", change="gone", says="Is not asked any longer."),
            Succession(was="loop", change="wider", becomes=("loop",), says="Takes a wire, too."),
        ),
    ),
)


def published(
    year, grades, state=PublicationState.LIVE, *, checklist=FIRST, slug="", edition="", month=5, **parts
):
    event = an_event(edition=edition or str(year), date=dt.date(year, month, 16))
    report = a_report(
        answered(grades, evidenced=True), checklist=checklist, event=event, completed_on=dt.date(year, 2, 1)
    )
    publication = Publication(
        slug=slug or f"ridgeline-{year}", state=state, published_on=dt.date(year, 2, 2), **parts
    )
    return publication, report


def turns(found):
    return {line.criterion: tuple(str(turn) for turn in line.turns) for line in found.lines}


def test_editions_stand_in_the_order_of_their_days():
    found = timeline([published(2027, {"ramp": "full"}), published(2025, {"ramp": "none"})])
    assert [edition.edition for edition in found.editions] == ["2025", "2027"]
    assert [edition.column for edition in found.columns] == [0, 1]
    assert [edition.percent for edition in found.columns] == [0, 33]
    assert [edition.evidenced_percent for edition in found.columns] == [0, 33]


def test_columns_of_one_name_are_not_alone():
    withdrawn = published(2026, {}, PublicationState.WITHDRAWN, slug="gone")
    spring, autumn = (published(2026, {}, month=month, slug=f"club-{month}") for month in (4, 10))
    named = [published(2027, {}, edition="Winter", month=month, slug=f"w-{month}") for month in (1, 12)]
    found = timeline([published(2025, {}), spring, withdrawn, autumn, *named])
    assert [(edition.edition, edition.alone) for edition in found.editions] == [
        ("2025", True), ("2026", False), ("2026", True), ("2026", False), ("Winter", False), ("Winter", False),
    ]  # fmt: skip


def test_a_line_says_what_got_better_and_what_got_worse():
    found = timeline(
        [
            published(2025, {"ramp": "none", "map": "full", "medal": "full"}),
            published(2026, {"ramp": "full", "map": "partly", "loop": "full", "medal": "not-applicable"}),
            published(2027, {"ramp": "full", "map": "partly", "medal": "none"}),
        ]
    )
    assert turns(found) == {
        "ramp": ("better", "same"),
        "map": ("worse", "same"),
        "medal": ("ended", "applies"),
        "loop": ("answered", "open"),
    }
    assert [line.code for line in found.turned(0, Turn.BETTER, Turn.WORSE)] == ["A2", "A1"]
    assert [line.cells[1].grade for line in found.lines] == ["full", "partly", None, "full"]


def test_a_passage_counts_what_both_were_asked_alike():
    found = timeline(
        [
            published(2025, {"ramp": "none", "map": "full", "medal": "full"}),
            published(2026, {"ramp": "full", "map": "partly", "medal": "not-applicable"}),
        ]
    )
    (passage,) = found.passages
    assert passage.shared == 3
    assert (str(passage.before.points), str(passage.after.points)) == ("2", "3")
    assert passage.before.possible == passage.after.possible == 5


def test_what_a_new_version_asks_otherwise_is_kept_apart_and_old_years_are_not_from_one_another():
    found = timeline(
        [
            published(2025, {"ramp": "none", "map": "none", "medal": "full", "loop": "none"}),
            published(2026, {"ramp": "none", "map": "full", "medal": "none", "loop": "none"}),
            published(
                2027, {"ramp": "full", "map": "none", "shirt": "full", "loop": "full"}, checklist=SECOND
            ),
        ]
    )
    assert turns(found) == {
        "ramp": ("same", "better"),
        "map": ("better", "apart"),
        "shirt": ("same", "apart"),
        "loop": ("same", "better"),
        "medal": ("worse", "apart"),
    }
    (the_map,) = (line for line in found.lines if line.criterion == "map")
    assert [cell.gap.says if cell.gap else "" for cell in the_map.cells] == [
        "Asks for a printed one.",
        "Asks for a printed one.",
        "",
    ]
    assert [passage.shared for passage in found.passages] == [4, 2]


def test_a_version_between_them_that_nobody_answered_leads_the_way():
    kept = ("ramp", "map", "shirt", "loop")
    third = a_checklist(
        dict.fromkeys(kept, 1),
        version="2.0",
        migrate=Migration(
            from_="1.1",
            criteria=tuple(Succession(was=name, change="same", becomes=(name,)) for name in kept),
        ),
    )
    editions = [published(2025, {"loop": "none"}), published(2027, {"loop": "full"}, checklist=third)]
    assert turns(timeline(editions, [SECOND]))["loop"] == ("better",)
    assert turns(timeline(editions, [SECOND]))["map"] == ("apart",)
    # Without it, a question worded alike is still the same question.
    assert turns(timeline(editions))["medal"] == ("apart",)
    assert turns(timeline(editions))["map"] == ("same",)


def test_two_years_nothing_leads_to_are_only_held_against_each_other_in_one_version():
    grades = tuple(Grade(id=name, says=f"Once {name}") for name in ("none", "partly", "full"))
    older, old = (
        a_checklist(criteria=[a_criterion("ramp", "A1", grades=grades)], version=version)
        for version in ("0.0", "0.1")
    )
    lost = a_checklist({"ramp": 1}, version="1.1", migrate=Migration(from_="0.9", criteria=()))
    found = timeline(
        [
            published(2023, {"ramp": "none"}, checklist=older),
            published(2024, {"ramp": "none"}, checklist=old),
            published(2025, {"ramp": "full"}, checklist=old),
            published(2026, {"ramp": "full"}, checklist=lost),
        ]
    )
    assert turns(found)["ramp"] == ("apart", "better", "apart")


def test_replaced_and_withdrawn_reports_keep_their_place_and_stay_out_of_the_lines():
    found = timeline(
        [
            published(2025, {"ramp": "none"}, PublicationState.SUPERSEDED, superseded_by="ridgeline-2025-2"),
            published(2025, {"ramp": "full"}, slug="ridgeline-2025-2"),
            published(2026, {"ramp": "none"}, PublicationState.WITHDRAWN, reason="Wrong file."),
            published(2027, {"ramp": "full"}),
        ]
    )
    assert [edition.column for edition in found.editions] == [None, 0, None, 1]
    assert [edition.percent for edition in found.editions] == [0, 33, None, 33]
    withdrawn = found.editions[2]
    assert (withdrawn.own, withdrawn.level, withdrawn.essentials_only) == (None, None, None)
    assert turns(found)["ramp"] == ("same",)


def test_an_event_of_which_nothing_is_live_has_no_lines():
    found = timeline([published(2026, {"ramp": "full"}, PublicationState.WITHDRAWN, reason="Wrong file.")])
    assert (len(found.editions), found.columns, found.lines, found.sections) == (1, (), (), ())


def test_reports_on_another_checklist_stay_out_of_the_lines_and_keep_their_score():
    other = a_checklist({"net": 1}, id="nets", levels=[a_level("fair")])
    found = timeline([published(2026, {"net": "full"}, checklist=other), published(2027, {"ramp": "full"})])
    assert [edition.column for edition in found.editions] == [None, 0]
    assert (found.editions[0].percent, found.editions[0].level) == (100, "Fair")


def test_a_quick_audit_has_a_count_and_no_score():
    quick = published(2026, {"map": "full"})
    found = timeline(
        [quick, published(2027, {"map": "partly", "ramp": "full", "loop": "full", "medal": "full"})]
    )
    assert found.editions[0].essentials_only == Count(met=1, applicable=1)
    assert (found.editions[0].percent, found.editions[0].evidenced_percent) == (None, None)
    assert turns(found)["map"] == ("worse",)
    assert turns(found)["ramp"] == ("not-asked",)
    assert [bool(one) for one in found.sections[0].sums] == [False, True]
    assert found.passages[0].shared == 1


def test_sections_are_those_of_every_version_the_newest_first():
    later = a_checklist(
        criteria=[a_criterion("ramp", "A1"), a_criterion("tape", "B1", section="finish")],
        sections=("start", "finish"),
        version="2.0",
    )
    found = timeline([published(2026, {"ramp": "full"}), published(2027, {"tape": "full"}, checklist=later)])
    assert [section.id for section in found.sections] == ["start", "finish"]
    assert [one.percent if one else None for one in found.sections[1].sums] == [None, 100]


def test_an_edition_without_a_name_or_a_day_goes_by_the_day_it_was_answered():
    report = a_report(
        {"ramp": Answer(grade="full")},
        event=an_event(edition="", date=None),
        completed_on=dt.date(2024, 3, 1),
    )
    publication = Publication(slug="a", state=PublicationState.LIVE, published_on=dt.date(2024, 3, 2))
    (edition,) = timeline([(publication, report)]).editions
    assert (edition.edition, edition.date) == ("2024", dt.date(2024, 3, 1))
