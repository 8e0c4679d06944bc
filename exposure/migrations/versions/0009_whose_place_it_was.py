"""Whose place of the day a telling took, so that it can be given back; and when a reminder was answered last."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("delivery", sa.Column("day", sa.Text(), nullable=True))
    op.add_column("mailing", sa.Column("day", sa.Text(), nullable=True))
    op.add_column("reminder", sa.Column("spoken", WHOLE, nullable=True))


def downgrade() -> None:
    op.drop_column("reminder", "spoken")
    op.drop_column("mailing", "day")
    op.drop_column("delivery", "day")
