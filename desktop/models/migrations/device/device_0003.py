"""What the outbox folded and settled, how far each grid was compared with the centre, and the scope's version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "device_0003"
down_revision = "device_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; whatever was compared before is compared again."""
    op.add_column("outbox", sa.Column("folded_into", sa.String(length=36)))
    op.add_column("outbox", sa.Column("settled_at", sa.String(length=24)))
    op.add_column("grid_cursors", sa.Column("verified", sa.Integer(), nullable=False, server_default="-1"))
    op.add_column("enrolment", sa.Column("scope_version", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "ix_outbox_refused", "outbox", ["row_id"],
        sqlite_where=sa.text("status IN ('rejected', 'forbidden') AND settled_at IS NULL"),
    )  # fmt: skip
    op.create_index("ix_outbox_answered", "outbox", ["answered_at"], sqlite_where=sa.text("answered_at IS NOT NULL"))
