"""A day's work carried to the centre on a stick, with and without a network beside it: all of it, and once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.models.desk.workspace_health import check, status
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.models.records.enterprises import Enterprise
from desktop.models.vocabulary import Result
from desktop.sync.bundle_receipt import read_bundle_receipt
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from server.accounts import revoke
from server.device_tokens import revoke_device
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.flows.centre_process import CentreProcess
from tests.flows.courier import Courier, add_photo
from tests.flows.middleman import Trouble, middleman
from tests.flows.sameness import assert_nothing_lost_or_doubled, assert_same, local_rows, unsent

PACE = Pace(connect_s=2, stall_s=10, attempts=1)


@pytest.fixture
def courier(database_url: str, tmp_path: Path) -> Courier:
    return Courier(database_url, tmp_path / "centre")


@pytest.fixture
def centre(courier: Courier) -> Iterator[CentreProcess]:
    """A running centre, once embedded and once on PostgreSQL."""
    with courier.running() as running:
        yield running


@pytest.fixture
def desk(workspace: Workspace, centre: CentreProcess) -> Workspace:
    """A laptop enrolled and synced once, with an enterprise; then a visit of 23 failed answers and a photo."""
    firm = add_enterprise(workspace)
    enrol(workspace, centre.url, centre.code(centre.officer()), adopt_into="G1", pace=PACE)
    run_sync(workspace, pace=PACE)
    answer_all(workspace, begin_visit(workspace, firm), Result.FAIL)
    add_photo(workspace, firm)
    return workspace


def firm_of(workspace: Workspace) -> str:
    return next(iter(local_rows(workspace, "enterprises")))


def change(workspace: Workspace, **fields: str) -> None:
    with workspace.write() as session:
        row = session.get_one(Enterprise, firm_of(workspace))
        for name, value in fields.items():
            setattr(row, name, value)


def turn_to(workspace: Workspace, url: str) -> None:
    with workspace.write() as session:
        session.execute(text("UPDATE enrolment SET server_url = :url"), {"url": url})
    workspace.refresh_enrolment()


def assert_all_arrived(desk: Workspace, centre: CentreProcess, photos: int = 1) -> None:
    assert_nothing_lost_or_doubled(desk, centre)
    assert_same(desk, centre)
    assert (centre.count("visits"), centre.count("answers"), centre.count("findings")) == (1, 23, 23)
    assert centre.count("attachment_files") == photos
    assert status(desk)["attachments_waiting"] == 0
    assert check(desk)["ok"]


def test_a_bundle_alone_brings_everything(desk: Workspace, courier: Courier, centre: CentreProcess) -> None:
    queued = unsent(desk)
    bundle = courier.fetch(desk)
    assert bundle.name == f"zhuqi-{desk.device.id[-8:]}-0001.zqb"
    assert unsent(desk) == queued  # a bundle is a copy
    said, receipt_file = courier.hand_over(bundle)
    assert (said["outcome"], said["counts"]) == ("applied", {"applied": queued})
    assert said["attachments"] == {"kept": 1, "refused": 0}
    assert unsent(desk) == queued  # until the receipt is read
    receipt = read_bundle_receipt(desk, receipt_file)
    assert (receipt["counts"], receipt["attachments"]) == ({"applied": queued}, {"sent": 1, "waiting": 0})
    assert_all_arrived(desk, centre)
    assert run_sync(desk, pace=PACE)["pulled"] == 0  # its own work does not come back to it


def test_after_the_network_a_bundle_changes_nothing(desk: Workspace, courier: Courier, centre: CentreProcess) -> None:
    bundle = courier.fetch(desk)
    run_sync(desk, pace=PACE)
    said, receipt = courier.hand_over(bundle)
    assert said["outcome"] == "applied"
    read_bundle_receipt(desk, receipt)
    assert_all_arrived(desk, centre)


def test_after_a_bundle_the_network_changes_nothing(desk: Workspace, courier: Courier, centre: CentreProcess) -> None:
    _, receipt = courier.hand_over(courier.fetch(desk))
    answer = run_sync(desk, pace=PACE)  # before the receipt is read: all of it is offered again
    assert answer["counts"].keys() <= {"applied", "duplicate"}  # the same batch gets the same receipt
    assert_all_arrived(desk, centre)
    read_bundle_receipt(desk, receipt)
    assert_all_arrived(desk, centre)


def test_bundle_and_receipt_twice_are_the_same_as_once(
    desk: Workspace, courier: Courier, centre: CentreProcess
) -> None:
    bundle = courier.fetch(desk)
    first, receipt = courier.hand_over(bundle)
    second, again = courier.hand_over(bundle)
    assert receipt.read_bytes() == again.read_bytes()
    assert {**first, "receipt": ""} == {**second, "receipt": ""}
    assert read_bundle_receipt(desk, receipt) == read_bundle_receipt(desk, again)
    assert_all_arrived(desk, centre)


def test_bundles_that_arrive_out_of_order_are_applied_once(
    desk: Workspace, courier: Courier, centre: CentreProcess
) -> None:
    older = courier.fetch(desk)
    change(desk, remark="后来补的")
    newer = courier.fetch(desk)
    _, of_newer = courier.hand_over(newer)
    _, of_older = courier.hand_over(older)
    read_bundle_receipt(desk, of_newer)
    assert unsent(desk) == 0
    read_bundle_receipt(desk, of_older)  # written later, so no older than the other
    with pytest.raises(UserProblem, match="bundle_receipt_old"):
        read_bundle_receipt(desk, of_newer)
    assert_all_arrived(desk, centre)
    assert centre.rows("enterprises")[firm_of(desk)]["remark"] == "后来补的"


def test_a_late_bundle_never_brings_an_older_value_back(
    desk: Workspace, courier: Courier, centre: CentreProcess
) -> None:
    change(desk, remark="一", address="旧址")
    first = courier.fetch(desk)
    change(desk, remark="二")
    second = courier.fetch(desk)
    change(desk, remark="三")
    run_sync(desk, pace=PACE)
    for late in (second, first, second):
        _, receipt = courier.hand_over(late)
        with suppress(UserProblem):  # one of them is older by now
            read_bundle_receipt(desk, receipt)
    row = centre.rows("enterprises")[firm_of(desk)]
    assert (row["remark"], row["address"]) == ("三", "旧址")
    assert (status(desk)["rejected"], status(desk)["conflicts"]) == (0, 0)
    run_sync(desk, pace=PACE)
    assert_same(desk, centre)


def test_an_answer_lost_on_the_network_is_given_by_the_receipt_and_the_rest_goes_on(
    desk: Workspace, courier: Courier, centre: CentreProcess
) -> None:
    change(desk, remark="一")
    bundle = courier.fetch(desk)
    change(desk, remark="二")
    with middleman(centre.url) as between:
        between.troubles = [Trouble.LOSE_ANSWER]
        turn_to(desk, between.url)
        with pytest.raises(EnvironmentProblem):
            run_sync(desk, pace=Pace(connect_s=2, stall_s=1, attempts=1))
        turn_to(desk, centre.url)
    _, receipt = courier.hand_over(bundle)
    read_bundle_receipt(desk, receipt)
    change(desk, remark="三")
    run_sync(desk, pace=PACE)
    assert centre.rows("enterprises")[firm_of(desk)]["remark"] == "三"
    assert (status(desk)["rejected"], status(desk)["conflicts"], unsent(desk)) == (0, 0, 0)
    assert_same(desk, centre)


def test_an_edit_made_while_the_bundle_is_away_stays_queued(
    desk: Workspace, courier: Courier, centre: CentreProcess
) -> None:
    _, receipt = courier.hand_over(courier.fetch(desk))
    change(desk, remark="路上改的")
    read_bundle_receipt(desk, receipt)
    assert unsent(desk) == 1
    courier.carry(desk)
    assert_all_arrived(desk, centre)
    assert centre.rows("enterprises")[firm_of(desk)]["remark"] == "路上改的"


def test_network_and_stick_take_turns(desk: Workspace, courier: Courier, centre: CentreProcess) -> None:
    with middleman(centre.url) as between:
        turn_to(desk, between.url)
        between.troubles = [Trouble.DRIP]
        sync = threading.Thread(target=run_sync, args=(desk,), kwargs={"pace": PACE})
        sync.start()
        while between.pushes == 0:
            sync.join(0.01)
        with pytest.raises(UserProblem, match="sync_running"):
            courier.fetch(desk)
        with pytest.raises(UserProblem, match="sync_running"):
            read_bundle_receipt(desk, courier.stick / "any.zqr")
        sync.join()
    courier.fetch(desk)


def test_a_bundle_follows_the_scope_of_its_officer(desk: Workspace, courier: Courier, centre: CentreProcess) -> None:
    assert desk.enrolment is not None
    officer = desk.enrolment.officer_id
    bundle = courier.fetch(desk)
    with centre.store.writing() as connection:
        revoke(connection, officer, grid_id("G1"))
    said, _ = courier.hand_over(bundle)
    assert said["counts"].keys() == {"forbidden"}
    assert said["attachments"] == {"kept": 0, "refused": 1}
    assert (centre.count("visits"), centre.count("attachment_files")) == (0, 0)


def test_a_restored_centre_gets_everything_again_by_bundles(workspace: Workspace, courier: Courier) -> None:
    firm = add_enterprise(workspace)
    with courier.running() as centre:
        enrol(workspace, centre.url, centre.code(centre.officer()), adopt_into="G1", pace=PACE)
        courier.carry(workspace)
        backup = centre.snapshot()
        answer_all(workspace, begin_visit(workspace, firm), Result.FAIL)
        add_photo(workspace, firm)
        _, lost = courier.hand_over(courier.fetch(workspace))
        read_bundle_receipt(workspace, lost)
        change(workspace, remark="恢复之后带去的")
        centre.restore(backup)
        before = workspace.enrolment
        assert before is not None
        news = courier.carry(workspace)  # the receipt tells that the centre was restored
        assert news["generation"] != before.generation
        assert unsent(workspace) > 40
        with pytest.raises(UserProblem, match="bundle_receipt_old"):  # from before the restore
            read_bundle_receipt(workspace, lost)
        courier.carry(workspace)
        assert (centre.count("visits"), centre.count("answers"), unsent(workspace)) == (1, 23, 0)
        assert (centre.count("attachment_files"), status(workspace)["attachments_waiting"]) == (1, 0)
        run_sync(workspace, pace=PACE)
        assert_same(workspace, centre)
        assert status(workspace)["rejected"] == 0


def test_a_revoked_device_is_put_aside_and_nothing_of_it_is_applied(
    desk: Workspace, courier: Courier, centre: CentreProcess
) -> None:
    queued, bundle = unsent(desk), courier.fetch(desk)
    with centre.store.writing() as connection:
        revoke_device(connection, desk.device.id)
    said, receipt_file = courier.hand_over(bundle)
    assert (said["outcome"], said["code"], said["operations"]) == ("quarantined", "bundle_device_revoked", 0)
    assert (centre.count("visits"), centre.count("attachment_files")) == (0, 0)
    aside = list((courier.keys / "bundles" / "quarantine").iterdir())
    assert [file.read_bytes() for file in aside] == [bundle.read_bytes()]
    receipt = read_bundle_receipt(desk, receipt_file)
    assert receipt["bundle"] == {"sequence": 1, "outcome": "quarantined", "code": "bundle_device_revoked"}
    assert (unsent(desk), receipt["results"]) == (queued, [])
    with pytest.raises(EnvironmentProblem, match="sync_not_signed_in"):
        run_sync(desk, pace=PACE)


def test_an_administrator_may_take_in_what_was_put_aside(
    desk: Workspace, courier: Courier, centre: CentreProcess
) -> None:
    bundle = courier.fetch(desk)
    with centre.store.writing() as connection:
        revoke_device(connection, desk.device.id)
    courier.hand_over(bundle)
    aside = next((courier.keys / "bundles" / "quarantine").iterdir())
    said, receipt = courier.hand_over(aside, "--accept-revoked")
    assert said["outcome"] == "applied"
    assert not aside.exists()
    read_bundle_receipt(desk, receipt)
    assert_all_arrived(desk, centre)


def test_a_device_enrolled_anew_brings_its_work_itself(
    desk: Workspace, courier: Courier, centre: CentreProcess
) -> None:
    old = courier.fetch(desk)
    assert desk.enrolment is not None
    enrol(desk, centre.url, centre.code(desk.enrolment.officer_id), pace=PACE)
    refused = courier.command("import-bundle", str(old), "--receipt", str(courier.stick / "r.zqr"))
    assert (refused.returncode, "bundle_signature_refused" in refused.stdout) == (2, True)
    assert not (courier.stick / "r.zqr").exists()
    courier.carry(desk)
    assert_all_arrived(desk, centre)
