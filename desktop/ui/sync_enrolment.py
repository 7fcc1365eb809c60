"""Joining a centre: its address and a code that works once, or the file an administrator gave."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.models.problems import Problem
from desktop.ui import file_choice
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.fields import FieldRow
from desktop.ui.look import Look
from desktop.ui.notices import window_language

_ABOUT_FILE = frozenset({"sync_ca_unreadable", "bundle_not_read", "bundle_format_unknown", "bundle_suite_unknown"})
_ABOUT_ADDRESS = frozenset({"sync_url_refused", "sync_offline", "sync_not_our_server", "sync_untrusted"})
"""Problems that are said under the address; all others concern the code."""


class SyncEnrolment(Card):
    """The form.

    Signals:
        asked(str, str, object): address and code, both filled in, and the file of the certificate authority or None.
        ticket_asked(): enrol by a ticket file instead.
    """

    asked = Signal(str, str, object)
    ticket_asked = Signal()

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
        self._ca_file: Path | None = None
        self.ca_button = Button(look, "", kind="text", icon="shield-check", pressed=self._choose_authority)
        self._ca_words = Text(look, "", style="caption", tone="muted", wrap=True)
        authority = QHBoxLayout()
        authority.addWidget(self.ca_button)
        authority.addWidget(self._ca_words, 1)
        self.body.addLayout(authority)
        self._show_authority()
        self._problem = Text(look, "", tone="fail", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        row = QHBoxLayout()
        self._going = Text(look, "", tone="muted")
        self.button = Button(look, self.tr("Enrol"), kind="primary", icon="key-round", key="Enter", pressed=self.ask)
        self.ticket_button = Button(
            look, self.tr("Enrol by a ticket file…"), icon="usb", pressed=self.ticket_asked.emit
        )
        row.addWidget(self._going, 1)
        row.addWidget(self.ticket_button)
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
            self.asked.emit(server, code, self._ca_file)

    def show_asking(self) -> None:
        """A ticket is being read."""
        self._problem.hide()
        self._wait(self.tr("Reading the ticket…"))

    def show_enrolled(self) -> None:
        """The centre accepted."""
        self._wait("")
        self.code.clear()

    def show_refused(self, problem: Problem) -> None:
        """Say why not, with the field concerned marked."""
        self._wait("")
        at_file = problem.code in _ABOUT_FILE or problem.code.startswith("ticket_")
        at_address = problem.code in _ABOUT_ADDRESS
        self._server_row.complain(self.tr("Check the address") if at_address else None)
        self._code_row.complain(None if at_address or at_file else self.tr("Check the code"))
        self._problem.say(problem.sentence(window_language()))
        self._problem.show()
        if at_file:
            (self.ca_button if problem.code == "sync_ca_unreadable" else self.ticket_button).setFocus()
            return
        field = self.server if at_address else self.code
        field.setFocus()
        field.selectAll()

    @property
    def problem(self) -> str:
        """The sentence shown, empty without one."""
        return "" if self._problem.isHidden() else self._problem.text()

    @property
    def authority(self) -> Path | None:
        """The file of the certificate authority, if one was chosen."""
        return self._ca_file

    def _choose_authority(self) -> None:
        """Choose a file, or take the chosen one back."""
        if self._ca_file is not None:
            self._ca_file = None
        else:
            title, kind = self.tr("Certificate of the centre's authority"), self.tr("Certificate")
            self._ca_file = file_choice.choose_existing(self.window(), title, kind, "pem", "crt", "cer")
        self._show_authority()

    def _show_authority(self) -> None:
        if self._ca_file is None:
            self.ca_button.setText(self.tr("Certificate of the centre…"))
            self._ca_words.say(self.tr("only where your administrator gave you one (PEM)"))
        else:
            self.ca_button.setText(self.tr("Without this certificate"))
            self._ca_words.say(self.tr("{file}: only this authority is trusted").format(file=self._ca_file.name))
        self.ca_button.updateGeometry()

    def _wait(self, words: str) -> None:
        self._going.say(words)
        self.button.setEnabled(not words)
        self.ticket_button.setEnabled(not words)
