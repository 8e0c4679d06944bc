"""One ladder, two pens: invitations, consents, who is here, and until when a ladder is open for two.

The log of edits no longer hangs on whoever made them: when a therapist leaves, what they did to a person's ladder stays
in that person's history. It goes with the space it is about.
"""

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
    _log_of_edits(actor=False)


def _log_of_edits(*, actor: bool) -> None:
    """The log with or without its hold on the actor; SQLite knows no other way than a new table."""
    if op.get_bind().dialect.name == 'postgresql':
        if actor:
            op.create_foreign_key('edit_actor_id_fkey', 'edit', 'person', ['actor_id'], ['id'], ondelete='CASCADE')
        else:
            op.drop_constraint('edit_actor_id_fkey', 'edit', type_='foreignkey')
        return
    op.rename_table('edit', 'edit_before')
    op.drop_index('edit_of_row', table_name='edit_before')
    op.create_table('edit',
    sa.Column('actor_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('space_id', sa.Text(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('at_device', WHOLE, nullable=False),
    sa.Column('at_server', WHOLE, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('verb', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('kept', sa.Text(), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    *([sa.ForeignKeyConstraint(['actor_id'], ['person.id'], ondelete='CASCADE')] if actor else []),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('actor_id', 'id'),
    sqlite_strict=True
    )
    op.execute('INSERT INTO edit SELECT * FROM edit_before')
    op.drop_table('edit_before')
    op.create_index('edit_of_row', 'edit', ['space_id', 'target', 'revision', 'ordinal'], unique=False)


def downgrade() -> None:
    op.execute('DELETE FROM edit WHERE actor_id NOT IN (SELECT id FROM person)')
    _log_of_edits(actor=True)
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
