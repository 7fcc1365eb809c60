"""`zhuqi`: the window, or with a command its scriptable edge."""

from __future__ import annotations

import argparse
import multiprocessing
import sys

READING_CHILD = "--read-untrusted-file"
"""How the frozen program starts itself to open a file from outside (`desktop.documents.untrusted_file`)."""


def main() -> int:
    """Run the program and return its exit code."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if arguments == [READING_CHILD]:
        from desktop.documents.reading_child import main as read_and_leave

        read_and_leave()
    try:
        if is_command(arguments):
            from desktop.commands.command_line import main as run_command

            return run_command(arguments)
        from desktop.app import main as run_window

        return run_window(arguments)
    except KeyboardInterrupt:  # before a command could say so, or in the window's terminal
        return 130


def is_command(arguments: list[str]) -> bool:
    """Whether anything but the window is asked for; a mistyped command is, too."""
    window = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    for option in ("--workspace", "--language", "--scheme", "--text-size"):
        window.add_argument(option)
    window.add_argument("--selftest", action="store_true")
    try:
        _, more = window.parse_known_args(arguments)
    except argparse.ArgumentError:
        return True
    return bool(more)


if __name__ == "__main__":
    sys.exit(main())
