"""What was not applied is seen by the administrators of its grid; late work is let through or discarded by them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from desktop.models.identity import grid_id
from desktop.models.vocabulary import Role
from server import officers
from server.moments import from_now
from server.tables import change_log, grants
from tests.server.browser import Browser
from tests.server.centre import Centre, Laptop, answer, edit, enterprise, visit

A, B = grid_id("A"), grid_id("B")


@pytest.fixture
def late(centre: Centre) -> Laptop:
    """An officer whose grid A was taken away while he was offline; he still has B."""
    desk = centre.officer("甲", grids=("A", "B"))
    with centre.store.writing() as connection:
        officers.take_grid(connection, desk.account, A)
    return desk


@pytest.fixture
def county(centre: Centre) -> Browser:
    """An administrator of A."""
    centre.account("县", Role.COUNTY_ADMIN, ("A",))
    return Browser(centre).enter("县")


def day_in(grid: str) -> list[dict[str, object]]:
    firm = enterprise(grid, "迟到的厂")
    day = visit(grid, firm["row_id"])
    return [firm, day, answer(grid, day["row_id"], "M01"), answer(grid, day["row_id"], "M02")]


def statuses(centre: Centre) -> list[tuple[str, str | None]]:
    with centre.store.reading() as connection:
        query = select(change_log.c.status, change_log.c.code).where(change_log.c.device_id != "")
        rows = connection.execute(query.order_by(change_log.c.position)).all()
    return [(row.status, row.code) for row in rows]


def test_late_work_is_kept_and_let_through_in_the_name_of_who_sent_it(
    centre: Centre, late: Laptop, county: Browser
) -> None:
    work = day_in(A)
    results = late.push(*work)
    assert {(result["status"], result["code"]) for result in results} == {("forbidden", "sync_grid_withdrawn")}
    assert centre.count("enterprises") == 0
    page = county.get("/office/quarantine").text
    assert "甲" in page
    assert "迟到的厂" in page
    path = f"/office/quarantine/{late.account}/{A}"
    assert county.post(f"{path}/let-through").headers["location"] == "/office/quarantine"
    assert (centre.count("enterprises"), centre.count("visits"), centre.count("answers")) == (1, 1, 2)
    row = centre.row("enterprises", str(work[0]["row_id"]))
    assert (row["edited_by"], row["version"]) == (late.account, 1)
    assert "迟到的厂" not in county.get("/office/quarantine").text
    assert late.statuses(*work) == ["duplicate"] * 4  # offered once more, it is known
    county.post(f"{path}/let-through")
    assert (centre.count("enterprises"), centre.count("answers")) == (1, 2)


def test_late_work_that_meets_newer_work_becomes_a_conflict_like_any_other(
    centre: Centre, late: Laptop, county: Browser
) -> None:
    colleague = centre.officer("乙", grids=("A",))
    firm = enterprise(A)
    colleague.push(firm)
    late.push(edit(firm, 1, address="甲写的", remark="甲的备注"))
    assert colleague.statuses(edit(firm, 1, address="乙写的")) == ["applied"]  # nobody waits for late work
    county.post(f"/office/quarantine/{late.account}/{A}/let-through")
    row = centre.row("enterprises", firm["row_id"])
    assert (row["address"], row["remark"]) == ("乙写的", "甲的备注")
    page = county.get("/office/conflicts").text
    assert "甲写的" in page
    assert "乙写的" in page


def test_discarded_work_is_never_applied_and_stays_on_file(centre: Centre, late: Laptop, county: Browser) -> None:
    work = day_in(A)
    late.push(*work)
    path = f"/office/quarantine/{late.account}/{A}"
    county.post(f"{path}/discard")
    county.post(f"{path}/let-through")
    assert centre.count("enterprises") == 0
    assert set(statuses(centre)) == {("rejected", "sync_discarded")}
    assert {result["code"] for result in late.push(*work)} == {"sync_discarded"}


def test_late_work_whose_parent_is_missing_waits_for_it(centre: Centre, late: Laptop, county: Browser) -> None:
    firm, day, *answers = day_in(A)
    late.push(day, *answers)
    county.post(f"/office/quarantine/{late.account}/{A}/let-through")
    assert {status for status, _ in statuses(centre)} == {"held"}
    colleague = centre.officer("乙", grids=("A",))
    colleague.push(firm)
    assert (centre.count("visits"), centre.count("answers")) == (1, 2)


def test_the_laptops_clock_has_no_say_in_what_is_late(centre: Centre, late: Laptop) -> None:
    before = enterprise(A) | {"edited_at": "2020-01-01T00:00:00.000Z"}
    after = enterprise(A) | {"edited_at": "2999-01-01T00:00:00.000Z"}
    assert [result["code"] for result in late.push(before, after)] == ["sync_grid_withdrawn"] * 2


def test_what_comes_a_month_later_or_was_never_granted_is_plainly_forbidden(centre: Centre, late: Laptop) -> None:
    with centre.store.writing() as connection:
        connection.execute(update(grants).where(grants.c.revoked_at.is_not(None)).values(
            revoked_at=from_now(-timedelta(days=31))))  # fmt: skip
    assert [result["code"] for result in late.push(enterprise(A), enterprise(grid_id("C")))] == ["sync_forbidden"] * 2


def test_a_grid_granted_again_is_simply_open(centre: Centre, late: Laptop) -> None:
    with centre.store.writing() as connection:
        officers.give_grid(connection, late.account, "A")
    assert late.statuses(enterprise(A)) == ["applied"]


def test_only_an_administrator_of_the_grid_sees_and_decides(centre: Centre, late: Laptop) -> None:
    late.push(*day_in(A))
    path = f"/office/quarantine/{late.account}/{A}/let-through"
    for name, role, grids in (
        ("丙", Role.COUNTY_ADMIN, ("B",)), ("丁", Role.GRID_INSTRUCTOR, ("A",)), ("系", Role.SYSTEM_ADMIN, ()),
    ):  # fmt: skip
        centre.account(name, role, grids)
        browser = Browser(centre).enter(name)
        assert "迟到的厂" not in browser.get("/office/quarantine").text
        assert browser.post(path).status_code == 404
    assert centre.count("enterprises") == 0


def test_deciding_asks_for_password_and_code_again(centre: Centre, late: Laptop, county: Browser) -> None:
    from server.tables import sessions

    late.push(*day_in(A))
    with centre.store.writing() as connection:
        connection.execute(update(sessions).values(proved_at=from_now(-timedelta(minutes=6))))
    answer_to = county.post(f"/office/quarantine/{late.account}/{A}/let-through")
    assert answer_to.headers["location"].startswith("/prove")
    assert centre.count("enterprises") == 0


def test_what_was_refused_is_listed_with_its_reason(centre: Centre, county: Browser) -> None:
    desk, stranger = centre.officer("甲", grids=("A",)), centre.officer("乙", grids=("B",))
    desk.push(enterprise(A, "好厂"), enterprise(A, "坏厂", staff_due="many"))
    desk.push(visit(A, "00000000-0000-0000-0000-000000000000"))
    stranger.push(enterprise(A, "外人写的厂"))
    page = county.get("/office/quarantine").text
    for words in ("坏厂", "sync_value_refused", "sync_parent_unknown", "外人写的厂", "sync_forbidden"):
        assert words in page
    assert "好厂" not in page
