"""What can go wrong, as facts. The pages, the API and the command line choose the words."""

from __future__ import annotations

from auditapp.domain.audit import Answer, Event
from auditapp.domain.facts import FactValue


class AuditError(Exception):
    """Something an audit, a report or a comparison cannot do."""


class ChecklistNotFound(AuditError):
    """No checklist of this id and version is known here."""

    def __init__(self, ref: str, known: tuple[str, ...] = ()) -> None:
        self.ref = ref
        self.known = known
        super().__init__(f"there is no checklist {ref!r}; known: {', '.join(known) or 'none'}")


class EventNotFound(AuditError):
    """No event has this address."""


class OrganiserNotFound(AuditError):
    """No organiser has this address."""


class AuditNotFound(AuditError):
    """No audit has this key, or the link that leads to it has been replaced."""


class AuditClosed(AuditError):
    """The audit is completed or published, so its answers cannot change."""


class AnswerRejected(AuditError):
    """An answer, fact or detail does not fit the checklist. `problems` names each field and what is wrong."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))


class AnswerConflict(AuditError):
    """Somebody else saved the same answer since it was read. Holds what is stored now, and its version."""

    def __init__(self, criterion_id: str, stored: Answer | None, version: int) -> None:
        self.criterion_id = criterion_id
        self.stored = stored
        self.version = version
        super().__init__(f"{criterion_id} was changed by somebody else (now version {version})")


class AnswerConflicts(AuditError):
    """Several answers of one page were changed by somebody else; the others of the page were saved."""

    def __init__(self, conflicts: tuple[AnswerConflict, ...]) -> None:
        self.conflicts = conflicts
        super().__init__("; ".join(str(conflict) for conflict in conflicts))


class DetailsConflict(AuditError):
    """Somebody else saved the event or its facts since they were read. Holds what is stored now, and its version."""

    def __init__(self, event: Event, facts: dict[str, FactValue], version: int) -> None:
        self.event = event
        self.facts = facts
        self.version = version
        super().__init__(f"the details were changed by somebody else (now version {version})")


class ReportNotFound(AuditError):
    """No published report has this address."""


class ReportWithdrawn(AuditError):
    """The report at this address has been withdrawn."""


class KeysUnreadable(AuditError):
    """The keys or the certificate of this installation cannot be used; the message says which file and why."""


class NotAReport(AuditError):
    """A file is no report: the message says what it is instead, or what is wrong with it."""


class NotComparable(AuditError):
    """These reports cannot be set side by side; the message says why."""


class RenderingFailed(AuditError):
    """The document could not be made: it took too long, grew too large, or a part was refused."""


class RenderingUnavailable(RenderingFailed):
    """The libraries the PDF needs are not installed; the message names the line to type."""
