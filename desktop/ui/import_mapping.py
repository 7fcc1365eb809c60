"""Left half of the import: the columns of the file, a sample of each, and the field it is read into."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.roster_rows import ColumnMapping, RosterReading, SheetReading, SheetState
from desktop.ui.cards import IconText, Line, Text
from desktop.ui.look import Look
from desktop.ui.rings import StateLabel
from desktop.ui.roster_words import field_choices, field_word

_HEADERS = ((1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (3, 4), (4, 4), (4, 5), (5, 5), (5, 6), (6, 6))


class ImportMapping(QFrame):
    """The mapping.

    Signals:
        corrected(ColumnMapping): a column is read into another field.
        header_moved(str, int, int): sheet, first and last row of its header.
    """

    corrected = Signal(object)
    header_moved = Signal(str, int, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._look = look
        self._sheets: list[SheetReading] = []
        self.sheet = QComboBox()
        self.sheet.setAccessibleName(self.tr("Sheet"))
        self.header = QComboBox()
        self.header.setAccessibleName(self.tr("Header rows"))
        self.header.setMinimumWidth(look.px(150))
        bar = QHBoxLayout()
        bar.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(8))
        bar.addWidget(self.sheet, 1)
        bar.addWidget(self.header)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 3)
        self.fields: dict[str, QComboBox] = {}
        body = QFrame()
        body.setProperty("role", "pane")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(look.px(8), 0, look.px(8), look.px(8))
        inner.addLayout(self._grid)
        self._kept = IconText(look, "save", self.tr("Remembered for the next file with this header"), style="caption")
        inner.addSpacing(look.px(8))
        inner.addWidget(self._kept)
        inner.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._heading())
        column.addWidget(scroll, 1)
        self.sheet.currentIndexChanged.connect(self._show_sheet)
        self.header.activated.connect(self._move_header)

    def show_reading(self, reading: RosterReading) -> None:
        """Show the sheets of a file, keeping the one that is open."""
        name = self.sheet.currentData()
        self._sheets = [sheet for sheet in reading.sheets if sheet.state is SheetState.READ]
        self.sheet.blockSignals(True)
        self.sheet.clear()
        for number, sheet in enumerate(self._sheets, 1):
            words = self.tr("Sheet: {name}   {number} / {count}")
            self.sheet.addItem(words.format(name=sheet.name, number=number, count=len(self._sheets)), sheet.name)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(name)))
        self.sheet.blockSignals(False)
        self._show_sheet(self.sheet.currentIndex())

    def _heading(self) -> QFrame:
        look = self._look
        frame = QFrame()
        frame.setProperty("role", "sunken")
        frame.setFixedHeight(look.px(32))
        row = QHBoxLayout(frame)
        row.setContentsMargins(look.px(8), 0, look.px(8), 0)
        for words, stretch in (
            (self.tr("Column in the file"), 3),
            (self.tr("Sample"), 3),
            (self.tr("Read into"), 4),
            (self.tr("Found"), 2),
        ):
            row.addWidget(Text(look, words, style="caption", tone="muted"), stretch)
        return frame

    @Slot(int)
    def _show_sheet(self, number: int) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields.clear()
        if not 0 <= number < len(self._sheets):
            return
        sheet = self._sheets[number]
        self._show_header(sheet)
        for place, column in enumerate(sheet.columns):
            row = place * 2
            self._grid.setRowMinimumHeight(row, self._look.px(37))
            label = column.label or self.tr("column {letter}").format(letter=column.letter)
            self._grid.addWidget(Text(self._look, label.replace("\n", " "), elide=True), row, 0)
            self._grid.addWidget(Text(self._look, column.sample, tone="muted", elide=True), row, 1)
            box = self._choice(column.field)
            box.setAccessibleName(f"{label}: {self.tr('Read into')}")
            box.activated.connect(partial(self._correct, sheet, place))
            self.fields[column.letter] = box
            self._grid.addWidget(box, row, 2)
            self._grid.addWidget(self._found_by(column.found_by, column.field), row, 3)
            self._grid.addWidget(Line(), row + 1, 0, 1, 4)

    def _choice(self, field: str) -> QComboBox:
        box = QComboBox()
        box.setMinimumWidth(self._look.px(132))
        for code in field_choices():
            box.addItem(field_word(code), code)
        box.setCurrentIndex(max(0, box.findData(field)))
        return box

    def _found_by(self, how: str, field: str) -> QWidget:
        words = {
            "synonym": self.tr("by name"),
            "pattern": self.tr("guessed"),
            "kept": self.tr("remembered"),
        }
        if not field:
            label = StateLabel(self._look, "na", words=False)
            label.setToolTip(self.tr("Not imported"))
        else:
            label = StateLabel(self._look, "partial" if how == "pattern" else "pass", words=False)
            label.setToolTip(words.get(how, ""))
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(label)
        tone = "muted" if not field else "partial" if how == "pattern" else "pass"
        told = self.tr("skipped") if not field else words.get(how, "")
        inside.addWidget(Text(self._look, told, style="caption", tone=tone))
        inside.addStretch(1)
        return row

    def _show_header(self, sheet: SheetReading) -> None:
        self.header.clear()
        found = sheet.header_rows
        spans = sorted({*_HEADERS, *([found] if found else [])})
        for first, last in spans:
            words = self.tr("Header: row {first}") if first == last else self.tr("Header: rows {first}-{last}")
            self.header.addItem(words.format(first=first, last=last), (first, last))
        self.header.setCurrentIndex(spans.index(found) if found else -1)

    def _correct(self, sheet: SheetReading, place: int, choice: int) -> None:
        box = self.fields[sheet.columns[place].letter]
        columns = list(sheet.mapping().columns)
        columns[place] = (columns[place][0], box.itemData(choice))
        self.corrected.emit(ColumnMapping(sheet.fingerprint, tuple(columns)))

    @Slot(int)
    def _move_header(self, choice: int) -> None:
        span = self.header.itemData(choice)
        if span:
            self.header_moved.emit(self.sheet.currentData(), span[0], span[1])
