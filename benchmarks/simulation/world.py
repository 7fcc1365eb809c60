"""A simulated world: a few laptops, their officers and grids, the centre with its backups, and the history so far.

Everything follows from the seed; a shorter run of the same seed is the beginning of the longer one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import ParamSpec, Self, TypeVar
from unittest.mock import patch

from benchmarks.simulation.centre import Backup, Centre
from benchmarks.simulation.clocks import Clocks
from benchmarks.simulation.laptop import Laptop
from benchmarks.simulation.line import Line, Trouble
from benchmarks.simulation.stick import Stick
from desktop.models.device.workspace import Workspace
from desktop.sync import attachment_transfer
from desktop.sync.wire.protocol import LIMITS, Limits
from server import api_routes, files_together, upload_routes

GRIDS = ("G1", "G2")
OFFICERS = ("甲", "乙")
_MEMORY = Path("/dev/shm")
P = ParamSpec("P")
T = TypeVar("T")
_TROUBLES = [trouble for trouble in Trouble if trouble is not Trouble.PASS]


class World:
    """One world. `step` is what happens in it; `calm` means that nothing breaks any more."""

    def __init__(self, seed: int, centre: Centre, folder: Path, template: Path, clocks: Clocks) -> None:
        self.chance = Random(seed)
        self.centre = centre
        self.clocks = clocks
        self.history: list[str] = []
        self.backups: list[Backup] = []
        self.photos: list[bytes] = []
        self.stick = Stick(folder / "stick")
        self.calm = True
        self.meanwhile: Callable[[World, Laptop], None] = lambda _world, _laptop: None
        self._under_way = 0
        centre.officer("县", list(GRIDS))  # so that every grid is known
        self.officers = {name: centre.officer(name, list(GRIDS[: self.chance.choice((1, 2))])) for name in OFFICERS}
        self.laptops: list[Laptop] = []
        for number, officer in enumerate(["甲", "乙", "甲"][: self.chance.choice((2, 3))], start=1):
            laptop = Laptop(f"{officer}{number}", folder / str(number), template, self.officers[officer], clocks)
            self.laptops.append(laptop)
            laptop.enrol(self.line(laptop), centre.code(laptop.officer))
        self.calm = False
        self.backups.append(centre.backup())

    def close(self) -> None:
        """Close every workspace."""
        for laptop in self.laptops:
            laptop.close()

    def note(self, what: str) -> None:
        """Put a line into the history, indented while a request is under way."""
        self.history.append("    " * self._under_way + what)

    def something_else(self, laptop: Laptop) -> None:
        """Now and then something happens between two steps of what a laptop does."""
        if self._is_time(0.1):
            self._let_happen(laptop)

    def _is_time(self, chance: float) -> bool:
        return not self.calm and not self._under_way and self.chance.random() <= chance

    def _let_happen(self, laptop: Laptop) -> None:
        self._under_way += 1
        try:
            self.meanwhile(self, laptop)
        finally:
            self._under_way -= 1

    def line(self, laptop: Laptop) -> Line:
        """A line of a laptop to the centre, as good or bad as the world is."""
        return Line(
            self.centre,
            self._trouble,
            meanwhile=lambda: self.something_else(laptop),
            between=lambda: partial(self._let_happen, laptop) if self._is_time(0.03) else None,
        )

    def _trouble(self) -> Trouble:
        if self.calm or self.chance.random() > 0.12:
            return Trouble.PASS
        trouble = self.chance.choice(_TROUBLES)
        self.note(f"line: {trouble.name}")
        return trouble


@contextmanager
def a_world(seed: int, centre: Centre, template: Path) -> Iterator[World]:
    """A new world on an emptied centre, with the limits its seed gives the centre."""
    clocks, chance = Clocks(seed), Random(f"limits {seed}")
    limits = _limits(chance)
    with ExitStack() as stack:
        stack.enter_context(clocks.in_charge())
        stack.enter_context(patch.object(api_routes, "LIMITS", limits))
        for module in (api_routes, upload_routes, files_together):
            stack.enter_context(patch.object(module, "run_in_threadpool", partial(_in_steps, centre)))
        stack.enter_context(patch.object(attachment_transfer, "ThreadPoolExecutor", _OneAfterAnother))
        folder = stack.enter_context(memory_folder())
        centre.clear(clocks)
        world = World(seed, centre, folder, template, clocks)
        try:
            yield world
        finally:
            world.close()


def _limits(chance: Random) -> Limits:
    """What the centre tells its laptops to send at once."""
    return Limits(
        batch_operations=chance.choice((2, 5, 40, 2000)), page_rows=chance.choice((1, 3, 40, 2000)),
        upload_bytes=chance.choice((1000, LIMITS.upload_bytes)), files_together=chance.choice((1, 3, 8)),
    )  # fmt: skip


class _OneAfterAnother:
    """In place of threads that send photos. A killed process ends at once, as the whole of it would."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, work: Callable[P, T], *values: P.args, **named: P.kwargs) -> Future[T]:
        """Do it now."""
        future: Future[T] = Future()
        try:
            future.set_result(work(*values, **named))
        except Exception as error:
            future.set_exception(error)
        return future


async def _in_steps(centre: Centre, work: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
    """In place of a thread: there is one thing at a time in this world."""
    centre.between_steps()
    return work(*values, **named)


@contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder that lives in memory where the system has one; what is in it was never meant to last."""
    with TemporaryDirectory(prefix="zhuqi-simulation-", dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def new_template(folder: Path) -> Path:
    """An empty workspace that laptops begin from, without a device of its own."""
    with Workspace.create(folder) as workspace, workspace.write() as session:
        session.connection().exec_driver_sql("DELETE FROM device")
    return folder
