"""A login that got another token: a copy of the cookie before it must not open an older database laid back."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    begin = "CREATE TRIGGER ending_token AFTER UPDATE OF token_hash ON login FOR EACH ROW WHEN (OLD.token_hash <> NEW.token_hash)"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"{begin} EXECUTE FUNCTION note_ending('token', 'id')")
    else:
        op.execute(f"{begin} BEGIN INSERT OR IGNORE INTO ending (what, which, at) VALUES ('token', OLD.id,"
                   " CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)); END")


def downgrade() -> None:
    op.execute("DROP TRIGGER ending_token" + (" ON login" if op.get_bind().dialect.name == "postgresql" else ""))
