"""Room for everybody: proposals that wait, and what was said, found without opening a word."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

SAID = sa.text("kind IN ('comment', 'idea', 'message', 'proposal')")


def upgrade() -> None:
    op.create_table('waiting',
    sa.Column('space_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('space_id', 'id'),
    sqlite_strict=True
    )
    op.create_index('waiting_of', 'waiting', ['by', 'space_id'], unique=False)
    op.create_index('edit_said', 'edit', ['space_id', 'actor_id', 'kind', 'at_server'], unique=False,
                    sqlite_where=SAID, postgresql_where=SAID)


def downgrade() -> None:
    op.drop_index('edit_said', table_name='edit')
    op.drop_index('waiting_of', table_name='waiting')
    op.drop_table('waiting')
