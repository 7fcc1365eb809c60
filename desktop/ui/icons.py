"""Icons of the Lucide set (`resources/icons/`), drawn in any colour and at any screen ratio.

The answer states and the focus-area rings are not icons: see `state_painting.py`.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.resource_paths import resource

STROKE = "1.75"
"""Line width on the 24-unit grid for icons of up to 20 px."""


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


class IconSet:
    """Draws icons and keeps what it drew, per (name, colour, size, ratio)."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, color: QColor, size: int, ratio: float) -> QPixmap:
        """An icon as a square picture.

        Args:
            size: edge in device-independent pixels.
            ratio: device pixels per such pixel.

        Raises:
            FileNotFoundError: there is no icon of this name in `resources/icons/`.
        """
        key = (name, color.name(), size, ratio)
        if key not in self._drawn:
            self._drawn[key] = _draw(name, color, size, ratio)
        return self._drawn[key]


def _draw(name: str, color: QColor, size: int, ratio: float) -> QPixmap:
    svg = _source(name).replace("currentColor", color.name())
    if size <= 20:
        svg = svg.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    edge = round(size * ratio)
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
