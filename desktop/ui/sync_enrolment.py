"""Joining a centre: its address and a code that works once."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.models.problems import Problem
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.fields import FieldRow
from desktop.ui.look import Look
from desktop.ui.notices import window_language

_ABOUT_ADDRESS = frozenset({"sync_url_refused", "sync_offline", "sync_not_our_server", "sync_untrusted"})
"""Problems that are said under the address; all others concern the code."""


class SyncEnrolment(Card):
    """The form.

    Signals:
        asked(str, str): address and code, both filled in.
    """

    asked = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", parent=parent)
        self.body.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        self.body.setSpacing(look.px(12))
        title = Text(look, self.tr("Enrol this computer"), style="page")
        self.body.addWidget(title)
        self.body.addWidget(
            Text(
                look,
                self.tr(
                    "Your administrator gives you the centre's address and a code that works once. Until then"
                    " everything you record is kept on this computer and waits."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.server, self.code = QLineEdit(), QLineEdit()
        self.server.setPlaceholderText("https://")
        self._server_row = FieldRow(look, self.tr("Address of the centre"), self.server)
        self._code_row = FieldRow(look, self.tr("Enrolment code"), self.code)
        fields = QHBoxLayout()
        fields.setSpacing(look.px(12))
        fields.addWidget(self._server_row, 3)
        fields.addWidget(self._code_row, 2)
        self.body.addLayout(fields)
        self._problem = Text(look, "", tone="fail", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        row = QHBoxLayout()
        self._going = Text(look, "", tone="muted")
        self.button = Button(look, self.tr("Enrol"), kind="primary", icon="key-round", key="Enter", pressed=self.ask)
        row.addWidget(self._going, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.server.returnPressed.connect(self.code.setFocus)
        self.code.returnPressed.connect(self.ask)

    @Slot()
    def ask(self) -> None:
        """Ask for enrolment when both fields are filled."""
        if not self.button.isEnabled():
            return
        server, code = self.server.text().strip(), self.code.text().strip()
        self._server_row.complain(None if server else self.tr("Enter the address"))
        self._code_row.complain(None if code else self.tr("Enter the code"))
        self._problem.hide()
        if not server:
            self.server.setFocus()
        elif not code:
            self.code.setFocus()
        else:
            self._wait(self.tr("Asking the centre…"))
            self.asked.emit(server, code)

    def show_enrolled(self) -> None:
        """The centre accepted."""
        self._wait("")
        self.code.clear()

    def show_refused(self, problem: Problem) -> None:
        """Say why not, with the field concerned marked."""
        self._wait("")
        at_address = problem.code in _ABOUT_ADDRESS
        self._server_row.complain(self.tr("Check the address") if at_address else None)
        self._code_row.complain(None if at_address else self.tr("Check the code"))
        self._problem.say(problem.sentence(window_language()))
        self._problem.show()
        field = self.server if at_address else self.code
        field.setFocus()
        field.selectAll()

    @property
    def problem(self) -> str:
        """The sentence shown, empty without one."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _wait(self, words: str) -> None:
        self._going.say(words)
        self.button.setEnabled(not words)
