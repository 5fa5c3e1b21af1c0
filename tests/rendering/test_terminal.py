"""What people read at a terminal."""

from auditapp.domain.comparison import compare
from auditapp.domain.scoring import State
from auditapp.rendering.terminal import checklist_text, comparison_text, report_text
from tests.builders import a_checklist, a_criterion, a_level, a_report, an_event, answered

CHECKLIST = a_checklist(
    criteria=[
        a_criterion("ramp", "A1", weight=3, essential=True),
        a_criterion("quiet-room", "A2", weight=2),
        a_criterion("signs", "B1", weight=1, section="way"),
    ],
    sections=("start", "way"),
    levels=[a_level("first", score=20), a_level("second", score=80, section_floor=50, answered=100)],
)


def test_a_score_with_what_the_next_level_lacks_and_what_would_reach_it():
    text = report_text(a_report(answered({"ramp": "partly", "signs": "none"}), checklist=CHECKLIST))
    assert "Score       25%, 1½ of 6 points" in text
    assert "Evidenced   0%, 0 of 6 points" in text
    assert "Essentials  1 of 1 met" in text
    assert "Answered    2 of 3 criteria" in text
    assert "Level       First" in text
    assert "Unanswered  A2" in text
    assert "A. Start  30%    1½ of 5  1 of 2" in text
    assert "What Second lacks" in text
    assert "Section Way: 0% (0 of 1), 50% needed" in text
    assert "Criteria answered: 66% (2 of 3), 100% needed" in text
    assert "Provide a ramp" in text
    assert "Afterwards: " in text


def test_a_quick_report_says_how_many_essentials_are_met_and_nothing_of_a_level():
    quick = a_report(answered({"ramp": "partly"}), checklist=CHECKLIST)
    text = report_text(quick)
    assert "Result      Essentials only: 1 of 1 (the quick audit)" in text
    for absent in ("Score  ", "Level", "lacks", "Afterwards"):
        assert absent not in text
    whole = a_report(answered({"ramp": "full", "signs": "full"}), checklist=CHECKLIST)
    assert "none   Essentials only: 1 of 1  50%" in comparison_text(compare([quick, whole]))


def test_without_levels_there_is_nothing_to_reach():
    report = a_report(answered({"ramp": "full"}), checklist=a_checklist({"ramp": 1}))
    text = report_text(report)
    assert "Level" not in text
    assert "lacks" not in text
    assert report.score.counted(State.UNANSWERED) == 0
    assert "Unanswered" not in text


def test_a_comparison_shows_differences_first_and_only_them():
    best = a_report(answered({"ramp": "full", "signs": "full"}), checklist=CHECKLIST)
    other = a_report(
        answered({"ramp": "none", "signs": "full"}), checklist=CHECKLIST, event=an_event("Other Run")
    )
    text = comparison_text(compare([best, other]))
    assert "Other Run 2027" in text
    assert "over the 3 criteria that apply to all" in text
    assert "A1 There is a ramp" in text
    assert "B1 There is a signs" not in text
    assert "No criterion" in comparison_text(compare([best, best]))


def test_a_checklist_to_read_has_every_question_and_grade():
    text = checklist_text(CHECKLIST)
    for criterion in CHECKLIST.criteria:
        assert criterion.question in text
    assert "Partly: There is one at the start" in text
    assert "Second: A level." in text
