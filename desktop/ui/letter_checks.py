"""The foot of a letter: what is in order and what is missing, each with a shape and a word, its sentence on hover."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.letter_composition import BLOCKING_CHECKS
from desktop.models.problems import words
from desktop.ui.cards import IconText
from desktop.ui.look import Look
from desktop.ui.notices import window_language

PAGES_WANTED = 2
SHOWN = 3


class LetterChecks(QWidget):
    """The checks in one line; at most three that fail, the rest as a number."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(14))
        self._marks = [IconText(look, "circle-check", "", style="caption") for _ in range(SHOWN + 3)]
        for mark in self._marks:
            row.addWidget(mark)
        row.addStretch(1)

    def show_checks(self, codes: Sequence[str], pages: int, issued: bool) -> None:
        """Show what `letter_checks` found, and how the pages stand."""
        said: list[tuple[str, str, str, str]] = []
        if pages:
            fits = pages <= PAGES_WANTED
            text = self.tr("%n page(s)", "", pages)
            said.append((text, "pass-fg" if fits else "partial-fg", "circle-check" if fits else "circle-alert", text))
        if not issued:
            said += self._failing(codes)
            if not codes:
                said.append((self.tr("ready to issue"), "pass-fg", "circle-check", ""))
        for mark, line in zip(self._marks, [*said, *[None] * len(self._marks)], strict=False):
            mark.setVisible(line is not None)
            if line is not None:
                mark.say(line[0], line[1], line[2])
                mark.setToolTip(line[3])

    @property
    def texts(self) -> list[str]:
        """The words shown."""
        return [mark.text for mark in self._marks if not mark.isHidden()]

    def _failing(self, codes: Sequence[str]) -> list[tuple[str, str, str, str]]:
        language = window_language()
        shown = [
            (
                self._short(code),
                "fail-fg" if code in BLOCKING_CHECKS else "partial-fg",
                "circle-alert" if code in BLOCKING_CHECKS else "clock",
                words(code, {}, language),
            )
            for code in codes[:SHOWN]
        ]
        if len(codes) > SHOWN:
            rest = "\n".join(words(code, {}, language) for code in codes[SHOWN:])
            more = self.tr("{count} more").format(count=len(codes) - SHOWN)
            shown.append((more, "muted", "info", rest))
        return shown

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
