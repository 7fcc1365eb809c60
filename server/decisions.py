"""What becomes of one operation: the rules, in memory, on rows that were read before. No database here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from desktop.models.closed_loop import CLOSABLE_ROUTES, reachable
from desktop.models.problems import words
from desktop.models.vocabulary import FindingState, LetterState, OperationKind, OperationStatus, Route
from desktop.sync.wire.merge import merge
from desktop.sync.wire.messages import Operation, OperationResult
from desktop.sync.wire.record_codec import fault_in, missing_field, parents_of, to_stored
from desktop.sync.wire.record_fields import SETTLING
from server.conflict_making import conflict_operation
from server.grid_clocks import GridClock
from server.rights import Action, Actor, may
from server.stored_rows import Edit, Row, StoredRows, blank_row

_FREE_AFTER_ISSUE = frozenset({"state", "reason"})
"""Fields of a letter that may still change once it was issued."""


class Decision(NamedTuple):
    """The answer to an operation, the fields it wrote where these are not just its own, and its place in its grid's
    history. `made_here`: the server's own operation, which nobody asked for."""

    operation: Operation
    result: OperationResult
    taken: list[str] | None = None
    sequence: int | None = None
    made_here: bool = False


def refusal_of(op: Operation, actor: Actor) -> Decision | None:
    """What can be refused without looking at any row: a foreign grid, an unknown table, fields that are not right."""
    if op.grid_id not in actor.grids:
        late = op.grid_id in actor.withdrawn  # an administrator of the grid decides on it
        return _answer(op, OperationStatus.FORBIDDEN, "sync_grid_withdrawn" if late else "sync_forbidden")
    if fault := fault_in(op.table, op.fields):
        return _refused(op, fault.code, fault.field)
    if op.table == "conflicts" and (op.kind is OperationKind.DELETE or not op.fields.keys() <= SETTLING):
        return _refused(op, "sync_conflict_not_yours", None)
    return None


def refused_by_database(op: Operation) -> Decision:
    """The answer when the database itself refuses a row, as a rule a second row under a unique number."""
    return _refused(op, "sync_row_exists_already", None)


