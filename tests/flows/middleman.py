"""A man in the middle who spoils exchanges on purpose: one planned trouble a push or upload, then he passes on."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

KEPT_HEADERS = frozenset({"content-type", "location", "tus-resumable", "upload-offset", "upload-length", "repr-digest"})
PORTAL_PAGE = b"<!doctype html><title>WiFi</title><p>Please sign in to use this network.</p>"


class Trouble(Enum):
    """What happens to one push or upload."""

    PASS = auto()
    CUT_REQUEST = auto()
    """The server gets half of the body, then the line breaks."""
    LOSE_ANSWER = auto()
    """The server does its work; its answer never arrives."""
    CUT_ANSWER = auto()
    """Half of the answer arrives."""
    STALL = auto()
    """The server does its work; then the line is silent."""
    DRIP = auto()
    """The answer arrives slowly, but it arrives."""
    TWICE = auto()
    """The server gets the request twice; the second answer arrives."""
    PORTAL = auto()
    """Somebody else answers 200 with a page."""
    PORTAL_CLAIMS = auto()
    """Somebody else answers 200 with a page and our media type."""
    REDIRECT = auto()
    """Somebody else sends us elsewhere."""
    BUSY = auto()
    """A gateway says 503."""
    OLD_ANSWER = auto()
    """A cache gives the answer of an earlier batch."""


class Middleman(ThreadingHTTPServer):
    """Listens on 127.0.0.1 and passes requests on to the server behind it."""

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        parts = urlsplit(behind)
        self.host, self.port = parts.hostname or "", parts.port or 0
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.troubles: list[Trouble] = []
        self.on_everything = False
        self.spoiled = "/v1/sync/push"
        self.pushes = 0
        self.asked: list[str] = []
        self.lengths: dict[str, int] = {}
        self.largest_body = 2**30
        self.last_answer = b""
        self.over = threading.Event()

    def next_trouble(self, path: str) -> Trouble:
        """What to do with this request."""
        if not path.startswith(self.spoiled) and not self.on_everything:
            return Trouble.PASS
        self.pushes += 1
        return self.troubles.pop(0) if self.troubles else Trouble.PASS

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Middleman

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PATCH(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # the sender hung up, and so do we
            self._part_of_a_request(body)
            self._hang_up()
            return
        self.server.asked.append(f"{self.command} {self.path}")
        self.server.lengths[self.command] = len(body)
        trouble = self.server.next_trouble(self.path) if self.command != "HEAD" else Trouble.PASS
        if trouble in (Trouble.PORTAL, Trouble.PORTAL_CLAIMS):
            ours = trouble is Trouble.PORTAL_CLAIMS
            kind = "application/vnd.zhuqi.receipt+json" if ours else "text/html"
            self._answer(200, {"Content-Type": kind}, PORTAL_PAGE)
        elif trouble is Trouble.REDIRECT:
            self._answer(302, {"Location": "http://127.0.0.1:9/", "Content-Type": "text/html"}, b"")
        elif len(body) > self.server.largest_body:
            self._answer(413, {"Content-Type": "text/html"}, b"too large")
        elif trouble is Trouble.BUSY:
            self._answer(503, {"Content-Type": "text/html"}, b"busy")
        elif trouble is Trouble.CUT_REQUEST:
            self._part_of_a_request(body[: len(body) // 2])
            self._hang_up()
        else:
            self._pass_on(trouble, body)

    def _pass_on(self, trouble: Trouble, body: bytes) -> None:
        status, headers, answer = self._ask(body)
        if trouble is Trouble.TWICE:
            status, headers, answer = self._ask(body)
        if trouble is Trouble.OLD_ANSWER:
            answer = self.server.last_answer
        elif self.path.startswith("/v1/sync/push"):
            self.server.last_answer = answer
        if trouble is Trouble.LOSE_ANSWER:
            self._hang_up()
        elif trouble is Trouble.STALL:
            self.server.over.wait(20)
            self._hang_up()
        elif trouble is Trouble.CUT_ANSWER:
            self._answer(status, headers, answer, stop_at=len(answer) // 2)
            self._hang_up()
        else:
            self._answer(status, headers, answer, slowly=trouble is Trouble.DRIP)

    def _ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=60)
        connection.request(self.command, self.path, body or None, dict(self.headers.items()))
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        kept = {name: value for name, value in response.getheaders() if name.lower() in KEPT_HEADERS}
        return response.status, kept, answer

    def _part_of_a_request(self, part: bytes) -> None:
        with socket.create_connection((self.server.host, self.server.port)) as line:
            head = [f"{self.command} {self.path} HTTP/1.1", *(f"{n}: {v}" for n, v in self.headers.items())]
            line.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + part)
            line.shutdown(socket.SHUT_WR)  # the server has read all of it before this ends
            line.recv(1)

    def _answer(
        self, status: int, headers: dict[str, str], body: bytes, *, stop_at: int | None = None, slowly: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if slowly:
            step = max(1, len(body) // 8)
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                self.wfile.flush()
                self.server.over.wait(0.15)
        else:
            self.wfile.write(body[:stop_at])
            self.wfile.flush()

    def _hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def middleman(behind: str) -> Iterator[Middleman]:
    """Stand between until the block ends."""
    man = Middleman(behind)
    thread = threading.Thread(target=man.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield man
    finally:
        man.over.set()
        man.shutdown()
        man.server_close()
        thread.join()
