from auditapp.domain.audit import Answer
from auditapp.domain.errors import (
    AnswerConflict,
    AnswerConflicts,
    AnswerRejected,
    AuditError,
    ChecklistNotFound,
    DetailsConflict,
)
from tests.builders import an_event


def test_errors_hold_the_facts_and_say_them_plainly():
    missing = ChecklistNotFound("moat@1.0", known=("endurance-event@0.1",))
    rejected = AnswerRejected({"shirt": "there is no grade 'some'", "ramp": "the note is too long"})
    conflict = AnswerConflict("shirt", Answer(grade="full"), 3)
    assert str(missing) == "there is no checklist 'moat@1.0'; known: endurance-event@0.1"
    assert str(ChecklistNotFound("moat")) == "there is no checklist 'moat'; known: none"
    assert str(rejected) == "shirt: there is no grade 'some'; ramp: the note is too long"
    assert str(AnswerConflicts((conflict,))) == "shirt was changed by somebody else (now version 3)"
    assert conflict.stored == Answer(grade="full")
    details = DetailsConflict(an_event(), {"garment": True}, 4)
    assert str(details) == "the details were changed by somebody else (now version 4)"
    assert (details.event, details.facts, details.version) == (an_event(), {"garment": True}, 4)
    assert all(isinstance(error, AuditError) for error in (missing, rejected, conflict, details))