@dataclass
class Ruling:
    """Decides operations one after the other for one actor.

    Args:
        rows: what is stored; decided operations change it, so the next one sees their effect.
        clocks: the clock of every grid this transaction has locked; counted up here.
        held_rows: ids of rows on which an operation waits that is older than the ones to decide.
        trusted: the server's own rows: no rights are asked.
        belated: the operations were written for the database as it was before a restore, and came on a stick. They may
            build on what the restore took away, and a later edit can look like a whole row: all of them wait until
            their device offers everything again, in its order.
    """

    actor: Actor
    rows: StoredRows
    clocks: dict[str, GridClock]
    held_rows: set[str]
    trusted: bool = False
    belated: bool = False
    conflicts: list[Decision] = field(default_factory=list)
    """The records of conflicts met so far, decided as operations of the server."""
    _known_rights: dict[tuple[str, str, str], bool] = field(default_factory=dict)

    def decide(self, op: Operation) -> Decision:
        """Apply the operation to the rows in memory, or say why not. Its fields have been checked (`refusal_of`)."""
        stored = self.rows.rows.get((op.table, op.row_id))
        parents = [
            (name, self.rows.grid_of((table, row_id))) for name, table, row_id in parents_of(op.table, op.fields)
        ]
        if not self._allowed(op, stored, [grid for _, grid in parents]):
            return _answer(op, OperationStatus.FORBIDDEN, "sync_forbidden")
        if self.belated:
            return self._held(op, "sync_row_ahead", None)
        for name, grid in parents:
            if grid is None:
                return self._held(op, "sync_parent_unknown", name)
            if grid != op.grid_id:
                return _refused(op, "sync_parent_in_other_grid", name)
        if op.row_id in self.held_rows and not (stored is None and self._makes_row(op)):
            return self._held(op, "sync_row_unknown", None)  # an older one waits, and must be applied before this one
        if stored is None:
            return self._first(op)
        if stored["grid_id"] != op.grid_id:
            return _refused(op, "sync_row_in_other_grid", "grid_id")
        return self._delete(op, stored) if op.kind is OperationKind.DELETE else self._put(op, stored)

    def _allowed(self, op: Operation, stored: Row | None, parents: list[str | None]) -> bool:
        """Scope at the operation's grid, the stored row's grid and every parent's grid."""
        if self.trusted:
            return True
        grids = {op.grid_id, *parents}
        if stored is not None:
            grids.add(stored["grid_id"])
        needed = _needed(op)
        for grid in grids:
            if grid is not None and not self._may(needed, op.table, grid):
                return False
        return not _closes_finding(op) or _route(op, stored) in CLOSABLE_ROUTES.get(self.actor.role, frozenset())

    def _may(self, action: Action, table: str, grid: str) -> bool:
        """`may`, asked once for each action, table and grid."""
        asked = (action.value, table, grid)
        known = self._known_rights.get(asked)
        if known is None:
            known = self._known_rights[asked] = may(self.actor, action, table, grid)
        return known

    def _makes_row(self, op: Operation) -> bool:
        return (op.table, op.row_id) in self.rows.presumed_new or (op.base_version == 0 and _lacking(op) is None)

    def _first(self, op: Operation) -> Decision:
        if op.table == "conflicts":  # it was settled before a restore; what was decided travels as an edit of its own
            return _refused(op, "sync_conflict_unknown", None)
        if op.base_version > 0:  # the whole row was here before the database was restored, and will come again
            return self._held(op, "sync_row_unknown", None)
        if not self._makes_row(op):
            return _refused(op, "sync_field_missing", _lacking(op))
        row = blank_row(op.table) | {"id": op.row_id, "grid_id": op.grid_id, "version": 0}
        return self._write(op, row, to_stored(op.table, op.fields), OperationStatus.APPLIED)

    def _put(self, op: Operation, stored: Row) -> Decision:
        others = self.rows.changed_by_others((op.table, op.row_id), op.base_version, self.actor.device_id)
        asked = to_stored(op.table, op.fields)
        if stored["deleted_at"] is not None:  # writing to a row known to be deleted brings it back
            if "deleted_at" in others:
                return self._stands(op, stored, "deleted_at", others)
            asked["deleted_at"] = None
        if op.table == "letters" and _touches_issued(stored, asked):
            return _refused(op, "sync_letter_is_issued", None)
        merged = merge(stored, asked, others)
        if op.table == "findings" and not _leads_there(stored, merged.taken):
            return _refused(op, "sync_finding_move", "state")
        if not merged.contested:
            status = OperationStatus.MERGED if others else OperationStatus.APPLIED
            return self._write(op, stored, merged.taken, status)
        for contested in merged.contested:
            self._record(op, stored, contested, asked[contested], others)
        if not merged.taken:
            return self._stands(op, stored, merged.contested[0])
        return self._write(op, stored, merged.taken, OperationStatus.CONFLICT, merged.contested[0])

    def _delete(self, op: Operation, stored: Row) -> Decision:
        others = self.rows.changed_by_others((op.table, op.row_id), op.base_version, self.actor.device_id)
        if stored["deleted_at"] is None and others:
            return self._stands(op, stored, "deleted_at", others)
        return self._write(op, stored, {"deleted_at": op.edited_at}, OperationStatus.APPLIED)

    def _write(
        self, op: Operation, row: Row, taken: dict[str, Any], status: OperationStatus, contested: str | None = None
    ) -> Decision:
        author = self.actor.account_id or None
        version = row["version"] + 1
        new = row | taken
        new["version"], new["edited_at"], new["edited_by"] = version, op.edited_at, author
        edit = Edit(version, self.actor.device_id, author, op.edited_at, taken)
        self.rows.put((op.table, op.row_id), new, edit)
        clock = self.clocks[op.grid_id]
        clock.count(op.table, op.row_id, row["version"], version)
        result = _result(op, status, "sync_field_contested" if contested else None, contested, version)
        plain = not contested and taken.keys() == op.fields.keys()
        return Decision(op, result, None if plain else sorted(taken), clock.tick())

    def _stands(self, op: Operation, stored: Row, contested: str, others: dict[str, Edit] | None = None) -> Decision:
        """The stored row stays; it gets a new place in the history so that the asking device pulls it.

        With `others` given, one side deleted what the other edited.
        """
        if others is not None:
            wanted = op.edited_at if op.kind is OperationKind.DELETE else None
            self._record(op, stored, "deleted_at", wanted, others)
        result = _result(op, OperationStatus.CONFLICT, "sync_field_contested", contested, stored["version"])
        return Decision(op, result, None, self.clocks[op.grid_id].tick())

    def _record(self, op: Operation, stored: Row, name: str, wanted: Any, others: dict[str, Edit]) -> None:
        """Put a conflict on record: both values, what they began from, who and when."""
        if op.table == "conflicts":  # two people settled the same one: the first decision stands, as everywhere
            return
        theirs = others.get(name) or max(others.values(), key=lambda edit: edit.version)
        base = self.rows.value_at((op.table, op.row_id), op.base_version, name)
        made = conflict_operation(op, name, base, stored[name], wanted, theirs, self.actor.account_id or None)
        row = blank_row("conflicts") | {"id": made.row_id, "grid_id": made.grid_id, "version": 0}
        decision = self._write(made, row, to_stored("conflicts", made.fields), OperationStatus.APPLIED)
        self.conflicts.append(decision._replace(made_here=True))

    def _held(self, op: Operation, code: str, about: str | None) -> Decision:
        self.held_rows.add(op.row_id)
        return _answer(op, OperationStatus.HELD, code, about)


