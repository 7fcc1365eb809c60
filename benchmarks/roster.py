"""Importing a roster of 50,000 enterprises, beside bare python-calamine reading it and bare sqlite3 writing its rows.

The value is the whole way: child process, guard, header, mapping, every cell read and judged, rows settled against an
empty register, stored with their operations and search keys in one durable transaction. The floor writes the cells as
they are, durably too. Peak memory of the program and its child goes to standard error; more than 600 MB together
misses the check.

    python -m benchmarks.roster [--json] [--check] [--rounds N] [--file ROSTER.xlsx]
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Figure, figure, interleaved, options, report
from desktop.documents.roster_reader import read_roster
from desktop.models.credit_code import ALPHABET, is_valid
from desktop.models.desk.rostering import import_roster
from desktop.models.device.workspace import Workspace

ROSTER = Path(__file__).resolve().parents[2] / "shared" / "data" / "rosters" / "03_big_50000.xlsx"
ROWS = 50_000
MOST_MEMORY_MB = 600
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"


def main() -> int:
    parser = options(__doc__ or "")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--file", type=Path, help="an XLSX roster whose six columns are all text")
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.once:
        return import_once(arguments.file, arguments.once)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roster = arguments.file or (ROSTER if ROSTER.exists() else invented_roster(folder / "roster.xlsx"))
        too_much = memory_missed(roster, folder / "once")
        result = report([import_50k(roster, folder, arguments.rounds)], arguments)
    return max(result, int(too_much and arguments.check))


def import_50k(roster: Path, folder: Path, rounds: int) -> Figure:
    """Seconds of the whole import, each round into a register of its own made beforehand."""
    workspaces = iter([Workspace.create(folder / f"workspace{n}") for n in range(rounds + 1)])
    databases = (folder / f"floor{n}.db" for n in range(rounds + 1))

    def value() -> None:
        workspace = next(workspaces)
        done = import_roster(workspace, read_roster(roster))
        workspace.close()
        if done.summary()["imported"] < ROWS:
            raise SystemExit("the roster was not imported whole")

    seconds = interleaved(value, lambda: read_and_write(roster, next(databases)), rounds)
    return figure("import_50k", *seconds, "s", must=5.0, reach=3.0)


def read_and_write(roster: Path, target: Path) -> None:
    """The floor: cells out of the workbook, rows into one table, one commit."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(roster).get_sheet_by_index(0).to_python()
    database = sqlite3.connect(target)
    for pragma in _PRAGMAS.split(";"):
        database.execute(pragma)
    marks = ", ".join("?" * len(rows[0]))
    columns = ", ".join(f"c{n} TEXT" for n in range(len(rows[0])))
    database.execute(f"CREATE TABLE enterprises ({columns})")
    with database:
        database.executemany(f"INSERT INTO enterprises VALUES ({marks})", rows[1:])
    database.close()


def memory_missed(roster: Path, folder: Path) -> bool:
    """Whether a program that does one import and its child hold more than they may together (told on stderr)."""
    if sys.platform == "win32":
        return False
    command = [sys.executable, "-m", "benchmarks.roster", "--once", str(folder), "--file", str(roster)]
    program, child = map(int, subprocess.run(command, check=True, capture_output=True).stdout.split())
    print(f"peak memory: program {program} MB, child {child} MB; must {MOST_MEMORY_MB} MB together", file=sys.stderr)
    return program + child > MOST_MEMORY_MB


def import_once(roster: Path, folder: Path) -> int:
    """Do one import and print the peak memory of this process and of its child in MB."""
    import resource

    with Workspace.create(folder) as workspace:
        import_roster(workspace, read_roster(roster))
    unit = 2**20 if sys.platform == "darwin" else 2**10
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        print(resource.getrusage(who).ru_maxrss // unit)
    return 0


def invented_roster(path: Path) -> Path:
    """A roster of invented enterprises in the six columns of the real one, for a clone without the shared data."""
    import xlsxwriter

    labels = ("企业名称", "统一社会信用代码", "成立日期", "注册资金", "所属地市", "地址")
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        for line, cells in enumerate((labels, *invented_rows())):
            for at, text in enumerate(cells):
                sheet.write_string(line, at, text)
    return path


def invented_rows() -> Iterator[tuple[str, ...]]:
    """Enterprises that do not exist; every code is valid."""
    chance = random.Random(50_000)
    for number in range(ROWS):
        start = f"91330499{number:05}" + "".join(chance.choices(ALPHABET, k=4))
        code = next(start + last for last in ALPHABET if is_valid(start + last))
        name = "".join(chance.choices("澄湖云汐岚石沅谷青麓松砚屿衡陆盛", k=4))
        day = f"{chance.randint(1990, 2019)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield f"{name}{number}有限公司", code, day, "100(万元人民币)", "澄州", f"澄州市澄湖大道{number}号"


if __name__ == "__main__":
    sys.exit(main())
