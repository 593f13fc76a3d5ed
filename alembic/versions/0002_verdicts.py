"""Verdicts: what readers find wrong with alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "verdicts",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_verdicts_chat_id", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_verdicts_incident_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "incident_id", name="pk_verdicts"),
    )
    op.create_index("ix_verdicts_incident_id", "verdicts", ["incident_id"])


def downgrade() -> None:
    op.drop_table("verdicts")
