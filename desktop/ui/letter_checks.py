"""The foot of a letter: what is in order and what is missing, each with a shape and a word, its sentence on hover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.desk.letter_desk import LetterRow
from desktop.models.letter_composition import BLOCKING_CHECKS
from desktop.models.problems import words
from desktop.models.vocabulary import LetterState
from desktop.ui import wording
from desktop.ui.cards import IconText
from desktop.ui.look import Look
from desktop.ui.notices import window_language

PAGES_WANTED = 2
_GAP = 14
SHOWN = 4
"""At most so many are shown in words; the rest is a number."""


class _Mark(NamedTuple):
    words: str
    role: str
    icon: str
    tip: str = ""


class LetterChecks(QWidget):
    """The checks in one line, as many as fit; `failing`: short words of all that fail."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.failing: list[str] = []
        self._said: list[_Mark] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(_GAP))
        self._marks = [IconText(look, "circle-check", "", style="caption") for _ in range(SHOWN + 1)]
        for mark in self._marks:
            row.addWidget(mark)
        row.addStretch(1)
        self._arrange()

    def show_draft(self, codes: Sequence[str], pages: int) -> None:
        """Show what `letter_checks` found in a draft, and how its pages stand."""
        self.failing = [self._short(code) for code in codes]
        said = self._pages(pages) + self._failing(codes)
        if not codes:
            said.append(_Mark(self.tr("ready to issue"), "pass-fg", "circle-check"))
        self._say(said)

    def show_frozen(self, row: LetterRow, pages: int, bytes_here: bool) -> None:
        """Show how an issued letter stands: its pages, the hash of its bytes, and why it is void if it is."""
        self.failing = []
        said = self._pages(pages)
        if row.sha256 and bytes_here:
            said.append(
                _Mark(self.tr("frozen, SHA-256 {hash}…").format(hash=row.sha256[:8]), "muted", "lock", row.sha256)
            )
        elif row.sha256:
            sentence = words("letter_bytes_missing", {"number": row.number}, window_language())
            said.append(_Mark(self.tr("original on another device"), "partial-fg", "circle-alert", sentence))
        if row.state == LetterState.VOID:
            text = self.tr("void: {reason}").format(reason=row.reason or wording.NONE)
            said.append(_Mark(text, "fail-fg", "x", text))
        self._say(said)

    @property
    def texts(self) -> list[str]:
        """The words shown."""
        return [mark.text for mark in self._marks if not mark.isHidden()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of checks."""
        super().resizeEvent(event)
        self._arrange()

    def _say(self, said: list[_Mark]) -> None:
        self._said = said
        self._arrange()

    def _arrange(self) -> None:
        shown: list[_Mark] = []
        for count in range(min(SHOWN, len(self._said)), 0, -1):
            rest = self._said[count:]
            more = _Mark(
                self.tr("{count} more").format(count=len(rest)), "muted", "info", "\n".join(mark.tip for mark in rest)
            )
            shown = self._said[:count] + [more] * bool(rest)
            if self._width(shown) <= self.width():
                break
        for place, widget in enumerate(self._marks):
            widget.setVisible(place < len(shown))
            if place < len(shown):
                mark = shown[place]
                widget.say(mark.words, mark.role, mark.icon)
                widget.setToolTip(mark.tip)

    def _width(self, marks: Sequence[_Mark]) -> int:
        look, metrics = self._look, self._look.metrics("caption")
        return sum(metrics.horizontalAdvance(mark.words) + look.px(24 + _GAP) for mark in marks)

    def _pages(self, pages: int) -> list[_Mark]:
        if not pages:
            return []
        text = self.tr("%n page(s)", "", pages)
        if pages <= PAGES_WANTED:
            return [_Mark(text, "pass-fg", "circle-check")]
        return [_Mark(text, "partial-fg", "info", self.tr("A letter of one or two pages is read to its end."))]

    def _failing(self, codes: Sequence[str]) -> list[_Mark]:
        language = window_language()
        return [
            _Mark(self._short(code), "fail-fg", "circle-alert", words(code, {}, language))
            if code in BLOCKING_CHECKS
            else _Mark(self._short(code), "partial-fg", "clock", words(code, {}, language))
            for code in codes
        ]

    def _short(self, code: str) -> str:
        return {
            "letter_letterhead_missing": self.tr("no letterhead"),
            "letter_addressee_missing": self.tr("no addressee"),
            "letter_title_missing": self.tr("no title"),
            "letter_opening_missing": self.tr("no opening"),
            "letter_problem_missing": self.tr("a problem is empty"),
            "letter_advice_missing": self.tr("an advice is empty"),
            "letter_statutory_words": self.tr("words of orders"),
            "letter_private_names": self.tr("names of patients"),
            "letter_deadlines_differ": self.tr("deadlines differ"),
            "letter_problem_too_long": self.tr("problem too long"),
            "letter_advice_too_long": self.tr("advice too long"),
            "letter_owner_missing": self.tr("owner missing"),
            "letter_deadline_missing": self.tr("deadline missing"),
            "letter_deadline_past": self.tr("deadline has passed"),
            "letter_no_problem": self.tr("no problem listed"),
            "letter_contact_missing": self.tr("no contact"),
            "letter_signer_missing": self.tr("no signer"),
            "letter_number_form": self.tr("odd number"),
        }.get(code, code)
