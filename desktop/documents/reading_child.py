"""The child process that opens files from outside. It knows no database, no window and no network.

`untrusted_file` starts it, sends one request on standard input and reads frames from standard output. The child first
limits itself, then does one task of `TASKS`, and ends.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

import msgspec

from desktop.documents.process_limits import limit_this_process
from desktop.documents.task_answer import Answer
from desktop.models.problems import Problem

Task = Callable[[bytes, Answer], None]


def _roster() -> Task:
    from desktop.documents.roster_task import run

    return run


def _photo() -> Task:
    from desktop.documents.photo_task import run

    return run


def _catalogue() -> Task:
    from desktop.documents.catalogue_task import run

    return run


def _staff() -> Task:
    from desktop.documents.staff_task import run

    return run


TASKS: dict[str, Callable[[], Task]] = {"catalogue": _catalogue, "photo": _photo, "roster": _roster, "staff": _staff}
"""Name of the task → a function that imports and gives it: trusted code is loaded before the limits hold."""


class _Pipe:
    def __init__(self, descriptor: int) -> None:
        self._out = open(descriptor, "wb", buffering=1 << 18, closefd=False)  # noqa: SIM115

    def block(self, body: bytes) -> None:
        self._send(b"B", body)

    def step(self, done: int, total: int, label: str) -> None:
        self._send(b"P", msgspec.msgpack.encode((done, total, label)))
        self._out.flush()

    def problem(self, code: str, fields: object) -> None:
        self._send(b"X", msgspec.msgpack.encode((code, fields)))

    def end(self) -> None:
        self._send(b"E", b"")

    def flush(self) -> None:
        self._out.flush()

    def _send(self, kind: bytes, body: bytes) -> None:
        self._out.write(len(body).to_bytes(4, "little") + kind + body)


def main() -> None:
    """Serve one request and leave the process."""
    _binary_pipes()
    pipe = _Pipe(1)
    memory, seconds, task, request = _order()
    run = TASKS[task]()
    limit_this_process(memory, seconds)
    sys.dont_write_bytecode = True
    gc.disable()  # the process ends before anything could pile up; looking for cycles cost a fifth of the time
    try:
        run(request, pipe)
        pipe.end()
    except Problem as problem:
        pipe.problem(problem.code, problem.fields)
    except MemoryError:
        pipe.problem("file_too_demanding", {})
    except Exception as error:  # the parent tells the person; what broke is for the developer only
        pipe.problem("file_damaged", {"detail": type(error).__name__})
    pipe.flush()
    os._exit(0)  # skip freeing a large reading piece by piece


def _order() -> tuple[int, int, str, bytes]:
    with open(0, "rb", closefd=False) as pipe:
        length = int.from_bytes(pipe.read(4), "little")
        return msgspec.msgpack.decode(pipe.read(length), type=tuple[int, int, str, bytes])


def _binary_pipes() -> None:
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (0, 1):
            msvcrt.setmode(descriptor, os.O_BINARY)
