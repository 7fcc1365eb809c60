"""`zhuqi demo --out DIR`: the whole main job on invented enterprises, with a server of its own on a free port."""

from __future__ import annotations

import argparse
import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from desktop.commands.answers_file import read_answers
from desktop.commands.visit_command import save_visit
from desktop.commands.wording import tell
from desktop.models.desk.enterprise_register import EnterpriseFilter, count_enterprises, enterprise_ids, enterprise_rows
from desktop.models.desk.letter_desk import (
    OfficeSettings,
    draft_letter,
    issue_letter,
    keep_office_settings,
    letter_pdf,
)
from desktop.models.desk.rostering import import_roster
from desktop.models.device.workspace import Workspace
from desktop.models.durable_file import write_aside
from desktop.models.problems import EnvironmentProblem
from desktop.models.vocabulary import Role
from desktop.resource_paths import resource

GRID = "CZ-JK-03"
OFFICER = "周砚秋"
_OFFICE = OfficeSettings(
    letterhead="澄州市卫生健康委员会复工复产健康指导组",
    issuer="复工复产健康指导组",
    prefix="澄卫健指",
    contacts=("健康指导员周砚秋，电话0999-0001208。",),
)
_COUNTED = ("visits", "answers", "findings", "letters")
_START_S = 60


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Import, visit, letter, enrol, sync; count what the server holds."""
    out: Path = chosen.out
    with Workspace.create(out / "workspace") as workspace, running_server(out / "server") as server:
        result = main_job(workspace, server, out)
    tell("demo_done", **{key: result[key] for key in ("enterprises", "answers", "findings", "letter")})
    return result


def main_job(workspace: Workspace, server: DemoServer, out: Path) -> dict[str, Any]:
    """Do in an empty workspace what an officer does in a day, and say what came of it."""
    from desktop.documents.letter_pdf import draw_letter
    from desktop.documents.roster_reader import read_roster
    from desktop.sync.enrolment import enrol
    from desktop.sync.sync_run import run_sync

    keep_office_settings(workspace, _OFFICE)
    import_roster(workspace, read_roster(resource("demo", "roster.xlsx")))
    with workspace.read() as session:
        enterprises = count_enterprises(session)
        first = enterprise_rows(session, enterprise_ids(session, EnterpriseFilter(search="陆盛"), limit=1))[0]
    answers = resource("demo", "answers.json")
    enrol(workspace, server.url, server.enrol_code(), adopt_into=GRID)
    saved = save_visit(workspace, first, answers.parent, read_answers(answers))
    issued = issue_letter(workspace, draft_letter(workspace, saved["visit"]).row.id, draw_letter)
    paper = out / "letter.pdf"
    write_aside(paper, letter_pdf(workspace, issued.id))
    receipt = run_sync(workspace)
    return {
        "enterprises": enterprises,
        "visits": 1,
        "answers": saved["answers"],
        "findings": saved["findings"],
        "letter": str(paper),
        "receipt": receipt,
        "server": server.counts(),
    }


class DemoServer:
    """A server of our own, run as its own process on this machine."""

    def __init__(self, data: Path, process: subprocess.Popen[str], url: str) -> None:
        self.data = data
        self.process = process
        self.url = url

    def enrol_code(self, role: Role = Role.GRID_INSTRUCTOR, officer: str = OFFICER) -> str:
        """Make an officer of the demo's grid and a code to enrol one device."""
        environment = {**os.environ, "ZHUQI_PASSWORD": secrets.token_urlsafe(18)}
        made = self._ask(["create-officer", officer, "--role", role, "--grid", GRID], environment)
        return str(self._ask(["enrol-code", made["officer"]], environment)["code"])

    def counts(self) -> dict[str, int]:
        """Rows in the server's own database."""
        with closing(sqlite3.connect(f"file:{self.data / 'server.db'}?mode=ro", uri=True)) as database:
            return {
                table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
                for table in _COUNTED
            }

    def _ask(self, words: list[str], environment: dict[str, str]) -> dict[str, Any]:
        done = subprocess.run(  # noqa: S603 - our own program
            [*server_program(), *words, "--data", str(self.data), "--json"],
            env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=_START_S,
        )  # fmt: skip
        if done.returncode != 0:
            raise EnvironmentProblem("demo_server_failed", step=words[0])
        answer: dict[str, Any] = msgspec.json.decode(done.stdout)
        return answer


@contextmanager
def running_server(data: Path, port: int = 0) -> Iterator[DemoServer]:
    """Run the server until the block ends.

    Raises:
        EnvironmentProblem: `demo_server_failed`.
    """
    data.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*server_program(), "run", "--data", str(data), "--port", str(port)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        line = process.stdout.readline() if process.stdout else ""
        if "listening on " not in line:
            raise EnvironmentProblem("demo_server_failed", step="run")
        yield DemoServer(data, process, line.rpartition("listening on ")[2].strip())
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def server_program() -> list[str]:
    """How this installation starts `zhuqi-server`: beside the frozen program, or as a module."""
    if getattr(sys, "frozen", False):
        here = Path(sys.executable)
        return [str(here.with_name("zhuqi-server" + here.suffix))]
    return [sys.executable, "-m", "server"]
