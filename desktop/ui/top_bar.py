"""The bar above every page: back, name, breadcrumb, the page's own widgets, the search field, the page's actions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.buttons import IconButton
from desktop.ui.cards import Text
from desktop.ui.fields import SearchField
from desktop.ui.look import Look
from desktop.ui.page import PageHead, Place
from desktop.ui.theme import tokens


class TopBar(QFrame):
    """Shows a `PageHead`.

    Signals:
        place_asked(Place): back was pressed.
        search_asked(): the search icon was pressed.
    """

    place_asked = Signal(object)
    search_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("role", "topbar")
        self.setFixedHeight(look.px(tokens()["frame"]["top"]))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        self._row.setSpacing(look.px(12))
        self._back_place: Place | None = None
        self.back = IconButton(look, "arrow-left", self.tr("Back"), role="accent", pressed=self._go_back)
        self._title = Text(look, style="page")
        self._crumb = Text(look, tone="muted", elide=True)
        self._note = Text(look, tone="muted")
        self.search = SearchField(look, self.tr("Search enterprises, pages"), "Ctrl K")
        self.search.setFixedWidth(look.px(320))
        self.search_icon = IconButton(look, "search", self.tr("Search"), framed=True, pressed=self.search_asked.emit)
        self._row.addWidget(self.back)
        self._row.addWidget(self._title)
        self._row.addWidget(self._note)
        self._row.addWidget(self._crumb, 1)
        self._row.addWidget(self.search)
        self._row.addWidget(self.search_icon)
        self._page_widgets: list[QWidget] = []

    def show_head(self, head: PageHead) -> None:
        """Show what a page wants up here."""
        for widget in self._page_widgets:
            self._row.removeWidget(widget)
            widget.hide()
        self._page_widgets = []
        self._back_place = head.back
        self.back.setVisible(head.back is not None)
        self._title.say(head.title)
        self._crumb.say(f"› {head.crumb}" if head.crumb else "")
        self._note.say(head.note)
        self._note.setVisible(bool(head.note))
        self.search.setVisible(not head.search_icon)
        self.search_icon.setVisible(head.search_icon)
        at = self._row.indexOf(self.search)
        for widget in head.before:
            self._row.insertWidget(at, widget, 0, Qt.AlignmentFlag.AlignVCenter)
            at += 1
            self._take(widget)
        for widget in head.actions:
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
            self._take(widget)

    def _take(self, widget: QWidget) -> None:
        self._page_widgets.append(widget)
        widget.show()

    def _go_back(self) -> None:
        if self._back_place is not None:
            self.place_asked.emit(self._back_place)
