"""The command line: which commands there are, and the manners they share.

`--json` prints one object on standard output and nothing else; words for people go to standard error. Exit 0 ok,
2 bad input, 3 offline or refused by the server, 1 our bug. Never a traceback.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from desktop import diagnostics, settings
from desktop.commands import COMMANDS
from desktop.commands.wording import say
from desktop.models.problems import Problem, StorageProblem, UserProblem


class CommandParser(argparse.ArgumentParser):
    """A parser that says what an argument is for in words that are data, and what is wrong as a refusal."""

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """Add an argument; its words stand under `argument_…`, after its name."""
        options["help"] = say(argument_code(names[-1]))
        return super().add_argument(*names, **options)

    def error(self, message: str) -> NoReturn:
        raise UserProblem("usage", detail=message, usage=" ".join(self.format_usage().split()).removeprefix("usage: "))


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    as_json = "--json" in arguments
    diagnostics.set_up_log(settings.log_folder())
    _prepare_output()
    try:
        chosen = _parsed(arguments)
        result = import_module(f"desktop.commands.{COMMANDS[chosen.command]}").run(chosen)
        if as_json:
            _print_json(result)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Problem as problem:
        _report(problem, as_json)
        return problem.exit_code
    except KeyboardInterrupt:
        _report(UserProblem("cancelled"), as_json)
        return 130
    except OSError as error:
        refusal = StorageProblem("file_system", reason=error.strerror or type(error).__name__)
        diagnostics.write_crash(settings.log_folder(), error)
        _report(refusal, as_json)
        return refusal.exit_code
    except Exception as error:  # the last boundary: our own bug
        path = diagnostics.write_crash(settings.log_folder(), error)
        _report(Problem("internal", **({"crash": path.name} if path else {})), as_json)
        return 1
    return 0


def _prepare_output() -> None:
    """Let nothing about where the words go stop the work: no output at all, or a console that lacks a character."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end of the process
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def argument_code(name: str) -> str:
    """Under which code the words for an argument stand."""
    return f"argument_{name.lstrip('-').replace('-', '_')}"


def _parsed(arguments: list[str]) -> argparse.Namespace:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--workspace", type=Path, default=None, help=say("argument_workspace"), metavar="DIR")
    shared.add_argument("--json", action="store_true", help=say("argument_json"))
    parser = CommandParser(prog="zhuqi", parents=[shared])
    commands = parser.add_subparsers(dest="command", required=True, parser_class=CommandParser, metavar="COMMAND")
    named = argparse.ArgumentParser(add_help=False, parents=[shared], exit_on_error=False)
    named.add_argument("command", nargs="?")
    wanted = named.parse_known_args(arguments)[0].command
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=say(f"help_{name.replace('-', '_')}"))
        # Given on the command they win; left out, what stood before the command's name stands.
        command.add_argument("--workspace", type=Path, default=argparse.SUPPRESS, metavar="DIR")
        command.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        if name == wanted:  # only the command that runs is imported
            import_module(f"desktop.commands.{module}").add_arguments(name, command)
    chosen = parser.parse_args(arguments)
    chosen.workspace = chosen.workspace or settings.default_workspace()
    for name, value in vars(chosen).items():  # paths may be any bytes, words are text
        if any(
            isinstance(word, str) and _mended(word) != word for word in (value if isinstance(value, list) else [value])
        ):
            raise UserProblem("argument_encoding", argument=name)
    return chosen


def _report(problem: Problem, as_json: bool) -> None:
    sentence = problem.sentence("en" if settings.language() == "en" else "zh")
    if as_json:
        with suppress(OSError):  # the output may be what failed
            _print_json({"problem": {"code": problem.code, "message": sentence, "fields": problem.fields}})
    print(sentence, file=sys.stderr)


def _print_json(value: Any) -> None:
    try:
        line = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a path that is no text
        line = msgspec.json.encode(
            msgspec.json.decode(_mended(json.dumps(msgspec.to_builtins(value), ensure_ascii=False)))
        )
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _mended(text: str) -> str:
    """The text with � for what is no character (bytes of a path in another encoding)."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
