"""A few invented audits and published reports, to look at on a new installation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue, read_answers
from auditapp.domain.audit import AuditFile
from auditapp.services import auditing, completing, links, publishing, starting
from auditapp.storage.files import Files
from auditapp.storage.gazetteer import NO_GAZETTEER, Gazetteer

OPEN = "open-"
"""What the name of an example begins with that is left half filled in."""


@dataclass(frozen=True)
class Loaded:
    """What was added: addresses of published reports, and the private links of open audits."""

    published: tuple[str, ...]
    opened: tuple[links.Started, ...] = field(repr=False)


def load_examples(
    session: Session,
    catalogue: Catalogue,
    files: Files,
    folder: Path,
    *,
    now: dt.datetime,
    issue: publishing.Issue,
    gazetteer: Gazetteer = NO_GAZETTEER,
) -> Loaded:
    """Add every example of `folder` that is not there yet; a second run adds nothing.

    Raises FileError for an example that cannot be read, and RenderingFailed.
    """
    published, opened = [], []
    paths = sorted(folder.glob("*.yaml"))
    examples = [(path, read_answers(path, catalogue)) for path in paths]
    complete = [example for path, example in examples if not path.name.startswith(OPEN)]
    there = publishing.titles_given(session, [example.event.title for example in complete])
    fresh = [example for example in complete if example.event.title not in there]
    for example in fresh:
        started = _filled_in(session, catalogue, example, now)
        completing.complete_audit(session, catalogue, started.key, started.token, today=now.date())
        publication = publishing.publish_report(
            session,
            files,
            started.key,
            started.token,
            today=now.date(),
            issue=issue,
            gazetteer=gazetteer,
        )
        published.append(publication.slug)
    if fresh:
        opened = [
            _filled_in(session, catalogue, example, now)
            for path, example in examples
            if path.name.startswith(OPEN)
        ]
    return Loaded(tuple(published), tuple(opened))


def _filled_in(session: Session, catalogue: Catalogue, example: AuditFile, now: dt.datetime) -> links.Started:
    started = starting.start_audit(
        session, catalogue, checklist=example.checklist, event=example.event, now=now
    )
    key, token = started.key, started.token
    auditing.save_details(
        session, catalogue, key, token, event=example.event, facts=example.facts, version=0, now=now
    )
    auditing.answer_all(session, catalogue, key, token, example.answers, now=now)
    return started
