"""T15: who did something follows from the token, and what it does never from the laptop's clock."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.models.identity import new_id
from server.tables import change_log
from tests.server.centre import Centre, edit, enterprise

EARLY, LATE = "2020-02-25T08:00:00.000Z", "2020-02-29T08:00:00.000Z"


@pytest.mark.parametrize("claim", ["officer", "device"])
def test_an_operation_in_somebody_elses_name_is_forbidden(centre: Centre, claim: str) -> None:
    one, two = centre.officer("甲"), centre.officer("乙")
    forged = enterprise(one.grid) | {claim: two.account if claim == "officer" else two.device}
    assert one.statuses(forged) == ["forbidden"]
    assert centre.count("enterprises") == 0


def test_author_and_device_on_record_are_those_of_the_token(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    desk.push(firm)
    with centre.store.reading() as connection:
        query = select(change_log.c.account_id, change_log.c.device_id).where(change_log.c.op_id == firm["op_id"])
        assert tuple(connection.execute(query).one()) == (desk.account, desk.device)
    assert centre.row("enterprises", firm["row_id"])["edited_by"] == desk.account


@pytest.mark.parametrize("clocks", [(EARLY, LATE), (LATE, EARLY)], ids=["first is early", "first is late"])
def test_two_days_on_the_clock_change_no_outcome(centre: Centre, clocks: tuple[str, str]) -> None:
    one, two = centre.officer("甲"), centre.officer("乙")
    firm = enterprise(one.grid)
    one.push(firm)
    first = edit(firm, 1, address="甲写的") | {"edited_at": clocks[0]}
    second = edit(firm, 1, address="乙写的", remark="乙的备注") | {"edited_at": clocks[1]}
    assert one.statuses(first) == ["applied"]
    assert two.statuses(second) == ["conflict"]
    row = centre.row("enterprises", firm["row_id"])
    assert (row["address"], row["remark"]) == ("甲写的", "乙的备注")
    assert two.statuses(edit(firm, 3, address="再改") | {"edited_at": "1999-01-01T00:00:00.000Z"}) == ["applied"]


@pytest.mark.parametrize("moment", ["2020-02-30", "now", "2020-02-27T08:00:00+08:00", "", 0, None])
def test_a_moment_in_another_form_is_refused(centre: Centre, moment: object) -> None:
    desk = centre.officer()
    assert desk.statuses(enterprise(desk.grid) | {"edited_at": moment}) == ["rejected"]


def test_another_batchs_id_brings_no_other_officers_receipt(centre: Centre) -> None:
    one, two, batch = centre.officer("甲"), centre.officer("乙"), new_id()
    mine, theirs = enterprise(one.grid), enterprise(two.grid)
    one.push(mine, batch=batch)
    assert [result["op_id"] for result in two.push(theirs, batch=batch)] == [theirs["op_id"]]
