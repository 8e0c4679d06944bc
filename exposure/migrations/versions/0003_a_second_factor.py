"""A second factor: how a login showed it, the secret of an app, and codes for paper."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column('login', sa.Column('factor', sa.Text(), nullable=True))
    op.add_column('login', sa.Column('raised', WHOLE, nullable=True))
    op.create_table('totp',
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=True),
    sa.Column('fresh', sa.LargeBinary(), nullable=True),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id'),
    sqlite_strict=True
    )
    op.create_table('factor_code',
    sa.Column('lookup', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('lookup'),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_factor_code_person_id'), 'factor_code', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_factor_code_person_id'), table_name='factor_code')
    op.drop_table('factor_code')
    op.drop_table('totp')
    op.drop_column('login', 'raised')
    op.drop_column('login', 'factor')
