"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("checklist", sa.String(length=80), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("facts_saved", sa.Boolean(), nullable=False),
        sa.Column("details_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("corrects", sa.String(length=100), nullable=True),
        sa.Column("published_as", sa.String(length=100), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
        sa.UniqueConstraint("key", name=op.f("uq_audits_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_audits_token_hash")),
    )
    op.create_table(
        "answers",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=60), nullable=False),
        sa.Column("grade", sa.String(length=60), nullable=True),
        sa.Column("not_applicable", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_answers_audit_id_audits")),
        sa.PrimaryKeyConstraint("audit_id", "criterion", name=op.f("pk_answers")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_reports_audit_id_audits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_audit_id"), "reports", ["audit_id"])

    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("superseded_by", sa.String(length=100), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=410), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("organiser", sa.String(length=200), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("checklist", sa.String(length=80), nullable=False),
        sa.Column("checklist_id", sa.String(length=60), nullable=False),
        sa.Column("checklist_name", sa.String(length=320), nullable=False),
        sa.Column("level", sa.String(length=60), nullable=True),
        sa.Column("level_title", sa.String(length=300), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("evidenced_percent", sa.Integer(), nullable=True),
        sa.Column("points", sa.String(length=40), nullable=False),
        sa.Column("possible", sa.String(length=40), nullable=False),
        sa.Column("answers_given", sa.Integer(), nullable=False),
        sa.Column("answers_evidenced", sa.Integer(), nullable=False),
        sa.Column("distance", sa.Double(), nullable=True),
        sa.Column("field_size", sa.Double(), nullable=True),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_publications_audit_id_audits")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_publications_report_id_reports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint("report_id", name=op.f("uq_publications_report_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_publications_slug")),
    )
    op.create_index(op.f("ix_publications_audit_id"), "publications", ["audit_id"])
    op.create_index(
        "ix_publications_state_evidenced_percent_id", "publications", ["state", "evidenced_percent", "id"]
    )
    op.create_index("ix_publications_state_published_on_id", "publications", ["state", "published_on", "id"])


def downgrade() -> None:
    for table in ("publications", "reports", "answers", "audits"):
        op.drop_table(table)
