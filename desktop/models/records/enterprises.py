"""Grids (网格), the enterprises in them, and whom to call there."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, Synced


class Grid(Synced, Base):
    """One grid of a development zone or park. Its id follows from its code; its own `grid_id` is its id."""

    __tablename__ = "grids"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    township: Mapped[str | None] = mapped_column(String(60))
    county: Mapped[str | None] = mapped_column(String(60))
    city: Mapped[str | None] = mapped_column(String(60))
    park: Mapped[str | None] = mapped_column(String(120))


class Enterprise(Synced, Base):
    """An enterprise of a grid; head counts are persons, dates are local calendar days."""

    __tablename__ = "enterprises"

    name: Mapped[str] = mapped_column(String(200))
    credit_code: Mapped[str | None] = mapped_column(String(18))
    address: Mapped[str | None] = mapped_column(String(300))
    township: Mapped[str | None] = mapped_column(String(60))
    county: Mapped[str | None] = mapped_column(String(60))
    industry: Mapped[str | None] = mapped_column(String(120))
    scale: Mapped[str | None] = mapped_column(String(20))
    capital: Mapped[str | None] = mapped_column(String(60))
    registered_on: Mapped[str | None] = mapped_column(String(10))
    resumed_on: Mapped[str | None] = mapped_column(String(10))
    staff_due: Mapped[int | None]
    staff_on_duty: Mapped[int | None]
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    remark: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (Index(None, "credit_code"), Index(None, "name"))


class Contact(Synced, Base):
    """A person of the enterprise the officer deals with. `duty`: `epidemic_lead`, `owner` or free text."""

    __tablename__ = "contacts"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    duty: Mapped[str | None] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(40))
