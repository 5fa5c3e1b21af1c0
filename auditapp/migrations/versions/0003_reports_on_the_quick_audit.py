"""How much of the checklist a published report answers, and its essentials."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("publications") as publications:
        publications.add_column(
            sa.Column("scope", sa.String(length=16), nullable=False, server_default="whole")
        )
        publications.add_column(sa.Column("essentials_met", sa.Integer(), nullable=True))
        publications.add_column(sa.Column("essentials_applicable", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("publications") as publications:
        publications.drop_column("essentials_applicable")
        publications.drop_column("essentials_met")
        publications.drop_column("scope")
