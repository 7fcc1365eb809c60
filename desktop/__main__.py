"""`zhuqi`: the window, or with a command its scriptable edge."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the program and return its exit code."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if any(not word.startswith("-") for word in _without_workspace(arguments)) or "--help" in arguments:
        from desktop.commands.command_line import main as run_command

        return run_command(arguments)
    from desktop.app import main as run_window

    return run_window(arguments)


def _without_workspace(arguments: list[str]) -> list[str]:
    """The arguments less `--workspace DIR`, whose folder is no command."""
    at = arguments.index("--workspace") if "--workspace" in arguments else len(arguments)
    return arguments[:at] + arguments[at + 2 :]


if __name__ == "__main__":
    sys.exit(main())
