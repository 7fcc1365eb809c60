"""The open visit in the window: what stands in the database, what was just asked of it, and how to take it back.

Every change is one write through the database lane. Nothing here is called kept before its commit returned; a refused
write puts back what stands in the database and says why. `settle` waits until everything asked for is durable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, QObject, Signal

from desktop.models.desk.answer_drafts import Entered
from desktop.models.desk.visit_sheet import FindingRow, PhotoRow, VisitSheet
from desktop.models.desk.visiting import SavedAnswer
from desktop.models.measure_set import MeasureSet
from desktop.models.problems import Problem
from desktop.models.vocabulary import VisitState
from desktop.ui import visit_work
from desktop.ui.bench import Bench
from desktop.ui.durable_writes import Act, DurableWrites

UNDO_DEPTH = 100


@dataclass(frozen=True)
class _Step:
    """One write that can be taken back. `run` joins the writes of one stretch of typing into one step."""

    act: str
    measure: str
    take_back: Callable[[], None]
    run: str = ""


class VisitKeeper(QObject):
    """One visit.

    Signals:
        opened(): another visit is loaded.
        kept(str): the commit for this measure returned; "" when the change concerns the visit itself.
        kept_at(str): local time of a commit that just returned, `hh:mm:ss`.
        refused(str, Problem): the write for this measure did not happen; what stood before stands.
        acted(str, str): something that can be taken back was asked for: act code, measure.
        photo_awaited(str): the number of photos being prepared for this measure changed.
        put_back(str): an undo asked for what stood before for this measure.
    """

    opened = Signal()
    kept = Signal(str)
    kept_at = Signal(str)
    refused = Signal(str, object)
    acted = Signal(str, str)
    photo_awaited = Signal(str)
    put_back = Signal(str)

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.sheet: VisitSheet | None = None
        self.measure_set: MeasureSet | None = None
        self.findings: dict[str, FindingRow] = {}
        self.photos: dict[str, tuple[PhotoRow, ...]] = {}
        self.awaited: dict[str, int] = {}
        self._stored: dict[str, Entered] = {}
        self._wanted: dict[str, Entered] = {}
        self._steps: list[_Step] = []
        self.writes = DurableWrites(bench, self)

    # -- what stands ---------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.sheet is not None and self.sheet.state == VisitState.OPEN

    @property
    def busy(self) -> bool:
        """Whether a write is on its way."""
        return self.writes.waiting > 0

    def entered(self, measure: str) -> Entered:
        """What was asked for last; equal to what stands in the database once it was kept."""
        return self._wanted.get(measure, Entered())

    def results(self) -> dict[str, str]:
        """Measure → result, of what stands in the database."""
        return {code: str(entry.result) for code, entry in self._stored.items() if entry.result is not None}

    def load(self, visit_id: str) -> None:
        """Show a visit."""
        self._bench.read(self, partial(visit_work.load, visit_id=visit_id), self._loaded)

    def close(self) -> None:
        """Show no visit."""
        self.sheet = None
        self._steps.clear()

    # -- changes -------------------------------------------------------------------------------------------------

    def keep(self, measure: str, wanted: Entered, run: str = "") -> None:
        """Save what is entered for a measure; nothing happens when it stands already.

        Args:
            run: name of a stretch of typing; its writes are one step to undo.
        """
        before = self.entered(measure)
        if wanted == before or self.sheet is None:
            return
        step = _Step("answer" if wanted.result != before.result else "entry", measure,
                     partial(self._put_back, measure, before, self.findings.get(measure)), run)  # fmt: skip
        self._save(measure, wanted, None)
        self._remember(step)

    def change_finding(self, measure: str, **changes: str | None) -> None:
        """Change what the officer may set on the finding of a measure."""
        finding = self.findings.get(measure)
        if finding is None or all(getattr(finding, name) == value for name, value in changes.items()):
            return
        before = {name: getattr(finding, name) for name in changes}
        if "due_on" in before:
            before["look_back_on"] = finding.look_back_on
        self._remember(_Step("finding", measure, partial(self._save_finding, finding, measure, before)))
        self._save_finding(finding, measure, changes)

    def add_photo(self, measure: str, source: Path | bytes, title: str | None) -> None:
        """Prepare a picture in a worker and keep it with the measure."""
        self._await_photo(measure, 1)
        self._bench.jobs.run(
            partial(visit_work.prepared, source=source),
            partial(self._attach, measure, title),
            partial(self._photo_failed, measure),
            lane="pool",
            owner=self,
        )

    def remove_photo(self, photo: PhotoRow) -> None:
        """Take a photo off."""
        self._remember(_Step("photo_removed", photo.measure, partial(self._attach_again, photo)))
        self._drop(photo)

    def set_situation(self, situation: Mapping[str, int | None]) -> None:
        """Save the head counts asked on arrival."""
        sheet = self.sheet
        if sheet is None:
            return
        self.sheet = replace(sheet, situation={**sheet.situation, **situation})
        self._write(
            "", partial(visit_work.keep_situation, visit_id=sheet.id, situation=dict(situation)), self._kept_only
        )

    def complete(self, done: Callable[[], None]) -> None:
        """Close the visit with what it has."""
        if self.sheet is not None:
            self._steps.clear()
            self._write("", partial(visit_work.complete, visit_id=self.sheet.id), partial(self._completed, done))

    def find_gaps(self, told: Callable[[list[str]], None]) -> None:
        """Ask what is still missing; runs after every write asked for before it."""
        if self.sheet is not None:
            self._bench.write(self, partial(visit_work.gaps, visit_id=self.sheet.id), told)

    def undo(self) -> None:
        """Take the last change back, as a change of its own."""
        if self._steps and self.is_open:
            self._steps.pop().take_back()

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._steps) and self.is_open

    # -- how ------------------------------------------------------------------------------------------------------

    def _remember(self, step: _Step) -> None:
        last = self._steps[-1] if self._steps else None
        if not (step.run and last and (last.run, last.measure) == (step.run, step.measure)):
            self._steps.append(step)
            del self._steps[:-UNDO_DEPTH]
        self.acted.emit(step.act, step.measure)

    def _put_back(self, measure: str, before: Entered, finding: FindingRow | None) -> None:
        self._save(measure, before, finding)
        self.put_back.emit(measure)

    def _save(self, measure: str, wanted: Entered, finding: FindingRow | None) -> None:
        assert self.sheet is not None  # noqa: S101 - a visit is open
        self._wanted[measure] = wanted
        act = partial(visit_work.keep, visit_id=self.sheet.id, measure=measure, wanted=wanted, finding=finding)
        self._write(measure, act, partial(self._answer_kept, measure, wanted), partial(self._answer_refused, wanted))

    def _save_finding(self, finding: FindingRow, measure: str, changes: dict[str, str | None]) -> None:
        act = partial(visit_work.change_finding, finding_id=finding.id, changes=changes)
        self._write(measure, act, partial(self._finding_kept, measure))

    def _drop(self, photo: PhotoRow) -> None:
        self._write(photo.measure, partial(visit_work.take_off, photo_id=photo.id), partial(self._photo_gone, photo))

    def _write(
        self,
        measure: str,
        act: Act,
        done: Callable[[Any], None],
        failed: Callable[[str, Problem], None] | None = None,
    ) -> None:
        self.writes.write(act, partial(self._arrived, measure, done), partial(failed or self._write_refused, measure))

    def _arrived(self, measure: str, done: Callable[[Any], None], result: Any) -> None:
        done(result)
        self.kept.emit(measure)
        if self.writes.waiting <= 1:  # nothing else is on its way
            self.kept_at.emit(QDateTime.currentDateTime().toString("HH:mm:ss"))

    def _write_refused(self, measure: str, problem: Problem) -> None:
        self.refused.emit(measure, problem)

    def _loaded(self, found: tuple[VisitSheet, MeasureSet, dict[str, Entered]]) -> None:
        self.sheet, self.measure_set, self._stored = found
        self._wanted = dict(self._stored)
        self.findings, self.photos = dict(self.sheet.findings), dict(self.sheet.photos)
        self.awaited.clear()
        self._steps.clear()
        self.opened.emit()

    def _answer_kept(self, measure: str, wanted: Entered, saved: SavedAnswer | None) -> None:
        self._stored[measure] = wanted
        if saved is not None and saved.finding is not None:
            self.findings[measure] = saved.finding
        else:
            self.findings.pop(measure, None)

    def _answer_refused(self, wanted: Entered, measure: str, problem: Problem) -> None:
        if self._wanted.get(measure) is wanted:
            self._wanted[measure] = self._stored.get(measure, Entered())
            if self._steps and self._steps[-1].measure == measure:
                self._steps.pop()
        self.refused.emit(measure, problem)

    def _finding_kept(self, measure: str, finding: FindingRow) -> None:
        self.findings[measure] = finding

    def _kept_only(self, _nothing: object) -> None:
        """The change is already shown."""

    def _completed(self, done: Callable[[], None], sheet: VisitSheet) -> None:
        self.sheet = sheet
        done()

    def _attach(self, measure: str, title: str | None, content: bytes) -> None:
        self._await_photo(measure, -1)
        if self.sheet is None:
            return
        act = partial(visit_work.attach, visit_id=self.sheet.id, measure=measure, content=content, title=title)
        self._write(measure, act, self._photo_new)

    def _photo_new(self, photo: PhotoRow) -> None:
        if self._photo_kept(photo):
            self._remember(_Step("photo_added", photo.measure, partial(self._drop, photo)))

    def _photo_kept(self, photo: PhotoRow) -> bool:
        """Whether the photo was not there before."""
        standing = self.photos.get(photo.measure, ())
        if any(each.id == photo.id for each in standing):
            return False
        self.photos[photo.measure] = (*standing, photo)
        return True

    def _photo_gone(self, photo: PhotoRow, _nothing: object) -> None:
        self.photos[photo.measure] = tuple(each for each in self.photos[photo.measure] if each.id != photo.id)

    def _photo_failed(self, measure: str, problem: Problem) -> None:
        self._await_photo(measure, -1)
        self.refused.emit(measure, problem)

    def _attach_again(self, photo: PhotoRow) -> None:
        if self.sheet is not None:
            act = partial(visit_work.attach_again, visit_id=self.sheet.id, photo=photo)
            self._write(photo.measure, act, self._photo_kept_again)

    def _photo_kept_again(self, photo: PhotoRow) -> None:
        self._photo_kept(photo)

    def _await_photo(self, measure: str, change: int) -> None:
        self.awaited[measure] = max(0, self.awaited.get(measure, 0) + change)
        self.photo_awaited.emit(measure)
