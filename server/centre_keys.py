"""The centre's own keys: the age identity that opens bundles and the Ed25519 key that signs their receipts.

Made at the first start, for nobody but the server's user. Without them no bundle on its way can be opened: they belong
into the backup, apart from that of the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock

from desktop.models.durable_file import writing_aside
from desktop.models.problems import EnvironmentProblem
from desktop.sync.wire import signing
from desktop.sync.wire.messages import CentreKeys

IDENTITY_FILE = "bundles.age"
SIGNING_FILE = "receipts.ed25519"
_MODE = 0o600


@dataclass(frozen=True, slots=True)
class SecretKeys:
    """The keys a centre has: the secret halves, never shown, and the public ones that laptops get."""

    identity: str = field(repr=False)
    signing_key: str = field(repr=False)
    public: CentreKeys


def centre_keys(folder: Path) -> SecretKeys:
    """The keys in this folder; where there are none they are made, once, however many processes start together.

    Raises:
        EnvironmentProblem: `server_keys_broken` when a file is not what this function wrote.
    """
    import pyrage

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(folder / "keys.lock", mode=_MODE):
        identity = _kept(folder / IDENTITY_FILE, lambda: str(pyrage.x25519.Identity.generate()))
        signing_key = _kept(folder / SIGNING_FILE, signing.new_signing_key)
    try:
        recipient = str(pyrage.x25519.Identity.from_str(identity).to_public())
        return SecretKeys(identity, signing_key, CentreKeys(recipient, signing.public_key_of(signing_key)))
    except (pyrage.IdentityError, ValueError) as error:
        raise EnvironmentProblem("server_keys_broken", folder=str(folder)) from error


def _kept(file: Path, make: Callable[[], str]) -> str:
    if not file.exists():
        with writing_aside(file, _MODE) as new:
            new.write(f"{make()}\n".encode())
    return file.read_text(encoding="ascii", errors="replace").strip()
