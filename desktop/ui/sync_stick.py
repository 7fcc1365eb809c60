"""Where there is no network: what waits goes onto a stick, and the centre's receipt comes back on it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.models.desk.bundles import BundleRow, BundleStanding
from desktop.models.problems import known_codes, words
from desktop.ui import bundle_work, file_choice, letter_printing, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.job_runner import Job
from desktop.ui.notices import window_language

if TYPE_CHECKING:
    from desktop.sync.bundle_export import ExportedBundle

LISTED = 2
"""Bundles on their way that are named; the newest makes the older ones unnecessary."""


class SyncStick(Card):
    """The card.

    Signals:
        answered(): a receipt was read; what it confirmed waits no more.
        problem_met(Problem): something is in the way.
    """

    answered = Signal()
    problem_met = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        look = bench.look
        super().__init__(look, self.tr("Without a network"), parent=parent)
        self._bench, self._look = bench, look
        self._job: Job | None = None
        self._told = Text(look, "", tone="muted", wrap=True)
        self.body.addWidget(self._told)
        self.write_button = Button(look, self.tr("Write to a stick…"), icon="usb", pressed=self.ask_where)
        self.read_button = Button(look, self.tr("Read a receipt…"), icon="file-check", pressed=self.ask_receipt)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.write_button, 1)
        row.addWidget(self.read_button, 1)
        self.body.addWidget(self._buttons)
        self._going = QWidget()
        going = QHBoxLayout(self._going)
        going.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(self.tr("Bundle"))
        self.amount = Text(look, "", style="caption", tone="muted")
        self.cancel_button = Button(look, self.tr("Cancel"), icon="x", key="Esc", pressed=self.cancel)
        going.addWidget(self.bar, 1)
        going.addWidget(self.amount)
        going.addWidget(self.cancel_button)
        self.body.addWidget(self._going)
        self._going.hide()
        self.said = Text(look, "", wrap=True)
        self.said.hide()
        self.body.addWidget(self.said)
        self._way = QVBoxLayout()
        self._way.setSpacing(look.px(4))
        self.body.addLayout(self._way)
        self._standing: BundleStanding | None = None

    # -- the page asks -------------------------------------------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        """Read how this device stands with its bundles."""
        self._bench.read(self, bundle_work.standing, self._show, self.problem_met.emit)

    @property
    def busy(self) -> bool:
        """Whether a bundle is being written."""
        return self._job is not None

    @property
    def on_the_way(self) -> list[str]:
        """Names of the bundles that left and wait for their receipt, newest first."""
        standing = self._standing
        return [row.name or "" for row in standing.bundles[: standing.unanswered]] if standing else []

    @property
    def words(self) -> str:
        """What the card says above its buttons."""
        return self._told.text()

    # -- acts ----------------------------------------------------------------------------------------------------------

    @Slot()
    def ask_where(self) -> None:
        """Ask where the bundle goes, then write it."""
        if not self.busy:
            self._bench.read(self, bundle_work.next_name, self._ask_where, self.problem_met.emit)

    @Slot()
    def ask_receipt(self) -> None:
        """Ask for the centre's receipt, then read it."""
        path = file_choice.choose_existing(self.window(), self.tr("Read a receipt"), self.tr("Receipt"), "zqr")
        if path is not None:
            act = partial(bundle_work.read_receipt, file=path)
            self.read_button.setEnabled(False)
            self._bench.exchange(self, act, self._receipt_read, self.problem_met.emit, ended=self.load)

    @Slot()
    def cancel(self) -> None:
        """Call the writing off; no file is left."""
        if self._job is not None:
            self._job.cancel()
            self.cancel_button.setEnabled(False)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _ask_where(self, name: str) -> None:
        stem = Path(name).stem
        path = letter_printing.choose_file(self.window(), self.tr("Write to a stick"), stem, "zqb")
        if path is None or self.busy:
            return
        self.said.hide()
        self._buttons.hide()
        self.bar.setRange(0, 0)
        self.amount.say("")
        self.cancel_button.setEnabled(True)
        self._going.show()
        act = partial(bundle_work.write, target=path)
        self._job = self._bench.exchange(
            self, act, self._written, self.problem_met.emit, progressed=self._progressed, ended=self._ended
        )

    def _progressed(self, done: int, total: int, _label: str) -> None:
        if total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(done * 1000 // total)
            self.amount.say(f"{done / 1e6:.1f} / {total / 1e6:.1f} MB")

    def _written(self, made: ExportedBundle) -> None:
        self._job = None  # the file is there, even when it was called off a moment too late
        amounts = [self.tr("%Ln record(s)", "", made.operations)]
        amounts += [self.tr("%Ln photo(s)", "", made.attachments)] if made.attachments else []
        sentence = self.tr(
            "{file} is written: {amounts}. Take it to the centre and bring its receipt back; till then all of it waits."
        ).format(file=made.file.name, amounts=" · ".join(amounts))
        if made.operations_left or made.attachments_left:
            sentence += " " + self.tr(
                "{records} records and {photos} photos had no room or are not on this computer; they go next."
            ).format(records=wording.count(made.operations_left), photos=wording.count(made.attachments_left))
        self._say(sentence, "pass")

    def _ended(self) -> None:
        called_off = self._job is not None and self._job.progress.cancelled
        self._job = None
        self._going.hide()
        self._buttons.show()
        if called_off:
            self._say(self.tr("Called off; no file was left, and everything still waits."), "info")
        self.load()

    def _receipt_read(self, receipt: dict[str, Any]) -> None:
        bundle, counts = receipt["bundle"], receipt["counts"]
        if bundle["outcome"] != "applied":
            code = bundle["code"] or ""
            self._say(words(code, {}, window_language()) if code in known_codes() else code, "fail")
        else:
            refused = sum(counts.get(status, 0) for status in ("rejected", "forbidden", "conflict"))
            taken = sum(counts.values()) - refused
            sentence = self.tr(
                "Receipt of bundle {number} read: the centre took {records} records and {photos} photos."
            )
            sentence = sentence.format(
                number=bundle["sequence"], records=wording.count(taken),
                photos=wording.count(receipt["attachments"]["sent"]),
            )  # fmt: skip
            if refused:
                sentence += " " + self.tr(
                    "%Ln record(s) were not taken as they are; the reasons stand here.", "", refused
                )
            self._say(sentence, "partial" if refused else "pass")
        self.answered.emit()

    def _say(self, sentence: str, tone: str) -> None:
        self.said.say(sentence, tone)
        self.said.show()

    def _show(self, standing: BundleStanding) -> None:
        self._standing = standing
        able = standing.obstacle is None
        self.write_button.setEnabled(able)
        self.read_button.setEnabled(able)
        if able:
            self._told.say(
                self.tr("A sealed bundle goes to the centre on a stick; only its receipt says that it arrived."),
                "muted",
            )
        else:
            self._told.say(self._obstacle(standing.obstacle or ""), "partial")
        while (item := self._way.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        waiting = standing.bundles[: standing.unanswered]
        for row in waiting[:LISTED]:
            self._way.addWidget(Text(self._look, row.name or f"#{row.sequence}", elide=True))
            self._way.addWidget(Text(self._look, self._line(row), style="caption", tone="muted", elide=True))
        if len(waiting) > LISTED:
            more = self.tr("%Ln older one(s) too; the newest is enough.", "", len(waiting) - LISTED)
            self._way.addWidget(Text(self._look, more, style="caption", tone="muted", elide=True))

    def _line(self, row: BundleRow) -> str:
        amounts = [wording.moment(row.made_at), self.tr("%Ln record(s)", "", row.operations)]
        amounts += [self.tr("%Ln photo(s)", "", row.attachments)] if row.attachments else []
        return self.tr("waits for its receipt") + " · " + " · ".join(amounts)

    def _obstacle(self, code: str) -> str:
        if code == "sync_not_enrolled":
            return self.tr(
                "A bundle is sealed to one centre: enrol this computer first, with a code or by a ticket file."
            )
        return words(code, {}, window_language())
