"""JSON keeps exact numbers exact; CSV is safe to open in a spreadsheet."""

import csv
import io
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.domain.audit import Answer
from auditapp.domain.checklist import Migration, Succession
from auditapp.domain.comparison import compare
from auditapp.domain.measures import MeasureUse
from auditapp.domain.measures import Test as Threshold
from auditapp.domain.measuring import settled
from auditapp.domain.report import Report
from auditapp.rendering.data import (
    comparison_csv,
    comparison_data,
    csv_text,
    number,
    report_json,
    score_data,
)
from tests.builders import (
    a_checklist,
    a_criterion,
    a_level,
    a_prize_list,
    a_report,
    an_event,
    answered,
    prizes,
)

CHECKLIST = a_checklist(
    criteria=[
        a_criterion("ramp", "A1", weight=3, essential=True),
        a_criterion("quiet-room", "A2", weight=2),
        a_criterion("signs", "B1", weight=1, section="way"),
    ],
    sections=("start", "way"),
    levels=[a_level("first", score=20), a_level("second", score=80, section_floor=50)],
)


def a_small_report(**grades: str) -> Report:
    named = {name.replace("_", "-"): grade for name, grade in grades.items()}
    return a_report(answered(named, evidenced=["ramp"]), checklist=CHECKLIST)


def test_the_score_has_exactly_the_promised_keys():
    report = a_small_report(ramp="partly", quiet_room="not-applicable")
    data = score_data(report)
    assert list(data) == [
        "checklist",
        "scope",
        "essentials_only",
        "score",
        "sections",
        "essentials",
        "answered",
        "level",
        "levels",
        "findings",
        "figures",
        "plan",
    ]
    assert data["checklist"] == "access@1.0"
    assert data["score"] == {"points": "3/2", "possible": 4, "percent": 37, "evidenced_percent": 37}
    assert data["sections"] == [
        {"id": "start", "points": "3/2", "possible": 3, "percent": 50},
        {"id": "way", "points": 0, "possible": 1, "percent": 0},
    ]
    assert data["essentials"] == {"met": 1, "applicable": 1}
    assert data["answered"] == {"answered": 1, "applicable": 2}
    assert data["level"] == "first"
    assert data["levels"][0] == {"id": "first", "reached": True, "failing": []}
    assert data["levels"][1]["failing"] == [
        {
            "kind": "score",
            "section": None,
            "needed_percent": 80,
            "percent": 37,
            "has": "3/2",
            "of": 4,
        },
        {
            "kind": "section_floor",
            "section": "way",
            "needed_percent": 50,
            "percent": 0,
            "has": 0,
            "of": 1,
        },
    ]
    assert data["findings"] == [
        {"id": "ramp", "code": "A1", "grade": "partly", "points": "3/2", "possible": 3, "state": "evidenced"},
        {"id": "quiet-room", "code": "A2", "grade": None, "points": 0, "possible": 0, "state": "not_applicable"},
        {"id": "signs", "code": "B1", "grade": None, "points": 0, "possible": 1, "state": "unanswered"},
    ]  # fmt: skip
    assert data["plan"]["level"] == "second"
    assert data["plan"]["reaches"] is True
    assert {step["code"] for step in data["plan"]["steps"]} == {"A1", "B1"}
    assert json.loads(json.dumps(data)) == data


def test_a_quick_report_counts_its_essentials_and_gives_no_percentage():
    data = score_data(a_small_report(ramp="partly"))
    assert (data["scope"], data["essentials_only"]) == ("quick", {"met": 1, "applicable": 1})
    assert data["score"] == {"points": "3/2", "possible": 6, "percent": None, "evidenced_percent": None}
    assert [section["percent"] for section in data["sections"]] == [None, None]
    assert (data["level"], data["plan"]) == (None, None)


def test_at_the_top_there_is_no_plan():
    report = a_small_report(ramp="full", quiet_room="full", signs="full")
    assert score_data(report)["plan"] is None


@pytest.mark.parametrize(("value", "written"), [(Fraction(67, 2), "67/2"), (Fraction(34), 34), (0, 0)])
def test_exact_numbers_in_json(value: Fraction, written: int | str):
    assert number(value) == written


def test_a_report_document_reads_back_as_the_same_report():
    report = a_small_report(ramp="partly", quiet_room="full")
    document = report_json(report)
    assert Report.model_validate_json(document) == report
    assert report_json(Report.model_validate_json(document)) == document
    assert json.loads(document)["score"]["total"]["points"] == "7/2"


