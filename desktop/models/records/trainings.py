"""Trainings and talks (培训宣讲) with who attended."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, Synced


class Training(Synced, Base):
    """One training or talk, held at an enterprise or for the grid."""

    __tablename__ = "trainings"

    enterprise_id: Mapped[str | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    day: Mapped[str] = mapped_column(String(10))
    topic: Mapped[str] = mapped_column(String(200))
    place: Mapped[str | None] = mapped_column(String(120))
    trainer: Mapped[str | None] = mapped_column(String(80))
    audience: Mapped[str | None] = mapped_column(String(120))
    content: Mapped[str | None] = mapped_column(Text)
    headcount: Mapped[int | None]

    __table_args__ = (Index(None, "day"),)


class Attendance(Synced, Base):
    """Somebody who attended a training."""

    __tablename__ = "attendances"

    training_id: Mapped[str] = mapped_column(ForeignKey("trainings.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str | None] = mapped_column(String(120))
    employee_id: Mapped[str | None] = mapped_column(ForeignKey("employees.id"), index=True)
    signed: Mapped[int | None]
