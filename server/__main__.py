"""The command `zhuqi-server`. Thin: it reads arguments, calls one function and prints its result or the problem.

Exit codes: 0 done, 2 wrong input, 3 the surroundings refused, 1 a fault of ours. With `--json`, one JSON object on
standard output and nothing else.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import URL

from desktop.models.problems import Problem, UserProblem
from desktop.models.vocabulary import Role
from server import commands
from server.plain_logs import set_up
from server.safe_answers import described
from server.settings import Settings, database_url, metrics_token, replica_url
from server.upkeep_commands import add_upkeep_commands

MOST_WORKERS = 64


class _Parser(argparse.ArgumentParser):
    """Argument errors as problems, so that `--json` holds for them too."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would have printed."""
        raise UserProblem("server_arguments", reason=message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    set_up()
    try:
        chosen = _parser().parse_args(_as_text(given))
        url = database_url(chosen.data, chosen.database)
        result = _run(chosen, url)
    except Problem as problem:
        _tell(problem, as_json)
        return problem.exit_code
    except KeyboardInterrupt:
        return 0
    except Exception as error:  # a fault of ours: a reference for whoever mends it, nothing of the data
        reference = secrets.token_hex(4)
        logging.getLogger("zhuqi.server").error("fault %s: %s", reference, described(error))
        _tell(Problem("server_fault", reference=reference), as_json)
        return 1
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    elif result:
        sys.stdout.write("\n".join(f"{name}: {value}" for name, value in result.items()) + "\n")
    return 0


def _as_text(words: list[str]) -> list[str]:
    """The arguments, refused where they are bytes of another encoding."""
    for word in words:
        if not word.isascii() and os.fsencode(word) != word.encode("utf-8", "replace"):
            raise UserProblem("server_arguments", reason="UTF-8?")
    return words


def _run(chosen: argparse.Namespace, url: URL) -> dict[str, Any]:
    if "work" in chosen:
        found: dict[str, Any] = chosen.work(chosen, url)
        return found
    if chosen.command == "run":
        settings = Settings(
            url,
            chosen.host,
            chosen.port,
            chosen.tls_cert,
            chosen.tls_key,
            chosen.workers,
            replica_url(),
            metrics_token(),
        )
        return commands.run(settings)
    if chosen.command == "upgrade":
        return commands.upgrade(url)
    if chosen.command == "create-officer":
        return commands.create_officer(url, chosen.name, chosen.role, chosen.grid)
    return commands.enrol_code(url, chosen.officer)


def _tell(problem: Problem, as_json: bool) -> None:
    sentence = problem.sentence("zh")
    if as_json:
        body = {"problem": {"code": problem.code, "message": sentence, "fields": problem.fields}}
        sys.stdout.write(json.dumps(body, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{sentence}\n{problem.sentence('en')}\n")


def _parser() -> argparse.ArgumentParser:
    where = _Parser(add_help=False)
    where.add_argument("--data", type=Path, metavar="DIR", help="folder of the embedded database")
    where.add_argument("--database", metavar="URL", help="postgresql://… instead of the embedded database")
    where.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser = _Parser(prog="zhuqi-server", description="The centre that laptops of officers exchange their work with.")
    names = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    run = names.add_parser("run", parents=[where], help="serve until interrupted")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8321, help="0 takes any free port")
    run.add_argument("--tls-cert", type=Path, help="certificate chain (PEM)")
    run.add_argument("--tls-key", type=Path, help="private key (PEM)")
    run.add_argument("--workers", type=_positive, default=1, help="processes that answer; PostgreSQL only")
    names.add_parser("upgrade", parents=[where], help="bring the database up to date")
    officer = names.add_parser("create-officer", parents=[where], help="make an account; asks for its password")
    officer.add_argument("name")
    officer.add_argument("--role", required=True, choices=[role.value for role in Role])
    officer.add_argument("--grid", action="append", required=True, metavar="CODE", nargs="+")
    add_upkeep_commands(names, where)
    code = names.add_parser("enrol-code", parents=[where], help="a code that enrols one laptop within 24 hours")
    code.add_argument("officer", help="id or name")
    return parser


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_WORKERS}")
    return int(text)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the frozen program is its own workers
    sys.exit(main())
