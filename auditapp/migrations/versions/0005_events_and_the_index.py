"""Events and organisers, the index of published reports, and documents kept without the text of their checklist."""

import zlib

import sqlalchemy as sa
from alembic import op

from auditapp.storage.documents import Stored, split
from auditapp.storage.terms import folded

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

AT_ONCE = 50


def upgrade() -> None:
    op.create_table(
        "wordings",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_wordings")),
    )
    op.create_table(
        "organisers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisers")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisers_slug")),
        sa.UniqueConstraint("key", name=op.f("uq_organisers_key")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organiser_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organiser_id"], ["organisers.id"], name=op.f("fk_events_organiser_id_organisers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("slug", name=op.f("uq_events_slug")),
    )
    op.create_index("ix_events_key", "events", ["key"])
    op.create_index("ix_events_organiser_id", "events", ["organiser_id"])
    op.create_table(
        "postings",
        sa.Column("term", sa.String(length=300), nullable=False),
        sa.Column("chunk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("term", "chunk", name=op.f("pk_postings")),
    )
    op.create_index("ix_postings_changed", "postings", ["changed"])
    op.create_table(
        "index_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_state")),
    )
    with op.batch_alter_table("audits") as audits:
        audits.add_column(sa.Column("follows", sa.String(length=100), nullable=True))
    with op.batch_alter_table("publications") as publications:
        publications.drop_index("ix_publications_state_published_on_id")
        publications.drop_index("ix_publications_state_evidenced_percent_id")
        publications.drop_column("searched")
        publications.add_column(
            sa.Column("country", sa.String(length=200), nullable=False, server_default="")
        )
        publications.add_column(sa.Column("event_id", sa.Integer(), nullable=True))
        publications.add_column(sa.Column("organiser_id", sa.Integer(), nullable=True))
        publications.add_column(sa.Column("edition_on", sa.Date(), nullable=True))
        publications.add_column(sa.Column("strengths", sa.Text(), nullable=False, server_default="[]"))
        publications.create_foreign_key(
            op.f("fk_publications_event_id_events"), "events", ["event_id"], ["id"]
        )
        publications.create_foreign_key(
            op.f("fk_publications_organiser_id_organisers"), "organisers", ["organiser_id"], ["id"]
        )
        publications.create_index("ix_publications_event_id", ["event_id"])
        publications.create_index("ix_publications_organiser_id", ["organiser_id"])
    # Written out: made anew, as SQLite's tables are in a batch, this one would leave those that point to it without rows.
    binary = "BYTEA" if op.get_bind().dialect.name == "postgresql" else "BLOB"
    for change in (
        f"ADD COLUMN packed {binary} NOT NULL DEFAULT ''",
        f"ADD COLUMN packed_signed {binary}",
        "ADD COLUMN wording VARCHAR(64) CONSTRAINT fk_reports_wording_wordings REFERENCES wordings (digest)",
        "ADD COLUMN signed_wording VARCHAR(64) "
        "CONSTRAINT fk_reports_signed_wording_wordings REFERENCES wordings (digest)",
    ):
        op.execute(f"ALTER TABLE reports {change}")
    pack()
    for change in (
        "DROP COLUMN document",
        "DROP COLUMN signed",
        "RENAME COLUMN packed TO document",
        "RENAME COLUMN packed_signed TO signed",
    ):
        op.execute(f"ALTER TABLE reports {change}")


def pack() -> None:
    """Bring every document into the form in which it is kept from now on."""
    connection = op.get_bind()
    known: set[str] = set()
    last = 0
    while rows := connection.execute(
        sa.text("SELECT id, document, signed FROM reports WHERE id > :last ORDER BY id LIMIT :most"),
        {"last": last, "most": AT_ONCE},
    ).all():
        for row in rows:
            values: dict[str, object] = {"id": row.id, "packed_signed": None, "signed_wording": None}
            for text, packed, wording in (
                (row.document, "packed", "wording"),
                (row.signed, "packed_signed", "signed_wording"),
            ):
                if text is None:
                    continue
                stored, checklist = split(text)
                if stored.wording is not None and stored.wording not in known:
                    known.add(stored.wording)
                    connection.execute(
                        sa.text("INSERT INTO wordings (digest, text) VALUES (:digest, :text)"),
                        {"digest": stored.wording, "text": zlib.compress(checklist.encode())},
                    )
                values[packed], values[wording] = zlib.compress(stored.rest.encode()), stored.wording
            connection.execute(
                sa.text(
                    "UPDATE reports SET packed = :packed, packed_signed = :packed_signed, wording = :wording, "
                    "signed_wording = :signed_wording WHERE id = :id"
                ),
                values,
            )
        last = rows[-1].id


def downgrade() -> None:
    for change in (
        "RENAME COLUMN document TO packed",
        "RENAME COLUMN signed TO packed_signed",
        "ADD COLUMN document TEXT NOT NULL DEFAULT ''",
        "ADD COLUMN signed TEXT",
    ):
        op.execute(f"ALTER TABLE reports {change}")
    unpack()
    for column in ("packed", "packed_signed", "wording", "signed_wording"):
        op.execute(f"ALTER TABLE reports DROP COLUMN {column}")
    with op.batch_alter_table("publications") as publications:
        publications.add_column(sa.Column("searched", sa.Text(), nullable=False, server_default=""))
    searched()
    with op.batch_alter_table("publications") as publications:
        publications.drop_constraint(op.f("fk_publications_event_id_events"), type_="foreignkey")
        publications.drop_constraint(op.f("fk_publications_organiser_id_organisers"), type_="foreignkey")
        publications.drop_index("ix_publications_event_id")
        publications.drop_index("ix_publications_organiser_id")
        for column in ("strengths", "edition_on", "organiser_id", "event_id", "country"):
            publications.drop_column(column)
        publications.create_index("ix_publications_state_published_on_id", ["state", "published_on", "id"])
        publications.create_index(
            "ix_publications_state_evidenced_percent_id", ["state", "evidenced_percent", "id"]
        )
    op.execute("ALTER TABLE audits DROP COLUMN follows")
    for table in ("index_state", "postings", "events", "organisers", "wordings"):
        op.drop_table(table)


def unpack() -> None:
    """Put every document together again."""
    connection = op.get_bind()
    texts = {
        row.digest: zlib.decompress(row.text).decode()
        for row in connection.execute(sa.text("SELECT digest, text FROM wordings"))
    }

    def whole(packed: bytes | None, wording: str | None) -> str | None:
        return None if packed is None else Stored(zlib.decompress(packed).decode(), wording).joined(texts)

    last = 0
    while rows := connection.execute(
        sa.text("SELECT * FROM reports WHERE id > :last ORDER BY id LIMIT :most"),
        {"last": last, "most": AT_ONCE},
    ).all():
        for row in rows:
            connection.execute(
                sa.text("UPDATE reports SET document = :document, signed = :signed WHERE id = :id"),
                {
                    "document": whole(row.packed, row.wording),
                    "signed": whole(row.packed_signed, row.signed_wording),
                    "id": row.id,
                },
            )
        last = rows[-1].id


def searched() -> None:
    """Write again what the version before searched in."""
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT id, title, place, organiser FROM publications")).all():
        connection.execute(
            sa.text("UPDATE publications SET searched = :words WHERE id = :id"),
            {"words": folded(f"{row.title} {row.place} {row.organiser}"), "id": row.id},
        )
