"""What happens in a simulated world. Each event takes the world and the laptop whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from benchmarks.simulation.centre import CentreDied
from benchmarks.simulation.laptop import Killed, Laptop
from benchmarks.simulation.world import GRIDS, World
from desktop.models.desk.conflict_desk import open_conflicts, settle_conflict
from desktop.models.desk.refusals import put_aside, send_again
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.identity import new_id, utc_now
from desktop.models.problems import Problem
from desktop.models.records.enterprises import Contact, Enterprise
from desktop.models.records.registry import RECORDS
from desktop.models.records.visits import Answer, Visit
from desktop.models.vocabulary import Resolution

Event = Callable[[World, Laptop], None]

_WORDS = ("甲字", "乙字", "丙字")
_CHANGES: dict[str, dict[str, tuple[object, ...]]] = {
    "enterprises": {"name": _WORDS, "address": _WORDS, "remark": (*_WORDS, None), "staff_due": (10, 20, None)},
    "contacts": {"phone": _WORDS},
    "visits": {"remark": _WORDS, "situation": ({"staff_due": 1}, {"staff_due": 2}, None)},
    "answers": {"result": ("pass", "fail"), "note": _WORDS},
}
"""Table → field → the few values it takes, so that two officers often mean the same and often do not."""


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


def hand_over(world: World, _laptop: Laptop) -> None:
    """The courier brings a bundle to the centre: the newest or a late one, perhaps again, perhaps damaged."""
    if not (bundles := world.stick.bundles):
        return
    number = world.chance.choice((len(bundles) - 1, world.chance.randrange(len(bundles))))
    dies, cut = world.chance.random() < 0.1, world.chance.random() < 0.1
    told = _tried(lambda: world.stick.hand_over(world.centre, number, dies=dies, cut=cut))
    world.note(f"centre: bundle {number} of {bundles[number][0].name}: {told}")


def deliver(world: World, laptop: Laptop) -> None:
    """The courier brings a receipt back, not always the newest."""
    receipts = world.stick.receipts_for(laptop)
    if laptop.busy or not receipts:
        return
    killed_after = world.chance.choice((0, 0, 0, world.chance.randint(1, 4)))
    receipt = world.chance.choice(receipts)
    told = _tried(lambda: laptop.read_receipt(receipt, killed_after))
    world.note(f"{laptop.name}: a receipt from the stick: {told}")


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


def found(world: World, laptop: Laptop) -> None:
    """A new enterprise with a contact, and as a rule a visit with answers."""
    grids = [row[0] for row in laptop.rows("SELECT grid_id FROM grid_cursors ORDER BY grid_id")]
    if not grids:
        return
    grid, answers = world.chance.choice(grids), world.chance.choice((0, 1, 3))

    def write(session: UnitOfWork) -> str:
        firm = Enterprise(id=new_id(), grid_id=grid, name=world.chance.choice(_WORDS))
        session.add_all([firm, Contact(grid_id=grid, enterprise_id=firm.id, name="顾言")])
        if answers:
            visit = Visit(
                id=new_id(), grid_id=grid, enterprise_id=firm.id, kind="routine", visited_on="2020-02-27",
                state="open", measure_set="m23@1", started_at=utc_now(),
            )  # fmt: skip
            session.add(visit)
            for number in range(answers):
                session.add(
                    Answer(
                        grid_id=grid, visit_id=visit.id, measure=f"M{number:02}", result="fail", answered_at=utc_now()
                    )
                )
        return f"new {firm.id[-4:]} in {grid[:4]}, {answers} answers"

    _write(world, laptop, write)


def edit(world: World, laptop: Laptop) -> None:
    """Some fields of a row that is there, once or a few times in a row."""
    place = _a_row(world, laptop, "deleted_at IS NULL")
    if place is None:
        return
    table, row_id = place
    for _ in range(world.chance.choice((1, 1, 3))):
        fields = world.chance.sample(sorted(_CHANGES[table]), world.chance.randint(1, min(2, len(_CHANGES[table]))))
        values = {name: world.chance.choice(_CHANGES[table][name]) for name in fields}
        _write(world, laptop, partial(_changed, table=table, row_id=row_id, values=values))


def delete_or_bring_back(world: World, laptop: Laptop) -> None:
    """A row deleted, or one that was deleted brought back."""
    if (place := _a_row(world, laptop, "true")) is None:
        return
    table, row_id = place
    gone = laptop.rows(f"SELECT deleted_at FROM {table} WHERE id = ?", row_id)[0][0]
    values = {"deleted_at": None if gone else "2020-02-27T09:00:00.000Z"}
    _write(world, laptop, partial(_changed, table=table, row_id=row_id, values=values))


def decide(world: World, laptop: Laptop) -> None:
    """One open conflict settled, one way or another."""
    with laptop.at_work() as workspace:
        if not (waiting := open_conflicts(workspace)):
            return
        conflict = world.chance.choice(waiting)
        how = world.chance.choice(list(Resolution))
        other = (
            None if conflict.field == "deleted_at" else world.chance.choice(_CHANGES[conflict.table][conflict.field])
        )
        if how is Resolution.OTHER and other is None:
            how = Resolution.MINE
        world.note(f"{laptop.name}: decides {conflict.id[-4:]} ({conflict.table}.{conflict.field}): {how.value}")
        settle_conflict(workspace, conflict.id, how, other)


def see_to_refusals(world: World, laptop: Laptop) -> None:
    """What was refused sent again or put aside."""
    refused = [
        row[0]
        for row in laptop.rows(
            "SELECT op_id FROM outbox WHERE status IN ('rejected', 'forbidden') AND settled_at IS NULL"
        )
    ]
    if not refused:
        return
    again = world.chance.random() < 0.7
    world.note(f"{laptop.name}: {len(refused)} refused, {'sent again' if again else 'put aside'}")
    with laptop.at_work() as workspace:
        if again:
            send_again(workspace, refused)
        else:
            put_aside(workspace, refused)


def jump(world: World, laptop: Laptop) -> None:
    """A laptop's clock goes wrong by days, sometimes by a season, or is set right."""
    days = world.chance.choice((0, 0, 1, -2, 2, 90, -90))
    world.note(f"{laptop.name}: clock {days:+} days")
    laptop.clock.off = timedelta(days=days)


