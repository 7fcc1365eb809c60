"""A text field that saves itself and shares its keys: Esc leaves it, `/` at the start of a word offers phrases.

Used for the note of a measure and for the sentences of the letter. It never loses what was typed: `written` comes at
most `SAVE_AFTER_MS` after the last character, and at once when the field is left.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from desktop.ui.look import Look

SAVE_AFTER_MS = 300
_BEFORE_PHRASE = set(" \n\t，。；、：,.;:（(")


class NoteField(QPlainTextEdit):
    """Plain text with autosave.

    Signals:
        written(str): the text to save.
        left(): Esc; the page takes the focus back.
        pictures_pasted(QMimeData): the clipboard held pictures or files, not text.
    """

    written = Signal(str)
    left = Signal()
    pictures_pasted = Signal(object)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrases: list[tuple[str, str]] = []
        self._saved = ""
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(look.px(56))
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self.write_down)
        self.textChanged.connect(self._changed)

    def sizeHint(self) -> QSize:
        """Small: the field takes what room there is, and gives way first."""
        return QSize(200, self.minimumHeight())

    def show_text(self, text: str) -> None:
        """Show what stands, unless it is what the field has; the cursor goes to the end."""
        self._saved = text
        self._timer.stop()
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self.moveCursor(QTextCursor.MoveOperation.End)
            self._saved = self.toPlainText()

    def set_phrases(self, phrases: Sequence[tuple[str, str]]) -> None:
        """Offer these (label, text) phrases."""
        self._phrases = list(phrases)

    @Slot()
    def write_down(self) -> None:
        """Emit `written` if there is anything not written yet, also what an input method still composes."""
        if self.hasFocus() and self._composing():
            QGuiApplication.inputMethod().commit()
        self._timer.stop()
        text = self.toPlainText()
        if text != self._saved:
            self._saved = text
            self.written.emit(text)

    def insert_phrase(self, text: str) -> None:
        """Put a phrase where the cursor stands and go on writing after it."""
        self.insertPlainText(text)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.write_down()

    def offer_phrases(self) -> None:
        """Open the list of phrases at the cursor."""
        if not self._phrases:
            return
        menu = QMenu(self)
        menu.setObjectName("phrases")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, (label, text) in enumerate(self._phrases, 1):
            front = f"&{number}  " if number < 10 else ""
            action = QAction(f"{front}{label.replace('&', '&&')}", menu)
            action.setToolTip(text)
            action.setData(text)
            menu.addAction(action)
        menu.triggered.connect(self._phrase_chosen)
        menu.popup(self.viewport().mapToGlobal(self.cursorRect().bottomLeft() + QPoint(0, 4)))

    @Slot(QAction)
    def _phrase_chosen(self, action: QAction) -> None:
        self.insert_phrase(action.data())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, `/` at the start of a word offers phrases; everything else is text."""
        if event.key() == Qt.Key.Key_Escape:
            self.write_down()
            self.left.emit()
        elif event.text() == "/" and self._phrases and self._at_start_of_word():
            self.offer_phrases()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter belongs to the page, whatever has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving writes down."""
        super().focusOutEvent(event)
        self.write_down()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text as text, pictures for the page."""
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Plain text only; pictures and files go to the page."""
        if source.hasText() and not source.hasUrls():
            self.insertPlainText(source.text())
        elif source.hasImage() or source.hasUrls():
            self.pictures_pasted.emit(source)

    def inputMethodEvent(self, event: object) -> None:
        """Remember whether an input method is composing."""
        super().inputMethodEvent(event)  # type: ignore[arg-type]
        self._preedit = bool(event.preeditString())  # type: ignore[attr-defined]

    _preedit = False

    def _composing(self) -> bool:
        return self._preedit

    def _at_start_of_word(self) -> bool:
        before = self.textCursor().position()
        text = self.toPlainText()
        return before == 0 or text[before - 1] in _BEFORE_PHRASE

    @Slot()
    def _changed(self) -> None:
        if self.toPlainText() != self._saved:
            self._timer.start()
