"""Daily key points (每日要点), published by the centre."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class KeyPoints(Synced, Base):
    """One issue of the daily key points as the centre published it to a grid."""

    __tablename__ = "key_points"

    issue_no: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    focus_areas: Mapped[list[Any] | None] = mapped_column(JsonText)
    measures: Mapped[list[Any] | None] = mapped_column(JsonText)
    source_unit: Mapped[str | None] = mapped_column(String(120))
    valid_from: Mapped[str] = mapped_column(String(10))

    __table_args__ = (Index(None, "valid_from"),)
