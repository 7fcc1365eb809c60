"""What becomes of one operation: the rules, in memory, on rows that were read before. No database here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.models.problems import words
from desktop.models.vocabulary import FindingState, LetterState, OperationKind, OperationStatus, Route
from desktop.sync.wire.merge import merge
from desktop.sync.wire.messages import Operation, OperationResult
from desktop.sync.wire.record_codec import FIELDS, fault_in, missing_field, parents_of, to_stored
from server.rights import CLOSABLE_ROUTES, Action, Actor, may
from server.stored_rows import Row, StoredRows

_FREE_AFTER_ISSUE = frozenset({"state", "reason"})
"""Fields of a letter that may still change once it was issued."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to an operation, the fields it wrote and the place it took in its grid's history."""

    operation: Operation
    result: OperationResult
    taken: list[str] | None = None
    sequence: int | None = None


def refusal_of(op: Operation, actor: Actor) -> Decision | None:
    """What can be refused without looking at any row: a foreign grid, an unknown table, fields that are not right."""
    if op.grid_id not in actor.grids:
        return _answer(op, OperationStatus.FORBIDDEN, "sync_forbidden")
    if fault := fault_in(op.table, op.fields):
        return _refused(op, fault.code, fault.field)
    return None


def refused_by_database(op: Operation) -> Decision:
    """The answer when the database itself refuses a row, as a rule a second row under a unique number."""
    return _refused(op, "sync_row_exists_already", None)


@dataclass
class Ruling:
    """Decides operations one after the other for one actor.

    Args:
        rows: what is stored; decided operations change it, so the next one sees their effect.
        clocks: the last sequence number of every grid this transaction has locked; counted up here.
        held_rows: ids of rows that have operations held from before.
        trusted: the server's own rows: no rights are asked.
    """

    actor: Actor
    rows: StoredRows
    clocks: dict[str, int]
    held_rows: set[str]
    trusted: bool = False

    def decide(self, op: Operation) -> Decision:
        """Apply the operation to the rows in memory, or say why not. Its fields have been checked (`refusal_of`)."""
        stored = self.rows.rows.get((op.table, op.row_id))
        parents = [
            (name, self.rows.rows.get((table, row_id))) for name, table, row_id in parents_of(op.table, op.fields)
        ]
        if not self._allowed(op, stored, [parent for _, parent in parents]):
            return _answer(op, OperationStatus.FORBIDDEN, "sync_forbidden")
        for name, parent in parents:
            if parent is None:
                return self._held(op, "sync_parent_unknown", name)
            if parent["grid_id"] != op.grid_id:
                return _refused(op, "sync_parent_in_other_grid", name)
        if stored is None:
            return self._first(op)
        if stored["grid_id"] != op.grid_id:
            return _refused(op, "sync_row_in_other_grid", "grid_id")
        return self._delete(op, stored) if op.kind is OperationKind.DELETE else self._put(op, stored)

    def _allowed(self, op: Operation, stored: Row | None, parents: list[Row | None]) -> bool:
        """Scope at the operation's grid, the stored row's grid and every parent's grid."""
        if self.trusted:
            return True
        needed = _needed(op)
        grids = [op.grid_id, *(row["grid_id"] for row in (stored, *parents) if row is not None)]
        if not all(may(self.actor, needed, op.table, grid) for grid in grids):
            return False
        return not _closes_finding(op) or _route(op, stored) in CLOSABLE_ROUTES.get(self.actor.role, frozenset())

    def _first(self, op: Operation) -> Decision:
        lacking = "id" if op.kind is OperationKind.DELETE else missing_field(op.table, op.fields)
        if lacking is not None:
            if op.base_version > 0 or op.row_id in self.held_rows:
                return self._held(op, "sync_row_unknown", None)
            return _refused(op, "sync_field_missing", lacking)
        row: Row = dict.fromkeys(FIELDS[op.table])
        row |= {"id": op.row_id, "grid_id": op.grid_id, "version": 0, "deleted_at": None}
        return self._write(op, row, to_stored(op.table, op.fields), OperationStatus.APPLIED)

    def _put(self, op: Operation, stored: Row) -> Decision:
        others = self.rows.changed_by_others((op.table, op.row_id), op.base_version, self.actor.device_id)
        asked = to_stored(op.table, op.fields)
        if stored["deleted_at"] is not None:  # writing to a row known to be deleted brings it back
            if "deleted_at" in others:
                return self._stands(op, stored, "deleted_at")
            asked["deleted_at"] = None
        if op.table == "letters" and _touches_issued(stored, asked):
            return _refused(op, "sync_letter_is_issued", None)
        merged = merge(stored, asked, others)
        if not merged.contested:
            status = OperationStatus.MERGED if others else OperationStatus.APPLIED
            return self._write(op, stored, merged.taken, status)
        if not merged.taken:
            return self._stands(op, stored, merged.contested[0])
        return self._write(op, stored, merged.taken, OperationStatus.CONFLICT, merged.contested[0])

    def _delete(self, op: Operation, stored: Row) -> Decision:
        others = self.rows.changed_by_others((op.table, op.row_id), op.base_version, self.actor.device_id)
        if stored["deleted_at"] is None and others:
            return self._stands(op, stored, sorted(others)[0])
        return self._write(op, stored, {"deleted_at": op.edited_at}, OperationStatus.APPLIED)

    def _write(
        self, op: Operation, row: Row, taken: dict[str, Any], status: OperationStatus, contested: str | None = None
    ) -> Decision:
        new = row | taken
        new |= {"version": row["version"] + 1, "edited_at": op.edited_at, "edited_by": self.actor.account_id or None}
        self.rows.put((op.table, op.row_id), new, self.actor.device_id, taken)
        result = _result(op, status, "sync_field_contested" if contested else None, contested, new["version"])
        return Decision(op, result, sorted(taken), self._place(op))

    def _stands(self, op: Operation, stored: Row, contested: str) -> Decision:
        """The stored row stays; it gets a new place in the history so that the asking device pulls it."""
        result = _result(op, OperationStatus.CONFLICT, "sync_field_contested", contested, stored["version"])
        return Decision(op, result, None, self._place(op))

    def _place(self, op: Operation) -> int:
        self.clocks[op.grid_id] += 1
        self.rows.sequences[op.table, op.row_id] = self.clocks[op.grid_id]
        return self.clocks[op.grid_id]

    def _held(self, op: Operation, code: str, field: str | None) -> Decision:
        self.held_rows.add(op.row_id)
        return _answer(op, OperationStatus.HELD, code, field)


