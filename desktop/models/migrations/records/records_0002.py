"""Conflicts: fields two people set differently, for both sides to see and decide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "records_0002"
down_revision = "records_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "conflicts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("grid_id", sa.String(length=36), nullable=False),
        sa.Column("table_name", sa.String(length=30), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("theirs", sa.Text(), nullable=True),
        sa.Column("mine", sa.Text(), nullable=True),
        sa.Column("theirs_by", sa.String(length=36), nullable=True),
        sa.Column("theirs_at", sa.String(length=24), nullable=True),
        sa.Column("mine_by", sa.String(length=36), nullable=True),
        sa.Column("mine_at", sa.String(length=24), nullable=False),
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("resolution", sa.String(length=8), nullable=True),
        sa.Column("resolved_at", sa.String(length=24), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.String(length=24), nullable=False),
        sa.Column("edited_by", sa.String(length=36), nullable=True),
        sa.Column("deleted_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflicts")),
    )
    op.create_index(op.f("ix_conflicts_grid_id"), "conflicts", ["grid_id"])
    op.create_index(op.f("ix_conflicts_row_id"), "conflicts", ["row_id"])
