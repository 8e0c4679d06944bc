"""One ladder, two pens: invitations, consents, who is here, and until when a ladder is open for two."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column('membership', sa.Column('together_until', WHOLE, nullable=True))
    op.create_table('invitation',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('created', WHOLE, nullable=False),
    sa.Column('expires', WHOLE, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('code'),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_invitation_expires'), 'invitation', ['expires'], unique=False)
    op.create_index(op.f('ix_invitation_person_id'), 'invitation', ['person_id'], unique=False)
    op.create_table('consent',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('therapist_id', sa.Text(), nullable=False),
    sa.Column('thread_id', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('entries', sa.Text(), nullable=False),
    sa.Column('messages', sa.Integer(), nullable=False),
    sa.Column('news', sa.Integer(), nullable=False),
    sa.Column('accepted_at', WHOLE, nullable=False),
    sa.Column('confirmed_at', WHOLE, nullable=True),
    sa.Column('withdrawn_at', WHOLE, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['therapist_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('code'),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_consent_person_id'), 'consent', ['person_id'], unique=False)
    op.create_index(op.f('ix_consent_therapist_id'), 'consent', ['therapist_id'], unique=False)
    living = sa.text('withdrawn_at IS NULL')
    op.create_index('consent_open', 'consent', ['person_id', 'therapist_id'], unique=True, sqlite_where=living, postgresql_where=living)
    op.create_table('presence',
    sa.Column('space_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('step', sa.Text(), nullable=True),
    sa.Column('at', WHOLE, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('space_id', 'person_id'),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_presence_person_id'), 'presence', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_presence_person_id'), table_name='presence')
    op.drop_table('presence')
    op.drop_index('consent_open', table_name='consent')
    op.drop_index(op.f('ix_consent_therapist_id'), table_name='consent')
    op.drop_index(op.f('ix_consent_person_id'), table_name='consent')
    op.drop_table('consent')
    op.drop_index(op.f('ix_invitation_person_id'), table_name='invitation')
    op.drop_index(op.f('ix_invitation_expires'), table_name='invitation')
    op.drop_table('invitation')
    op.drop_column('membership', 'together_until')
