"""Drawn stand-ins for evidence photographs: flat shapes that say what a photograph would show, no words, no people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 720
DESK, WALL, STEEL, PAPER, INK = "#B9A284", "#DCE3E1", "#8FA3A8", "#FBFAF5", "#4A5A66"
TEAL, RED, GREEN, AMBER, BLUE = "#1D6B6B", "#B23A32", "#3C8A5A", "#D29A3A", "#2F6DA8"


def draw_photos(folder: Path) -> None:
    """Draw every photograph the demo's answers name."""
    for name, (ground, draw) in _PHOTOS.items():
        picture = Image.new("RGB", (WIDTH, HEIGHT), ground)
        draw(ImageDraw.Draw(picture))
        picture.save(folder / f"{name}.jpg", "JPEG", quality=72, optimize=True)


def _page(d: ImageDraw.ImageDraw, box: tuple[int, int, int, int], columns: int, rows: int, gaps: bool = False) -> None:
    """A form on a desk: a title bar, a grid, entries in its cells; `gaps` leaves some empty."""
    left, top, right, bottom = box
    d.rectangle((left + 10, top + 12, right + 10, bottom + 12), fill="#8C7A62")
    d.rectangle(box, fill=PAPER)
    d.rectangle((left + 60, top + 34, right - 200, top + 58), fill=INK)
    grid_top = top + 90
    wide, high = (right - left - 80) / columns, (bottom - grid_top - 30) / rows
    for row in range(rows + 1):
        d.line((left + 40, grid_top + row * high, right - 40, grid_top + row * high), fill="#9AA5AB", width=3)
    for column in range(columns + 1):
        d.line((left + 40 + column * wide, grid_top, left + 40 + column * wide, bottom - 30), fill="#9AA5AB", width=3)
    for row in range(rows):
        for column in range(columns):
            if gaps and (row * 7 + column * 3) % 5 == 0:
                continue
            x, y = left + 40 + column * wide, grid_top + row * high
            length = wide * (0.45 + 0.08 * ((row * 3 + column * 5) % 5))
            d.line((x + 12, y + high * 0.55, x + length, y + high * 0.55), fill=BLUE if row else INK, width=6)


def _form(columns: int, rows: int, gaps: bool = False) -> Callable[[ImageDraw.ImageDraw], None]:
    return lambda d: _page(d, (180, 50, 780, 670), columns, rows, gaps)


def _plan_cover(d: ImageDraw.ImageDraw) -> None:
    d.rectangle((130, 60, 480, 660), fill=PAPER)
    d.rectangle((180, 200, 430, 236), fill=RED)
    d.rectangle((220, 270, 390, 290), fill=INK)
    d.rectangle((240, 580, 370, 598), fill=INK)
    d.rectangle((540, 60, 860, 660), fill=PAPER)
    for number in range(5):
        top = 100 + number * 112
        d.rounded_rectangle((610, top, 790, top + 66), 10, outline=TEAL, width=6)
        d.line((640, top + 33, 760, top + 33), fill=INK, width=7)
        if number < 4:
            d.line((700, top + 66, 700, top + 112), fill=TEAL, width=6)
            d.polygon(((688, top + 96), (712, top + 96), (700, top + 112)), fill=TEAL)


def _entrance(d: ImageDraw.ImageDraw) -> None:
    d.rectangle((0, 520, WIDTH, HEIGHT), fill="#B8BFBE")
    d.rectangle((90, 120, 400, 520), fill="#EEF2F1", outline=STEEL, width=8)
    d.rectangle((140, 180, 350, 330), fill="#BFD8E6", outline=STEEL, width=6)
    d.rectangle((560, 150, 590, 520), fill=STEEL)
    d.rectangle((800, 150, 830, 520), fill=STEEL)
    d.rectangle((560, 130, 830, 170), fill=TEAL)
    d.rectangle((420, 380, 700, 402), fill="#7F6B52")
    d.rectangle((440, 402, 456, 520), fill="#7F6B52")
    d.rectangle((664, 402, 680, 520), fill="#7F6B52")
    d.rounded_rectangle((500, 310, 560, 380), 8, fill="white", outline=INK, width=4)
    for x in range(4):
        for y in range(4):
            if (x * 3 + y * 5) % 3:
                d.rectangle((508 + x * 12, 318 + y * 14, 517 + x * 12, 328 + y * 14), fill=GREEN)
    d.rounded_rectangle((600, 330, 650, 380), 10, fill="white", outline=BLUE, width=5)


def _strip(d: ImageDraw.ImageDraw) -> None:
    d.rectangle((120, 70, 840, 360), fill="#F4EFE2", outline="#C9BFA8", width=4)
    d.rectangle((160, 110, 420, 136), fill=INK)
    shades = ("#F1EDF4", "#DCD0E6", "#BFA9D2", "#9A7DB8", "#6F5096", "#472E6E")
    for number, shade in enumerate(shades):
        d.rectangle((160 + number * 108, 180, 256 + number * 108, 310), fill=shade)
    d.rectangle((200, 480, 800, 560), fill="#FDFCF8", outline="#C9BFA8", width=4)
    d.rectangle((640, 480, 800, 560), fill="#CDBCDC", outline="#C9BFA8", width=4)


def _bottle(d: ImageDraw.ImageDraw) -> None:
    d.rectangle((0, 560, WIDTH, HEIGHT), fill="#A9B5B2")
    d.rectangle((330, 120, 450, 210), fill=BLUE)
    d.polygon(((350, 210), (430, 210), (540, 300), (540, 600), (240, 600), (240, 300)), fill="#F5F7F8")
    d.rectangle((270, 350, 510, 540), fill=BLUE)
    for number in range(4):
        d.rectangle((300, 380 + number * 36, 480 - number * 30, 394 + number * 36), fill="white")
    d.rectangle((640, 380, 780, 600), fill="#E8EEF0", outline=STEEL, width=6)
    d.rectangle((646, 500, 774, 594), fill="#CFE3EA")
    for number in range(5):
        d.line((640, 420 + number * 36, 680, 420 + number * 36), fill=STEEL, width=5)


