"""What can befall photos on their way: they go on where they stopped, and none counts as arrived that is not."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text, update

from desktop.models.desk.workspace_health import status
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id
from desktop.models.problems import EnvironmentProblem
from desktop.sync import attachment_transfer
from desktop.sync.enrolment import enrol
from desktop.sync.file_load import loads_of
from desktop.sync.file_upload import PIECE_BYTES, FileUpload, Stopped
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from desktop.sync.wire.protocol import Limits
from server.attachment_audit import forget_lost
from server.attachment_store import AttachmentStore
from server.device_tokens import revoke_device
from server.tables import server_identity
from tests.builders import add_enterprise, begin_visit
from tests.flows.centre_process import ROOT, CentreProcess, running_centre
from tests.flows.middleman import Middleman, Trouble, middleman
from tests.flows.photo_story import ONCE, arrived, connected_to, noted, run_sync_records_only, take, until
from tests.photos import photo

PATIENT = Pace(connect_s=2, stall_s=1, attempts=4, pause_s=0.05)
UPLOADS = "/v1/attachments/uploads"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the centre keeps photos."""
    return tmp_path / "attachments"


@pytest.fixture
def centre(database_url: str, folder: Path) -> Iterator[CentreProcess]:
    """A running centre, once embedded and once on PostgreSQL."""
    with running_centre(database_url, attachments=folder) as running:
        yield running


@pytest.fixture
def between(centre: CentreProcess) -> Iterator[Middleman]:
    """The man in the middle; he spoils uploads."""
    with middleman(centre.url) as man:
        man.spoiled = UPLOADS
        yield man


@pytest.fixture
def desk(centre: CentreProcess, between: Middleman, tmp_path: Path) -> Iterator[Workspace]:
    """A laptop enrolled through the man in the middle, with an open visit."""
    with Workspace.create(tmp_path / "desk") as workspace:
        begin_visit(workspace, add_enterprise(workspace))
        enrol(workspace, between.url, centre.code(centre.officer()), adopt_into="G1")
        run_sync(workspace, pace=ONCE)
        between.asked.clear()
        yield workspace


def test_a_days_photos_arrive_eight_in_a_request(desk: Workspace, between: Middleman, folder: Path) -> None:
    contents = [photo(number, 30_000 + number) for number in range(40)]
    names = take(desk, *contents)
    receipt = run_sync(desk, pace=ONCE)
    assert receipt["attachments"] == {"sent": 40, "bytes": sum(map(len, contents)), "waiting": 0}
    assert arrived(folder) == dict(zip(names, contents, strict=True))
    assert (status(desk)["attachments_waiting"], noted(desk)) == (0, [])
    assert [asked for asked in between.asked if UPLOADS in asked] == [f"POST {UPLOADS}/together"] * 5


def test_a_server_that_takes_one_photo_a_request_is_given_one(
    desk: Workspace, between: Middleman, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachment_transfer, "loads_of", lambda uploads, limits: loads_of(uploads, Limits()))
    names = take(desk, *(photo(number, 10_000) for number in range(5)))
    assert run_sync(desk, pace=ONCE)["attachments"]["sent"] == 5
    assert sorted(arrived(folder)) == sorted(names)
    assert [asked for asked in between.asked if UPLOADS in asked] == [f"POST {UPLOADS}"] * 5


def test_a_line_cut_among_several_photos_keeps_the_whole_ones_and_goes_on_inside_the_last(
    desk: Workspace, between: Middleman, centre: CentreProcess, folder: Path
) -> None:
    contents = [photo(number, 100_000) for number in range(5)]
    names = take(desk, *contents)
    between.troubles = [Trouble.CUT_REQUEST]  # in the middle of the third
    with pytest.raises(EnvironmentProblem, match="sync_offline"):
        run_sync(desk, pace=ONCE)
    until(lambda: centre.count("uploads") == 1)
    assert set(arrived(folder)) & set(names) == set(names[:2])
    between.asked.clear()
    assert run_sync(desk, pace=ONCE)["attachments"] == {"sent": 3, "bytes": 300_000, "waiting": 0}
    assert f"PATCH {UPLOADS}/{names[2]}" in between.asked
    assert 50_000 <= between.lengths["PATCH"] < 100_000  # what the server had not read when the line broke goes again
    assert arrived(folder) == dict(zip(names, contents, strict=True))
    assert (status(desk)["attachments_waiting"], noted(desk)) == (0, [])


