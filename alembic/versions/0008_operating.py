"""Running Tocsin: feeds by command, grades of publishers, notices to many chats, troubles, reviews, invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _feeds()
    _notices()
    op.create_table(
        "reviews",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_reviews_incident_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident_id", name="pk_reviews"),
    )
    op.create_table(
        "invites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("code_hash", name="uq_invites_code_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invites_chat_id", "invites", ["chat_id"])


def downgrade() -> None:
    for table in (
        "invites",
        "reviews",
        "troubles",
        "notice_tellings",
        "notices",
        "operator_drafts",
        "publisher_grades",
        "feed_choices",
    ):
        op.drop_table(table)


def _feeds() -> None:
    op.create_table(
        "feed_choices",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_feed_choices"),
    )
    op.create_table(
        "publisher_grades",
        sa.Column("publisher_id", sa.Text(), nullable=False),
        sa.Column("reliability", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("publisher_id", name="pk_publisher_grades"),
    )
    op.create_table(
        "operator_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operator_drafts"),
        sqlite_autoincrement=True,
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=True),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sqlite_autoincrement=True,
    )
    pending = sa.text("NOT finished")
    op.create_index("ix_notices_pending", "notices", ["id"], sqlite_where=pending, postgresql_where=pending)
    op.create_table(
        "notice_tellings",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_notice_tellings_chat_id", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_notice_tellings_notice_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "notice_id", name="pk_notice_tellings"),
    )
    due = sa.text("told_at IS NULL AND NOT dropped")
    op.create_index("ix_notice_tellings_due", "notice_tellings", ["next_at"], sqlite_where=due, postgresql_where=due)
    op.create_index("ix_notice_tellings_notice_id", "notice_tellings", ["notice_id"])
    op.create_table(
        "troubles",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_troubles_notice_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key", name="pk_troubles"),
    )
