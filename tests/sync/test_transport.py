"""What counts as an answer of the centre, and what everything else is called."""

from __future__ import annotations

import msgspec
import pytest

from desktop.models.identity import new_id
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.models.vocabulary import OperationStatus
from desktop.sync.transport import HttpEndpoint, Interrupted, Pace, checked_url
from desktop.sync.wire import protocol
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.endpoint import BatchTooLarge
from desktop.sync.wire.messages import OperationResult, Receipt
from tests.sync.scripted_server import scripted

QUICK = Pace(connect_s=1, stall_s=1, attempts=1)
BATCH = new_id()
OP = new_id()


def receipt(batch: str = BATCH, results: int = 1, digest: str | None = None) -> bytes:
    answers = [OperationResult(OP, OperationStatus.APPLIED, 1)] * results
    return msgspec.json.encode(
        Receipt(batch, "g", answers, {"applied": results}, {}, digest or results_digest(answers))
    )


def push(url: str) -> Receipt:
    with HttpEndpoint(url, "zqd_x", QUICK) as endpoint:
        return endpoint.push(BATCH, [b"{}"])


OURS = {"Content-Type": protocol.RECEIPT_TYPE}
PROBLEM = {"Content-Type": protocol.PROBLEM_TYPE}


@pytest.mark.parametrize(
    ("status", "headers", "body", "code"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>sign in</html>", "sync_not_our_server"),
        (200, {"Content-Type": "application/json"}, receipt(), "sync_not_our_server"),
        (200, {}, receipt(), "sync_not_our_server"),
        (200, OURS, b"", "sync_not_our_server"),
        (200, OURS, receipt()[:-20], "sync_not_our_server"),
        (200, OURS, receipt(batch=new_id()), "sync_not_our_server"),
        (200, OURS, receipt(results=0), "sync_not_our_server"),
        (200, OURS, receipt(results=2), "sync_not_our_server"),
        (200, OURS, receipt(digest="0" * 64), "sync_not_our_server"),
        (204, OURS, b"", "sync_not_our_server"),
        (301, {"Location": "http://127.0.0.1:9/"}, b"", "sync_not_our_server"),
        (302, {"Location": "https://portal.example/"}, b"", "sync_not_our_server"),
        (401, {"Content-Type": "text/html"}, b"", "sync_not_our_server"),
        (404, {"Content-Type": "text/html"}, b"no such page", "sync_not_our_server"),
        (401, PROBLEM, b'{"problem":{"code":"sync_not_signed_in"}}', "sync_not_signed_in"),
        (400, PROBLEM, b'{"problem":{"code":"sync_line_without_id"}}', "sync_line_without_id"),
        (400, PROBLEM, b'{"problem":{"code":"of a later version"}}', "sync_server_refused"),
        (400, PROBLEM, b"[]", "sync_server_refused"),
        (500, {"Content-Type": "text/html"}, b"", "sync_server_refused"),
        (503, {"Content-Type": "text/html", "Retry-After": "7"}, b"", "sync_server_refused"),
    ],
)
def test_only_a_complete_receipt_for_this_batch_counts(
    status: int, headers: dict[str, str], body: bytes, code: str
) -> None:
    with scripted(status, headers, body) as server, pytest.raises(EnvironmentProblem) as refusal:
        push(server.url)
    assert refusal.value.code == code
    assert len(server.asked) == 1  # no redirect was followed


def test_a_true_receipt_is_taken() -> None:
    with scripted(200, OURS, receipt()) as server:
        assert push(server.url).results[0].op_id == OP


def test_too_large_is_told_apart_so_that_the_batch_is_halved() -> None:
    with scripted(413, PROBLEM, b'{"problem":{"code":"sync_body_too_large"}}') as server, pytest.raises(BatchTooLarge):
        push(server.url)


def test_a_busy_server_says_how_long_to_wait() -> None:
    with scripted(503, {"Retry-After": "7"}, b"") as server, pytest.raises(Interrupted) as refusal:
        push(server.url)
    assert refusal.value.retry_after_s == 7


def test_nobody_there_is_offline() -> None:
    with pytest.raises(Interrupted, match="sync_offline"):
        push("http://127.0.0.1:9")


def test_a_page_without_its_cursor_was_cut_off() -> None:
    changes = {"Content-Type": protocol.CHANGES_TYPE}
    row = (
        b'{"table":"grids","id":"a","grid_id":"a","version":1,"sequence":1,"edited_at":"","edited_by":null,'
        b'"deleted_at":null,"fields":{}}\n'
    )
    for body in (b"", row):
        with (
            scripted(200, changes, body) as server,
            HttpEndpoint(server.url, "zqd_x", QUICK) as endpoint,
            pytest.raises(EnvironmentProblem, match="sync_not_our_server"),
        ):
            endpoint.changes(new_id(), 0, 10)


@pytest.mark.parametrize(
    "url", ["http://example.org", "http://192.168.1.2:80", "ftp://127.0.0.1", "example.org", "", "https://", "https://a:b@c.d",
            "https://c.d/?token=x", "http://127.0.0.1.example.org", "http://127.0.0.1:99999", "file:///etc/passwd"],
)  # fmt: skip
def test_an_address_that_is_neither_https_nor_this_machine_is_refused(url: str) -> None:
    with pytest.raises(UserProblem, match="sync_url_refused"):
        checked_url(url)


@pytest.mark.parametrize(
    "url", ["https://centre.example", "http://127.0.0.1:8321/", "http://localhost", "http://[::1]:1"]
)
def test_https_anywhere_and_http_to_this_machine_are_accepted(url: str) -> None:
    assert checked_url(f" {url} ") == url.rstrip("/")


def test_a_proxy_from_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with scripted(200, OURS, receipt()) as server:
        assert push(server.url).batch_id == BATCH
