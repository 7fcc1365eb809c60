"""Frames: what was framed is read again as it was, and nothing else is ever read."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.problems import UserProblem
from desktop.sync.wire.frames import FRAME_BYTES, PREFIX_BYTES, frame_pieces, framed, read_frame

CONTENTS = st.lists(st.lists(st.binary(max_size=40), max_size=5), max_size=6)
"""Several frames, each given in pieces."""


def written(contents: list[list[bytes]]) -> bytes:
    return b"".join(b"".join(framed(sum(map(len, pieces)), pieces)) for pieces in contents)


def read_all(text: bytes, wanted: list[bytes]) -> list[bytes]:
    """What frames of just these lengths hold, and that nothing follows them."""
    file = io.BytesIO(text)
    found = [b"".join(frame_pieces(file, len(content))) for content in wanted]
    if file.read(1):
        raise UserProblem("bundle_damaged")
    return found


@settings(max_examples=200, derandomize=True, deadline=None)
@given(CONTENTS)
def test_every_frame_is_read_as_it_was_written(contents: list[list[bytes]]) -> None:
    wanted = [b"".join(pieces) for pieces in contents]
    text = written(contents)
    assert len(text) == sum(PREFIX_BYTES + len(content) for content in wanted)
    assert read_all(text, wanted) == wanted
    file = io.BytesIO(text)
    assert [read_frame(file) for _ in wanted] == wanted


@settings(max_examples=200, derandomize=True, deadline=None)
@given(CONTENTS.filter(lambda contents: len(contents) > 0), st.data())
def test_frames_that_were_edited_are_refused_or_show_other_content(
    contents: list[list[bytes]], data: st.DataObject
) -> None:
    wanted = [b"".join(pieces) for pieces in contents]
    text = written(contents)
    place = data.draw(st.integers(0, len(text) - 1))
    kind = data.draw(st.sampled_from(["flip", "cut", "insert"]))
    edited = bytearray(text)
    if kind == "flip":
        edited[place] ^= 1 << data.draw(st.integers(0, 7))
    elif kind == "cut":
        del edited[place:]
    else:
        edited[place:place] = data.draw(st.binary(min_size=1, max_size=6))
    if bytes(edited) == text:
        return
    found: list[bytes] | None = None
    with suppress(UserProblem):
        found = read_all(bytes(edited), wanted)
    assert found != wanted  # other content in the same frames is what the manifest's hashes tell


@pytest.mark.parametrize("length", [-1, FRAME_BYTES + 1])
def test_no_frame_is_written_over_the_limit(length: int) -> None:
    with pytest.raises(ValueError, match="a frame of"):
        list(framed(length, []))


@pytest.mark.parametrize("pieces", [[b"abc"], [b"abcd", b"e"]])
def test_a_frame_is_never_written_with_another_length_than_it_says(pieces: list[bytes]) -> None:
    with pytest.raises(ValueError, match="do not add up"):
        list(framed(4, pieces))


def test_a_length_over_what_is_expected_is_refused_before_anything_is_read() -> None:
    file = io.BytesIO(b"\xff\xff\xff\xff" + b"x" * 100)
    with pytest.raises(UserProblem, match="bundle_damaged"):
        read_frame(file, 100)
    assert file.tell() == PREFIX_BYTES
