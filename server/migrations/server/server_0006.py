"""The lineage beside the generation: the PostgreSQL cluster and timeline this database was declared to live in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "server_0006"
down_revision = "server_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the server fills it in when it opens the database."""
    op.add_column("server_identity", sa.Column("lineage", sa.String(length=60), nullable=True))
