"""The lines of a batch as they came in, read and checked in memory before any database is asked."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from desktop.models.problems import UserProblem, words
from desktop.models.vocabulary import OperationStatus
from desktop.sync.wire.batch_body import line_of, operation_of
from desktop.sync.wire.messages import Operation, OperationResult
from server.rights import Actor

_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
_OWN_WORDS = {"officer": "account_id", "device": "device_id"}
"""Claims an operation has no business making; a true one is merely malformed, a false one is forbidden."""


class Line(NamedTuple):
    """One line: its operation, or the answer to a line that is none. `body` is the text that is kept, as it came."""

    op_id: str
    body: str
    operation: Operation | None = None
    answer: OperationResult | None = None


def same_operation(one: str, other: str) -> bool:
    """Whether two kept texts say the same, however they are spaced and ordered."""
    return one == other or _canonical(one) == _canonical(other)


def _canonical(body: str) -> bytes | str:
    try:
        return line_of(operation_of(body.encode()))
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return body


def read_lines(lines: list[bytes], actor: Actor) -> list[Line]:
    """Every line in order.

    Raises:
        UserProblem: `sync_line_without_id`: a line that names no operation cannot be answered, so the batch is refused.
    """
    return [_read(line, number, actor) for number, line in enumerate(lines, start=1)]


def _read(line: bytes, number: int, actor: Actor) -> Line:
    try:
        operation = operation_of(line)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return _malformed(line, number, actor)
    return Line(operation.op_id, line.decode(), operation)


def _malformed(line: bytes, number: int, actor: Actor) -> Line:
    raw: Any = None
    try:
        raw = msgspec.json.decode(line)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        raw = None
    op_id = raw.get("op_id") if isinstance(raw, dict) else None
    if not (isinstance(op_id, str) and _ID.fullmatch(op_id)):
        raise UserProblem("sync_line_without_id", line=number)
    false_claim = any(name in raw and raw[name] != getattr(actor, own) for name, own in _OWN_WORDS.items())
    status = OperationStatus.FORBIDDEN if false_claim else OperationStatus.REJECTED
    code = "sync_forbidden" if false_claim else "sync_operation_malformed"
    answer = OperationResult(op_id, status, None, code, None, words(code, {}))
    return Line(op_id, line.decode("utf-8", "replace").replace("\0", "�"), None, answer)
