"""What machines that watch the server see: alive, ready, figures; and its log, one JSON object a line."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import delete

from desktop.models.identity import new_id
from server.app import make_app
from server.plain_logs import JsonLines, NoPersonalValues
from server.tables import server_identity
from tests.server.centre import CHEAP, JPEG, Centre, answer, attachment, enterprise, visit
from tests.server.in_process import InProcess

NAME, PHONE, ID_NUMBER = "欧阳某某", "13900001234", "330106199001011234"


def figures(centre: Centre) -> dict[tuple[str, str], float]:
    """Sample name and the one label that matters → value."""
    page = centre.http.get("/metrics")
    assert page.status_code == 200
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }


def test_what_a_push_and_a_pull_did_is_counted(centre: Centre) -> None:
    desk = centre.officer()
    before = figures(centre)
    firm = enterprise(desk.grid)
    batch = new_id()
    orphan = answer(desk.grid, visit(desk.grid, firm["row_id"])["row_id"])
    desk.push(firm, batch=batch)
    desk.push(firm, batch=batch)
    desk.push(orphan)
    rows, _ = desk.changes()
    after = figures(centre)

    def grown(name: str, label: str = "") -> float:
        return after[name, label] - before.get((name, label), 0)

    assert grown("zhuqi_operations_total", "applied") == 1
    assert grown("zhuqi_operations_total", "held") == 1
    assert (grown("zhuqi_batches_total", "anew"), grown("zhuqi_batches_total", "again")) == (2, 1)
    assert grown("zhuqi_batch_seconds_count") == 2
    assert grown("zhuqi_pull_rows_total") == len(rows)
    assert grown("zhuqi_held_operations") == 1
    assert grown("zhuqi_grid_clocks") == 1
    assert (after["zhuqi_database_up", ""], after["zhuqi_devices", ""]) == (1, 1)
    assert after["zhuqi_database_bytes", ""] > 100_000
    assert after["zhuqi_database_info", centre.store.generation] == 1


def test_a_photo_is_counted_once_it_is_whole(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    desk.push(firm, attachment(desk.grid, firm["row_id"], JPEG))
    name = sha256(JPEG).hexdigest()
    before = figures(centre)["zhuqi_upload_bytes_total", ""]
    desk.create(name, len(JPEG))
    desk.tus("PATCH", name, JPEG[:100], {"Upload-Offset": "0"})
    assert figures(centre)["zhuqi_upload_bytes_total", ""] == before
    desk.tus("PATCH", name, JPEG[100:], {"Upload-Offset": "100"})
    assert figures(centre)["zhuqi_upload_bytes_total", ""] == before + len(JPEG)


def test_requests_are_counted_by_the_pattern_of_their_route(centre: Centre) -> None:
    desk = centre.officer()
    desk.get(f"/v1/attachments/{'a' * 64}")
    desk.get(f"/{NAME}")
    text = centre.http.get("/metrics").text
    assert 'route="/v1/attachments/{sha256}",status="404"' in text
    assert 'route="unknown",status="404"' in text
    assert "a" * 64 not in text
    assert NAME not in text


def test_figures_are_for_this_machine_or_for_the_token(centre: Centre) -> None:
    elsewhere = InProcess(centre.app, address="10.0.0.7")
    assert elsewhere.get("/metrics").content == elsewhere.get("/nothing-here").content
    guarded = make_app(centre.store, replace(centre.settings, metrics_token="word"), CHEAP)
    for peer in ("127.0.0.1", "10.0.0.7"):
        client = InProcess(guarded, address=peer)
        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer wörd".encode()}).status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer word"}).status_code == 200


def test_a_server_whose_database_may_not_be_served_is_alive_and_not_ready(centre: Centre) -> None:
    assert centre.http.get("/healthz").status_code == 200
    assert centre.http.get("/readyz").json() == {"ready": True, "code": None}
    with centre.store.writing() as connection:
        connection.execute(delete(server_identity))
    ready = centre.http.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"ready": False, "code": "server_generation_missing"})
    assert centre.http.get("/healthz").status_code == 200
    assert figures(centre)["zhuqi_database_up", ""] == 0


def test_each_request_leaves_one_line_without_path_query_name_or_address(centre: Centre, log: io.StringIO) -> None:
    desk = centre.officer(NAME)
    log.truncate(0)
    log.seek(0)
    desk.push(enterprise(desk.grid, NAME, remark=f"{PHONE} {ID_NUMBER}"))
    desk.get(f"/v1/sync/changes?grid={desk.grid}&since={PHONE}")
    centre.http.get(f"/records/enterprises/{ID_NUMBER}", headers={"X-Request-Id": f"{ID_NUMBER}"})
    centre.http.get("/sign-in", headers={"X-Request-Id": "0123456789abcdef0123456789abcdef"})
    centre.http.get("/healthz")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [(line["route"], line["status"]) for line in lines] == [
        ("/v1/sync/push", 200), ("/v1/sync/changes", 200), ("/records/enterprises/{row_id}", 303), ("/sign-in", 200),
    ]  # fmt: skip
    assert lines[0].keys() == {
        "time", "level", "logger", "process", "message", "request", "method", "route", "status", "ms", "device",
    }  # fmt: skip
    assert lines[0]["device"] == desk.device
    assert lines[3]["request"] == "0123456789abcdef0123456789abcdef"
    assert lines[2]["request"] != ID_NUMBER
    for planted in (NAME, PHONE, ID_NUMBER, "127.0.0.1", desk.grid):
        assert planted not in log.getvalue()


def test_lines_about_one_request_carry_its_name(
    centre: Centre, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = centre.officer()

    def broken(*_: object) -> None:
        raise RuntimeError(NAME)

    monkeypatch.setattr("server.api_routes.ingest.take_in", broken)
    failed = desk.send([enterprise(desk.grid)])
    assert failed.status_code == 500
    fault, request = (json.loads(line) for line in log.getvalue().splitlines()[-2:])
    assert fault["request"] == request["request"] != ""
    assert failed.json()["problem"]["fields"]["reference"] in fault["message"]


def test_fields_of_a_line_pass_the_filter_as_well() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "m", (), None)
    record.fields = {"a": f"{NAME} {PHONE}\n{ID_NUMBER}", "b": 7}
    assert NoPersonalValues().filter(record)
    line: dict[str, Any] = json.loads(JsonLines().format(record))
    assert line["b"] == 7
    assert not any(planted in line["a"] for planted in (NAME, PHONE, ID_NUMBER, "\n"))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The server's own log as it is written when it runs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(NoPersonalValues())
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("zhuqi")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.setLevel(level)
    logger.removeHandler(handler)
