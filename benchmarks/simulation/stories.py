"""Short stories to which chance alone would seldom lead, with their details left to it.

A story is an event like any other. Something else may happen between its steps, and each step may fail as always.
"""

from __future__ import annotations

from benchmarks.simulation.entries import a_row, set_to, two_values
from benchmarks.simulation.laptop import Laptop
from benchmarks.simulation.travels import back_up, deliver, fetch, hand_over, restore, sync
from benchmarks.simulation.world import World


def late_bundle(world: World, laptop: Laptop) -> None:
    """What left on a stick is entered anew and goes over the network; then the bundle arrives, then its receipt."""
    if laptop.busy or (place := a_row(world, laptop)) is None:
        return
    world.note(f"{laptop.name}: a bundle that comes late")
    first, second = two_values(world, place)
    set_to(world, laptop, place, first)
    fetch(world, laptop)
    world.something_else(laptop)
    set_to(world, laptop, place, second)
    sync(world, laptop)
    world.something_else(laptop)
    hand_over(world, laptop, newest=True)
    deliver(world, laptop, newest=True)


def old_receipt(world: World, laptop: Laptop) -> None:
    """A receipt reaches a laptop that has heard of the restored centre since."""
    if laptop.busy or (place := a_row(world, laptop)) is None:
        return
    world.note(f"{laptop.name}: a receipt of before a restore")
    first, second = two_values(world, place)
    set_to(world, laptop, place, first)
    fetch(world, laptop)
    set_to(world, laptop, place, second)
    hand_over(world, laptop, newest=True)
    if world.chance.random() < 0.5:
        sync(world, laptop)
        deliver(world, laptop, newest=True)
    restore(world, laptop)
    sync(world, laptop)
    world.something_else(laptop)
    deliver(world, laptop, newest=True)


def told_twice(world: World, laptop: Laptop) -> None:
    """A field set here and then by somebody else; a centre restored to that moment is offered the first edit again."""
    others = [other for other in world.laptops if other is not laptop and not other.busy]
    if laptop.busy or not others or (place := a_row(world, laptop)) is None:
        return
    other = world.chance.choice(others)
    world.note(f"{laptop.name}: told twice what {other.name} has changed")
    first, second = two_values(world, place)
    set_to(world, laptop, place, first)
    for device in (laptop, other):
        sync(world, device)
    set_to(world, other, place, second)
    sync(world, other)
    back_up(world, laptop)
    world.something_else(laptop)
    restore(world, laptop, newest=True)
    for device in (laptop, other):
        sync(world, device)
