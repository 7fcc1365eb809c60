"""Writes the lock files of `requirements/` from `pyproject.toml` (`make lock`).

One resolution for every platform and Python we support, with the hash of every file, and neither an index nor a
path: where the files come from is the installing machine's business. `dev.txt` holds everything; the other two are
cut from it, so that a package never has two versions.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
OLDEST_PYTHON = "3.11"
HEADER = """\
# Locked for Linux and Windows, CPython {python} and newer. Made by `make lock`; do not edit.
# {purpose}
# Install: python -m pip install --require-hashes --only-binary :all: -r requirements/{name}.txt
"""


@dataclass(frozen=True)
class Lock:
    """One lock file: its name, the extras of `pyproject.toml` it holds, and who installs it."""

    name: str
    extras: tuple[str, ...]
    purpose: str

    @property
    def path(self) -> Path:
        return LOCKS / f"{self.name}.txt"


EVERYTHING = Lock("dev", ("desktop", "server", "dev"), "Everything: what `make setup` installs.")
LOCK_FILES = (
    EVERYTHING,
    Lock("desktop", ("desktop",), "The desktop alone."),
    Lock("server", ("server",), "The server alone, without Qt."),
)


def locked_text(lock: Lock, *, upgrade: bool = False) -> str:
    """The text of a lock file. Versions already locked are kept unless `upgrade`."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--no-config", "--quiet"]
    command += ["--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-build"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url"]
    command += [f"--extra={extra}" for extra in lock.extras]
    if lock is not EVERYTHING:
        command += ["--constraints", str(EVERYTHING.path)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    with TemporaryDirectory() as folder:
        output = Path(folder, lock.path.name)
        if lock.path.exists() and not upgrade:
            shutil.copyfile(lock.path, output)  # uv keeps the versions it finds in its output file
        subprocess.run([*command, "--output-file", str(output)], cwd=ROOT, env=environment, check=True)
        compiled = output.read_text(encoding="utf-8")
    return HEADER.format(python=OLDEST_PYTHON, purpose=lock.purpose, name=lock.name) + compiled


def main() -> int:
    upgrade = "--upgrade" in sys.argv[1:]
    LOCKS.mkdir(exist_ok=True)
    for lock in LOCK_FILES:
        lock.path.write_text(locked_text(lock, upgrade=upgrade), encoding="utf-8", newline="\n")
        sys.stdout.write(f"requirements/{lock.name}.txt\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
