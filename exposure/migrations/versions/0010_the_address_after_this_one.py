"""The address after this one: a mailbox that works goes on until the code of the next came back."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mailbox", sa.Column("next_id", sa.Text(), nullable=True))
    op.add_column("mailbox", sa.Column("next_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("mailbox", "next_sealed")
    op.drop_column("mailbox", "next_id")
