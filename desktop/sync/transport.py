"""The protocol over HTTP(S): the only module that speaks HTTP.

What counts as an answer of the centre: the right media type, complete, for this very request. Anything else, such as
a sign-in page of the network that answers 200, means "not sent". Verification of certificates cannot be turned off;
plain HTTP goes to this machine only; redirects and proxies from the environment are not followed (SEC-40, SEC-41).
"""

from __future__ import annotations

import ipaddress
import logging
import ssl
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from desktop.models.problems import EnvironmentProblem, UserProblem, known_codes
from desktop.sync.trust import distrust, trust
from desktop.sync.wire import protocol, tus
from desktop.sync.wire.batch_body import packed
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.endpoint import BatchTooLarge, UploadStanding
from desktop.sync.wire.messages import (
    Change,
    DigestAnswer,
    EnrolAnswer,
    EnrolRequest,
    FilesAnswer,
    HeldAnswer,
    HeldRequest,
    Hello,
    PageCursor,
    PageEnd,
    Receipt,
)

ANSWER_BYTES = 64 * 1024 * 1024
"""Largest answer read."""

_TUS = {"Tus-Resumable": tus.VERSION}

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient a run is. Seconds; `stall_s` is silence on the line, not the length of an exchange."""

    connect_s: float = 10.0
    stall_s: float = 20.0
    attempts: int = 3
    pause_s: float = 0.5
    longest_pause_s: float = 30.0


class Interrupted(EnvironmentProblem):
    """The exchange broke off and may work at the next attempt. `stalled`: the line was open but silent."""

    def __init__(self, code: str, *, stalled: bool = False, retry_after_s: float = 0, **fields: str | int) -> None:
        super().__init__(code, **fields)
        self.stalled = stalled
        self.retry_after_s = retry_after_s


class HttpEndpoint:
    """The centre at one address. Close it after use."""

    def __init__(
        self,
        server_url: str,
        token: str | None = None,
        pace: Pace | None = None,
        ca_pem: str | None = None,
        line: httpx.BaseTransport | None = None,
    ) -> None:
        """Raise UserProblem `sync_url_refused` for an address that is neither https nor this machine's.

        Args:
            ca_pem: the only certificate authority to trust; without it, those of the operating system.
            line: what carries requests in place of the network.
        """
        pace = pace or Pace()
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log addresses with their queries (SEC-71)
        self.url = checked_url(server_url)
        self.host = urlsplit(self.url).hostname or self.url
        headers = {"User-Agent": "zhuqi", "Accept-Encoding": "identity"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.Client(
            base_url=self.url,
            headers=headers,
            # Plain HTTP needs nobody's certificate: a context that trusts none costs nothing to make.
            verify=trust(ca_pem) if self.url.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(pace.stall_s, connect=pace.connect_s),
            transport=line,
        )

    def __enter__(self) -> HttpEndpoint:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Exchange a code for a token."""
        body = msgspec.json.encode(request)
        answer = self._ask("POST", protocol.ENROL_PATH, protocol.ENROLMENT_TYPE, content=body)
        return self._read(answer, EnrolAnswer)

    def hello(self) -> Hello:
        """Limits, generation, clock and scope."""
        return self._read(self._ask("GET", protocol.HELLO_PATH, protocol.HELLO_TYPE), Hello)

    def push(self, batch_id: str, lines: list[bytes]) -> Receipt:
        """Send a batch and check its receipt against what was sent."""
        headers = {
            protocol.BATCH_ID_HEADER: batch_id,
            "Content-Type": protocol.NDJSON,
            "Content-Encoding": "zstd",
        }
        answer = self._ask("POST", protocol.PUSH_PATH, protocol.RECEIPT_TYPE, content=packed(lines), headers=headers)
        receipt = self._read(answer, Receipt)
        complete = (
            receipt.batch_id == batch_id
            and len(receipt.results) == len(lines)
            and receipt.digest == results_digest(receipt.results)
        )
        if not complete:
            raise self._not_ours()
        return receipt

    def changes(self, grid_id: str, since: int, limit: int) -> tuple[list[Change], PageCursor]:
        """The rows of one page and where the next begins."""
        return self._page(f"{protocol.CHANGES_PATH}?grid={grid_id}&since={since}&limit={limit}")

    def digest(self, grid_id: str, table: str | None = None) -> DigestAnswer:
        """Sums of a grid's tables, or of the 256 buckets of one table."""
        path = f"{protocol.DIGEST_PATH}?grid={grid_id}" + (f"&table={table}" if table else "")
        answer = self._read(self._ask("GET", path, protocol.DIGEST_TYPE), DigestAnswer)
        if answer.grid_id != grid_id:
            raise self._not_ours()
        return answer

    def rows(self, grid_id: str, table: str, bucket: int) -> tuple[list[Change], PageCursor]:
        """The rows of one bucket as they now stand, and the number of the grid's clock at which they do."""
        return self._page(f"{protocol.ROWS_PATH}?grid={grid_id}&table={table}&bucket={bucket:02x}")

    def held_attachments(self, grid_id: str, hashes: list[str]) -> set[str]:
        """Which of these files a grid holds."""
        body = msgspec.json.encode(HeldRequest(grid_id, hashes))
        try:
            answer = self._ask("POST", protocol.HELD_PATH, protocol.ATTACHMENT_TYPE, content=body)
        except EnvironmentProblem as problem:
            if problem.code == "sync_not_found":
                return set()
            raise
        return set(self._read(answer, HeldAnswer).sha256)

    def upload_standing(self, sha256: str) -> UploadStanding | None:
        """How far this device's upload of a file has come."""
        answer, _ = self._exchange("HEAD", tus.UPLOAD_PATH.format(sha256=sha256), headers=_TUS)
        if answer.status_code in (404, 410) and answer.headers.get("tus-resumable") == tus.VERSION:
            return None
        return self._standing(answer, b"", sha256)

    def begin_upload(self, sha256: str, length: int, body: Iterable[bytes], size: int) -> UploadStanding:
        """Send a file from its first byte."""
        headers = {"Upload-Length": str(length), "Upload-Metadata": tus.metadata_of(sha256)}
        return self._send(sha256, "POST", tus.UPLOADS_PATH, body, size, headers)

    def upload_together(self, files: Sequence[tuple[str, int]], body: Iterable[bytes]) -> list[str | None]:
        """Send several small files in one request."""
        size = sum(length for _, length in files)
        headers = {tus.TOGETHER_HEADER: tus.listed(files), "Content-Type": tus.OFFSET_TYPE, "Content-Length": str(size)}
        answer, said = self._exchange("POST", tus.TOGETHER_PATH, body, headers | _TUS)
        if answer.status_code == 413:
            raise BatchTooLarge
        if answer.status_code != 200 or _media_type(answer) != protocol.ATTACHMENT_TYPE:
            raise self._refusal(answer, said)
        codes = self._read(said, FilesAnswer).codes
        if len(codes) != len(files):
            raise self._not_ours()
        return codes

    def go_on_upload(self, sha256: str, offset: int, body: Iterable[bytes], size: int) -> UploadStanding:
        """Send more of a file."""
        path = tus.UPLOAD_PATH.format(sha256=sha256)
        return self._send(sha256, "PATCH", path, body, size, {"Upload-Offset": str(offset)})

    def _send(
        self, sha256: str, method: str, path: str, body: Iterable[bytes], size: int, headers: dict[str, str]
    ) -> UploadStanding:
        headers |= _TUS | {"Content-Type": tus.OFFSET_TYPE, "Content-Length": str(size)}
        answer, said = self._exchange(method, path, body, headers)
        if answer.status_code == 413:  # whoever says so, a proxy perhaps: less at once may pass
            raise BatchTooLarge
        return self._standing(answer, said, sha256)

    def _standing(self, answer: httpx.Response, said: bytes, sha256: str) -> UploadStanding:
        offset = answer.headers.get("upload-offset", "")
        ours = answer.is_success and answer.headers.get("tus-resumable") == tus.VERSION
        if not (ours and offset.isascii() and offset.isdigit()):
            raise self._refusal(answer, said)
        return UploadStanding(int(offset), answer.headers.get("repr-digest") == tus.digest_of(sha256))

    def _page(self, path: str) -> tuple[list[Change], PageCursor]:
        """The lines of a page; one without its end was cut off and counts for nothing."""
        lines = self._ask("GET", path, protocol.CHANGES_TYPE).splitlines()
        if not lines:
            raise self._not_ours()
        end = self._read(lines[-1], PageEnd)
        return [self._read(line, Change) for line in lines[:-1]], end.cursor

    def _ask(
        self,
        method: str,
        path: str,
        media_type: str,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """The body of an answer of the right media type; everything else becomes a problem."""
        response, body = self._exchange(method, path, content, headers)
        if response.status_code == 200 and _media_type(response) == media_type:
            return body
        raise self._refusal(response, body)

    def _exchange(
        self,
        method: str,
        path: str,
        content: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[httpx.Response, bytes]:
        """Whatever was answered, with its body."""
        try:
            with self._client.stream(method, path, content=content, headers=dict(headers or {})) as response:
                return response, self._body(response)
        except httpx.TimeoutException as error:
            raise Interrupted(
                "sync_offline", stalled=not isinstance(error, httpx.ConnectTimeout), host=self.host
            ) from error
        except httpx.TransportError as error:
            if (refusal := distrust(error, self.host)) is not None:
                raise refusal from error
            raise Interrupted("sync_offline", host=self.host) from error
        except httpx.InvalidURL as error:
            raise UserProblem("sync_url_refused", url=self.url) from error

    def _body(self, response: httpx.Response) -> bytes:
        pieces, total = [], 0
        for piece in response.iter_bytes():
            total += len(piece)
            if total > ANSWER_BYTES:
                raise self._not_ours()
            pieces.append(piece)
        return b"".join(pieces)

    def _refusal(self, response: httpx.Response, body: bytes) -> Exception:
        status, media_type = response.status_code, _media_type(response)
        if status == 413 and media_type == protocol.PROBLEM_TYPE:
            return BatchTooLarge()
        if status >= 500 or status in (408, 429):
            return Interrupted(
                "sync_server_refused", status=status, retry_after_s=_seconds(response.headers.get("retry-after"))
            )
        if media_type != protocol.PROBLEM_TYPE:
            return self._not_ours()
        code = ""
        with suppress(msgspec.MsgspecError, KeyError, TypeError):
            code = msgspec.json.decode(body)["problem"]["code"]
        if code in known_codes():
            return EnvironmentProblem(code, host=self.host)
        return EnvironmentProblem("sync_server_refused", status=status)

    def _read(self, body: bytes, kind: type[M]) -> M:
        try:
            return msgspec.json.decode(body, type=kind)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise self._not_ours() from error

    def _not_ours(self) -> EnvironmentProblem:
        return EnvironmentProblem("sync_not_our_server", host=self.host)


def checked_url(server_url: str) -> str:
    """The server's address without a trailing slash.

    Raises:
        UserProblem: `sync_url_refused` unless it is https, or http to this machine itself.
    """
    url = server_url.strip().rstrip("/")
    refusal = UserProblem("sync_url_refused", url=server_url[:100])
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise refusal from None
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if host and plain and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))):
        return url
    raise refusal


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _media_type(response: httpx.Response) -> str:
    named: str = response.headers.get("content-type", "")
    return named.partition(";")[0].strip()


def _seconds(text: str | None) -> float:
    return float(text) if text and text.isascii() and text.isdigit() else 0.0
