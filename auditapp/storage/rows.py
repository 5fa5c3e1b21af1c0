"""The tables."""

from __future__ import annotations

import datetime as dt
import zlib

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
)
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


class Packed(TypeDecorator[str]):
    """Text kept compressed, for texts that are read whole and never searched."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> bytes | None:
        """Compressed."""
        return None if value is None else zlib.compress(value.encode())

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> str | None:
        """As it was given."""
        return None if value is None else zlib.decompress(value).decode()


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
    """An audit without its answers. `event` and `facts` are JSON as the domain writes it.

    `corrects` is the address of the report it corrects, `follows` of the one whose next edition it is about.
    """

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
    follows: Mapped[str | None] = mapped_column(String(100))
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


class WordingRow(Row):
    """The text of a checklist as reports carry it, kept once for all of them. `digest` is its SHA-256."""

    __tablename__ = "wordings"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Packed)


class ReportRow(Row):
    """A frozen report, as the domain wrote it; `signed` is what was made of it when it was published.

    Where a wording is named, the document has a mark in place of its checklist (see `storage.documents`).
    """

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), index=True)
    document: Mapped[str] = mapped_column(Packed)
    wording: Mapped[str | None] = mapped_column(ForeignKey("wordings.digest"))
    signed: Mapped[str | None] = mapped_column(Packed)
    signed_wording: Mapped[str | None] = mapped_column(ForeignKey("wordings.digest"))
    completed_on: Mapped[dt.date] = mapped_column(Date)


class OrganiserRow(Row):
    """Who holds events, under one name. `key` is that name without accents and case."""

    __tablename__ = "organisers"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    key: Mapped[str] = mapped_column(String(400), unique=True)
    name: Mapped[str] = mapped_column(String(200))


class EventRow(Row):
    """What recurs under one name. `key` is name, organiser and country, by which another report is known to be about it."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    key: Mapped[str] = mapped_column(Text, index=True)
    name: Mapped[str] = mapped_column(String(200))
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("organisers.id"), index=True)
    place: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(200))


class PostingRow(Row):
    """Which publications a term fits: the lower 16 bits of their numbers as a roaring bitmap; `chunk` is the upper part.

    `changed` is the count of changes to the index at which it was last written.
    """

    __tablename__ = "postings"

    term: Mapped[str] = mapped_column(String(300), primary_key=True)
    chunk: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    bits: Mapped[bytes] = mapped_column(LargeBinary)
    changed: Mapped[int] = mapped_column(BigInteger, index=True)


class IndexStateRow(Row):
    """One row: how often the index was changed."""

    __tablename__ = "index_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    changes: Mapped[int] = mapped_column(BigInteger)


class PublicationRow(Row):
    """A published report: its address and state, and what lists show of it without opening documents.

    `digest` is that of the signed document; reports published before documents were signed have none. `event_id` is
    empty until the report has been taken into the index; latitude and longitude, in degrees, where the town is not known.
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
    country: Mapped[str] = mapped_column(String(200), default="", server_default="")
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("organisers.id"), index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    edition_on: Mapped[dt.date | None] = mapped_column(Date)
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
    strengths: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
