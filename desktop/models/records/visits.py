"""Visits and the answers given on them, each judged against one version of the measure set."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class Visit(Synced, Base):
    """One visit to one enterprise. `visited_on` is the local calendar day; `measure_set` is `id@version`.

    `situation` holds the head counts asked on arrival (`visits_situation` keys, persons or rooms);
    `gaps` lists what was still missing when the visit was completed. `functions` are the duties of the six functions
    done on it, `kit` what of the guidance kit was handed over, `party` how many officers came (人次).
    """

    __tablename__ = "visits"

    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    kind: Mapped[str] = mapped_column(String(20))
    visited_on: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12))
    measure_set: Mapped[str] = mapped_column(String(80))
    officer_id: Mapped[str | None] = mapped_column(String(36))
    officer_name: Mapped[str | None] = mapped_column(String(80))
    companions: Mapped[str | None] = mapped_column(String(200))
    started_at: Mapped[str] = mapped_column(String(24))
    completed_at: Mapped[str | None] = mapped_column(String(24))
    situation: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    gaps: Mapped[list[str] | None] = mapped_column(JsonText)
    remark: Mapped[str | None] = mapped_column(Text)
    functions: Mapped[list[Any] | None] = mapped_column(JsonText)
    party: Mapped[int | None]
    kit: Mapped[list[Any] | None] = mapped_column(JsonText)
    education_people: Mapped[int | None]
    supplies_given: Mapped[str | None] = mapped_column(String(200))
    next_on: Mapped[str | None] = mapped_column(String(10))

    __table_args__ = (Index(None, "enterprise_id", "visited_on"), Index(None, "state", "visited_on"))


class Answer(Synced, Base):
    """The judgement of one measure on one visit; its absence means 未查.

    `points` maps a check point's number ("1"…) to true or false; `measured` maps a value's key to what was read
    there, in the unit the measure set states; `fact` and `advice` are the letter's sentences where the officer
    wrote them himself.
    """

    __tablename__ = "answers"

    visit_id: Mapped[str] = mapped_column(ForeignKey("visits.id"))
    measure: Mapped[str] = mapped_column(String(8))
    result: Mapped[str] = mapped_column(String(8))
    points: Mapped[dict[str, bool] | None] = mapped_column(JsonText)
    measured: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    note: Mapped[str | None] = mapped_column(Text)
    fact: Mapped[str | None] = mapped_column(Text)
    advice: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[str] = mapped_column(String(24))

    __table_args__ = (UniqueConstraint("visit_id", "measure"),)
