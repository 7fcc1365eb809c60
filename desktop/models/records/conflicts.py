"""A field two people set differently: what stood before, what stands at the centre, and what the other one wanted.

The server makes a conflict in the transaction that noticed it; it travels to everybody of the grid. An officer settles
it by one unit of work: the chosen value is put on the row, and the conflict is put to `resolved`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText, Synced


class Conflict(Synced, Base):
    """One contested field of one row. `field` is `deleted_at` where one side deleted what the other edited.

    `theirs` stands at the centre, `mine` is what operation `op_id` asked for, `base` what both began from (empty where
    that is not known any more). Who: account ids; when: the moment of the edit by its device's clock, UTC.
    """

    __tablename__ = "conflicts"

    table_name: Mapped[str] = mapped_column(String(30))
    row_id: Mapped[str] = mapped_column(String(36), index=True)
    field: Mapped[str] = mapped_column(String(60))
    base: Mapped[Any] = mapped_column(JsonText, nullable=True)
    theirs: Mapped[Any] = mapped_column(JsonText, nullable=True)
    mine: Mapped[Any] = mapped_column(JsonText, nullable=True)
    theirs_by: Mapped[str | None] = mapped_column(String(36))
    theirs_at: Mapped[str | None] = mapped_column(String(24))
    mine_by: Mapped[str | None] = mapped_column(String(36))
    mine_at: Mapped[str] = mapped_column(String(24))
    op_id: Mapped[str] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(8))
    resolution: Mapped[str | None] = mapped_column(String(8))
    resolved_at: Mapped[str | None] = mapped_column(String(24))
