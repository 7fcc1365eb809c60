"""A small surface over a page that has the keyboard to itself: the page's shortcuts sleep while it has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PopupPanel(QFrame):
    """The surface. Keys of the window (Ctrl K, F6, Ctrl 1 …) still work."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        """Plain keys and Ctrl Enter are ours before they are a shortcut of the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            other = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
            held = event.modifiers() & (other | Qt.KeyboardModifier.ControlModifier)
            function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
            if (not held and not function) or (event.key() in _ENTER and not event.modifiers() & other):
                event.accept()
                return True
        return super().event(event)
