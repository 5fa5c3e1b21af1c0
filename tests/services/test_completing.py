"""Audits completed, and taken up again."""

import pytest

from auditapp.domain.audit import Answer, AuditState
from auditapp.domain.errors import AuditClosed
from auditapp.services import auditing, completing
from tests.builders import evidence
from tests.services import LATER, NOW, TODAY
from tests.services.trial import Trial

FULL = Answer(grade="full", note="On every page", evidence=(evidence(),))


def test_completing_freezes_the_answers_and_can_be_undone(trial: Trial):
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    report = completing.complete_audit(*trial.reach, today=TODAY)
    assert report.score.level == "fair"
    assert report.completed_on == TODAY
    assert completing.complete_audit(*trial.reach, today=LATER.date()) == report
    assert trial.audit().state is AuditState.COMPLETED
    with pytest.raises(AuditClosed):
        auditing.answer_criterion(*trial.reach, "map", FULL, version=0, now=LATER)
    assert completing.reopen_audit(*trial.reach).state is AuditState.OPEN
    auditing.answer_criterion(*trial.reach, "map", FULL, version=0, now=LATER)
    assert completing.complete_audit(*trial.reach, today=TODAY).score.total.points == 6
