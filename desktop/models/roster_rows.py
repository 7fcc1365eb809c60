"""What a roster says, row by row: the types that pass between reading, preview, settlement and storage.

Pure and plain, so that the child process that reads a file, the command line and the window share them. No words for
people: an `Issue` is a code with facts, `reason` turns a row's issues into the sentence shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from desktop.models.problems import Language, words

Fact = str | int | float


class RowStatus(StrEnum):
    """What becomes of a row. `ok` and `warn` are imported; `ask` and `conflict` only when somebody accepts them."""

    OK = "ok"
    WARN = "warn"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    ASK = "ask"
    REJECT = "reject"


class Issue(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One remark about one field of a row. `field` is a name of `RosterFields`, or "" for the row as a whole."""

    code: str
    field: str
    facts: dict[str, Fact] = {}

    def words(self, language: Language = "zh") -> str:
        """The remark in a person's language."""
        return words(self.code, dict(self.facts), language)


class RosterFields(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What was read of an enterprise. None: the file does not say, or not in a way that can be read.

    Dates are ISO 8601 days; `scale` is a value of `vocabulary.Scale`; degrees are as the file gives them.
    """

    name: str = ""
    credit_code: str | None = None
    address: str | None = None
    township: str | None = None
    county: str | None = None
    industry: str | None = None
    scale: str | None = None
    capital: str | None = None
    registered_on: str | None = None
    resumed_on: str | None = None
    staff_due: int | None = None
    staff_on_duty: int | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    grid_code: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    remark: str | None = None


FIELD_NAMES: tuple[str, ...] = RosterFields.__struct_fields__


class RosterRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One data row: where it stands (`row` counts as the spreadsheet does, from 1), what was read, what to say.

    `source` holds the row's own cells, still encoded: `cells()` opens them. `repr` of a row shows people's names and
    phones, so it never goes to a log.
    """

    sheet: str
    row: int
    status: RowStatus
    fields: RosterFields
    issues: tuple[Issue, ...] = ()
    source: msgspec.Raw = msgspec.Raw(b"\x90")

    def cells(self) -> list[Any]:
        """The cells as the file has them: text, numbers, booleans; dates as ISO text."""
        return list(msgspec.msgpack.decode(self.source, type=list[Any]))

    def reason(self, language: Language = "zh") -> str:
        """Why the row stands where it stands, the deciding remark first; "" when there is nothing to say."""
        return reason(self.issues, language)


class SkippedRows(msgspec.Struct, frozen=True):
    """Rows below the header that are no enterprises, by sort; empty rows are not counted."""

    totals: int = 0
    groups: int = 0
    notes: int = 0
    headers: int = 0
    blanks: int = 0


class RosterColumn(msgspec.Struct, frozen=True):
    """A column of the file and the field it is read into ("" = not imported).

    `found_by`: "synonym" and "pattern" were guessed from the label, "kept" comes from a mapping kept earlier or made
    just now, "" nobody knew. `index` counts from 0; `letter` is the spreadsheet's name of it.
    """

    index: int
    letter: str
    label: str
    field: str
    found_by: str
    sample: str
    hidden: bool = False


class SheetState(StrEnum):
    """Why a sheet did or did not give rows."""

    READ = "read"
    EMPTY = "empty"
    NO_TABLE = "no_table"
    NO_NAMES = "no_names"
    HIDDEN = "hidden"
    NOT_CHOSEN = "not_chosen"


class SheetReading(msgspec.Struct, frozen=True):
    """One sheet: its header (first and last row, from 1), its columns, and what was counted."""

    name: str
    state: SheetState
    header_rows: tuple[int, int] | None = None
    fingerprint: str = ""
    columns: tuple[RosterColumn, ...] = ()
    year: int | None = None
    data_rows: int = 0
    hidden_rows: int = 0
    skipped: SkippedRows = SkippedRows()

    def mapping(self) -> ColumnMapping:
        """The sheet's mapping as it can be corrected and kept."""
        return ColumnMapping(self.fingerprint, tuple((each.label, each.field) for each in self.columns))


class ColumnMapping(msgspec.Struct, frozen=True):
    """Which label is read into which field, for every header with this fingerprint, in the order of its columns."""

    fingerprint: str
    columns: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data to keep in the settings."""
        return {
            "fingerprint": self.fingerprint,
            "columns": [{"label": label, "field": field} for label, field in self.columns],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> ColumnMapping:
        """The mapping kept by `to_dict`; a field that no longer exists counts as not imported."""
        known = {*FIELD_NAMES, "contact"}
        columns = [(str(each["label"]), str(each["field"])) for each in data["columns"]]
        return cls(str(data["fingerprint"]), tuple((label, f if f in known else "") for label, f in columns))


class RosterReading(msgspec.Struct, frozen=True):
    """A whole file read: its kind ("xlsx", "xls", "csv"), its bytes' hash, its sheets and all data rows in order."""

    kind: str
    sha256: str
    sheets: tuple[SheetReading, ...]
    rows: list[RosterRow]

    def counts(self) -> dict[RowStatus, int]:
        """How many rows stand at each status; every status is there."""
        counts = dict.fromkeys(RowStatus, 0)
        for row in self.rows:
            counts[row.status] += 1
        return counts

    def why_empty(self) -> Issue | None:
        """Why there are no rows; None when there are."""
        if self.rows:
            return None
        names = "、".join(each.name for each in self.sheets if each.state in (SheetState.READ, SheetState.EMPTY))
        return Issue("roster_table_empty", "", {"sheet": names})


def reason(issues: Iterable[Issue], language: Language = "zh") -> str:
    """The remarks as one line."""
    return ("；" if language == "zh" else "; ").join(issue.words(language) for issue in issues)


def deciding_field(issues: Sequence[Issue]) -> str:
    """The field of the remark that decided the status: readers put it first."""
    return issues[0].field if issues else ""
