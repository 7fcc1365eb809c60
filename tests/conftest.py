"""What every test may ask for: a workspace in its own folder, a visit to answer, the shared material."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from desktop.models.device.workspace import Workspace
from tests.builders import add_enterprise
from tests.made_tables import tables_made_once

if sys.platform == "linux":  # windows of tests never open on the desk of the person who runs them
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same examples on every run, and none fails because the machine was busy.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep logs, settings and key store of the person who runs the tests out of them."""
    monkeypatch.setenv("ZHUQI_KEY_STORE", "no")
    monkeypatch.setenv("ZHUQI_LOG_DIR", str(tmp_path_factory.mktemp("log")))
    monkeypatch.delenv("ZHUQI_LANGUAGE", raising=False)


@pytest.fixture(autouse=True, scope="session")
def _tables_made_once() -> Iterator[None]:
    """The tables of a fresh database are those the migrations made in the first one: the same statements, not again."""
    with tables_made_once():
        yield


@pytest.fixture(autouse=True, scope="module")
def _what_stays_is_looked_at_once() -> Iterator[None]:
    """What a module leaves behind for good (caches, imports) is not searched for garbage again in every later test."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture
def shared_data() -> Path:
    """The folder of real rosters and names; a user's clone does not have it."""
    if not SHARED.is_dir():
        pytest.skip("the shared data folder does not stand beside this clone")
    return SHARED


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A fresh workspace this process may write in."""
    made = Workspace.create(tmp_path / "workspace")
    yield made
    made.close()


@pytest.fixture
def enterprise(workspace: Workspace) -> str:
    """The id of one enterprise with a contact."""
    return add_enterprise(workspace)
