"""Length-prefixed frames: how a bundle holds its parts. No names and no paths, so nothing in it can point anywhere.

A frame is four bytes of length (big-endian) and that many bytes. What a frame means follows from its place, which the
manifest in the first frame says; a reader never believes a length that is not the one it expects.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from desktop.models.problems import UserProblem

FRAME_BYTES = 100 * 1024 * 1024
"""Longest frame (SEC-43)."""

_PREFIX = struct.Struct(">I")
PREFIX_BYTES = _PREFIX.size
_PIECE_BYTES = 256 * 1024


def framed(length: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of one frame, piece by piece.

    Raises:
        ValueError: the pieces do not add up to the length, or it is over `FRAME_BYTES`: a slip of the caller.
    """
    if not 0 <= length <= FRAME_BYTES:
        raise ValueError(f"a frame of {length} bytes")
    yield _PREFIX.pack(length)
    for piece in pieces:
        length -= len(piece)
        yield piece
    if length:
        raise ValueError("the pieces of a frame do not add up to its length")


def read_frame(file: BinaryIO, most: int = FRAME_BYTES) -> bytes:
    """A whole frame that is at most `most` bytes long.

    Raises:
        UserProblem: `bundle_damaged`.
    """
    prefix = file.read(PREFIX_BYTES)
    if len(prefix) != PREFIX_BYTES or (length := _PREFIX.unpack(prefix)[0]) > most:
        raise UserProblem("bundle_damaged")
    return _exactly(file, length)


def frame_pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    """The content of a frame of which the length is known, piece by piece.

    Raises:
        UserProblem: `bundle_damaged` when the frame has another length or breaks off.
    """
    if length > FRAME_BYTES or file.read(PREFIX_BYTES) != _PREFIX.pack(length):
        raise UserProblem("bundle_damaged")
    while length:
        piece = _exactly(file, min(length, _PIECE_BYTES))
        length -= len(piece)
        yield piece


def _exactly(file: BinaryIO, length: int) -> bytes:
    content = file.read(length)
    if len(content) != length:
        raise UserProblem("bundle_damaged")
    return content
