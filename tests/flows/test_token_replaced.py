"""A laptop's token is replaced on the way, by the laptop's own runs, and nobody has to enrol anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import desktop.sync.sync_run as sync_run
from desktop.models.device.workspace import Workspace
from desktop.models.problems import EnvironmentProblem
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from server.device_tokens import REPLACED_AFTER
from server.moments import from_now
from server.tables import devices
from tests.builders import add_enterprise
from tests.flows.centre_process import CentreProcess, running_centre

PACE = Pace(connect_s=5, stall_s=10, attempts=1)


@pytest.fixture
def centre(database_url: str) -> Iterator[CentreProcess]:
    """A running centre."""
    with running_centre(database_url) as running:
        yield running


@pytest.fixture
def desk(centre: CentreProcess, tmp_path: Path) -> Iterator[Workspace]:
    """An enrolled laptop whose token has become 30 days old."""
    with Workspace.create(tmp_path / "desk") as workspace:
        enrol(workspace, centre.url, centre.code(centre.officer()), adopt_into=None, pace=PACE)
        grow_old(centre)
        yield workspace


def grow_old(centre: CentreProcess) -> None:
    with centre.store.writing() as connection:
        connection.execute(update(devices).values(token_made_at=from_now(-REPLACED_AFTER - timedelta(minutes=1))))


def token(workspace: Workspace) -> str:
    assert workspace.enrolment is not None
    return workspace.enrolment.token


def test_the_next_run_brings_another_token_and_the_one_after_uses_it(desk: Workspace, centre: CentreProcess) -> None:
    first = token(desk)
    run_sync(desk, pace=PACE)
    second = token(desk)
    assert second != first
    add_enterprise(desk, "换令牌之后的厂", None)
    run_sync(desk, pace=PACE)
    assert token(desk) == second
    with centre.store.writing() as connection:  # a day after its last use the first one is over
        connection.execute(update(devices).values(old_token_until=from_now(-timedelta(seconds=1))))
    run_sync(desk, pace=PACE)


def test_a_run_that_dies_before_keeping_the_token_goes_on_with_the_old_one(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = token(desk)

    def dies(*_: object) -> None:
        raise EnvironmentProblem("sync_offline", host="x")

    with monkeypatch.context() as patched:
        patched.setattr(sync_run, "replace_token", dies)
        with pytest.raises(EnvironmentProblem, match="sync_offline"):
            run_sync(desk, pace=PACE)
    assert token(desk) == first
    run_sync(desk, pace=PACE)
    assert token(desk) != first
    run_sync(desk, pace=PACE)
