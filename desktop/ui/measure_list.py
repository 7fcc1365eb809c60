"""The left pane of a visit: rings of the focus areas, counts, and the measures under their groups.

A finished group without 基本符合 or 不符合 folds to its dots when the officer leaves it, unless there is room for
everything (1000 px and more); a click or ←/→ folds and unfolds by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.measure_set import MeasureSet
from desktop.models.scoring import result_counts, ring_states
from desktop.ui.cards import Line
from desktop.ui.look import Look
from desktop.ui.measure_tree import CodeRole, MeasureTree, ResultRole, ShortRole
from desktop.ui.notices import window_language
from desktop.ui.rings import RingWidget
from desktop.ui.state_painting import paint_state, state_role, state_word

ROOM_FOR_ALL = 1000
"""Height of the pane in pixels from which no group folds by itself."""
_FINE = ("pass", "na")


class MeasureList(QFrame):
    """The measures of a visit.

    Signals:
        chosen(str): the measure a person went to.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._look = look
        self._set: MeasureSet | None = None
        self._results: dict[str, str] = {}
        self._areas: dict[str, RingWidget] = {}
        self._shown = ""
        self._folded_by_hand: dict[str, bool] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(12), 0, 0)
        column.setSpacing(0)
        self._ring_row = QHBoxLayout()
        self._ring_row.setContentsMargins(look.px(12), 0, look.px(12), 0)
        self._ring_row.setSpacing(0)
        column.addLayout(self._ring_row)
        self.counts = ResultCounts(look)
        column.addWidget(self.counts)
        column.addWidget(Line())
        self.tree = MeasureTree(look)
        self._model = QStandardItemModel(self.tree)
        self.tree.setModel(self._model)
        self.tree.selectionModel().currentChanged.connect(self._moved)
        self.tree.clicked.connect(self._clicked)
        self.tree.collapsed.connect(self._fold_changed)
        self.tree.expanded.connect(self._fold_changed)
        column.addWidget(self.tree, 1)

    # -- content ---------------------------------------------------------------------------------------------------

    def show_set(self, measure_set: MeasureSet, results: Mapping[str, str]) -> None:
        """Show a measure set with what was answered; stands at no measure yet."""
        self._set, self._results, self._shown = measure_set, dict(results), ""
        self._folded_by_hand.clear()
        self._fill()
        self._show_rings()
        self._fold()

    def show_result(self, measure: str, result: str | None) -> None:
        """Show another result of one measure; touches only what shows it."""
        if self._set is None or self._results.get(measure) == result:
            return
        if result is None:
            self._results.pop(measure, None)
        else:
            self._results[measure] = result
        item = self._item(measure)
        item.setData(result, ResultRole)
        item.setData(f"{measure} {item.text()} {state_word(result)}", Qt.ItemDataRole.AccessibleTextRole)
        self.tree.viewport().update(self.tree.visualRect(item.parent().index()))
        self._show_rings(self._set.measure(measure).primary_area)

    def go_to(self, measure: str) -> None:
        """Make a measure current."""
        item = self._item(measure)
        if not self.tree.isExpanded(item.parent().index()):
            self.tree.expand(item.parent().index())
        self.tree.setCurrentIndex(item.index())
        self.tree.scrollTo(item.index())

    @property
    def current(self) -> str:
        """The measure the list stands at, "" before the first."""
        return self._shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room unfolds, less folds."""
        super().resizeEvent(event)
        if event.oldSize().height() < ROOM_FOR_ALL <= event.size().height() or (
            event.size().height() < ROOM_FOR_ALL <= event.oldSize().height()
        ):
            self._fold()

    # -- how -------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        assert self._set is not None  # noqa: S101
        language = window_language()
        self._model.clear()
        for group in self._set.groups:
            parent = QStandardItem(f"{group.code} {group.title.in_(language)}")
            parent.setData(group.code, CodeRole)
            parent.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for measure in self._set.measures_in(group.code):
                item = QStandardItem(measure.title.in_(language))
                item.setData(measure.short.in_(language), ShortRole)
                item.setData(measure.code, CodeRole)
                item.setData(self._results.get(measure.code), ResultRole)
                item.setToolTip(f"{measure.code} {measure.title.in_(language)}")
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                parent.appendRow(item)
            self._model.appendRow(parent)
        while (old := self._ring_row.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        self._areas.clear()
        for area in self._set.focus_areas:
            ring = RingWidget(self._look, area.code)
            ring.picked.connect(self._area_picked)
            self._areas[area.code] = ring
            self._ring_row.addWidget(ring)

    def _show_rings(self, only: str | None = None) -> None:
        if self._set is None:
            return
        current = self._set.measure(self._shown).primary_area if self._shown else None
        for code, states in ring_states(self._set, self._results).items():
            if only is None or code == only:
                self._areas[code].show_states(states, code == current)
                name = self._set.focus_area(code).name.in_(window_language())
                self._areas[code].setToolTip(f"{code} {name} {self._areas[code].accessibleName()[len(code) :].strip()}")
        self.counts.show_counts(result_counts(self._set, self._results))

    def _item(self, measure: str) -> QStandardItem:
        for row in range(self._model.rowCount()):
            group = self._model.item(row)
            for child in range(group.rowCount()):
                if group.child(child).data(CodeRole) == measure:
                    return group.child(child)
        raise KeyError(measure)

    def _fold(self) -> None:
        """Fold finished groups, except the one stood in; what was folded by hand stays."""
        roomy = self.height() >= ROOM_FOR_ALL
        for row in range(self._model.rowCount()):
            group = self._model.item(row)
            codes = [group.child(child).data(CodeRole) for child in range(group.rowCount())]
            fine = all(self._results.get(code) in _FINE for code in codes)
            folded = self._folded_by_hand.get(group.data(CodeRole), fine and not roomy)
            self._expand_quietly(group.index(), not folded or self._shown in codes)

    def _expand_quietly(self, index: QModelIndex, expanded: bool) -> None:
        if self.tree.isExpanded(index) != expanded:
            self.tree.blockSignals(True)
            self.tree.setExpanded(index, expanded)
            self.tree.blockSignals(False)

    @Slot(QModelIndex)
    def _fold_changed(self, index: QModelIndex) -> None:
        self._folded_by_hand[index.data(CodeRole)] = not self.tree.isExpanded(index)

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        code = current.data(CodeRole) if current.isValid() and current.parent().isValid() else ""
        if not code or code == self._shown:
            return
        assert self._set is not None  # noqa: S101
        left = self._set.measure(self._shown) if self._shown else None
        self._shown = code
        arrived = self._set.measure(code)
        for area in {left.primary_area if left else None, arrived.primary_area} - {None}:
            self._show_rings(area)
        if left is not None and left.group != arrived.group:
            self._fold()
        self.chosen.emit(code)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if not index.parent().isValid():
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    @Slot(str)
    def _area_picked(self, area: str) -> None:
        """Go to the area's first measure that is not fine yet, else to its first."""
        if self._set is None:
            return
        measures = self._set.measures_of(area)
        waiting = [m for m in measures if self._results.get(m.code) not in _FINE]
        if measures:
            self.go_to((waiting or list(measures))[0].code)


