"""One person, one file (一人一档): employees, their roaming queries and daily health entries."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class Employee(Synced, Base):
    """One person, one file. Leaving closes it (`left_on`); it is never deleted.

    Number, phone, origin, health code and contacts are personal data of the highest class: masked on screen and paper.
    """

    __tablename__ = "employees"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    name: Mapped[str] = mapped_column(String(80))
    id_kind: Mapped[str | None] = mapped_column(String(16))
    id_number: Mapped[str | None] = mapped_column(String(40))
    phone: Mapped[str | None] = mapped_column(String(40))
    sex: Mapped[str | None] = mapped_column(String(8))
    birth_year: Mapped[int | None]
    department: Mapped[str | None] = mapped_column(String(80))
    team: Mapped[str | None] = mapped_column(String(80))
    post: Mapped[str | None] = mapped_column(String(80))
    employment: Mapped[str | None] = mapped_column(String(16))
    housing: Mapped[str | None] = mapped_column(String(12))
    dormitory_room: Mapped[str | None] = mapped_column(String(60))
    return_status: Mapped[str] = mapped_column(String(16))
    arrived_on: Mapped[str | None] = mapped_column(String(10))
    origin: Mapped[str | None] = mapped_column(String(120))
    origin_code: Mapped[str | None] = mapped_column(String(6))
    transport: Mapped[str | None] = mapped_column(String(16))
    transport_detail: Mapped[str | None] = mapped_column(String(60))
    key_post: Mapped[str | None] = mapped_column(String(80))
    health_code: Mapped[str | None] = mapped_column(String(8))
    health_code_on: Mapped[str | None] = mapped_column(String(10))
    contact_case: Mapped[str | None] = mapped_column(String(12))
    vulnerable: Mapped[str | None] = mapped_column(Text)
    emergency_contact: Mapped[str | None] = mapped_column(String(120))
    left_on: Mapped[str | None] = mapped_column(String(10))
    remark: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (Index(None, "enterprise_id", "return_status"),)


class RoamingQuery(Synced, Base):
    """What the operator's service told of the places a phone has been: `places` as [{"place", "risk"}]."""

    __tablename__ = "roaming_queries"

    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"), index=True)
    queried_at: Mapped[str] = mapped_column(String(24))
    carrier: Mapped[str] = mapped_column(String(12))
    window_days: Mapped[int]
    places: Mapped[list[Any] | None] = mapped_column(JsonText)
    matches_declaration: Mapped[int | None]
    high_risk: Mapped[int | None]
    no_result_reason: Mapped[str | None] = mapped_column(String(20))


class HealthEntry(Synced, Base):
    """One person's reading for one half of a day, in ℃ with one decimal; without one, the reason.

    Its id follows from person, day and half (`entry_id`), so that the same reading entered on two laptops is one row.
    """

    __tablename__ = "health_entries"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    day: Mapped[str] = mapped_column(String(10))
    slot: Mapped[str] = mapped_column(String(4))
    temperature_c: Mapped[float | None]
    thermometer: Mapped[str | None] = mapped_column(String(16))
    symptoms: Mapped[list[Any] | None] = mapped_column(JsonText)
    absent_reason: Mapped[str | None] = mapped_column(String(120))
    recorder: Mapped[str | None] = mapped_column(String(80))
    recorded_at: Mapped[str] = mapped_column(String(24))

    __table_args__ = (Index(None, "employee_id", "day"), Index(None, "enterprise_id", "day"))


def entry_id(employee_id: str, day: str, slot: str) -> str:
    """The id of a person's reading for one half of a day."""
    return str(uuid5(UUID(employee_id), f"{day}/{slot}"))
