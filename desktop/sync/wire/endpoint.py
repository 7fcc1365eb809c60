"""What a carrier of the protocol can do, whatever lies between: the laptop's side of every endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.sync.wire.messages import Change, DigestAnswer, EnrolAnswer, EnrolRequest, Hello, PageCursor, Receipt


class Endpoint(Protocol):
    """The centre as the laptop sees it. Every method raises an `EnvironmentProblem` when there is no true answer."""

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Exchange a code for a token."""

    def hello(self) -> Hello:
        """Limits, generation, clock and scope."""

    def push(self, batch_id: str, lines: list[bytes]) -> Receipt:
        """Send a batch; the receipt has one checked result per line, in their order.

        Raises:
            BatchTooLarge: the server takes only smaller batches.
        """

    def changes(self, grid_id: str, since: int, limit: int) -> tuple[list[Change], PageCursor]:
        """The rows of one page and where the next begins."""

    def digest(self, grid_id: str, table: str | None = None) -> DigestAnswer:
        """Sums of a grid's tables, or of the 256 buckets of one table."""

    def rows(self, grid_id: str, table: str, bucket: int) -> tuple[list[Change], PageCursor]:
        """The rows of one bucket as they now stand, and the number of the grid's clock at which they do."""

    def held_attachments(self, grid_id: str, hashes: list[str]) -> set[str]:
        """Which of these files a grid holds; none of a grid that is not the officer's."""

    def upload_standing(self, sha256: str) -> UploadStanding | None:
        """How far this device's upload of a file has come; nothing when the server has none of it."""

    def begin_upload(self, sha256: str, length: int, body: Iterable[bytes], size: int) -> UploadStanding:
        """Send a file from its first byte: `size` bytes of its `length`, in pieces.

        Raises:
            BatchTooLarge: send less at once.
            EnvironmentProblem: `sync_not_found` when the server knows no record of the file, and its other refusals.
        """

    def upload_together(self, files: Sequence[tuple[str, int]], body: Iterable[bytes]) -> list[str | None]:
        """Send several small files, each by (SHA-256, length), in one request; the code of each one's refusal, if any.

        Raises:
            BatchTooLarge: send them one by one.
        """

    def go_on_upload(self, sha256: str, offset: int, body: Iterable[bytes], size: int) -> UploadStanding:
        """Send more of a file from where it stands.

        Raises:
            BatchTooLarge: send less at once.
            EnvironmentProblem: `sync_upload_offset` when it stands elsewhere, `sync_not_found` or `sync_upload_gone`
                when it has to be sent from its first byte, and the server's other refusals.
        """


@dataclass(frozen=True, slots=True)
class UploadStanding:
    """How far an upload has come. `whole`: the server has hashed the file itself and holds it."""

    offset: int
    whole: bool


class BatchTooLarge(Exception):
    """The server, or something before it, refused a body for its size: halve it."""
