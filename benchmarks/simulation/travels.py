"""What happens between laptops and the centre of a simulated world, and to them. Each event takes both.

What can be said of an event more exactly, which bundle or which backup, is left to chance where it is not said.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from benchmarks.simulation.centre import CentreDied
from benchmarks.simulation.laptop import Killed, Laptop
from benchmarks.simulation.world import GRIDS, World
from desktop.models.problems import Problem


def sync(world: World, laptop: Laptop) -> None:
    """A sync over a line that may break, in a process that may be killed."""
    if laptop.busy:
        return
    killed_after = world.chance.choice((0, 0, world.chance.randint(1, 16)))
    accept = world.chance.random() < 0.7
    world.note(f"{laptop.name}: sync" + (f", killed at boundary {killed_after}" if killed_after else ""))
    told = laptop.try_to_sync(world.line(laptop), killed_after, accept_removals=accept)
    world.note(f"{laptop.name}: {told}")


def fetch(world: World, laptop: Laptop) -> None:
    """A courier takes along what waits on a laptop."""
    if laptop.busy:
        return
    killed_after = world.chance.choice((0, 0, 0, world.chance.randint(1, 4)))
    told = _tried(lambda: world.stick.fetch(laptop, killed_after))
    world.note(f"{laptop.name}: a bundle on the stick: {told}")


def hand_over(world: World, _laptop: Laptop, *, newest: bool = False) -> None:
    """The courier brings a bundle to the centre: the newest or a late one, perhaps again, perhaps damaged."""
    if not (bundles := world.stick.bundles):
        return
    last = len(bundles) - 1
    number = last if newest else world.chance.choice((last, world.chance.randrange(len(bundles))))
    dies = world.chance.choice((0, 0, 0, 0, 0, 0, world.chance.randint(1, 5)))
    cut = world.chance.random() < 0.1
    told = _tried(lambda: world.stick.hand_over(world.centre, number, dies=dies, cut=cut))
    world.note(f"centre: bundle {number} of {bundles[number][0].name}: {told}")


def deliver(world: World, laptop: Laptop, *, newest: bool = False) -> None:
    """The courier brings a receipt back, not always the newest."""
    receipts = world.stick.receipts_for(laptop)
    if laptop.busy or not receipts:
        return
    killed_after = world.chance.choice((0, 0, 0, world.chance.randint(1, 4)))
    receipt = receipts[-1] if newest else world.chance.choice(receipts)
    told = _tried(lambda: laptop.read_receipt(receipt, killed_after))
    world.note(f"{laptop.name}: a receipt from the stick: {told}")


def back_up(world: World, _laptop: Laptop) -> None:
    """A backup of the centre."""
    world.backups = [*world.backups[-2:], world.centre.backup()]
    world.note("centre: backup")


def restore(world: World, _laptop: Laptop, *, newest: bool = False) -> None:
    """The centre restored from one of its backups; its photos are what they were, or those of some backup."""
    number = len(world.backups) - 1 if newest else world.chance.randrange(len(world.backups))
    others = world.chance.choice((None, number, world.chance.randrange(len(world.backups))))
    photos = "" if others is None else f", its photos from {others - len(world.backups)}"
    world.note(f"centre: restored from backup {number - len(world.backups)}{photos}")
    world.centre.restore(world.backups[number], None if others is None else world.backups[others].objects)


def change_scope(world: World, laptop: Laptop) -> None:
    """A grid granted to the laptop's officer, or taken away."""
    grid = world.chance.choice(GRIDS)
    has = world.centre.grant_or_revoke(laptop.officer, grid)
    world.note(f"centre: {laptop.name[0]} {'gets' if has else 'loses'} {grid}")


def jump(world: World, laptop: Laptop) -> None:
    """A laptop's clock goes wrong by days, sometimes by a season, or is set right."""
    days = world.chance.choice((0, 0, 1, -2, 2, 90, -90))
    world.note(f"{laptop.name}: clock {days:+} days")
    laptop.clock.off = timedelta(days=days)


def rest(world: World, _laptop: Laptop) -> None:
    """Hours go by."""
    world.clocks.pass_by(timedelta(hours=world.chance.randint(1, 12)))


def _tried(work: Callable[[], object]) -> str:
    try:
        work()
    except Problem as problem:
        return problem.code
    except Killed:
        return "killed"
    except CentreDied:
        return "the centre died"
    return "done"
