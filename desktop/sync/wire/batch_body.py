"""The body of a batch: NDJSON, plain or zstd-compressed, read under hard limits.

A compressed body is unpacked piece by piece and stopped at the cap; what its header claims about its size is never
believed (SEC-52).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import zstandard

from desktop.models.problems import UserProblem
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.protocol import DEPTH, LINE_BYTES, ZSTD_WINDOW_BYTES

ZSTD_LEVEL = 3
_PIECE_BYTES = 256
"""Compressed bytes fed at once: 4 bytes can stand for a block of 128 KiB, so one piece grows to 8 MiB at most."""

_encoder = msgspec.json.Encoder(order="sorted")
_operations = msgspec.json.Decoder(Operation)


def packed(lines: Sequence[bytes]) -> bytes:
    """The lines as one zstd-compressed NDJSON body."""
    return zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(b"\n".join(lines) + b"\n")


def unpacked(body: bytes, encoding: str | None, cap: int) -> bytes:
    """The plain bytes of a request's body.

    Args:
        encoding: the Content-Encoding header: none, `identity` or `zstd`.
        cap: most bytes accepted after unpacking.

    Raises:
        UserProblem: `sync_body_too_large`, `sync_encoding_unknown`, `sync_body_broken`.
    """
    if encoding in (None, "", "identity"):
        if len(body) > cap:
            raise UserProblem("sync_body_too_large", limit=cap)
        return body
    if encoding != "zstd":
        raise UserProblem("sync_encoding_unknown", encoding=str(encoding)[:20])
    return _unpacked_zstd(body, cap)


def lines_of(text: bytes) -> list[bytes]:
    """The lines that are not blank.

    Raises:
        UserProblem: `sync_line_too_long` when one is over `LINE_BYTES`.
    """
    lines = [line for line in text.split(b"\n") if line.strip()]
    if any(len(line) > LINE_BYTES for line in lines):
        raise UserProblem("sync_line_too_long", limit=LINE_BYTES)
    return lines


def operation_of(line: bytes) -> Operation:
    """One operation, typed.

    Raises:
        msgspec.MsgspecError, RecursionError: the line is not an operation or nests too deep.
    """
    operation = _operations.decode(line)
    brackets = line.count(b"{") + line.count(b"[")
    if brackets > DEPTH and _depth(operation.fields) >= DEPTH:
        raise msgspec.ValidationError(f"nested deeper than {DEPTH}")
    return operation


def line_of(operation: Operation) -> bytes:
    """The operation in canonical form (sorted keys): equal operations give equal bytes."""
    return _encoder.encode(operation)


def canonical(value: Any) -> bytes:
    """Any JSON value in canonical form."""
    return _encoder.encode(value)


def _unpacked_zstd(body: bytes, cap: int) -> bytes:
    pieces: list[bytes] = []
    total = 0
    try:
        stream = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES).decompressobj()
        for start in range(0, len(body), _PIECE_BYTES):
            piece = stream.decompress(body[start : start + _PIECE_BYTES])
            total += len(piece)
            if total > cap:
                raise UserProblem("sync_body_too_large", limit=cap)
            pieces.append(piece)
    except zstandard.ZstdError as error:
        raise UserProblem("sync_body_broken") from error
    if not stream.eof or stream.unused_data:
        raise UserProblem("sync_body_broken")
    return b"".join(pieces)


def _depth(value: Any) -> int:
    """Levels of nesting below a line's own object: 1 for a flat mapping."""
    level, deepest = [value], 0
    while level:
        deepest += 1
        level = [inner for outer in level for inner in _inside(outer) if isinstance(inner, dict | list)]
    return deepest


def _inside(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value