def rest(world: World, _laptop: Laptop) -> None:
    """Hours go by."""
    world.clocks.pass_by(timedelta(hours=world.chance.randint(1, 12)))


def change_scope(world: World, laptop: Laptop) -> None:
    """A grid granted to the laptop's officer, or taken away."""
    grid = world.chance.choice(GRIDS)
    has = world.centre.grant_or_revoke(laptop.officer, grid)
    world.note(f"centre: {laptop.name[0]} {'gets' if has else 'loses'} {grid}")


def back_up(world: World, _laptop: Laptop) -> None:
    """A backup of the centre."""
    world.backups = [*world.backups[-2:], world.centre.backup()]
    world.note("centre: backup")


def restore(world: World, _laptop: Laptop) -> None:
    """The centre restored from one of its backups."""
    number = world.chance.randrange(len(world.backups))
    world.note(f"centre: restored from backup {number - len(world.backups)}")
    world.centre.restore(world.backups[number])


EVENTS: dict[Event, float] = {
    sync: 32,
    fetch: 5,
    hand_over: 6,
    deliver: 5,
    edit: 26,
    found: 10,
    delete_or_bring_back: 5,
    decide: 7,
    see_to_refusals: 3,
    jump: 3,
    rest: 2,
    change_scope: 3,
    back_up: 4,
    restore: 2,
}
"""Everything that happens, with how often it does."""


def _a_row(world: World, laptop: Laptop, condition: str) -> tuple[str, str] | None:
    table = world.chance.choice(sorted(_CHANGES))
    ids = laptop.rows(f"SELECT id FROM {table} WHERE {condition} AND grid_id IN (SELECT grid_id FROM grid_cursors)")
    return (table, world.chance.choice(sorted(ids))[0]) if ids else None


def _changed(session: UnitOfWork, table: str, row_id: str, values: dict[str, Any]) -> str:
    row = session.get_one(RECORDS[table], row_id)
    for name, value in values.items():
        setattr(row, name, value)
    return f"{table} {row_id[-4:]} {values}"


def _write(world: World, laptop: Laptop, work: Callable[[UnitOfWork], str]) -> None:
    """One unit of work; now and then the process is killed before it commits."""
    killed_after = 2 if not laptop.busy and world.chance.random() < 0.03 else 0
    try:
        with laptop.at_work(killed_after) as workspace, workspace.write() as session:
            told = work(session)
            world.note(f"{laptop.name}: {told}" + (", killed before the commit" if killed_after else ""))
    except Killed:
        if laptop.busy:
            raise
