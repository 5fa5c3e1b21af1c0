"""The numbers of a measure, and whether the grade follows from them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answers") as answers:
        answers.add_column(sa.Column("numbers", sa.Text(), nullable=True))
        answers.add_column(
            sa.Column("settled_by", sa.String(length=16), nullable=False, server_default="hand")
        )


def downgrade() -> None:
    with op.batch_alter_table("answers") as answers:
        answers.drop_column("settled_by")
        answers.drop_column("numbers")
