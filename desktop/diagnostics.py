"""Notes for whoever has to find out what went wrong: a rotating log and one crash file per crash.

Neither may hold anything about a person (SEC-71, SEC-72): messages are codes, record ids and counts; a filter takes
out what still looks like an ID number, a phone number or a token; a crash file has the stack without its values.
"""

from __future__ import annotations

import logging
import platform
import re
import sys
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_LOG_BYTES = 1_000_000
_LOG_COPIES = 3
_PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"  # resident ID
    r"|(?<![0-9A-Za-z-])1\d{10}(?![0-9A-Za-z-])"  # mobile phone
    r"|zqd_[\w-]+"  # device token
    r"|[\u3400-\u9fff\U00020000-\U000323af]+"  # any Chinese text: names, notes, places
)


class PersonalDataFilter(logging.Filter):
    """Replaces what looks personal in every message, and drops exception texts (they quote values)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; never drops one."""
        record.msg = scrubbed(record.getMessage())
        record.args = None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = stack_without_values(record.exc_info[1])
            record.exc_info = None
        return True


def scrubbed(text: str) -> str:
    """Text fit for a log: one line, nothing that looks like a person's data."""
    plain = _PERSONAL.sub("[…]", text)
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in plain)


def stack_without_values(error: BaseException) -> str:
    """Where it happened: the error's type and its stack, without messages or locals."""
    lines = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([type(error).__name__, *lines])


def set_up_log(folder: Path) -> None:
    """Write the log to `zhuqi.log` in a folder only its owner can read; where none can be made, go without."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        logging.basicConfig(handlers=[logging.NullHandler()], force=True)
        return
    handler = RotatingFileHandler(
        folder / "zhuqi.log", maxBytes=_LOG_BYTES, backupCount=_LOG_COPIES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(PersonalDataFilter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "alembic", "fontTools", "PIL"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def write_crash(folder: Path, error: BaseException) -> Path | None:
    """Write a crash file and return its path; None where it cannot be written."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    path = folder / f"crash-{stamp}.txt"
    about = f"python {platform.python_version()} on {platform.system()} {platform.release()}"
    chain = [stack_without_values(error)]
    while (cause := error.__cause__ or error.__context__) is not None:
        chain.append(stack_without_values(cause))
        error = cause
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text("\n".join([stamp, about, *chain]) + "\n", encoding="utf-8")
    except OSError:
        return None
    return path


def catch_crashes(folder: Path) -> None:
    """Let every uncaught error of the program end in a crash file instead of a traceback with values."""

    def note(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        path = write_crash(folder, error)
        print(f"zhuqi: {path or stack_without_values(error)}", file=sys.stderr)

    sys.excepthook = note
