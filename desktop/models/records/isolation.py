"""Isolation sites (隔离点) with their rooms, and who is observed there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class IsolationSite(Synced, Base):
    """One site with what its set-up check asks for (ISO-01…20); yes and no are 1 and 0, empty is not yet looked at.

    `kit` maps an item of the supplies list to the pieces there. A site without an enterprise is shared in the park.
    """

    __tablename__ = "isolation_sites"

    enterprise_id: Mapped[str | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    ownership: Mapped[str] = mapped_column(String(16))
    location: Mapped[str] = mapped_column(String(120))
    distance_m: Mapped[float | None]
    independent: Mapped[int | None]
    single_occupancy: Mapped[int | None]
    ventilation: Mapped[str | None] = mapped_column(String(12))
    vent_times: Mapped[int | None]
    vent_minutes: Mapped[int | None]
    separate_access: Mapped[int | None]
    zones_marked: Mapped[int | None]
    signage: Mapped[int | None]
    sewage: Mapped[str | None] = mapped_column(String(24))
    chlorine_mg_l: Mapped[float | None]
    waste_bins: Mapped[int | None]
    contactless_meals: Mapped[int | None]
    readings_per_day: Mapped[int | None]
    cleanings_per_day: Mapped[int | None]
    duty_name: Mapped[str | None] = mapped_column(String(80))
    duty_phone: Mapped[str | None] = mapped_column(String(40))
    protection_written: Mapped[int | None]
    transfer_passage: Mapped[int | None]
    transfer_hospital: Mapped[str | None] = mapped_column(String(120))
    transfer_phone: Mapped[str | None] = mapped_column(String(40))
    transfer_vehicle: Mapped[str | None] = mapped_column(String(16))
    cdc_contact: Mapped[str | None] = mapped_column(String(120))
    guarded_24h: Mapped[int | None]
    kit: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    persons_expected: Mapped[int | None]
    checked_on: Mapped[str | None] = mapped_column(String(10))
    closed_on: Mapped[str | None] = mapped_column(String(10))
    remark: Mapped[str | None] = mapped_column(Text)


class IsolationRoom(Synced, Base):
    """One room of a site; whether somebody is in it follows from the stays."""

    __tablename__ = "isolation_rooms"

    site_id: Mapped[str] = mapped_column(ForeignKey("isolation_sites.id"), index=True)
    room_no: Mapped[str] = mapped_column(String(40))
    area_m2: Mapped[float | None]
    ensuite: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12))
    disinfected_on: Mapped[str | None] = mapped_column(String(10))
    remark: Mapped[str | None] = mapped_column(String(200))


class IsolationStay(Synced, Base):
    """One person's observation from the first day to release, transfer or leaving.

    `expected_end_on` is 14 days after the start or the last exposure, whichever is later. `steps` maps a step of the
    emergency sequence to its moment (UTC). Readings are the person's health entries.
    """

    __tablename__ = "isolation_stays"

    site_id: Mapped[str] = mapped_column(ForeignKey("isolation_sites.id"), index=True)
    room_id: Mapped[str | None] = mapped_column(ForeignKey("isolation_rooms.id"), index=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"), index=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    reason: Mapped[str] = mapped_column(String(20))
    start_on: Mapped[str] = mapped_column(String(10))
    last_exposure_on: Mapped[str | None] = mapped_column(String(10))
    expected_end_on: Mapped[str] = mapped_column(String(10))
    steps: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    contacts: Mapped[str | None] = mapped_column(Text)
    transferred_to: Mapped[str | None] = mapped_column(String(120))
    outcome: Mapped[str | None] = mapped_column(String(24))
    ended_on: Mapped[str | None] = mapped_column(String(10))
    released_by: Mapped[str | None] = mapped_column(String(80))
    note: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "employee_id", "start_on"),)