def _result(
    op: Operation, status: OperationStatus, code: str | None, about: str | None = None, version: int | None = None
) -> OperationResult:
    message = words(code, {"field": about or "—", "table": op.table}) if code else None
    return OperationResult(op.op_id, status, version, code, about, message)


def _lacking(op: Operation) -> str | None:
    """What an operation on a row that is not there lacks to make it."""
    return "id" if op.kind is OperationKind.DELETE else missing_field(op.table, op.fields)


def _answer(op: Operation, status: OperationStatus, code: str, about: str | None = None) -> Decision:
    return Decision(op, _result(op, status, code, about))


def _refused(op: Operation, code: str, about: str | None) -> Decision:
    return _answer(op, OperationStatus.REJECTED, code, about)


def _needed(op: Operation) -> Action:
    state = op.fields.get("state") if op.table == "letters" else None
    if state == LetterState.VOID and op.fields.keys() <= _FREE_AFTER_ISSUE:
        return Action.VOID
    if _closes_finding(op) or state in (LetterState.ISSUED, LetterState.VOID):
        return Action.ISSUE
    return Action.WRITE


def _closes_finding(op: Operation) -> bool:
    return op.table == "findings" and op.fields.get("state") == FindingState.CLOSED


def _route(op: Operation, stored: Row | None) -> Route | str | None:
    return op.fields.get("route") or (stored["route"] if stored else None)


def _leads_there(stored: Row, taken: dict[str, Any]) -> bool:
    """Whether a finding may come from its stored state to the one it is given."""
    return "state" not in taken or reachable(FindingState(stored["state"]), FindingState(taken["state"]))


def _touches_issued(stored: Row, asked: dict[str, Any]) -> bool:
    if stored["state"] == LetterState.DRAFT:
        return False
    changed = {name for name, value in asked.items() if stored[name] != value}
    return (
        bool(changed - _FREE_AFTER_ISSUE)
        or asked.get("state") == LetterState.DRAFT
        or (stored["state"] == LetterState.VOID and bool(changed))
    )
