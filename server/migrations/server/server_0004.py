"""Second factors, tokens that are replaced, proved sign-ins, known browsers, audit events, a way to the quarantine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "server_0004"
down_revision = "server_0002"
branch_labels = None
depends_on = None

_ID, _MOMENT, _HASH = sa.String(length=36), sa.String(length=24), sa.String(length=64)


def upgrade() -> None:
    """Add tables and columns; a token counts as made when its device was enrolled."""
    for column in (
        sa.Column("password_set_at", _MOMENT),
        sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("totp_seed", sa.Text()),
        sa.Column("totp_since", _MOMENT),
        sa.Column("totp_step", sa.BigInteger()),
    ):
        op.add_column("accounts", column)
    for column in (
        sa.Column("token_made_at", _MOMENT),
        sa.Column("next_token_hash", _HASH),
        sa.Column("old_token_hash", _HASH),
        sa.Column("old_token_until", _MOMENT),
    ):
        op.add_column("devices", column)
    op.create_index("uq_devices_next_token", "devices", ["next_token_hash"], unique=True)
    op.create_index("uq_devices_old_token", "devices", ["old_token_hash"], unique=True)
    op.execute("UPDATE devices SET token_made_at = enrolled_at")
    op.execute("UPDATE accounts SET password_set_at = made_at")
    for column in (
        sa.Column("proved_at", _MOMENT),
        sa.Column("factor_at", _MOMENT),
        sa.Column("browser", sa.String(length=120)),
    ):
        op.add_column("sessions", column)
    refused = sa.text("status IN ('held', 'rejected', 'forbidden')")
    op.create_index(
        "ix_change_log_quarantine",
        "change_log",
        ["grid_id", "position"],
        postgresql_where=refused,
        sqlite_where=refused,
    )
    _make_tables()


def _make_tables() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", _HASH, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id_accounts")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_account_id"), "recovery_codes", ["account_id"])
    op.create_table(
        "known_browsers",
        sa.Column("cookie_hash", _HASH, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_known_browsers_account_id_accounts")),
        sa.PrimaryKeyConstraint("cookie_hash", name=op.f("pk_known_browsers")),
    )
    op.create_index(op.f("ix_known_browsers_account_id"), "known_browsers", ["account_id"])
    op.create_table(
        "audit_events",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account_id", _ID),
        sa.Column("device_id", _ID),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.String(length=120), nullable=False, server_default=""),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_events")),
    )
    op.create_index(op.f("ix_audit_events_account_id"), "audit_events", ["account_id"])
    op.create_index(op.f("ix_audit_events_object_id"), "audit_events", ["object_id"])
