"""Pages of changes: ascending, complete, each one storable on its own."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.server.centre import Centre, answer, edit, enterprise, operation, visit


def test_pages_ascend_and_end_with_a_cursor_that_leads_to_the_next(centre: Centre) -> None:
    desk = centre.officer()
    firms = [enterprise(desk.grid, name=f"厂{number}") for number in range(25)]
    desk.push(*firms)
    seen: list[dict[str, Any]] = []
    since, more = 0, True
    while more:
        rows, cursor = desk.changes(since=since, limit=10)
        assert [row["sequence"] for row in rows] == sorted(row["sequence"] for row in rows)
        seen += rows
        since, more = cursor["sequence"], cursor["more"]
    assert [row["id"] for row in seen if row["table"] == "enterprises"] == [firm["row_id"] for firm in firms]
    assert desk.changes(since=since)[0] == []
    assert desk.changes(since=since)[1]["sequence"] == since


def test_a_new_grid_starts_with_its_name_its_members_and_their_roles(centre: Centre) -> None:
    desk = centre.officer("甲", grids=("G7",))
    rows, cursor = desk.changes()
    assert [(row["table"], row["version"], row["sequence"]) for row in rows] == [
        ("grids", 1, 1), ("members", 1, 2), ("member_roles", 1, 3),
    ]  # fmt: skip
    assert (rows[0]["fields"]["code"], rows[1]["fields"]["name"]) == ("G7", "甲")
    assert cursor["generation"] == centre.store.generation


def test_a_row_edited_often_comes_once_as_it_now_stands(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    desk.push(firm, edit(firm, 0, name="二"), edit(firm, 0, name="三"))
    rows = [row for row in desk.changes()[0] if row["table"] == "enterprises"]
    assert [(row["version"], row["fields"]["name"]) for row in rows] == [(3, "三")]


def test_parents_that_changed_later_ride_along_with_their_children(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    day = visit(desk.grid, firm["row_id"])
    checked = answer(desk.grid, day["row_id"])
    start = desk.changes()[1]["sequence"]
    desk.push(firm, day, checked)
    desk.push(*(enterprise(desk.grid, name=f"厂{number}") for number in range(10)))
    desk.push(edit(day, 1, remark="x"), edit(firm, 1, remark="y"))
    rows, cursor = desk.changes(since=start, limit=1)
    assert [row["table"] for row in rows] == ["answers", "visits", "enterprises"]
    assert cursor["sequence"] == rows[0]["sequence"]


def test_while_an_operation_is_held_its_device_gets_no_older_copy_of_the_row(centre: Centre) -> None:
    desk = centre.officer()
    firm, other = enterprise(desk.grid), enterprise(desk.grid, name="二厂")
    contact = operation(desk.grid, "contacts", enterprise_id=firm["row_id"], name="丁")
    desk.push(firm, contact)
    moved = edit(contact, 1, enterprise_id=other["row_id"])
    assert desk.statuses(moved) == ["held"]
    colleague = centre.laptop(desk.account)
    assert "contacts" not in {row["table"] for row in desk.changes()[0]}
    assert "contacts" in {row["table"] for row in colleague.changes()[0]}
    desk.push(other)
    rows = [row for row in desk.changes()[0] if row["table"] == "contacts"]
    assert [row["fields"]["enterprise_id"] for row in rows] == [other["row_id"]]


@pytest.mark.parametrize("query", ["since=-1", "since=x", "limit=1e9", "since=" + "9" * 30])
def test_a_query_that_is_not_right_is_refused(centre: Centre, query: str) -> None:
    desk = centre.officer()
    assert desk.get(f"/v1/sync/changes?grid={desk.grid}&{query}").status_code == 400


def test_a_reader_never_steps_over_a_row_that_becomes_visible_late(centre: Centre) -> None:
    """Eight devices push at once while a reader follows the cursor: every row arrives (a plain sequence loses rows)."""
    first = centre.officer()
    writers = [first, *(centre.laptop(first.account) for _ in range(7))]
    rounds, size = 6, 20
    seen: list[str] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def write(desk: Any) -> None:
        try:
            for number in range(rounds):
                results = desk.push(*(enterprise(desk.grid, name=f"厂{number}-{row}") for row in range(size)))
                assert {result["status"] for result in results} == {"applied"}
        except BaseException as error:
            failures.append(error)

    def read() -> None:
        reader, since, last = centre_reader, 0, False
        while not last:
            last = done.is_set()
            rows, cursor = reader.changes(since=since, limit=50)
            while rows:
                seen.extend(row["id"] for row in rows if row["table"] == "enterprises")
                since = cursor["sequence"]
                rows, cursor = reader.changes(since=since, limit=50)

    centre_reader = centre.laptop(first.account)
    reading = threading.Thread(target=read)
    writing = [threading.Thread(target=write, args=(desk,)) for desk in writers]
    for thread in [reading, *writing]:
        thread.start()
    for thread in writing:
        thread.join()
    done.set()
    reading.join()
    assert failures == []
    assert len(seen) == len(set(seen)) == len(writers) * rounds * size


def test_two_devices_with_the_same_rows_do_not_lock_each_other_out(centre: Centre) -> None:
    one = centre.officer(grids=("A", "B"))
    two = centre.laptop(one.account, ("B",))
    firms = [enterprise(grid, name=f"厂{number}") for number in range(10) for grid in (one.grid, two.grid)]
    one.push(*firms)
    outcomes: list[str] = []

    def work(desk: Any, order: list[Any]) -> None:
        for number in range(10):
            outcomes.extend(desk.statuses(*(edit(firm, 99, remark=f"{desk.device}{number}") for firm in order)))

    threads = [
        threading.Thread(target=work, args=(one, firms)),
        threading.Thread(target=work, args=(two, firms[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2 * 10 * len(firms)
    assert set(outcomes) == {"applied"}
