"""What can befall a day's work on its way: nothing of it is lost or doubled, and the officer hears what was."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from desktop.models.desk.visiting import AnswerEntry, record_answer
from desktop.models.device.local_tables import SyncRun
from desktop.models.device.workspace import Workspace
from desktop.models.problems import EnvironmentProblem, Problem
from desktop.models.progress import Cancelled, Progress
from desktop.models.vocabulary import Result
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.flows.centre_process import CentreProcess, running_centre
from tests.flows.middleman import Middleman, Trouble, middleman
from tests.flows.sameness import assert_nothing_lost_or_doubled, assert_same, unsent

ONCE = Pace(connect_s=2, stall_s=15, attempts=1)
PATIENT = Pace(connect_s=2, stall_s=15, attempts=3, pause_s=0.05)
IMPATIENT = Pace(connect_s=2, stall_s=1, attempts=1)
"""Only where the silence itself is what is tried: a busy machine can be silent for a second."""


@pytest.fixture
def centre(database_url: str) -> Iterator[CentreProcess]:
    """A running centre, once embedded and once on PostgreSQL."""
    with running_centre(database_url) as running:
        yield running


@pytest.fixture
def between(centre: CentreProcess) -> Iterator[Middleman]:
    """The man in the middle."""
    with middleman(centre.url) as man:
        yield man


@pytest.fixture
def desk(centre: CentreProcess, between: Middleman, tmp_path: Path) -> Iterator[Workspace]:
    """A laptop enrolled through the man in the middle, with a visit of 23 failed answers waiting to be sent."""
    with Workspace.create(tmp_path / "desk") as workspace:
        firm = add_enterprise(workspace)
        enrol(workspace, between.url, centre.code(centre.officer()), adopt_into="G1")
        run_sync(workspace, pace=ONCE)
        between.pushes = 0
        answer_all(workspace, begin_visit(workspace, firm), Result.FAIL)
        yield workspace


def outcomes(workspace: Workspace) -> list[str | None]:
    with workspace.read() as session:
        return list(session.scalars(select(SyncRun.outcome).order_by(SyncRun.id)))


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (Trouble.CUT_REQUEST, "sync_offline"),
        (Trouble.LOSE_ANSWER, "sync_offline"),
        (Trouble.CUT_ANSWER, "sync_offline"),
        (Trouble.STALL, "sync_offline"),
        (Trouble.PORTAL, "sync_not_our_server"),
        (Trouble.PORTAL_CLAIMS, "sync_not_our_server"),
        (Trouble.REDIRECT, "sync_not_our_server"),
        (Trouble.BUSY, "sync_server_refused"),
    ],
)
def test_a_spoilt_push_counts_as_not_sent_and_the_next_sync_makes_it_good(
    desk: Workspace, between: Middleman, centre: CentreProcess, trouble: Trouble, code: str
) -> None:
    queued = unsent(desk)
    between.troubles = [trouble]
    with pytest.raises(EnvironmentProblem) as refusal:
        run_sync(desk, pace=IMPATIENT if trouble is Trouble.STALL else ONCE)
    assert refusal.value.code == code
    assert refusal.value.exit_code == 3
    assert unsent(desk) == queued
    receipt = run_sync(desk, pace=ONCE)
    assert set(receipt["counts"]) <= {"applied", "duplicate"}
    assert_nothing_lost_or_doubled(desk, centre)
    assert_same(desk, centre)
    assert (centre.count("visits"), centre.count("answers"), centre.count("findings")) == (1, 23, 23)
    assert outcomes(desk) == ["ok", code, "ok"]


def test_a_patient_run_gets_through_by_itself(desk: Workspace, between: Middleman, centre: CentreProcess) -> None:
    between.troubles = [Trouble.LOSE_ANSWER, Trouble.CUT_ANSWER]
    receipt = run_sync(desk, pace=PATIENT)
    assert between.pushes >= 3
    assert receipt["counts"] == {"applied": receipt["pushed"]}  # the stored receipt of the first attempt
    assert_nothing_lost_or_doubled(desk, centre)
    assert_same(desk, centre)


def test_a_slow_line_is_no_broken_line(desk: Workspace, between: Middleman, centre: CentreProcess) -> None:
    between.troubles = [Trouble.DRIP]
    run_sync(desk, pace=IMPATIENT)
    assert_nothing_lost_or_doubled(desk, centre)


def test_a_request_that_arrives_twice_is_done_once(desk: Workspace, between: Middleman, centre: CentreProcess) -> None:
    between.troubles = [Trouble.TWICE]
    run_sync(desk, pace=ONCE)
    assert_nothing_lost_or_doubled(desk, centre)
    assert_same(desk, centre)


def test_the_receipt_of_another_batch_acknowledges_nothing(
    desk: Workspace, between: Middleman, centre: CentreProcess
) -> None:
    run_sync(desk, pace=ONCE)
    with desk.read() as session:
        visit = session.execute(text("SELECT id FROM visits")).scalar_one()
    record_answer(desk, visit, "M01", AnswerEntry(Result.PASS))
    queued = unsent(desk)
    assert queued > 0
    between.troubles = [Trouble.OLD_ANSWER]
    with pytest.raises(EnvironmentProblem, match="sync_not_our_server"):
        run_sync(desk, pace=ONCE)
    assert unsent(desk) == queued
    run_sync(desk, pace=ONCE)
    assert_same(desk, centre)


def test_a_network_that_wants_a_sign_in_first_is_told_from_being_offline(desk: Workspace, between: Middleman) -> None:
    between.on_everything, between.troubles = True, [Trouble.PORTAL]
    with pytest.raises(EnvironmentProblem) as refusal:
        run_sync(desk, pace=ONCE)
    assert refusal.value.code == "sync_not_our_server"
    assert "127.0.0.1" in refusal.value.sentence("zh")


def test_an_edit_made_while_its_row_is_being_sent_stays_queued(
    desk: Workspace, between: Middleman, centre: CentreProcess
) -> None:
    with desk.read() as session:
        visit = session.execute(text("SELECT id FROM visits")).scalar_one()
    between.troubles = [Trouble.DRIP]
    sync = threading.Thread(target=run_sync, args=(desk,), kwargs={"pace": ONCE})
    sync.start()
    while between.pushes == 0:
        sync.join(0.01)
    record_answer(desk, visit, "M02", AnswerEntry(Result.PASS, note="路上改的"))
    sync.join()
    assert unsent(desk) > 0
    run_sync(desk, pace=ONCE)
    assert_same(desk, centre)
    noted = [row for row in centre.rows("answers").values() if row["measure"] == "M02"]
    assert [(row["note"], row["result"]) for row in noted] == [("路上改的", "pass")]


def test_calling_a_run_off_leaves_everything_to_be_sent(desk: Workspace, centre: CentreProcess) -> None:
    progress = Progress()
    progress.cancel()
    queued = unsent(desk)
    with pytest.raises(Cancelled):
        run_sync(desk, progress, ONCE)
    assert (unsent(desk), outcomes(desk)[-1]) == (queued, "cancelled")
    run_sync(desk, pace=ONCE)
    assert_same(desk, centre)


def test_only_one_run_at_a_time(desk: Workspace, between: Middleman) -> None:
    between.troubles = [Trouble.DRIP]
    sync = threading.Thread(target=run_sync, args=(desk,), kwargs={"pace": ONCE})
    sync.start()
    while between.pushes == 0:
        sync.join(0.01)
    with pytest.raises(Problem, match="sync_running"):
        run_sync(desk, pace=ONCE)
    sync.join()
    run_sync(desk, pace=ONCE)


def test_a_server_that_is_down_or_elsewhere_loses_nothing(workspace: Workspace, database_url: str) -> None:
    with running_centre(database_url) as centre:
        enrol(workspace, centre.url, centre.code(centre.officer()), adopt_into="G1")
    add_enterprise(workspace)
    queued = unsent(workspace)
    with pytest.raises(EnvironmentProblem, match="sync_offline"):
        run_sync(workspace, pace=PATIENT)
    with socket.create_server(("127.0.0.1", 0)) as mute:  # listens, never answers
        elsewhere = f"http://127.0.0.1:{mute.getsockname()[1]}"
        with workspace.write() as session:
            session.execute(text("UPDATE enrolment SET server_url = :url"), {"url": elsewhere})
        workspace.refresh_enrolment()
        with pytest.raises(EnvironmentProblem, match="sync_offline"):
            run_sync(workspace, pace=Pace(connect_s=1, stall_s=0.3, attempts=2, pause_s=0.05))
    assert unsent(workspace) == queued
