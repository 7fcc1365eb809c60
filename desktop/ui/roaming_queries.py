"""Roaming queries of one person: what the operator's message told, and the next one entered."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.models.desk.employee_file import EmployeeFile, QueryEntry, QueryRow
from desktop.models.health_rules import Remark
from desktop.models.health_terms import Carrier, NoResultReason
from desktop.models.problems import words
from desktop.models.value_words import value_word
from desktop.ui import health_work, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.notices import Banner, window_language

_HIGH = ("!", "！")
_BETWEEN = str.maketrans("，、；;\n", ",,,,,")


class RoamingQueries(QWidget):
    """The list and the form.

    Signals:
        recorded(): a query was saved.
        problem_met(Problem): it was refused.
    """

    recorded = Signal()
    problem_met = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._person = ""
        look = bench.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(Text(look, self.tr("Roaming query"), style="body-strong"))
        self.said = Text(look, wrap=True)
        column.addWidget(self.said)
        self.remarks = Banner(look, "", "partial")
        self.remarks.hide()
        column.addWidget(self.remarks)
        self.carrier = QComboBox()
        self.carrier.setAccessibleName(self.tr("Operator"))
        for carrier in Carrier:
            self.carrier.addItem(str(value_word("carrier", str(carrier), window_language())), str(carrier))
        self.places = QLineEdit()
        self.places.setPlaceholderText(self.tr("Places, e.g. 杭州, 武汉! (! = high risk)"))
        self.places.setAccessibleName(self.tr("Places"))
        self.reason = QComboBox()
        self.reason.setAccessibleName(self.tr("Why there is no result"))
        self.reason.addItem(self.tr("has a result"), "")
        for reason in NoResultReason:
            self.reason.addItem(str(value_word("no_result_reason", str(reason), window_language())), str(reason))
        self.agrees = QCheckBox(self.tr("Agrees with what the person declared"))
        self.agrees.setChecked(True)
        for field in (self.carrier, self.places, self.reason, self.agrees):
            column.addWidget(field)
        self.places.returnPressed.connect(self.record)
        column.addWidget(Button(look, self.tr("Record query"), icon="plus", pressed=self.record))

    def show_file(self, file: EmployeeFile) -> None:
        """Show a file's queries."""
        if file.id != self._person:
            self.places.clear()
            self.remarks.hide()
        self._person = file.id
        none = self.tr("Not asked yet. The person sends CXMYD to 10001, 10086 or 10010.")
        self.said.say("\n".join(map(self._line, file.queries[:3])) or none, "text" if file.queries else "muted")

    @Slot()
    def record(self) -> None:
        """Save what is in the form as asked now."""
        places = tuple(_place(each) for each in self.places.text().translate(_BETWEEN).split(",") if each.strip())
        entry = QueryEntry(
            datetime.now().replace(microsecond=0),
            self.carrier.currentData(),
            places,
            self.agrees.isChecked() if places else None,
            None if places else self.reason.currentData() or None,
        )
        work = partial(health_work.add_query, person=self._person, entry=entry)
        self._bench.write(self, work, self._recorded, self.problem_met.emit)

    def _recorded(self, remarks: list[Remark]) -> None:
        self.places.clear()
        self.agrees.setChecked(True)
        spoken = window_language()
        self.remarks.say("\n".join(words(code, dict(facts), spoken) for code, facts in remarks))
        self.remarks.setVisible(bool(remarks))
        self.recorded.emit()

    def _line(self, query: QueryRow) -> str:
        spoken = window_language()
        if query.no_result_reason:
            told = str(value_word("no_result_reason", query.no_result_reason, spoken))
        else:
            told = "、".join(f"{place['place']}{'!' if place.get('risk') == 'high' else ''}" for place in query.places)
        differs = "  " + self.tr("differs from the declaration") if query.matches_declaration is False else ""
        return f"{wording.moment(query.queried_at)}  {told}{differs}"


def _place(written: str) -> dict[str, Any]:
    name = written.strip()
    high = name.endswith(_HIGH)
    return {"place": name.rstrip("!！").strip()[:60], "risk": "high" if high else "low"}
