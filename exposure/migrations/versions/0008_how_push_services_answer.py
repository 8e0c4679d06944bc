"""How push services answer: by the day, for whoever runs the house."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('push_host',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('day', sa.Text(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('later', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.Column('gone', sa.Integer(), nullable=False),
    sa.Column('last_taken', WHOLE, nullable=True),
    sa.Column('last_trouble', WHOLE, nullable=True),
    sa.Column('trouble', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('name', 'day'),
    sqlite_strict=True
    )


def downgrade() -> None:
    op.drop_table('push_host')
