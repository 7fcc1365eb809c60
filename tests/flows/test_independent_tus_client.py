"""The wire is tus 1.0 as others understand it: tuspy, which knows nothing of us, sends photos and goes on with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from desktop.models.device.workspace import Workspace
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import HttpEndpoint
from tests.builders import add_enterprise, begin_visit
from tests.flows.centre_process import CentreProcess, running_centre
from tests.flows.photo_story import ONCE, arrived, run_sync_records_only, take
from tests.photos import photo

CONTENT = photo(7, 300_000)
NAME = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def centre(database_url: str, tmp_path: Path) -> Iterator[CentreProcess]:
    """A running centre, once embedded and once on PostgreSQL."""
    with running_centre(database_url, attachments=tmp_path / "attachments") as running:
        yield running


@pytest.fixture
def desk(centre: CentreProcess, workspace: Workspace) -> Workspace:
    """A laptop whose record of one photo is at the centre; its bytes are not."""
    begin_visit(workspace, add_enterprise(workspace))
    enrol(workspace, centre.url, centre.code(centre.officer()), adopt_into="G1")
    take(workspace, CONTENT)
    run_sync_records_only(workspace)
    return workspace


@pytest.fixture
def tuspy(desk: Workspace) -> TusClient:
    """The other client, with the laptop's token."""
    assert desk.enrolment is not None
    token = {"Authorization": f"Bearer {desk.enrolment.token}"}
    return TusClient(f"{desk.enrolment.server_url}/v1/attachments/uploads", headers=token)


def uploader(tuspy: TusClient, content: bytes = CONTENT, **more: Any) -> Any:
    """An upload of tuspy's; the metadata is all it has to know."""
    more = {"chunk_size": 70_000, "metadata": {"sha256": NAME, "filename": "..\\照片.jpg"}} | more
    return tuspy.uploader(file_stream=BytesIO(content), **more)


@pytest.mark.parametrize("checksum", [False, True])
def test_it_sends_a_photo_in_pieces(tuspy: TusClient, tmp_path: Path, desk: Workspace, checksum: bool) -> None:
    upload = uploader(tuspy, upload_checksum=checksum)
    upload.upload()
    assert upload.offset == len(CONTENT)
    assert arrived(tmp_path / "attachments") == {NAME: CONTENT}
    assert run_sync(desk, pace=ONCE)["attachments"]["waiting"] == 0


def test_it_goes_on_to_the_byte_where_another_of_its_kind_stopped(tuspy: TusClient, tmp_path: Path) -> None:
    first = uploader(tuspy, chunk_size=12_345)
    first.upload(stop_at=24_690)
    second = uploader(tuspy, url=first.url)
    assert second.offset == 24_690
    second.upload()
    assert arrived(tmp_path / "attachments") == {NAME: CONTENT}


def test_each_goes_on_with_what_the_other_began(tuspy: TusClient, desk: Workspace, tmp_path: Path) -> None:
    uploader(tuspy).upload(stop_at=140_000)
    assert desk.enrolment is not None
    with HttpEndpoint(desk.enrolment.server_url, desk.enrolment.token) as endpoint:
        assert endpoint.go_on_upload(NAME, 140_000, [CONTENT[140_000:200_000]], 60_000).offset == 200_000
    rest = uploader(tuspy, url=f"{tuspy.url}/{NAME}")
    assert rest.offset == 200_000
    rest.upload()
    assert arrived(tmp_path / "attachments") == {NAME: CONTENT}


def test_what_it_damages_on_the_way_is_refused(tuspy: TusClient, tmp_path: Path) -> None:
    with pytest.raises(TusUploadFailed) as refusal:
        uploader(tuspy, CONTENT[:-1] + b"x").upload()
    assert refusal.value.status_code == 460
    assert arrived(tmp_path / "attachments") == {}


def test_without_a_token_it_gets_nowhere(tuspy: TusClient) -> None:
    tuspy.set_headers({"Authorization": "Bearer zqd_" + "x" * 43})
    with pytest.raises(TusCommunicationError) as refusal:
        uploader(tuspy).upload()
    assert "401" in str(refusal.value)
