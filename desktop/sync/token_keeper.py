"""Where this device's token is kept: in the system's key store where there is one that answers, else in the workspace.

A key store may be locked, ask the person or hang; it is asked in a thread of its own and given three seconds. Only
the systems' own stores are used, never one that would put the token into a plain file (SEC-04, SEC-14).
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, Protocol, TypeVar

from sqlalchemy import update

from desktop.models.device.local_tables import Enrolment
from desktop.models.device.workspace import Workspace
from desktop.models.problems import EnvironmentProblem, UserProblem

SERVICE = "zhuqi"
KEY_STORE, WORKSPACE, NOWHERE = "keystore", "workspace", "nowhere"
LIMIT_S = 3.0
SWITCH = "ZHUQI_KEY_STORE"

T = TypeVar("T")


class KeyStore(Protocol):
    """What is asked of a system's key store."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret kept under a name."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret under a name."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""


Finder = Callable[[], KeyStore | None]


class Kept(NamedTuple):
    """Where a token was put, and what of it goes into the workspace's own table."""

    place: str
    stored: str


def keep(device_id: str, token: str, find: Finder | None = None) -> Kept:
    """Put a token into the key store and see that it is there; where that fails, it goes into the workspace."""
    with suppress(Exception):  # backends raise errors of their own kinds; any of them means: not there
        if _within_limit(lambda: _put(find or system_key_store, device_id, token)):
            return Kept(KEY_STORE, "")
    return Kept(WORKSPACE, token)


def token_of(workspace: Workspace, find: Finder | None = None) -> str:
    """The device's token.

    Raises:
        UserProblem: `sync_not_enrolled`, `sync_enrolled_by_file`.
        EnvironmentProblem: `sync_token_locked` when the key store does not open, `sync_token_missing` when it has no
            such token, as on a computer the workspace was copied to.
    """
    enrolment = workspace.enrolment
    if enrolment is None:
        raise UserProblem("sync_not_enrolled")
    if enrolment.token_place == NOWHERE:
        raise UserProblem("sync_enrolled_by_file")
    if enrolment.token_place != KEY_STORE:
        return enrolment.token
    try:
        token = _within_limit(lambda: _get(find or system_key_store, workspace.device.id))
    except Exception as error:
        raise EnvironmentProblem("sync_token_locked", reason=type(error).__name__) from error
    if not token:
        raise EnvironmentProblem("sync_token_missing")
    return token


def replace_token(workspace: Workspace, token: str, find: Finder | None = None) -> None:
    """Keep the token the centre gave in place of the present one."""
    kept = keep(workspace.device.id, token, find)
    with workspace.write() as session:
        session.execute(update(Enrolment).values(token=kept.stored, token_place=kept.place))
    workspace.refresh_enrolment()


def system_key_store() -> KeyStore | None:
    """The system's own key store, if it has one that works here; `ZHUQI_KEY_STORE=no` says to use none."""
    if os.environ.get(SWITCH) == "no":
        return None
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring() if WinVaultKeyring.viable else None
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring as MacKeyring

        return MacKeyring() if MacKeyring.viable else None
    from keyring.backends.kwallet import DBusKeyring
    from keyring.backends.SecretService import Keyring as SecretService

    found: KeyStore | None = next((kind() for kind in (SecretService, DBusKeyring) if kind.viable), None)
    return found


def _put(find: Finder, device_id: str, token: str) -> bool:
    store = find()
    if store is None:
        return False
    store.set_password(SERVICE, device_id, token)
    return store.get_password(SERVICE, device_id) == token


def _get(find: Finder, device_id: str) -> str | None:
    store = find()
    if store is None:
        raise LookupError
    return store.get_password(SERVICE, device_id)


def _within_limit(work: Callable[[], T]) -> T:
    """The work's result, or TimeoutError; a store that hangs keeps its thread and nothing else."""
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=run, name="key-store", daemon=True)
    thread.start()
    thread.join(LIMIT_S)
    if failure:
        raise failure[0]
    if not outcome:
        raise TimeoutError
    return outcome[0]
