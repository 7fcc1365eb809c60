"""概况: the nine rings, the matrix of visits × measures, facts and what happened last."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.vocabulary import FindingState
from desktop.ui import wording
from desktop.ui.cards import Card, FactList, IconText, Text
from desktop.ui.enterprise_lookup import Opened
from desktop.ui.look import Look
from desktop.ui.notices import EmptyState, window_language
from desktop.ui.rings import RingWidget, StateLabel
from desktop.ui.visit_matrix import VisitMatrix

_RECENT = 8
_SHOWN_VISITS = 12


class EnterpriseOverview(QScrollArea):
    """The first tab.

    Signals:
        answer_picked(str, str): visit id and measure code somebody wants to see.
    """

    answer_picked = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lit = ""
        self._found: Opened | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        self.setWidget(body)
        row = QHBoxLayout(body)
        row.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        row.setSpacing(look.px(12))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(look.px(12))
        right.setSpacing(look.px(12))
        row.addLayout(left, 1)
        row.addLayout(right)
        left.addWidget(self._ring_card())
        left.addWidget(self._matrix_card())
        left.addStretch(1)
        self._facts = FactList(look, 80, lined=True)
        facts = Card(look)
        facts.body.addWidget(self._facts)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(look.px(10))
        self._recent_card = Card(look, self.tr("Recent"))
        self._recent_card.body.addLayout(self._recent)
        for card in (facts, self._recent_card):
            card.setFixedWidth(look.px(312))
            right.addWidget(card)
        right.addStretch(1)

    def show_enterprise(self, found: Opened) -> None:
        """Show an enterprise's file."""
        self._found, self._lit = found, ""
        file, language = found.file, window_language()
        latest = file.visits[0] if file.visits else None
        since = wording.day(latest.visited_on) if latest else self.tr("not visited yet")
        self._rings_title.say(self.tr("Nine focus areas · {day}").format(day=since))
        for area in found.measures.focus_areas:
            ring = self._ring_of(area.code, area.short.in_(language))
            ring.show_states(found.rings[area.code])
        self.matrix.show_visits(found.measures, file.visits[:_SHOWN_VISITS])
        self.matrix.setVisible(bool(file.visits))
        self._unvisited.setVisible(not file.visits)
        self._show_facts(found)
        self._show_recent(found)

    def _ring_card(self) -> Card:
        look = self._look
        card = Card(look)
        self._rings_title = Text(look, style="body-strong", tone="muted")
        card.body.addWidget(self._rings_title)
        self._rings_row = QHBoxLayout()
        self._rings_row.setSpacing(0)
        self._rings: dict[str, RingWidget] = {}
        card.body.addLayout(self._rings_row)
        return card

    def _ring_of(self, code: str, name: str) -> RingWidget:
        if code not in self._rings:
            ring = RingWidget(self._look, code, name=name, large=True)
            ring.picked.connect(self._light)
            self._rings[code] = ring
            self._rings_row.addWidget(ring, 1)
        return self._rings[code]

    def _matrix_card(self) -> Card:
        look = self._look
        card = Card(look, self.tr("23 measures · all visits"), self.tr("newest on top"))
        for state in ("pass", "partial", "fail", "na", None):
            card.heading.addWidget(StateLabel(look, state))
        card.body.setContentsMargins(1, 0, 1, 1)
        self.matrix = VisitMatrix(look)
        self.matrix.picked.connect(self.answer_picked)
        self._unvisited = EmptyState(
            look,
            "clipboard-check",
            self.tr("Not visited yet"),
            self.tr("Every visit becomes a line here: 23 measures, one shape each."),
        )
        self._unvisited.setMinimumHeight(look.px(220))
        card.body.addWidget(self.matrix)
        card.body.addWidget(self._unvisited)
        return card

    @Slot(str)
    def _light(self, area: str) -> None:
        """Lift an area's measures out of the matrix; the same ring again lifts all."""
        self._lit = "" if area == self._lit else area
        if self._found is None:
            return
        measures = self._found.measures.measures_of(self._lit, touched=True) if self._lit else ()
        self.matrix.light([measure.code for measure in measures])
        for code, ring in self._rings.items():
            ring.show_states(self._found.rings[code], current=code == self._lit)

    def _show_facts(self, found: Opened) -> None:
        row = found.file.row
        still = sum(finding.state != FindingState.CLOSED for finding in found.file.findings)
        rate = wording.percent(row.staff_on_duty, row.staff_due)
        staff = self.tr("due {due} · on duty {duty} ({rate})").format(
            due=wording.count(row.staff_due), duty=wording.count(row.staff_on_duty), rate=rate
        )
        contact = found.file.contacts[0] if found.file.contacts else None
        self._facts.show_facts(
            [
                (self.tr("Staff"), staff if row.staff_due is not None else None, "text"),
                (self.tr("Contact"), contact.name if contact else None, "text"),
                (self.tr("Phone"), contact.phone if contact else None, "text"),
                (self.tr("Grid"), wording.grid(row.grid), "text"),
                (self.tr("Resumed on"), wording.day(row.resumed_on) if row.resumed_on else None, "text"),
                (self.tr("Open findings"), wording.count(still), "fail" if still else "text"),
                (self.tr("Visits"), wording.count(row.visits), "text"),
            ]
        )

    def _show_recent(self, found: Opened) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for day, icon, role, words in self._events(found)[:_RECENT]:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            when = Text(self._look, wording.near_day(day), style="caption", tone="muted")
            when.setToolTip(wording.day(day))
            when.setFixedWidth(self._look.px(60))
            row.addWidget(when)
            row.addWidget(IconText(self._look, icon, words, role=role, text_role="text"), 1)
            line.setToolTip(words)
            self._recent.addWidget(line)
        if not self._recent.count():
            self._recent.addWidget(Text(self._look, self.tr("Nothing yet"), tone="muted"))

    def _events(self, found: Opened) -> list[tuple[str, str, str, str]]:
        """(day, icon, role, words), newest first."""
        events = []
        for visit in found.file.visits:
            results = list(visit.results.values())
            words = self.tr("Visit · {passed} pass, {partial} partial, {failed} fail").format(
                passed=results.count("pass"), partial=results.count("partial"), failed=results.count("fail")
            )
            events.append((visit.visited_on, "clipboard-check", "accent", words))
        by_day: dict[str, list[str]] = {}
        for finding in found.file.findings:
            by_day.setdefault(finding.found_on, []).append(finding.title)
        for day, titles in by_day.items():
            words = self.tr("Found {count}: {title}").format(count=len(titles), title=titles[0])
            events.append((day, "flag", "fail-fg", words))
        for letter in found.file.letters:
            if letter.issued_on:
                words = self.tr("Issued {number}").format(number=letter.number)
                events.append((letter.issued_on, "file-text", "accent", words))
        return sorted(events, key=lambda event: event[0], reverse=True)
