"""What every stored record has in common: the declarative base and the columns that make a row travel.

Text everywhere: ids are 36-character UUIDs, dates `YYYY-MM-DD`, moments UTC ISO 8601 with `Z`, structures canonical
JSON. The same bytes stand in SQLite, in PostgreSQL and on the wire, so digests agree and no driver converts behind
our back (docs/decisions/0004).
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from desktop.models.identity import new_id

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder()


class JsonText(TypeDecorator[Any]):
    """A JSON value kept as canonical text (sorted keys, no blanks)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else _encoder.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else _decoder.decode(value)


class Base(DeclarativeBase):
    """Declarative base; constraint names follow one convention so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Synced:
    """Columns of a row that exists at the centre too.

    `version` is given by the server (0 = never seen there); `edited_at` (UTC) and `edited_by` (member id) say who
    changed the row last; `deleted_at` marks a tombstone, rows are never removed.
    """

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id, sort_order=-10)
    grid_id: Mapped[str] = mapped_column(String(36), index=True, sort_order=-9)
    version: Mapped[int] = mapped_column(default=0, sort_order=90)
    edited_at: Mapped[str] = mapped_column(String(24), sort_order=91)
    edited_by: Mapped[str | None] = mapped_column(String(36), sort_order=92)
    deleted_at: Mapped[str | None] = mapped_column(String(24), sort_order=93)


ENVELOPE_COLUMNS = frozenset({"id", "grid_id", "version", "edited_at", "edited_by", "deleted_at"})
"""Columns carried by the operation's envelope, never among its fields."""
