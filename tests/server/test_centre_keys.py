"""The centre's own keys: made once, for nobody else to read, and told to every laptop."""

from __future__ import annotations

import stat
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from desktop.models.problems import EnvironmentProblem
from desktop.models.vocabulary import Role
from desktop.sync.wire import signing
from server.app import make_app
from server.centre_keys import IDENTITY_FILE, SIGNING_FILE, SecretKeys, centre_keys
from server.officers import create_officer
from server.settings import database_url, keys_folder
from tests.server.centre import CHEAP, PASSWORD, Centre
from tests.server.in_process import InProcess
from tests.server.test_enrolment import ask, code_for


def test_keys_are_made_once_and_found_again(tmp_path: Path) -> None:
    made = centre_keys(tmp_path / "keys")
    assert centre_keys(tmp_path / "keys") == made
    sealed = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(made.public.recipient)])
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(made.identity)]) == b"x"
    signature = signing.sign(made.signing_key, signing.RECEIPT, b"x")
    assert signing.is_signed(made.public.signed_by, signing.RECEIPT, b"x", signature)


def test_processes_that_start_together_make_them_once(tmp_path: Path) -> None:
    made: list[SecretKeys] = []
    threads = [threading.Thread(target=lambda: made.append(centre_keys(tmp_path / "keys"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1


def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    centre_keys(tmp_path / "keys")
    folder = tmp_path / "keys"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    wanted = {"keys": 0o700, IDENTITY_FILE: 0o600, SIGNING_FILE: 0o600, "keys.lock": 0o600}
    assert modes.keys() == wanted.keys()
    assert sys.platform == "win32" or modes == wanted  # Windows keeps access in lists, not in bits


def test_secrets_never_show(tmp_path: Path) -> None:
    made = centre_keys(tmp_path)
    assert made.identity not in repr(made)
    assert made.signing_key not in repr(made)


@pytest.mark.parametrize("name", [IDENTITY_FILE, SIGNING_FILE])
@pytest.mark.parametrize("content", [b"", b"something else", b"\xff\xfe"])
def test_broken_key_files_are_named_and_never_replaced(tmp_path: Path, name: str, content: bytes) -> None:
    centre_keys(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EnvironmentProblem, match="server_keys_broken"):
        centre_keys(tmp_path)
    assert (tmp_path / name).read_bytes() == content


def test_the_folder_is_the_named_one_or_lies_in_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZHUQI_KEYS", raising=False)
    embedded, elsewhere = database_url(tmp_path, None), database_url(None, "postgresql://u@h/d")
    assert keys_folder(embedded) == tmp_path / "keys"
    assert keys_folder(elsewhere) is None
    monkeypatch.setenv("ZHUQI_KEYS", str(tmp_path / "named"))
    assert keys_folder(embedded) == keys_folder(elsewhere) == tmp_path / "named"


def test_enrolment_and_hello_tell_the_public_halves(centre: Centre) -> None:
    public = centre_keys(centre.keys).public
    officer = create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    made = ask(centre, code_for(centre, officer)).json()
    hello = centre.http.get("/v1/sync/hello", headers={"Authorization": f"Bearer {made['token']}"}).json()
    assert made["keys"] == hello["keys"] == {"recipient": public.recipient, "signed_by": public.signed_by}


def test_a_centre_without_keys_says_nothing_of_them(centre: Centre) -> None:
    centre.http = InProcess(make_app(centre.store, replace(centre.settings, keys=None), CHEAP))
    assert centre.officer().get("/v1/sync/hello").json()["keys"] is None
