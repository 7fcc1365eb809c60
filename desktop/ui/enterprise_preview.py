"""The pane beside the register: the current enterprise at a glance, and the first thing to do with it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.vocabulary import FindingState
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import FactList, IconText, Line, Text
from desktop.ui.chips import Chip
from desktop.ui.enterprise_lookup import Opened
from desktop.ui.look import Look
from desktop.ui.rings import RingWidget

WIDTH = 328
_FINDINGS = 4


class EnterprisePreview(QFrame):
    """The pane.

    Signals:
        visit_asked(str): start a visit to this enterprise.
        open_asked(str): open its file.
    """

    visit_asked = Signal(str)
    open_asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._look, self._id = look, ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(widgetResizable=True)
        outer.addWidget(scroll)
        self._body = QFrame()
        self._body.setProperty("role", "pane")
        scroll.setWidget(self._body)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, look.px(16), 0, look.px(16))
        column.setSpacing(look.px(14))
        self._name = Text(look, style="page", wrap=True)
        self._code = Text(look, style="caption", tone="muted", wrap=True)
        self._scale = Chip(look, "")
        self.visit = Button(look, self.tr("Start visit"), kind="primary", icon="play", key="V", pressed=self._visit)
        self.open = Button(look, self.tr("Open"), key="↵", pressed=self._open)
        self._rings_title = Text(look, style="caption", tone="muted")
        self._rings = {code: RingWidget(look, code) for code in (f"F{n}" for n in range(1, 10))}
        self._findings_title = Text(look, style="caption", tone="muted")
        self._findings = QVBoxLayout()
        self._findings.setSpacing(look.px(10))
        self._facts = FactList(look, 72)
        self._lay_out(column)
        self._body.hide()

    @property
    def enterprise_id(self) -> str:
        """The enterprise shown, "" before the first."""
        return self._id

    def show_enterprise(self, found: Opened | None) -> None:
        """Show an enterprise, or nothing."""
        self._body.setVisible(found is not None)
        if found is None:
            self._id = ""
            return
        row = found.file.row
        self._id = row.id
        self._name.say(row.name)
        self._code.say(
            " · ".join(part for part in (row.credit_code, row.industry) if part) or self.tr("No credit code")
        )
        self._scale.say(wording.scale(row.scale))
        self._scale.setVisible(bool(row.scale))
        latest = found.file.visits[0] if found.file.visits else None
        since = wording.near_day(latest.visited_on) if latest else self.tr("not visited yet")
        self._rings_title.say(self.tr("Focus areas · {day}").format(day=since))
        for code, ring in self._rings.items():
            ring.show_states(found.rings.get(code, (None,)))
        self._show_findings(found)
        self._show_facts(found)

    def _lay_out(self, column: QVBoxLayout) -> None:
        look = self._look
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(8))
        buttons.addWidget(self.visit, 1)
        buttons.addWidget(self.open)
        rings = QHBoxLayout()
        rings.setSpacing(0)
        for ring in self._rings.values():
            rings.addWidget(ring)
        head = QVBoxLayout()
        head.setSpacing(look.px(4))
        head.addWidget(self._name)
        head.addWidget(self._code)
        chips = QHBoxLayout()
        chips.addWidget(self._scale)
        chips.addStretch(1)
        head.addLayout(chips)
        for block in (head, buttons, None, self._rings_title, rings, None, self._findings_title, self._findings, None):
            if block is None:
                column.addWidget(Line())
                continue
            inner = QHBoxLayout()
            inner.setContentsMargins(look.px(16), 0, look.px(16), 0)
            if isinstance(block, QWidget):
                inner.addWidget(block)
            else:
                inner.addLayout(block)
            column.addLayout(inner)
        facts = QHBoxLayout()
        facts.setContentsMargins(look.px(16), 0, look.px(16), 0)
        facts.addWidget(self._facts)
        column.addLayout(facts)
        column.addStretch(1)

    def _show_findings(self, found: Opened) -> None:
        while (item := self._findings.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        still = [finding for finding in found.file.findings if finding.state != FindingState.CLOSED]
        self._findings_title.say(self.tr("Open findings {count}").format(count=wording.count(len(still))))
        for finding in still[:_FINDINGS]:
            tone, icon = wording.severity_look(finding.severity)
            words, urgency = wording.due(finding.due_on)
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(IconText(self._look, icon, finding.title, role=f"{tone}-fg", text_role="text"), 1)
            row.addWidget(Text(self._look, words, style="caption", tone=urgency.removesuffix("-fg")))
            line.setToolTip(f"{finding.measure} {finding.title}")
            self._findings.addWidget(line)
        if not still:
            self._findings.addWidget(Text(self._look, self.tr("None"), tone="muted"))

    def _show_facts(self, found: Opened) -> None:
        row = found.file.row
        contact = found.file.contacts[0] if found.file.contacts else None
        latest = found.file.visits[0] if found.file.visits else None
        called = " · ".join(part for part in (contact.name, contact.phone) if part) if contact else None
        seen = (
            " ".join(part for part in (wording.day(latest.visited_on), latest.officer_name) if part) if latest else None
        )
        self._facts.show_facts(
            [
                (self.tr("Address"), row.address, "text"),
                (self.tr("Contact"), called, "text"),
                (self.tr("Grid"), wording.grid(row.grid), "text"),
                (self.tr("Staff due"), wording.count(row.staff_due) if row.staff_due is not None else None, "text"),
                (self.tr("Last visit"), seen, "text"),
                (self.tr("Resumed on"), wording.day(row.resumed_on) if row.resumed_on else None, "text"),
            ]
        )

    @Slot()
    def _visit(self) -> None:
        if self._id:
            self.visit_asked.emit(self._id)

    @Slot()
    def _open(self) -> None:
        if self._id:
            self.open_asked.emit(self._id)
