"""Who works on this computer, for which centre, and where its secrets lie; nothing of it is set here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.models.desk.device_standing import DeviceStanding
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, FactList, Text
from desktop.ui.look import Look


class SettingsDevice(Card):
    """The card.

    Signals:
        automatic_chosen(bool): sync by itself or not.
        sync_asked(): go where enrolment and syncing are done.
    """

    automatic_chosen = Signal(bool)
    sync_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, self.tr("Centre and this computer"), parent=parent)
        self._look = look
        self.facts = FactList(look, 96, lined=True)
        self.body.addWidget(self.facts)
        self.shown: dict[str, str] = {}
        self.automatic = QCheckBox(self.tr("Sync by itself when a connection appears"))
        self.automatic.clicked.connect(self.automatic_chosen)
        self.body.addWidget(self.automatic)
        self.enrol_button = Button(look, "", icon="key-round", pressed=self.sync_asked.emit)
        self.body.addWidget(self.enrol_button)
        self._note = Text(look, "", style="caption", tone="muted", wrap=True)
        self.body.addWidget(self._note)
        self.body.addStretch(1)

    def show_device(self, device: DeviceStanding, *, automatic: bool) -> None:
        """Show how it stands."""
        facts = [
            (self.tr("Officer"), device.officer, "text"),
            (self.tr("Post"), wording.role(device.role) if device.role else "", "text"),
            (self.tr("Grids"), "、".join(device.grids), "text"),
            (self.tr("Centre"), device.server.partition("://")[2] or device.server, "text"),
            (self.tr("Enrolled"), wording.moment(device.enrolled_at) if device.enrolled_at else "", "text"),
            (self.tr("Device code"), device.code, "text"),
            (self.tr("Token"), self._token(device), "text"),
            (self.tr("Certificates"), self._certificates(device), "text"),
            (self.tr("Bundles"), self._bundles(device), "text"),
            (self.tr("Data folder"), str(device.folder), "text"),
        ]
        self.shown = {name: value for name, value, _tone in facts}
        self.facts.show_facts(list(facts))
        self.automatic.setChecked(automatic)
        self.automatic.setEnabled(bool(device.enrolled_at))
        enrolled = bool(device.enrolled_at)
        self.enrol_button.setText(self.tr("Sync and enrolment") if enrolled else self.tr("Enrol this computer…"))
        self._note.say(
            ""
            if enrolled
            else self.tr("Until this computer is enrolled everything is kept on it, and nothing is sent.")
        )
        self._note.setVisible(not enrolled)

    def _token(self, device: DeviceStanding) -> str:
        return {
            "keystore": self.tr("in the key store of this system"),
            "workspace": self.tr("in the file of the workspace: this system has no key store that answers"),
            "nowhere": self.tr("none: enrolled by file, exchange by stick only"),
        }.get(device.token_place, "")

    def _certificates(self, device: DeviceStanding) -> str:
        if not device.enrolled_at:
            return ""
        if device.own_authority:
            return self.tr("only the authority given at enrolment is trusted")
        return self.tr("the authorities of this system are trusted")

    def _bundles(self, device: DeviceStanding) -> str:
        if not device.enrolled_at:
            return ""
        return self.tr("keys exchanged") if device.bundle_keys else self.tr("no keys yet")
