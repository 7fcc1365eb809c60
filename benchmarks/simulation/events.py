"""What happens in a simulated world, and how often. Each event takes the world and the laptop whose turn it is."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.simulation.entries import decide, delete_or_bring_back, edit, found, photograph, see_to_refusals
from benchmarks.simulation.laptop import Laptop
from benchmarks.simulation.stories import late_bundle, old_receipt, told_twice
from benchmarks.simulation.travels import (
    back_up,
    change_scope,
    deliver,
    fetch,
    hand_over,
    jump,
    rest,
    restore,
    sync,
)
from benchmarks.simulation.world import World

Event = Callable[[World, Laptop], None]


def happen(world: World, laptop: Laptop) -> None:
    """One event, by chance."""
    event = world.chance.choices(list(EVENTS), list(EVENTS.values()))[0]
    event(world, laptop)


def meanwhile(world: World, laptop: Laptop) -> None:
    """Something else while a laptop waits for an answer: another edit on it, or anything on another one."""
    other = world.chance.choice(world.laptops)
    if other is laptop:
        edit(world, laptop)
    else:
        happen(world, other)


EVENTS: dict[Event, float] = {
    sync: 32,
    fetch: 5,
    hand_over: 6,
    deliver: 5,
    edit: 26,
    found: 10,
    photograph: 14,
    delete_or_bring_back: 5,
    decide: 7,
    see_to_refusals: 3,
    jump: 3,
    rest: 2,
    change_scope: 3,
    back_up: 4,
    restore: 2,
    late_bundle: 3,
    old_receipt: 3,
    told_twice: 3,
}
"""Everything that happens, with how often it does."""
