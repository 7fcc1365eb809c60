"""The left pane of a letter: opening, situation, problems with their advice one to one, contacts, signers.

The blocks of a long letter are built a few at a time from the top, so that the window never stands still; what is
still to be built counts as it is written in the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop.models.letter_composition import signer_from, signer_line
from desktop.models.letter_content import DeadlineRow, LetterContent, LetterItem
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.letter_blocks import ItemBlock, TextBlock
from desktop.ui.look import Look
from desktop.ui.note_field import NoteField

Listed = tuple[LetterItem, DeadlineRow | None]

BUILT_AT_ONCE = 1
TAKEN_DOWN_AT_ONCE = 8
"""Blocks built or taken down in one turn of the event loop; that takes 10 ms."""


class LetterEditor(QScrollArea):
    """The document in blocks.

    Signals:
        edited(): something changed; `content()` has it.
        built(): every block of the letter shown stands, and those of the one before are gone.
        dropped(object, object): a problem was left out: its item and its row of the table, as they stood.
    """

    edited = Signal()
    built = Signal()
    dropped = Signal(object, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._content: LetterContent | None = None
        self._all_items: dict[str, Listed] = {}
        self._dropped: dict[str, Listed] = {}
        self._able = True
        self._showing = False
        self.blocks: list[ItemBlock] = []
        self._coming: list[Listed] = []  # not built yet; they follow `blocks`
        self._leaving: list[QWidget] = []  # blocks of the letter before, taken down when the new ones stand
        self._building = QTimer(self, interval=0)
        self._building.timeout.connect(self._go_on)
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
        self.contacts = TextBlock(look, self.tr("Contacts"), self.tr("one line each"))
        self.signers = TextBlock(look, self.tr("Signed by hand"), self.tr("one line each: post, blank, name"))
        column.addWidget(self.opening)
        column.addWidget(self.situation)
        row = QHBoxLayout()
        row.addWidget(Text(look, self.tr("Problems and advice · one to one"), style="body-strong", tone="muted"), 1)
        self.add_button = Button(look, "", kind="text", icon="plus", pressed=self._offer_items)
        row.addWidget(self.add_button)
        column.addLayout(row)
        self._list = _BlockList(look)
        self._column = column
        column.addWidget(self._list)
        column.addWidget(self.contacts)
        column.addWidget(self.signers)
        column.addStretch(1)
        for block in self._texts:
            block.edited.connect(self._edited)
            block.field.left.connect(self._leave_field)

    # -- the page asks -------------------------------------------------------------------------------------------------

    def show_content(self, content: LetterContent, composed: LetterContent | None, able: bool) -> None:
        """Show another letter from its top; `composed` is what its visit says."""
        self._showing = True
        self._content, self._able = content, able
        self.opening.show_text(content.opening, able)
        self.situation.show_text("\n".join(content.situation), able)
        self.contacts.show_text("\n".join(content.contacts), able)
        self.signers.show_text("\n".join(signer_line(signer) for signer in content.signers), able)
        self._all_items, self._dropped = {}, {}
        self._show_items(list(_listed(content).values()))
        self.offer(composed)
        self._showing = False
        self.verticalScrollBar().setValue(0)

    def offer(self, composed: LetterContent | None) -> None:
        """What the visit says now: problems to take in, and the sentences that follow from it."""
        self._all_items = {**(_listed(composed) if composed is not None else {}), **self._dropped}
        self.opening.offer(composed.opening if composed else "")
        self.situation.offer("\n".join(composed.situation) if composed else "")
        self._show_left_out()

    def content(self) -> LetterContent:
        """The letter as it stands in the fields."""
        assert self._content is not None  # noqa: S101
        listed = [(block.item, block.row) for block in self.blocks] + self._coming
        return msgspec.structs.replace(
            self._content,
            opening=self.opening.text,
            situation=_lines(self.situation.text),
            contacts=_lines(self.contacts.text),
            signers=tuple(signer_from(line) for line in _lines(self.signers.text)),
            items=tuple(item for item, _ in listed),
            deadlines=tuple(row for _, row in listed if row is not None),
        )

    def take_in(self, measure: str) -> None:
        """Take in a problem of the visit that is not in the letter."""
        if measure in self._all_items:
            self.put_back(*self._all_items[measure])

    def put_back(self, item: LetterItem, row: DeadlineRow | None) -> None:
        """Put a problem into its place, as it stood when it was left out."""
        self._build_all()
        if any(block.item.measure == item.measure for block in self.blocks):
            return
        self._all_items.setdefault(item.measure, (item, row))
        self._dropped.pop(item.measure, None)
        order = list(self._all_items)
        later = order[order.index(item.measure) + 1 :]
        place = next((n for n, block in enumerate(self.blocks) if block.item.measure in later), len(self.blocks))
        self._insert(place, item, row)
        self._number()
        self.blocks[place].fact.setFocus()
        self._edited()

    def write_down(self) -> None:
        """Take in what an input method still composes."""
        focused = self.focusWidget()
        if isinstance(focused, NoteField):
            focused.write_down()

    def go_to(self, code: str) -> None:
        """Go to the field a code of `letter_checks` speaks of, if there is one."""
        self._build_all()
        match code:
            case "letter_opening_missing":
                self.opening.field.setFocus()
            case "letter_problem_missing":
                next(block.fact for block in self.blocks if not block.item.fact).setFocus()
            case "letter_advice_missing":
                next(block.advice for block in self.blocks if not block.item.advice).setFocus()

    @property
    def left_out(self) -> Sequence[str]:
        """Measures with a problem that is not in the letter."""
        present = {block.item.measure for block in self.blocks} | {item.measure for item, _ in self._coming}
        return [code for code in self._all_items if code not in present]

    @property
    def complete(self) -> bool:
        """Whether every block is built."""
        return not self._coming

    @property
    def at_rest(self) -> bool:
        """Whether nothing is left to build or to take down."""
        return not self._building.isActive()

    # -- inside --------------------------------------------------------------------------------------------------------

    @property
    def _texts(self) -> tuple[TextBlock, ...]:
        return self.opening, self.situation, self.contacts, self.signers

    def _show_items(self, items: list[Listed]) -> None:
        before, self._list = self._list, _BlockList(self._look)
        self._column.replaceWidget(before, self._list)
        before.hide()
        self._leaving += [before, *self.blocks]
        self.blocks, self._coming = [], items
        self._building.start()
        self._build_some()

    @Slot()
    def _go_on(self) -> None:
        if self._coming:
            self._build_some()
        elif self._leaving:
            for _ in range(min(TAKEN_DOWN_AT_ONCE, len(self._leaving))):
                self._leaving.pop().deleteLater()
        else:
            self._building.stop()
            self.built.emit()

    def _build_some(self, count: int = BUILT_AT_ONCE) -> None:
        built, self._coming = self._coming[:count], self._coming[count:]
        for item, row in built:
            self._insert(len(self.blocks), item, row)
            self.blocks[-1].number(len(self.blocks))
        if self.complete:
            self._order_fields()

    def _build_all(self) -> None:
        if not self.complete:
            self._build_some(len(self._coming))

    def _insert(self, place: int, item: LetterItem, row: DeadlineRow | None) -> None:
        day = self._content.issued_on if self._content else date.today()
        block = ItemBlock(self._look, item, row, able=self._able, day=day)
        block.edited.connect(self._edited)
        block.dropped.connect(self._drop)
        block.fact.left.connect(self._leave_field)
        block.advice.left.connect(self._leave_field)
        self._list.column.insertWidget(place, block)
        self.blocks.insert(place, block)

    def _remove(self, place: int) -> None:
        block = self.blocks.pop(place)
        block.hide()
        block.deleteLater()

    def _number(self) -> None:
        for place, block in enumerate(self.blocks, 1):
            block.number(place)
        self._order_fields()
        self._show_left_out()

    def _order_fields(self) -> None:
        order: list[QWidget] = [self.opening.field, self.situation.field, self.add_button]
        for block in self.blocks:
            order += block.fields
        order += [self.contacts.field, self.signers.field]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _show_left_out(self) -> None:
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
        place = next(n for n, block in enumerate(self.blocks) if block.item.measure == measure)
        item, row = self.blocks[place].item, self.blocks[place].row
        self._all_items[measure] = self._dropped[measure] = (item, row)
        self._remove(place)
        self._number()
        if self.blocks:
            self.blocks[min(place, len(self.blocks) - 1)].drop.setFocus()
        else:
            self.setFocus()
        self._edited()
        self.dropped.emit(item, row)

    @Slot()
    def _leave_field(self) -> None:
        self.setFocus()

    @Slot()
    def _edited(self) -> None:
        if not self._showing and self._able:
            self.edited.emit()


class _BlockList(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(8))


def _listed(content: LetterContent) -> dict[str, Listed]:
    rows: list[DeadlineRow | None] = list(content.deadlines)
    rows += [None] * (len(content.items) - len(rows))
    return {item.measure: (item, row) for item, row in zip(content.items, rows, strict=False)}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
