"""Above a measure's check points: focus area, place in the set, title, whether a photo is needed, and its basis."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.models.measure_set import Measure, MeasureSet
from desktop.ui.basis_menu import BasisMenu
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.chips import Chip, KeyHint
from desktop.ui.look import Look
from desktop.ui.notices import window_language


class MeasureHeading(QWidget):
    """The heading."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[MeasureSet, Measure] | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(look.px(4))
        chips = QHBoxLayout()
        chips.setSpacing(look.px(8))
        self._area = Chip(look, "", "accent")
        self._photo_rule = Chip(look, "", "na", "camera")
        chips.addWidget(self._area)
        chips.addWidget(self._photo_rule)
        chips.addStretch(1)
        self._place = Text(look, "", tone="muted")
        chips.addWidget(self._place)
        grid.addLayout(chips, 0, 0, 1, 2)
        self._title = Text(look, "", style="title", elide=True)
        grid.addWidget(self._title, 1, 0)
        self._basis = Button(look, self.tr("Basis"), kind="text", icon="info", pressed=self._show_basis)
        self._basis.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.addWidget(self._basis, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.addLayout(self._points_line(), 2, 0, 1, 2)

    def show_measure(self, measure_set: MeasureSet, code: str) -> None:
        """Name a measure of the set."""
        measure, language = measure_set.measure(code), window_language()
        self._shown = (measure_set, measure)
        self._area.setVisible(measure.primary_area is not None)
        if measure.primary_area:
            area = measure_set.focus_area(measure.primary_area)
            self._area.say(f"{area.code} {area.name.in_(language)}", "accent")
        self._place.say(f"{measure_set.codes.index(code) + 1} / {len(measure_set.codes)}")
        self._title.say(f"{measure.code} {measure.title.in_(language)}")
        self._shift.setVisible(bool(measure.check_points))

    def show_photo_rule(self, hint: str, *, compulsory: bool, missing: bool) -> None:
        """Say whether a photo is needed. `missing`: it is needed now and there is none."""
        self._photo_rule.setVisible(compulsory or bool(hint))
        words = self.tr("photo required") if compulsory else self.tr("photo useful")
        self._photo_rule.say(words, "partial" if missing else "na", "camera")
        self._photo_rule.setToolTip(hint)

    def _points_line(self) -> QHBoxLayout:
        look = self._look
        points = QHBoxLayout()
        points.addWidget(Text(look, self.tr("Check points"), style="body-strong", tone="muted"))
        points.addStretch(1)
        self._shift = QWidget()
        shift = QHBoxLayout(self._shift)
        shift.setContentsMargins(0, 0, 0, 0)
        shift.setSpacing(look.px(6))
        shift.addWidget(Text(look, self.tr("each"), style="caption", tone="muted"))
        shift.addWidget(KeyHint(look, "Shift 1–4"))
        points.addWidget(self._shift)
        return points

    def _show_basis(self) -> None:
        if self._shown is not None:
            menu = BasisMenu(self._look, *self._shown, self)
            menu.popup(self._basis.mapToGlobal(QPoint(self._basis.width() - menu.sizeHint().width(), 32)))
