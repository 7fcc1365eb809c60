"""The middle pane of a visit: one measure with its check points, answer, values, note and photos.

Shows what the keeper has and asks it to keep what a person enters. Only what changed is repainted; the fields of each
measure are built once, when it is first shown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.models.answer_rules import na_allowed, photo_required
from desktop.models.desk.answer_drafts import Entered, entered_of
from desktop.models.measure_set import Measure, PhotoRule
from desktop.models.problems import Language, UserProblem
from desktop.models.vocabulary import Result
from desktop.ui.answer_buttons import AnswerButtons
from desktop.ui.cards import Text
from desktop.ui.check_points import CheckPoints
from desktop.ui.chips import KeyHint
from desktop.ui.look import Look
from desktop.ui.measure_heading import MeasureHeading
from desktop.ui.note_field import SAVE_AFTER_MS, NoteField
from desktop.ui.notices import window_language
from desktop.ui.photo_strip import PhotoShelf, PhotoStrip, choose_photos, pictures_of
from desktop.ui.phrase_row import PhraseRow
from desktop.ui.reason_menu import ReasonMenu
from desktop.ui.value_fields import ValueFields
from desktop.ui.visit_keeper import VisitKeeper


class MeasureForm(QFrame):
    """The form.

    Signals:
        left(): Esc in a text field; the page takes the focus.
        photo_opened(PhotoRow): a photo should be shown large.
    """

    left = Signal()
    photo_opened = Signal(object)

    def __init__(self, look: Look, keeper: VisitKeeper, shelf: PhotoShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._look, self._keeper = look, keeper
        self._measure: Measure | None = None
        self._language: Language = window_language()
        self._points: dict[str, CheckPoints] = {}
        self._values: dict[str, ValueFields] = {}
        self._reason_awaited = False
        self._typing = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._typing.timeout.connect(self._save_values)
        self._build(shelf)
        keeper.kept.connect(self._kept)
        keeper.refused.connect(self._refused)
        keeper.photo_awaited.connect(self._kept)
        keeper.put_back.connect(self._put_back)

    # -- what the page asks ------------------------------------------------------------------------------------------

    def show_measure(self, code: str) -> None:
        """Show a measure; what was typed for the one before is written down first."""
        self.write_down()
        measure_set = self._keeper.measure_set
        assert measure_set is not None  # noqa: S101 - a visit is open
        measure = self._measure = measure_set.measure(code)
        language = self._language
        self._reason_awaited = False
        self._heading.show_measure(measure_set, code)
        self._points_host.show_only(self._points_of(measure))
        self._values_host.show_only(self._values_of(measure))
        self._values_host.setVisible(bool(measure.values))
        phrases = [(phrase.label.in_(language), phrase.text.in_(language)) for phrase in measure.phrases]
        self.note.set_phrases(phrases)
        self._phrases.show_phrases(phrases)
        self._show_entered(fresh=True)
        self._scroll.verticalScrollBar().setValue(0)

    def answer(self, result: Result) -> None:
        """Give an answer; 不适用 asks for its reason first, and is refused where the measure is compulsory."""
        measure = self._measure
        if measure is None or not self._keeper.is_open:
            return
        if result is Result.NA:
            if na_allowed(measure) and self._entered().result is not Result.NA:
                self._ask_reason(measure)
            self._show_answer()
            return
        self._reason_awaited = False
        self.answers.show_answer(result, na_allowed(measure))
        self._keep(replace(self._typed(), result=result))

    def turn_point(self, number: str) -> None:
        """Take a check point on: none → yes → no."""
        if self._measure is not None:
            self._points[self._measure.code].turn(number)

    def copy_last(self) -> bool:
        """Take over last visit's answer. Returns whether there was one."""
        sheet, measure = self._keeper.sheet, self._measure
        if sheet is None or measure is None or measure.code not in sheet.previous or not self._keeper.is_open:
            return False
        last = entered_of(sheet.previous[measure.code])
        self._keep(replace(last, fact="", advice=""))
        self._show_entered(fresh=True)
        return True

    def offer_phrases(self) -> None:
        """Go to the note and open its phrases."""
        if self.note.isEnabled():
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.note.offer_phrases()

    def ask_photos(self) -> None:
        """Open the file dialog."""
        if self._keeper.is_open:
            self.take_pictures(choose_photos(self, self.tr("Add photos"), self.tr("Photos")))

    def paste_pictures(self) -> bool:
        """Take pictures from the clipboard. Returns whether there were any."""
        found = pictures_of(QGuiApplication.clipboard().mimeData())
        self.take_pictures(found)
        return bool(found)

    def take_pictures(self, pictures: object) -> None:
        """Prepare and keep these files or bytes with the measure shown."""
        if self._measure is None or not self._keeper.is_open:
            return
        for picture in cast("list[Path | bytes]", pictures):
            title = picture.stem[:120] if isinstance(picture, Path) else None
            self._keeper.add_photo(self._measure.code, picture, title)

    def write_down(self) -> None:
        """Ask the keeper to save everything typed."""
        self.note.write_down()
        if self._typing.isActive():
            self._save_values()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self, shelf: PhotoShelf) -> None:
        look = self._look
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll)
        inside = QFrame()
        inside.setProperty("role", "pane")
        self._scroll.setWidget(inside)
        middle = QHBoxLayout(inside)
        middle.setContentsMargins(look.px(24), look.px(14), look.px(24), look.px(12))
        room = QWidget()
        room.setMaximumWidth(look.px(920))
        middle.addWidget(room)
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        self._heading = MeasureHeading(look)
        column.addWidget(self._heading)
        self._points_host = _Switcher()
        column.addWidget(self._points_host)
        column.addWidget(Text(look, self.tr("Answer"), style="body-strong", tone="muted"))
        self.answers = AnswerButtons(look)
        self.answers.answered.connect(self._answered)
        column.addWidget(self.answers)
        self._values_host = _Switcher()
        column.addWidget(self._values_host)
        column.addLayout(self._note_heading())
        self.note = NoteField(look, self.tr("Note"))
        self.note.setMaximumHeight(look.px(130))
        self.note.written.connect(self._note_written)
        self.note.left.connect(self.left)
        self.note.pictures_pasted.connect(self._pictures_pasted)
        column.addWidget(self.note, 1)
        self._photo_words = Text(look, "", style="caption", tone="partial")
        self.photos = PhotoStrip(look, shelf)
        self.photos.wanted.connect(self.ask_photos)
        self.photos.dropped.connect(self.take_pictures)
        self.photos.opened.connect(self.photo_opened)
        self.photos.removed.connect(self._photo_removed)
        column.addSpacing(look.px(4))
        column.addWidget(self.photos)
        column.addStretch(0)

    def _note_heading(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(look.px(6))
        row.addWidget(Text(look, self.tr("Note"), style="body-strong", tone="muted"))
        row.addWidget(KeyHint(look, "N"))
        self._phrases = PhraseRow(look)
        self._phrases.chosen.connect(self._phrase_chosen)
        row.addWidget(self._phrases, 1)
        return row

    def _points_of(self, measure: Measure) -> CheckPoints:
        if measure.code not in self._points:
            made = CheckPoints(self._look, [point.in_(self._language) for point in measure.check_points])
            made.marked.connect(self._point_marked)
            self._points[measure.code] = made
        return self._points[measure.code]

    def _values_of(self, measure: Measure) -> ValueFields:
        if measure.code not in self._values:
            made = ValueFields(self._look, measure)
            made.typed.connect(self._typing.start)
            made.settled.connect(self._save_values)
            self._values[measure.code] = made
            self._values_host.show_only(made)
            order: list[QWidget] = [self.answers.buttons[Result.NA], *(row.field for row in made.rows.values())]
            for before, after in pairwise([*order, self.note]):
                QWidget.setTabOrder(before, after)
        return self._values[measure.code]

    # -- showing -----------------------------------------------------------------------------------------------------

    def _entered(self) -> Entered:
        return self._keeper.entered(self._measure.code) if self._measure else Entered()

    def _typed(self) -> Entered:
        """What is entered, with what is typed and not yet asked to be kept."""
        entered = self._entered()
        if self._measure is None:
            return entered
        note = self.note.toPlainText()
        values = self._values[self._measure.code].take(entered.measured, self._day())
        if entered.result is Result.NA and not note.strip():
            note = entered.note
        return replace(entered, note=note, measured=values)

    def _day(self) -> date:
        sheet = self._keeper.sheet
        return date.fromisoformat(sheet.visited_on) if sheet else date.today()

    def _show_entered(self, fresh: bool) -> None:
        """Show what stands. `fresh`: also in fields a person may be typing in."""
        measure = self._measure
        if measure is None:
            return
        entered, able = self._entered(), self._keeper.is_open
        self._show_answer()
        self._points[measure.code].show_marks(entered.points, able)
        if fresh:
            self._typing.stop()
            self._values[measure.code].show_values(entered.measured, self._day(), able)
            self.note.show_text(entered.note)
        self.note.setReadOnly(not able)
        self.note.setEnabled(able)
        self._phrases.setEnabled(able)
        self._show_photos()

    def _show_answer(self) -> None:
        if self._measure is not None:
            entered = self._entered()
            self.answers.show_answer(entered.result, na_allowed(self._measure), self._keeper.is_open)

    def _show_photos(self) -> None:
        measure = self._measure
        if measure is None:
            return
        entered, code = self._entered(), measure.code
        photos = self._keeper.photos.get(code, ())
        self.photos.show_photos(photos, self._keeper.awaited.get(code, 0), self._keeper.is_open)
        needed = photo_required(measure, entered.result, entered.measured)
        hint = measure.photo.hint.in_(self._language) if measure.photo.hint else ""
        compulsory = needed or (measure.photo.rule is PhotoRule.REQUIRED and entered.result is None)
        self._heading.show_photo_rule(hint, compulsory=compulsory, missing=needed and not photos)

    # -- saving ------------------------------------------------------------------------------------------------------

    def _keep(self, wanted: Entered, run: str = "") -> None:
        if self._measure is not None and self._keeper.is_open:
            self._keeper.keep(self._measure.code, wanted, run)

    @Slot(object)
    def _answered(self, result: Result) -> None:
        self.answer(result)

    @Slot(str, object)
    def _point_marked(self, number: str, mark: bool | None) -> None:
        typed = self._typed()
        points = {key: value for key, value in typed.points.items() if key != number}
        if mark is not None:
            points[number] = mark
        self._keep(replace(typed, points=dict(sorted(points.items()))))
        self._show_entered(fresh=False)

    @Slot()
    def _save_values(self) -> None:
        self._typing.stop()
        self._keep(self._typed(), "values")

    @Slot(str)
    def _note_written(self, note: str) -> None:
        typed = self._typed()
        if self._measure is not None and typed.result is Result.NA and not note.strip():
            self._keeper.refused.emit(self._measure.code, UserProblem("answer_na_reason", measure=self._measure.code))
        if self._reason_awaited and note.strip():
            self._reason_awaited = False
            self._keep(replace(typed, note=note, result=Result.NA))
            self._show_answer()
        else:
            self._keep(typed, "note")

    @Slot(str)
    def _kept(self, measure: str) -> None:
        if self._measure is not None and measure == self._measure.code:
            self._show_entered(fresh=False)

    @Slot(str)
    def _put_back(self, measure: str) -> None:
        if self._measure is not None and measure == self._measure.code:
            self._show_entered(fresh=True)

    @Slot(str, object)
    def _refused(self, measure: str, _problem: object) -> None:
        if self._measure is not None and measure == self._measure.code:
            self._show_answer()

    # -- small acts --------------------------------------------------------------------------------------------------

    def _ask_reason(self, measure: Measure) -> None:
        """不适用 needs a reason: one of the set's, or words of one's own in the note."""
        menu = ReasonMenu(measure, self)
        menu.chosen.connect(self._not_applicable)
        menu.own_wanted.connect(self._own_reason)
        button = self.answers.buttons[Result.NA]
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    @Slot(str)
    def _not_applicable(self, reason: str) -> None:
        typed = self._typed()
        note = typed.note if reason in typed.note else "\n".join(filter(None, (reason, typed.note)))
        self._keep(replace(typed, result=Result.NA, note=note))
        self._show_entered(fresh=True)

    @Slot()
    def _own_reason(self) -> None:
        if self.note.toPlainText().strip():
            self._keep(replace(self._typed(), result=Result.NA))
            self._show_answer()
        else:
            self._reason_awaited = True
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str)
    def _phrase_chosen(self, text: str) -> None:
        self.note.insert_phrase(text)

    @Slot(object)
    def _photo_removed(self, photo: object) -> None:
        self._keeper.remove_photo(photo)  # type: ignore[arg-type]

    @Slot(object)
    def _pictures_pasted(self, data: QMimeData) -> None:
        self.take_pictures(pictures_of(data))


class _Switcher(QWidget):
    """Shows one of its widgets and is as high as that one; a stacked layout would be as high as the highest."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._current: QWidget | None = None

    def show_only(self, widget: QWidget) -> None:
        if self._column.indexOf(widget) < 0:
            self._column.addWidget(widget)
        if self._current is not None and self._current is not widget:
            self._current.hide()
        self._current = widget
        widget.show()
