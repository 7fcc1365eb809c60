"""What is known and agreed about a finding (问题、责任、整改), each line changed where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from desktop.models.deadlines import SETTLED
from desktop.models.value_words import value_word
from desktop.models.vocabulary import FindingState
from desktop.ui import finding_words, wording
from desktop.ui.cards import Card, Line, Text
from desktop.ui.chips import KeyHint
from desktop.ui.look import Look
from desktop.ui.notices import window_language
from desktop.ui.term_button import TermButton

if TYPE_CHECKING:
    from desktop.models.desk.finding_file import FindingFile

_LONGEST = {"responsible": 80, "responsible_title": 60, "responsible_phone": 40, "service_officer": 80,
            "lead_unit": 120, "supervisor": 80, "platform_number": 60}  # fmt: skip
_LISTS = frozenset({"co_units"})
_APART = "、"


class FindingFacts(Card):
    """The card.

    Signals:
        terms_changed(dict): fields of the finding a person set.
        severity_asked(), route_asked(), deadline_asked(): menus the page owns.
        enterprise_asked(), visit_asked(): go there.
        left(): Esc in a field.
    """

    terms_changed = Signal(dict)
    severity_asked = Signal()
    route_asked = Signal()
    deadline_asked = Signal()
    enterprise_asked = Signal()
    visit_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self._shown: dict[str, str] = {}
        self.fields: dict[str, QLineEdit] = {}
        self.body.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QFrame()
        inside.setProperty("role", "pane")
        area.setWidget(inside)
        self.body.addWidget(area)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(12))
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self.enterprise, self.found = TermButton(look), TermButton(look)
        self.severity, self.route, self.due = TermButton(look), TermButton(look), TermButton(look)
        self._fact, self._negative = Text(look, wrap=True), Text(look, wrap=True)
        self._instructor = Text(look)
        self._build()
        self.enterprise.clicked.connect(self.enterprise_asked)
        self.found.clicked.connect(self.visit_asked)
        self.severity.clicked.connect(self.severity_asked)
        self.route.clicked.connect(self.route_asked)
        self.due.clicked.connect(self.deadline_asked)

    def show_file(self, file: FindingFile) -> None:
        """Show a finding; a field that is being written in keeps what is written."""
        facts = file.facts
        able = FindingState(facts["state"]) not in SETTLED
        self.enterprise.show_term(file.enterprise, "building-2")
        source = value_word("finding_source", facts["source"] or "visit", window_language())
        self.found.show_term(f"{wording.day(facts['found_on'])} {source}", "clipboard-check")
        self._fact.say(facts["fact"] or wording.NONE)
        language = window_language()
        listed = [str(value_word("negative_type", each, language)) for each in file.negative_types]
        self._negative.say(_APART.join(listed) if listed else wording.NONE)
        self._instructor.say(facts["instructor"] or wording.NONE)
        tone, icon = wording.severity_look(facts["severity"])
        self.severity.show_term(wording.severity(facts["severity"]), icon, tone)
        self.route.show_term(wording.route(facts["route"]), wording.route_icon(facts["route"]))
        words, _, icon_due = finding_words.due(facts["state"], facts["due_on"])
        day = wording.day(facts["due_on"])
        times = facts["extensions"] or 0
        more = self.tr("put off %n time(s)", "", times) if times else ""
        told = [day, words if words not in (day, wording.NONE) else "", more]
        self.due.show_term(" · ".join(filter(None, told)), icon_due)
        for button in (self.severity, self.route, self.due):
            button.setEnabled(able)
        for name, field in self.fields.items():
            stands = facts[name]
            text = _APART.join(stands or ()) if name in _LISTS else stands or ""
            if not field.hasFocus() or self._shown.get(name) == field.text():
                field.setText(text)
                field.setCursorPosition(0)
            self._shown[name] = text
            field.setToolTip(text)
            field.setEnabled(able)

    def write_down(self) -> None:
        """Save what was typed and not saved yet."""
        for name, field in self.fields.items():
            self._write(name, field.text().strip())

    def _build(self) -> None:
        self._section(self.tr("Finding"))
        self._line(self.tr("Enterprise"), self.enterprise)
        self._line(self.tr("Found"), self.found)
        self._line(self.tr("Fact"), self._fact)
        self._line(self.tr("Negative list"), self._negative)
        self._line(self.tr("Severity"), self.severity)
        self._section(self.tr("Responsibility"))
        self._line(self.tr("At the enterprise"), self._field("responsible"))
        self._line(self.tr("Post"), self._field("responsible_title"))
        self._line(self.tr("Phone"), self._field("responsible_phone"))
        self._line(self.tr("Instructor"), self._instructor)
        self._line(self.tr("Service officer"), self._field("service_officer"))
        self._line(self.tr("Lead unit"), self._field("lead_unit"))
        self._line(self.tr("Co-units"), self._field("co_units"))
        self._line(self.tr("Supervisor"), self._field("supervisor"))
        self._section(self.tr("Rectification"))
        self._line(self.tr("Route"), self.route, "R")
        self._line(self.tr("Due"), self.due, "D")
        self._line(self.tr("Action"), self._field("action"))
        self._line(self.tr("Interim control"), self._field("interim_control"))
        self._line(self.tr("Platform no."), self._field("platform_number"))
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _section(self, words: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(Text(self._look, words, style="caption", tone="muted"), row, 0, 1, 3)
        self._grid.setRowMinimumHeight(row, self._look.px(28))

    def _line(self, name: str, value: QWidget, key: str = "") -> None:
        row = self._grid.rowCount()
        label = Text(self._look, name, tone="muted")
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(value, row, 1)
        if isinstance(value, Text):
            value.setContentsMargins(self._look.px(5), self._look.px(4), 0, self._look.px(4))
        value.setAccessibleName(name)
        if key:
            self._grid.addWidget(KeyHint(self._look, key), row, 2)
        self._grid.setRowMinimumHeight(row, self._look.px(32))
        self._grid.addWidget(Line(), row + 1, 0, 1, 3)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setProperty("role", "inline")
        field.setPlaceholderText(self.tr("write here"))
        field.setMaxLength(_LONGEST.get(name, 500))
        field.editingFinished.connect(self._left_field)
        self.fields[name] = field
        return field

    @Slot()
    def _left_field(self) -> None:
        field = self.sender()
        if isinstance(field, QLineEdit):
            self._write(field.objectName(), field.text().strip())

    def _write(self, name: str, text: str) -> None:
        if name in self._shown and text != self._shown[name]:
            self._shown[name] = text
            self.terms_changed.emit({name: _units(text) if name in _LISTS else text})


def _units(text: str) -> Sequence[str]:
    """Names written in a row, apart by commas of either script."""
    for sign in ("，", ",", "；", ";"):
        text = text.replace(sign, _APART)
    return [part.strip() for part in text.split(_APART) if part.strip()]
