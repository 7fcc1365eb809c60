"""What importing a roster does to the enterprises already known: a pure decision for every row, taken in file order.

An enterprise is recognised by its credit code, else by its name when neither side has a code. A cell that is empty in
the file never empties what is stored. Importing the same file again therefore changes nothing, and a row never makes
a second enterprise of one that is known:

* same code, other name → `conflict`; accepted, the known enterprise takes the new name, unless the file contradicts
  itself: then the first name in it stays;
* same name, but only one side has a code, or the codes differ → `ask`; accepted, a row that brings or lacks the code
  joins the known enterprise, a row with another code becomes an enterprise of its own;
* same name as several known enterprises and no code → `ask`, and not imported even when accepted: nobody can tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from desktop.models.roster_rows import Issue, RosterRow, RowStatus

_PLAIN = re.compile("[\u4e00-\u9fff0-9]+").fullmatch
_TO_ACCEPT = (RowStatus.ASK, RowStatus.CONFLICT)


class Act(StrEnum):
    """What is written for a row. `joined`: its values went into another row's enterprise; `none`: nothing."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    JOINED = "joined"
    NONE = "none"


class Known(msgspec.Struct, frozen=True):
    """An enterprise as stored: its id and the values to compare, keyed by names of `RosterFields`.

    Only the fields that are keys of `values` are compared and changed; `name` and `credit_code` must be among them.
    """

    id: str
    values: Mapping[str, Any]


class Decision(msgspec.Struct, gc=False):
    """What becomes of one row. `changes` holds every value to write: all of a new enterprise, or what differs."""

    row: RosterRow
    status: RowStatus
    act: Act
    issues: tuple[Issue, ...]
    enterprise_id: str | None = None
    changes: dict[str, Any] = {}


def name_key(name: str) -> str:
    """Names that differ only in width, case, brackets or blanks have the same key."""
    if _PLAIN(name):
        return name
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def settle(
    rows: Iterable[RosterRow],
    by_code: Mapping[str, Known],
    by_name: Mapping[str, Sequence[Known]],
    new_id: Callable[[], str],
    accepted: Collection[RowStatus] = (),
) -> list[Decision]:
    """A decision for every row, in the same order.

    Args:
        by_code: known enterprises by credit code; at least those whose code stands in `rows`.
        by_name: known enterprises by `name_key` of their name; at least those whose name stands in `rows`.
        new_id: makes the id of a new enterprise.
        accepted: which of `ask` and `conflict` are imported.
    """
    settlement = _Settlement(by_code, by_name, new_id, frozenset(accepted))
    return [settlement.decide(row) for row in rows]


class FileComparison:
    """Compares the rows of one file with each other as they come; a rejected row is nobody's first."""

    def __init__(self) -> None:
        self._by_code: dict[str, RosterRow] = {}
        self._by_name: dict[str, RosterRow] = {}

    def compared(self, row: RosterRow) -> RosterRow:
        """The row, or the same row as a duplicate, a conflict or a question, naming the first of its kind."""
        if row.status is RowStatus.REJECT:
            return row
        code, key = row.fields.credit_code, name_key(row.fields.name)
        if code is not None:
            first = self._by_code.setdefault(code, row)
            if first is not row:
                if name_key(first.fields.name) == key:
                    return _beside(row, first, RowStatus.DUPLICATE, "roster_duplicate")
                return _beside(row, first, RowStatus.CONFLICT, "roster_conflict", name=first.fields.name)
        first = self._by_name.setdefault(key, row)
        if first is not row:
            return _beside(row, first, RowStatus.ASK, "roster_same_name")
        return row


