"""Every character a person's name may hold has a glyph in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.progress import Progress
from desktop.ui.fonts import interface_families, load_rare_characters
from desktop.ui.look import Look

COMMON = (
    "驻企健康指导工作台企业走访问题隔离与消毒健康档案文书日志日报手册同步设置符合基本不符合不适用未查（）：；“”—·㎡℃≥"
)


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return Look(app, "light")


def test_the_bundled_font_is_loaded(qtbot: QtBot) -> None:
    assert "Noto Sans SC" in interface_families()
    assert QFontDatabase.hasFamily("Noto Sans SC")


@pytest.mark.parametrize("style", ["body", "page", "caption"])
def test_words_of_the_window_have_glyphs(look: Look, style: str) -> None:
    metrics = look.metrics(style)

    assert [character for character in COMMON if not metrics.inFontUcs4(ord(character))] == []


def test_rare_characters_of_names_have_glyphs(look: Look, shared_data: Path) -> None:
    lines = (shared_data / "people" / "rare_name_characters.txt").read_text("utf-8").splitlines()
    characters = {line[0] for line in lines if line and not line.startswith("#")}
    han = [character for character in characters if ord(character) > 0x2E80]

    assert han
    assert load_rare_characters(Progress())
    assert [character for character in han if not look.metrics("body").inFontUcs4(ord(character))] == []


def test_figures_are_of_one_width(look: Look) -> None:
    metrics = look.metrics("body")

    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
