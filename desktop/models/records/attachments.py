"""Photos and files that belong to a record, named by the hash of their bytes."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, Synced


class Attachment(Synced, Base):
    """One file of one record. `sha256` finds the bytes; `size` is in bytes; `purpose`: photo, letter, signature."""

    __tablename__ = "attachments"

    owner_table: Mapped[str] = mapped_column(String(30))
    owner_id: Mapped[str] = mapped_column(String(36))
    purpose: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(60))
    title: Mapped[str | None] = mapped_column(String(120))
    taken_at: Mapped[str | None] = mapped_column(String(24))

    __table_args__ = (Index(None, "owner_table", "owner_id"),)
