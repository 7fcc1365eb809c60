"""Journal (日志) and daily report (日报): drafted from the day's work, signed, then locked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class JournalEntry(Synced, Base):
    """The journal of one visit (日志); its id follows from the visit. Signed, it is locked."""

    __tablename__ = "journal_entries"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"), index=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visits.id"), index=True)
    day: Mapped[str] = mapped_column(String(10))
    author: Mapped[str | None] = mapped_column(String(80))
    situation: Mapped[str | None] = mapped_column(Text)
    findings: Mapped[str | None] = mapped_column(Text)
    advice: Mapped[str | None] = mapped_column(Text)
    services: Mapped[str | None] = mapped_column(Text)
    next_on: Mapped[str | None] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(8))
    signed_by: Mapped[str | None] = mapped_column(String(80))
    signed_at: Mapped[str | None] = mapped_column(String(24))

    __table_args__ = (Index(None, "day"),)


class DailyReport(Synced, Base):
    """A grid's day (日报): `figures` by their identifier as of a moment; its id follows from grid and day."""

    __tablename__ = "daily_reports"

    day: Mapped[str] = mapped_column(String(10))
    figures: Mapped[dict[str, Any]] = mapped_column(JsonText)
    summary: Mapped[str | None] = mapped_column(Text)
    plan: Mapped[str | None] = mapped_column(Text)
    as_of: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(8))
    signed_by: Mapped[str | None] = mapped_column(String(80))
    signed_at: Mapped[str | None] = mapped_column(String(24))

    __table_args__ = (Index(None, "day"),)
