"""Two laptops, one field set twice: both see it, one decides, both end the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.models.desk.conflict_desk import open_conflicts, settle_conflict
from desktop.models.desk.refusals import put_aside, send_again
from desktop.models.desk.waiting_work import waiting_work
from desktop.models.desk.workspace_health import check, status
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Enterprise
from desktop.models.records.visits import Answer
from desktop.models.vocabulary import Resolution, Result, Role
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from server.accounts import revoke
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.flows.centre_process import CentreProcess, running_centre
from tests.flows.sameness import assert_same, local_rows

PACE = Pace(connect_s=2, stall_s=10, attempts=1)


@pytest.fixture
def centre(database_url: str) -> Iterator[CentreProcess]:
    with running_centre(database_url) as running:
        yield running


@pytest.fixture
def one(centre: CentreProcess, workspace: Workspace) -> Workspace:
    """Officer 甲 with a visit at the centre."""
    answer_all(workspace, begin_visit(workspace, add_enterprise(workspace)), Result.FAIL)
    enrol(workspace, centre.url, centre.code(centre.officer("甲")), adopt_into="G1", pace=PACE)
    run_sync(workspace, pace=PACE)
    return workspace


@pytest.fixture
def two(centre: CentreProcess, one: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """Officer 乙 of the same grid."""
    with Workspace.create(tmp_path / "two") as workspace:
        enrol(workspace, centre.url, centre.code(centre.officer("乙")), pace=PACE)
        run_sync(workspace, pace=PACE)
        yield workspace


def change(workspace: Workspace, **values: object) -> None:
    with workspace.write() as session:
        row = session.get_one(Enterprise, firm_of(workspace))
        for name, value in values.items():
            setattr(row, name, value)


def firm_of(workspace: Workspace) -> str:
    return next(iter(local_rows(workspace, "enterprises")))


def sync(*workspaces: Workspace) -> None:
    for workspace in workspaces:
        run_sync(workspace, pace=PACE)


@pytest.fixture
def contested(one: Workspace, two: Workspace) -> None:
    change(one, address="甲写的")
    change(two, address="乙写的")
    sync(one, two, one)


@pytest.mark.usefixtures("contested")
def test_both_sides_see_the_same_conflict_with_names_and_values(one: Workspace, two: Workspace) -> None:
    assert [replace(row, own=True) for row in open_conflicts(one)] == open_conflicts(two)
    assert [row.own for row in open_conflicts(one)] == [False]
    (row,) = open_conflicts(two)
    assert (row.base, row.theirs, row.mine) == (None, "甲写的", "乙写的")
    assert (row.theirs_by, row.mine_by) == ("甲", "乙")
    assert row.enterprise == "浙江陆盛精密机械有限公司"
    assert status(one)["conflicts"] == status(two)["conflicts"] == 1
    assert waiting_work(two).refused == ()


@pytest.mark.usefixtures("contested")
@pytest.mark.parametrize(
    ("how", "value", "ends_as"),
    [
        (Resolution.THEIRS, None, "甲写的"),
        (Resolution.MINE, None, "乙写的"),
        (Resolution.OTHER, "合起来写的", "合起来写的"),
    ],
)
def test_a_decision_reaches_everybody(
    one: Workspace, two: Workspace, centre: CentreProcess, how: Resolution, value: str | None, ends_as: str
) -> None:
    settle_conflict(two, open_conflicts(two)[0].id, how, value)
    sync(two, one)

    for workspace in (one, two):
        assert open_conflicts(workspace) == []
        assert local_rows(workspace, "enterprises")[firm_of(one)]["address"] == ends_as
        assert_same(workspace, centre)
        assert check(workspace)["ok"]


@pytest.mark.usefixtures("contested")
def test_two_decisions_at_once_end_the_same_on_both_sides(
    one: Workspace, two: Workspace, centre: CentreProcess
) -> None:
    settle_conflict(one, open_conflicts(one)[0].id, Resolution.THEIRS)
    settle_conflict(two, open_conflicts(two)[0].id, Resolution.OTHER, "第三种")
    sync(one, two, one, two)

    assert open_conflicts(one) == open_conflicts(two) == []
    assert_same(one, centre)
    assert_same(two, centre)


@pytest.mark.usefixtures("contested")
def test_a_conflict_is_settled_once(one: Workspace) -> None:
    conflict = open_conflicts(one)[0].id
    settle_conflict(one, conflict, Resolution.THEIRS)
    with pytest.raises(UserProblem, match="conflict_settled_already"):
        settle_conflict(one, conflict, Resolution.MINE)


def test_deleting_against_editing_can_be_decided_for_either(
    one: Workspace, two: Workspace, centre: CentreProcess
) -> None:
    change(one, remark="甲还在写")
    change(two, deleted_at="2020-02-27T08:00:00.000Z")
    sync(one, two, one)
    (row,) = open_conflicts(one)
    assert row.about_deletion
    assert local_rows(two, "enterprises")[firm_of(one)]["deleted_at"] is None

    settle_conflict(two, row.id, Resolution.MINE)
    sync(two, one)
    assert local_rows(one, "enterprises")[firm_of(one)]["deleted_at"] is not None
    assert_same(one, centre)


def test_a_refusal_is_settled_by_a_later_edit_of_the_same_field(one: Workspace, centre: CentreProcess) -> None:
    with centre.store.writing() as connection:
        connection.exec_driver_sql("UPDATE accounts SET role = 'county_admin' WHERE name = '甲'")
    change(one, remark="没有权限时写的")
    sync(one)
    assert (status(one)["rejected"], len(waiting_work(one).refused)) == (1, 1)
    with centre.store.writing() as connection:
        connection.exec_driver_sql("UPDATE accounts SET role = 'grid_instructor' WHERE name = '甲'")
    change(one, remark="又写了一次")
    sync(one)

    assert (status(one)["rejected"], waiting_work(one).refused) == (0, ())
    assert_same(one, centre)


def test_what_was_refused_can_be_sent_again_once_the_reason_is_gone(one: Workspace, centre: CentreProcess) -> None:
    with centre.store.writing() as connection:
        connection.exec_driver_sql("UPDATE accounts SET role = 'county_admin' WHERE name = '甲'")
    change(one, remark="没有权限时写的")
    sync(one)
    with centre.store.writing() as connection:
        connection.exec_driver_sql("UPDATE accounts SET role = 'grid_instructor' WHERE name = '甲'")
    assert send_again(one, [refused.op_id for refused in waiting_work(one).refused]) == 1
    sync(one)

    assert status(one)["rejected"] == 0
    assert centre.rows("enterprises")[firm_of(one)]["remark"] == "没有权限时写的"
    assert_same(one, centre)


def test_a_new_row_that_was_refused_is_sent_again_whole(one: Workspace, centre: CentreProcess) -> None:
    officer = one.author
    assert officer is not None
    with centre.store.writing() as connection:
        revoke(connection, officer, grid_id("G1"))
    with one.write() as session:
        visit = next(iter(local_rows(one, "visits")))
        old = session.get_one(Answer, next(iter(local_rows(one, "answers"))))
        session.add(
            Answer(
                grid_id=old.grid_id, visit_id=visit, measure="M99", result="pass", points={}, measured={},
                answered_at=old.answered_at,
            )
        )  # fmt: skip
    sync(one)
    centre.grant(officer, grid_id("G1"))
    sync(one)
    send_again(one, [refused.op_id for refused in waiting_work(one).refused])
    sync(one)

    assert centre.count("answers") == 24
    assert_same(one, centre)


def test_a_refusal_that_was_put_aside_is_no_longer_listed(one: Workspace, centre: CentreProcess) -> None:
    with centre.store.writing() as connection:
        connection.exec_driver_sql("UPDATE accounts SET role = 'county_admin' WHERE name = '甲'")
    change(one, remark="没有权限时写的")
    sync(one)
    put_aside(one, [refused.op_id for refused in waiting_work(one).refused])

    assert waiting_work(one).refused == ()
    assert local_rows(one, "enterprises")[firm_of(one)]["remark"] == "没有权限时写的"


def test_the_role_that_may_not_decide_about_records_can_still_close_a_conflict(
    one: Workspace, two: Workspace, centre: CentreProcess, tmp_path: Path
) -> None:
    change(one, address="甲写的")
    change(two, address="乙写的")
    sync(one, two)
    with Workspace.create(tmp_path / "county") as county:
        enrol(county, centre.url, centre.code(centre.officer("县", Role.COUNTY_ADMIN)), pace=PACE)
        sync(county)
        settle_conflict(county, open_conflicts(county)[0].id, Resolution.THEIRS)
        sync(county, one)
    assert open_conflicts(one) == []
