"""Two laptops and a centre: what one did the other gets, nobody's work is overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.models.desk.finding_moves import Evidence, move, set_route
from desktop.models.desk.finding_steps import timeline
from desktop.models.desk.visiting import AnswerEntry, record_answer
from desktop.models.desk.workspace_health import check, status
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, member_id, new_id
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.models.records.attachments import Attachment
from desktop.models.records.enterprises import Enterprise
from desktop.models.vocabulary import FindingState, Result, Role, Route
from desktop.sync.enrolment import adopt_local_work, enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from server.accounts import revoke
from server.device_tokens import revoke_device
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.flows.centre_process import CentreProcess, running_centre
from tests.flows.sameness import assert_nothing_lost_or_doubled, assert_same, local_rows, unsent
from tests.photos import photo

_RECEIVED_WITH = text("SELECT count(*) FROM change_log WHERE body LIKE :v AND device_id <> ''")
DAY = date(2020, 2, 27)
PACE = Pace(connect_s=2, stall_s=10, attempts=1)


@pytest.fixture
def centre(database_url: str) -> Iterator[CentreProcess]:
    """A running centre, once embedded and once on PostgreSQL."""
    with running_centre(database_url) as running:
        yield running


@pytest.fixture
def officer(centre: CentreProcess) -> str:
    """An officer of grid G1."""
    return centre.officer()


@pytest.fixture
def one(workspace: Workspace, centre: CentreProcess, officer: str) -> Workspace:
    """A laptop with an enterprise, enrolled and synced."""
    add_enterprise(workspace)
    enrol(workspace, centre.url, centre.code(officer), adopt_into="G1", pace=PACE)
    run_sync(workspace, pace=PACE)
    return workspace


@pytest.fixture
def two(one: Workspace, centre: CentreProcess, officer: str, tmp_path: Path) -> Iterator[Workspace]:
    """A second laptop of the same officer, synced."""
    with Workspace.create(tmp_path / "two") as workspace:
        enrol(workspace, centre.url, centre.code(officer), pace=PACE)
        run_sync(workspace, pace=PACE)
        yield workspace


def firm_of(workspace: Workspace) -> str:
    return next(iter(local_rows(workspace, "enterprises")))


def change(workspace: Workspace, row_id: str, **fields: str) -> None:
    with workspace.write() as session:
        row = session.get_one(Enterprise, row_id)
        for name, value in fields.items():
            setattr(row, name, value)


def settle(*workspaces: Workspace) -> None:
    for _ in range(2):
        for workspace in workspaces:
            run_sync(workspace, pace=PACE)


def test_a_day_reaches_the_other_laptop_whole(one: Workspace, two: Workspace, centre: CentreProcess) -> None:
    answer_all(one, begin_visit(one, firm_of(one)), Result.FAIL)
    sent = run_sync(one, pace=PACE)
    assert sent["pulled"] == 0  # its own work does not come back to it
    received = run_sync(two, pace=PACE)
    assert (received["pushed"], received["pulled"]) == (0, 1 + 3 * 23)  # each finding has a line
    assert_same(one, centre)
    assert_same(two, centre)
    assert check(two)["ok"]


def test_a_finding_that_went_three_steps_offline_arrives_as_one_edit_with_its_whole_timeline(
    one: Workspace, two: Workspace, centre: CentreProcess
) -> None:
    found = record_answer(one, begin_visit(one, firm_of(one)), "M14", AnswerEntry(Result.FAIL)).finding
    assert found is not None
    run_sync(one, pace=PACE)
    set_route(one, found.id, Route.ON_SITE, DAY)
    move(one, found.id, FindingState.TRIAGED, DAY, Evidence(terms={"severity": "low"}))
    move(one, found.id, FindingState.ASSIGNED, DAY)
    move(one, found.id, FindingState.RECTIFYING, DAY, Evidence(photo=photo(1, 900)))
    receipt = run_sync(one, pace=PACE)
    assert receipt["counts"].keys() == {"applied"}
    run_sync(two, pace=PACE)
    assert_same(two, centre)
    with two.read() as session:
        assert [step.to_state for step in timeline(session, found.id)] == [
            "logged", "triaged", "assigned", "rectifying",
        ]  # fmt: skip


def test_a_second_sync_has_nothing_to_do(one: Workspace) -> None:
    receipt = run_sync(one, pace=PACE)
    assert (receipt["pushed"], receipt["pulled"], receipt["results"]) == (0, 0, [])


def test_edits_of_different_fields_are_both_kept(one: Workspace, two: Workspace, centre: CentreProcess) -> None:
    change(one, firm_of(one), address="新址一号")
    change(two, firm_of(one), remark="备注")
    settle(one, two)
    assert_same(one, centre)
    assert_same(two, centre)
    row = centre.rows("enterprises")[firm_of(one)]
    assert (row["address"], row["remark"]) == ("新址一号", "备注")


def test_edits_of_one_field_are_a_conflict_in_which_nothing_vanishes(
    one: Workspace, two: Workspace, centre: CentreProcess
) -> None:
    change(one, firm_of(one), address="甲写的", remark="x")
    change(two, firm_of(one), address="乙写的")
    run_sync(one, pace=PACE)
    receipt = run_sync(two, pace=PACE)
    assert receipt["counts"] == {"conflict": 1}
    assert status(two)["conflicts"] == 1
    settle(one, two)
    assert_same(one, centre)
    assert_same(two, centre)
    assert centre.rows("enterprises")[firm_of(one)]["address"] == "甲写的"
    assert_nothing_lost_or_doubled_of(two, centre, "乙写的")


def assert_nothing_lost_or_doubled_of(workspace: Workspace, centre: CentreProcess, value: str) -> None:
    with workspace.read() as session:
        mine = session.execute(text("SELECT count(*) FROM outbox WHERE fields LIKE :v"), {"v": f"%{value}%"})
        assert mine.scalar_one() == 1
    with centre.store.reading() as connection:
        theirs = connection.execute(_RECEIVED_WITH, {"v": f"%{value}%"})
        assert theirs.scalar_one() == 1


def test_a_pull_leaves_a_field_alone_that_waits_to_be_sent(one: Workspace, two: Workspace) -> None:
    change(one, firm_of(one), address="甲写的", remark="甲的备注")
    run_sync(one, pace=PACE)
    change(two, firm_of(one), address="乙写的")
    from desktop.models.progress import Progress
    from desktop.sync.pull import pull
    from desktop.sync.transport import HttpEndpoint

    assert two.enrolment is not None
    with HttpEndpoint(two.enrolment.server_url, two.enrolment.token) as endpoint:
        pull(two, endpoint, [grid_id("G1")], 100, Progress())
    row = local_rows(two, "enterprises")[firm_of(one)]
    assert (row["address"], row["remark"]) == ("乙写的", "甲的备注")


def test_deleting_and_restoring_reaches_the_other_side(one: Workspace, two: Workspace, centre: CentreProcess) -> None:
    visit = begin_visit(one, firm_of(one))
    record_answer(one, visit, "M01", AnswerEntry(Result.PASS))
    with one.write() as session:
        from desktop.models.records.visits import Answer

        answer = session.query(Answer).one()
        answer.deleted_at = "2020-02-27T09:00:00.000Z"
    settle(one, two)
    assert_same(one, centre)
    assert_same(two, centre)
    record_answer(two, visit, "M01", AnswerEntry(Result.PASS))
    settle(two, one)
    assert_same(one, centre)
    assert_same(two, centre)
    assert [row["deleted_at"] for row in centre.rows("answers").values()] == [None]


def test_colleagues_and_their_roles_arrive_with_the_grid(one: Workspace, centre: CentreProcess, officer: str) -> None:
    colleague = centre.officer("沈知白", Role.SERVICE_OFFICER)
    run_sync(one, pace=PACE)
    names = {row_id: row["name"] for row_id, row in local_rows(one, "members").items()}
    assert names[member_id(officer, grid_id("G1"))] == "周砚秋"
    assert names[member_id(colleague, grid_id("G1"))] == "沈知白"
    assert {row["role"] for row in local_rows(one, "member_roles").values()} == {"grid_instructor", "service_officer"}


def test_work_done_before_enrolment_waits_until_it_is_adopted(
    workspace: Workspace, centre: CentreProcess, officer: str
) -> None:
    answer_all(workspace, begin_visit(workspace, add_enterprise(workspace)))
    queued = unsent(workspace)
    made = enrol(workspace, centre.url, centre.code(officer), pace=PACE)
    assert made == {"officer": officer, "device": workspace.device.id, "grids": ["G1"]}
    assert run_sync(workspace, pace=PACE)["pushed"] == 0
    with pytest.raises(UserProblem, match="sync_grid_not_granted"):
        adopt_local_work(workspace, "G2")
    assert adopt_local_work(workspace, "g1") == queued
    assert run_sync(workspace, pace=PACE)["counts"] == {"applied": queued}
    assert_same(workspace, centre)
    assert_nothing_lost_or_doubled(workspace, centre)
    assert check(workspace)["ok"]


def test_a_wrong_code_changes_nothing(workspace: Workspace, centre: CentreProcess, officer: str) -> None:
    with pytest.raises(EnvironmentProblem, match="sync_code_refused"):
        enrol(workspace, centre.url, "ABCD-EFGH", pace=PACE)
    with pytest.raises(UserProblem, match="sync_code_missing"):
        enrol(workspace, centre.url, " ", pace=PACE)
    assert workspace.enrolment is None
    with pytest.raises(UserProblem, match="sync_not_enrolled"):
        run_sync(workspace, pace=PACE)


def test_somebody_else_cannot_take_an_enrolled_laptop_over(one: Workspace, centre: CentreProcess) -> None:
    other = centre.officer("沈知白")
    with pytest.raises(EnvironmentProblem, match="sync_device_of_other_officer"):
        enrol(one, centre.url, centre.code(other), pace=PACE)
    assert run_sync(one, pace=PACE)["pushed"] == 0


def test_a_revoked_device_stops_with_one_message_and_keeps_its_work(one: Workspace, centre: CentreProcess) -> None:
    change(one, firm_of(one), remark="还在本机")
    with centre.store.writing() as connection:
        revoke_device(connection, one.device.id)
    with pytest.raises(EnvironmentProblem, match="sync_not_signed_in"):
        run_sync(one, pace=Pace(attempts=3))
    assert unsent(one) == 1


def test_a_grid_granted_later_brings_its_old_rows_and_one_taken_away_says_so(
    one: Workspace, centre: CentreProcess, officer: str, tmp_path: Path
) -> None:
    neighbour = centre.officer("沈知白", grids=("G2",))
    with Workspace.create(tmp_path / "neighbour") as there:
        add_enterprise(there, "邻网格的厂", None)
        enrol(there, centre.url, centre.code(neighbour), adopt_into="G2", pace=PACE)
        run_sync(there, pace=PACE)
    assert "邻网格的厂" not in {row["name"] for row in local_rows(one, "enterprises").values()}
    centre.grant(officer, grid_id("G2"))
    run_sync(one, pace=PACE)
    assert "邻网格的厂" in {row["name"] for row in local_rows(one, "enterprises").values()}
    change(one, firm_of(one), remark="授权被收回时还没发出")
    with centre.store.writing() as connection:
        revoke(connection, officer, grid_id("G1"))
    receipt = run_sync(one, pace=PACE)
    assert receipt["counts"] == {"forbidden": 1}
    assert status(one)["rejected"] == 1


def test_a_centre_restored_from_an_older_backup_gets_everything_again(workspace: Workspace, database_url: str) -> None:
    firm = add_enterprise(workspace)
    with running_centre(database_url) as before:
        enrol(workspace, before.url, before.code(before.officer()), adopt_into="G1", pace=PACE)
        run_sync(workspace, pace=PACE)
        backup = before.snapshot()
        answer_all(workspace, begin_visit(workspace, firm), Result.FAIL)
        run_sync(workspace, pace=PACE)
        before.restore(backup)
    with running_centre(database_url) as after:
        with workspace.write() as session:
            session.execute(text("UPDATE enrolment SET server_url = :url"), {"url": after.url})
        workspace.refresh_enrolment()
        assert after.count("visits") == 0
        receipt = run_sync(workspace, pace=PACE)
        assert receipt["generation"] == after.store.generation
        assert (after.count("visits"), after.count("answers"), after.count("findings")) == (1, 23, 23)
        assert_same(workspace, after)


def test_photos_follow_their_records_and_count_once(one: Workspace, centre: CentreProcess) -> None:
    content = b"\xff\xd8\xff a photo \xff\xd9"
    sha256 = one.attachments.put(content)
    with one.write() as session:
        session.add(
            Attachment(
                grid_id=grid_id("G1"), owner_table="enterprises", owner_id=firm_of(one), purpose="photo",
                sha256=sha256, size=len(content), media_type="image/jpeg",
            )
        )  # fmt: skip
    assert status(one)["attachments_waiting"] == 1
    assert run_sync(one, pace=PACE)["attachments"] == {"sent": 1, "bytes": len(content), "waiting": 0}
    assert run_sync(one, pace=PACE)["attachments"] == {"sent": 0, "bytes": 0, "waiting": 0}
    assert (status(one)["attachments_waiting"], centre.count("attachment_files")) == (0, 1)


def test_a_roster_of_many_thousand_rows_leaves_in_several_batches(one: Workspace, centre: CentreProcess) -> None:
    from desktop.models.device.unit_of_work import store_rows

    many = {new_id(): {"name": f"示例企业{number}", "remark": "备" * 60} for number in range(5000)}
    with one.write() as session:
        store_rows(session, Enterprise, grid_id("G1"), many)
    receipt = run_sync(one, pace=PACE)
    assert (receipt["counts"], receipt["pulled"]) == ({"applied": 5000}, 0)
    assert centre.count("batches") > 3
    assert_same(one, centre)
