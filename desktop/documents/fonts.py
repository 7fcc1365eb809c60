"""The fonts of printed documents: which file serves which role, what each glyph is wide, which font has it.

ReportLab draws a blank for a glyph its font lacks and says nothing. So every character is looked up here first:
role font, then 宋 with all 汉字 of the basic plane, then the rare characters of extensions B to F; one that none of
them has is refused by name (`font_glyph_missing`), never printed as a box.

Fonts are registered when first used, once per process (30 to 100 ms each): draw in a worker.
"""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import zstandard
from reportlab.pdfbase import pdfmetrics, ttfonts

from desktop.models.problems import StorageProblem, UserProblem
from desktop.resource_paths import resource

_SERIF = "NotoSerifSC-Regular.ttf.zst"
_RARE = "ZhuqiRareMing.ttf.zst"


@dataclass(frozen=True)
class Typeface:
    """A role on paper and the files that serve it, first choice first."""

    role: str
    files: tuple[str, ...]


BODY = Typeface("仿宋", ("FandolFang-Regular.ttf", _SERIF, _RARE))
HEADING = Typeface("黑体", ("NotoSansSC-Bold-GB2312.ttf", "NotoSansSC-Regular.ttf", _SERIF, _RARE))
SUBHEADING = Typeface("楷体", ("FandolKai-GB2312.ttf", _SERIF, _RARE))
TITLE = Typeface("小标宋", ("NotoSerifSC-Black-GB2312.ttf", _SERIF, _RARE))
SONG = Typeface("宋体", (_SERIF, _RARE))

TYPEFACES = (BODY, HEADING, SUBHEADING, TITLE, SONG)


class Glyph(NamedTuple):
    """Where a character's shape comes from: registered font name and advance width in em."""

    font: str
    width: float


class GlyphTable(dict[str, Glyph]):
    """Character → glyph of one typeface, filled as characters are met.

    Raises `font_glyph_missing` for a character that no file of the typeface has.
    """

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, character: str) -> Glyph:
        glyph = _find(self._typeface, character)
        if glyph is None:
            raise _missing_problem([character])
        self[character] = glyph
        return glyph


@cache
def glyphs(typeface: Typeface) -> GlyphTable:
    """The glyph table of a typeface, the same object for the whole process."""
    return GlyphTable(typeface)


def font_bytes(file: str) -> bytes:
    """A font of `resources/fonts` as TrueType bytes; names ending in .zst are unpacked.

    Raises `font_file_unreadable` when the installation is damaged.
    """
    path = resource("fonts", file)
    try:
        stored = path.read_bytes()
        return zstandard.ZstdDecompressor().decompress(stored) if path.suffix == ".zst" else stored
    except (OSError, zstandard.ZstdError) as error:
        raise StorageProblem("font_file_unreadable", file=file) from error


def printable(text: str) -> str:
    """The text as it can stand on paper, on one line.

    Line ends and tabs become a blank; signs that only steer a screen (zero width, direction, variation
    selectors, byte order) go, as they have no shape; every other character stays.
    """
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text))


def missing_characters(texts: Iterable[str]) -> list[str]:
    """The characters that no bundled font has, in code point order, each once; invisible signs do not count."""
    characters = set().union(*map(printable, texts))
    table = glyphs(BODY)
    return sorted(each for each in characters if each not in table and _find(BODY, each) is None)


def require_glyphs(texts: Iterable[str]) -> None:
    """Raises `font_glyph_missing` naming every character of the texts that cannot be printed."""
    missing = missing_characters(texts)
    if missing:
        raise _missing_problem(missing)


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_BLANKS = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_REGISTERING = threading.RLock()


def _find(typeface: Typeface, character: str) -> Glyph | None:
    code = ord(character)
    for file in typeface.files:
        font = _registered(file)
        if font.face.charToGlyph.get(code):
            return Glyph(font.fontName, font.face.getCharWidth(code) / 1000)
    return None


def _missing_problem(characters: Sequence[str]) -> UserProblem:
    named = "、".join(f"{each}(U+{ord(each):04X})" for each in characters)
    return UserProblem("font_glyph_missing", characters=named, count=len(characters))


def _registered(file: str) -> Any:
    with _REGISTERING:
        return _register(file)


@cache
def _register(file: str) -> Any:
    ttfonts.makeToUnicodeCMap = _to_unicode
    data = font_bytes(file)
    try:
        with _no_collection():
            font = ttfonts.TTFont(file.split(".")[0], BytesIO(data), asciiReadable=False)
    except ttfonts.TTFError as error:
        raise StorageProblem("font_file_unreadable", file=file) from error
    pdfmetrics.registerFont(font)
    return font


@contextmanager
def _no_collection() -> Iterator[None]:
    """Reading a font makes and drops 200,000 small lists; a full collection on the way would hold every thread."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _to_unicode(font_name: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of a subset, so that text can be searched and copied.

    ReportLab 5.1 writes one UTF-16 unit with too many digits for a character beyond the basic plane, which
    then reads as another character; here it is a surrogate pair. At most 100 entries a block (PDF 32000, 9.10.3).
    """
    entries = [f"<{code:02X}> <{chr(value).encode('utf-16-be').hex().upper()}>" for code, value in enumerate(subset)]
    blocks = []
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    return "\n".join([*head, *blocks, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])
