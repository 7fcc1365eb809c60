"""A laptop that never reaches a network: enrolled by a file, its work and its enrolment carried to the centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Result
from desktop.sync.bundle_receipt import read_bundle_receipt
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.ticket_enrolment import enrol_by_ticket
from server.device_tokens import revoke_device
from server.tables import devices, enrolment_codes
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.flows.centre_process import CentreProcess
from tests.flows.courier import Courier
from tests.flows.sameness import assert_nothing_lost_or_doubled, assert_same, unsent


@pytest.fixture
def courier(database_url: str, tmp_path: Path) -> Courier:
    return Courier(database_url, tmp_path / "centre")


@pytest.fixture
def centre(courier: Courier) -> Iterator[CentreProcess]:
    """A running centre, once embedded and once on PostgreSQL."""
    with courier.running() as running:
        yield running


@pytest.fixture
def officer(centre: CentreProcess) -> str:
    return centre.officer()


@pytest.fixture
def desk(workspace: Workspace, courier: Courier, officer: str) -> Workspace:
    """A laptop enrolled by a ticket, with a visit from before."""
    answer_all(workspace, begin_visit(workspace, add_enterprise(workspace)), Result.FAIL)
    made = enrol_by_ticket(workspace, ticket(courier, officer), adopt_into="G1")
    assert made == {"officer": officer, "device": workspace.device.id, "grids": ["G1"]}
    return workspace


def ticket(courier: Courier, officer: str) -> Path:
    file = courier.stick / "ticket.zqe"
    done = courier.command(
        "enrol-ticket", officer, "--out", str(file), "--days", "7", "--server", "https://centre.example"
    )
    assert done.returncode == 0, done.stderr
    return file


def pending(workspace: Workspace) -> bool:
    assert workspace.enrolment is not None
    return workspace.enrolment.pending_code is not None


def refusal_of(courier: Courier, bundle: Path) -> str:
    done = courier.command("import-bundle", str(bundle), "--receipt", str(courier.stick / "no.zqr"))
    assert done.returncode in (2, 3)
    assert not (courier.stick / "no.zqr").exists()
    return done.stdout


def test_the_first_bundle_enrols_the_laptop_and_brings_its_work(
    desk: Workspace, courier: Courier, centre: CentreProcess, officer: str
) -> None:
    with pytest.raises(UserProblem, match="sync_enrolled_by_file"):
        run_sync(desk)
    courier.carry(desk)
    assert not pending(desk)
    assert_nothing_lost_or_doubled(desk, centre)
    with centre.store.reading() as connection:
        row = connection.execute(select(devices)).one()
    assert (row.id, row.account_id, row.code) == (desk.device.id, officer, desk.device.code)
    add_enterprise(desk, "后来的厂", None)
    with desk.write() as session:
        session.execute(text("UPDATE outbox SET grid_id = (SELECT grid_id FROM grid_cursors)"))
        session.execute(text("UPDATE enterprises SET grid_id = (SELECT grid_id FROM grid_cursors)"))
        session.execute(text("UPDATE contacts SET grid_id = (SELECT grid_id FROM grid_cursors)"))
    courier.carry(desk)
    assert (unsent(desk), centre.count("enterprises"), centre.count("visits")) == (0, 2, 1)


def test_the_network_is_open_to_it_after_an_enrolment_there(
    desk: Workspace, courier: Courier, centre: CentreProcess, officer: str
) -> None:
    courier.carry(desk)
    enrol(desk, centre.url, centre.code(officer))
    run_sync(desk)
    assert_same(desk, centre)


def test_a_lost_receipt_costs_only_another_bundle(desk: Workspace, courier: Courier, centre: CentreProcess) -> None:
    first = courier.fetch(desk)
    courier.hand_over(first)
    second = courier.fetch(desk)  # it brings the code again: used up, but the key is known by now
    said, receipt = courier.hand_over(second)
    read_bundle_receipt(desk, receipt)
    assert (said["outcome"], pending(desk), unsent(desk)) == ("applied", False, 0)
    assert centre.count("devices") == 1


def test_a_ticket_enrols_one_laptop(desk: Workspace, courier: Courier, centre: CentreProcess, tmp_path: Path) -> None:
    courier.carry(desk)
    with Workspace.create(tmp_path / "other") as other:
        add_enterprise(other, "另一台电脑的厂", None)
        enrol_by_ticket(other, courier.stick / "ticket.zqe", adopt_into="G1")
        assert "sync_code_refused" in refusal_of(courier, courier.fetch(other))
        assert (centre.count("devices"), centre.count("enterprises")) == (1, 1)
        enrol_by_ticket(other, ticket(courier, desk.enrolment.officer_id if desk.enrolment else ""))
        courier.carry(other)
        assert (centre.count("devices"), unsent(other)) == (2, 0)


def test_a_code_that_ended_is_refused_and_a_new_ticket_helps(
    desk: Workspace, courier: Courier, centre: CentreProcess, officer: str
) -> None:
    with centre.store.writing() as connection:
        connection.execute(update(enrolment_codes).values(expires_at="2020-01-01T00:00:00.000Z"))
    assert "sync_code_refused" in refusal_of(courier, courier.fetch(desk))
    assert (centre.count("devices"), centre.count("visits")) == (0, 0)
    enrol_by_ticket(desk, ticket(courier, officer))
    courier.carry(desk)
    assert_nothing_lost_or_doubled(desk, centre)


def test_a_receipt_of_an_earlier_enrolment_says_nothing_about_the_present_one(
    desk: Workspace, courier: Courier, centre: CentreProcess, officer: str
) -> None:
    _, receipt = courier.hand_over(courier.fetch(desk))
    enrol_by_ticket(desk, ticket(courier, officer))
    read_bundle_receipt(desk, receipt)
    assert (pending(desk), unsent(desk)) == (True, 0)
    add_enterprise(desk, "后来的厂", None)
    courier.carry(desk)
    assert not pending(desk)


def test_a_revoked_laptop_comes_back_with_a_new_ticket(
    desk: Workspace, courier: Courier, centre: CentreProcess, officer: str
) -> None:
    courier.carry(desk)
    with centre.store.writing() as connection:
        revoke_device(connection, desk.device.id)
    assert courier.hand_over(courier.fetch(desk))[0]["outcome"] == "quarantined"
    enrol_by_ticket(desk, ticket(courier, officer))
    assert courier.hand_over(courier.fetch(desk))[0]["outcome"] == "applied"


def test_a_ticket_of_somebody_else_changes_nothing(desk: Workspace, courier: Courier, centre: CentreProcess) -> None:
    before = (desk.enrolment.officer_id, desk.device.signing_key) if desk.enrolment else None
    with pytest.raises(UserProblem, match="sync_enrolled_already"):
        enrol_by_ticket(desk, ticket(courier, centre.officer("沈知白")))
    desk.refresh_enrolment()
    assert desk.enrolment is not None
    assert (desk.enrolment.officer_id, desk.device.signing_key) == before
