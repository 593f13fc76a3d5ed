"""Incidents are found by keys, merged into others, and eased."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("incidents") as table:
        table.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        table.add_column(sa.Column("eased", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_foreign_key("fk_incidents_merged_into", "incidents", ["merged_into"], ["id"], ondelete="CASCADE")
    with op.batch_alter_table("incidents") as table:
        table.alter_column("eased", server_default=None)
    op.create_table(
        "incident_keys",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name="fk_incident_keys_incident_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident_id", "key", name="pk_incident_keys"),
    )
    op.create_index("ix_incident_keys_key", "incident_keys", ["key"])


def downgrade() -> None:
    op.drop_table("incident_keys")
    with op.batch_alter_table("incidents") as table:
        table.drop_constraint("fk_incidents_merged_into", type_="foreignkey")
        table.drop_column("eased")
        table.drop_column("merged_into")
