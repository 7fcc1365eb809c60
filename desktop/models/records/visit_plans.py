"""Planned visits (走访计划): which enterprises are on the route of a day."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, Synced


class VisitPlan(Synced, Base):
    """One enterprise on the route of one day, at its place; `visit_id` once it was visited."""

    __tablename__ = "visit_plans"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"), index=True)
    day: Mapped[str] = mapped_column(String(10))
    place: Mapped[int]
    officer_id: Mapped[str | None] = mapped_column(String(36))
    reason: Mapped[str | None] = mapped_column(String(120))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visits.id"), index=True)

    __table_args__ = (Index(None, "day", "place"),)