def test_a_comparison_as_data():
    other = a_report(answered({"ramp": "none"}), checklist=a_checklist({"ramp": 3}), event=an_event("Other"))
    data = comparison_data(compare([a_small_report(ramp="full", signs="none"), other]))
    assert [report["title"] for report in data["reports"]] == ["Ridgeline Half Marathon 2027", "Other 2027"]
    assert data["shared_criteria"] == 1
    assert data["reports"][0]["shared"]["percent"] == 100
    assert data["reports"][0]["score"]["percent"] == 50
    ramp, *rest = data["criteria"]
    assert (ramp["band"], [cell["points"] for cell in ramp["answers"]]) == ("far", [3, 0])
    assert [row["answers"][1]["state"] for row in rest] == [None, None]
    assert [row["answers"][1]["left_out"] for row in rest] == ["not-in-checklist"] * 2
    assert data["left_out"] == [{"why": "not-in-checklist", "criteria": ["quiet-room", "signs"]}]
    assert ramp["answers"][0]["evidence"] == [
        {
            "kind": "page",
            "url": "https://ridgelinehalf.example/everyone",
            "title": "What we provide",
            "date": None,
        }
    ]
    assert (ramp["answers"][0]["left_out"], ramp["answers"][0]["gap"]) == (None, None)
    assert json.loads(json.dumps(data)) == data


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_comparison_as_csv_has_one_row_per_criterion_under_the_scores():
    rows = rows_of(
        comparison_csv(
            compare(
                [
                    a_small_report(ramp="partly", signs="none"),
                    a_small_report(quiet_room="not-applicable", signs="none"),
                ]
            )
        )
    )
    assert len({len(row) for row in rows}) == 1
    assert rows[0][:6] == ["code", "criterion", "title", "section", "essential", "difference"]
    assert rows[0][6] == "1. Ridgeline Half Marathon 2027: answer"
    assert [row[0] for row in rows[3:]] == ["A1", "A2", "B1"]
    assert rows[1][6:10] == ["25%", "", "1.5", "6"]
    ramp = rows[3]
    assert ramp[4:10] == ["yes", "open", "Partly", "evidenced", "1.5", "3"]
    assert ramp[14:17] == ["1", "https://ridgelinehalf.example/everyone", ""]
    assert rows[4][17:19] == ["Does not apply", "not_applicable"]
    assert rows[4][27] == "not-applicable"


def test_beside_a_quick_report_only_what_it_was_asked_is_shared():
    quick, whole = a_small_report(ramp="partly"), a_small_report(ramp="full", quiet_room="full", signs="full")
    comparison = compare([quick, whole])
    data = comparison_data(comparison)
    assert data["shared_criteria"] == 1
    assert [report["essentials_only"] for report in data["reports"]] == [{"met": 1, "applicable": 1}, None]
    assert [report["score"]["percent"] for report in data["reports"]] == [None, 100]
    assert [report["shared"]["percent"] for report in data["reports"]] == [50, 100]
    assert [row["band"] for row in data["criteria"]] == ["step", "not-shared", "not-shared"]
    rows = rows_of(comparison_csv(comparison))
    assert rows[1][6:10] == ["Essentials only: 1 of 1", "", "1.5", "6"]


def test_a_criterion_only_one_checklist_has_says_so_in_the_csv():
    other = a_report(checklist=a_checklist({"ramp": 3}))
    rows = rows_of(comparison_csv(compare([a_small_report(), other])))
    assert rows[4][17:] == ["", "not in this checklist", *[""] * 8, "not-in-checklist"]


def test_what_another_version_asks_otherwise_says_so_in_data_and_csv():
    says = "Asks for a rail."
    newer = a_checklist(
        {"ramp": 3, "signs": 1},
        version="2.0",
        migrate=Migration(
            from_="1.0",
            criteria=(
                Succession(was="ramp", change="narrower", becomes=("ramp",), says=says),
                Succession(was="signs", change="same", becomes=("signs",)),
                Succession(was="quiet-room", change="gone", says="Is not asked any longer."),
            ),
        ),
    )
    comparison = compare([a_small_report(ramp="full"), a_report(answered({"ramp": "full"}), checklist=newer)])
    ramp, _signs, quiet_room = comparison_data(comparison)["criteria"]
    assert ramp["answers"][0]["gap"] == {"kind": "narrower", "version": "2.0", "says": says}
    assert ramp["answers"][0]["grade"] == "full"
    assert [answer["state"] for answer in quiet_room["answers"]] == ["unanswered", None]
    rows = rows_of(comparison_csv(comparison))
    assert rows[3][5] == "not-comparable"
    assert rows[3][16] == "not-comparable (narrower in 2.0: Asks for a rail.)"


