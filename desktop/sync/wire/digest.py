"""Digests that do not depend on order: of a receipt's results, and of the rows both sides hold.

The digest of rows is a sum modulo 2^64 of one term for each row, made of its id and its version. A sum can be kept up
to date from the old and the new version alone, so the server has it at hand with the grid's clock. It finds rows that
are missing, too many or out of date; it does not guard against somebody who forges rows, which is the token's business.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from desktop.sync.wire.messages import OperationResult, RowSum

_MASK = (1 << 64) - 1
BUCKETS = 256


def results_digest(results: Iterable[OperationResult]) -> str:
    """SHA-256 in hexadecimal over `op_id status version` lines, sorted, so that order does not matter."""
    lines = sorted(f"{result.op_id} {result.status} {result.version or 0}\n" for result in results)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def term(row_id: str, version: int) -> int:
    """What one row adds to a digest: the random end of its id times an odd number made of its version."""
    return int(row_id[-17:-13] + row_id[-12:], 16) * (2 * version + 1) & _MASK


def bucket(row_id: str) -> int:
    """The bucket a row falls into, 0 to 255: the last byte of its id."""
    return int(row_id[-2:], 16)


def row_sum(rows: Iterable[tuple[str, int]]) -> RowSum:
    """Count and digest of (row id, version) pairs."""
    count = total = 0
    for row_id, version in rows:
        count += 1
        total += term(row_id, version)
    return RowSum(count, total & _MASK)


def bucket_sums(rows: Iterable[tuple[str, int]]) -> dict[int, RowSum]:
    """The same for each bucket that has rows."""
    buckets: dict[int, list[tuple[str, int]]] = {}
    for row in rows:
        buckets.setdefault(bucket(row[0]), []).append(row)
    return {number: row_sum(inside) for number, inside in buckets.items()}


def changed_sum(present: RowSum, row_id: str, before: int, after: int) -> RowSum:
    """The sum after a row went from one version to another; version 0 is a row that was not there."""
    if before:
        change = term(row_id, after) - term(row_id, before)
        return RowSum(present.rows, present.digest + change & _MASK)
    return RowSum(present.rows + 1, present.digest + term(row_id, after) & _MASK)
