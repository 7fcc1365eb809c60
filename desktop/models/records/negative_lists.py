"""The negative list (负面清单): which enterprise is on which type, since when and why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class NegativeEntry(Synced, Base):
    """One enterprise on one of the ten types, from `entered_on` to `lifted_on`.

    `reasons` is a list of facts: {"code", values…}. A decision by hand stands until `reviewed_on`.
    """

    __tablename__ = "negative_entries"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    type: Mapped[str] = mapped_column(String(24))
    level: Mapped[str] = mapped_column(String(8))
    origin: Mapped[str] = mapped_column(String(8))
    reasons: Mapped[list[Any]] = mapped_column(JsonText)
    entered_on: Mapped[str] = mapped_column(String(10))
    entered_by: Mapped[str | None] = mapped_column(String(80))
    reviewed_on: Mapped[str | None] = mapped_column(String(10))
    lifted_on: Mapped[str | None] = mapped_column(String(10))
    lifted_by: Mapped[str | None] = mapped_column(String(80))
    lift_reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "enterprise_id", "type"),)