def _result(
    op: Operation, status: OperationStatus, code: str | None, field: str | None = None, version: int | None = None
) -> OperationResult:
    message = words(code, {"field": field or "—", "table": op.table}) if code else None
    return OperationResult(op.op_id, status, version, code, field, message)


def _answer(op: Operation, status: OperationStatus, code: str, field: str | None = None) -> Decision:
    return Decision(op, _result(op, status, code, field))


def _refused(op: Operation, code: str, field: str | None) -> Decision:
    return _answer(op, OperationStatus.REJECTED, code, field)


def _needed(op: Operation) -> Action:
    if _closes_finding(op) or (
        op.table == "letters" and op.fields.get("state") in (LetterState.ISSUED, LetterState.VOID)
    ):
        return Action.ISSUE
    return Action.WRITE


def _closes_finding(op: Operation) -> bool:
    return op.table == "findings" and op.fields.get("state") == FindingState.CLOSED


def _route(op: Operation, stored: Row | None) -> Route | str | None:
    return op.fields.get("route") or (stored["route"] if stored else None)


def _touches_issued(stored: Row, asked: dict[str, Any]) -> bool:
    if stored["state"] == LetterState.DRAFT:
        return False
    changed = {name for name, value in asked.items() if stored[name] != value}
    return (
        bool(changed - _FREE_AFTER_ISSUE)
        or asked.get("state") == LetterState.DRAFT
        or (stored["state"] == LetterState.VOID and bool(changed))
    )
