"""Painting of answer states and focus-area rings: one shape, one colour and one word for each state.

    paint_state(painter, look, rect, "fail")
    paint_ring(painter, look, rect, ["pass", "fail", None])   # None: not yet judged
    state_word("fail")                                        # translated

States are the stored codes of `desktop.models.vocabulary.Result`; the absence of an answer is "unchecked" or None.
Shapes (design, tokens.json "state"): filled disc with tick, ring with left half disc, filled disc with cross, ring with
bar, hollow ring; nobody has to tell them apart by colour.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

from desktop.ui.look import Look
from desktop.ui.theme import tokens

UNCHECKED = "unchecked"
_WORST = ("fail", "partial", "pass", "na")


def state_word(state: str | None) -> str:
    """The word for a state in the language of the window."""
    match state or UNCHECKED:
        case "pass":
            return QCoreApplication.translate("State", "Pass")
        case "partial":
            return QCoreApplication.translate("State", "Partial")
        case "fail":
            return QCoreApplication.translate("State", "Fail")
        case "na":
            return QCoreApplication.translate("State", "N/A")
    return QCoreApplication.translate("State", "Unchecked")


def state_role(state: str | None) -> str:
    """The colour role a state's shape and word are drawn in."""
    return f"{state or UNCHECKED}-fg"


def state_tint(state: str | None) -> str:
    """The colour role of a surface that carries a state."""
    return f"{state or UNCHECKED}-bg"


def paint_state(painter: QPainter, look: Look, rect: QRectF, state: str | None) -> None:
    """Paint the shape of a state into the middle of a rectangle, as large as its shorter side."""
    edge = min(rect.width(), rect.height())
    box = QRectF(0, 0, edge, edge)
    box.moveCenter(rect.center())
    color = look.color(state_role(state))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state in ("pass", "fail"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(box)
        ink = QColor(look.color("raised"))
        _mark(painter, box, state, ink, max(1.5, edge * 0.115))
    else:
        width = max(1.25, edge * 0.1)
        inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(color, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(inner)
        if state == "partial":
            _half_disc(painter, inner, color)
        elif state == "na":
            painter.setPen(QPen(color, width * 1.15, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            middle = inner.center()
            reach = inner.width() * 0.25
            painter.drawLine(QPointF(middle.x() - reach, middle.y()), QPointF(middle.x() + reach, middle.y()))
    painter.restore()


def paint_ring(
    painter: QPainter, look: Look, rect: QRectF, states: Sequence[str | None], stroke: float | None = None
) -> None:
    """Paint the ring of a focus area: an arc per measure, and the worst state (or "1/2") in the middle.

    Args:
        states: one per measure of the area, in the catalogue's order; None where nothing was judged.
        stroke: width of the arcs; by default that of the design for the size of the rectangle.
    """
    sizes = tokens()["ring"]
    edge = min(rect.width(), rect.height())
    if stroke is None:
        stroke = look.px(sizes["list" if edge < look.px(36) else "overview"]["stroke"])
    box = QRectF(0, 0, edge, edge)
    box.moveCenter(rect.center())
    arc = box.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
    thin = look.px(10) / 10 * sizes["unchecked-stroke"]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    count = max(1, len(states))
    gap = 0.0 if count == 1 else float(sizes["gap-degrees"])
    span = 360 / count - gap
    for place, state in enumerate(states or [None]):
        pen = QPen(look.color(state_role(state)), stroke if state else thin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        start = 90 - place * 360 / count - gap / 2
        painter.drawArc(arc, round(start * 16), round(-span * 16))
    _ring_middle(painter, look, box, states)
    painter.restore()


def ring_sentence(states: Sequence[str | None]) -> str:
    """What a ring says, in words, for screen readers and tooltips."""
    counted = [f"{state_word(state)} {states.count(state)}" for state in _WORST if state in states]
    missing = sum(state is None for state in states)
    if missing:
        counted.append(f"{state_word(None)} {missing}")
    return ", ".join(counted)


def _ring_middle(painter: QPainter, look: Look, box: QRectF, states: Sequence[str | None]) -> None:
    judged = [state for state in states if state]
    worst = next((state for state in _WORST if state in judged), None)
    mark = QRectF(0, 0, box.width() * 0.42, box.height() * 0.42)
    mark.moveCenter(box.center())
    if worst == "fail" or (judged and len(judged) == len(states)):
        color = look.color(state_role(worst))
        if worst == "partial":
            small = mark.adjusted(mark.width() * 0.2, mark.height() * 0.2, -mark.width() * 0.2, -mark.height() * 0.2)
            _half_disc(painter, small, color)
        elif worst == "na":
            painter.setPen(QPen(color, max(1.5, mark.width() * 0.16), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(
                QPointF(mark.left() + mark.width() * 0.2, mark.center().y()),
                QPointF(mark.right() - mark.width() * 0.2, mark.center().y()),
            )
        else:
            grown = mark.adjusted(
                -mark.width() * 0.28, -mark.height() * 0.28, mark.width() * 0.28, mark.height() * 0.28
            )
            _mark(painter, grown, worst or "pass", color, max(1.5, box.width() * 0.065))
        return
    font = QFont(look.font("caption"))
    font.setPixelSize(max(9, round(box.height() * 0.36)))
    painter.setFont(font)
    painter.setPen(look.color("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{len(judged)}/{len(states)}")


def _half_disc(painter: QPainter, box: QRectF, color: QColor) -> None:
    path = QPainterPath()
    path.moveTo(box.center().x(), box.top())
    path.arcTo(box, 90, 180)
    path.closeSubpath()
    painter.fillPath(path, QBrush(color))


def _mark(painter: QPainter, box: QRectF, state: str, color: QColor, width: float) -> None:
    pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)

    def at(x: float, y: float) -> QPointF:
        return QPointF(box.left() + box.width() * x, box.top() + box.height() * y)

    if state == "pass":
        painter.drawPolyline([at(0.29, 0.52), at(0.44, 0.67), at(0.72, 0.36)])
    else:
        painter.drawLine(at(0.34, 0.34), at(0.66, 0.66))
        painter.drawLine(at(0.66, 0.34), at(0.34, 0.66))
