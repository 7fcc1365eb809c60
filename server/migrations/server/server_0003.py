"""Photos and papers as objects: which grids hold them, and the uploads on their way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "server_0003"
down_revision = "server_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables. What `attachment_bytes` holds moves when the server starts: a script knows no object store."""
    op.create_table(
        "attachment_files",
        sa.Column("grid_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("received_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("grid_id", "sha256", name=op.f("pk_attachment_files")),
        comment="Which grids hold which photos and papers, and who sent them; the bytes are objects by their hash.",
    )
    op.create_index(op.f("ix_attachment_files_device_id_size"), "attachment_files", ["device_id", "size"], unique=False)
    op.create_table(
        "uploads",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "sha256", name=op.f("pk_uploads")),
        comment="Uploads that have begun and are not whole: the objects received so far, in order, as a JSON list.",
    )
    op.create_index(op.f("ix_uploads_expires_at"), "uploads", ["expires_at"], unique=False)
