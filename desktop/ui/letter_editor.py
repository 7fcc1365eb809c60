"""The left pane of a letter: opening, situation, problems with their advice one to one, contacts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop.models.letter_content import DeadlineRow, LetterContent, LetterItem
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.letter_blocks import ItemBlock, TextBlock
from desktop.ui.look import Look


class LetterEditor(QScrollArea):
    """The document in blocks.

    Signals:
        edited(): something changed; `content()` has it.
        dropped(str): the problem of a measure was left out.
    """

    edited = Signal()
    dropped = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._content: LetterContent | None = None
        self._all_items: dict[str, tuple[LetterItem, DeadlineRow | None]] = {}
        self._able = True
        self._showing = False
        self.blocks: list[ItemBlock] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QFrame()
        inside.setProperty("role", "side")
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        column.setSpacing(look.px(8))
        self.opening = TextBlock(look, self.tr("Opening"))
        self.situation = TextBlock(look, self.tr("Situation"), self.tr("from this visit"))
        column.addWidget(self.opening)
        column.addWidget(self.situation)
        row = QHBoxLayout()
        row.addWidget(Text(look, self.tr("Problems and advice · one to one"), style="body-strong", tone="muted"), 1)
        self.add_button = Button(look, "", kind="text", icon="plus", pressed=self._offer_items)
        row.addWidget(self.add_button)
        column.addLayout(row)
        self._items = QVBoxLayout()
        self._items.setSpacing(look.px(8))
        column.addLayout(self._items)
        self.contacts = TextBlock(look, self.tr("Contacts"), self.tr("one line each"))
        self.signers = Text(look, "", tone="muted", wrap=True)
        column.addWidget(self.contacts)
        column.addWidget(self.signers)
        column.addStretch(1)
        for block in (self.opening, self.situation, self.contacts):
            block.edited.connect(self._edited)

    def show_content(self, content: LetterContent, composed: LetterContent | None, able: bool) -> None:
        """Show a letter; `composed` is what the visit says, for the problems not in the letter."""
        self._showing = True
        self._content, self._able = content, able
        if composed is not None:
            self._all_items = _with_rows(composed)
        self.opening.show_text(content.opening, able)
        self.situation.show_text("\n".join(content.situation), able)
        self.contacts.show_text("\n".join(content.contacts), able)
        signers = "、".join(f"{signer.post}{signer.name}" for signer in content.signers)
        self.signers.say(self.tr("Signed by hand: {names}").format(names=signers) if signers else "")
        self._show_items(_with_rows(content))
        self._showing = False

    def content(self) -> LetterContent:
        """The letter as it stands in the fields."""
        assert self._content is not None  # noqa: S101
        rows = [block.row for block in self.blocks]
        return msgspec.structs.replace(
            self._content,
            opening=self.opening.text,
            situation=_lines(self.situation.text),
            contacts=_lines(self.contacts.text),
            items=tuple(block.item for block in self.blocks),
            deadlines=tuple(row for row in rows if row is not None),
        )

    def take_in(self, measure: str) -> None:
        """Put a problem that was left out back into its place."""
        if measure not in self._all_items:
            return
        present = {block.item.measure: (block.item, block.row) for block in self.blocks}
        present[measure] = self._all_items[measure]
        known = [code for code in self._all_items if code in present]
        self._show_items({code: present[code] for code in [*known, *(c for c in present if c not in known)]})
        self._edited()

    @property
    def left_out(self) -> Sequence[str]:
        """Measures with a problem that is not in the letter."""
        present = {block.item.measure for block in self.blocks}
        return [code for code in self._all_items if code not in present]

    def _show_items(self, items: dict[str, tuple[LetterItem, DeadlineRow | None]]) -> None:
        for block in self.blocks:
            block.hide()
            block.deleteLater()
        self.blocks = []
        for place, (item, row) in enumerate(items.values(), 1):
            block = ItemBlock(self._look, place, item, row, self._able)
            block.edited.connect(self._edited)
            block.dropped.connect(self._drop)
            self._items.addWidget(block)
            self.blocks.append(block)
        count = len(self.left_out)
        self.add_button.setVisible(bool(count) and self._able)
        self.add_button.setText(self.tr("Take in {count} left out").format(count=count))
        self.add_button.updateGeometry()

    def _offer_items(self) -> None:
        if len(self.left_out) == 1:
            self.take_in(self.left_out[0])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code in self.left_out:
            item = self._all_items[code][0]
            menu.addAction(f"{code} {item.heading}".replace("&", "&&")).setData(code)
        menu.triggered.connect(lambda action: self.take_in(action.data()))
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    @Slot(str)
    def _drop(self, measure: str) -> None:
        self._all_items.setdefault(measure, _with_rows(self.content())[measure])
        self._show_items(
            {block.item.measure: (block.item, block.row) for block in self.blocks if block.item.measure != measure}
        )
        self._edited()
        self.dropped.emit(measure)

    @Slot()
    def _edited(self) -> None:
        if not self._showing and self._able:
            self.edited.emit()


def _with_rows(content: LetterContent) -> dict[str, tuple[LetterItem, DeadlineRow | None]]:
    rows: list[DeadlineRow | None] = list(content.deadlines)
    rows += [None] * (len(content.items) - len(rows))
    return {item.measure: (item, row) for item, row in zip(content.items, rows, strict=False)}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
