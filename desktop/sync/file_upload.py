"""Sending one file from its first byte or from where it stands, in requests of bounded size, until it is there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.models.problems import EnvironmentProblem
from desktop.sync.wire.endpoint import BatchTooLarge, Endpoint, UploadStanding

PIECE_BYTES = 64 * 1024
SMALLEST_REQUEST = 64 * 1024
_MOST_SURPRISES = 3
_STANDS_ELSEWHERE = frozenset({"sync_upload_offset", "sync_upload_gone", "sync_not_found"})


class Stopped(Exception):
    """The sending was called off between two pieces; the centre keeps what came before."""


@dataclass
class FileUpload:
    """One file on its way.

    `begun`: an earlier attempt may have left some of it at the centre. `position`: bytes that have left this device,
    whatever became of them; `received`: bytes the centre has said it holds; `refusal`: the code of its refusal where it
    travelled with others.
    """

    sha256: str
    size: int
    begun: bool = False
    position: int = 0
    received: int = 0
    whole: bool = False
    refusal: str | None = None

    def send(self, endpoint: Endpoint, content: bytes, request_bytes: int, stop: threading.Event) -> None:
        """Send what is missing; `whole` is true afterwards.

        Raises:
            Stopped: `stop` was set.
            EnvironmentProblem: the centre's refusal of this file, or what the line did.
        """
        surprises = 0
        standing = endpoint.upload_standing(self.sha256) if self.begun else None
        while not self._stands_at(standing):
            try:
                standing = self._send_some(endpoint, content, standing, request_bytes, stop)
            except BatchTooLarge:
                if request_bytes <= SMALLEST_REQUEST:
                    raise EnvironmentProblem("sync_body_too_large", limit=request_bytes) from None
                request_bytes = max(SMALLEST_REQUEST, request_bytes // 4)
            except EnvironmentProblem as problem:
                surprises += 1
                if standing is None or problem.code not in _STANDS_ELSEWHERE or surprises > _MOST_SURPRISES:
                    raise
                standing = endpoint.upload_standing(self.sha256)

    def answered(self, refusal: str | None) -> None:
        """Note what became of the file where it travelled with others."""
        self.refusal = refusal
        self.whole = refusal is None
        self.received = self.position = self.size if self.whole else 0

    def _stands_at(self, standing: UploadStanding | None) -> bool:
        """Note how far the file is; whether that is all."""
        self.received = self.position = standing.offset if standing else 0
        self.whole = standing is not None and standing.whole
        if not self.whole and self.received >= self.size:
            raise EnvironmentProblem("sync_upload_offset", offset=self.received)
        return self.whole

    def _send_some(
        self,
        endpoint: Endpoint,
        content: bytes,
        standing: UploadStanding | None,
        request_bytes: int,
        stop: threading.Event,
    ) -> UploadStanding:
        size = min(request_bytes, self.size - self.received)
        body = self.pieces(content, self.received, self.received + size, stop)
        if standing is None:
            return endpoint.begin_upload(self.sha256, self.size, body, size)
        return endpoint.go_on_upload(self.sha256, standing.offset, body, size)

    def pieces(self, content: bytes, start: int, end: int, stop: threading.Event) -> Iterator[bytes]:
        """Some of the content piece by piece, noting how far it has come.

        Raises:
            Stopped: `stop` was set.
        """
        for at in range(start, end, PIECE_BYTES):
            if stop.is_set():
                raise Stopped
            piece = content[at : min(at + PIECE_BYTES, end)]
            yield piece
            self.position = at + len(piece)
