"""Files whose sending has begun, so that the next exchange goes on inside them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "device_0004"
down_revision = "device_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "attachment_uploads",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("noted_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_attachment_uploads")),
    )
