"""What the office prints on every letter: letterhead, issuing body, prefix of the number, contacts; with a sample."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.desk.letter_desk import OfficeSettings
from desktop.models.letter_composition import letter_number
from desktop.ui.cards import Card, Text
from desktop.ui.fields import FieldRow
from desktop.ui.look import Look
from desktop.ui.note_field import SAVE_AFTER_MS
from desktop.ui.theme import theme

_LONGEST = {"letterhead": 60, "issuer": 60, "prefix": 20}


class SettingsLetterhead(Card):
    """The card.

    Signals:
        written(OfficeSettings): what was typed, to be kept.
    """

    written = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, self.tr("Letterhead and number"), parent=parent)
        self.body.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        self.letterhead, self.issuer, self.prefix = QLineEdit(), QLineEdit(), QLineEdit()
        self.contacts = QPlainTextEdit()
        self.contacts.setTabChangesFocus(True)
        self.contacts.setFixedHeight(look.px(52))
        self._letterhead_row = FieldRow(
            look, self.tr("Letterhead"), self.letterhead, hint=self.tr("in red at the top of every letter")
        )
        rows = QVBoxLayout()
        rows.setSpacing(look.px(8))
        rows.addWidget(self._letterhead_row)
        rows.addWidget(
            FieldRow(
                look, self.tr("Issuing body"), self.issuer, hint=self.tr("under the text; empty: as the letterhead")
            )
        )
        rows.addWidget(FieldRow(look, self.tr("Prefix of the number"), self.prefix, hint=self.tr("before the year")))
        rows.addWidget(
            FieldRow(
                look, self.tr("Contacts"), self.contacts, hint=self.tr("one line each, as they stand in the letter")
            )
        )
        rows.addStretch(1)
        self._sample = _Sample(look)
        row = QHBoxLayout()
        row.setSpacing(look.px(24))
        row.addLayout(rows, 1)
        row.addWidget(self._sample, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addWidget(
            Text(
                look, self.tr("Letters that are begun keep what they have; issued ones never change."),
                style="caption", tone="muted", wrap=True,
            )
        )  # fmt: skip
        self._device = ""
        self._kept: OfficeSettings | None = None
        self.setEnabled(False)  # until it is known what is set
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self.write_down)
        for field, most in (
            (self.letterhead, _LONGEST["letterhead"]), (self.issuer, _LONGEST["issuer"]),
            (self.prefix, _LONGEST["prefix"]),
        ):  # fmt: skip
            field.setMaxLength(most)
            field.textEdited.connect(self._edited)
        self.contacts.textChanged.connect(self._edited)

    def show_office(self, office: OfficeSettings, device: str) -> None:
        """Show what is set; what is being typed stays."""
        self._device = device
        if self._timer.isActive():
            return
        self._kept = office
        self.setEnabled(True)
        for field, text in (
            (self.letterhead, office.letterhead), (self.issuer, office.issuer), (self.prefix, office.prefix),
        ):  # fmt: skip
            if field.text() != text:
                field.setText(text)
        if self._contacts() != office.contacts:
            self.contacts.blockSignals(True)
            self.contacts.setPlainText("\n".join(office.contacts))
            self.contacts.blockSignals(False)
        self._show_sample()

    @property
    def office(self) -> OfficeSettings:
        """What stands in the fields."""
        letterhead, issuer, prefix = (field.text().strip() for field in (self.letterhead, self.issuer, self.prefix))
        return OfficeSettings(letterhead, issuer, prefix, self._contacts())

    @property
    def sample(self) -> str:
        """The number the next letter might get."""
        return self._sample.number

    @Slot()
    def write_down(self) -> None:
        """Keep what was typed and is not kept yet."""
        self._timer.stop()
        if self._kept is not None and self.office != self._kept:
            self.written.emit(self.office)

    def say_kept(self, office: OfficeSettings) -> None:
        """Say beside the heading that it is saved."""
        self._kept = office
        self.count.say(self.tr("Saved"), "pass")

    def say_refused(self) -> None:
        """Say beside the heading that it is not; it is written again with the next change, or when the page is left."""
        self.count.say(self.tr("Not saved"), "fail")

    def _contacts(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.contacts.toPlainText().splitlines() if line.strip())

    @Slot()
    def _edited(self) -> None:
        self.count.say("")
        self._show_sample()
        self._timer.start()

    def _show_sample(self) -> None:
        office = self.office
        self._letterhead_row.complain(
            None if office.letterhead else self.tr("Without a letterhead no letter can be issued")
        )
        prefix = office.prefix or OfficeSettings().prefix
        self._sample.show_head(office.letterhead, letter_number(prefix, date.today().year, f"{self._device}-1"))


class _Sample(QWidget):
    """The head of a letter, small."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._letterhead = self.number = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The upper third of a page."""
        return QSize(self._look.px(300), self._look.px(168))

    def show_head(self, letterhead: str, number: str) -> None:
        self._letterhead, self.number = letterhead, number
        self.setAccessibleName(f"{letterhead} {number}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White paper with red name, number and rule."""
        look, painter = self._look, QPainter(self)
        painter.fillRect(self.rect(), look.color("border"))
        paper = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.fillRect(paper, Qt.GlobalColor.white)
        block = paper.adjusted(look.px(20), look.px(20), -look.px(20), -look.px(12))
        name = QRectF(block.left(), block.top(), block.width(), look.px(64))
        red = theme("light").color("fail-fg")  # paper is white in every scheme
        painter.setPen(red)
        painter.setFont(look.font("title"))
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(name, wrapped, self._letterhead)
        painter.setPen(Qt.GlobalColor.black)
        painter.setFont(look.font("body"))
        below = QRectF(block.left(), name.bottom() + look.px(12), block.width(), look.px(24))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.number)
        painter.fillRect(QRectF(block.left(), below.bottom() + look.px(8), block.width(), look.px(2)), red)
        painter.end()
