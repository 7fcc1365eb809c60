"""Findings (问题): what a failed or partial answer leaves to be put right, on its way through the closed loop."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


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
    source: Mapped[str | None] = mapped_column(String(12))
    focus_area: Mapped[str | None] = mapped_column(String(4))
    responsible_title: Mapped[str | None] = mapped_column(String(60))
    responsible_phone: Mapped[str | None] = mapped_column(String(40))
    instructor: Mapped[str | None] = mapped_column(String(80))
    service_officer: Mapped[str | None] = mapped_column(String(80))
    lead_unit: Mapped[str | None] = mapped_column(String(120))
    co_units: Mapped[list[Any] | None] = mapped_column(JsonText)
    supervisor: Mapped[str | None] = mapped_column(String(80))
    duty: Mapped[str | None] = mapped_column(Text)
    acknowledged_at: Mapped[str | None] = mapped_column(String(24))
    action: Mapped[str | None] = mapped_column(Text)
    interim_control: Mapped[str | None] = mapped_column(Text)
    done_on: Mapped[str | None] = mapped_column(String(10))
    reviewed_on: Mapped[str | None] = mapped_column(String(10))
    reviewer: Mapped[str | None] = mapped_column(String(80))
    review_outcome: Mapped[str | None] = mapped_column(String(10))
    extensions: Mapped[int | None]
    suspended_until: Mapped[str | None] = mapped_column(String(10))
    platform_number: Mapped[str | None] = mapped_column(String(60))

    __table_args__ = (Index(None, "enterprise_id", "state"), Index(None, "state", "due_on"))


class FindingStep(Synced, Base):
    """One line of a finding's timeline: who did what when, never changed afterwards.

    A look-back (回头看) is a step too: its `outcome` says what became of the promised fix, `visit_id` on which visit.
    `due_on` is the deadline a step has set.
    """

    __tablename__ = "finding_steps"

    finding_id: Mapped[str] = mapped_column(ForeignKey("findings.id"))
    at: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(12))
    by_name: Mapped[str | None] = mapped_column(String(80))
    from_state: Mapped[str | None] = mapped_column(String(12))
    to_state: Mapped[str | None] = mapped_column(String(12))
    outcome: Mapped[str | None] = mapped_column(String(10))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visits.id"), index=True)
    due_on: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "finding_id", "at"),)
