"""Objects: whole or not there, by folder and by bucket alike."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.problems import EnvironmentProblem, UserProblem
from server.attachment_store import AttachmentStore
from server.object_place import objects_at
from server.objects import UNFINISHED, ObjectStore
from server.settings import Settings, attachments_place
from server.store import Store
from tests.photos import photo
from tests.server.bucket import running_bucket
from tests.server.centre import JPEG, Centre, attachment, enterprise

NAME = hashlib.sha256(JPEG).hexdigest()


@pytest.fixture(params=["folder", "bucket", "bucket with a prefix"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A place for objects, of each kind."""
    if request.param == "folder":
        yield str(tmp_path / "objects")
    else:
        with running_bucket(monkeypatch) as bucket:
            yield bucket + ("/county/photos" if "prefix" in request.param else "")


@pytest.fixture
def objects(place: str) -> ObjectStore:
    """An empty store."""
    return objects_at(place)


def keep(objects: ObjectStore, name: str, *pieces: bytes) -> None:
    aside = objects.aside()
    aside.write(pieces)
    objects.keep({name: aside})


def content(objects: ObjectStore, name: str) -> bytes | None:
    file = objects.open(name)
    if file is None:
        return None
    with file:
        return file.read()


def test_what_is_kept_can_be_read_by_its_name(objects: ObjectStore) -> None:
    keep(objects, NAME, JPEG[:5], JPEG[5:])
    keep(objects, UNFINISHED + "piece", b"a piece")
    assert (content(objects, NAME), content(objects, UNFINISHED + "piece")) == (JPEG, b"a piece")
    assert (objects.size(NAME), objects.size(UNFINISHED + "piece")) == (len(JPEG), 7)
    assert (content(objects, "0" * 64), objects.size("0" * 64)) == (None, None)


def test_an_aside_counts_and_hashes_and_can_be_read_back(objects: ObjectStore) -> None:
    large = photo(1, 3_000_000)
    aside = objects.aside()
    aside.write([large[:10], large[10:2_000_000]])
    aside.write([large[2_000_000:]])
    assert (aside.size, aside.head, aside.sha256) == (3_000_000, large[:16], hashlib.sha256(large).hexdigest())
    assert b"".join(aside.read_back()) == large
    objects.keep({aside.sha256: aside})
    assert content(objects, aside.sha256) == large


def test_nothing_is_there_before_it_is_kept_nor_after_it_is_discarded(objects: ObjectStore) -> None:
    aside = objects.aside()
    aside.write([JPEG])
    assert content(objects, NAME) is None
    aside.discard()
    aside.discard()
    assert content(objects, NAME) is None


def test_an_object_of_a_known_name_is_replaced_whole(objects: ObjectStore) -> None:
    for version in (b"one", b"another"):
        keep(objects, NAME, version)
    assert content(objects, NAME) == b"another"


def test_objects_are_removed_and_missing_ones_passed_over(objects: ObjectStore) -> None:
    keep(objects, NAME, JPEG)
    objects.remove([NAME, "0" * 64])
    assert content(objects, NAME) is None


