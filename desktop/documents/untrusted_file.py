"""Reading a file from outside in a child process: whatever the file does, only the child suffers (SEC-50).

The child gets 60 s, 1 GiB of memory, may write no file, and is killed on time-out or when the person calls it off. Its
answer comes back in blocks over a pipe and is refused when it is not what was agreed. Nothing is written to disk on
either side, so nothing is left behind.

Frames on the pipe: length (4 bytes, little endian), kind (1 byte), body. Kinds: `P` progress [done, total, label],
`B` a block of the answer, `X` a problem [code, fields], `E` the end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from desktop.models.problems import Problem, UserProblem
from desktop.models.progress import Cancelled, Progress

CHILD_ARGUMENT = "--read-untrusted-file"
"""First argument that makes a frozen program be the child; `desktop.__main__` looks for it before anything else."""

_POLL_S = 0.03
_LARGEST_FRAME = 32 * 2**20
_HEAD = 5


@dataclass(frozen=True)
class Limits:
    """What a child may use. `answer` bounds what it may send back, in bytes."""

    seconds: float = 60.0
    memory: int = 2**30
    answer: int = 256 * 2**20


def read_untrusted(
    task: str,
    request: bytes,
    receive: Callable[[bytes], None],
    progress: Progress | None = None,
    limits: Limits = Limits(),
) -> None:
    """Do `task` (a name of `reading_child.TASKS`) in a child process and hand every block of its answer to `receive`.

    `receive` must check what it gets: a child that was taken over may send anything. An exception it raises ends the
    child and comes through; `msgspec.DecodeError` becomes the problem `file_reader_answer`.

    Raises:
        UserProblem: `file_too_slow`, `file_broke_reader`, `file_reader_answer`, or what the task itself found.
        Cancelled: the person called it off.
    """
    progress = progress or Progress()
    progress.step(0, 0, "check")
    child = _start()
    watch = _Watch(child, progress, limits.seconds)
    try:
        finished = _converse(child, (task, request), limits, receive, progress)
    except msgspec.DecodeError as error:
        raise UserProblem("file_reader_answer") from error
    except OSError:
        finished = False  # the pipe broke because the child is gone; why is told below
    finally:
        watch.stop()
        _end(child)
    if finished:
        return
    if progress.cancelled:
        raise Cancelled
    if watch.timed_out:
        raise UserProblem("file_too_slow", seconds=int(limits.seconds))
    raise UserProblem("file_broke_reader")


def _converse(
    child: subprocess.Popen[bytes],
    work: tuple[str, bytes],
    limits: Limits,
    receive: Callable[[bytes], None],
    progress: Progress,
) -> bool:
    """Whether the child came to its end."""
    assert child.stdin is not None  # noqa: S101
    assert child.stdout is not None  # noqa: S101
    order = msgspec.msgpack.encode((limits.memory, int(limits.seconds), *work))
    child.stdin.write(len(order).to_bytes(4, "little") + order)
    child.stdin.close()
    allowed = limits.answer
    while (frame := _frame(child.stdout)) is not None:
        kind, body = frame
        allowed -= len(body)
        if allowed < 0:
            raise UserProblem("file_reader_answer")
        if kind == b"B":
            receive(body)
        elif kind == b"P":
            progress.step(*msgspec.msgpack.decode(body, type=tuple[int, int, str]))
        elif kind == b"X":
            raise _problem(body)
        elif kind == b"E":
            return True
        else:
            raise UserProblem("file_reader_answer")
    return False


def _frame(pipe: IO[bytes]) -> tuple[bytes, bytes] | None:
    head = pipe.read(_HEAD)
    if len(head) < _HEAD:
        return None
    length = int.from_bytes(head[:4], "little")
    if length > _LARGEST_FRAME:
        raise UserProblem("file_reader_answer")
    body = pipe.read(length)
    return (head[4:], body) if len(body) == length else None


def _problem(body: bytes) -> Problem:
    code, fields = msgspec.msgpack.decode(body, type=tuple[str, dict[str, str | int | float | None]])
    return UserProblem(code, **fields)


class _Watch:
    """Kills the child when it is called off or out of time, so that the reading thread never waits for ever."""

    def __init__(self, child: subprocess.Popen[bytes], progress: Progress, seconds: float) -> None:
        self.timed_out = False
        self._child = child
        self._progress = progress
        self._until = time.monotonic() + seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="untrusted-file-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_POLL_S):
            if self._progress.cancelled or time.monotonic() > self._until:
                self.timed_out = not self._progress.cancelled
                self._child.kill()
                return


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # what was still to be written has no reader any more
    child.wait()


def _command() -> list[str]:
    """The child starts from this very program when frozen, else from this very source tree, whatever the folder."""
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    root = os.fspath(Path(__file__).resolve().parent.parent.parent)
    code = f"import sys; sys.path.insert(0, {root!r}); from desktop.documents.reading_child import main; main()"
    return [sys.executable, "-I", "-X", "utf8", "-c", code]