class ResultCounts(QWidget):
    """How many measures have each result: shape, word and number; the words go when there is no room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._counts: dict[str, int] = {}
        self.setFixedHeight(look.px(30))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show these; 不适用 only when there is one."""
        shown = {state: counts.get(state, 0) for state in ("pass", "partial", "fail", "na", "unchecked")}
        if not shown["na"]:
            del shown["na"]
        if shown == self._counts:
            return
        self._counts = shown
        words = ", ".join(f"{state_word(state)} {count}" for state, count in shown.items())
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The counts, spread over the width."""
        look, painter = self._look, QPainter(self)
        short = {"pass": self.tr("Pass"), "partial": self.tr("Part"), "fail": self.tr("Fail"), "na": self.tr("N/A"),
                 "unchecked": self.tr("Open")}  # fmt: skip
        metrics = look.metrics("caption")
        texts = {state: f"{short[state]} {count}" for state, count in self._counts.items()}
        front, room = look.px(18), self.width() - look.px(24)
        if sum(metrics.horizontalAdvance(text) + front + look.px(6) for text in texts.values()) > room:
            texts = {state: str(count) for state, count in self._counts.items()}
        widths = {state: metrics.horizontalAdvance(text) + front for state, text in texts.items()}
        gap = (room - sum(widths.values())) / max(1, len(widths) - 1)
        at = float(look.px(12))
        painter.setFont(look.font("caption"))
        for state, text in texts.items():
            paint_state(painter, look, QRectF(at, 0, look.px(13), self.height()), state)
            painter.setPen(look.color(state_role(state)))
            painter.drawText(QRectF(at + front, 0, widths[state], self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            at += widths[state] + gap
        painter.end()