def test_a_proxy_that_passes_no_several_photos_is_given_one_after_the_other(
    desk: Workspace, between: Middleman, folder: Path
) -> None:
    names = take(desk, *(photo(number, 150_000) for number in range(3)))
    between.largest_body = 200_000
    assert run_sync(desk, pace=ONCE)["attachments"]["waiting"] == 0
    assert sorted(arrived(folder)) == sorted(names)


def test_a_cut_line_costs_only_what_was_on_it(
    desk: Workspace, between: Middleman, centre: CentreProcess, folder: Path
) -> None:
    content = photo(1, 300_000)
    (name,) = take(desk, content)
    between.troubles = [Trouble.CUT_REQUEST]
    with pytest.raises(EnvironmentProblem, match="sync_offline"):
        run_sync(desk, pace=ONCE)
    assert status(desk)["attachments_waiting"] == 1
    assert desk.attachments.get(name) == content
    until(lambda: centre.count("uploads") == 1)
    desk.close()
    with Workspace.open(desk.folder) as again:  # the program was started anew meanwhile
        between.asked.clear()
        assert run_sync(again, pace=ONCE)["attachments"]["sent"] == 1
        address = f"{UPLOADS}/{name}"
        assert [asked for asked in between.asked if UPLOADS in asked] == [f"HEAD {address}", f"PATCH {address}"]
        assert between.lengths["PATCH"] == len(content) - len(content) // 2
        assert (arrived(folder), noted(again)) == ({name: content}, [])
        assert centre.count("uploads") == 0


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (Trouble.CUT_REQUEST, "sync_offline"),
        (Trouble.LOSE_ANSWER, "sync_offline"),
        (Trouble.STALL, "sync_offline"),
        (Trouble.PORTAL, "sync_not_our_server"),
        (Trouble.REDIRECT, "sync_not_our_server"),
        (Trouble.BUSY, "sync_server_refused"),
    ],
)
def test_a_photo_that_met_trouble_waits_and_the_next_sync_makes_it_good(
    desk: Workspace, between: Middleman, folder: Path, trouble: Trouble, code: str
) -> None:
    contents = [photo(number, 100_000) for number in range(3)]
    names = take(desk, *contents)
    between.troubles = [trouble]
    with pytest.raises(EnvironmentProblem, match=code):
        run_sync(desk, pace=ONCE)
    assert status(desk)["attachments_waiting"] >= 1
    run_sync(desk, pace=ONCE)
    assert arrived(folder) == dict(zip(names, contents, strict=True))
    assert (status(desk)["attachments_waiting"], noted(desk)) == (0, [])


def test_a_photo_whose_answer_was_lost_is_not_sent_again(desk: Workspace, between: Middleman) -> None:
    take(desk, photo(1, 100_000))
    between.troubles = [Trouble.LOSE_ANSWER]
    with pytest.raises(EnvironmentProblem, match="sync_offline"):
        run_sync(desk, pace=ONCE)
    between.asked.clear()
    assert run_sync(desk, pace=ONCE)["attachments"] == {"sent": 0, "bytes": 0, "waiting": 0}
    assert [asked for asked in between.asked if UPLOADS in asked] == []
    assert (status(desk)["attachments_waiting"], noted(desk)) == (0, [])


def test_a_patient_run_gets_through_by_itself(desk: Workspace, between: Middleman, folder: Path) -> None:
    contents = [photo(number, 200_000) for number in range(6)]
    take(desk, *contents)
    between.troubles = [Trouble.CUT_REQUEST, Trouble.PASS, Trouble.BUSY, Trouble.PASS, Trouble.LOSE_ANSWER]
    receipt = run_sync(desk, pace=PATIENT)
    assert receipt["attachments"]["waiting"] == 0
    assert sorted(arrived(folder).values()) == sorted(contents)


def test_a_program_killed_while_a_photo_travels_asks_first(desk: Workspace, between: Middleman, folder: Path) -> None:
    content = photo(1, 200_000)
    (name,) = take(desk, content)
    desk.close()
    between.troubles = [Trouble.STALL]
    command = [sys.executable, "-m", "desktop", "sync", "--json", "--workspace", str(desk.folder)]
    program = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: bool(arrived(folder)), 30)
    program.kill()
    program.wait()
    with Workspace.open(desk.folder) as again:
        assert [row[0] for row in noted(again)] == [name]
        between.asked.clear()
        assert run_sync(again, pace=ONCE)["attachments"] == {"sent": 0, "bytes": 0, "waiting": 0}
        assert [asked for asked in between.asked if UPLOADS in asked] == []


