"""What keeps two laptops and a centre the same in the long run: comparison, removals, grids that come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text, update

from desktop.models.desk.workspace_health import check, status
from desktop.models.device.unit_of_work import store_rows
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Enterprise
from desktop.models.vocabulary import Result
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from server.accounts import revoke
from server.tables import server_identity
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.flows.centre_process import CentreProcess, running_centre
from tests.flows.sameness import assert_nothing_lost_or_doubled, assert_same, local_rows, unsent

PACE = Pace(connect_s=2, stall_s=10, attempts=1)
G1 = grid_id("G1")


@pytest.fixture
def centre(database_url: str) -> Iterator[CentreProcess]:
    with running_centre(database_url) as running:
        yield running


@pytest.fixture
def officer(centre: CentreProcess) -> str:
    return centre.officer()


@pytest.fixture
def one(centre: CentreProcess, officer: str, workspace: Workspace) -> Workspace:
    """A laptop with a visit of 23 failed answers at the centre."""
    enrol(workspace, centre.url, centre.code(officer), pace=PACE)
    firm = add_enterprise(workspace)
    enrol_grid(workspace)
    answer_all(workspace, begin_visit(workspace, firm), Result.FAIL)
    enrol_grid(workspace)
    run_sync(workspace, pace=PACE)
    return workspace


@pytest.fixture
def two(centre: CentreProcess, officer: str, tmp_path: Path) -> Iterator[Workspace]:
    """Another laptop of the same officer."""
    with Workspace.create(tmp_path / "two") as workspace:
        enrol(workspace, centre.url, centre.code(officer), pace=PACE)
        run_sync(workspace, pace=PACE)
        yield workspace


def enrol_grid(workspace: Workspace) -> None:
    """Hand what lies in the local grid over."""
    from desktop.sync.enrolment import adopt_local_work

    adopt_local_work(workspace, "G1")


def change(workspace: Workspace, firm: str, **values: object) -> None:
    with workspace.write() as session:
        row = session.get_one(Enterprise, firm)
        for name, value in values.items():
            setattr(row, name, value)


def firm_of(workspace: Workspace) -> str:
    return next(iter(local_rows(workspace, "enterprises")))


def verified(workspace: Workspace) -> bool:
    with workspace.read() as session:
        return bool(session.execute(text("SELECT min(sequence = verified) FROM grid_cursors")).scalar_one())


def test_many_edits_of_one_row_reach_the_centre_as_one(one: Workspace, centre: CentreProcess) -> None:
    for number in range(5):
        change(one, firm_of(one), remark=f"第{number}次")
    receipt = run_sync(one, pace=PACE)

    assert receipt["counts"] == {"applied": 1}
    assert_nothing_lost_or_doubled(one, centre)
    assert_same(one, centre)


def test_a_restored_centre_that_lost_nothing_refuses_nothing(
    one: Workspace, centre: CentreProcess, database_url: str
) -> None:
    for number in range(2):  # two folds of one row, each answered by itself
        change(one, firm_of(one), remark=f"{number}")
        change(one, firm_of(one), remark=f"第{number}次")
        run_sync(one, pace=PACE)
    with centre.store.writing() as connection:
        connection.execute(update(server_identity).values(generation=new_id()))
    with running_centre(database_url) as restored:
        with one.write() as session:
            session.execute(text("UPDATE enrolment SET server_url = :url"), {"url": restored.url})
        one.refresh_enrolment()
        receipt = run_sync(one, pace=PACE)

        assert receipt["counts"].keys() == {"duplicate"}
        assert status(one)["rejected"] == 0
        assert_same(one, restored)


def test_after_a_sync_both_sides_are_known_to_be_the_same(one: Workspace, two: Workspace) -> None:
    assert verified(one)
    assert verified(two)
    change(one, firm_of(one), remark="新")
    assert verified(one)  # what waits to be sent does not make it differ
    run_sync(one, pace=PACE)
    assert verified(one)
    run_sync(two, pace=PACE)
    assert verified(two)


def test_a_row_that_got_lost_on_the_laptop_comes_back(one: Workspace, two: Workspace, centre: CentreProcess) -> None:
    with two.write() as session:
        session.execute(text("DELETE FROM finding_steps WHERE id = (SELECT min(id) FROM finding_steps)"))
        session.execute(text("UPDATE findings SET version = 7 WHERE measure = 'M09'"))
    change(one, firm_of(one), remark="动一下")
    run_sync(one, pace=PACE)
    receipt = run_sync(two, pace=PACE)

    assert receipt["repaired"] == 2
    assert_same(two, centre)
    assert verified(two)


def test_a_row_that_got_lost_at_the_centre_is_offered_again(one: Workspace, centre: CentreProcess) -> None:
    lost = next(iter(local_rows(one, "finding_steps")))
    with centre.store.writing() as connection:
        connection.execute(text("DELETE FROM finding_steps WHERE id = :id"), {"id": lost})
        connection.execute(text("DELETE FROM change_log WHERE row_id = :id"), {"id": lost})
        sums = connection.execute(text("SELECT sums FROM grid_clocks WHERE grid_id = :g"), {"g": G1}).scalar_one()
        assert '"finding_steps":[23,' in sums
        rows = connection.execute(text("SELECT id, version FROM finding_steps")).all()
        connection.execute(
            text("UPDATE grid_clocks SET sums = :s WHERE grid_id = :g"), {"s": _without(sums, rows), "g": G1}
        )
    change(one, firm_of(one), remark="新")
    receipt = run_sync(one, pace=PACE)

    assert receipt["repaired"] == 1
    assert centre.count("finding_steps") == 23
    assert_same(one, centre)
    assert check(one)["ok"]


def _without(sums: str, rows: object) -> str:
    import msgspec

    from desktop.sync.wire.digest import row_sum

    counted = msgspec.json.decode(sums)
    counted["finding_steps"] = list(row_sum((row[0], row[1]) for row in rows))  # type: ignore[attr-defined]
    return msgspec.json.encode(counted).decode()


def many_firms(workspace: Workspace, count: int) -> list[str]:
    rows = {new_id(): {"name": f"示例企业{number}"} for number in range(count)}
    with workspace.write() as session:
        store_rows(session, Enterprise, G1, rows)
    return list(rows)


def delete(workspace: Workspace, firms: list[str]) -> None:
    with workspace.write() as session:
        for firm in firms:
            session.get_one(Enterprise, firm).deleted_at = "2020-02-27T08:00:00.000Z"


def test_a_pull_that_removes_a_great_deal_asks_first_and_then_obeys(
    one: Workspace, two: Workspace, centre: CentreProcess
) -> None:
    firms = many_firms(one, 300)
    run_sync(one, pace=PACE)
    run_sync(two, pace=PACE)
    delete(one, firms[:60])
    run_sync(one, pace=PACE)

    with pytest.raises(UserProblem) as asked:
        run_sync(two, pace=PACE)
    assert (asked.value.code, asked.value.fields["removed"]) == ("sync_many_removed", 60)
    assert all(row["deleted_at"] is None for row in local_rows(two, "enterprises").values())

    run_sync(two, pace=PACE, accept_removals=True)
    assert_same(two, centre)


def test_a_few_removals_go_through_unasked(one: Workspace, two: Workspace, centre: CentreProcess) -> None:
    firms = many_firms(one, 100)
    run_sync(one, pace=PACE)
    run_sync(two, pace=PACE)
    delete(one, firms[:15])
    run_sync(one, pace=PACE)
    run_sync(two, pace=PACE)

    assert_same(two, centre)


def test_a_device_that_asks_about_removals_still_sends_its_own_work(
    one: Workspace, two: Workspace, centre: CentreProcess
) -> None:
    firms = many_firms(one, 300)
    run_sync(one, pace=PACE)
    run_sync(two, pace=PACE)
    delete(one, firms[:200])
    run_sync(one, pace=PACE)
    change(two, firm_of(two), remark="乙的")
    with pytest.raises(UserProblem):
        run_sync(two, pace=PACE)

    assert unsent(two) == 0
    assert centre.rows("enterprises")[firm_of(one)]["remark"] == "乙的"


def test_a_grid_taken_away_leaves_the_laptop_once_nothing_of_it_waits(
    one: Workspace, officer: str, centre: CentreProcess
) -> None:
    centre.grant(officer, grid_id("G2"))
    run_sync(one, pace=PACE)
    with centre.store.writing() as connection:
        revoke(connection, officer, G1)
    receipt = run_sync(one, pace=PACE)

    assert receipt["withdrawn"] == ["G1"]
    assert [len(local_rows(one, table)) for table in ("enterprises", "visits", "answers", "findings")] == [0, 0, 0, 0]
    assert check(one)["ok"]
    assert centre.count("answers") == 23


def test_unsettled_work_of_a_withdrawn_grid_stays_with_all_it_hangs_on(
    one: Workspace, officer: str, centre: CentreProcess
) -> None:
    answer = next(iter(local_rows(one, "answers")))
    with one.write() as session:
        from desktop.models.records.visits import Answer

        session.get_one(Answer, answer).note = "还没发出"
    with centre.store.writing() as connection:
        revoke(connection, officer, G1)
    receipt = run_sync(one, pace=PACE)

    assert receipt["counts"] == {"forbidden": 1}
    assert receipt["withdrawn"] == []
    assert status(one)["rejected"] == 1
    assert list(local_rows(one, "answers")) == [answer]
    assert (len(local_rows(one, "visits")), len(local_rows(one, "enterprises"))) == (1, 1)


def test_a_grid_given_back_is_filled_again(one: Workspace, officer: str, centre: CentreProcess) -> None:
    with centre.store.writing() as connection:
        revoke(connection, officer, G1)
    run_sync(one, pace=PACE)
    assert local_rows(one, "answers") == {}
    centre.grant(officer, G1)
    run_sync(one, pace=PACE)

    assert_same(one, centre)