class _Settlement:
    def __init__(
        self,
        by_code: Mapping[str, Known],
        by_name: Mapping[str, Sequence[Known]],
        new_id: Callable[[], str],
        accepted: frozenset[RowStatus],
    ) -> None:
        self._by_code = by_code
        self._by_name = by_name
        self._new_id = new_id
        self._accepted = accepted
        self._written: dict[str, Decision] = {}
        self._named: dict[str, Decision] = {}
        self._known_of: dict[str, Known] = {}

    def decide(self, row: RosterRow) -> Decision:
        if row.status in (RowStatus.REJECT, RowStatus.DUPLICATE):
            return Decision(row, row.status, Act.NONE, row.issues)
        code, key = row.fields.credit_code, name_key(row.fields.name)
        if row.status is RowStatus.OK and code is not None and self._is_first(code, key):
            return self._write(row, key, None, RowStatus.OK, row.issues)
        known, remark, status = self._recognise(row, key)
        issues = (remark, *row.issues) if remark else row.issues
        undecidable = remark is not None and remark.code == "roster_same_name_many"
        if undecidable or (status in _TO_ACCEPT and status not in self._accepted):
            return Decision(row, status, Act.NONE, issues)
        earlier = self._written_for(row, key, known)
        if earlier is not None:
            return self._join(row, key, earlier, status, issues)
        return self._write(row, key, known, status, issues)

    def _is_first(self, code: str, key: str) -> bool:
        """Nobody knows the code nor the name: most rows of most files, for which nothing more need be asked."""
        return not (code in self._by_code or code in self._written or key in self._by_name)

    def _recognise(self, row: RosterRow, key: str) -> tuple[Known | None, Issue | None, RowStatus]:
        """(the known enterprise it is, the remark that says so, the row's status)."""
        code = row.fields.credit_code
        if code is not None and (known := self._by_code.get(code)) is not None:
            stored = str(known.values["name"])
            if name_key(stored) == key:
                return known, None, RowStatus.OK if row.status in _TO_ACCEPT else row.status
            return known, Issue("roster_known_code", "name", {"name": stored}), RowStatus.CONFLICT
        namesakes = self._by_name.get(key, ())
        if not namesakes:
            return None, None, row.status
        if code is None:
            return self._without_code(namesakes, row)
        open_ones = [each for each in namesakes if not each.values["credit_code"]]
        remark = Issue("roster_known_name", "name")
        return (open_ones[0] if len(open_ones) == 1 else None), remark, RowStatus.ASK

    @staticmethod
    def _without_code(namesakes: Sequence[Known], row: RosterRow) -> tuple[Known | None, Issue | None, RowStatus]:
        if len(namesakes) > 1:
            return None, Issue("roster_same_name_many", "name", {"count": len(namesakes)}), RowStatus.ASK
        known = namesakes[0]
        if not known.values["credit_code"]:
            return known, None, row.status
        return known, Issue("roster_known_name", "name"), RowStatus.ASK

    def _written_for(self, row: RosterRow, key: str, known: Known | None) -> Decision | None:
        """The earlier row of this file that already stands for the same enterprise."""
        if known is not None:
            return self._written.get(known.id)
        code = row.fields.credit_code
        if code is None:
            return self._named.get(key)
        same = self._written.get(code)
        if same is None and row.status is RowStatus.ASK:
            namesake = self._named.get(key)
            if namesake is not None and "credit_code" not in self._values_of(namesake):
                return namesake
        return same

    def _write(
        self, row: RosterRow, key: str, known: Known | None, status: RowStatus, issues: tuple[Issue, ...]
    ) -> Decision:
        values = _to_write(row)
        if known is None:
            decision = Decision(row, status, Act.NEW, issues, self._new_id(), values)
        else:
            changes = _differences(values, known.values)
            act = Act.UPDATE if changes else Act.UNCHANGED
            decision = Decision(row, status, act, issues, known.id, changes)
            self._known_of[known.id] = known
            self._written[known.id] = decision
        self._remember(row, key, decision)
        return decision

    def _join(
        self, row: RosterRow, key: str, earlier: Decision, status: RowStatus, issues: tuple[Issue, ...]
    ) -> Decision:
        """Put a row's values into the decision of the row that already stands for this enterprise; its name stays."""
        more = {name: value for name, value in _to_write(row).items() if name != "name"}
        values = {**earlier.changes, **more}
        known = self._known_of.get(earlier.enterprise_id or "")
        if known is None:
            earlier.changes = values
        else:
            earlier.changes = _differences(values, known.values)
            earlier.act = Act.UPDATE if earlier.changes else Act.UNCHANGED
        self._remember(row, key, earlier)
        return Decision(row, status, Act.JOINED, issues, earlier.enterprise_id)

    def _remember(self, row: RosterRow, key: str, decision: Decision) -> None:
        if row.fields.credit_code is not None:
            self._written.setdefault(row.fields.credit_code, decision)
        self._named.setdefault(key, decision)

    def _values_of(self, decision: Decision) -> Mapping[str, Any]:
        known = self._known_of.get(decision.enterprise_id or "")
        stored = {name: value for name, value in known.values.items() if value is not None} if known else {}
        return {**stored, **decision.changes}


def _to_write(row: RosterRow) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(row.fields)  # without what the file does not say
    if row.status is RowStatus.CONFLICT:
        del values["name"]
    return values


def _differences(values: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in stored and stored[name] != value}


def _beside(row: RosterRow, first: RosterRow, status: RowStatus, code: str, **facts: str) -> RosterRow:
    issue = Issue(code, "", {"sheet": first.sheet, "row": first.row, **facts})
    return RosterRow(row.sheet, row.row, status, row.fields, (issue, *row.issues), row.source)
