"""Rises of the levels of regions, and whom they are told to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "level_rises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("severity", sa.String(32), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=True),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_level_rises"),
        sa.UniqueConstraint("region", "day", name="uq_level_rises_region_day"),
        sqlite_autoincrement=True,
    )
    pending = sa.text("NOT finished")
    op.create_index("ix_level_rises_pending", "level_rises", ["id"], sqlite_where=pending, postgresql_where=pending)
    op.create_table(
        "level_tellings",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("rise_id", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_level_tellings_chat_id", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rise_id"], ["level_rises.id"], name="fk_level_tellings_rise_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "rise_id", name="pk_level_tellings"),
    )
    due = sa.text("told_at IS NULL AND NOT dropped")
    op.create_index("ix_level_tellings_due", "level_tellings", ["next_at"], sqlite_where=due, postgresql_where=due)
    op.create_index("ix_level_tellings_rise_id", "level_tellings", ["rise_id"])


def downgrade() -> None:
    op.drop_table("level_tellings")
    op.drop_table("level_rises")
