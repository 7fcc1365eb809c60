"""A laptop of a simulated world: a real workspace whose process can be killed at any boundary of a transaction."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from benchmarks.simulation.clocks import Clock, Clocks
from benchmarks.simulation.line import Line
from desktop.models.device.workspace import Workspace
from desktop.models.problems import Problem
from desktop.sync import enrolment
from desktop.sync.bundle_export import export_bundle
from desktop.sync.bundle_receipt import read_bundle_receipt
from desktop.sync.sync_run import sync_over
from desktop.sync.token_keeper import token_of
from desktop.sync.transport import HttpEndpoint, Pace

ADDRESS = "http://127.0.0.1:1"
_PACE = Pace(attempts=2, pause_s=0)


class Killed(BaseException):
    """The laptop's process was killed; not an Exception, so that nothing of the program catches it."""


class Laptop:
    """One device of one officer. `busy` while it exchanges: one sync at a time."""

    def __init__(self, name: str, folder: Path, template: Path, officer: str, clocks: Clocks) -> None:
        self.name = name
        self.officer = officer
        self.clock = Clock()
        self.busy = False
        self.acknowledged: dict[str, str] = {}
        """Every operation that was ever answered for good, with the id it travelled under."""
        self.photos: set[str] = set()
        """The hash of every photo taken here."""
        self.generations: list[str] = []
        """Of every generation of the centre it has worked for, one after the other."""
        self._clocks = clocks
        self._folder = folder
        self._boundaries = 0
        self._dead = self._working = False
        shutil.copytree(template, folder)
        self.workspace = self._opened()

    def close(self) -> None:
        """Close the workspace."""
        self.workspace.close()

    @contextmanager
    def at_work(self, killed_after: int = 0) -> Iterator[Workspace]:
        """Everything inside runs on this laptop; its process is killed at so many boundaries of transactions (0: not).

        A killed process is started again. What runs within something that runs dies with it.
        """
        if self._working:
            with self._clocks.of(self.clock):
                yield self.workspace
            return
        self._working, self._boundaries = True, killed_after
        with self._clocks.of(self.clock):
            try:
                yield self.workspace
            except Killed:
                self._dead, self._boundaries = False, 0
                self.workspace.close()
                self.workspace = self._opened()
                raise
            finally:
                self._working, self._boundaries = False, 0
                self._remember()

    def enrol(self, line: Line, code: str) -> None:
        """Enrol the device at the centre."""
        over_the_line = partial(HttpEndpoint, line=line)
        with self.at_work() as workspace, patch.object(enrolment, "HttpEndpoint", over_the_line):
            enrolment.enrol(workspace, ADDRESS, code)

    def sync(self, line: Line, *, killed_after: int = 0, accept_removals: bool = False) -> dict[str, Any]:
        """One sync over a line, from hello to the comparison, as the program runs it."""
        self.busy = True
        try:
            with (
                self.at_work(killed_after) as workspace,
                HttpEndpoint(ADDRESS, token_of(workspace), _PACE, line=line) as endpoint,
            ):
                return sync_over(endpoint, workspace, pace=_PACE, accept_removals=accept_removals)
        finally:
            self.busy = False

    def try_to_sync(self, line: Line, killed_after: int, *, accept_removals: bool) -> str:
        """The same, with whatever may come of it in one word."""
        try:
            receipt = self.sync(line, killed_after=killed_after, accept_removals=accept_removals)
        except Problem as problem:
            return problem.code
        except Killed:
            return "killed"
        return f"{receipt['counts']}, {receipt['pulled']} pulled"

    def write_bundle(self, target: Path, killed_after: int = 0) -> Path:
        """Write what waits into a file for the stick."""
        with self.at_work(killed_after) as workspace:
            return export_bundle(workspace, target).file

    def read_receipt(self, file: Path, killed_after: int = 0) -> None:
        """Take over what the centre answered to a bundle."""
        with self.at_work(killed_after) as workspace:
            read_bundle_receipt(workspace, file)

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Rows of the workspace's database."""
        with self.workspace.read() as session:
            return list(session.connection().exec_driver_sql(statement, values))

    def _opened(self) -> Workspace:
        with self._clocks.of(self.clock):
            workspace = Workspace.open(self._folder)
        event.listen(workspace.engine, "begin", self._boundary, insert=True)
        event.listen(workspace.engine, "commit", self._boundary)
        return workspace

    def _boundary(self, connection: Any) -> None:
        if self._dead:
            raise Killed
        if not self._boundaries or not connection.get_execution_options().get("zhuqi_writes", False):
            return
        self._boundaries -= 1
        if not self._boundaries:
            self._dead = True
            raise Killed

    def _remember(self) -> None:
        for op_id, under in self.rows(
            "SELECT op_id, coalesce(folded_into, op_id) FROM outbox"
            " WHERE status IN ('applied', 'merged', 'duplicate', 'conflict')"
        ):
            self.acknowledged[op_id] = under
        enrolment = self.workspace.enrolment
        if enrolment is not None and self.generations[-1:] != [enrolment.generation]:
            self.generations.append(enrolment.generation)
