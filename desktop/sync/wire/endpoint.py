"""What a carrier of the protocol can do, whatever lies between: the laptop's side of every endpoint."""

from __future__ import annotations

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

    def rows(self, grid_id: str, table: str, bucket: int) -> list[Change]:
        """The rows of one bucket as they now stand."""

    def has_attachment(self, sha256: str) -> bool:
        """Whether the server holds these bytes."""

    def put_attachment(self, sha256: str, content: bytes) -> bool:
        """Send bytes; false when the server does not know a record that names them (yet)."""


class BatchTooLarge(Exception):
    """The server refused a batch for its size: halve it."""