def test_calling_it_off_inside_a_file_keeps_what_has_arrived(
    desk: Workspace, centre: CentreProcess, folder: Path
) -> None:
    class AfterTenPieces(threading.Event):
        asked = 0

        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 10

    content = photo(1, 2_000_000)
    (name,) = take(desk, content)
    run_sync_records_only(desk)
    upload = FileUpload(name, len(content))
    with connected_to(desk, centre.url) as endpoint:
        with pytest.raises(Stopped):
            upload.send(endpoint, content, 4 * 2**20, AfterTenPieces())
        until(lambda: centre.count("uploads") == 1)
        standing = endpoint.upload_standing(name)
        assert standing is not None
        assert 0 < standing.offset <= 10 * PIECE_BYTES
        FileUpload(name, len(content), begun=True).send(endpoint, content, 4 * 2**20, threading.Event())
    assert arrived(folder) == {name: content}


def test_a_large_file_travels_in_requests_of_bounded_size(
    desk: Workspace, centre: CentreProcess, between: Middleman, folder: Path
) -> None:
    content = photo(1, 1_000_000)
    (name,) = take(desk, content)
    run_sync_records_only(desk)
    between.asked.clear()
    with connected_to(desk, between.url) as endpoint:
        FileUpload(name, len(content)).send(endpoint, content, 300_000, threading.Event())
    assert [asked.split()[0] for asked in between.asked] == ["POST", "PATCH", "PATCH", "PATCH"]
    assert arrived(folder) == {name: content}


def test_a_proxy_that_passes_only_little_at_once_is_given_less(
    desk: Workspace, between: Middleman, folder: Path
) -> None:
    content = photo(1, 700_000)
    (name,) = take(desk, content)
    between.largest_body = 200_000
    assert run_sync(desk, pace=ONCE)["attachments"]["waiting"] == 0
    assert arrived(folder) == {name: content}


def test_an_upload_begun_at_one_process_goes_on_at_another(
    desk: Workspace, centre: CentreProcess, database_url: str, folder: Path
) -> None:
    content = photo(1, 500_000)
    (name,) = take(desk, content)
    run_sync_records_only(desk)
    with running_centre(database_url, attachments=folder) as second:
        with connected_to(desk, centre.url) as endpoint:
            half = endpoint.begin_upload(name, len(content), [content[:250_000]], 250_000)
        with connected_to(desk, second.url) as endpoint:
            assert endpoint.upload_standing(name) == half
            whole = endpoint.go_on_upload(name, half.offset, [content[half.offset :]], len(content) - half.offset)
            assert whole.whole
    assert arrived(folder) == {name: content}


