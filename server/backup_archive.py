"""The file a backup is: a tar stream, compressed, encrypted where recipients are named; written aside, then renamed.

Its last member is a manifest with size and hash of every other one, so a file that was cut short or altered is noticed
before anything is done with it.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import IO, NamedTuple

import msgspec
import zstandard

from desktop.models.durable_file import writing_aside
from desktop.models.problems import EnvironmentProblem, UserProblem
from server.age_pipe import MAGIC, PIECE_BYTES, decrypted_from, encrypted_to

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_BYTES = 256 * 1024 * 1024
"""Room for the names of some two million photos."""

DATABASE = "database"
ATTACHMENTS = "attachments"
KEYS = "keys"
_ATTACHMENT = re.compile(rf"{ATTACHMENTS}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")
_KEY = re.compile(rf"{KEYS}/[0-9a-zA-Z][0-9a-zA-Z_-]*\.(?!lock$)[0-9a-z]+")
ZSTD_LEVEL = 3


class Member(NamedTuple):
    """Size in bytes and SHA-256 of one file."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds: of which kind of database, as it stood when; `members` maps names to their hashes."""

    format: int
    made_at: str
    database: str
    schema: str
    generation: str
    operations: int
    members: dict[str, Member]


class ArchiveWriter:
    """Takes members one after the other."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.members: dict[str, Member] = {}

    def add(self, name: str, source: Path) -> None:
        """Add a file; it must not change meanwhile."""
        size = source.stat().st_size
        with source.open("rb") as file:
            hashing = _Hashing(file)
            self._tar.addfile(_entry(name, size), hashing)
        self.members[name] = Member(size, hashing.digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest and end."""
        text = msgspec.json.encode(manifest)
        self._tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
        self._tar.close()


@contextmanager
def new_archive(target: Path, recipients: Sequence[str]) -> Iterator[ArchiveWriter]:
    """Write an archive that is whole or absent. Only its owner may read it.

    Raises:
        EnvironmentProblem: `server_backup_not_written`.
        UserProblem: `server_recipient_refused`.
    """
    compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True)
    try:
        with (
            writing_aside(target, 0o600) as file,
            _maybe_encrypted(file, recipients) as out,
            compressor.stream_writer(out, closefd=False) as stream,
        ):
            yield ArchiveWriter(stream)
    except OSError as error:
        raise EnvironmentProblem("server_backup_not_written", file=target.name) from error


def unpack(source: Path, into: Path, identities: Path | None) -> Manifest:
    """Lay every member out under a folder, and vouch for each of them.

    Raises:
        UserProblem: `server_backup_unreadable`, `server_backup_newer`, and what `decrypted_from` refuses.
        EnvironmentProblem: `server_backup_not_unpacked` when the disk refuses.
    """
    broken = UserProblem("server_backup_unreadable", file=source.name)
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    try:
        with _opened(source, identities) as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if content is None or manifest is not None:
                    raise broken
                if entry.name == MANIFEST:
                    manifest = _manifest(content)
                elif is_settled(entry.name):
                    found[entry.name] = _lay_out(content, into / entry.name)
                else:
                    raise broken
    except (tarfile.TarError, zstandard.ZstdError, EOFError, ValueError) as error:
        raise broken from error
    except OSError as error:
        raise EnvironmentProblem("server_backup_not_unpacked", file=source.name) from error
    attachments = (name for name in found if name.startswith(ATTACHMENTS))
    misnamed = [name for name in attachments if not name.endswith(found[name].sha256)]
    if manifest is None or manifest.members != found or DATABASE not in found or misnamed:
        raise broken
    return manifest


def _maybe_encrypted(file: IO[bytes], recipients: Sequence[str]) -> AbstractContextManager[IO[bytes]]:
    return encrypted_to(file, recipients) if recipients else nullcontext(file)


@contextmanager
def _opened(source: Path, identities: Path | None) -> Iterator[tarfile.TarFile]:
    with ExitStack() as stack:
        file: IO[bytes] = stack.enter_context(source.open("rb"))
        if file.peek(len(MAGIC)).startswith(MAGIC):  # type: ignore[attr-defined]
            file = stack.enter_context(decrypted_from(file, identities))
        reader = zstandard.ZstdDecompressor().stream_reader(file, closefd=False)
        yield stack.enter_context(tarfile.open(fileobj=reader, mode="r|"))
        while reader.read(PIECE_BYTES):  # to the end: only then is the check sum looked at
            pass


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def _lay_out(content: IO[bytes], target: Path) -> Member:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashing, size = _Hashing(content), 0
    with target.open("xb") as file:
        while piece := hashing.read(PIECE_BYTES):
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Member(size, hashing.digest.hexdigest())


def _manifest(content: IO[bytes]) -> Manifest:
    text = content.read(MANIFEST_BYTES)
    if msgspec.json.decode(text, type=_Format).format > FORMAT:
        raise UserProblem("server_backup_newer")
    return msgspec.json.decode(text, type=Manifest)


class _Format(msgspec.Struct):
    format: int


def is_settled(name: str) -> bool:
    """Whether a member's name is one a backup holds: the database, an attachment under its hash, or a key."""
    return name == DATABASE or _ATTACHMENT.fullmatch(name) is not None or _KEY.fullmatch(name) is not None


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    return entry
