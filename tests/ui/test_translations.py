"""Every text of the window is there in Chinese, and the language can be changed while the window stands."""

from __future__ import annotations

import ast
import string
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from desktop.models.device.workspace import Workspace
from desktop.resource_paths import resource
from desktop.ui import wording
from desktop.ui.main_window import MainWindow
from tests.ui.desk_window import desk_window, settle
from tools.translations import CHINESE, ENGLISH, unfinished


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        yield shown


def messages(file: Path) -> list[tuple[str, str]]:
    tree = ElementTree.parse(file)
    return [
        (message.findtext("source") or "", "".join(message.find("translation").itertext()))  # type: ignore[union-attr]
        for message in tree.iter("message")
    ]


def _translated(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = {"tr": 0, "translate": 1}.get(name)
    given = call.args[place] if place is not None and len(call.args) > place else None
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


@pytest.mark.parametrize("file", [CHINESE, ENGLISH])
def test_no_text_waits_for_its_translation(file: Path) -> None:
    assert unfinished(file) == []


def test_every_text_of_the_sources_is_in_the_file() -> None:
    known = {source for source, _ in messages(CHINESE)}
    texts = {
        text
        for file in resource("..", "desktop", "ui").glob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and (text := _translated(call)) is not None
    }

    assert sorted(texts - known) == [], "run make translations"


def test_translations_keep_the_fields_of_their_source() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name} | ({"%n"} if "%n" in text else set())

    assert [source for source, words in messages(CHINESE) if fields(source) != fields(words)] == []


def test_the_compiled_file_is_as_new_as_the_words(qtbot: QtBot, window: MainWindow) -> None:
    assert window.rail.buttons["enterprises"].text() == "企业"
    assert wording.due("2020-02-26", __import__("datetime").date(2020, 2, 28))[0] == "超期 2 天"


def test_buttons_of_qt_speak_chinese_too(window: MainWindow) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)

    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"


def test_the_window_changes_its_language_and_stays_where_it_is(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    window.speak("en")
    settle(qtbot, window)

    assert window.rail.buttons["enterprises"].text() == "Enterprises"
    assert window.rail.buttons["enterprises"].isChecked()
    assert wording.due("2020-02-27", __import__("datetime").date(2020, 2, 28))[0] == "overdue 1 day"
    window.speak("zh")
    settle(qtbot, window)
    assert window.windowTitle() == "驻企工作台"
