"""The right pane of a visit: what was (last visit), what will be created (finding), what will be written (letter).

A measure that is fine leaves the lower two empty with one line saying so.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.desk.visit_sheet import AnswerRow, FindingRow
from desktop.models.letter_composition import chinese_number
from desktop.models.problems import Language
from desktop.ui import wording
from desktop.ui.cards import IconText, Line, Text
from desktop.ui.chips import KeyHint
from desktop.ui.finding_terms import FindingTerms
from desktop.ui.letter_sentences import LetterSentences
from desktop.ui.look import Look
from desktop.ui.notices import window_language
from desktop.ui.photo_strip import PhotoShelf, PhotoThumb
from desktop.ui.rings import StateLabel
from desktop.ui.visit_keeper import VisitKeeper

_RANK = {"pass": 0, "na": 0, "partial": 1, "fail": 2}


class VisitSide(QFrame):
    """The pane.

    Signals:
        left(): Esc in a text field; the page takes the focus.
        photo_opened(PhotoRow): a photo should be shown large.
    """

    left = Signal()
    photo_opened = Signal(object)

    def __init__(self, look: Look, keeper: VisitKeeper, shelf: PhotoShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._look, self._keeper, self._shelf = look, keeper, shelf
        self._code = ""
        self._language: Language = window_language()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(area)
        inside = QFrame()
        inside.setProperty("role", "side")
        area.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._build_last(), Line(), self._build_finding(), Line(), self._build_letter()):
            column.addWidget(part)
        column.addStretch(1)
        keeper.kept.connect(self._kept)
        shelf.ready.connect(self._picture_ready)

    def show_measure(self, code: str) -> None:
        """Show what concerns a measure."""
        self.sentences.write_down()
        self._code = code
        self._show_last()
        self._show_finding(fresh=True)

    def write_down(self) -> None:
        """Ask the keeper to save everything typed."""
        self.sentences.write_down()

    # -- building ----------------------------------------------------------------------------------------------------

    def _section(self) -> tuple[QWidget, QVBoxLayout]:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(self._look.px(16), self._look.px(12), self._look.px(16), self._look.px(12))
        column.setSpacing(self._look.px(6))
        return part, column

    def _heading(self, column: QVBoxLayout, icon: str, words: str) -> tuple[IconText, QHBoxLayout]:
        row = QHBoxLayout()
        row.setSpacing(self._look.px(8))
        title = IconText(self._look, icon, words, style="body-strong")
        row.addWidget(title, 1)
        column.addLayout(row)
        return title, row

    def _build_last(self) -> QWidget:
        look = self._look
        part, column = self._section()
        self._last_title, row = self._heading(column, "history", "")
        self._last_state = StateLabel(look, None, style="body")
        row.addWidget(self._last_state)
        body = QHBoxLayout()
        body.setSpacing(look.px(12))
        self._last_photos = QHBoxLayout()
        body.addLayout(self._last_photos)
        words = QVBoxLayout()
        words.setSpacing(look.px(4))
        self._last_note = Text(look, "", wrap=True)
        self._last_note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._compared = IconText(look, "rotate-ccw", "", style="caption")
        words.addWidget(self._last_note)
        words.addWidget(self._compared)
        words.addStretch(1)
        body.addLayout(words, 1)
        column.addLayout(body)
        self._copy_hint = QWidget()
        hint = QHBoxLayout(self._copy_hint)
        hint.setContentsMargins(0, 0, 0, 0)
        hint.addWidget(Text(look, self.tr("Take over last time's answer"), style="caption", tone="muted"), 1)
        hint.addWidget(KeyHint(look, "V"))
        column.addWidget(self._copy_hint)
        return part

    def _build_finding(self) -> QWidget:
        look = self._look
        part, column = self._section()
        _, row = self._heading(column, "flag", self.tr("Finding it creates"))
        self._number = Text(look, "", style="caption", tone="muted")
        row.addWidget(self._number)
        self._finding_title = Text(look, "", wrap=True)
        column.addWidget(self._finding_title)
        self.terms = FindingTerms(look)
        self.terms.changed.connect(self._terms_changed)
        column.addWidget(self.terms)
        return part

    def _build_letter(self) -> QWidget:
        part, column = self._section()
        _, row = self._heading(column, "file-text", self.tr("Sentence in the letter"))
        self.sentences = LetterSentences(self._look)
        self.sentences.written.connect(self._sentences_written)
        self.sentences.left.connect(self.left)
        row.addWidget(self.sentences.edit_button)
        column.addWidget(self.sentences)
        self._nothing = Text(self._look, "", tone="muted", wrap=True)
        column.addWidget(self._nothing)
        return part

    # -- showing -----------------------------------------------------------------------------------------------------

    def _show_last(self) -> None:
        sheet = self._keeper.sheet
        last: AnswerRow | None = sheet.previous.get(self._code) if sheet else None
        on = wording.day(sheet.previous_on) if sheet and sheet.previous_on else ""
        self._last_title.say(self.tr("Last visit {day}").format(day=on) if on else self.tr("Last visit"))
        self._last_state.setVisible(bool(on))
        self._last_state.show_state(last.result if last else None)
        self._copy_hint.setVisible(last is not None and self._keeper.is_open)
        while (item := self._last_photos.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        photos = sheet.previous_photos.get(self._code, ()) if sheet else ()
        if photos:
            thumb = PhotoThumb(self._look, self._shelf, photos[0])
            thumb.opened.connect(self.photo_opened)
            self._last_photos.addWidget(thumb)
        if last is not None:
            words = last.note or self.tr("No note.")
        elif on:
            words = self.tr("Not checked then.")
        else:
            words = self.tr("This enterprise has not been visited before.")
        self._last_note.say(words, "text" if last and last.note else "muted")
        self._compare()

    def _compare(self) -> None:
        sheet = self._keeper.sheet
        last = sheet.previous.get(self._code) if sheet else None
        now = self._keeper.entered(self._code).result
        self._compared.setVisible(last is not None and now is not None)
        if last is None or now is None:
            return
        change = _RANK[now] - _RANK[last.result]
        if change > 0:
            self._compared.say(self.tr("Worse than last time"), "fail-fg", "rotate-ccw")
        elif change < 0:
            self._compared.say(self.tr("Better than last time"), "pass-fg", "circle-check")
        else:
            self._compared.say(self.tr("As last time"), "muted", "minus")

    def _show_finding(self, fresh: bool) -> None:
        finding = self._keeper.findings.get(self._code)
        sheet = self._keeper.sheet
        for part in (self._finding_title, self.terms, self.sentences, self.sentences.edit_button, self._number):
            part.setVisible(finding is not None)
        self._nothing.setVisible(finding is None)
        if finding is None or sheet is None:
            judged = self._keeper.entered(self._code).result is not None
            self._nothing.say(
                self.tr("Nothing to put right: no finding, nothing in the letter.")
                if judged
                else self.tr("An answer of partial or fail creates a finding and a sentence in the letter.")
            )
            return
        self._number.say(finding.number)
        measure_set = self._keeper.measure_set
        in_english = self._language == "en" and measure_set is not None
        title = measure_set.measure(self._code).finding.title.en if in_english and measure_set else finding.title
        self._finding_title.say(title)
        people = [name for name, _, _ in sheet.contacts]
        self.terms.show_finding(finding, people, self._keeper.is_open)
        place = self._place_in_letter(finding)
        self.sentences.show_sentences(
            place, finding.fact or "", finding.advice or "", able=self._keeper.is_open, fresh=fresh
        )

    def _place_in_letter(self, finding: FindingRow) -> str:
        measure_set = self._keeper.measure_set
        codes = measure_set.codes if measure_set else ()
        number = [code for code in codes if code in self._keeper.findings].index(finding.measure) + 1
        return f"（{chinese_number(number)}）" if self._language == "zh" else f"({number}) "

    # -- slots -------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _kept(self, measure: str) -> None:
        if measure == self._code:
            self._compare()
            self._show_finding(fresh=False)

    @Slot(dict)
    def _terms_changed(self, fields: dict[str, str | None]) -> None:
        self._keeper.change_finding(self._code, **fields)

    @Slot(str, str)
    def _sentences_written(self, fact: str, advice: str) -> None:
        """Sentences a person wrote; what equals the set's own is not his."""
        finding = self._keeper.findings.get(self._code)
        if finding is None:
            return
        entered = self._keeper.entered(self._code)
        self._keeper.keep(
            self._code,
            replace(
                entered,
                fact=fact if fact != (finding.fact or "") else entered.fact,
                advice=advice if advice != (finding.advice or "") else entered.advice,
            ),
            "sentences",
        )

    @Slot(str)
    def _picture_ready(self, _digest: str) -> None:
        item = self._last_photos.itemAt(0)
        if item is not None and (widget := item.widget()) is not None:
            widget.update()
