"""Where the event of a report lies, as far as its town is known. `auditapp db reindex` fills it in for what is there."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = ("latitude", "longitude")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("publications", sa.Column(name, sa.Double(), nullable=True))


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("publications", name)
