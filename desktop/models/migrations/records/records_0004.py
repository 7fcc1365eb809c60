"""Isolation and disinfection, health files, trainings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "records_0004"
down_revision = "records_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "isolation_sites",
        *_identity(),
        sa.Column("enterprise_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ownership", sa.String(length=16), nullable=False),
        sa.Column("location", sa.String(length=120), nullable=False),
        sa.Column("distance_m", sa.Float(), nullable=True),
        sa.Column("independent", sa.Integer(), nullable=True),
        sa.Column("single_occupancy", sa.Integer(), nullable=True),
        sa.Column("ventilation", sa.String(length=12), nullable=True),
        sa.Column("vent_times", sa.Integer(), nullable=True),
        sa.Column("vent_minutes", sa.Integer(), nullable=True),
        sa.Column("separate_access", sa.Integer(), nullable=True),
        sa.Column("zones_marked", sa.Integer(), nullable=True),
        sa.Column("signage", sa.Integer(), nullable=True),
        sa.Column("sewage", sa.String(length=24), nullable=True),
        sa.Column("chlorine_mg_l", sa.Float(), nullable=True),
        sa.Column("waste_bins", sa.Integer(), nullable=True),
        sa.Column("contactless_meals", sa.Integer(), nullable=True),
        sa.Column("readings_per_day", sa.Integer(), nullable=True),
        sa.Column("cleanings_per_day", sa.Integer(), nullable=True),
        sa.Column("duty_name", sa.String(length=80), nullable=True),
        sa.Column("duty_phone", sa.String(length=40), nullable=True),
        sa.Column("protection_written", sa.Integer(), nullable=True),
        sa.Column("transfer_passage", sa.Integer(), nullable=True),
        sa.Column("transfer_hospital", sa.String(length=120), nullable=True),
        sa.Column("transfer_phone", sa.String(length=40), nullable=True),
        sa.Column("transfer_vehicle", sa.String(length=16), nullable=True),
        sa.Column("cdc_contact", sa.String(length=120), nullable=True),
        sa.Column("guarded_24h", sa.Integer(), nullable=True),
        sa.Column("kit", sa.Text(), nullable=True),
        sa.Column("persons_expected", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.String(length=10), nullable=True),
        sa.Column("closed_on", sa.String(length=10), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_isolation_sites_enterprise_id_enterprises")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_isolation_sites")),
    )
    op.create_table(
        "isolation_rooms",
        *_identity(),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("room_no", sa.String(length=40), nullable=False),
        sa.Column("area_m2", sa.Float(), nullable=True),
        sa.Column("ensuite", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("disinfected_on", sa.String(length=10), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["site_id"], ["isolation_sites.id"], name=op.f("fk_isolation_rooms_site_id_isolation_sites")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_isolation_rooms")),
    )
    op.create_table(
        "employees",
        *_identity(),
        sa.Column("enterprise_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("id_kind", sa.String(length=16), nullable=True),
        sa.Column("id_number", sa.String(length=40), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("sex", sa.String(length=8), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(length=80), nullable=True),
        sa.Column("team", sa.String(length=80), nullable=True),
        sa.Column("post", sa.String(length=80), nullable=True),
        sa.Column("employment", sa.String(length=16), nullable=True),
        sa.Column("housing", sa.String(length=12), nullable=True),
        sa.Column("dormitory_room", sa.String(length=60), nullable=True),
        sa.Column("return_status", sa.String(length=16), nullable=False),
        sa.Column("arrived_on", sa.String(length=10), nullable=True),
        sa.Column("origin", sa.String(length=120), nullable=True),
        sa.Column("origin_code", sa.String(length=6), nullable=True),
        sa.Column("transport", sa.String(length=16), nullable=True),
        sa.Column("transport_detail", sa.String(length=60), nullable=True),
        sa.Column("key_post", sa.String(length=80), nullable=True),
        sa.Column("health_code", sa.String(length=8), nullable=True),
        sa.Column("health_code_on", sa.String(length=10), nullable=True),
        sa.Column("contact_case", sa.String(length=12), nullable=True),
        sa.Column("vulnerable", sa.Text(), nullable=True),
        sa.Column("emergency_contact", sa.String(length=120), nullable=True),
        sa.Column("left_on", sa.String(length=10), nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_employees_enterprise_id_enterprises")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employees")),
    )
    op.create_table(
        "roaming_queries",
        *_identity(),
        sa.Column("employee_id", sa.String(length=36), nullable=False),
        sa.Column("queried_at", sa.String(length=24), nullable=False),
        sa.Column("carrier", sa.String(length=12), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("places", sa.Text(), nullable=True),
        sa.Column("matches_declaration", sa.Integer(), nullable=True),
        sa.Column("high_risk", sa.Integer(), nullable=True),
        sa.Column("no_result_reason", sa.String(length=20), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_roaming_queries_employee_id_employees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roaming_queries")),
    )
    op.create_table(
        "health_entries",
        *_identity(),
        sa.Column("enterprise_id", sa.String(length=36), nullable=False),
        sa.Column("employee_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("slot", sa.String(length=4), nullable=False),
        sa.Column("temperature_c", sa.Float(), nullable=True),
        sa.Column("thermometer", sa.String(length=16), nullable=True),
        sa.Column("symptoms", sa.Text(), nullable=True),
        sa.Column("absent_reason", sa.String(length=120), nullable=True),
        sa.Column("recorder", sa.String(length=80), nullable=True),
        sa.Column("recorded_at", sa.String(length=24), nullable=False),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_health_entries_enterprise_id_enterprises")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_health_entries_employee_id_employees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_entries")),
    )
    op.create_table(
        "isolation_stays",
        *_identity(),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("room_id", sa.String(length=36), nullable=True),
        sa.Column("enterprise_id", sa.String(length=36), nullable=False),
        sa.Column("employee_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("start_on", sa.String(length=10), nullable=False),
        sa.Column("last_exposure_on", sa.String(length=10), nullable=True),
        sa.Column("expected_end_on", sa.String(length=10), nullable=False),
        sa.Column("steps", sa.Text(), nullable=True),
        sa.Column("contacts", sa.Text(), nullable=True),
        sa.Column("transferred_to", sa.String(length=120), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("ended_on", sa.String(length=10), nullable=True),
        sa.Column("released_by", sa.String(length=80), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["site_id"], ["isolation_sites.id"], name=op.f("fk_isolation_stays_site_id_isolation_sites")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["isolation_rooms.id"], name=op.f("fk_isolation_stays_room_id_isolation_rooms")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_isolation_stays_enterprise_id_enterprises")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_isolation_stays_employee_id_employees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_isolation_stays")),
    )
    op.create_table(
        "disinfections",
        *_identity(),
        sa.Column("enterprise_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("place_type", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("situation", sa.String(length=20), nullable=False),
        sa.Column("agent", sa.String(length=20), nullable=False),
        sa.Column("product_name", sa.String(length=120), nullable=True),
        sa.Column("batch_no", sa.String(length=60), nullable=True),
        sa.Column("expires_on", sa.String(length=10), nullable=True),
        sa.Column("licensed", sa.Integer(), nullable=True),
        sa.Column("stock_value", sa.Float(), nullable=True),
        sa.Column("stock_unit", sa.String(length=12), nullable=True),
        sa.Column("conc_mg_l", sa.Float(), nullable=True),
        sa.Column("measured_mg_l", sa.Float(), nullable=True),
        sa.Column("volume_l", sa.Float(), nullable=True),
        sa.Column("prepared_at", sa.String(length=24), nullable=True),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("dose_value", sa.Float(), nullable=True),
        sa.Column("dose_unit", sa.String(length=8), nullable=True),
        sa.Column("area_m2", sa.Float(), nullable=True),
        sa.Column("volume_m3", sa.Float(), nullable=True),
        sa.Column("contact_min", sa.Integer(), nullable=True),
        sa.Column("people_present", sa.Integer(), nullable=True),
        sa.Column("rinsed", sa.Integer(), nullable=True),
        sa.Column("ventilated_min", sa.Integer(), nullable=True),
        sa.Column("mixed_with", sa.Text(), nullable=True),
        sa.Column("operator", sa.String(length=80), nullable=False),
        sa.Column("trained", sa.Integer(), nullable=True),
        sa.Column("ppe", sa.Text(), nullable=True),
        sa.Column("done_at", sa.String(length=24), nullable=False),
        sa.Column("next_due_at", sa.String(length=24), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_disinfections_enterprise_id_enterprises")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_disinfections_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disinfections")),
    )
    op.create_table(
        "trainings",
        *_identity(),
        sa.Column("enterprise_id", sa.String(length=36), nullable=True),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("trainer", sa.String(length=80), nullable=True),
        sa.Column("audience", sa.String(length=120), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_trainings_enterprise_id_enterprises")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    op.create_table(
        "attendances",
        *_identity(),
        sa.Column("training_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=True),
        sa.Column("employee_id", sa.String(length=36), nullable=True),
        sa.Column("signed", sa.Integer(), nullable=True),
        *_envelope(),
        sa.ForeignKeyConstraint(["training_id"], ["trainings.id"], name=op.f("fk_attendances_training_id_trainings")),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_attendances_employee_id_employees")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    op.create_index(op.f("ix_isolation_sites_enterprise_id"), "isolation_sites", ["enterprise_id"])
    op.create_index(op.f("ix_isolation_sites_grid_id"), "isolation_sites", ["grid_id"])
    op.create_index(op.f("ix_isolation_rooms_grid_id"), "isolation_rooms", ["grid_id"])
    op.create_index(op.f("ix_isolation_rooms_site_id"), "isolation_rooms", ["site_id"])
    op.create_index(op.f("ix_employees_enterprise_id_return_status"), "employees", ["enterprise_id", "return_status"])
    op.create_index(op.f("ix_employees_grid_id"), "employees", ["grid_id"])
    op.create_index(op.f("ix_roaming_queries_employee_id"), "roaming_queries", ["employee_id"])
    op.create_index(op.f("ix_roaming_queries_grid_id"), "roaming_queries", ["grid_id"])
    op.create_index(op.f("ix_health_entries_employee_id_day"), "health_entries", ["employee_id", "day"])
    op.create_index(op.f("ix_health_entries_enterprise_id_day"), "health_entries", ["enterprise_id", "day"])
    op.create_index(op.f("ix_health_entries_grid_id"), "health_entries", ["grid_id"])
    op.create_index(op.f("ix_isolation_stays_employee_id_start_on"), "isolation_stays", ["employee_id", "start_on"])
    op.create_index(op.f("ix_isolation_stays_enterprise_id"), "isolation_stays", ["enterprise_id"])
    op.create_index(op.f("ix_isolation_stays_grid_id"), "isolation_stays", ["grid_id"])
    op.create_index(op.f("ix_isolation_stays_room_id"), "isolation_stays", ["room_id"])
    op.create_index(op.f("ix_isolation_stays_site_id"), "isolation_stays", ["site_id"])
    op.create_index(
        op.f("ix_disinfections_enterprise_id_next_due_at"), "disinfections", ["enterprise_id", "next_due_at"]
    )
    op.create_index(op.f("ix_disinfections_grid_id"), "disinfections", ["grid_id"])
    op.create_index(op.f("ix_disinfections_visit_id"), "disinfections", ["visit_id"])
    op.create_index(op.f("ix_trainings_day"), "trainings", ["day"])
    op.create_index(op.f("ix_trainings_enterprise_id"), "trainings", ["enterprise_id"])
    op.create_index(op.f("ix_trainings_grid_id"), "trainings", ["grid_id"])
    op.create_index(op.f("ix_attendances_employee_id"), "attendances", ["employee_id"])
    op.create_index(op.f("ix_attendances_grid_id"), "attendances", ["grid_id"])
    op.create_index(op.f("ix_attendances_training_id"), "attendances", ["training_id"])


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
