"""What the services are tried with: a catalogue of one small checklist, and an audit just started."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from auditapp.domain.audit import Audit
from auditapp.domain.checklist import Checklist
from auditapp.domain.errors import ChecklistNotFound
from auditapp.domain.facts import Condition, Fact
from auditapp.services import auditing
from tests.builders import a_checklist, a_criterion, a_level, an_event
from tests.services import NOW

GARMENT = Fact(id="garment", question="Is a garment given?", type="boolean")

ACCESS = a_checklist(
    criteria=[
        a_criterion("ramp", "A1", weight=4),
        a_criterion("map", "A2", weight=2),
        a_criterion("shirt", "B1", section="finish", applies_if=Condition(fact="garment", is_=True)),
    ],
    sections=("start", "finish"),
    facts=[GARMENT],
    levels=[a_level("fair", score=50)],
)


class SmallCatalogue:
    """The checklists of these tests, by name; the last of an id is its newest."""

    def __init__(self, *checklists: Checklist) -> None:
        self.checklists = {checklist.ref: checklist for checklist in checklists} | {
            checklist.id: checklist for checklist in checklists
        }

    def get(self, ref: str) -> Checklist:
        """The checklist of this name; raises ChecklistNotFound."""
        try:
            return self.checklists[ref]
        except KeyError:
            raise ChecklistNotFound(ref) from None


@dataclass
class Trial:
    """An audit under trial, and the session and catalogue it lives in."""

    session: Session
    catalogue: SmallCatalogue
    key: str
    token: str

    @property
    def reach(self) -> tuple[Session, SmallCatalogue, str, str]:
        """What every service that touches the audit begins with."""
        return self.session, self.catalogue, self.key, self.token

    def audit(self) -> Audit:
        """The audit as it stands."""
        return auditing.load_audit(*self.reach)


@pytest.fixture
def catalogue() -> SmallCatalogue:
    """One checklist."""
    return SmallCatalogue(ACCESS)


@pytest.fixture
def trial(session: Session, catalogue: SmallCatalogue) -> Trial:
    """An audit just started."""
    started = auditing.start_audit(session, catalogue, checklist="access", event=an_event(), now=NOW)
    return Trial(session, catalogue, started.key, started.token)
