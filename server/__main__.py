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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import URL

from desktop.models.problems import Problem, UserProblem
from desktop.models.vocabulary import Role
from desktop.sync.wire.protocol import LIMITS
from server import commands
from server.bundle_commands import add_bundle_commands
from server.plain_logs import set_up
from server.safe_answers import described
from server.settings import ATTACHMENTS_VARIABLE, Settings, database_url, keys_folder, metrics_token, replica_url
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
        sys.stdout.write("\n".join(_lines(result)) + "\n")
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
        place = chosen.attachments or os.environ.get(ATTACHMENTS_VARIABLE, "")
        settings = Settings(
            url,
            chosen.host,
            chosen.port,
            chosen.tls_cert,
            chosen.tls_key,
            chosen.password_days,
            keys_folder(url),
            chosen.workers,
            replica_url(),
            metrics_token(),
            place,
            chosen.device_quota * 2**20,
        )
        return commands.run(settings)
    names = {"command", "data", "database", "json"}
    given = {name: value for name, value in vars(chosen).items() if name not in names}
    work: Callable[..., dict[str, Any]] = getattr(commands, chosen.command.replace("-", "_"))
    return work(url, **given)


def _lines(result: dict[str, Any]) -> list[str]:
    """A result for people: a line for each fact, and one for each row of a list."""
    lines: list[str] = []
    for name, value in result.items():
        if not isinstance(value, list):
            lines.append(f"{name}: {value}")
            continue
        for row in value:
            cells = row.values() if isinstance(row, dict) else [row]
            lines.append("  ".join(" ".join(cell) if isinstance(cell, list) else str(cell or "—") for cell in cells))
    return lines


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


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
    run.add_argument("--password-days", type=int, default=0, metavar="N", help="passwords last N days; 0: no end")
    run.add_argument("--workers", type=_positive, default=1, help="processes that answer; PostgreSQL only")
    run.add_argument("--attachments", metavar="PLACE", help="folder or s3+https://… for photos and papers")
    quota = LIMITS.device_bytes // 2**20
    run.add_argument(
        "--device-quota", type=_count, default=quota, metavar="MIB", help="what one device may send of them"
    )
    names.add_parser("upgrade", parents=[where], help="bring the database up to date")
    add_upkeep_commands(names, where)
    add_bundle_commands(names, where)
    _add_account_commands(names, where)
    return parser


def _add_account_commands(names: Any, where: argparse.ArgumentParser) -> None:
    def add(name: str, words: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = names.add_parser(name, parents=[where], help=words)
        return parser

    def about_officer(name: str, words: str) -> argparse.ArgumentParser:
        parser = add(name, words)
        parser.add_argument("officer", help="id or name")
        return parser

    roles = [role.value for role in Role]
    officer = add("create-officer", "make an account; asks for its password")
    officer.add_argument("name")
    officer.add_argument("--role", required=True, choices=roles)
    officer.add_argument("--grid", action="append", default=[], metavar="CODE", nargs="+", dest="grids")
    code = about_officer("enrol-code", "a code that enrols one laptop within 24 hours")
    code.add_argument("--days", type=int, default=1, help="up to 7 where there is no network")
    add("list-officers", "accounts with their roles and grids")
    devices = add("list-devices", "laptops with whose they are and when they were here")
    devices.add_argument("--officer", default=None, help="id or name")
    add("revoke-device", "end a laptop's access at once").add_argument("device", help="id or code")
    for grid in (
        about_officer("grant-grid", "let an officer work in one more grid"),
        about_officer("revoke-grid", "take a grid away from an officer"),
    ):
        grid.add_argument("--grid", required=True, metavar="CODE", dest="code")
    about_officer("set-role", "give an officer another role").add_argument("--role", required=True, choices=roles)
    about_officer("set-password", "replace a password; asks for it")
    about_officer("set-factor", "set up a second factor; prints it and its recovery codes")
    about_officer("close-officer", "end an account with its devices and grids")


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_WORKERS}")
    return int(text)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the frozen program is its own workers
    sys.exit(main())
