"""The child does its work, or is ended and explained: cancelled, too slow, too greedy, dead, talking rubbish."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from desktop.documents import untrusted_file
from desktop.documents.roster_reader import read_roster
from desktop.documents.untrusted_file import CHILD_ARGUMENT, Limits, read_untrusted
from desktop.models.problems import UserProblem
from desktop.models.progress import Cancelled, Progress

ROOT = Path(__file__).resolve().parents[2]
Play = Callable[[str], None]


@pytest.fixture
def child_plays(monkeypatch: pytest.MonkeyPatch) -> Play:
    """Makes the next child run these lines (with `send(kind, body)`) instead of ours, under our limits."""

    def play(lines: str) -> None:
        code = (
            f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
            "import os, time, msgspec\n"
            "from desktop.documents.process_limits import limit_this_process\n"
            "limit_this_process(2**28, 5)\n"
            "def send(kind, body):\n"
            "    os.write(1, len(body).to_bytes(4, 'little') + kind + body)\n" + textwrap.dedent(lines)
        )
        monkeypatch.setattr(untrusted_file, "_command", lambda: [sys.executable, "-I", "-c", code])

    return play


def ask(progress: Progress | None = None, seconds: float = 20.0, answer: int = 2**20) -> list[bytes]:
    blocks: list[bytes] = []
    read_untrusted("roster", b"", blocks.append, progress, Limits(seconds, 2**28, answer))
    return blocks


def test_blocks_arrive_in_order(child_plays: Play) -> None:
    child_plays("send(b'B', b'one'); send(b'B', b'two'); send(b'E', b'')")
    assert ask() == [b"one", b"two"]


def test_a_child_that_dies_is_explained(child_plays: Play) -> None:
    child_plays("os.abort()")
    with pytest.raises(UserProblem, match="file_broke_reader"):
        ask()


def test_a_child_that_ends_early_is_explained(child_plays: Play) -> None:
    child_plays("send(b'B', b'half')")
    with pytest.raises(UserProblem, match="file_broke_reader"):
        ask()


def test_a_child_that_hangs_is_ended_in_time(child_plays: Play) -> None:
    child_plays("time.sleep(60)")
    start = time.monotonic()
    with pytest.raises(UserProblem, match="file_too_slow"):
        ask(seconds=0.5)
    assert time.monotonic() - start < 30  # the child wanted to sleep for 60


def test_a_child_that_stops_in_the_middle_of_a_frame_is_ended_in_time(child_plays: Play) -> None:
    child_plays("os.write(1, b'\\xff\\0\\0\\0B12'); time.sleep(60)")
    with pytest.raises(UserProblem, match="file_too_slow"):
        ask(seconds=0.5)


@pytest.mark.skipif(sys.platform == "win32", reason="address space is limited by a job there")
def test_a_child_that_wants_too_much_memory_is_stopped(child_plays: Play) -> None:
    child_plays("x = bytearray(2**29)")
    with pytest.raises(UserProblem, match="file_broke_reader"):
        ask()


@pytest.mark.parametrize(
    "rubbish",
    [
        "os.write(1, os.urandom(4096))",
        "os.write(1, b'\\xff' * 64)",
        "send(b'Q', b'')",
        "send(b'P', b'\\xc1')",
        "send(b'X', b'\\x93')",
    ],
)
def test_rubbish_is_refused(child_plays: Play, rubbish: str) -> None:
    child_plays(rubbish)
    with pytest.raises(UserProblem, match=r"file_reader_answer|file_broke_reader"):
        ask()


def test_more_than_was_agreed_is_refused(child_plays: Play) -> None:
    child_plays("for _ in range(1000): send(b'B', b'x' * 10_000)")
    with pytest.raises(UserProblem, match="file_reader_answer"):
        ask()


def test_blocks_of_another_shape_are_refused(child_plays: Play, tmp_path: Path) -> None:
    for lines in ("send(b'B', b'R\\x91\\x01')", "send(b'B', b'?')", "send(b'B', b'')"):
        child_plays(lines + "; send(b'E', b'')")
        with pytest.raises(UserProblem, match="file_reader_answer"):
            read_roster(tmp_path / "r.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="there only time and memory are limited")
def test_a_child_cannot_write_files(child_plays: Play, tmp_path: Path) -> None:
    target = tmp_path / "written"
    child_plays(f"""
        try:
            with open({str(target)!r}, "wb") as file:
                file.write(b"x" * 10)
        except OSError as error:
            send(b"B", b"refused")
        send(b"E", b"")
    """)
    assert ask() == [b"refused"]
    assert not target.exists() or target.stat().st_size == 0


def test_cancelling_ends_a_silent_child_at_once(child_plays: Play) -> None:
    child_plays("time.sleep(60)")
    progress = Progress()
    threading.Timer(0.3, progress.cancel).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        ask(progress)
    assert time.monotonic() - start < 3


def test_cancelling_while_rows_arrive_ends_the_child(child_plays: Play) -> None:
    body = msgspec.msgpack.encode((1, 2, "read"))
    child_plays(f"while True: send(b'P', {body!r})")
    progress = Progress(lambda done, total, label: progress.cancel() if label == "read" else None)
    with pytest.raises(Cancelled):
        ask(progress)


def test_cancelling_beforehand_starts_nothing(child_plays: Play) -> None:
    child_plays("os.abort()")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        ask(progress)


def test_no_child_is_left_after_a_problem(child_plays: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = untrusted_file._start

    def remembered() -> subprocess.Popen[bytes]:
        started.append(start())
        return started[-1]

    monkeypatch.setattr(untrusted_file, "_start", remembered)
    child_plays("send(b'Q', b''); time.sleep(60)")
    with pytest.raises(UserProblem):
        ask()
    assert started[0].returncode is not None


def test_a_frozen_program_starts_itself_as_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert untrusted_file._command() == [sys.executable, CHILD_ARGUMENT]


def test_the_child_loads_neither_qt_nor_the_database() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import desktop.documents.reading_child as child\n"
        "child.TASKS['roster']()\n"
        "bad = [m for m in ('PySide6', 'sqlalchemy', 'httpx', 'reportlab', 'openpyxl') if m in sys.modules]\n"
        "sys.exit(str(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()


def test_the_reader_works_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.csv").write_text("企业名称,信用代码\n甲有限公司,913304000513137281\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(read_roster(Path("r.csv")).rows) == 1
    assert os.listdir(tmp_path) == ["r.csv"]  # noqa: PTH208
