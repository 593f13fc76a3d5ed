"""Digests, pauses with an end, and pictures: what a chat chose, and what waits to be told together."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OWED = "urgency IS NOT NULL"
_DUE = "urgency IS NOT NULL AND NOT held"


def upgrade() -> None:
    op.add_column("chats", sa.Column("rhythm", sa.String(32), nullable=False, server_default="instant"))
    op.add_column("chats", sa.Column("digest_at", sa.Time(), nullable=False, server_default="07:00:00.000000"))
    op.add_column("chats", sa.Column("pictures", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("chats", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    _index_what_is_due(_DUE)
    held = sa.text("held")
    op.create_index("ix_outbox_held", "outbox", ["chat_id"], sqlite_where=held, postgresql_where=held)
    op.create_table(
        "digests",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(32), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_digests_chat_id", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", name="pk_digests"),
    )
    op.create_index("ix_digests_next_at", "digests", ["next_at"])


def _index_what_is_due(where: str) -> None:
    condition = sa.text(where)
    for name, columns in {"ix_outbox_due": ["urgency", "first_wanted"], "ix_outbox_next_at": ["next_at"]}.items():
        op.drop_index(name, "outbox")
        op.create_index(name, "outbox", columns, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    op.drop_table("digests")
    op.drop_index("ix_outbox_held", "outbox")
    _index_what_is_due(_OWED)
    op.drop_column("outbox", "held")
    for column in ("paused_until", "pictures", "digest_at", "rhythm"):
        op.drop_column("chats", column)
