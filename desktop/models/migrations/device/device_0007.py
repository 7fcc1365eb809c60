"""The log of who looked at masked personal data, when and for what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "device_0007"
down_revision = "device_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "unmask_log",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("officer_id", sa.String(length=36), nullable=True),
        sa.Column("officer_name", sa.String(length=80), nullable=True),
        sa.Column("employee_id", sa.String(length=36), nullable=False),
        sa.Column("group_name", sa.String(length=16), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmask_log")),
    )
    op.create_index(op.f("ix_unmask_log_at"), "unmask_log", ["at"], unique=False)
