"""Colours, sizes and type by role, read from `resources/theme/tokens.json`. Plain values, no running application.

Nobody in the window names a hexadecimal colour or a font size: `theme.color("fail-fg")`, `tokens.space`. The living
object that follows the system and re-applies itself is `desktop.ui.look.Look`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from PySide6.QtGui import QColor, QPalette

from desktop.resource_paths import resource

Scheme = Literal["light", "dark"]

GAP_SMALL, GAP, GAP_WIDE, MARGIN, MARGIN_WIDE = 4, 8, 12, 16, 24
"""The five distances of the design, in pixels at 100 % text size."""

_PALETTE = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "fail-fg",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.ToolTipBase: "tooltip-bg",
    QPalette.ColorRole.ToolTipText: "tooltip-text",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Dark: "border-strong",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Shadow: "border-strong",
}
_FADED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


@cache
def tokens() -> dict[str, Any]:
    """The design's values as they stand in the file."""
    loaded: dict[str, Any] = json.loads(resource("theme", "tokens.json").read_text("utf-8"))
    return loaded


@dataclass(frozen=True)
class Theme:
    """One scheme's colours. `hexes` maps a role of the design to "#RRGGBB"."""

    scheme: Scheme
    hexes: dict[str, str]
    _colors: dict[str, QColor] = field(default_factory=dict, compare=False)

    def color(self, role: str) -> QColor:
        """The colour of a role.

        Raises:
            KeyError: the design has no such role.
        """
        found = self._colors.get(role)
        if found is None:
            found = self._colors[role] = QColor(self.hexes[role])
        return found

    def palette(self) -> QPalette:
        """The same colours as Qt's own roles, for what no style sheet or delegate reaches."""
        palette = QPalette()
        for qt_role, role in _PALETTE.items():
            palette.setColor(qt_role, self.color(role))
        for qt_role in _FADED:
            palette.setColor(QPalette.ColorGroup.Disabled, qt_role, self.color("disabled"))
        return palette


@cache
def theme(scheme: Scheme) -> Theme:
    """The theme of a scheme."""
    return Theme(scheme, dict(tokens()["color"][scheme]))
