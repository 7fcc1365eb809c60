"""The device's token lies in the key store where one answers, else in the workspace, and is never lost between them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import update

import desktop.sync.token_keeper as token_keeper
from desktop.models.device.local_tables import Enrolment
from desktop.models.device.workspace import Workspace
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.token_keeper import KEY_STORE, WORKSPACE, keep, replace_token, system_key_store, token_of

TOKEN, NEXT = "zqd_" + "a" * 43, "zqd_" + "b" * 43


class Store:
    """A key store that remembers, forgets at once, or fails."""

    def __init__(self, *, forgetful: bool = False, broken: bool = False) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.forgetful, self.broken = forgetful, broken

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise RuntimeError("locked")
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise RuntimeError("locked")
        if not self.forgetful:
            self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.secrets.pop((service, username), None)


@pytest.fixture
def enrolled(workspace: Workspace) -> Workspace:
    """A workspace with its token in its own table."""
    with workspace.write() as session:
        session.add(
            Enrolment(
                id=1, server_url="http://127.0.0.1:9", officer_id=workspace.device.id, officer_name="甲",
                role="grid_instructor", token=TOKEN, generation="g", enrolled_at="2020-02-27T08:00:00.000Z",
                token_place=WORKSPACE,
            )
        )  # fmt: skip
    workspace.refresh_enrolment()
    return workspace


def test_a_store_that_answers_gets_the_token_and_the_workspace_does_not(enrolled: Workspace) -> None:
    store = Store()
    replace_token(enrolled, NEXT, lambda: store)
    assert enrolled.enrolment is not None
    assert (enrolled.enrolment.token, enrolled.enrolment.token_place) == ("", KEY_STORE)
    assert token_of(enrolled, lambda: store) == NEXT
    assert NEXT.encode() not in b"".join(file.read_bytes() for file in enrolled.folder.glob("workspace.db*"))


@pytest.mark.parametrize(
    "store", [None, Store(broken=True), Store(forgetful=True)], ids=["none", "broken", "forgetful"]
)
def test_without_a_store_that_keeps_it_the_token_stays_in_the_workspace(
    enrolled: Workspace, store: Store | None
) -> None:
    replace_token(enrolled, NEXT, lambda: store)
    assert enrolled.enrolment is not None
    assert (enrolled.enrolment.token, enrolled.enrolment.token_place) == (NEXT, WORKSPACE)
    assert token_of(enrolled, lambda: store) == NEXT


def test_a_store_that_hangs_is_not_waited_for(enrolled: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_keeper, "LIMIT_S", 0.05)
    answered = threading.Event()

    def hangs() -> Store:
        answered.wait()
        return Store()

    assert keep(enrolled.device.id, NEXT, hangs) == (WORKSPACE, NEXT)
    with enrolled.write() as session:
        session.execute(update(Enrolment).values(token="", token_place=KEY_STORE))
    enrolled.refresh_enrolment()
    with pytest.raises(EnvironmentProblem, match="sync_token_locked"):
        token_of(enrolled, hangs)
    answered.set()


def test_a_locked_store_and_one_without_the_token_are_told_apart(enrolled: Workspace) -> None:
    replace_token(enrolled, NEXT, Store)
    for store, code in ((Store(broken=True), "sync_token_locked"), (None, "sync_token_locked")):
        with pytest.raises(EnvironmentProblem, match=code):
            token_of(enrolled, lambda store=store: store)  # type: ignore[misc]
    with pytest.raises(EnvironmentProblem, match="sync_token_missing"):
        token_of(enrolled, Store)


def test_without_an_enrolment_there_is_no_token(workspace: Workspace) -> None:
    with pytest.raises(UserProblem, match="sync_not_enrolled"):
        token_of(workspace, Store)


def test_only_the_systems_own_stores_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system_key_store() is None  # the tests' own switch
    monkeypatch.delenv("ZHUQI_KEY_STORE")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    store = system_key_store()
    assert store is None or type(store).__module__.startswith("keyring.backends.")
    source = Path(token_keeper.__file__).read_text(encoding="utf-8")
    assert "keyrings.alt" not in source
    assert "get_keyring" not in source
