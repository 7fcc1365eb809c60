"""Record sheets (专项记录表): the forms of the focus areas and of first contact, filled."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class Sheet(Synced, Base):
    """One filled form: `form` names it, `entries` holds its fields in the units the form states (`form_version`).

    `subject` is what it is about where an enterprise has several: a post, a room, a store. Without an enterprise it is
    about the park.
    """

    __tablename__ = "sheets"

    enterprise_id: Mapped[str | None] = mapped_column(ForeignKey("enterprises.id"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visits.id"), index=True)
    form: Mapped[str] = mapped_column(String(40))
    form_version: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None] = mapped_column(String(120))
    recorded_on: Mapped[str] = mapped_column(String(10))
    entries: Mapped[dict[str, Any]] = mapped_column(JsonText)
    note: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "enterprise_id", "form"),)
