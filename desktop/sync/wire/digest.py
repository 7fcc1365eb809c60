"""The digest of a receipt: shows that no result was lost or altered between the server and the outbox."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from desktop.sync.wire.messages import OperationResult


def results_digest(results: Iterable[OperationResult]) -> str:
    """SHA-256 in hexadecimal over `op_id status version` lines, sorted, so that order does not matter."""
    lines = sorted(f"{result.op_id} {result.status.value} {result.version or 0}\n" for result in results)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
