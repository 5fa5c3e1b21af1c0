"""What the services are tried with: a small checklist in a real catalogue, and an audit just started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue, load_catalogue
from auditapp.domain.audit import Audit
from auditapp.domain.checklist import Checklist
from auditapp.domain.facts import Condition, Fact
from auditapp.services import auditing
from auditapp.services.auditing import Started
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


def write_checklist(folder: Path, checklist: Checklist) -> None:
    """Put the file of a checklist where a catalogue of `folder` finds it. JSON is YAML."""
    path = folder / checklist.id / f"{checklist.version}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(checklist.model_dump_json(exclude_defaults=True), "utf-8")


def catalogue_of(folder: Path, *checklists: Checklist) -> Catalogue:
    """The catalogue of these checklists, written into `folder`."""
    for checklist in checklists:
        write_checklist(folder, checklist)
    return load_catalogue([folder])


@dataclass
class Trial:
    """An audit under trial, and the session and catalogue it lives in."""

    session: Session
    catalogue: Catalogue
    started: Started

    @classmethod
    def of(cls, session: Session, catalogue: Catalogue, name: str = "Ridgeline Half Marathon") -> Trial:
        """An audit with the checklist `access`, just started."""
        started = auditing.start_audit(session, catalogue, checklist="access", event=an_event(name), now=NOW)
        return cls(session, catalogue, started)

    @property
    def key(self) -> str:
        """The key of the audit."""
        return self.started.key

    @property
    def token(self) -> str:
        """The token of its private link."""
        return self.started.token

    @property
    def reach(self) -> tuple[Session, Catalogue, str, str]:
        """What every service that touches the audit begins with."""
        return self.session, self.catalogue, self.key, self.token

    def audit(self) -> Audit:
        """The audit as it stands."""
        return auditing.load_audit(*self.reach)
