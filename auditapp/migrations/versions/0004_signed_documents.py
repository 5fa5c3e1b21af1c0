"""The document of a report as it was signed at publication, its digest, and the digest of its PDF."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reports") as reports:
        reports.add_column(sa.Column("signed", sa.Text(), nullable=True))
    with op.batch_alter_table("publications") as publications:
        publications.add_column(sa.Column("digest", sa.String(length=64), nullable=True))
        publications.add_column(sa.Column("pdf_digest", sa.String(length=64), nullable=True))
        publications.create_index("ix_publications_digest", ["digest"])


def downgrade() -> None:
    with op.batch_alter_table("publications") as publications:
        publications.drop_index("ix_publications_digest")
        publications.drop_column("pdf_digest")
        publications.drop_column("digest")
    with op.batch_alter_table("reports") as reports:
        reports.drop_column("signed")
