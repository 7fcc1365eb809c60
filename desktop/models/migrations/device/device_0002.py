"""Which photos and papers the centre has confirmed, and a quick way to the operations it holds back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "device_0002"
down_revision = "device_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "confirmed_attachments",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("grid_id", sa.String(length=36), nullable=False),
        sa.Column("confirmed_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "grid_id", name=op.f("pk_confirmed_attachments")),
    )
    op.create_index("ix_outbox_held", "outbox", ["position"], sqlite_where=sa.text("status = 'held'"))
