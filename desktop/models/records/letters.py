"""Recommendation letters (专业建议书): drafts, and issued ones frozen with their inputs and the hash of their bytes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class Letter(Synced, Base):
    """One letter. A draft has no number; from issue on `content`, `number`, `sha256` and `pages` never change.

    A reissue is another letter whose `supersedes_id` names the old one.
    """

    __tablename__ = "letters"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"), index=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visits.id"), index=True)
    state: Mapped[str] = mapped_column(String(8))
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JsonText)
    issued_on: Mapped[str | None] = mapped_column(String(10))
    issued_at: Mapped[str | None] = mapped_column(String(24))
    pages: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    supersedes_id: Mapped[str | None] = mapped_column(String(36))
    reason: Mapped[str | None] = mapped_column(Text)
