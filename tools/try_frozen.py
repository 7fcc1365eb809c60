"""Proves a frozen folder (`make dist-test`): the main job is done by it, in a home of its own, and looked at.

    python -m tools.try_frozen dist/zhuqi

Nothing of the source tree or its environment is used: another working folder, no Python variables, an empty home.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SUFFIX = ".exe" if os.name == "nt" else ""
JOB_SECONDS = 180
WINDOW_SECONDS = 60
KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")


class Frozen:
    """A frozen folder, run in a home of its own."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder.resolve()
        self.home = home
        self.environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        self.environment |= {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home / "local")}
        self.environment.setdefault("QT_QPA_PLATFORM", "offscreen")

    def program(self, name: str) -> str:
        return str(self.folder / (name + SUFFIX))

    def json(self, *words: str) -> dict[str, Any]:
        """What a `zhuqi` command answers; anything but exit 0 ends the proof."""
        done = subprocess.run(
            [self.program("zhuqi"), *words, "--json"],
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=JOB_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise SystemExit(f"zhuqi {words[0]} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


def main_job(frozen: Frozen, out: Path) -> None:
    """Roster, visit, letter and sync, with the server beside the program."""
    result = frozen.json("demo", "--out", str(out))
    _expect("one visit with 23 answers", (result["visits"], result["answers"]) == (1, 23))
    held = result["server"]
    _expect("the server holds them", (held["visits"], held["answers"], held["letters"]) == (1, 23, 1))
    _expect("the server holds the findings", held["findings"] == result["findings"] > 0)
    letter = Path(result["letter"])
    paper = letter.read_bytes()
    _expect("the letter is a PDF with fonts", paper.startswith(b"%PDF-") and b"/FontFile2" in paper)
    status = frozen.json("status", "--workspace", str(out / "workspace"))
    _expect("nothing is left to send", status["unsent"] == 0)
    _expect("the workspace is sound", frozen.json("check", "--workspace", str(out / "workspace"))["ok"])


def window(frozen: Frozen, out: Path) -> None:
    """The window opens the demo workspace and closes again by itself."""
    done = subprocess.run(
        [frozen.program("zhuqi"), "--workspace", str(out / "workspace"), "--selftest"],
        cwd=frozen.home,
        env=frozen.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=WINDOW_SECONDS,
        check=False,
    )
    crashes = list(frozen.home.rglob("crash*"))
    _expect(f"the window opens\n{done.stderr.decode(errors='replace')}", done.returncode == 0 and not crashes)


def server_help(frozen: Frozen) -> None:
    done = subprocess.run(
        [frozen.program("zhuqi-server"), "--help"], env=frozen.environment, capture_output=True, check=False
    )
    _expect("the server describes its commands", done.returncode == 0 and b"enrol-code" in done.stdout)


def _expect(what: str, holds: bool) -> None:
    if not holds:
        raise SystemExit(f"dist-test failed: not so: {what}")
    sys.stdout.write(f"  {what.splitlines()[0]}\n")


def main() -> int:
    folder = Path(sys.argv[1])
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    sys.stdout.write(f"{folder}: {size // 1_000_000} MB\n")
    with TemporaryDirectory(prefix="zhuqi-dist-") as home:
        frozen = Frozen(folder, Path(home))
        out = Path(home, "demo")
        server_help(frozen)
        main_job(frozen, out)
        window(frozen, out)
    sys.stdout.write("dist-test passed\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
