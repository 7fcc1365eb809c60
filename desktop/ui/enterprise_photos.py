"""照片 of one enterprise: thumbnails of the evidence photos of its visits, newest visit first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui import enterprise_lookup, wording
from desktop.ui.bench import Bench
from desktop.ui.enterprise_lookup import Opened, Photograph
from desktop.ui.job_runner import Job
from desktop.ui.notices import EmptyState

_VISITS = 12
_PlaceRole = Qt.ItemDataRole.UserRole + 1


class EnterprisePhotos(QWidget):
    """The photos.

    Signals:
        opened(str, str): visit id and measure code of a photo.
    """

    opened = Signal(str, str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._job: Job | None = None
        look = bench.look
        self._model = QStandardItemModel(self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setViewMode(QListView.ViewMode.IconMode)
        self._view.setResizeMode(QListView.ResizeMode.Adjust)
        self._view.setMovement(QListView.Movement.Static)
        self._view.setUniformItemSizes(True)
        self._view.setSpacing(look.px(12))
        self._view.setIconSize(QSize(look.px(180), look.px(136)))
        self._view.setGridSize(QSize(look.px(204), look.px(184)))
        self._view.activated.connect(self._open)
        words = self.tr("Photos taken during visits stand here, newest visit first.")
        self._views = QStackedWidget()
        self._views.addWidget(self._view)
        self._views.addWidget(EmptyState(look, "image", self.tr("No photos yet"), words))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(12), 0, 0)
        column.addWidget(self._views)

    def show_enterprise(self, found: Opened) -> None:
        """Load the photos of the enterprise's latest visits."""
        if self._job is not None:
            self._job.cancel()
        self._model.clear()
        visits = [visit.id for visit in found.file.visits[:_VISITS]]
        self._job = self._bench.read(self, partial(enterprise_lookup.photographs, visits=visits), self._show)

    def _show(self, photos: list[Photograph]) -> None:
        for photo in photos:
            words = f"{wording.day(photo.visited_on)} · {photo.measure}"
            item = QStandardItem(QIcon(QPixmap.fromImage(photo.image)), words)
            item.setData((photo.visit_id, photo.measure), _PlaceRole)
            item.setEditable(False)
            self._model.appendRow(item)
        self._views.setCurrentIndex(0 if photos else 1)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        place = index.data(_PlaceRole)
        if place:
            self.opened.emit(*place)
