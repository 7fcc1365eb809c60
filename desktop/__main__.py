"""`zhuqi`: the window, or with a command its scriptable edge."""

from __future__ import annotations

import multiprocessing
import sys

from desktop.commands import COMMANDS

READING_CHILD = "--read-untrusted-file"
"""How the frozen program starts itself to open a file from outside (`desktop.documents.untrusted_file`)."""


def main() -> int:
    """Run the program and return its exit code."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if arguments == [READING_CHILD]:
        from desktop.documents.reading_child import main as read_and_leave

        read_and_leave()
    if _is_command(arguments):
        from desktop.commands.command_line import main as run_command

        return run_command(arguments)
    from desktop.app import main as run_window

    return run_window(arguments)


def _is_command(arguments: list[str]) -> bool:
    """Whether a command is meant rather than the window; a mistyped one is, too."""
    asks = COMMANDS.keys() | {"--json", "--help", "-h"}
    return any(word in asks for word in arguments) or (bool(arguments) and not arguments[0].startswith("-"))


if __name__ == "__main__":
    sys.exit(main())
