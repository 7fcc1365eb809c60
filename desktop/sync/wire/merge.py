"""Merging a stale edit: a pure function of what others changed, what stands now and what is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple


class Merged(NamedTuple):
    """`taken` may be written; `contested` fields keep the stored value, because others set them differently."""

    taken: dict[str, Any]
    contested: list[str]


def merge(stored: Mapping[str, Any], asked: Mapping[str, Any], changed_by_others: Collection[str]) -> Merged:
    """Take every asked field nobody else touched since the edit's base, or that others set to the same value.

    Args:
        stored: the row's present values, in the same form as `asked`.
        asked: the fields of the operation.
        changed_by_others: names other devices changed after the operation's base version.
    """
    contested = sorted(name for name, value in asked.items() if name in changed_by_others and stored.get(name) != value)
    return Merged({name: value for name, value in asked.items() if name not in contested}, contested)
