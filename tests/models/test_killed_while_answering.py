"""Power may go at any moment: what was shown as saved is there, and nothing is half there."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.models.desk.workspace_health import check
from desktop.models.device.workspace import Workspace
from tests.builders import add_enterprise

_KILLS = 6


def _answers(path: Path, round_number: int) -> None:
    results = ["fail", "pass", "partial"]
    answers = [
        {"measure": f"M{n:02d}", "result": results[(n + round_number) % 3], "note": f"第{round_number}次"}
        for n in range(1, 24)
    ]
    path.write_text(
        json.dumps({"visit": {"kind": "routine", "on": f"2020-02-{round_number + 1:02d}"}, "answers": answers}),
        encoding="utf-8",
    )


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX signal")
@pytest.mark.parametrize("seed", range(2))
def test_sigkill_during_answers_loses_none_that_was_named_and_leaves_no_half(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "workspace"
    with Workspace.create(folder) as workspace:
        enterprise = add_enterprise(workspace)
    named: list[tuple[str, str]] = []
    for round_number in range(_KILLS):
        file = tmp_path / f"answers-{round_number}.json"
        _answers(file, round_number)
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "visit", enterprise, "--answers", str(file), "--follow",
             "--workspace", str(folder)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        for _ in range(chance.randrange(1, 23)):
            named.append((f"2020-02-{round_number + 1:02d}", process.stdout.readline().strip()))
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split()
        process.wait()
        process.stdout.close()
        named += [(f"2020-02-{round_number + 1:02d}", measure) for measure in rest]
    with closing(sqlite3.connect(folder / "workspace.db")) as database:
        stored = set(
            database.execute("SELECT v.visited_on, a.measure FROM answers a JOIN visits v ON v.id = a.visit_id")
        )
        failed = database.execute(
            "SELECT count(*) FROM answers a WHERE a.result IN ('fail', 'partial')"
            " AND NOT EXISTS (SELECT 1 FROM findings f WHERE f.answer_id = a.id)"
        ).fetchone()[0]
    assert [pair for pair in named if pair not in stored] == []
    assert len(named) > _KILLS
    assert failed == 0
    with Workspace.open(folder) as workspace:
        assert check(workspace)["ok"], check(workspace)
