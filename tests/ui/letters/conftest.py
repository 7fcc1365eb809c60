"""A window with a visit that has two problems, and the draft of its letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.desk.letter_desk import LetterDraft, letter, letters
from desktop.models.device.workspace import Workspace
from desktop.ui import letter_page
from desktop.ui.letter_page import LetterPage
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.ui.desk_window import desk_window, settle
from tests.ui.letters.letter_acts import Stored, opened, press_issue, replace, rest, visit_with


@pytest.fixture
def visit(workspace: Workspace, enterprise: str) -> str:
    """A visit with two problems."""
    return visit_with(workspace, enterprise, "M06", "M14")


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, visit: str) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        yield shown


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, visit: str) -> LetterPage:
    """The draft of the visit's letter, open."""
    return opened(qtbot, window, Place("letters", visit, "compose"))


@pytest.fixture
def stored(qtbot: QtBot, window: MainWindow, workspace: Workspace, visit: str) -> Callable[[], LetterDraft]:
    """The visit's letter as it stands in the database once all that was typed is saved."""

    def read() -> LetterDraft:
        rest(qtbot, window)
        return letter(workspace, letters(workspace, visit)[0].id)

    return read


@pytest.fixture
def yes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every question whether to issue is answered with yes; one entry for each time it was asked."""
    asked: list[int] = []

    def agree(*_: object) -> bool:
        asked.append(1)
        return True

    monkeypatch.setattr(letter_page, "confirm_issue", agree)
    return asked


@pytest.fixture
def issued(qtbot: QtBot, window: MainWindow, page: LetterPage, stored: Stored, yes: list[int]) -> LetterDraft:
    replace(page.editor.contacts.field, "疾控中心，电话0999-0001208。")
    press_issue(page)
    return stored()
