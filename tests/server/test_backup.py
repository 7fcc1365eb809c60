"""A backup is whole or absent; restoring it is checked first, replaces nothing unasked, and gives a new generation."""

from __future__ import annotations

import hashlib
import io
import os
import random
import sqlite3
import stat
import threading
from contextlib import closing, nullcontext
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import create_engine, inspect, select, text

from desktop.models.problems import EnvironmentProblem, Problem, UserProblem
from server.accounts import revoke
from server.attachment_store import AttachmentStore
from server.backup import Folders, back_up
from server.backup_archive import unpack
from server.device_tokens import revoke_device
from server.enrolment import new_code
from server.postgresql_programs import PROGRAMS_VARIABLE, run_program
from server.restore import Restored, restore
from server.revocations import keep_revocations, read_revocations, revocations_of, revoke_again
from server.store import Store
from server.tables import audit_events, enrolment_codes, sessions
from server.web_sessions import begin
from tests.postgresql import NewDatabase
from tests.server.bucket import running_bucket
from tests.server.centre import JPEG, Centre, Laptop, attachment, edit, enterprise

PHOTO = b"not really a photo" * 1000
NAME = "欧阳某某"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Attachments and keys of a centre: one photo, one unfinished upload, one key."""
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    attachments, keys = tmp_path / "attachments", tmp_path / "keys"
    for place, content in (
        (attachments / sha256[:2] / sha256, PHOTO),
        (attachments / "unfinished" / "half", b"half"),
        (keys / "bundles.age", b"AGE-SECRET-KEY-1"),
        (keys / "keys.lock", b""),
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return Folders(attachments, keys)


@pytest.fixture
def desk(centre: Centre) -> Laptop:
    """A laptop that has sent three enterprises."""
    made = centre.officer()
    made.push(*(enterprise(made.grid, f"{NAME}{number}") for number in range(3)))
    return made


@pytest.fixture
def elsewhere(centre: Centre, new_database: NewDatabase) -> str:
    """The address of an empty database of the same kind."""
    return new_database("sqlite" if centre.store.embedded else "postgresql")


@pytest.fixture
def age() -> pyrage.x25519.Identity:
    """A key to encrypt to."""
    return pyrage.x25519.Identity.generate()


def url_of(centre: Centre) -> str:
    return centre.store.engine.url.render_as_string(hide_password=False)


def live_word(centre: Centre) -> str:
    return centre.store.generation[:8]


def test_a_restored_copy_holds_the_same_under_a_new_generation(
    centre: Centre, desk: Laptop, elsewhere: str, folders: Folders, tmp_path: Path
) -> None:
    made = back_up(url_of(centre), tmp_path / "b", folders)
    assert (made.attachments, made.keys) == (1, 0)
    assert made.manifest.operations == centre.count("change_log")
    empty = Folders(tmp_path / "new" / "attachments", tmp_path / "new" / "keys")
    done = restore(elsewhere, tmp_path / "b", empty)
    assert done.replaced is None
    restored = Centre(elsewhere)
    assert restored.store.generation == done.taken_over.generation != centre.store.generation
    for table in ("enterprises", "change_log", "devices", "grants", "grid_clocks"):
        assert restored.count(table) == centre.count(table)
    copy = Laptop(restored, desk.account, desk.device, desk.token, desk.grid)
    rows = [row["id"] for row in copy.changes()[0]]
    assert rows == [row["id"] for row in desk.changes()[0]]
    assert copy.statuses(enterprise(desk.grid)) == ["applied"]
    photo = next((tmp_path / "new" / "attachments").rglob("*/*"))
    assert photo.read_bytes() == PHOTO
    restored.close()


@pytest.mark.parametrize("where", ["folder", "bucket"])
def test_a_photo_whose_bytes_are_nowhere_is_not_said_to_be_held(
    centre: Centre, desk: Laptop, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """The photos are not in the backup and did not come with it: laptops have to be asked for them once more."""
    firm = enterprise(desk.grid)
    there, gone = JPEG, JPEG + b"\0"
    desk.push(firm, *(attachment(desk.grid, firm["row_id"], content) for content in (there, gone)))
    for content in (there, gone):
        assert desk.upload(content).status_code == 201
    back_up(url_of(centre), tmp_path / "b", Folders())
    with running_bucket(monkeypatch) if where == "bucket" else nullcontext(str(tmp_path / "photos")) as place:
        AttachmentStore.at(place).put(hashlib.sha256(there).hexdigest(), io.BytesIO(there))
        done = restore(elsewhere, tmp_path / "b", Folders(), place=place)
    assert done.lost == 1
    restored = Centre(elsewhere, tmp_path / "photos")
    copy = Laptop(restored, desk.account, desk.device, desk.token, desk.grid)
    names = [hashlib.sha256(content).hexdigest() for content in (there, gone)]
    assert copy.held(names).json() == {"sha256": names[:1]}
    restored.close()


def test_a_backup_taken_while_laptops_push_is_of_one_moment(
    centre: Centre, desk: Laptop, elsewhere: str, tmp_path: Path
) -> None:
    done = threading.Event()

    def push() -> None:
        while not done.is_set():
            firm = enterprise(desk.grid)
            desk.push(firm, edit(firm, 1, name="二"))

    pushing = threading.Thread(target=push)
    pushing.start()
    try:
        made = back_up(url_of(centre), tmp_path / "b", Folders())
    finally:
        done.set()
        pushing.join()
    restore(elsewhere, tmp_path / "b", Folders())
    store = Store(elsewhere)
    with store.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM change_log")) == made.manifest.operations
        edited = connection.scalar(text("SELECT count(*) FROM enterprises WHERE name = '二'"))
        firms = connection.scalar(text("SELECT count(*) FROM enterprises"))
        clock = connection.scalar(text("SELECT sequence FROM grid_clocks"))
        last = connection.scalar(text("SELECT max(sequence) FROM change_log"))
    store.close()
    assert firms == 3 + edited  # no batch is there by half
    assert clock == last


def test_a_database_in_use_is_replaced_only_by_its_word_and_put_aside(
    centre: Centre, desk: Laptop, tmp_path: Path
) -> None:
    url = url_of(centre)
    back_up(url, tmp_path / "b", Folders())
    late = enterprise(desk.grid, "后来的厂")
    desk.push(late)
    before = centre.store.generation
    for word in (None, "yes", before):
        with pytest.raises(UserProblem, match="server_restore_would_replace") as refusal:
            restore(url, tmp_path / "b", Folders(), word=word)
        assert refusal.value.fields == {"word": before[:8]}
    assert centre.count("enterprises") == 4

    done = restore(url, tmp_path / "b", Folders(), word=before[:8])
    assert desk.get("/v1/sync/hello").json()["generation"] == done.taken_over.generation
    assert centre.count("enterprises") == 3
    assert "后来的厂" in names_in(done, url)
    assert desk.statuses(late) == ["applied"]  # offered again
    assert centre.store.generation == done.taken_over.generation
    with centre.store.reading() as connection:
        noted = select(audit_events.c.object_id).where(audit_events.c.action == "take_over")
        assert connection.scalars(noted).all() == [done.taken_over.generation]


def names_in(done: Restored, url: str) -> set[str]:
    """Names of the enterprises in what a restore put aside."""
    assert done.replaced
    if url.startswith("sqlite"):
        url, table = f"sqlite:///{Path(url.removeprefix('sqlite:///')).with_name(done.replaced)}", "enterprises"
    else:
        table = f'"{done.replaced}".enterprises'
    engine = create_engine(url)
    with engine.connect() as connection:
        found = set(connection.scalars(text(f"SELECT name FROM {table}")))
    engine.dispose()
    return found


def test_restoring_twice_gives_two_generations(centre: Centre, desk: Laptop, tmp_path: Path) -> None:
    url = url_of(centre)
    back_up(url, tmp_path / "b", Folders())
    first = restore(url, tmp_path / "b", Folders(), word=live_word(centre))
    second = restore(url, tmp_path / "b", Folders(), word=live_word(centre))
    assert first.manifest.generation == second.manifest.generation
    assert first.taken_over.generation != second.taken_over.generation == centre.store.generation


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_backup_that_was_cut_is_refused_and_changes_nothing(
    centre: Centre,
    desk: Laptop,
    elsewhere: str,
    tmp_path: Path,
    folders: Folders,
    age: pyrage.x25519.Identity,
    encrypted: bool,
) -> None:
    back_up(url_of(centre), tmp_path / "b", folders, [str(age.to_public())] if encrypted else [])
    (tmp_path / "identity").write_text(f"# a remark\n{age}\n")
    content, dice = (tmp_path / "b").read_bytes(), random.Random(7)
    for length in [0, len(content) - 5, *(dice.randrange(len(content)) for _ in range(20))]:
        (tmp_path / "cut").write_bytes(content[:length])
        with pytest.raises(UserProblem, match="server_backup_unreadable"):
            restore(
                elsewhere,
                tmp_path / "cut",
                Folders(tmp_path / "place"),
                identities=tmp_path / "identity" if encrypted else None,
            )
    assert not (tmp_path / "place").exists()
    if centre.store.embedded:
        assert list(Path(elsewhere.removeprefix("sqlite:///")).parent.iterdir()) == []
    else:
        engine = create_engine(elsewhere)
        assert inspect(engine).get_table_names() == []
        engine.dispose()


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_backup_in_which_a_bit_was_turned_is_refused_or_says_the_same(
    new_database: NewDatabase, tmp_path: Path, folders: Folders, age: pyrage.x25519.Identity, encrypted: bool
) -> None:
    """zstd has bits that mean nothing and two ways to write one thing: what they unpack to is vouched for."""
    Centre(url := new_database("sqlite")).close()
    back_up(url, tmp_path / "b", folders, [str(age.to_public())] if encrypted else [])
    (tmp_path / "identity").write_text(str(age))
    content, dice = (tmp_path / "b").read_bytes(), random.Random(7)
    (tmp_path / "whole").mkdir()
    unpack(tmp_path / "b", tmp_path / "whole", tmp_path / "identity")
    refused = 0
    for number in range(200):
        at = dice.randrange(len(content))
        turned = bytes([content[at] ^ 1 << dice.randrange(8)])
        (tmp_path / "turned").write_bytes(content[:at] + turned + content[at + 1 :])
        (tmp_path / str(number)).mkdir()
        try:
            unpack(tmp_path / "turned", tmp_path / str(number), tmp_path / "identity")
        except Problem:
            refused += 1
        else:
            assert files_in(tmp_path / str(number)) == files_in(tmp_path / "whole")
    assert refused >= (200 if encrypted else 180)


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_encrypted_backup_opens_to_each_recipient_and_shows_nothing_to_others(
    centre: Centre,
    desk: Laptop,
    new_database: NewDatabase,
    tmp_path: Path,
    folders: Folders,
    age: pyrage.x25519.Identity,
) -> None:
    offline, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    made = back_up(url_of(centre), tmp_path / "b", folders, [str(age.to_public()), str(offline.to_public())])
    assert (made.attachments, made.keys) == (1, 1)
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    content = (tmp_path / "b").read_bytes()
    assert NAME.encode() not in content
    assert PHOTO not in content
    kind = "sqlite" if centre.store.embedded else "postgresql"
    for number, key in enumerate((age, offline)):
        (tmp_path / "identity").write_text(str(key))
        place = Folders(tmp_path / f"a{number}", tmp_path / f"k{number}")
        restore(new_database(kind), tmp_path / "b", place, identities=tmp_path / "identity")
        assert (tmp_path / f"k{number}" / "bundles.age").read_bytes() == b"AGE-SECRET-KEY-1"
        assert not (tmp_path / f"k{number}" / "keys.lock").exists()
    (tmp_path / "identity").write_text(str(stranger))
    with pytest.raises(UserProblem, match="server_identity_refused"):
        restore(new_database(kind), tmp_path / "b", Folders(), identities=tmp_path / "identity")
    with pytest.raises(UserProblem, match="server_identity_missing"):
        restore(new_database(kind), tmp_path / "b", Folders())
    with pytest.raises(UserProblem, match="server_recipient_refused"):
        back_up(url_of(centre), tmp_path / "c", folders, ["age1nobody"])
    assert not (tmp_path / "c").exists()


def test_what_was_revoked_after_the_backup_is_revoked_in_the_copy(
    centre: Centre, desk: Laptop, elsewhere: str, tmp_path: Path
) -> None:
    url = url_of(centre)
    thief, back = centre.laptop(desk.account), centre.laptop(desk.account)
    with centre.store.writing() as connection:
        cookie = begin(connection, desk.account)
        new_code(connection, desk.account)
        revoke_device(connection, back.device)
    returned = centre.laptop(desk.account)
    back_up(url, tmp_path / "b", Folders())
    with centre.store.writing() as connection:
        revoke_device(connection, thief.device)
        revoke(connection, desk.account, desk.grid)
        keep_revocations(tmp_path / "revoked", revocations_of(connection))

    for where, word, given in (
        (elsewhere, None, read_revocations(tmp_path / "revoked")),
        (url, live_word(centre), None),
    ):
        done = restore(where, tmp_path / "b", Folders(), word=word, revocations=given)
        assert done.taken_over.revoked == 2
        restored = Centre(where)
        for laptop, status in ((desk, 200), (returned, 200), (thief, 401), (back, 401)):
            hello = restored.http.get("/v1/sync/hello", headers=laptop.headers)
            assert hello.status_code == status
            assert status == 401 or hello.json()["scope"]["grids"] == []
        with restored.store.reading() as connection:
            assert connection.scalars(select(sessions.c.id_hash).where(sessions.c.ended_at.is_(None))).all() == []
            unused = select(enrolment_codes.c.expires_at).where(enrolment_codes.c.used_at.is_(None))
            assert all(expires < "2099" for expires in connection.scalars(unused))
        restored.http.cookies.set("zhuqi", cookie)
        assert restored.http.get("/records/visits").status_code == 303
        restored.close()


def test_a_device_enrolled_anew_after_its_revocation_keeps_its_access(centre: Centre, desk: Laptop) -> None:
    with centre.store.writing() as connection:
        revoke_device(connection, desk.device)
        old = revocations_of(connection)
        connection.execute(text("UPDATE devices SET revoked_at = NULL, enrolled_at = '2999-01-01T00:00:00.000Z'"))
    with centre.store.writing() as connection:
        assert revoke_again(connection, old) == 0
    assert desk.get("/v1/sync/hello").status_code == 200


def test_a_failed_restore_puts_the_former_database_back(
    centre: Centre, desk: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = url_of(centre)
    back_up(url, tmp_path / "b", Folders())
    before = centre.store.generation

    def fails(*_: object) -> None:
        raise EnvironmentProblem("server_program_failed", program="x")

    monkeypatch.setattr("server.restore.take_over", fails)
    with pytest.raises(EnvironmentProblem, match="server_program_failed"):
        restore(url, tmp_path / "b", Folders(), word=before[:8])
    assert centre.store.generation == before
    assert desk.statuses(enterprise(desk.grid)) == ["applied"]


def test_a_copy_poured_in_by_hand_is_not_served(centre: Centre, desk: Laptop, elsewhere: str, tmp_path: Path) -> None:
    back_up(url_of(centre), tmp_path / "b", Folders())
    (tmp_path / "parts").mkdir()
    unpack(tmp_path / "b", tmp_path / "parts", None)
    if centre.store.embedded:
        (tmp_path / "parts" / "database").rename(elsewhere.removeprefix("sqlite:///"))
    else:
        engine = create_engine(elsewhere)
        run_program("pg_restore", engine, ["--no-owner", tmp_path / "parts" / "database"])
        engine.dispose()
    with pytest.raises(EnvironmentProblem, match="server_generation_missing"):
        Store(elsewhere)


def test_a_running_server_stops_serving_a_copy_without_a_generation(centre: Centre, desk: Laptop) -> None:
    with centre.store.writing() as connection:
        connection.execute(text("DELETE FROM server_identity"))
    for path in ("/v1/sync/hello", f"/v1/sync/changes?grid={desk.grid}&since=0"):
        assert desk.get(path).json()["problem"]["code"] == "server_generation_missing"
    pushed = desk.send([enterprise(desk.grid)])
    assert (pushed.status_code, pushed.json()["problem"]["code"]) == (503, "server_generation_missing")


def test_a_damaged_file_gives_no_backup_and_can_be_replaced(new_database: NewDatabase, tmp_path: Path) -> None:
    url = new_database("sqlite")
    file = Path(url.removeprefix("sqlite:///"))
    centre = Centre(url)
    centre.officer()
    centre.close()
    back_up(url, tmp_path / "good", Folders())
    content = bytearray(file.read_bytes())
    content[:100] = os.urandom(100)
    file.write_bytes(content)
    with pytest.raises(EnvironmentProblem, match="server_database_damaged"):
        back_up(url, tmp_path / "b", Folders())
    assert not (tmp_path / "b").exists()
    with pytest.raises(UserProblem, match="server_restore_would_replace"):
        restore(url, tmp_path / "good", Folders())
    done = restore(url, tmp_path / "good", Folders(), word="unreadable")
    assert done.replaced
    assert file.with_name(done.replaced).read_bytes() == bytes(content)
    mended = Centre(url)
    assert mended.count("accounts") == 1
    mended.close()


def test_a_file_with_pages_of_another_size_is_replaced_as_well(new_database: NewDatabase, tmp_path: Path) -> None:
    small, large = tmp_path / "small.db", tmp_path / "large.db"
    for file, size in ((small, 1024), (large, 8192)):
        with closing(sqlite3.connect(file)) as made:
            made.execute(f"PRAGMA page_size={size}")
            made.execute("VACUUM")
        Centre(f"sqlite:///{file}").close()
    back_up(f"sqlite:///{small}", tmp_path / "b", Folders())
    live = Centre(f"sqlite:///{large}")
    done = restore(f"sqlite:///{large}", tmp_path / "b", Folders(), word=live.store.generation[:8])
    assert live.store.generation == done.taken_over.generation
    live.close()


def test_a_backup_goes_back_into_its_own_kind_of_database(new_database: NewDatabase, tmp_path: Path) -> None:
    Centre(sqlite := new_database("sqlite")).close()
    back_up(sqlite, tmp_path / "b", Folders())
    with pytest.raises(UserProblem, match="server_backup_other_database"):
        restore(new_database("postgresql"), tmp_path / "b", Folders())


def test_without_its_programs_postgresql_is_not_backed_up(
    new_database: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_database("postgresql")
    Centre(url).close()
    monkeypatch.setenv(PROGRAMS_VARIABLE, str(tmp_path))
    with pytest.raises(EnvironmentProblem, match="server_program_missing"):
        back_up(url, tmp_path / "b", Folders())
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_cannot_be_written_leaves_nothing(centre: Centre, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="server_backup_not_written"):
        back_up(url_of(centre), tmp_path / "no" / "such" / "folder", Folders())
    assert not (tmp_path / "no").exists()