def test_of_two_that_send_from_the_same_place_one_is_told_where_it_stands(
    desk: Workspace, centre: CentreProcess, folder: Path
) -> None:
    content = photo(1, 600_000)
    (name,) = take(desk, content)
    run_sync_records_only(desk)
    with connected_to(desk, centre.url) as endpoint:
        endpoint.begin_upload(name, len(content), [], 0)
        outcomes: list[str] = []

        def send(size: int) -> None:
            try:
                endpoint.go_on_upload(name, 0, [content[:size]], size)
                outcomes.append("moved on")
            except EnvironmentProblem as problem:
                outcomes.append(problem.code)

        threads = [threading.Thread(target=send, args=(size,)) for size in (100_000, 200_000, 300_000, 400_000)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["moved on"] + ["sync_upload_offset"] * 3
        FileUpload(name, len(content), begun=True).send(endpoint, content, 4 * 2**20, threading.Event())
    assert arrived(folder) == {name: content}


def test_a_server_killed_in_the_middle_goes_on_where_it_stood(desk: Workspace, database_url: str, folder: Path) -> None:
    content = photo(1, 900_000)
    (name,) = take(desk, content)
    run_sync_records_only(desk)
    with running_centre(database_url, attachments=folder) as victim, connected_to(desk, victim.url) as endpoint:
        assert endpoint.begin_upload(name, len(content), [content[:300_000]], 300_000).offset == 300_000

        def dying() -> Iterator[bytes]:
            yield content[300_000:500_000]
            victim.kill()
            yield content[500_000:]

        with pytest.raises(EnvironmentProblem, match="sync_offline"):
            endpoint.go_on_upload(name, 300_000, dying(), 600_000)
    with running_centre(database_url, attachments=folder) as after, connected_to(desk, after.url) as endpoint:
        standing = endpoint.upload_standing(name)
        assert standing is not None
        assert standing.offset == 300_000  # what was answered is there; what was not, is not
        FileUpload(name, len(content), begun=True).send(endpoint, content, 4 * 2**20, threading.Event())
    assert arrived(folder) == {name: content}


def test_a_photo_the_centre_refuses_waits_with_its_reason_and_the_others_go_on(desk: Workspace, folder: Path) -> None:
    fine, page = photo(1, 50_000), b"<html>not a photo at all</html>"
    names = take(desk, page, fine)
    receipt = run_sync(desk, pace=ONCE)
    assert receipt["attachments"] == {"sent": 1, "bytes": len(fine), "waiting": 1}
    assert list(arrived(folder)) == [names[1]]
    assert noted(desk) == [(names[0], 0, "sync_attachment_type")]


def test_a_damaged_copy_is_never_taken_for_the_photo(desk: Workspace, folder: Path) -> None:
    content = photo(1, 50_000)
    (name,) = take(desk, content)
    desk.attachments.path(name).write_bytes(content[:-1] + b"x")
    assert run_sync(desk, pace=ONCE)["attachments"]["waiting"] == 1
    assert (arrived(folder), [row[2] for row in noted(desk)]) == ({}, ["sync_attachment_differs"])
    desk.attachments.path(name).write_bytes(content)
    assert run_sync(desk, pace=ONCE)["attachments"]["waiting"] == 0
    assert arrived(folder) == {name: content}


def test_photos_of_another_laptop_count_once_the_centre_has_them(
    desk: Workspace, centre: CentreProcess, between: Middleman, tmp_path: Path
) -> None:
    names = take(desk, photo(1, 40_000), photo(2, 40_000))
    run_sync_records_only(desk)
    officer = centre.officer("沈知白")
    with Workspace.create(tmp_path / "second") as second:
        enrol(second, centre.url, centre.code(officer))
        assert run_sync(second, pace=ONCE)["attachments"] == {"sent": 0, "bytes": 0, "waiting": 2}
        run_sync(desk, pace=ONCE)
        assert run_sync(second, pace=ONCE)["attachments"]["waiting"] == 0
        assert status(second)["attachments_waiting"] == 0
        assert [second.attachments.get(name) for name in names] == [None, None]


def test_what_is_kept_is_what_was_sent(folder: Path, desk: Workspace) -> None:
    names = take(desk, *(photo(number, 10_000) for number in range(5)))
    run_sync(desk, pace=ONCE)
    assert {hashlib.sha256(content).hexdigest() for content in arrived(folder).values()} == set(names)


def test_a_refusal_is_heard_though_the_photo_was_still_on_its_way(desk: Workspace, centre: CentreProcess) -> None:
    unknown = photo(99, 3_000_000)
    name = hashlib.sha256(unknown).hexdigest()
    with connected_to(desk, centre.url) as endpoint:
        for _ in range(5):
            with pytest.raises(EnvironmentProblem, match="sync_not_found"):
                FileUpload(name, len(unknown)).send(endpoint, unknown, 4 * 2**20, threading.Event())


def test_a_device_that_was_revoked_stops_at_its_first_photo(desk: Workspace, centre: CentreProcess) -> None:
    content = photo(1, 300_000)
    (name,) = take(desk, content)
    run_sync_records_only(desk)
    with centre.store.writing() as connection:
        revoke_device(connection, desk.device.id)
    with connected_to(desk, centre.url) as endpoint, pytest.raises(EnvironmentProblem) as refusal:
        FileUpload(name, len(content)).send(endpoint, content, 4 * 2**20, threading.Event())
    assert refusal.value.code in ("sync_not_signed_in", "sync_offline")  # a stranger's body is not read to its end
    assert desk.attachments.get(name) == content


def test_photos_a_restored_centre_lacks_are_sent_again_and_no_others(
    desk: Workspace, centre: CentreProcess, between: Middleman, folder: Path
) -> None:
    contents = [photo(number, 20_000) for number in range(4)]
    names = take(desk, *contents)
    run_sync(desk, pace=ONCE)
    with centre.store.writing() as connection:  # the backup knew of three, and one of their files was lost since
        connection.execute(text("DELETE FROM attachment_files WHERE sha256 = :name"), {"name": names[0]})
        connection.execute(update(server_identity).values(generation=new_id()))
    for name in names[:2]:
        next(folder.rglob(name)).unlink()
    assert forget_lost(centre.store, AttachmentStore.at(str(folder))) == 1
    between.asked.clear()
    with running_centre(
        str(centre.store.engine.url.render_as_string(hide_password=False)), attachments=folder
    ) as restored:
        with desk.write() as session:
            session.execute(text("UPDATE enrolment SET server_url = :url"), {"url": restored.url})
        desk.refresh_enrolment()
        receipt = run_sync(desk, pace=ONCE)
    assert receipt["attachments"] == {"sent": 2, "bytes": 40_000, "waiting": 0}
    assert arrived(folder) == dict(zip(names, contents, strict=True))
    assert noted(desk) == []
