"""Uploads over the wire: from one request to many, broken, doubled, wrong; the bytes are whole or not there at all."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from desktop.models.identity import grid_id
from server.accounts import grant, revoke
from server.attachment_store import AttachmentStore
from server.tables import attachment_bytes, attachment_files, uploads
from tests.server.centre import JPEG, Centre, Laptop, attachment, enterprise

NAME = hashlib.sha256(JPEG).hexdigest()
HALF = len(JPEG) // 2


@pytest.fixture
def desk(centre: Centre) -> Laptop:
    """A laptop whose record of one photo is at the centre."""
    laptop = centre.officer()
    announce(laptop, JPEG)
    return laptop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the centre keeps its objects."""
    return tmp_path / "attachments"


def announce(laptop: Laptop, *contents: bytes) -> None:
    firm = enterprise(laptop.grid)
    laptop.push(firm, *(attachment(laptop.grid, firm["row_id"], content) for content in contents))


def stored(folder: Path) -> dict[str, bytes]:
    """Every file in the store, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def code(response: Any) -> str:
    return str(response.json()["problem"]["code"])


def offset(response: Any) -> int:
    return int(response.headers["upload-offset"])


def test_a_photo_sent_in_one_request_is_whole_and_named_by_its_hash(desk: Laptop, folder: Path) -> None:
    answer = desk.upload(JPEG)
    assert (answer.status_code, offset(answer)) == (201, len(JPEG))
    assert answer.headers["location"] == f"/v1/attachments/uploads/{NAME}"
    digest = base64.b64encode(bytes.fromhex(NAME)).decode()
    assert answer.headers["repr-digest"] == f"sha-256=:{digest}:"
    assert stored(folder) == {f"{NAME[:2]}/{NAME}": JPEG}
    assert desk.get(f"/v1/attachments/{NAME}").json() == {"sha256": NAME, "size": len(JPEG)}
    assert desk.held([NAME, "0" * 64]).json() == {"sha256": [NAME]}
    assert desk.centre.count("uploads") == 0


def test_a_photo_in_pieces_is_asked_for_and_gone_on_with(desk: Laptop, folder: Path) -> None:
    begun = desk.create(NAME, len(JPEG))
    assert (begun.status_code, offset(begun)) == (201, 0)
    assert "repr-digest" not in begun.headers
    for start, end in ((0, 100), (100, HALF), (HALF, len(JPEG))):
        asked = desk.tus("HEAD", NAME)
        assert (asked.status_code, offset(asked), asked.headers["upload-length"]) == (200, start, str(len(JPEG)))
        assert asked.headers["cache-control"] == "no-store"
        assert asked.headers["upload-expires"].endswith(" GMT")
        sent = desk.tus("PATCH", NAME, JPEG[start:end], {"Upload-Offset": str(start)})
        assert (sent.status_code, offset(sent)) == (204, end)
    assert stored(folder) == {f"{NAME[:2]}/{NAME}": JPEG}
    asked = desk.tus("HEAD", NAME)
    assert (offset(asked), "repr-digest" in asked.headers) == (len(JPEG), True)


def test_the_first_bytes_may_come_with_the_creation(desk: Laptop, folder: Path) -> None:
    assert offset(desk.create(NAME, len(JPEG), JPEG[:HALF])) == HALF
    assert offset(desk.tus("PATCH", NAME, JPEG[HALF:], {"Upload-Offset": str(HALF)})) == len(JPEG)
    assert stored(folder) == {f"{NAME[:2]}/{NAME}": JPEG}


def test_bytes_from_a_wrong_offset_are_refused_and_change_nothing(desk: Laptop, folder: Path) -> None:
    desk.create(NAME, len(JPEG), JPEG[:HALF])
    before = stored(folder)
    for wrong in (0, HALF - 1, HALF + 1):
        refused = desk.tus("PATCH", NAME, JPEG[wrong:], {"Upload-Offset": str(wrong)})
        assert (refused.status_code, code(refused)) == (409, "sync_upload_offset")
    assert stored(folder) == before
    assert offset(desk.tus("HEAD", NAME)) == HALF


def test_a_creation_repeated_begins_anew_and_leaves_no_piece_behind(desk: Laptop, folder: Path) -> None:
    desk.create(NAME, len(JPEG), JPEG[:HALF])
    assert offset(desk.create(NAME, len(JPEG))) == 0
    assert offset(desk.tus("HEAD", NAME)) == 0
    assert stored(folder) == {}
    desk.create(NAME, len(JPEG), JPEG[:HALF])
    assert offset(desk.upload(JPEG)) == len(JPEG)
    assert (list(stored(folder)), desk.centre.count("uploads")) == ([f"{NAME[:2]}/{NAME}"], 0)


def test_the_same_photo_sent_again_is_harmless(desk: Laptop, folder: Path) -> None:
    for _ in range(2):
        assert desk.upload(JPEG).status_code == 201
    assert stored(folder) == {f"{NAME[:2]}/{NAME}": JPEG}
    assert desk.centre.count("attachment_files") == 1


@pytest.mark.parametrize("pieces", [1, 2])
def test_bytes_that_do_not_have_their_hash_are_not_kept(desk: Laptop, folder: Path, pieces: int) -> None:
    wrong = JPEG[:-1] + b"x"
    if pieces == 1:
        refused = desk.create(NAME, len(wrong), wrong)
    else:
        desk.create(NAME, len(wrong), wrong[:HALF])
        refused = desk.tus("PATCH", NAME, wrong[HALF:], {"Upload-Offset": str(HALF)})
    assert (refused.status_code, code(refused)) == (460, "sync_attachment_differs")
    assert (stored(folder), desk.centre.count("attachment_files"), desk.centre.count("uploads")) == ({}, 0, 0)
    assert desk.tus("HEAD", NAME).status_code == 404
    assert desk.upload(JPEG).status_code == 201


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_part_that_does_not_have_its_checksum_is_not_kept(desk: Laptop, algorithm: str) -> None:
    def checksum(part: bytes) -> dict[str, str]:
        digest = base64.b64encode(hashlib.new(algorithm, part).digest()).decode()
        return {"Upload-Offset": "0", "Upload-Checksum": f"{algorithm} {digest}"}

    desk.create(NAME, len(JPEG))
    refused = desk.tus("PATCH", NAME, JPEG[:HALF], checksum(JPEG[1 : HALF + 1]))
    assert (refused.status_code, code(refused)) == (460, "sync_upload_checksum")
    assert offset(desk.tus("HEAD", NAME)) == 0
    assert offset(desk.tus("PATCH", NAME, JPEG[:HALF], checksum(JPEG[:HALF]))) == HALF
    unknown = desk.tus("PATCH", NAME, b"x", {"Upload-Offset": str(HALF), "Upload-Checksum": "md5 eA=="})
    assert (unknown.status_code, code(unknown)) == (400, "sync_upload_malformed")


def test_the_kind_of_a_file_is_told_by_its_bytes(desk: Laptop, folder: Path) -> None:
    kept = [
        b"\x89PNG\r\n\x1a\n" + b"0" * 20,
        b"RIFF\x10\0\0\0WEBPVP8 " + b"0" * 20,
        b"%PDF-1.7\n" + b"0" * 20,
    ]
    refused = [
        b"<html><script>alert(1)</script></html>",
        b"MZ" + b"0" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"RIFF\x10\0\0\0WAVEfmt " + b"0" * 20,
        b"\xff\xd8",
    ]
    announce(desk, *kept, *refused)
    assert [desk.upload(content).status_code for content in kept] == [201] * 3
    for content in refused:
        answer = desk.upload(content)
        assert (answer.status_code, code(answer)) == (415, "sync_attachment_type")
    assert len(stored(folder)) == len(kept)


def test_the_kind_is_refused_before_the_rest_has_come(desk: Laptop) -> None:
    page = b"<html>" + b" " * 1000
    announce(desk, page)
    name = hashlib.sha256(page).hexdigest()
    refused = desk.create(name, len(page), page[:100])
    assert (refused.status_code, desk.centre.count("uploads")) == (415, 0)


@pytest.mark.parametrize(
    ("change", "status", "problem"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412, "sync_upload_version"),
        ({"Tus-Resumable": ""}, 412, "sync_upload_version"),
        ({"Upload-Length": "-1"}, 400, "sync_upload_malformed"),
        ({"Upload-Length": "0"}, 400, "sync_upload_malformed"),
        ({"Upload-Length": "9" * 40}, 400, "sync_upload_malformed"),
        ({"Upload-Length": str(15 * 2**20 + 1)}, 413, "sync_body_too_large"),
        ({"Upload-Metadata": ""}, 400, "sync_upload_malformed"),
        ({"Upload-Metadata": "sha256 !!!"}, 400, "sync_upload_malformed"),
        ({"Upload-Metadata": f"sha256 {base64.b64encode(b'../../etc/passwd').decode()}"}, 400, "sync_upload_malformed"),
        ({"Upload-Checksum": "sha1 %%%"}, 400, "sync_upload_malformed"),
        ({"Authorization": "Bearer zqd_" + "x" * 43}, 401, "sync_not_signed_in"),
    ],
)
def test_a_creation_that_is_not_right_is_refused(
    desk: Laptop, folder: Path, change: dict[str, str], status: int, problem: str
) -> None:
    refused = desk.create(NAME, len(JPEG), JPEG, **change)
    assert (refused.status_code, code(refused)) == (status, problem)
    assert refused.headers["tus-resumable"] == refused.headers["tus-version"] == "1.0.0"
    assert stored(folder) == {}


@pytest.mark.parametrize(
    ("change", "status", "problem"),
    [
        ({"Content-Type": "image/jpeg"}, 415, "sync_upload_media_type"),
        ({"Upload-Offset": "x"}, 400, "sync_upload_malformed"),
        ({"Tus-Resumable": "2.0.0"}, 412, "sync_upload_version"),
    ],
)
def test_a_continuation_that_is_not_right_is_refused(
    desk: Laptop, change: dict[str, str], status: int, problem: str
) -> None:
    desk.create(NAME, len(JPEG), JPEG[:HALF])
    refused = desk.tus("PATCH", NAME, JPEG[HALF:], {"Upload-Offset": str(HALF)} | change)
    assert (refused.status_code, code(refused)) == (status, problem)
    assert offset(desk.tus("HEAD", NAME)) == HALF


def test_a_stranger_is_told_nothing_else_first(centre: Centre) -> None:
    for method, path in (("POST", "/v1/attachments/uploads"), ("PATCH", f"/v1/attachments/uploads/{NAME}")):
        for headers in ({}, {"Tus-Resumable": "1.0.0"}, {"Tus-Resumable": "9", "Upload-Length": "x"}):
            assert centre.http.request(method, path, headers=headers).status_code == 401


def test_more_bytes_than_announced_are_refused_and_the_upload_stands(desk: Laptop, folder: Path) -> None:
    refused = desk.create(NAME, HALF, JPEG)
    assert (refused.status_code, stored(folder)) == (413, {})
    desk.create(NAME, len(JPEG), JPEG[:HALF])
    refused = desk.tus("PATCH", NAME, JPEG, {"Upload-Offset": str(HALF)})
    assert (refused.status_code, code(refused)) == (413, "sync_body_too_large")
    assert offset(desk.tus("HEAD", NAME)) == HALF


def test_an_upload_too_old_is_gone_and_cleared_away_with_the_next_one(desk: Laptop, folder: Path) -> None:
    other = JPEG + b"another"
    announce(desk, other)
    desk.create(NAME, len(JPEG), JPEG[:HALF])
    with desk.centre.store.writing() as connection:
        connection.execute(update(uploads).values(expires_at="2020-02-27T08:00:00.000Z"))
    assert desk.tus("HEAD", NAME).status_code == 410
    refused = desk.tus("PATCH", NAME, JPEG[HALF:], {"Upload-Offset": str(HALF)})
    assert (refused.status_code, code(refused)) == (410, "sync_upload_gone")
    desk.create(hashlib.sha256(other).hexdigest(), len(other))
    assert (stored(folder), desk.tus("HEAD", NAME).status_code) == ({}, 404)


def test_crumbs_end_an_upload_before_they_fill_the_folder(
    desk: Laptop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.uploads.MOST_PIECES", 3)
    desk.create(NAME, len(JPEG), JPEG[:16])
    for at in (16, 17):
        assert desk.tus("PATCH", NAME, JPEG[at : at + 1], {"Upload-Offset": str(at)}).status_code == 204
    refused = desk.tus("PATCH", NAME, JPEG[18:19], {"Upload-Offset": "18"})
    assert (refused.status_code, code(refused)) == (410, "sync_upload_gone")
    assert (stored(folder), desk.tus("HEAD", NAME).status_code) == ({}, 404)


def test_another_device_of_the_officer_has_uploads_of_its_own(desk: Laptop) -> None:
    second = desk.centre.laptop(desk.account)
    desk.create(NAME, len(JPEG), JPEG[:HALF])
    assert second.tus("HEAD", NAME).status_code == 404
    assert second.tus("PATCH", NAME, JPEG[HALF:], {"Upload-Offset": str(HALF)}).status_code == 404
    assert second.upload(JPEG).status_code == 201
    assert offset(desk.tus("HEAD", NAME)) == len(JPEG)  # whole, whoever sent it


def test_a_device_may_send_so_much_and_no_more(database_url: str, tmp_path: Path) -> None:
    room = len(JPEG) + 50
    centre = Centre(database_url, tmp_path / "attachments", device_bytes=room)
    desk = centre.officer()
    small = b"\xff\xd8\xff" + b"x" * 60
    announce(desk, JPEG, small)
    name = hashlib.sha256(small).hexdigest()
    assert desk.get("/v1/sync/hello").json()["limits"]["device_bytes"] == room
    assert desk.create(NAME, len(JPEG), JPEG[:HALF]).status_code == 201  # begun counts as sent
    refused = desk.create(name, len(small), small)
    assert (refused.status_code, code(refused)) == (403, "sync_attachment_quota")
    assert desk.tus("PATCH", NAME, JPEG[HALF:], {"Upload-Offset": str(HALF)}).status_code == 204
    assert desk.create(name, len(small), small).status_code == 403
    assert centre.laptop(desk.account).create(name, len(small), small).status_code == 201
    centre.close()


def test_a_photo_of_two_grids_is_one_object_and_each_grid_holds_it(centre: Centre, folder: Path) -> None:
    desk = centre.officer(grids=("G1", "G2"))
    other = grid_id("G2")
    for grid in (desk.grid, other):
        firm = enterprise(grid)
        desk.push(firm, attachment(grid, firm["row_id"], JPEG))
    assert desk.upload(JPEG).status_code == 201
    assert (desk.held([NAME]).json(), desk.held([NAME], other).json()) == ({"sha256": [NAME]}, {"sha256": [NAME]})
    assert len(stored(folder)) == 1


def test_a_grid_holds_only_what_it_has_received(centre: Centre) -> None:
    """Knowing a hash and writing a record of it does not open the bytes of another grid."""
    one, two = centre.officer("甲", grids=("A",)), centre.officer("乙", grids=("B",))
    announce(two, JPEG)
    two.upload(JPEG)
    announce(one, JPEG)
    assert one.get(f"/v1/attachments/{NAME}").status_code == 404
    assert one.tus("HEAD", NAME).status_code == 404
    assert one.held([NAME]).json() == {"sha256": []}
    assert one.upload(JPEG).status_code == 201
    assert one.held([NAME]).json() == {"sha256": [NAME]}


def test_a_grid_taken_away_in_the_middle_ends_the_upload(desk: Laptop) -> None:
    desk.create(NAME, len(JPEG), JPEG[:HALF])
    with desk.centre.store.writing() as connection:
        revoke(connection, desk.account, desk.grid)
    assert desk.tus("HEAD", NAME).status_code == 404
    assert desk.tus("PATCH", NAME, JPEG[HALF:], {"Upload-Offset": str(HALF)}).status_code == 404
    with desk.centre.store.writing() as connection:
        grant(connection, desk.account, desk.grid)
    assert desk.tus("PATCH", NAME, JPEG[HALF:], {"Upload-Offset": str(HALF)}).status_code == 204


def test_anybody_may_ask_what_the_protocol_can_do(centre: Centre) -> None:
    answer = centre.http.request("OPTIONS", "/v1/attachments/uploads")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation,creation-with-upload,checksum,expiration"
    assert answer.headers["tus-max-size"] == str(15 * 2**20)
    assert "sha1" in answer.headers["tus-checksum-algorithm"].split(",")


def test_photos_of_the_first_version_move_into_the_store(centre: Centre, folder: Path, tmp_path: Path) -> None:
    desk = centre.officer()
    row = {"sha256": NAME, "size": len(JPEG), "content": JPEG, "received_at": "2020-02-27T08:00:00.000Z"}
    with centre.store.writing() as connection:
        for grid in (desk.grid, grid_id("G2")):
            connection.execute(attachment_bytes.insert().values(grid_id=grid, **row))
    from server.attachment_move import move_old_bytes

    attachments = AttachmentStore.at(str(folder))
    assert (move_old_bytes(centre.store, attachments), move_old_bytes(centre.store, attachments)) == (2, 0)
    assert centre.count("attachment_bytes") == 0
    assert desk.held([NAME]).json() == {"sha256": [NAME]}
    with attachments.open(NAME) or pytest.fail("not there") as content:
        assert content.read() == JPEG
    with centre.store.reading() as connection:
        assert set(connection.scalars(select(attachment_files.c.grid_id))) == {desk.grid, grid_id("G2")}


def test_several_photos_in_one_request_are_each_kept_or_refused(centre: Centre, folder: Path) -> None:
    desk = centre.officer()
    first, second, page, unknown = JPEG, JPEG + b"another", b"<html>not a photo at all</html>", JPEG + b"unknown"
    announce(desk, first, second, page)
    answer = desk.together(first, page, unknown, second)
    assert answer.status_code == 200
    assert answer.json() == {"codes": [None, "sync_attachment_type", "sync_not_found", None]}
    assert sorted(stored(folder).values()) == sorted([first, second])
    names = [hashlib.sha256(content).hexdigest() for content in (first, second)]
    assert sorted(desk.held(names).json()["sha256"]) == sorted(names)
    assert centre.count("uploads") == 0


def test_of_several_photos_the_one_with_wrong_bytes_is_not_kept(centre: Centre, folder: Path) -> None:
    desk = centre.officer()
    contents = [JPEG + bytes([number]) for number in range(3)]
    announce(desk, *contents)
    spoiled = b"".join([contents[0], contents[1][:-1] + b"x", contents[2]])
    assert desk.together(*contents, body=spoiled).json() == {"codes": [None, "sync_attachment_differs", None]}
    assert sorted(stored(folder).values()) == [contents[0], contents[2]]


def test_a_body_that_ends_inside_the_second_photo_leaves_an_upload_to_go_on_with(centre: Centre, folder: Path) -> None:
    desk = centre.officer()
    contents = [JPEG + bytes([number]) for number in range(3)]
    announce(desk, *contents)
    answer = desk.together(*contents, body=contents[0] + contents[1][:100])
    assert (answer.status_code, code(answer)) == (408, "sync_body_cut")
    name = hashlib.sha256(contents[1]).hexdigest()
    assert offset(desk.tus("HEAD", name)) == 100
    sent = desk.tus("PATCH", name, contents[1][100:], {"Upload-Offset": "100"})
    assert offset(sent) == len(contents[1])
    assert sorted(stored(folder).values()) == contents[:2]


@pytest.mark.parametrize(
    "listed",
    ["", "x", f"{NAME}:0", f"{NAME}:1,", f"{NAME}:1,{NAME}:1", f"{NAME}:{2**20 + 1}", f"{NAME[:-1]}:1",
     ",".join(f"{number:064x}:1" for number in range(9))],
)  # fmt: skip
def test_a_malformed_list_of_photos_is_refused(desk: Laptop, folder: Path, listed: str) -> None:
    answer = desk.together(JPEG, listed=listed)
    assert (answer.status_code, code(answer)) == (400, "sync_upload_malformed")
    assert stored(folder) == {}
