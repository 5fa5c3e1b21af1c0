"""Audits and their answers, by key and token."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

from pydantic import TypeAdapter
from sqlalchemy import CursorResult, Insert, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from auditapp.domain.audit import Answer, Audit, AuditState, Event, Evidence, Standing
from auditapp.domain.checklist import Checklist
from auditapp.domain.facts import FactValue
from auditapp.domain.measures import Numbers
from auditapp.storage.rows import AnswerRow, AuditRow

_FACTS: TypeAdapter[dict[str, FactValue]] = TypeAdapter(dict[str, FactValue])
_EVIDENCE: TypeAdapter[tuple[Evidence, ...]] = TypeAdapter(tuple[Evidence, ...])

_AUDIT = cast(Table, AuditRow.__table__)
_ANSWER = cast(Table, AnswerRow.__table__)
_BY_TOKEN = select(_AUDIT).where(
    _AUDIT.c.key == bindparam("key"), _AUDIT.c.token_hash == bindparam("token_hash")
)
_LOCKED = _BY_TOKEN.with_for_update()
_ANSWERS = select(_ANSWER).where(_ANSWER.c.audit_id == bindparam("audit_id"))
_KEPT = (
    "grade",
    "not_applicable",
    "note",
    "evidence",
    "numbers",
    "settled_by",
    "standing",
    "version",
    "saved_at",
)


def _upsert(into: sqlite.Insert | postgresql.Insert) -> Insert:
    return into.on_conflict_do_update(
        index_elements=["audit_id", "criterion"], set_={name: into.excluded[name] for name in _KEPT}
    )


# Put together once: that takes longer than running one.
_ADD = insert(_AUDIT).returning(_AUDIT.c.id)
_UPSERTS: dict[str, Insert] = {
    "sqlite": _upsert(sqlite.insert(_ANSWER)),
    "postgresql": _upsert(postgresql.insert(_ANSWER)),
}


class Header(NamedTuple):
    """What an audit is, without its answers. `lineage` is the published report it corrects or follows."""

    id: int
    state: AuditState
    published_as: str | None
    lineage: str | None


class StoredAudit(NamedTuple):
    """An audit and the number of its row."""

    id: int
    audit: Audit


def add(
    session: Session,
    *,
    key: str,
    token_hash: str,
    checklist: str,
    event: Event,
    now: dt.datetime,
    facts: Mapping[str, FactValue] | None = None,
    corrects: str | None = None,
    follows: str | None = None,
    published_as: str | None = None,
) -> int:
    """Add an audit; the number of its row. It is open, or, where it comes with the address of its report, published."""
    is_published = published_as is not None
    values = {
        "key": key,
        "token_hash": token_hash,
        "checklist": checklist,
        "event": event.model_dump_json(),
        "facts": json.dumps(dict(facts or {})),
        "facts_saved": corrects is not None or is_published,
        "details_version": int(is_published),
        "state": AuditState.PUBLISHED if is_published else AuditState.OPEN,
        "corrects": corrects,
        "follows": follows,
        "published_as": published_as,
        "created_at": now,
        "changed_at": now,
    }
    return int(session.execute(_ADD, values).scalar_one())


def key_of(session: Session, token_hash: str) -> str | None:
    """The key of the audit this token opens; None when it opens none."""
    return session.scalar(select(_AUDIT.c.key).where(_AUDIT.c.token_hash == token_hash))


def last_key(session: Session, beginning: str) -> str | None:
    """The key of the audit added last of those whose keys begin so; None when there is none."""
    statement = select(_AUDIT.c.key).where(_AUDIT.c.key.startswith(beginning, autoescape=True))
    return session.scalar(statement.order_by(_AUDIT.c.id.desc()).limit(1))


def header(session: Session, key: str, token_hash: str, *, for_update: bool = False) -> Header | None:
    """The audit without its answers; None unless key and token belong together."""
    found = session.execute(
        _LOCKED if for_update else _BY_TOKEN, {"key": key, "token_hash": token_hash}
    ).one_or_none()
    if found is None:
        return None
    lineage = found.corrects or found.follows
    return Header(found.id, AuditState(found.state), found.published_as, lineage)


def find(
    session: Session,
    key: str,
    token_hash: str,
    checklist_for: Callable[[str], Checklist],
    *,
    for_update: bool = False,
) -> StoredAudit | None:
    """The audit with its answers; None unless key and token belong together.

    `for_update` keeps other writers of this audit waiting until the end of the transaction.
    """
    found = session.execute(
        _LOCKED if for_update else _BY_TOKEN, {"key": key, "token_hash": token_hash}
    ).one_or_none()
    if found is None:
        return None
    rows = session.execute(_ANSWERS, {"audit_id": found.id}).all()
    audit = Audit(
        key=found.key,
        checklist=checklist_for(found.checklist),
        event=Event.model_validate_json(found.event),
        facts=_FACTS.validate_json(found.facts),
        facts_saved=found.facts_saved,
        answers={row.criterion: _answer(row) for row in rows},
        versions={row.criterion: row.version for row in rows},
        saved_at={row.criterion: row.saved_at for row in rows},
        details_version=found.details_version,
        state=AuditState(found.state),
        corrects=found.corrects,
        follows=found.follows,
        published_as=found.published_as,
    )
    return StoredAudit(found.id, audit)


def _answer(row: Any) -> Answer:
    return Answer(
        grade=row.grade,
        not_applicable=row.not_applicable,
        note=row.note,
        evidence=() if row.evidence == "[]" else _EVIDENCE.validate_json(row.evidence),
        standing=Standing(row.standing),
        numbers=Numbers.model_validate_json(row.numbers) if row.numbers else None,
        settled_by=row.settled_by,
    )


def save_answers(
    session: Session, audit_id: int, answers: Mapping[str, tuple[Answer, int]], *, now: dt.datetime
) -> None:
    """Save answers with their new versions, in one statement."""
    session.execute(
        _UPSERTS[session.get_bind().dialect.name],
        [
            {
                "audit_id": audit_id,
                "criterion": criterion,
                "grade": answer.grade,
                "not_applicable": answer.not_applicable,
                "note": answer.note,
                "evidence": _EVIDENCE.dump_json(answer.evidence).decode(),
                "numbers": answer.numbers.model_dump_json() if answer.numbers else None,
                "settled_by": answer.settled_by,
                "standing": answer.standing.value,
                "version": version,
                "saved_at": now,
            }
            for criterion, (answer, version) in answers.items()
        ],
    )


def save_details(
    session: Session,
    audit_id: int,
    *,
    event: Event,
    facts: Mapping[str, FactValue],
    facts_saved: bool = True,
    version: int,
    now: dt.datetime,
) -> None:
    """Save the event and its facts. `facts_saved` says whether all of them have been asked."""
    _change(
        session,
        audit_id,
        event=event.model_dump_json(),
        facts=json.dumps(dict(facts)),
        facts_saved=facts_saved,
        details_version=version,
        changed_at=now,
    )


def replace_token(session: Session, key: str, *, old: str, new: str) -> bool:
    """Let another token open the audit instead of the old one; False when the old one does not open it, or no more."""
    statement = update(_AUDIT).where(_AUDIT.c.key == key, _AUDIT.c.token_hash == old).values(token_hash=new)
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def set_state(session: Session, audit_id: int, state: AuditState, *, published_as: str | None = None) -> None:
    """Open, complete or close the audit."""
    _change(session, audit_id, state=state.value, published_as=published_as)


def _change(session: Session, audit_id: int, **values: Any) -> None:
    session.execute(update(_AUDIT).where(_AUDIT.c.id == audit_id).values(**values))
