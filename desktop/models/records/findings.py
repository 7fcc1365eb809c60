"""Findings (问题): what a failed or partial answer leaves to be put right, on its way through the closed loop."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, Synced


class Finding(Synced, Base):
    """One finding. `number` is `P-YYYYMMDD-nn-DEVICE`; dates are local calendar days.

    A finding whose answer is corrected while the visit is open becomes `void`; it is never removed.
    """

    __tablename__ = "findings"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visits.id"), index=True)
    answer_id: Mapped[str | None] = mapped_column(ForeignKey("answers.id"), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    measure: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(200))
    fact: Mapped[str | None] = mapped_column(Text)
    advice: Mapped[str | None] = mapped_column(Text)
    severity: Mapped[str] = mapped_column(String(8))
    route: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    responsible: Mapped[str | None] = mapped_column(String(80))
    found_on: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[str | None] = mapped_column(String(10))
    look_back_on: Mapped[str | None] = mapped_column(String(10))
    closed_on: Mapped[str | None] = mapped_column(String(10))

    __table_args__ = (Index(None, "enterprise_id", "state"), Index(None, "state", "due_on"))
