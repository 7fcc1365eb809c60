"""How a simulated world becomes calm: nothing breaks any more, and everybody goes on until nothing moves."""

from __future__ import annotations

from sqlalchemy import select

from benchmarks.simulation.moments import breaches_now
from benchmarks.simulation.world import World
from server.tables import attachment_files, change_log

ROUNDS = 12
"""So many rounds of syncs must be enough until nothing moves."""


def settle(world: World) -> None:
    """Faults off: every bundle arrives once more, and everybody syncs until nothing moves any more.

    Raises:
        AssertionError: it never does, or the stick alone does not bring what it should.
    """
    world.calm = True
    for laptop in world.laptops:
        laptop.clock.off *= 0
    for number, (laptop, _) in enumerate(world.stick.bundles):
        world.stick.hand_over(world.centre, number)
        world.note(f"centre: bundle {number} of {laptop.name}, once more")
    if world.chance.random() < 0.5:
        _by_stick(world)
    before: object = None
    for _ in range(ROUNDS):
        for laptop in world.laptops:
            receipt = laptop.sync(world.line(laptop), accept_removals=True)
            world.note(
                f"{laptop.name}: {receipt['counts']}, {receipt['pulled']} pulled, {receipt['repaired']} repaired"
            )
        now = _state(world)
        if now == before:
            return
        before = now
    raise AssertionError(f"something still moves after {ROUNDS} rounds")


def _by_stick(world: World) -> None:
    """Two calm rounds without any network: whoever has none must be told all the same what has arrived.

    The first receipt may be the one that tells of a restored centre, which then has to be offered everything again.
    """
    for _ in range(2):
        for laptop in world.laptops:
            world.stick.fetch(laptop)
            world.stick.hand_over(world.centre, len(world.stick.bundles) - 1)
            laptop.read_receipt(world.stick.receipts_for(laptop)[-1])
            world.note(f"{laptop.name}: there and back by stick")
    told = breaches_now(world)
    for laptop in world.laptops:
        if laptop.generations[-1] != world.centre.store.generation:
            told.append(f"{laptop.name} has not heard that the centre was restored")
        if laptop.rows("SELECT 1 FROM outbox WHERE status IS NULL"):
            told.append(f"{laptop.name} waits for an answer")
    assert not told, told


def _state(world: World) -> object:
    """Everything that moves in a sync."""
    with world.centre.store.reading() as connection:
        log = connection.execute(select(change_log.c.op_id, change_log.c.status, change_log.c.sequence)).all()
        photos = connection.execute(select(attachment_files.c.grid_id, attachment_files.c.sha256)).all()
    outboxes = [laptop.rows("SELECT op_id, status FROM outbox") for laptop in world.laptops]
    cursors = [laptop.rows("SELECT grid_id, sequence, verified FROM grid_cursors") for laptop in world.laptops]
    confirmed = [laptop.rows("SELECT sha256, grid_id FROM confirmed_attachments") for laptop in world.laptops]
    return sorted(map(tuple, log)), sorted(map(tuple, photos)), outboxes, cursors, confirmed
