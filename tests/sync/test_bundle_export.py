"""Writing a bundle: what goes into it, what stays for the next one, and that a half-written one is never there."""

from __future__ import annotations

import io
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import text

from desktop.models.desk.bundles import bundle_standing
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id, utc_now
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.models.progress import Cancelled, Progress
from desktop.models.records.attachments import Attachment
from desktop.sync import bundle_export
from desktop.sync.bundle_export import export_bundle, suggested_name
from desktop.sync.enrolment import keep_scope
from desktop.sync.outbox import batch_id_of, offers_at, waiting_batches
from desktop.sync.wire import container, signing
from desktop.sync.wire.batch_body import line_of
from desktop.sync.wire.bundle_file import Bundle
from desktop.sync.wire.messages import GridScope
from desktop.sync.wire.protocol import LIMITS
from desktop.sync.wire.sealing import unseal
from tests.builders import add_enterprise

GRID = grid_id("G1")
IDENTITY = pyrage.x25519.Identity.generate()
SIGNING_KEY = signing.new_signing_key()
NAME = "浙江陆盛精密机械有限公司"


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """A laptop that has exchanged keys, with an enterprise waiting in a grid of the centre."""
    add_enterprise(workspace, NAME)
    with workspace.write() as session:
        session.execute(text("UPDATE outbox SET grid_id = :grid"), {"grid": GRID})
        session.execute(text("UPDATE device SET signing_key = :key"), {"key": SIGNING_KEY})
        session.execute(
            text(
                "INSERT INTO enrolment (id, server_url, officer_id, officer_name, role, token, generation,"
                " clock_offset_ms, enrolled_at, bundle_recipient, centre_key)"
                " VALUES (1, 'https://centre.example', :id, '甲', 'grid_instructor', 'zqd_x', :id, 0, :now, :to, :key)"
            ),
            {"id": new_id(), "now": utc_now(), "to": str(IDENTITY.to_public()), "key": "00" * 32},
        )
        keep_scope(session, [GridScope(GRID, "G1", "G1")])
    workspace.refresh_enrolment()
    return workspace


def add_photos(desk: Workspace, *contents: bytes) -> list[str]:
    with desk.write() as session:
        owner = session.execute(text("SELECT id FROM enterprises")).scalar_one()
    hashes = []
    for content in contents:
        hashes.append(desk.attachments.put(content))
        with desk.write() as session:
            session.add(
                Attachment(
                    grid_id=GRID, owner_table="enterprises", owner_id=owner, purpose="photo",
                    sha256=hashes[-1], size=len(content), media_type="image/jpeg",
                )
            )  # fmt: skip
    return hashes


def opened(file: Path) -> Bundle:
    found = io.BytesIO()
    with file.open("rb") as sealed:
        container.require_header(sealed.read(container.HEADER_BYTES), container.Kind.BUNDLE)
        unseal(sealed, found, str(IDENTITY), 2**30)
    found.seek(0)
    bundle = Bundle(found)
    bundle.require_recipient(str(IDENTITY.to_public()))
    bundle.require_signature(signing.public_key_of(SIGNING_KEY))
    bundle.require_whole()
    return bundle


def photos_in(bundle: Bundle) -> list[bytes]:
    return [b"".join(pieces) for _, pieces in bundle.attachments()]


def test_a_bundle_holds_what_a_push_would_send_under_the_same_batch_ids(desk: Workspace, tmp_path: Path) -> None:
    waiting = [
        [offer.operation for offer in offers_at(desk, [each.position for each in batch])]
        for batch in waiting_batches(desk, LIMITS)
    ]
    made = export_bundle(desk, tmp_path / "a.zqb")
    bundle = opened(made.file)
    assert [(part.id, lines) for part, lines in bundle.batches()] == [
        (batch_id_of(operations), [line_of(operation) for operation in operations]) for operations in waiting
    ]
    assert (made.operations, made.attachments, made.operations_left, made.attachments_left) == (2, 0, 0, 0)


def test_nothing_of_the_records_can_be_read_in_the_file(desk: Workspace, tmp_path: Path) -> None:
    add_photos(desk, "照片里的字".encode() * 9)
    file = export_bundle(desk, tmp_path / "a.zqb").file.read_bytes()
    for secret in (NAME, "顾言", "照片里的字", "913304990000000019", desk.device.id):
        assert secret.encode() not in file


def test_bundles_are_numbered_and_each_names_the_one_before(desk: Workspace, tmp_path: Path) -> None:
    assert suggested_name(desk) == f"zhuqi-{desk.device.id[-8:]}-0001.zqb"
    first, second = (opened(export_bundle(desk, tmp_path).file) for _ in range(2))
    assert [(b.manifest.sequence, b.manifest.previous) for b in (first, second)] == [(1, None), (2, first.id)]
    assert suggested_name(desk).endswith("-0003.zqb")
    assert [(row.sequence, row.operations, row.outcome) for row in bundle_standing(desk).bundles] == [
        (2, 2, None),
        (1, 2, None),
    ]
    assert bundle_standing(desk).unanswered == 2


def test_photos_go_along_once_each_and_only_until_they_are_confirmed(desk: Workspace, tmp_path: Path) -> None:
    one, two = b"photo one", b"photo two"
    hashes = add_photos(desk, one, two, one)
    assert sorted(photos_in(opened(export_bundle(desk, tmp_path).file))) == [one, two]
    with desk.write() as session:
        session.execute(
            text("INSERT INTO confirmed_attachments (sha256, grid_id, confirmed_at) VALUES (:h, :g, '')"),
            {"h": hashes[0], "g": GRID},
        )
    made = export_bundle(desk, tmp_path)
    assert photos_in(opened(made.file)) == [two]


