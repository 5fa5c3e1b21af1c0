"""What the services are tried with: a small checklist in a real catalogue, and an audit just started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue, load_catalogue
from auditapp.domain.audit import Answer, Audit
from auditapp.domain.checklist import Checklist
from auditapp.domain.facts import Condition, Fact
from auditapp.domain.report import Publication, Report
from auditapp.proof.signing import Document, unsigned
from auditapp.services import auditing, completing, publishing, starting
from auditapp.services.finding import Found, search_reports
from auditapp.services.links import Started
from auditapp.services.printing import Issued
from auditapp.storage.files import Files
from auditapp.storage.gazetteer import NO_GAZETTEER, Gazetteer
from auditapp.storage.index import Index
from auditapp.storage.search import Cursor, Search
from tests.builders import a_checklist, a_criterion, a_level, an_event
from tests.services import NOW, TODAY

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
        started = starting.start_audit(session, catalogue, checklist="access", event=an_event(name), now=NOW)
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


def issue(report: Report, publication: Publication) -> Issued:
    """What is published of a report, with a PDF of a few words."""
    return Issued(unsigned(report), f"%PDF {report.title} at {publication.slug}".encode())


def never(_document: Document, _publication: Publication) -> bytes:
    """Makes no PDF of what has one already."""
    raise AssertionError("a published PDF is made once")


def published(
    trial: Trial,
    files: Files,
    name: str = "Ridgeline Half Marathon",
    grade: str = "full",
    gazetteer: Gazetteer = NO_GAZETTEER,
    **event_parts: Any,
) -> tuple[Started, Publication]:
    """A report on an audit of its own, published."""
    started = starting.start_audit(
        trial.session, trial.catalogue, checklist="access", event=an_event(name, **event_parts), now=NOW
    )
    reach = (trial.session, trial.catalogue, started.key, started.token)
    auditing.answer_criterion(*reach, "ramp", Answer(grade=grade), version=0, now=NOW)
    completing.complete_audit(*reach, today=TODAY)
    return started, publishing.publish_report(
        trial.session,
        files,
        started.key,
        started.token,
        today=TODAY,
        issue=issue,
        gazetteer=gazetteer,
    )


def searched(
    session: Session,
    index: Index | None = None,
    *,
    cursor: Cursor | None = None,
    skip: int = 0,
    limit: int = 20,
    narrowed: Mapping[str, Iterable[str]] | None = None,
    **parts: Any,
) -> Found:
    """A page of a search, from an index read anew unless one is given."""
    chosen = tuple((facet, tuple(values)) for facet, values in (narrowed or {}).items())
    return search_reports(
        session, index or Index(), Search(narrowed=chosen, **parts), cursor=cursor, skip=skip, limit=limit
    )


def slugs(found: Found) -> list[str]:
    """The addresses of the reports on a page, in their order."""
    return [listing.slug for listing in found.items]
