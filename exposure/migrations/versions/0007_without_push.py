"""Without push: a private calendar address, a mailbox, and what becomes of a mail."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('calendar_address',
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('lookup', sa.Text(), nullable=False),
    sa.Column('created', WHOLE, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id'),
    sa.UniqueConstraint('lookup'),
    sqlite_strict=True
    )
    op.create_table('mailbox',
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('off', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('asked', WHOLE, nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('confirmed', WHOLE, nullable=True),
    sa.Column('refusals', sa.Integer(), nullable=False),
    sa.Column('stopped', WHOLE, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id'),
    sa.UniqueConstraint('id'),
    sa.UniqueConstraint('off'),
    sqlite_strict=True
    )
    op.create_table('mailing',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('reminder_id', sa.Text(), nullable=False),
    sa.Column('occurrence', WHOLE, nullable=False),
    sa.Column('mailbox_id', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('due', WHOLE, nullable=False),
    sa.Column('until', WHOLE, nullable=False),
    sa.Column('lease', sa.Text(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('again', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('person_id', 'reminder_id', 'occurrence'),
    sqlite_strict=True
    )
    op.create_index('mailing_open', 'mailing', ['due'], unique=False, sqlite_where=sa.text("state = 'open'"),
                    postgresql_where=sa.text("state = 'open'"))
    op.create_index('mailing_past', 'mailing', ['occurrence'], unique=False)


def downgrade() -> None:
    op.drop_index('mailing_past', table_name='mailing')
    op.drop_index('mailing_open', table_name='mailing')
    op.drop_table('mailing')
    op.drop_table('mailbox')
    op.drop_table('calendar_address')
