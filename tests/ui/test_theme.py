"""Colours and sizes come by name, and text can be read on every surface."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.resource_paths import resource
from desktop.ui import theme as theme_module
from desktop.ui.look import Look
from desktop.ui.theme import Scheme, theme, tokens

UI = Path(theme_module.__file__).parent
READ_ON = [
    ("text", "surface"), ("text", "raised"), ("text", "selected"), ("muted", "surface"), ("muted", "raised"),
    ("muted", "sunken"), ("muted", "selected"), ("accent-text", "accent"), ("accent-soft-text", "accent-soft"),
    ("link", "raised"), ("pass-fg", "pass-bg"), ("partial-fg", "partial-bg"), ("fail-fg", "fail-bg"),
    ("na-fg", "na-bg"), ("info-fg", "info-bg"), ("fail-fg", "selected"), ("tooltip-text", "tooltip-bg"),
]  # fmt: skip


def luminance(hexed: str) -> float:
    parts = [int(hexed[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ_ON)
def test_words_stand_out_from_their_surface(scheme: Scheme, ink: str, ground: str) -> None:
    hexes = theme(scheme).hexes
    light, dark = sorted((luminance(hexes[ink]), luminance(hexes[ground])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_style_sheet_names_only_roles_that_exist() -> None:
    sheet = resource("theme", "window.qss").read_text("utf-8")
    named = {name for name in re.findall(r"\$\{([^}]*)\}", sheet) if not re.fullmatch(r"px\d+|scheme|icons", name)}

    assert named <= set(tokens()["color"]["light"])
    assert Template(sheet)


def test_both_schemes_have_the_same_roles() -> None:
    assert set(theme("light").hexes) == set(theme("dark").hexes)


def test_no_widget_names_a_colour_of_its_own() -> None:
    found = [
        f"{file.name}: {match}"
        for file in UI.glob("*.py")
        for match in re.findall(r"[\"']#[0-9A-Fa-f]{6}[\"']", file.read_text("utf-8"))
    ]

    assert found == []


def test_every_icon_that_is_named_exists() -> None:
    names = {
        name
        for file in UI.glob("*.py")
        for name in re.findall(r"(?:icon=|pixmap\(|icon\()\s*\"([a-z0-9-]+)\"", file.read_text("utf-8"))
    }

    assert names
    assert [name for name in sorted(names) if not resource("icons", f"{name}.svg").exists()] == []


def test_larger_text_makes_everything_larger(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look = Look(app, "light")

    look.choose("dark", 1.5)

    assert (look.px(32), look.font("body").pixelSize(), look.theme.scheme) == (48, 20, "dark")
    look.choose("light", 1.0)
    look.deleteLater()
