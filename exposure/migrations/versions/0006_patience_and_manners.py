"""Patience and manners: reminders for one date, how they are met, and how a person wants to be reminded at all."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW = {'date': sa.Text(), 'told': WHOLE, 'answered': WHOLE}
COUNTS = ('live', 'again', 'unanswered', 'skip')


def upgrade() -> None:
    for name, kind in NEW.items():
        op.add_column('reminder', sa.Column(name, kind, nullable=True))
    for name in COUNTS:
        op.add_column('reminder', sa.Column(name, sa.Integer(), nullable=False, server_default='0'))
    op.add_column('reminder', sa.Column('tellings', sa.Text(), nullable=False, server_default=''))
    op.execute('UPDATE reminder SET live = 1 WHERE due IS NOT NULL')
    op.add_column('delivery', sa.Column('again', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('subscription', sa.Column('delivered', WHOLE, nullable=True))
    op.create_table('manner',
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('quiet_from', sa.Text(), nullable=False),
    sa.Column('quiet_to', sa.Text(), nullable=False),
    sa.Column('ceiling', sa.Integer(), nullable=False),
    sa.Column('paused', sa.Text(), nullable=False),
    sa.Column('paused_until', WHOLE, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id'),
    sqlite_strict=True
    )
    op.create_table('told_day',
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('day', sa.Text(), nullable=False),
    sa.Column('many', sa.Integer(), nullable=False),
    sa.Column('before', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'day'),
    sqlite_strict=True
    )
    op.create_index('told_day_past', 'told_day', ['day'], unique=False)


def downgrade() -> None:
    op.drop_index('told_day_past', table_name='told_day')
    op.drop_table('told_day')
    op.drop_table('manner')
    op.drop_column('subscription', 'delivered')
    op.drop_column('delivery', 'again')
    for name in (*COUNTS, *NEW, 'tellings'):
        op.drop_column('reminder', name)
