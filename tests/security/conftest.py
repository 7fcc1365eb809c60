"""The centre of the server's tests; and a running centre that takes bundles, with a laptop that has a day's work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from server.bundle_import import BundleImport
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.flows.centre_process import CentreProcess
from tests.flows.courier import Courier, add_photo
from tests.server.conftest import centre

__all__ = ["centre"]

PACE = Pace(connect_s=2, stall_s=10, attempts=1)


@pytest.fixture
def courier(database_url: str, tmp_path: Path) -> Courier:
    """The way to a centre, once embedded and once on PostgreSQL."""
    return Courier(database_url, tmp_path / "centre")


@pytest.fixture
def bundle_centre(courier: Courier) -> Iterator[CentreProcess]:
    """That centre, running."""
    with courier.running() as running:
        yield running


@pytest.fixture
def bundle_import(courier: Courier, bundle_centre: CentreProcess) -> BundleImport:
    """Its import, in this process."""
    return courier.imports(bundle_centre.store)


@pytest.fixture
def bundle_desk(workspace: Workspace, bundle_centre: CentreProcess) -> Workspace:
    """A laptop enrolled and synced once, then a visit of 23 failed answers and a photo, all waiting."""
    firm = add_enterprise(workspace)
    enrol(workspace, bundle_centre.url, bundle_centre.code(bundle_centre.officer()), adopt_into="G1", pace=PACE)
    run_sync(workspace, pace=PACE)
    answer_all(workspace, begin_visit(workspace, firm), Result.FAIL)
    add_photo(workspace, firm)
    return workspace
