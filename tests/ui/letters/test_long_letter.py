"""A letter with many problems: composed and drawn by workers, its blocks built a few at a time, whole at all times."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.models.desk.letter_desk import LetterDraft, draft_letter, letters
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result
from desktop.ui import letter_preview, letter_sheets, letter_work
from desktop.ui.letter_editor import BUILT_AT_ONCE, LetterEditor
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.ui.letters.letter_acts import opened, replace, rest


@pytest.fixture
def long_visit(workspace: Workspace) -> str:
    """A visit on which every measure failed."""
    visit = begin_visit(workspace, add_enterprise(workspace, "样样不符合的企业", None))
    answer_all(workspace, visit, Result.FAIL)
    return visit


@pytest.fixture
def draft(workspace: Workspace, long_visit: str) -> LetterDraft:
    return draft_letter(workspace, long_visit)


@pytest.fixture
def editor(qtbot: QtBot, window: MainWindow, draft: LetterDraft) -> LetterEditor:
    """The blocks of the long letter, just asked for."""
    shown = LetterEditor(window.bench.look)
    qtbot.addWidget(shown)
    shown.show()
    shown.show_content(draft.content, draft.content, able=True)
    return shown


def test_blocks_are_built_a_few_in_each_turn_of_the_window(
    qtbot: QtBot, editor: LetterEditor, draft: LetterDraft
) -> None:
    counts = [len(editor.blocks)]
    beat = QTimer(editor, interval=0)  # whoever else wants a turn
    beat.timeout.connect(lambda: counts.append(len(editor.blocks)))
    beat.start()
    qtbot.waitUntil(lambda: editor.complete)
    beat.stop()

    assert counts[0] < len(editor.blocks) == len(draft.content.items) == 23
    assert all(after - before <= BUILT_AT_ONCE for before, after in pairwise(counts))
    assert [block.item.measure for block in editor.blocks] == [item.measure for item in draft.content.items]


def test_pages_are_drawn_when_the_blocks_stand(
    qtbot: QtBot, window: MainWindow, long_visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, window, Place("letters"))
    built_when_drawn: list[bool] = []
    begin = page.preview._bench.jobs.run

    def watched(work: Any, *words: Any, **named: Any) -> Any:
        if getattr(work, "func", None) is letter_preview._draw:
            built_when_drawn.append(page.editor.at_rest)
        return begin(work, *words, **named)

    monkeypatch.setattr(page.preview._bench.jobs, "run", watched)
    opened(qtbot, window, Place("letters", long_visit, "compose"))

    assert built_when_drawn == [True]
    assert page.preview.pages > 2


def test_what_is_not_built_yet_counts_as_it_is_written(editor: LetterEditor, draft: LetterDraft) -> None:
    assert not editor.complete
    assert editor.content() == draft.content
    assert editor.left_out == []


def test_a_problem_left_out_while_blocks_are_built_takes_nothing_else_along(
    qtbot: QtBot, editor: LetterEditor, draft: LetterDraft
) -> None:
    editor.blocks[0].drop.click()
    first, *others = [item.measure for item in draft.content.items]
    assert [item.measure for item in editor.content().items] == others

    editor.take_in(first)
    assert editor.content() == draft.content
    assert editor.complete


def test_another_letter_asked_for_meanwhile_shows_its_own_blocks_only(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, long_visit: str, visit: str
) -> None:
    window.open(Place("letters", long_visit, "compose"))
    qtbot.waitUntil(lambda: bool(letters(workspace, long_visit)))
    page = opened(qtbot, window, Place("letters", visit, "compose"))

    assert [block.item.measure for block in page.editor.blocks] == ["M06", "M14"]


def test_composing_and_drawing_are_done_by_workers(
    qtbot: QtBot, window: MainWindow, long_visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: dict[str, set[threading.Thread]] = {}

    def watched(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*words: Any, **named: Any) -> Any:
            done.setdefault(name, set()).add(threading.current_thread())
            return work(*words, **named)

        return run

    for place, name in (
        (letter_work, "draft_letter"),
        (letter_work, "composed"),
        (letter_preview, "pages_of"),
        (letter_sheets, "_render"),
    ):
        monkeypatch.setattr(place, name, watched(name, getattr(place, name)))
    page = opened(qtbot, window, Place("letters", long_visit, "compose"))
    replace(page.editor.opening.field, "改写的开头。")
    rest(qtbot, window)

    assert set(done) == {"draft_letter", "composed", "pages_of", "_render"}
    assert threading.main_thread() not in set().union(*done.values())
