"""T01: an officer of grid A changes nothing in grid B, whatever he sends; what he sent is kept, and noted once."""

from __future__ import annotations

from sqlalchemy import select

from server.tables import audit_events, change_log
from tests.server.centre import Centre, answer, edit, enterprise, operation, visit


def feed(centre: Centre, grid: str, reader: dict[str, str]) -> bytes:
    """Everything of a grid, as its own officer sees it."""
    return centre.http.get(f"/v1/sync/changes?grid={grid}", headers=reader).content


def test_an_officer_of_one_grid_writes_nothing_into_another(centre: Centre) -> None:
    one, two = centre.officer("甲", grids=("A",)), centre.officer("乙", grids=("B",))
    theirs, mine = enterprise(two.grid), enterprise(one.grid)
    day = visit(two.grid, theirs["row_id"])
    two.push(theirs, day)
    one.push(mine)
    before = feed(centre, two.grid, two.headers)
    attempts = {
        "a new row in B": enterprise(two.grid),
        "an edit of a row of B": edit(theirs, 1, name="改了"),
        "a row of B claimed for A": operation(one.grid, row_id=theirs["row_id"], base=1, name="改了"),
        "a row of A moved to B": edit(mine, 1, name="x") | {"grid_id": two.grid},
        "a child in A of a parent in B": answer(one.grid, day["row_id"]),
        "a deletion in B": operation(two.grid, row_id=theirs["row_id"], base=1, how="delete"),
    }
    assert dict(zip(attempts, one.statuses(*attempts.values()), strict=True)) == dict.fromkeys(attempts, "forbidden")
    assert feed(centre, two.grid, two.headers) == before
    assert (centre.count("enterprises"), centre.count("answers")) == (2, 0)
    with centre.store.reading() as connection:
        kept = connection.scalars(select(change_log.c.op_id).where(change_log.c.status == "forbidden"))
        assert set(kept) == {attempt["op_id"] for attempt in attempts.values()}
        event = audit_events.c
        noted = connection.execute(select(event.account_id, event.device_id).where(event.action == "forbidden")).all()
    assert noted == [(one.account, one.device)]
