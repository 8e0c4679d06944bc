"""What ended, on its way into the ledger beside the keys; and the key that finds things, once the master key has turned.

Triggers, because a deletion has many doors (a cascade is one of them) and none may be forgotten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NARROWER = ("(OLD.entries = 'all' AND NEW.entries <> 'all') OR (OLD.entries = 'chosen' AND NEW.entries = 'none')"
            " OR NEW.messages < OLD.messages")
# (name, when, of which table, what, by which column)
ENDS = (
    ("person", "DELETE", "person", "id", ""),
    ("login", "DELETE", "login", "id", ""),
    ("subscription", "DELETE", "subscription", "id", ""),
    ("invitation", "DELETE", "invitation", "id", ""),
    ("factor_code", "DELETE", "factor_code", "lookup", ""),
    ("password", "DELETE", "credential", "person_id", "OLD.kind = 'password'"),
    ("credential", "DELETE", "credential", "id", "OLD.kind <> 'password'"),
    ("calendar", "DELETE", "calendar_address", "lookup", ""),
    ("calendar_moved", "UPDATE OF lookup", "calendar_address", "lookup", "OLD.lookup <> NEW.lookup"),
    ("mailbox", "DELETE", "mailbox", "id", ""),
    ("mailbox_moved", "UPDATE OF id", "mailbox", "id", "OLD.id <> NEW.id"),
    ("membership", "UPDATE OF until", "membership", "id", "OLD.until IS NULL AND NEW.until IS NOT NULL"),
    ("terms", "UPDATE OF entries, messages", "consent", "id", NARROWER),
    ("consent", "UPDATE OF withdrawn_at", "consent", "id", "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL"),
)


def upgrade() -> None:
    op.create_table("ending",
    sa.Column("what", sa.Text(), nullable=False),
    sa.Column("which", sa.Text(), nullable=False),
    sa.Column("at", WHOLE, nullable=False),
    sa.PrimaryKeyConstraint("what", "which"),
    sqlite_strict=True
    )
    op.create_table("house_key",
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("sealed", sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint("name"),
    sqlite_strict=True
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute("""CREATE FUNCTION note_ending() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO ending (what, which, at)
                VALUES (TG_ARGV[0], to_jsonb(OLD) ->> TG_ARGV[1],
                        CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT))
                ON CONFLICT DO NOTHING;
                RETURN NULL;
            END $$""")
    for name, when, table, column, only in ENDS:
        what = name.removesuffix("_moved")
        guard = f" WHEN ({only})" if only else ""
        begin = f"CREATE TRIGGER ending_{name} AFTER {when} ON {table} FOR EACH ROW{guard}"
        op.execute(
            f"{begin} EXECUTE FUNCTION note_ending('{what}', '{column}')"
            if postgres
            else f"{begin} BEGIN INSERT OR IGNORE INTO ending (what, which, at) VALUES ('{what}', OLD.{column},"
            " CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)); END"
        )


def downgrade() -> None:
    turned = op.get_bind().execute(sa.text("SELECT count(*) FROM house_key")).scalar()
    if turned:
        raise RuntimeError("The master key has turned since: an older Ippo would find nobody's name. Nothing was changed.")
    for name, _, table, _, _ in ENDS:
        op.execute(f"DROP TRIGGER ending_{name}" + (f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION note_ending()")
    op.drop_table("house_key")
    op.drop_table("ending")