def test_a_photo_that_is_gone_or_damaged_is_counted_and_keeps_nothing_back(desk: Workspace, tmp_path: Path) -> None:
    good, gone, damaged = add_photos(desk, b"good", b"gone", b"damaged")
    desk.attachments.path(gone).unlink()
    desk.attachments.path(damaged).write_bytes(b"DAMAGED")
    made = export_bundle(desk, tmp_path)
    assert [part.sha256 for part in opened(made.file).manifest.attachments] == [good]
    assert (made.operations, made.attachments, made.attachments_left) == (5, 1, 2)


def test_a_photo_whose_record_was_refused_stays_here(desk: Workspace, tmp_path: Path) -> None:
    add_photos(desk, b"refused")
    with desk.write() as session:
        session.execute(text("UPDATE outbox SET status = 'forbidden' WHERE table_name = 'attachments'"))
    made = export_bundle(desk, tmp_path)
    assert (made.operations, made.attachments, made.attachments_left) == (2, 0, 0)


def test_what_has_no_room_waits_for_the_next_bundle(
    desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_photos(desk, b"x" * 600, b"y" * 500)
    monkeypatch.setattr(bundle_export, "MOST_OPERATIONS", 3)
    made = export_bundle(desk, tmp_path)
    assert (made.operations, made.operations_left) == (0, 4)  # one aggregate: it never travels in parts
    monkeypatch.setattr(bundle_export, "MOST_ATTACHMENTS", 1)
    made = export_bundle(desk, tmp_path)
    assert (made.attachments, made.attachments_left) == (1, 1)
    monkeypatch.setattr(bundle_export, "MOST_ATTACHMENTS", 9)
    monkeypatch.setattr(bundle_export, "BUNDLE_BYTES", 1000)
    assert photos_in(opened(export_bundle(desk, tmp_path).file)) == [b"x" * 600]


def test_an_operation_that_can_never_travel_is_refused_here_and_blocks_nobody(desk: Workspace, tmp_path: Path) -> None:
    with desk.write() as session:
        session.execute(
            text("UPDATE outbox SET fields = json_set(fields, '$.remark', :long) WHERE table_name = 'enterprises'"),
            {"long": "长" * 40_000},
        )
    made = export_bundle(desk, tmp_path)
    assert made.operations == 1
    with desk.read() as session:
        refused = session.execute(text("SELECT code FROM outbox WHERE status = 'rejected'")).scalars().all()
    assert refused == ["sync_line_too_long"]


def test_work_of_the_local_grid_is_not_carried_anywhere(desk: Workspace, tmp_path: Path) -> None:
    add_enterprise(desk, "尚未并入网格的厂", None)
    assert export_bundle(desk, tmp_path).operations == 2


def test_an_export_with_nothing_to_send_is_a_bundle_all_the_same(desk: Workspace, tmp_path: Path) -> None:
    with desk.write() as session:
        session.execute(text("UPDATE outbox SET status = 'applied'"))
    made = export_bundle(desk, tmp_path)
    assert (made.operations, opened(made.file).manifest.batches) == (0, [])


@pytest.mark.parametrize("steps", [1, 4, 8])
def test_calling_it_off_leaves_no_file(desk: Workspace, tmp_path: Path, steps: int) -> None:
    add_photos(desk, *(bytes([n]) * 300_000 for n in range(4)))
    progress = Progress(interval_s=0)

    def report(_done: int, _total: int, _label: str) -> None:
        nonlocal steps
        steps -= 1
        if steps == 0:
            progress.cancel()

    progress = Progress(report, interval_s=0)
    (tmp_path / "stick").mkdir()
    with pytest.raises(Cancelled):
        export_bundle(desk, tmp_path / "stick", progress)
    assert list((tmp_path / "stick").iterdir()) == []
    assert bundle_standing(desk).bundles == ()


def test_a_full_stick_leaves_no_file_and_is_named(
    desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(bundle_export, "seal", full)
    with pytest.raises(EnvironmentProblem, match="bundle_not_written") as refusal:
        export_bundle(desk, tmp_path / "stick")
    assert "No space left" in refusal.value.sentence("en")
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_folder_that_is_not_there_is_named(desk: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="bundle_not_written"):
        export_bundle(desk, tmp_path / "no" / "stick" / "a.zqb")


def test_without_enrolment_or_keys_there_is_no_bundle(desk: Workspace, tmp_path: Path) -> None:
    with desk.write() as session:
        session.execute(text("UPDATE enrolment SET bundle_recipient = NULL"))
    desk.refresh_enrolment()
    assert bundle_standing(desk).obstacle == "bundle_not_prepared"
    with pytest.raises(UserProblem, match="bundle_not_prepared"):
        export_bundle(desk, tmp_path)
    with desk.write() as session:
        session.execute(text("DELETE FROM enrolment"))
    desk.refresh_enrolment()
    assert bundle_standing(desk).obstacle == "sync_not_enrolled"
    with pytest.raises(UserProblem, match="sync_not_enrolled"):
        export_bundle(desk, tmp_path)
    assert list(tmp_path.glob("*.zqb")) == []
