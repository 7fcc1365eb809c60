"""How the program looks right now: colours of the present scheme, fonts, text size, icons. One object for everybody.

    look = Look(app)                 # made in the composition root, handed to every widget that paints
    look.color("muted")              # QColor of a role
    look.px(32)                      # a length of the design at the present text size
    look.font("page")                # caption, body, body-strong, emphasis, page, title
    look.icon("play", "accent-text") # QIcon, see icons.py
    look.changed                     # emitted after the scheme or text size changed; widgets that cache repaint

Applies three things to the application whenever something changes: the palette, the style sheet, the default font.
"""

from __future__ import annotations

from string import Template
from typing import Literal

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.resource_paths import resource
from desktop.ui.fonts import font_of, interface_families
from desktop.ui.icons import IconSet
from desktop.ui.theme import Theme, theme, tokens

Choice = Literal["system", "light", "dark"]


class _Sheet(Template):
    idpattern = r"(?a:[a-z][a-z0-9-]*)"


class Look(QObject):
    """The present look.

    Signals:
        changed(): colours or sizes are different now; palette and style sheet are already in place.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: Choice = "system", scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._choice: Choice = choice
        self._scale = scale
        self._icons = IconSet()
        self.families = interface_families()
        self.theme: Theme = theme("light")
        style = QStyleFactory.create("Fusion")
        if style is not None:
            app.setStyle(style)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def choice(self) -> Choice:
        """The scheme chosen; "system" follows the system's."""
        return self._choice

    @property
    def scale(self) -> float:
        """Text size, 1.0 to 1.5."""
        return self._scale

    def choose(self, choice: Choice, scale: float | None = None) -> None:
        """Take another scheme, or follow the system's; optionally another text size."""
        self._choice = choice
        if scale is not None:
            self._scale = min(1.5, max(1.0, scale))
        self._apply()
        self.changed.emit()

    def color(self, role: str) -> QColor:
        """The colour of a role in the present scheme."""
        return self.theme.color(role)

    def px(self, value: float) -> int:
        """A length of the design at the present text size."""
        return round(value * self._scale)

    def font(self, style: str = "body") -> QFont:
        """The font of a step of the type scale (`tokens.json`, type.scale)."""
        step = tokens()["type"]["scale"][style]
        return font_of(self.families, self.px(step["px"]), step["weight"])

    def metrics(self, style: str = "body") -> QFontMetrics:
        """Measures of `font(style)`."""
        return QFontMetrics(self.font(style))

    def pixmap(self, name: str, role: str = "text", size: float = 16) -> QPixmap:
        """An icon as a picture in the colour of a role, sharp on the present screen."""
        return self._icons.pixmap(name, self.color(role), self.px(size), self._app.devicePixelRatio())

    def icon(self, name: str, role: str = "text", size: float = 16) -> QIcon:
        """An icon in the colour of a role, with its disabled form."""
        icon = QIcon(self.pixmap(name, role, size))
        icon.addPixmap(self.pixmap(name, "disabled", size), QIcon.Mode.Disabled)
        return icon

    def icon_size(self, size: float = 16) -> QSize:
        """The size to set where Qt asks for an icon size."""
        return QSize(self.px(size), self.px(size))

    @Slot()
    def _follow_system(self) -> None:
        if self._choice == "system":
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        dark = self._choice == "dark" or (
            self._choice == "system" and self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        self.theme = theme("dark" if dark else "light")
        self._app.setPalette(self.theme.palette())
        self._app.setFont(self.font())
        self._app.setStyleSheet(self._sheet())

    def _sheet(self) -> str:
        values = dict(self.theme.hexes)
        values |= {f"px{n}": f"{self.px(n)}px" for n in range(1, 65)}
        values["scheme"] = self.theme.scheme
        values["icons"] = resource("icons").as_posix()
        text = resource("theme", "window.qss").read_text("utf-8")
        return _Sheet(text).substitute(values)