def _canteen(d: ImageDraw.ImageDraw) -> None:
    d.rectangle((0, 0, WIDTH, 230), fill="#E9ECE8")
    for row in range(3):
        for column in range(4):
            left, top = 60 + column * 225, 260 + row * 145
            d.rectangle((left, top, left + 150, top + 52), fill="#D8C7A6", outline="#A08E6C", width=4)
            d.ellipse((left + 52, top + 62, left + 98, top + 108), fill=TEAL if (row + column) % 2 else "#C8CFCC")
            d.ellipse((left + 56, top + 10, left + 94, top + 42), fill="white", outline="#9AA5AB", width=3)
    d.rectangle((80, 70, 420, 190), fill="white", outline=STEEL, width=5)
    for number in range(4):
        d.line((110, 96 + number * 24, 390 - number * 40, 96 + number * 24), fill=INK, width=7)


def _bed_plan(d: ImageDraw.ImageDraw) -> None:
    d.rectangle((0, 540, WIDTH, HEIGHT), fill="#B3A793")
    d.rectangle((380, 90, 600, 330), fill="#CFE6F2", outline="white", width=14)
    d.line((490, 90, 490, 330), fill="white", width=10)
    for left in (60, 690):
        for top in (200, 400):
            d.rectangle((left, top, left + 210, top + 46), fill="#8FB0B5", outline=STEEL, width=5)
            d.rectangle((left, top - 24, left + 60, top + 6), fill="white")
        d.rectangle((left - 8, 130, left + 6, 600), fill=STEEL)
        d.rectangle((left + 204, 130, left + 218, 600), fill=STEEL)


def _shelves(d: ImageDraw.ImageDraw) -> None:
    for shelf in range(3):
        y = 230 + shelf * 200
        d.rectangle((60, y, 900, y + 18), fill=STEEL)
        for box in range(6):
            if (shelf * 4 + box) % 5 == 3:
                continue
            left, high = 90 + box * 135, 90 + (box * 17 + shelf * 29) % 50
            color = ("#C79F6B", "#E4E8EA", "#9CC3C0", "#D9C3A0")[(box + shelf) % 4]
            d.rectangle((left, y - high, left + 110, y), fill=color, outline="#7C7363", width=4)
            d.rectangle((left + 24, y - high + 20, left + 86, y - high + 44), fill="white")


def _cabinet(d: ImageDraw.ImageDraw) -> None:
    d.rectangle((0, 590, WIDTH, HEIGHT), fill="#A8ACA6")
    d.rectangle((170, 90, 560, 600), fill=AMBER, outline="#8A6322", width=8)
    d.line((365, 90, 365, 600), fill="#8A6322", width=6)
    d.polygon(((365, 150), (300, 262), (430, 262)), fill="#F8E7B8", outline=INK, width=6)
    d.rectangle((357, 190, 373, 230), fill=INK)
    d.ellipse((357, 238, 373, 254), fill=INK)
    for left in (220, 300, 420, 480):
        d.rectangle((left, 440, left + 50, 560), fill="#E9F1F4", outline=STEEL, width=4)
        d.rectangle((left + 15, 415, left + 35, 440), fill=BLUE)
    d.rounded_rectangle((690, 300, 800, 600), 30, fill=RED)
    d.rectangle((720, 240, 770, 304), fill=INK)
    d.rectangle((706, 400, 784, 500), fill=PAPER)
    for number in range(3):
        d.line((716, 424 + number * 26, 774, 424 + number * 26), fill=INK, width=5)
    d.arc((750, 230, 880, 420), 200, 80, fill=INK, width=12)


def _door(d: ImageDraw.ImageDraw) -> None:
    d.rectangle((0, 610, WIDTH, HEIGHT), fill="#B7BDB8")
    d.rectangle((330, 110, 620, 612), fill="#EFF3F2", outline=STEEL, width=12)
    d.ellipse((570, 360, 600, 390), fill=STEEL)
    d.rectangle((380, 170, 570, 290), fill="white", outline=RED, width=8)
    for number in range(2):
        d.rectangle((404, 196 + number * 42, 546 - number * 30, 216 + number * 42), fill=RED)
    for left in (120, 800):
        d.rectangle((left, 420, left + 16, 640), fill=INK)
    for number in range(17):
        left = 136 + number * 40
        d.polygon(
            ((left, 440), (left + 20, 440), (left + 40, 474), (left + 20, 474)), fill=RED if number % 2 else "white"
        )


_PHOTOS: dict[str, tuple[str, Callable[[ImageDraw.ImageDraw], None]]] = {
    "boarding_list": (DESK, _form(4, 9)),
    "plan_cover": ("#6E7F86", _plan_cover),
    "temperature_log": (DESK, _form(6, 11)),
    "entrance": (WALL, _entrance),
    "certificates": ("#C9CFC4", _form(2, 5)),
    "test_strip": ("#E6E2DA", _strip),
    "disinfection_log": (DESK, _form(5, 8, gaps=True)),
    "product_label": ("#CAD5D1", _bottle),
    "canteen": ("#D7D3C7", _canteen),
    "dormitory": ("#E3E0D6", _bed_plan),
    "store": ("#D9DCD8", _shelves),
    "alcohol_cabinet": (WALL, _cabinet),
    "isolation_door": ("#D5DBD9", _door),
}
