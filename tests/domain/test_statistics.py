from fractions import Fraction

from auditapp.domain.statistics import counted
from tests.builders import a_checklist, a_criterion

CHECKLIST = a_checklist(criteria=[a_criterion("ramp", "A1")])
RAMP = CHECKLIST.criterion("ramp")


def test_a_count_tells_full_from_partly_and_from_not_at_all():
    full, partly, none = RAMP.grade_ids[-1], RAMP.grade_ids[1], RAMP.grade_ids[0]
    count = counted(CHECKLIST, RAMP, {full: 31, partly: 5, none: 12}, not_applicable=2, unanswered=3)
    assert (count.met, count.partly, count.unmet, count.answered) == (31, 5, 12, 48)
    assert (count.percent, count.small) == (64, False)
    assert count.interval is not None
    assert count.interval.low < Fraction(31, 48) < count.interval.high


def test_where_nobody_answered_there_is_no_share():
    count = counted(CHECKLIST, RAMP, {}, not_applicable=4, unanswered=3)
    assert (count.answered, count.percent, count.interval, count.small) == (0, None, None, True)