PAID = a_checklist(criteria=[a_prize_list("prizes", "A1", weight=2), a_criterion("ramp", "A2")])


def a_paying_report(*places: tuple[int, int], **parts: str) -> Report:
    answer = settled(PAID.criterion("prizes"), Answer(numbers=prizes(*places)))
    return a_report({"prizes": answer, "ramp": Answer(grade="full")}, checklist=PAID, event=an_event(**parts))


def test_the_score_carries_the_figures():
    data = score_data(a_paying_report((300, 300), (120, 150)))
    figure = data["figures"]["prizes"]
    assert figure["measure"] == "prize-parity"
    assert figure["quantities"][0] == {
        "id": "lowest-ratio",
        "label": "Lowest ratio at any place",
        "value": "4/5",
        "unit": "ratio",
        "private": False,
        "small": False,
    }
    assert figure["steps"][0]["text"] == "120 ÷ 150 = 0.80"
    assert json.loads(json.dumps(data)) == data


def test_a_comparison_carries_the_number_behind_each_grade():
    equal, unequal = a_paying_report((300, 300)), a_paying_report((120, 150), name="Other")
    comparison = compare([unequal, equal])
    prizes_row, ramp = comparison_data(comparison)["criteria"]
    assert [cell["figure"] for cell in prizes_row["answers"]] == [
        {
            "id": "lowest-ratio",
            "label": "Lowest ratio at any place",
            "value": "4/5",
            "unit": "ratio",
            "currency": "",
        },
        {
            "id": "lowest-ratio",
            "label": "Lowest ratio at any place",
            "value": 1,
            "unit": "ratio",
            "currency": "",
        },
    ]
    assert [cell["figure"] for cell in ramp["answers"]] == [None, None]
    rows = rows_of(comparison_csv(comparison))
    assert rows[0][11:14] == [f"1. Other 2027: {part}" for part in ("figure", "number", "unit")]
    assert rows[3][11:14] == ["Lowest ratio at any place", "0.8", "ratio"]
    assert rows[4][11:14] == ["", "", ""]


def test_money_is_compared_in_its_currency():
    use = MeasureUse(name="prize-parity", grades={"full": (), "partly": ()})
    short = Threshold(figure="short", at_most=Fraction(0))
    use = use.model_copy(update={"grades": {"full": (short,), "partly": (short,)}})
    checklist = a_checklist(criteria=[a_prize_list("prizes", "A1", measure=use)])
    answer = settled(checklist.criterion("prizes"), Answer(numbers=prizes((120, 150), unit="kroner")))
    comparison = compare([a_report({"prizes": answer}, checklist=checklist)] * 2)
    (row,) = comparison_data(comparison)["criteria"]
    assert (row["answers"][0]["figure"]["value"], row["answers"][0]["figure"]["currency"]) == (30, "kroner")
    assert rows_of(comparison_csv(comparison))[3][11:14] == ["Largest shortfall at one place", "30", "kroner"]


def test_a_note_cannot_become_a_formula():
    note = '=HYPERLINK("https://evil.example","click")'
    report = a_report({"ramp": Answer(grade="full", note=note)}, checklist=CHECKLIST)
    cells = [cell for row in rows_of(comparison_csv(compare([report, report]))) for cell in row]
    assert cells.count(f"'{note}") == 2
    assert not [cell for cell in cells if cell.startswith("=")]


@given(st.lists(st.lists(st.one_of(st.text(), st.integers(), st.fractions()), min_size=1), min_size=1))
def test_no_text_in_a_csv_starts_a_formula(rows: list[list[object]]):
    for written, row in zip(rows_of(csv_text(rows).replace("\x00", "")), rows, strict=False):
        for cell, value in zip(written, row, strict=False):
            if isinstance(value, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                float(cell)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-3, "-3"),
        (Fraction(67, 2), "33.5"),
        (Fraction(50, 3), "16.6667"),
        ("-3.5", "-3.5"),
        ("-3 points", "'-3 points"),
        ("+44 20", "'+44 20"),
        ("@home", "'@home"),
        ("\tx", "'\tx"),
        (None, '""'),
        (True, "yes"),
    ],
)
def test_csv_cells(value: object, written: str):
    assert csv_text([[value]]) == f"{written}\r\n"
