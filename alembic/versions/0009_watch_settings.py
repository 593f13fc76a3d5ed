"""What watches ask for: how sure, by night, and within what radius each kind; and mutes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place: SQLite would make the table anew, and what refers to watches would go with the old one.
    op.add_column("watches", sa.Column("min_certainty", sa.String(32), nullable=False, server_default="Possible"))
    op.add_column("watches", sa.Column("night_severity", sa.String(32), nullable=True))
    op.add_column("watches", sa.Column("night_certainty", sa.String(32), nullable=True))
    op.add_column("watches", sa.Column("radii", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "mutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.String(32), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("place", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_mutes_chat_id", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mutes"),
        sa.UniqueConstraint("chat_id", "scope", "key", name="uq_mutes_chat_id_scope_key"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("mutes")
    for column in ("radii", "night_certainty", "night_severity", "min_certainty"):
        op.drop_column("watches", column)
