"""Which of a person's reminders are on, without a look at those that are off; and no edit of nobody.

A refused edit belongs to no space. Of people who left before 2026-11-23 such lines, without a word in them, stayed.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("reminder_live", "reminder", ["person_id", "live"])
    op.execute("DELETE FROM edit WHERE space_id IS NULL AND actor_id NOT IN (SELECT id FROM person)")


def downgrade() -> None:
    op.drop_index("reminder_live", "reminder")
