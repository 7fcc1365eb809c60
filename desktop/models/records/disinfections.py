"""Disinfection records (消毒记录)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class DisinfectionRecord(Synced, Base):
    """One disinfection as it was done: where, with what, how strong (mg/L of the active agent) and how long (minutes).

    `target` is an id of the target table (D01…); doses are mL per m² or m³; `mixed_with` lists agents used with it.
    """

    __tablename__ = "disinfections"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visits.id"), index=True)
    place_type: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(120))
    target: Mapped[str] = mapped_column(String(8))
    situation: Mapped[str] = mapped_column(String(20))
    agent: Mapped[str] = mapped_column(String(20))
    product_name: Mapped[str | None] = mapped_column(String(120))
    batch_no: Mapped[str | None] = mapped_column(String(60))
    expires_on: Mapped[str | None] = mapped_column(String(10))
    licensed: Mapped[int | None]
    stock_value: Mapped[float | None]
    stock_unit: Mapped[str | None] = mapped_column(String(12))
    conc_mg_l: Mapped[float | None]
    measured_mg_l: Mapped[float | None]
    volume_l: Mapped[float | None]
    prepared_at: Mapped[str | None] = mapped_column(String(24))
    method: Mapped[str] = mapped_column(String(16))
    dose_value: Mapped[float | None]
    dose_unit: Mapped[str | None] = mapped_column(String(8))
    area_m2: Mapped[float | None]
    volume_m3: Mapped[float | None]
    contact_min: Mapped[int | None]
    people_present: Mapped[int | None]
    rinsed: Mapped[int | None]
    ventilated_min: Mapped[int | None]
    mixed_with: Mapped[list[Any] | None] = mapped_column(JsonText)
    operator: Mapped[str] = mapped_column(String(80))
    trained: Mapped[int | None]
    ppe: Mapped[list[Any] | None] = mapped_column(JsonText)
    done_at: Mapped[str] = mapped_column(String(24))
    next_due_at: Mapped[str | None] = mapped_column(String(24))
    reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "enterprise_id", "next_due_at"),)
