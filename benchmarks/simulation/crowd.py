"""Laptops that exchange at once, in real threads and the machine's own time; what comes of it no seed repeats."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from benchmarks.simulation.centre import Answer, Centre
from benchmarks.simulation.clocks import Clock, Clocks
from benchmarks.simulation.entries import decide, delete_or_bring_back, edit, found, photograph
from benchmarks.simulation.laptop import Laptop
from benchmarks.simulation.travels import sync
from benchmarks.simulation.world import World, memory_folder, new_template
from desktop.sync.wire.protocol import Limits
from server import api_routes

_EVENTS = {sync: 5, edit: 5, found: 2, photograph: 2, delete_or_bring_back: 1, decide: 2}


class _OneClock(Clocks):
    """The machine's clock, which all of them share."""

    @contextmanager
    def of(self, clock: Clock) -> Iterator[None]:
        yield


class _BusyCentre(Centre):
    """A centre that works on many requests at once, as the real one does: one event loop, threads for the rest."""

    def __init__(self, url: str, attachments: Path) -> None:
        super().__init__(url, attachments)
        self._thread = threading.Thread(target=self._loops[0].run_forever)
        self._thread.start()

    def close(self) -> None:
        loop = self._loops[0]
        asyncio.run_coroutine_threadsafe(loop.shutdown_default_executor(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join()
        super().close()

    def _waited_for(self, answer: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(answer, self._loops[0]).result()


@contextmanager
def a_crowd(url: str, seed: int) -> Iterator[World]:
    """A new world over this database. Nothing breaks in it but the laptops' processes."""
    limits = Limits(batch_operations=5, page_rows=7, files_together=3)
    with (
        memory_folder() as folder,
        closing(_BusyCentre(url, folder / "attachments")) as centre,
        patch.object(api_routes, "LIMITS", limits),
    ):
        clocks = _OneClock(seed)
        centre.clear(clocks)
        with closing(World(seed, centre, folder, new_template(folder / "template"), clocks)) as world:
            world.calm = True
            yield world


def together(world: World, steps: int) -> None:
    """Let so many events happen on every laptop, on all of them at once."""

    def work(laptop: Laptop) -> None:
        chance = Random(laptop.name)
        for event in chance.choices(list(_EVENTS), list(_EVENTS.values()), k=steps):
            event(world, laptop)

    with ThreadPoolExecutor(len(world.laptops)) as pool:
        for working in [pool.submit(work, laptop) for laptop in world.laptops]:
            working.result()
