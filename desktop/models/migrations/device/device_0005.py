"""The enrolment knows the certificate authority it trusts, and where the device's token is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "device_0005"
down_revision = "device_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; tokens that are there lie in the workspace."""
    op.add_column("enrolment", sa.Column("ca_pem", sa.Text()))
    op.add_column(
        "enrolment", sa.Column("token_place", sa.String(length=12), nullable=False, server_default="workspace")
    )
