"""The tables."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, DateTime, Dialect, ForeignKey, Index, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC on every database; SQLite itself knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """Only moments that say their zone are kept."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


class Row(DeclarativeBase):
    """A table; constraints are named so that a migration can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class AuditRow(Row):
    """An audit without its answers. `event` and `facts` are JSON as the domain writes it."""

    __tablename__ = "audits"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    checklist: Mapped[str] = mapped_column(String(80))
    event: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)
    facts_saved: Mapped[bool]
    details_version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    corrects: Mapped[str | None] = mapped_column(String(100))
    published_as: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    changed_at: Mapped[dt.datetime] = mapped_column(Moment)


class AnswerRow(Row):
    """One answer. `version` counts its saves; `evidence` and `numbers` are JSON as the domain writes them."""

    __tablename__ = "answers"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(60), primary_key=True)
    grade: Mapped[str | None] = mapped_column(String(60))
    not_applicable: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    numbers: Mapped[str | None] = mapped_column(Text)
    settled_by: Mapped[str] = mapped_column(String(16), default="hand", server_default="hand")
    standing: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    saved_at: Mapped[dt.datetime] = mapped_column(Moment)


class ReportRow(Row):
    """A frozen report, as the domain wrote it; `signed` is what was made of it when it was published."""

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), index=True)
    document: Mapped[str] = mapped_column(Text)
    signed: Mapped[str | None] = mapped_column(Text)
    completed_on: Mapped[dt.date] = mapped_column(Date)


class PublicationRow(Row):
    """A published report: its address and state, and what the list shows and searches without opening documents.

    `digest` is that of the signed document; reports published before documents were signed have none.
    """

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), unique=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    published_on: Mapped[dt.date] = mapped_column(Date)
    withdrawn_on: Mapped[dt.date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    superseded_by: Mapped[str | None] = mapped_column(String(100))
    digest: Mapped[str | None] = mapped_column(String(64), index=True)
    pdf_digest: Mapped[str | None] = mapped_column(String(64))
    expires_on: Mapped[dt.date] = mapped_column(Date)

    title: Mapped[str] = mapped_column(String(410))
    place: Mapped[str] = mapped_column(String(200))
    organiser: Mapped[str] = mapped_column(String(200))
    searched: Mapped[str] = mapped_column(Text)
    year: Mapped[int] = mapped_column(Integer)
    checklist: Mapped[str] = mapped_column(String(80))
    checklist_id: Mapped[str] = mapped_column(String(60))
    checklist_name: Mapped[str] = mapped_column(String(320))
    level: Mapped[str | None] = mapped_column(String(60))
    level_title: Mapped[str | None] = mapped_column(String(300))
    scope: Mapped[str] = mapped_column(String(16), default="whole", server_default="whole")
    essentials_met: Mapped[int | None]
    essentials_applicable: Mapped[int | None]
    percent: Mapped[int | None]
    evidenced_percent: Mapped[int | None]
    points: Mapped[str] = mapped_column(String(40))
    possible: Mapped[str] = mapped_column(String(40))
    answers_given: Mapped[int]
    answers_evidenced: Mapped[int]
    distance: Mapped[float | None]
    field_size: Mapped[float | None]
    sections: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("ix_publications_state_published_on_id", "state", "published_on", "id"),
        Index("ix_publications_state_evidenced_percent_id", "state", "evidenced_percent", "id"),
    )
