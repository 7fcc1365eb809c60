"""The bundle's format: what was put in comes out, and whoever changes a bit of it is told so."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import msgspec
import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.problems import UserProblem
from desktop.sync.wire import container, signing
from desktop.sync.wire.bundle_file import MANIFEST_BYTES, MOST_OPERATIONS, Bundle, bundle_id, encoded, file_name
from desktop.sync.wire.sealing import seal, unseal
from tests.sync.bundles import IDENTITY, RECIPIENT, SIGNING_KEY, content, manifest_of, opened, sealed

PUBLIC_KEY = signing.public_key_of(SIGNING_KEY)
LINE = st.binary(min_size=1, max_size=60).map(lambda text: text.replace(b"\n", b" ")).filter(bytes.strip)
BATCHES = st.lists(st.lists(LINE, min_size=1, max_size=4), max_size=3)
PHOTOS = st.lists(st.binary(max_size=200), max_size=3)


def proved(bundle: Bundle, public_key: str = PUBLIC_KEY) -> Bundle:
    bundle.require_recipient(RECIPIENT)
    bundle.require_signature(public_key)
    bundle.require_whole()
    return bundle


def of(text: bytes) -> Bundle:
    return Bundle(io.BytesIO(text))


@settings(max_examples=200, derandomize=True, deadline=None)
@given(BATCHES, PHOTOS)
def test_what_was_put_in_comes_out(batches: list[list[bytes]], photos: list[bytes]) -> None:
    manifest = manifest_of(batches, photos)
    bundle = proved(opened(sealed(content(manifest, batches, photos))))
    assert bundle.manifest == manifest
    assert bundle.id == bundle_id(encoded(manifest))
    assert [lines for _, lines in bundle.batches()] == batches
    assert [b"".join(pieces) for _, pieces in bundle.attachments()] == photos
    assert [part for part, _ in bundle.attachments()] == manifest.attachments


@settings(max_examples=200, derandomize=True, deadline=None)
@given(BATCHES, PHOTOS, st.data())
def test_any_edit_inside_is_refused_even_without_the_encryption(
    batches: list[list[bytes]], photos: list[bytes], data: st.DataObject
) -> None:
    text = bytearray(content(manifest_of(batches, photos), batches, photos))
    place = data.draw(st.integers(0, len(text) - 1))
    kind = data.draw(st.sampled_from(["flip", "cut", "add"]))
    if kind == "flip":
        text[place] ^= 1 << data.draw(st.integers(0, 7))
    elif kind == "cut":
        del text[place:]
    else:
        text += data.draw(st.binary(min_size=1, max_size=5))
    with pytest.raises(UserProblem) as refusal:
        proved(of(bytes(text)))
    assert refusal.value.code in {"bundle_damaged", "bundle_signature_refused", "bundle_not_for_this_centre"}


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.integers(0, 2**16), st.integers(0, 7))
def test_any_edit_outside_is_refused(place: int, bit: int) -> None:
    file = bytearray(sealed(content(manifest_of([[b"a"]], [b"p"]), [[b"a"]], [b"p"])))
    file[place % len(file)] ^= 1 << bit  # its length varies: age adds a random line to its header
    with pytest.raises(UserProblem):
        opened(bytes(file))


def test_another_signer_is_refused() -> None:
    other = signing.new_signing_key()
    text = content(manifest_of([[b"a"]], []), [[b"a"]], [], other)
    with pytest.raises(UserProblem, match="bundle_signature_refused"):
        proved(of(text))
    assert proved(of(text), signing.public_key_of(other))


def test_a_signature_for_another_purpose_is_none() -> None:
    signature = signing.sign(SIGNING_KEY, signing.RECEIPT, b"text")
    assert signing.is_signed(PUBLIC_KEY, signing.RECEIPT, b"text", signature)
    assert not signing.is_signed(PUBLIC_KEY, signing.BUNDLE, b"text", signature)
    assert not signing.is_signed("00" * 31, signing.RECEIPT, b"text", signature)


def test_a_bundle_sealed_to_another_centre_cannot_be_opened() -> None:
    other = str(pyrage.x25519.Identity.generate().to_public())
    with pytest.raises(UserProblem, match="bundle_not_for_this_centre"):
        opened(sealed(content(manifest_of([], []), [], []), other))


def test_a_bundle_that_was_sealed_anew_for_this_centre_is_refused() -> None:
    other = str(pyrage.x25519.Identity.generate().to_public())
    bundle = opened(sealed(content(manifest_of([], [], other), [], [])))
    with pytest.raises(UserProblem, match="bundle_not_for_this_centre"):
        proved(bundle)


def test_a_batch_is_read_under_the_limits_of_a_push() -> None:
    line = b"x" * 60_000
    batches = [[line] * 30]  # 1.8 MB of text in a few kilobytes
    bundle = proved(of(content(manifest_of(batches, []), batches, [])))
    with pytest.raises(UserProblem, match="bundle_damaged"):
        list(bundle.batches())


def test_a_batch_of_another_count_than_the_manifest_says_is_refused() -> None:
    manifest = manifest_of([[b"a", b"b"]], [])
    part = msgspec.structs.replace(manifest.batches[0], operations=1)
    with pytest.raises(UserProblem, match="bundle_damaged"):
        list(of(content(msgspec.structs.replace(manifest, batches=[part]), [[b"a", b"b"]], [])).batches())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"protocol": 999}, "bundle_protocol_newer"),
        ({"format": 2}, "bundle_damaged"),
        ({"suite": 2}, "bundle_damaged"),
        ({"sequence": 0}, "bundle_damaged"),
        ({"device": "../../etc"}, "bundle_damaged"),
        ({"path": "/etc/passwd"}, "bundle_damaged"),
    ],
)
def test_a_manifest_that_says_what_it_must_not_is_refused(change: dict[str, Any], code: str) -> None:
    said = msgspec.to_builtins(manifest_of([], [])) | change
    text = msgspec.json.encode(said)
    frames = len(text).to_bytes(4) + text + (64).to_bytes(4) + b"s" * 64
    with pytest.raises(UserProblem, match=code):
        of(frames)


def test_limits_are_asked_before_anything_is_read() -> None:
    manifest = manifest_of([[b"a"]], [])
    many = [msgspec.structs.replace(manifest.batches[0], operations=2000)] * (MOST_OPERATIONS // 2000 + 1)
    text = encoded(msgspec.structs.replace(manifest, batches=many))
    with pytest.raises(UserProblem, match="bundle_too_large"):
        of(len(text).to_bytes(4) + text + (64).to_bytes(4) + b"s" * 64)
    with pytest.raises(UserProblem, match="bundle_damaged"):
        of((MANIFEST_BYTES + 1).to_bytes(4) + b"{}")
    with pytest.raises(UserProblem, match="bundle_too_large"):
        opened(sealed(b"x" * 3000), most=2999)


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"", "bundle_not_a_bundle"),
        (b"PK\x03\x04 some other file", "bundle_not_a_bundle"),
        (container.header(container.Kind.RECEIPT), "bundle_not_a_bundle"),
        (container.Kind.BUNDLE.value + b"\0\x02\0\x01", "bundle_format_unknown"),
        (container.Kind.BUNDLE.value + b"\0\x01\0\x09", "bundle_suite_unknown"),
    ],
)
def test_what_this_program_cannot_open_is_named(start: bytes, code: str) -> None:
    with pytest.raises(UserProblem, match=code):
        container.require_header(start, container.Kind.BUNDLE)


def test_the_file_is_named_after_device_and_number() -> None:
    assert file_name("0190a1b2-0000-7000-8000-00001234abcd", 7) == "zhuqi-1234abcd-0007.zqb"


@dataclass
class Stick(io.BytesIO):
    """A file on a medium that is full after some bytes."""

    room: int

    def write(self, piece: Any) -> int:
        if self.tell() + len(piece) > self.room:
            raise OSError(28, "No space left on device")
        return super().write(piece)


@pytest.mark.parametrize("room", [0, 300, 70_000])
def test_a_full_stick_is_heard_of_however_little_is_missing(room: int) -> None:
    with pytest.raises(OSError, match="No space left"):
        seal([b"x" * 100_000], Stick(room), RECIPIENT)
    with pytest.raises(OSError, match="No space left"):
        seal([b"x"], Stick(min(room, 200)), RECIPIENT)


@pytest.mark.parametrize("size", [10, 100_000])
def test_a_full_disk_while_unsealing_is_not_taken_for_damage(size: int) -> None:
    file = io.BytesIO()
    seal([b"x" * size], file, RECIPIENT)
    file.seek(0)
    with pytest.raises(OSError, match="No space left"):
        unseal(file, Stick(size - 1), str(IDENTITY), 2**20)
