"""Who looked, and which entries may be seen."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table('shareable',
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('sharing', sa.Text(), nullable=False),
    sa.Column('finished', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Text(), nullable=True),
    sa.Column('changed_at', WHOLE, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'id'),
    sqlite_strict=True
    )
    op.create_index('shareable_newest', 'shareable', ['person_id', 'changed_at'], unique=False)
    op.create_table('visit',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('therapist_id', sa.Text(), nullable=False),
    sa.Column('login_id', sa.Text(), nullable=False),
    sa.Column('consent_id', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('space_id', sa.Text(), nullable=True),
    sa.Column('at', WHOLE, nullable=False),
    sa.Column('until', WHOLE, nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('raised', WHOLE, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    op.create_index('visit_of_person', 'visit', ['person_id', 'at'], unique=False)
    op.create_index('visit_of_therapist', 'visit', ['therapist_id', 'until'], unique=False)


def downgrade() -> None:
    op.drop_index('visit_of_therapist', table_name='visit')
    op.drop_index('visit_of_person', table_name='visit')
    op.drop_table('visit')
    op.drop_index('shareable_newest', table_name='shareable')
    op.drop_table('shareable')