def test_many_threads_may_keep_the_same_bytes(objects: ObjectStore) -> None:
    threads = [threading.Thread(target=keep, args=(objects, NAME, JPEG)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert content(objects, NAME) == JPEG


def test_bytes_are_put_under_their_hash_and_no_other(place: str) -> None:
    store = AttachmentStore.at(place)
    file = Path(__file__)
    name = hashlib.sha256(file.read_bytes()).hexdigest()
    with file.open("rb") as source:
        assert store.put(name, source) == file.stat().st_size
    with file.open("rb") as source, pytest.raises(UserProblem, match="sync_attachment_differs"):
        store.put(NAME, source)
    assert store.open(NAME) is None
    with store.open(name) or pytest.fail("not there") as kept:
        assert kept.read() == file.read_bytes()


def test_uploads_work_the_same_in_a_bucket(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_bucket(monkeypatch) as bucket:
        centre = Centre(database_url, bucket)
        desk = centre.officer()
        firm = enterprise(desk.grid)
        desk.push(firm, attachment(desk.grid, firm["row_id"], JPEG))
        desk.create(NAME, len(JPEG), JPEG[:100])
        assert desk.tus("HEAD", NAME).headers["upload-offset"] == "100"
        assert desk.tus("PATCH", NAME, JPEG[100:], {"Upload-Offset": "100"}).status_code == 204
        objects = objects_at(bucket)
        assert content(objects, NAME) == JPEG
        assert desk.held([NAME]).json() == {"sha256": [NAME]}
        centre.close()


def test_a_file_is_synced_before_it_gets_its_name_and_the_name_before_anybody_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    really = os.fsync, Path.replace

    def sync(opened: int) -> None:
        done.append("sync folder" if stat.S_ISDIR(os.fstat(opened).st_mode) else "sync file")
        really[0](opened)

    def rename(path: Path, target: Path) -> Path:
        done.append("rename")
        return really[1](path, target)

    objects = objects_at(str(tmp_path / "objects"))
    keep(objects, NAME, JPEG)
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", rename)
    keep(objects, NAME, JPEG)
    assert done == ["sync file", "rename", "sync folder"]


def test_a_killed_process_leaves_nothing_that_stays(tmp_path: Path) -> None:
    folder = tmp_path / "objects"
    objects = objects_at(str(folder))
    left = objects.aside()
    left.write([b"half a photo"])
    keep(objects, UNFINISHED + "piece", b"a piece")
    keep(objects, NAME, JPEG)
    day = 24 * 3600
    ages = {path: day // 2 for path in folder.rglob("*") if path.is_file()}
    age(ages)
    objects_at(str(folder))
    assert len([*folder.rglob("*/?*")]) == 3  # young enough to be somebody's work
    age(dict.fromkeys(ages, 3 * day))
    objects_at(str(folder))
    assert not any((folder / "aside").iterdir())
    assert content(objects, UNFINISHED + "piece") == b"a piece"
    age({path: 15 * day for path in ages if path.exists()})
    objects_at(str(folder))
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [NAME]
    left.discard()


def age(ages: dict[Path, int]) -> None:
    """Make files look as old as so many seconds."""
    for path, seconds in ages.items():
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("s3+https://127.0.0.1:9", "server_attachments_place"),
        ("s3+http://storage.example/zhuqi", "server_attachments_place"),
        ("s3+https://key:secret@127.0.0.1:9/zhuqi", "server_attachments_place"),
        ("s3+ftp://127.0.0.1/zhuqi", "server_attachments_place"),
        ("s3+https://127.0.0.1:9/x", "server_attachments_place"),
        ("gs://zhuqi", "server_attachments_place"),
    ],
)
def test_a_place_that_is_none_is_refused(place: str, code: str) -> None:
    with pytest.raises(UserProblem, match=code):
        objects_at(place)


def test_a_bucket_that_is_missing_or_out_of_reach_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.object_bucket.RETRIES", 0)
    with running_bucket(monkeypatch) as bucket:
        with pytest.raises(EnvironmentProblem, match="server_attachments_unavailable"):
            objects_at(bucket + "-another")
        objects = objects_at(bucket)
    with pytest.raises(EnvironmentProblem, match="server_attachments_unavailable"):
        objects.open(NAME)


def test_without_the_extra_a_bucket_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "server.object_bucket", raising=False)
    monkeypatch.setitem(sys.modules, "minio", None)
    with pytest.raises(UserProblem, match="server_attachments_extra"):
        objects_at("s3+https://127.0.0.1:9/zhuqi")


def test_a_full_disk_is_a_problem_with_words_and_the_photo_may_come_again(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    desk.push(firm, attachment(desk.grid, firm["row_id"], JPEG))

    def full(_opened: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused = desk.upload(JPEG)
    assert (refused.status_code, refused.json()["problem"]["code"]) == (503, "server_attachments_unavailable")
    assert [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    assert desk.upload(JPEG).status_code == 201


def test_photos_lie_beside_the_embedded_database_and_elsewhere_where_one_is_told(tmp_path: Path) -> None:
    embedded = f"sqlite:///{tmp_path / 'server.db'}"
    assert attachments_place(Settings(embedded)) == str(tmp_path / "attachments")
    assert attachments_place(Settings(embedded, attachments="elsewhere")) == "elsewhere"
    with pytest.raises(UserProblem, match="server_attachments_missing"):
        attachments_place(Settings("postgresql+psycopg://127.0.0.1/zhuqi"))
    Store(embedded).close()
