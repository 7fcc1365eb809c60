"""The command line: which commands there are, and the manners they share.

`--json` prints one object on standard output and nothing else; words for people go to standard error. Exit 0 ok,
2 bad input, 3 offline or refused by the server, 1 our bug. Never a traceback.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from desktop import diagnostics, settings
from desktop.commands import COMMANDS
from desktop.commands.wording import say
from desktop.models.problems import EnvironmentProblem, Problem, UserProblem


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserProblem("usage", detail=message, usage=" ".join(self.format_usage().split()))


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    as_json = "--json" in arguments
    diagnostics.set_up_log(settings.log_folder())
    try:
        chosen = _parsed(arguments)
        result = import_module(f"desktop.commands.{COMMANDS[chosen.command]}").run(chosen)
    except Problem as problem:
        _report(problem, as_json)
        return problem.exit_code
    except KeyboardInterrupt:
        _report(UserProblem("cancelled"), as_json)
        return 130
    except OSError as error:
        refusal = EnvironmentProblem("file_system", reason=error.strerror or type(error).__name__)
        refusal.exit_code = UserProblem.exit_code
        diagnostics.write_crash(settings.log_folder(), error)
        _report(refusal, as_json)
        return refusal.exit_code
    except Exception as error:  # the last boundary: our own bug
        path = diagnostics.write_crash(settings.log_folder(), error)
        _report(Problem("internal", crash=path.name), as_json)
        return 1
    if as_json:
        _print_json(result)
    return 0


def _parsed(arguments: list[str]) -> argparse.Namespace:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--workspace", type=Path, default=None, help="folder of the workspace")
    shared.add_argument("--json", action="store_true", help="print one JSON object")
    parser = _Parser(prog="zhuqi", parents=[shared])
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="COMMAND")
    wanted = next((word for word in arguments if word in COMMANDS), None)
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=say(f"help_{name.replace('-', '_')}"))
        # Given on the command they win; left out, what stood before the command's name stands.
        command.add_argument("--workspace", type=Path, default=argparse.SUPPRESS)
        command.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        if name == wanted:  # only the command that runs is imported
            import_module(f"desktop.commands.{module}").add_arguments(name, command)
    chosen = parser.parse_args(arguments)
    chosen.workspace = chosen.workspace or settings.default_workspace()
    return chosen


def _report(problem: Problem, as_json: bool) -> None:
    sentence = problem.sentence("en" if settings.language() == "en" else "zh")
    if as_json:
        _print_json({"problem": {"code": problem.code, "message": sentence, "fields": problem.fields}})
    print(sentence, file=sys.stderr)


def _print_json(value: Any) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.flush()
