"""The record of a conflict as an operation of the server: built from the refused edit, it can be made only once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

import msgspec

from desktop.models.identity import utc_now
from desktop.models.vocabulary import ConflictState, OperationKind
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.record_fields import STRUCTURES

if TYPE_CHECKING:
    from server.stored_rows import Edit


def conflict_operation(
    of: Operation, name: str, base: Any, theirs: Any, mine: Any, their_edit: Edit, mine_by: str | None
) -> Operation:
    """The operation that puts a conflict about one field on record.

    Args:
        base, theirs, mine: values as stored; structures are opened again, so that the record carries them as JSON.
        their_edit: the edit that set what stands at the centre.
        mine_by: the account whose operation lost.
    """
    structured = name in STRUCTURES[of.table]

    def opened(value: Any) -> Any:
        return msgspec.json.decode(value) if structured and value is not None else value

    fields = {
        "table_name": of.table, "row_id": of.row_id, "field": name, "base": opened(base), "theirs": opened(theirs),
        "mine": opened(mine), "theirs_by": their_edit.account_id, "theirs_at": their_edit.edited_at,
        "mine_by": mine_by, "mine_at": of.edited_at, "op_id": of.op_id, "state": ConflictState.OPEN.value,
    }  # fmt: skip
    present = {key: value for key, value in fields.items() if value is not None}
    conflict = str(uuid5(UUID(of.op_id), name))
    made = str(uuid5(UUID(of.op_id), f"{name}/made"))
    return Operation(made, "conflicts", conflict, of.grid_id, OperationKind.PUT, present, 0, utc_now())
