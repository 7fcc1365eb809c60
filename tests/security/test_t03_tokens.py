"""T03: a token admits one device of one officer, and none any more from the request after it was revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server import officers
from server.app import ACTIONS
from server.device_tokens import OVERLAP, REPLACED_AFTER, UNUSED, revoke_device
from server.moments import from_now
from server.tables import change_log, devices
from tests.server.centre import Centre, Laptop, enterprise

HELLO = "/v1/sync/hello"


def statuses(laptop: Laptop) -> set[int]:
    """What every route for devices answers."""
    found = set()
    for (method, path), rule in ACTIONS.items():
        if rule.who == "device":
            concrete = path.replace("{sha256}", "0" * 64).replace("{upload}", laptop.device)
            found.add(laptop.centre.http.request(method, concrete, headers=laptop.headers).status_code)
    return found


def at(centre: Centre, laptop: Laptop, **values: str | None) -> None:
    with centre.store.writing() as connection:
        connection.execute(update(devices).where(devices.c.id == laptop.device).values(**values))


def test_a_revoked_device_is_out_at_its_next_request(centre: Centre) -> None:
    desk = centre.officer()
    second = centre.laptop(desk.account)
    assert desk.statuses(enterprise(desk.grid)) == ["applied"]
    with centre.store.writing() as connection:
        revoke_device(connection, desk.device)
    assert statuses(desk) == {401}
    assert second.get(HELLO).status_code == 200


def test_closing_an_account_ends_its_devices_and_its_unused_codes(centre: Centre) -> None:
    desk = centre.officer()
    with centre.store.writing() as connection:
        officers.close_officer(connection, desk.account)
    assert statuses(desk) == {401}


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer zqd_" + "x" * 43, "Basic eDp4", "bearer {token}", "{token}"])
def test_without_a_true_token_nothing_is_answered(centre: Centre, header: str) -> None:
    desk = centre.officer()
    desk.headers = {"Authorization": header.format(token=desk.token)}
    assert statuses(desk) == {401}


def test_work_counts_for_the_device_whose_token_brought_it(centre: Centre) -> None:
    one, two = centre.officer("甲"), centre.officer("乙")
    mine = enterprise(one.grid)
    two.headers = one.headers
    two.push(mine)
    with centre.store.reading() as connection:
        found = connection.execute(select(change_log.c.account_id, change_log.c.device_id).where(
            change_log.c.op_id == mine["op_id"])).one()  # fmt: skip
    assert tuple(found) == (one.account, one.device)


def test_a_token_unused_for_90_days_is_out(centre: Centre) -> None:
    desk = centre.officer()
    at(centre, desk, seen_at=from_now(-UNUSED - timedelta(minutes=1)))
    assert statuses(desk) == {401}


def test_a_young_token_is_not_replaced(centre: Centre) -> None:
    desk = centre.officer()
    assert desk.get(HELLO).json()["token"] is None


def test_a_token_of_30_days_is_replaced_and_the_old_one_runs_out_a_day_after_the_new_ones_first_use(
    centre: Centre,
) -> None:
    desk = centre.officer()
    at(centre, desk, token_made_at=from_now(-REPLACED_AFTER - timedelta(minutes=1)))
    offered = desk.get(HELLO).json()["token"]
    assert offered.startswith("zqd_")
    assert desk.get(HELLO).status_code == 200  # the old one, for as long as the new one was not used
    old, new = dict(desk.headers), {"Authorization": f"Bearer {offered}"}
    assert centre.http.get(HELLO, headers=new).status_code == 401  # offered once more meanwhile: only the last counts
    new = {"Authorization": f"Bearer {desk.get(HELLO).json()['token']}"}
    answer = centre.http.get(HELLO, headers=new)
    assert (answer.status_code, answer.json()["token"]) == (200, None)
    assert centre.http.get(HELLO, headers=old).status_code == 200
    at(centre, desk, old_token_until=from_now(timedelta(seconds=-1)))
    assert centre.http.get(HELLO, headers=old).status_code == 401
    assert centre.http.get(HELLO, headers=new).status_code == 200


def test_an_answer_that_was_lost_locks_nobody_out(centre: Centre) -> None:
    desk = centre.officer()
    at(centre, desk, token_made_at=from_now(-REPLACED_AFTER - timedelta(minutes=1)))
    desk.get(HELLO)  # its answer never arrives; the laptop is away for weeks
    at(centre, desk, seen_at=from_now(-OVERLAP * 30))
    again = desk.get(HELLO)
    assert again.status_code == 200
    assert centre.http.get(HELLO, headers={"Authorization": f"Bearer {again.json()['token']}"}).status_code == 200


def test_revoking_ends_every_token_of_a_device(centre: Centre) -> None:
    desk = centre.officer()
    at(centre, desk, token_made_at=from_now(-REPLACED_AFTER - timedelta(minutes=1)))
    offered = desk.get(HELLO).json()["token"]
    with centre.store.writing() as connection:
        revoke_device(connection, desk.device)
    for token in (desk.token, offered):
        assert centre.http.get(HELLO, headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_no_token_stands_in_the_database_as_it_is(centre: Centre) -> None:
    desk = centre.officer()
    at(centre, desk, token_made_at=from_now(-REPLACED_AFTER - timedelta(minutes=1)))
    offered = desk.get(HELLO).json()["token"]
    with centre.store.reading() as connection:
        stored = str(connection.execute(select(devices)).all())
    assert desk.token not in stored
    assert offered not in stored
