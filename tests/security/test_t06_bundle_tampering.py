"""T06: a bundle that was changed, cut, signed by somebody else or sealed anew is refused and leaves nothing."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.models.device.workspace import Workspace
from desktop.sync.bundle_export import export_bundle
from desktop.sync.wire import container
from desktop.sync.wire.bundle_file import Manifest, content_of
from desktop.sync.wire.frames import read_frame
from desktop.sync.wire.messages import EnrolRequest
from desktop.sync.wire.sealing import seal, unseal
from desktop.sync.wire.signing import new_signing_key, public_key_of
from server.bundle_import import BundleImport
from server.centre_keys import SecretKeys, centre_keys
from tests.flows.centre_process import CentreProcess
from tests.flows.courier import Courier
from tests.security.bundle_traces import Gate

SEED = 20200227
FLIPS, CUTS = 1_000, 100
STRANGER = "01900000-0000-7000-8000-000000000001"


@pytest.fixture
def bundle(bundle_desk: Workspace, tmp_path: Path) -> bytes:
    """A true bundle of the laptop."""
    return export_bundle(bundle_desk, tmp_path / "true.zqb").file.read_bytes()


@pytest.fixture
def gate(
    bundle: bytes, bundle_centre: CentreProcess, bundle_import: BundleImport, courier: Courier, tmp_path: Path
) -> Gate:
    """The centre as it stands before anything is brought."""
    assert bundle
    return Gate(bundle_centre, bundle_import, courier.folder, tmp_path / "brought.zqb")


def unsealed(file: bytes, keys: SecretKeys) -> bytes:
    """The content, as only the centre's own administrator can see it."""
    found = io.BytesIO()
    unseal(io.BytesIO(file[container.HEADER_BYTES :]), found, keys.identity, 2**30)
    return found.getvalue()


def sealed(content: bytes, keys: SecretKeys) -> bytes:
    """A file for the holder of these keys, whoever makes it: a recipient is public."""
    file = io.BytesIO()
    seal([content], file, keys.public.recipient)
    return container.header(container.Kind.BUNDLE) + file.getvalue()


def frames_of(content: bytes) -> list[bytes]:
    """Manifest, signature, parts."""
    file, frames = io.BytesIO(content), []
    while file.tell() < len(content):
        frames.append(read_frame(file))
    return frames


def manifest_of(content: bytes) -> Manifest:
    return msgspec.json.decode(frames_of(content)[0], type=Manifest)


def signed_anew(content: bytes, signing_key: str, **changes: object) -> bytes:
    """The same parts under a manifest that somebody else changed and signed."""
    manifest = msgspec.structs.replace(manifest_of(content), **changes)
    return b"".join(content_of(manifest, signing_key, [[part] for part in frames_of(content)[2:]]))


def forgeries(bundle: bytes, keys: SecretKeys) -> Iterator[tuple[str, bytes, str]]:
    """(what was done, the file, the code it is refused by)."""
    content, other = unsealed(bundle, keys), new_signing_key()
    own = manifest_of(content).device
    number = content.index(b'"sequence":1')
    renumbered = content[:number] + b'"sequence":2' + content[number + 12 :]
    yield "appended outside", bundle + b"x", "bundle_damaged"
    yield "two in one file", bundle + bundle, "bundle_damaged"
    yield "one more frame", sealed(content + b"\0\0\0\1x", keys), "bundle_damaged"
    yield "another signer", sealed(signed_anew(content, other), keys), "bundle_signature_refused"
    yield "another manifest", sealed(renumbered, keys), "bundle_signature_refused"
    yield "a stranger's device", sealed(signed_anew(content, other, device=STRANGER), keys), "bundle_signer_unknown"
    for what, device, enrolled, code in (
        ("a stranger with a code of his own", STRANGER, STRANGER, "sync_code_refused"),
        ("the laptop taken over with such a code", own, own, "sync_code_refused"),
        ("somebody else's enrolment", own, STRANGER, "bundle_signature_refused"),
    ):
        key = new_signing_key()
        request = EnrolRequest("ABCD-EFGH", enrolled, "AB12CD", public_key=public_key_of(key))
        yield what, sealed(signed_anew(content, key, device=device, enrolment=request), keys), code
    for empty in (b"", b"\0\0\0\1", b"\xff" * 64, b"\0\0\0\2{}" + b"\0\0\0\0"):
        yield f"no content: {empty!r}", sealed(empty, keys), "bundle_damaged"
    for size in (0, 11, 12, 500):
        noise = random.Random(SEED).randbytes(size)
        yield f"{size} bytes of noise", noise, "bundle_not_a_bundle"
        header = container.header(container.Kind.BUNDLE)
        yield f"{size} bytes of noise behind a header", header + noise, "bundle_not_for_this_centre"


def test_every_flipped_bit_is_refused(gate: Gate, bundle: bytes) -> None:
    draw = random.Random(SEED)
    for _ in range(FLIPS):
        changed = bytearray(bundle)
        changed[draw.randrange(len(bundle))] ^= 1 << draw.randrange(8)
        assert gate.refusal_of(bytes(changed)).startswith("bundle_")
    gate.assert_untouched()


def test_every_cut_is_refused(gate: Gate, bundle: bytes) -> None:
    for length in random.Random(SEED).sample(range(len(bundle)), CUTS):
        assert gate.refusal_of(bundle[:length]).startswith("bundle_")
    gate.assert_untouched()


def test_every_forgery_is_refused_for_what_it_is(gate: Gate, bundle: bytes, courier: Courier) -> None:
    for what, file, code in forgeries(bundle, centre_keys(courier.keys)):
        assert gate.refusal_of(file) == code, what
    gate.assert_untouched()


def test_a_bundle_for_this_centre_is_of_no_use_at_another(
    bundle: bytes, bundle_centre: CentreProcess, courier: Courier, tmp_path: Path
) -> None:
    theirs = Courier(courier.database_url, tmp_path / "theirs")
    other = theirs.imports(bundle_centre.store)
    gate = Gate(bundle_centre, other, theirs.folder, tmp_path / "brought.zqb")
    assert gate.refusal_of(bundle) == "bundle_not_for_this_centre"
    sealed_anew = sealed(unsealed(bundle, centre_keys(courier.keys)), other.keys)
    assert gate.refusal_of(sealed_anew) == "bundle_not_for_this_centre"
    gate.assert_untouched()
