"""The list under the search field: enterprises by characters, pinyin, initials and code, then pages. Not a popup.

It is a child of the window, so that an input method keeps working in the field while the list is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QModelIndex, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.progress import Progress
from desktop.ui import wording
from desktop.ui.bench import Bench
from desktop.ui.fields import SearchField
from desktop.ui.job_runner import Job
from desktop.ui.lazy_table_model import Index
from desktop.ui.look import Look
from desktop.ui.page import Place
from desktop.ui.page_table import PageEntry

if TYPE_CHECKING:
    from desktop.models.desk.enterprise_register import EnterpriseRow
    from desktop.models.device.workspace import Workspace

SHOWN = 7
"""Enterprises listed before "all n"."""
_HitRole = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Hit:
    """A line of the list; without a place it is a heading. `found`: the part of the text that was typed."""

    text: str
    note: str = ""
    icon: str = ""
    place: Place | None = None
    found: str = ""


def _find(workspace: Workspace, _progress: Progress, *, words: str) -> tuple[list[EnterpriseRow], int]:
    from desktop.models.desk.enterprise_register import (
        EnterpriseFilter,
        count_enterprises,
        enterprise_ids,
        enterprise_rows,
    )

    chosen = EnterpriseFilter(search=words)
    with workspace.read() as session:
        ids = enterprise_ids(session, chosen, limit=SHOWN)
        count = len(ids) if len(ids) < SHOWN else count_enterprises(session, chosen)
        return enterprise_rows(session, ids), count


class SearchList(QFrame):
    """Results while typing.

    Signals:
        place_asked(Place): Enter or a click on a line.
    """

    place_asked = Signal(object)

    def __init__(self, bench: Bench, field: SearchField, pages: tuple[PageEntry, ...], host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setProperty("role", "popup")
        self._bench, self._field, self._pages = bench, field, pages
        self._job: Job | None = None
        self._model = QStandardItemModel(self)
        self._view = QListView(self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(_HitDelegate(bench.look, self._view))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseTracking(True)
        self._view.clicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.addWidget(self._view)
        field.textEdited.connect(self._typed)
        field.moved.connect(self._move)
        field.left.connect(self._leave)
        field.returnPressed.connect(self._take)
        field.installEventFilter(self)
        self.hide()

    def hits(self) -> list[Hit]:
        """The lines shown now."""
        return [self._model.item(row).data(_HitRole) for row in range(self._model.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the list when the field loses the keyboard."""
        if watched is self._field and event.type() == QEvent.Type.FocusOut:
            self.hide()
        return False

    @Slot(str)
    def _typed(self, words: str) -> None:
        if self._job is not None:
            self._job.cancel()
        if not words.strip():
            self.hide()
            return
        self._job = self._bench.read(self, partial(_find, words=words), partial(self._found, words))

    def _found(self, words: str, found: tuple[list[EnterpriseRow], int]) -> None:
        rows, count = found
        hits = [Hit(self.tr("Enterprises"), QLocale().toString(count))] if rows else []
        hits += [self._enterprise(row, words.strip()) for row in rows]
        if count > len(rows):
            words_all = self.tr("All {count} in the register").format(count=QLocale().toString(count))
            hits.append(Hit(words_all, "", "list", Place("enterprises", words, "search")))
        pages = [entry for entry in self._pages if words.strip().casefold() in entry.title().casefold()]
        hits += [Hit(self.tr("Pages"), str(len(pages)))] if pages else []
        hits += [Hit(entry.title(), "", entry.icon, Place(entry.name)) for entry in pages]
        self._show(hits or [Hit(self.tr("Nothing found"), self.tr("by characters, pinyin, initials or code"))])

    def _enterprise(self, row: EnterpriseRow, words: str) -> Hit:
        parts = (row.industry, wording.grid(row.grid), row.credit_code)
        note = " · ".join(part for part in parts if part)
        found = words if words in row.name else ""
        return Hit(row.name, note, "building-2", Place("enterprises", row.id), found)

    def _show(self, hits: list[Hit]) -> None:
        self._model.clear()
        for hit in hits:
            item = QStandardItem(hit.text)
            item.setData(hit, _HitRole)
            item.setEditable(False)
            item.setSelectable(hit.place is not None)
            self._model.appendRow(item)
        look, window = self._bench.look, self._host
        height = sum(_height(look, hit) for hit in hits) + 12
        corner = self._field.mapTo(window, QPoint(self._field.width(), self._field.height() + 2))
        width = look.px(480)
        self.setGeometry(corner.x() - width, corner.y(), width, min(height, window.height() - corner.y() - 60))
        self.show()
        self.raise_()
        self._move(1)

    @Slot(int)
    def _move(self, step: int) -> None:
        places = [row for row, hit in enumerate(self.hits()) if hit.place is not None]
        if not places or not self.isVisible():
            return
        now = self._view.currentIndex().row()
        at = places.index(now) + step if now in places else 0
        self._view.setCurrentIndex(self._model.index(places[max(0, min(len(places) - 1, at))], 0))

    @Slot()
    def _leave(self) -> None:
        self.hide()
        self._field.clear()
        self._field.clearFocus()

    @Slot()
    def _take(self) -> None:
        if self.isVisible():
            self._go(self._view.currentIndex())

    @Slot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        hit = index.data(_HitRole)
        if isinstance(hit, Hit) and hit.place is not None:
            self._leave()
            self.place_asked.emit(hit.place)


def _height(look: Look, hit: Hit) -> int:
    return look.px(28 if hit.place is None else 44 if hit.note else 36)


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _height(self._look, index.data(_HitRole)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, hit, rect = self._look, index.data(_HitRole), QRectF(option.rect)
        painter.save()
        if hit.place is None:
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("muted"))
            room = rect.adjusted(look.px(12), 0, -look.px(12), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, hit.text)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hit.note)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("hover"))
        at = QPointF(rect.left() + look.px(13), rect.center().y() - look.px(8))
        painter.drawPixmap(at, look.pixmap(hit.icon, "muted"))
        room = rect.adjusted(look.px(42), look.px(3), -look.px(12), -look.px(3))
        self._line(painter, room, hit.text, "body", "text", top=bool(hit.note))
        if hit.found:
            before = look.metrics().horizontalAdvance(hit.text[: hit.text.index(hit.found)])
            self._line(painter, room.adjusted(before, 0, 0, 0), hit.found, "body", "accent", top=bool(hit.note))
        if hit.note:
            self._line(painter, room, hit.note, "caption", "muted", top=False)
        painter.restore()

    def _line(self, painter: QPainter, room: QRectF, words: str, style: str, role: str, *, top: bool) -> None:
        look = self._look
        painter.setFont(look.font(style))
        painter.setPen(look.color(role))
        shown = look.metrics(style).elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        place = Qt.AlignmentFlag.AlignVCenter
        if top:
            place = Qt.AlignmentFlag.AlignTop
        elif style == "caption":
            place = Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, place | Qt.AlignmentFlag.AlignLeft, shown)
