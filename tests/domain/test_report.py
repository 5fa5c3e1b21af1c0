import datetime as dt

import pytest

from auditapp.domain.audit import Answer, Standing
from auditapp.domain.checklist import Expected, GoldenCase
from auditapp.domain.report import Report, expiry, months_later, report_on
from auditapp.domain.scoring import score
from tests.builders import (
    COMPLETED_ON,
    a_checklist,
    a_criterion,
    a_level,
    a_report,
    an_event,
    answered,
    evidence,
)

FOUR = {"ramp": 4, "quiet-room": 1, "map": 2, "loop": 3}


def test_a_report_carries_its_checklist_and_the_score_can_be_made_again_from_it():
    checklist = a_checklist(FOUR, levels=[a_level("fair", score=20)])
    report = a_report(answered({"ramp": "full"}, evidenced=True), checklist=checklist)
    again = Report.model_validate_json(report.model_dump_json())
    assert again == report
    assert score(again.checklist, again.answers, again.facts) == report.score
    assert again.level.id == "fair"
    assert again.title == "Ridgeline Half Marathon 2027"


def test_a_report_leaves_out_golden_cases_and_what_nobody_confirmed():
    golden = GoldenCase(title="Nothing answered", expect=Expected(level="none"))
    answers = {
        "ramp": Answer(grade="full", standing=Standing.CARRIED),
        "map": Answer(grade="full"),
        "moat": Answer(grade="full"),
    }
    report = a_report(answers, checklist=a_checklist(FOUR, golden=(golden,)))
    assert report.checklist.golden == ()
    assert list(report.answers) == ["map"]
    assert report.level is None


def test_a_report_says_how_much_of_it_rests_on_evidence():
    report = a_report(
        answered({"ramp": "full", "map": "none", "loop": "not-applicable"}, evidenced=["ramp"]),
        checklist=a_checklist(FOUR),
    )
    assert (report.answers_evidenced, report.answers_given) == (1, 2)
    finding = report.score.finding("ramp")
    assert report.criterion(finding).code == "A1"
    assert report.answer(finding).evidence == (evidence(),)
    assert report.answer(report.score.finding("quiet-room")) is None


def test_strongest_are_shown_before_claimed_and_weakest_begin_with_essentials():
    checklist = a_checklist(FOUR | {"medal": 5, "tape": 5}, essentials=["quiet-room"])
    grades = {
        "ramp": "full",
        "map": "full",
        "loop": "full",
        "medal": "full",
        "tape": "none",
        "quiet-room": "none",
    }
    report = a_report(answered(grades, evidenced=["map"]), checklist=checklist)
    assert [finding.id for finding in report.strongest] == ["map", "medal", "ramp"]
    assert [finding.id for finding in report.weakest] == ["quiet-room", "tape"]


@pytest.mark.parametrize(
    ("proposed_criterion", "proposed_level", "said"),
    [(False, False, False), (True, False, True), (False, True, True)],
)
def test_proposed_thresholds_are_known(proposed_criterion, proposed_level, said):
    checklist = a_checklist(
        criteria=[a_criterion("ramp", "A1", proposed=proposed_criterion)],
        levels=[a_level("fair", proposed=proposed_level)],
    )
    assert a_report(checklist=checklist).has_proposed_thresholds is said


def test_a_report_stands_for_a_year_or_until_the_next_edition():
    assert a_report().expires_on == dt.date(2028, 2, 16)
    sooner = a_report(event=an_event(next_date=dt.date(2027, 9, 12)))
    assert sooner.expires_on == dt.date(2027, 9, 12)


@pytest.mark.parametrize(
    ("next_date", "last"),
    [
        (None, dt.date(2028, 2, 16)),
        (dt.date(2028, 2, 15), dt.date(2028, 2, 15)),
        (dt.date(2029, 1, 1), dt.date(2028, 2, 16)),
        (COMPLETED_ON, dt.date(2028, 2, 16)),
        (dt.date(2026, 1, 1), dt.date(2028, 2, 16)),
    ],
)
def test_a_next_edition_counts_only_when_it_lies_ahead(next_date, last):
    assert expiry(COMPLETED_ON, 12, next_date) == last


def test_a_month_without_such_a_day_ends_on_its_last():
    assert months_later(dt.date(2027, 1, 31), 1) == dt.date(2027, 2, 28)
    assert months_later(dt.date(2028, 2, 29), 12) == dt.date(2029, 2, 28)
    assert months_later(dt.date(2026, 11, 24), 12) == dt.date(2027, 11, 24)


def test_the_same_answers_make_the_same_report_in_any_order():
    forwards, backwards = answered({"ramp": "full", "map": "none"}), answered({"map": "none", "ramp": "full"})
    checklist = a_checklist(FOUR)
    made = [
        report_on(checklist, an_event(), {}, answers, completed_on=COMPLETED_ON).model_dump_json()
        for answers in (forwards, backwards)
    ]
    assert made[0] == made[1]
