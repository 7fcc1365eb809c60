"""One table model for every register: it knows all ids at once, and loads rows in blocks when they are painted.

    model = LazyTableModel(columns, fetch, parent)
    model.set_ids(ids)                       # as many as you like, in order
    def fetch(ids, arrived): bench.read(page, partial(_rows, ids=ids), arrived)

Rows not loaded yet show an ellipsis. Sorting is the database's: `sort` only emits `order_asked`, and the page sets new
ids. Nothing here knows what a row is: a `Column` turns a row into a `Cell`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot

BLOCK = 100
"""Rows fetched together."""
KEPT_BLOCKS = 60
"""Blocks kept in memory; older ones are fetched again when they are seen again."""

CellRole = Qt.ItemDataRole.UserRole + 1
"""Gives the delegate the whole `Cell`."""
RowRole = Qt.ItemDataRole.UserRole + 2
"""Gives the row object, None while it is not loaded."""

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[list[str], Callable[[Sequence[Any]], None]], object]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows. `role`: colour role of the words; `chip`: tone of a chip around them; `icon`: in front;
    `state`: answer state whose shape stands in front; `strong`: bold. `tip`: what is told on hovering.
    `share`: a bar in front, filled so far (0 to 1)."""

    text: str
    role: str = "text"
    chip: str | None = None
    icon: str | None = None
    state: str | None = None
    strong: bool = False
    tip: str = ""
    share: float | None = None


@dataclass(frozen=True)
class Column:
    """A column: `cell` makes its cell of a row; `order` is what to sort by, None if it cannot be sorted.

    `width` in pixels at 100 % text; the first column that stretches, else the first of all, takes what is left.
    """

    key: str
    title: str
    cell: Callable[[Any], Cell]
    width: int = 100
    right: bool = False
    order: str | None = None
    stretch: bool = False


_WAITING = Cell("…", role="muted")


class LazyTableModel(QAbstractTableModel):
    """Ids first, rows when painted.

    Signals:
        order_asked(str, bool): sort by this order, descending or not.
    """

    order_asked = Signal(str, bool)

    def __init__(self, columns: Sequence[Column], fetch: Fetch, parent: QObject | None = None) -> None:
        """Args:
        fetch: called with up to `BLOCK` ids and a callable that takes their rows; each row has an `id`.
        """
        super().__init__(parent)
        self.columns = list(columns)
        self._fetch = fetch
        self._ids: Sequence[str] = ()
        self._blocks: OrderedDict[int, list[Any]] = OrderedDict()
        self._places: dict[str, int] | None = None
        self._wanted: list[int] = []
        self._asked: int | None = None
        self._age = 0
        self._order: tuple[str, bool] | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask_next)

    @property
    def ids(self) -> Sequence[str]:
        """All ids in order."""
        return self._ids

    @property
    def order(self) -> tuple[str, bool] | None:
        """The order shown in the header: what by, and whether descending."""
        return self._order

    def set_ids(self, ids: Sequence[str], order: tuple[str, bool] | None = None) -> None:
        """Show these records in this order. `order`: the column order shown in the header."""
        self.beginResetModel()
        self._ids, self._order = ids, order
        self._places = None
        self._forget()
        self.endResetModel()

    def refresh(self, ids: Iterable[str] | None = None) -> None:
        """Fetch rows again that were changed elsewhere; what is shown stays until the new ones are there."""
        rows = [row for row in map(self.row_of, ids) if row is not None] if ids is not None else []
        stale = {row // BLOCK for row in rows} if ids is not None else set(self._blocks)
        self._want(sorted(stale & set(self._blocks)))

    def id_at(self, row: int) -> str:
        """The id of the record in a row."""
        return self._ids[row]

    def row_of(self, record: str) -> int | None:
        """The row of a record, None if it is not among the ids."""
        if self._places is None:
            self._places = {found: row for row, found in enumerate(self._ids)}
        return self._places.get(record)

    def row_at(self, row: int) -> Any | None:
        """The row object, None while it is not loaded (asking for it loads it)."""
        number, place = divmod(row, BLOCK)
        block = self._blocks.get(number)
        if block is None:
            self._want([number])
            return None
        self._blocks.move_to_end(number)
        return block[place] if place < len(block) else None

    def put(self, changed: Any) -> None:
        """Show a row object in place of the one with its id, if that is loaded: what was just entered, for example."""
        row = self.row_of(changed.id)
        number, place = divmod(row, BLOCK) if row is not None else (-1, 0)
        if row is not None and number in self._blocks:
            self._blocks[number][place] = changed
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many ids there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, tooltip, cell and row."""
        if not index.isValid() or not index.row() < len(self._ids):
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in _ROLES:
            return None
        row = self.row_at(index.row())
        if role == RowRole:
            return row
        cell = _WAITING if row is None else column.cell(row)
        if role == CellRole:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or None
        return cell.text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles; the sorted one carries an arrow."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if self._order is not None and column.order == self._order[0]:
                return f"{column.title} {'↓' if self._order[1] else '↑'}"
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the records in another order."""
        key = self.columns[column].order if 0 <= column < len(self.columns) else None
        if key is not None:
            self.order_asked.emit(key, order == Qt.SortOrder.DescendingOrder)

    def toggle_order(self, column: int) -> None:
        """Sort by a column; the same column again turns the order round."""
        key = self.columns[column].order
        down = self._order is not None and self._order[0] == key and not self._order[1]
        self.sort(column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def _forget(self) -> None:
        self._age += 1
        self._blocks.clear()
        self._wanted.clear()
        self._asked = None

    def _want(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            if number != self._asked:
                if number in self._wanted:
                    self._wanted.remove(number)
                self._wanted.append(number)
        del self._wanted[:-8]  # what was scrolled past long ago is not worth fetching
        if self._wanted and self._asked is None:
            self._timer.start()

    @Slot()
    def _ask_next(self) -> None:
        if self._asked is not None or not self._wanted:
            return
        number = self._asked = self._wanted.pop()
        age = self._age
        ids = list(self._ids[number * BLOCK : (number + 1) * BLOCK])
        self._fetch(ids, lambda rows: self._arrived(age, number, ids, rows))

    def _arrived(self, age: int, number: int, ids: list[str], rows: Sequence[Any]) -> None:
        if age != self._age:
            return
        found = {row.id: row for row in rows}
        self._blocks[number] = [found.get(record) for record in ids]
        self._blocks.move_to_end(number)
        while len(self._blocks) > KEPT_BLOCKS:
            self._blocks.popitem(last=False)
        self._asked = None
        first = number * BLOCK
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(ids) - 1, len(self.columns) - 1))
        self._want(())


_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(CellRole),
        int(RowRole),
    }
)
