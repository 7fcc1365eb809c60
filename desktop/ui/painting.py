"""The few drawing strokes that widgets and delegates share: boxes, key hints, chips, icon with text.

Everything takes the `Look`, works in device-independent pixels, and returns the width it used where that matters.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.ui.look import Look

TONES = ("pass", "partial", "fail", "na", "info", "accent")
"""Tones of chips, banners and empty states; each has a foreground and a background role."""


def tone_roles(tone: str) -> tuple[str, str]:
    """Foreground and background role of a tone."""
    if tone == "accent":
        return "accent-soft-text", "accent-soft"
    return f"{tone}-fg", f"{tone}-bg"


def paint_box(
    painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, line: QColor | None = None, width: float = 1
) -> None:
    """A rounded box; its line lies inside the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
    else:
        painter.setPen(QPen(line, width))
        half = width / 2
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def key_width(look: Look, keys: str) -> int:
    """Width of a key hint."""
    return max(look.px(18), look.metrics("caption").horizontalAdvance(keys) + look.px(10))


def paint_key(painter: QPainter, look: Look, right: float, middle: float, keys: str, ink: QColor, line: QColor) -> int:
    """A small outlined key ending at `right`, centred on `middle`. Returns its width."""
    width, height = key_width(look, keys), look.px(18)
    rect = QRectF(round(right) - width, round(middle - height / 2), width, height)
    paint_box(painter, rect, look.px(4), None, line)
    painter.setFont(look.font("caption"))
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)
    return width


def chip_width(look: Look, text: str, icon: str | None = None) -> int:
    """Width of a small chip."""
    return look.metrics("caption").horizontalAdvance(text) + look.px(12) + (look.px(17) if icon else 0)


def paint_chip(
    painter: QPainter, look: Look, rect: QRectF, text: str, tone: str = "na", icon: str | None = None
) -> int:
    """A small filled chip (20 px) at the left of a rectangle, elided to its width. Returns the width used."""
    ink, fill = tone_roles(tone)
    height = look.px(20)
    width = min(chip_width(look, text, icon), int(rect.width()))
    if width < look.px(16):
        return 0
    box = QRectF(rect.left(), round(rect.center().y() - height / 2), width, height)
    paint_box(painter, box, look.px(4), look.color(fill))
    at = box.left() + look.px(6)
    if icon:
        painter.drawPixmap(QPointF(at, box.center().y() - look.px(13) / 2), look.pixmap(icon, ink, 13))
        at += look.px(17)
    painter.setFont(look.font("caption"))
    painter.setPen(look.color(ink))
    room = QRectF(at, box.top(), box.right() - look.px(5) - at, height)
    shown = look.metrics("caption").elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return width


def paint_focus(painter: QPainter, look: Look, rect: QRect | QRectF, radius: float) -> None:
    """The two-pixel focus frame at the edge of a rectangle."""
    paint_box(painter, QRectF(rect), radius, None, look.color("focus"), 2)
