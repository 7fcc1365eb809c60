"""The benchmark of an answer runs, on little work, and its limit is 50 ms whatever the floor was."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from benchmarks.big_workspace import Size, make_big_workspace
from benchmarks.checklist import answer, slowest_but_few
from desktop.models.desk.workspace_health import check
from desktop.models.device.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_invented_work_is_sound_and_only_the_last_day_waits(tmp_path: Path) -> None:
    make_big_workspace(tmp_path, Size(enterprises=40, answers=2000))
    with Workspace.open_to_read(tmp_path) as workspace:
        assert check(workspace)["ok"]
        with workspace.read() as session:
            assert session.scalar(text("SELECT count(*) FROM enterprises")) == 40
            assert session.scalar(text("SELECT count(*) FROM answers")) == 87 * 23
            judged = session.scalar(text("SELECT count(*) FROM answers WHERE result <> 'pass'"))
            assert session.scalar(text("SELECT count(*) FROM findings")) == judged
            days = session.scalars(
                text(
                    "SELECT DISTINCT v.visited_on FROM answers a JOIN visits v ON v.id = a.visit_id"
                    " JOIN outbox o ON o.row_id = a.id WHERE o.status IS NULL"
                )
            ).all()
            assert days == [session.scalar(text("SELECT max(visited_on) FROM visits"))]


def test_answers_are_given_by_key_in_the_window_and_counted_in_the_database(qapp: QApplication, tmp_path: Path) -> None:
    figure = answer(qapp, tmp_path, Size(enterprises=40, answers=230), rounds=25, longest_pause_s=0)
    assert (figure.name, figure.unit, figure.better) == ("answer", "ms", "lower")
    assert figure.value > 0
    assert figure.floor > 0
    with Workspace.open_to_read(tmp_path / "workspace") as workspace, workspace.read() as session:
        assert session.scalar(text("SELECT count(*) FROM answers")) == 230 + 25


@pytest.mark.parametrize("floor_ms", [1, 20])
def test_the_limit_is_fifty_milliseconds_whatever_the_floor(floor_ms: int) -> None:
    floors = [floor_ms / 1000] * 100
    quick = [0.010] * 94 + [0.049] + [0.900] * 5
    slow = [0.010] * 94 + [0.051] + [0.900] * 5
    assert not slowest_but_few(quick, floors).missed
    assert slowest_but_few(slow, floors).missed
