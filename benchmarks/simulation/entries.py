"""What officers enter in a simulated world. Each event takes the world and the laptop whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.simulation.laptop import Killed, Laptop
from benchmarks.simulation.world import World
from desktop.models.desk.conflict_desk import open_conflicts, settle_conflict
from desktop.models.desk.refusals import put_aside, send_again
from desktop.models.desk.visiting import attach_photo, remove_photo
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id, utc_now
from desktop.models.records.enterprises import Contact, Enterprise
from desktop.models.records.registry import RECORDS
from desktop.models.records.visits import Answer, Visit
from desktop.models.vocabulary import Resolution

Place = tuple[str, str]
"""(table name, row id)"""

Values = dict[str, Any]
"""Field → value."""

_WORDS = ("甲字", "乙字", "丙字")
_JPEG = b"\xff\xd8\xff"
_SIZES = (100, 900, 2500, 2500)
_CHANGES: dict[str, dict[str, tuple[object, ...]]] = {
    "enterprises": {"name": _WORDS, "address": _WORDS, "remark": (*_WORDS, None), "staff_due": (10, 20, None)},
    "contacts": {"phone": _WORDS},
    "visits": {"remark": _WORDS, "situation": ({"staff_due": 1}, {"staff_due": 2}, None)},
    "answers": {"result": ("pass", "fail"), "note": _WORDS},
}
"""Table → field → the few values it takes, so that two officers often mean the same and often do not."""


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
    place = a_row(world, laptop)
    if place is None:
        return
    possible = _CHANGES[place[0]]
    for _ in range(world.chance.choice((1, 1, 3))):
        fields = world.chance.sample(sorted(possible), world.chance.randint(1, min(2, len(possible))))
        set_to(world, laptop, place, {name: world.chance.choice(possible[name]) for name in fields})


def set_to(world: World, laptop: Laptop, place: Place, values: Values) -> None:
    """These fields of a row, if it is on this laptop."""
    if laptop.rows(f"SELECT id FROM {place[0]} WHERE id = ?", place[1]):
        _write(world, laptop, partial(_changed, place=place, values=values))


def delete_or_bring_back(world: World, laptop: Laptop) -> None:
    """A row deleted, or one that was deleted brought back."""
    if (place := a_row(world, laptop, "true")) is None:
        return
    gone = laptop.rows(f"SELECT deleted_at FROM {place[0]} WHERE id = ?", place[1])[0][0]
    set_to(world, laptop, place, {"deleted_at": None if gone else "2020-02-27T09:00:00.000Z"})


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


def photograph(world: World, laptop: Laptop) -> None:
    """Photos put on a visit, now and then one that is known already; or one taken off it."""
    if world.chance.random() < 0.15:
        on_visits = laptop.rows("SELECT id FROM attachments WHERE deleted_at IS NULL ORDER BY id")
        if on_visits:
            photo = world.chance.choice(on_visits)[0]
            _at_once(world, laptop, partial(_taken_off, photo=photo))
        return
    visits = laptop.rows("SELECT id FROM visits WHERE grid_id IN (SELECT grid_id FROM grid_cursors) ORDER BY id")
    if not visits:
        return
    visit = world.chance.choice(visits)[0]
    for _ in range(world.chance.choice((1, 2, 4))):
        if not world.photos or world.chance.random() < 0.8:
            world.photos.append(_JPEG + world.chance.randbytes(world.chance.choice(_SIZES)))
        content = world.chance.choice((world.photos[-1], world.photos[-1], *world.photos))
        _at_once(world, laptop, partial(_put_on, laptop=laptop, visit=visit, content=content))


def a_row(world: World, laptop: Laptop, condition: str = "deleted_at IS NULL") -> Place | None:
    """Some row of the officer's grids, if there is any."""
    table = world.chance.choice(sorted(_CHANGES))
    ids = laptop.rows(f"SELECT id FROM {table} WHERE {condition} AND grid_id IN (SELECT grid_id FROM grid_cursors)")
    return (table, world.chance.choice(sorted(ids))[0]) if ids else None


def two_values(world: World, place: Place) -> tuple[Values, Values]:
    """One field of a row, set to two different values."""
    possible = _CHANGES[place[0]]
    name = world.chance.choice(sorted(possible))
    first, second = world.chance.sample(possible[name], 2)
    return {name: first}, {name: second}


def _put_on(workspace: Workspace, laptop: Laptop, visit: str, content: bytes) -> str:
    photo = attach_photo(workspace, visit, "M01", content, None)
    laptop.photos.add(photo.sha256)
    return f"photo {photo.sha256[:4]} of {len(content)} bytes on visit {visit[-4:]}"


def _taken_off(workspace: Workspace, photo: str) -> str:
    remove_photo(workspace, photo)
    return f"photo record {photo[-4:]} taken off"


def _changed(session: UnitOfWork, place: Place, values: Values) -> str:
    table, row_id = place
    row = session.get_one(RECORDS[table], row_id)
    for name, value in values.items():
        setattr(row, name, value)
    return f"{table} {row_id[-4:]} {values}"


def _write(world: World, laptop: Laptop, work: Callable[[UnitOfWork], str]) -> None:
    """One unit of work; now and then the process is killed before it commits."""

    def write(workspace: Workspace) -> str:
        with workspace.write() as session:
            return work(session)

    _at_once(world, laptop, write)


def _at_once(world: World, laptop: Laptop, work: Callable[[Workspace], str]) -> None:
    """The same for a function of the program that makes its unit of work itself."""
    killed_after = 2 if not laptop.busy and world.chance.random() < 0.03 else 0
    try:
        with laptop.at_work(killed_after) as workspace:
            world.note(f"{laptop.name}: {work(workspace)}")
    except Killed:
        if laptop.busy:
            raise
        world.note(f"{laptop.name}: killed before a commit")
