"""What may go wrong while a bundle is taken in; what was unsealed never stays."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filelock import FileLock
from sqlalchemy import update

from desktop.models.identity import new_id
from desktop.models.problems import EnvironmentProblem, Problem, UserProblem
from desktop.sync.wire.batch_body import unpacked
from desktop.sync.wire.container import HEADER_BYTES
from desktop.sync.wire.signing import SIGNATURE_BYTES
from server import bundle_import, bundle_log, ingest
from server.attachment_store import AttachmentStore
from server.bundle_folder import BundleFolder
from server.bundle_import import BundleImport
from server.centre_keys import centre_keys
from server.tables import devices
from server.uploads import Uploads
from tests.flows.courier import PHOTO
from tests.server.bundle_sender import Sender, photo_of
from tests.server.centre import Centre, answer, edit, enterprise, visit

NAME, PHONE, NOTE = "欧阳某某", "13900001234", "发热三十八度五"


@pytest.fixture
def imports(centre: Centre, tmp_path: Path) -> BundleImport:
    """The import of a centre."""
    uploads = Uploads(centre.store, AttachmentStore.at(str(tmp_path / "photos")))
    return BundleImport(uploads, centre_keys(tmp_path / "keys"), BundleFolder(tmp_path / "bundles"))


@pytest.fixture
def sender(centre: Centre, imports: BundleImport, tmp_path: Path) -> Sender:
    """A laptop of that centre."""
    return Sender(centre, imports.keys.public.recipient, tmp_path)


def left_in(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "bundles").rglob("*") if path.name != "import.lock"]


def test_operations_and_photos_are_taken_in_by_the_rules_of_a_push(
    centre: Centre, imports: BundleImport, sender: Sender, tmp_path: Path
) -> None:
    firm = enterprise(sender.laptop.grid)
    foreign = enterprise(new_id())
    day = visit(sender.laptop.grid, firm["row_id"])
    photo = photo_of(firm, PHOTO)
    bundle = sender.bundle([firm, day, foreign, photo], [answer(day["grid_id"], day["row_id"])], photos=(PHOTO,))
    done = imports.import_file(bundle)
    assert done.summary() == {
        "device": sender.laptop.device, "sequence": 1, "outcome": "applied", "code": None, "operations": 5,
        "counts": {"applied": 4, "forbidden": 1}, "attachments": {"kept": 1, "refused": 0},
    }  # fmt: skip
    assert centre.row("enterprises", firm["row_id"])["edited_by"] == sender.laptop.account
    assert (centre.count("change_log") >= 5, centre.count("batches"), left_in(tmp_path)) == (True, 2, [])
    assert done.name == f"zhuqi-{sender.laptop.device[-8:]}-0001.zqr"


def test_a_photo_without_a_record_is_not_kept_and_said_to_be_unknown(
    centre: Centre, imports: BundleImport, sender: Sender
) -> None:
    done = imports.import_file(sender.bundle([enterprise(sender.laptop.grid)], photos=(PHOTO,)))
    assert done.summary()["attachments"] == {"kept": 0, "refused": 1}
    assert centre.count("attachment_files") == 0


class Broken(NamedTuple):
    """Where an import breaks off: the n-th call of a function."""

    module: Any
    name: str
    call: int


@pytest.mark.parametrize(
    "broken",
    [
        Broken(ingest, "take_in", 1),
        Broken(ingest, "take_in", 2),
        Broken(bundle_import, "keep_photos", 1),
        Broken(bundle_log, "keep", 1),
    ],
    ids=lambda broken: f"{broken.name}-{broken.call}",
)
def test_an_import_that_broke_off_is_completed_by_the_next_one(
    centre: Centre, imports: BundleImport, sender: Sender, tmp_path: Path, broken: Broken
) -> None:
    firm = enterprise(sender.laptop.grid)
    batches = [firm, photo_of(firm, PHOTO)], [edit(firm, 1, remark="第二批")]
    bundle = sender.bundle(*batches, photos=(PHOTO,))
    whole, calls = getattr(broken.module, broken.name), 0

    def breaks(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == broken.call:
            raise OSError("the power went")
        return whole(*arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(broken.module, broken.name, breaks)
        with pytest.raises(OSError, match="the power went"):
            imports.import_file(bundle)
    assert left_in(tmp_path) == []
    assert centre.count("bundles_received") == 0
    done = imports.import_file(bundle)
    assert done.summary()["counts"] == {"applied": 3}
    assert centre.row("enterprises", firm["row_id"])["remark"] == "第二批"
    assert (centre.row("enterprises", firm["row_id"])["version"], centre.count("attachment_files")) == (2, 1)


def test_a_batch_no_answer_can_be_given_to_keeps_the_others_from_being_written(
    centre: Centre, imports: BundleImport, sender: Sender, tmp_path: Path
) -> None:
    before = centre.count("enterprises")
    with pytest.raises(UserProblem, match="sync_line_without_id"):
        imports.import_file(sender.bundle([enterprise(sender.laptop.grid)], [{"name": "no id"}]))
    assert (centre.count("enterprises"), centre.count("batches"), left_in(tmp_path)) == (before, 0, [])


def test_what_a_killed_import_left_is_gone_after_the_next_one(
    imports: BundleImport, sender: Sender, tmp_path: Path
) -> None:
    work = tmp_path / "bundles" / "work"
    work.mkdir(parents=True)
    (work / "content").write_text(NOTE)
    imports.import_file(sender.bundle([enterprise(sender.laptop.grid)]))
    assert left_in(tmp_path) == []


def test_one_import_at_a_time(imports: BundleImport, sender: Sender, tmp_path: Path) -> None:
    (tmp_path / "bundles").mkdir()
    with FileLock(tmp_path / "bundles" / "import.lock"), pytest.raises(UserProblem, match="bundle_import_running"):
        imports.import_file(sender.bundle([enterprise(sender.laptop.grid)]))


def test_a_disk_without_room_refuses_before_anything_is_unsealed(
    imports: BundleImport, sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = sender.bundle([enterprise(sender.laptop.grid)])
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=3 * bundle.stat().st_size - 1))
    with pytest.raises(EnvironmentProblem, match="bundle_disk_full"):
        imports.import_file(bundle)
    assert left_in(tmp_path) == []


def test_a_file_over_the_limit_is_refused_unread(
    imports: BundleImport, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = sender.bundle([enterprise(sender.laptop.grid)])
    monkeypatch.setattr(bundle_import, "BUNDLE_BYTES", 100)
    with pytest.raises(UserProblem, match="bundle_too_large"):
        imports.import_file(bundle)


def test_a_file_that_is_not_there_is_named(imports: BundleImport, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="bundle_not_read"):
        imports.import_file(tmp_path / "none.zqb")


def test_a_device_that_left_no_key_is_asked_to_enrol_again(
    centre: Centre, imports: BundleImport, sender: Sender
) -> None:
    bundle = sender.bundle([enterprise(sender.laptop.grid)])
    with centre.store.writing() as connection:
        connection.execute(update(devices).values(public_key=None))
    with pytest.raises(UserProblem, match="bundle_signer_unknown"):
        imports.import_file(bundle)


def test_no_personal_value_is_in_a_receipt_a_refusal_or_a_log(
    imports: BundleImport, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    firm = enterprise(sender.laptop.grid, NAME, remark=f"{NOTE} {PHONE}")
    unfit = edit(firm, 1, nome=NAME, remark=NOTE)
    done = imports.import_file(sender.bundle([firm, unfit, edit(firm, 1, scale=NOTE)]))
    receipt = unpacked(done.file[HEADER_BYTES + SIGNATURE_BYTES :], "zstd", 2**20).decode()
    assert "sync_value_refused" in receipt
    said = [receipt, str(done.summary()), caplog.text]
    with pytest.raises(Problem) as refusal:
        imports.import_file(sender.bundle([firm], [{"name": NAME, "phone": PHONE}]))
    said += [str(refusal.value), refusal.value.sentence("zh")]
    assert [value for value in (NAME, PHONE, NOTE) if value in "".join(said)] == []


def test_an_edit_of_before_a_restore_waits_for_its_device_to_offer_the_row_again_in_order(
    centre: Centre, imports: BundleImport, sender: Sender
) -> None:
    firm = enterprise(sender.laptop.grid)
    sender.laptop.push(firm)
    older, newer = edit(firm, 1, remark="older"), edit(firm, 1, remark="newer")
    sender.generation = new_id()  # the bundle was made before the centre was restored, and lost the older edit
    assert imports.import_file(sender.bundle([newer])).summary()["counts"] == {"held": 1}
    colleague = centre.officer("乙")
    assert colleague.statuses(edit(firm, 1, address="colleague's")) == ["applied"]  # nobody waits for it
    assert centre.row("enterprises", firm["row_id"])["remark"] is None
    assert set(sender.laptop.statuses(older, newer)) <= {"applied", "merged"}
    assert centre.row("enterprises", firm["row_id"])["remark"] == "newer"
    assert centre.row("enterprises", firm["row_id"])["address"] == "colleague's"


def test_a_later_edit_that_looks_like_a_whole_row_does_not_come_before_the_row(
    centre: Centre, imports: BundleImport, sender: Sender
) -> None:
    firm = enterprise(sender.laptop.grid)
    renamed = edit(firm, 0, name="later")
    sender.generation = new_id()
    assert imports.import_file(sender.bundle([renamed])).summary()["counts"] == {"held": 1}
    assert sender.laptop.statuses(firm, renamed) == ["applied", "applied"]
    assert centre.row("enterprises", firm["row_id"])["name"] == "later"
