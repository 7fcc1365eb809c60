"""The closed loop with its timeline, record sheets, the negative list, journals, plans and key points."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "records_0003"
down_revision = "records_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and make the tables."""
    op.add_column("grids", sa.Column("park", sa.String(length=120), nullable=True))
    op.add_column("visits", sa.Column("functions", sa.Text(), nullable=True))
    op.add_column("visits", sa.Column("party", sa.Integer(), nullable=True))
    op.add_column("visits", sa.Column("kit", sa.Text(), nullable=True))
    op.add_column("visits", sa.Column("education_people", sa.Integer(), nullable=True))
    op.add_column("visits", sa.Column("supplies_given", sa.String(length=200), nullable=True))
    op.add_column("visits", sa.Column("next_on", sa.String(length=10), nullable=True))
    op.add_column("findings", sa.Column("source", sa.String(length=12), nullable=True))
    op.add_column("findings", sa.Column("focus_area", sa.String(length=4), nullable=True))
    op.add_column("findings", sa.Column("responsible_title", sa.String(length=60), nullable=True))
    op.add_column("findings", sa.Column("responsible_phone", sa.String(length=40), nullable=True))
    op.add_column("findings", sa.Column("instructor", sa.String(length=80), nullable=True))
    op.add_column("findings", sa.Column("service_officer", sa.String(length=80), nullable=True))
    op.add_column("findings", sa.Column("lead_unit", sa.String(length=120), nullable=True))
    op.add_column("findings", sa.Column("co_units", sa.Text(), nullable=True))
    op.add_column("findings", sa.Column("supervisor", sa.String(length=80), nullable=True))
    op.add_column("findings", sa.Column("duty", sa.Text(), nullable=True))
    op.add_column("findings", sa.Column("acknowledged_at", sa.String(length=24), nullable=True))
    op.add_column("findings", sa.Column("action", sa.Text(), nullable=True))
    op.add_column("findings", sa.Column("interim_control", sa.Text(), nullable=True))
    op.add_column("findings", sa.Column("done_on", sa.String(length=10), nullable=True))
    op.add_column("findings", sa.Column("reviewed_on", sa.String(length=10), nullable=True))
    op.add_column("findings", sa.Column("reviewer", sa.String(length=80), nullable=True))
    op.add_column("findings", sa.Column("review_outcome", sa.String(length=10), nullable=True))
    op.add_column("findings", sa.Column("extensions", sa.Integer(), nullable=True))
    op.add_column("findings", sa.Column("suspended_until", sa.String(length=10), nullable=True))
    op.add_column("findings", sa.Column("platform_number", sa.String(length=60), nullable=True))
    op.create_table(
        "finding_steps",
        *_identity(),
        sa.Column("finding_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("by_name", sa.String(length=80), nullable=True),
        sa.Column("from_state", sa.String(length=12), nullable=True),
        sa.Column("to_state", sa.String(length=12), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("due_on", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_steps_finding_id_findings")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_finding_steps_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_steps")),
    )
    op.create_table(
        "sheets",
        *_identity(),
        sa.Column("enterprise_id", sa.String(length=36), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("form_version", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=True),
        sa.Column("recorded_on", sa.String(length=10), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_sheets_enterprise_id_enterprises")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_sheets_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets")),
    )
    op.create_table(
        "negative_entries",
        *_identity(),
        sa.Column("enterprise_id", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("entered_on", sa.String(length=10), nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=True),
        sa.Column("reviewed_on", sa.String(length=10), nullable=True),
        sa.Column("lifted_on", sa.String(length=10), nullable=True),
        sa.Column("lifted_by", sa.String(length=80), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_negative_entries_enterprise_id_enterprises")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negative_entries")),
    )
    op.create_table(
        "journal_entries",
        *_identity(),
        sa.Column("enterprise_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=True),
        sa.Column("situation", sa.Text(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("advice", sa.Text(), nullable=True),
        sa.Column("services", sa.Text(), nullable=True),
        sa.Column("next_on", sa.String(length=10), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("signed_by", sa.String(length=80), nullable=True),
        sa.Column("signed_at", sa.String(length=24), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_journal_entries_enterprise_id_enterprises")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_journal_entries_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
    )
    op.create_table(
        "daily_reports",
        *_identity(),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("as_of", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("signed_by", sa.String(length=80), nullable=True),
        sa.Column("signed_at", sa.String(length=24), nullable=True),
        *_envelope(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_reports")),
    )
    op.create_table(
        "visit_plans",
        *_identity(),
        sa.Column("enterprise_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=120), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_visit_plans_enterprise_id_enterprises")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_plans_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_plans")),
    )
    op.create_table(
        "key_points",
        *_identity(),
        sa.Column("issue_no", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("focus_areas", sa.Text(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("source_unit", sa.String(length=120), nullable=True),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        *_envelope(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_points")),
    )
    op.create_index(op.f("ix_finding_steps_finding_id_at"), "finding_steps", ["finding_id", "at"])
    op.create_index(op.f("ix_finding_steps_grid_id"), "finding_steps", ["grid_id"])
    op.create_index(op.f("ix_finding_steps_visit_id"), "finding_steps", ["visit_id"])
    op.create_index(op.f("ix_sheets_enterprise_id_form"), "sheets", ["enterprise_id", "form"])
    op.create_index(op.f("ix_sheets_grid_id"), "sheets", ["grid_id"])
    op.create_index(op.f("ix_sheets_visit_id"), "sheets", ["visit_id"])
    op.create_index(op.f("ix_negative_entries_enterprise_id_type"), "negative_entries", ["enterprise_id", "type"])
    op.create_index(op.f("ix_negative_entries_grid_id"), "negative_entries", ["grid_id"])
    op.create_index(op.f("ix_journal_entries_day"), "journal_entries", ["day"])
    op.create_index(op.f("ix_journal_entries_enterprise_id"), "journal_entries", ["enterprise_id"])
    op.create_index(op.f("ix_journal_entries_grid_id"), "journal_entries", ["grid_id"])
    op.create_index(op.f("ix_journal_entries_visit_id"), "journal_entries", ["visit_id"])
    op.create_index(op.f("ix_daily_reports_day"), "daily_reports", ["day"])
    op.create_index(op.f("ix_daily_reports_grid_id"), "daily_reports", ["grid_id"])
    op.create_index(op.f("ix_visit_plans_day_place"), "visit_plans", ["day", "place"])
    op.create_index(op.f("ix_visit_plans_enterprise_id"), "visit_plans", ["enterprise_id"])
    op.create_index(op.f("ix_visit_plans_grid_id"), "visit_plans", ["grid_id"])
    op.create_index(op.f("ix_visit_plans_visit_id"), "visit_plans", ["visit_id"])
    op.create_index(op.f("ix_key_points_grid_id"), "key_points", ["grid_id"])
    op.create_index(op.f("ix_key_points_valid_from"), "key_points", ["valid_from"])


def _identity() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("grid_id", sa.String(length=36), nullable=False),
    )


def _envelope() -> tuple[sa.Column[int] | sa.Column[str], ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.String(length=24), nullable=False),
        sa.Column("edited_by", sa.String(length=36), nullable=True),
        sa.Column("deleted_at", sa.String(length=24), nullable=True),
    )
