"""Events and organisers, the index of published reports, and documents kept without the text of their checklist."""

import zlib

import sqlalchemy as sa
from alembic import op

from auditapp.storage.documents import Stored, split

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
    with op.batch_alter_table("reports") as reports:
        reports.add_column(sa.Column("packed", sa.LargeBinary(), nullable=True))
        reports.add_column(sa.Column("packed_signed", sa.LargeBinary(), nullable=True))
        reports.add_column(sa.Column("wording", sa.String(length=64), nullable=True))
        reports.add_column(sa.Column("signed_wording", sa.String(length=64), nullable=True))
    pack()
    with op.batch_alter_table("reports") as reports:
        reports.drop_column("document")
        reports.drop_column("signed")
        reports.alter_column(
            "packed", new_column_name="document", existing_type=sa.LargeBinary(), nullable=False
        )
        reports.alter_column("packed_signed", new_column_name="signed", existing_type=sa.LargeBinary())
        reports.create_foreign_key(op.f("fk_reports_wording_wordings"), "wordings", ["wording"], ["digest"])
        reports.create_foreign_key(
            op.f("fk_reports_signed_wording_wordings"), "wordings", ["signed_wording"], ["digest"]
        )


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
    with op.batch_alter_table("reports") as reports:
        reports.alter_column("document", new_column_name="packed", existing_type=sa.LargeBinary())
        reports.alter_column("signed", new_column_name="packed_signed", existing_type=sa.LargeBinary())
        reports.drop_constraint(op.f("fk_reports_wording_wordings"), type_="foreignkey")
        reports.drop_constraint(op.f("fk_reports_signed_wording_wordings"), type_="foreignkey")
        reports.add_column(sa.Column("document", sa.Text(), nullable=False, server_default=""))
        reports.add_column(sa.Column("signed", sa.Text(), nullable=True))
    unpack()
    with op.batch_alter_table("reports") as reports:
        reports.drop_column("packed")
        reports.drop_column("packed_signed")
        reports.drop_column("wording")
        reports.drop_column("signed_wording")
        reports.alter_column("document", server_default=None)
    with op.batch_alter_table("publications") as publications:
        publications.drop_constraint(op.f("fk_publications_event_id_events"), type_="foreignkey")
        publications.drop_constraint(op.f("fk_publications_organiser_id_organisers"), type_="foreignkey")
        publications.drop_index("ix_publications_event_id")
        publications.drop_index("ix_publications_organiser_id")
        for name in ("strengths", "edition_on", "organiser_id", "event_id", "country"):
            publications.drop_column(name)
        publications.add_column(sa.Column("searched", sa.Text(), nullable=False, server_default=""))
        publications.create_index("ix_publications_state_published_on_id", ["state", "published_on", "id"])
        publications.create_index(
            "ix_publications_state_evidenced_percent_id", ["state", "evidenced_percent", "id"]
        )
    with op.batch_alter_table("audits") as audits:
        audits.drop_column("follows")
    for table in ("index_state", "postings", "events", "organisers", "wordings"):
        op.drop_table(table)


def unpack() -> None:
    """Put every document together again."""
    connection = op.get_bind()
    texts = {
        row.digest: zlib.decompress(row.text).decode()
        for row in connection.execute(sa.text("SELECT digest, text FROM wordings"))
    }
    last = 0
    while rows := connection.execute(
        sa.text("SELECT * FROM reports WHERE id > :last ORDER BY id LIMIT :most"),
        {"last": last, "most": AT_ONCE},
    ).all():
        for row in rows:
            document = Stored(zlib.decompress(row.packed).decode(), row.wording).joined(texts)
            signed = None
            if row.packed_signed is not None:
                signed = Stored(zlib.decompress(row.packed_signed).decode(), row.signed_wording).joined(texts)
            connection.execute(
                sa.text("UPDATE reports SET document = :document, signed = :signed WHERE id = :id"),
                {"document": document, "signed": signed, "id": row.id},
            )
        last = rows[-1].id
