"""Builds `resources/fonts/` from the packages its fonts come in; run by hand when a font changes, never at install.

    python tools/build_fonts.py FOLDER     FOLDER keeps the downloaded packages between runs

Needs npm, apt-get and dpkg (Debian) and fontTools. ReportLab embeds only TrueType outlines, so the Fandol fonts
(CFF) are converted; the rarest characters come from Hanazono Mincho, whose polygons are thinned to a fraction
of their points. The two fonts that are only fallbacks lie compressed (zstd) and are read when first needed.
Every output is reproducible: same packages, same bytes (`resources/fonts/SHA256SUMS`).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from zstandard import ZstdCompressionParameters, ZstdCompressor

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"

SERIF_PACKAGE = "@expo-google-fonts/noto-serif-sc@0.4.3"
SANS_PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
FANDOL_PACKAGE = "texlive-lang-chinese"
HANAZONO_PACKAGE = "fonts-hanazono"

CURVE_TOLERANCE = 2.0
"""Largest distance, in units of 1/1000 em, between a cubic and its quadratics: 0.03 pt at 16 pt."""

POLYGON_TOLERANCE = 8.0
"""Largest distance, in units of 1/1024 em, of a point left out of a polygon: 0.12 pt at 16 pt."""

HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF), (0x3007, 0x3007))
NOT_HAN = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x370, 0x3FF),
    (0x2000, 0x2BFF),
    (0x3000, 0x303F),
    (0x3200, 0x33FF),
    (0xFE10, 0xFE4F),
    (0xFF00, 0xFFEF),
)
"""Latin, Greek, punctuation, letter-like and enclosed signs, full-width forms: what a letter holds besides 汉字."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where downloaded packages are kept between runs")
    folder: Path = parser.parse_args().folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    FONTS.mkdir(parents=True, exist_ok=True)
    serif, sans = npm_package(folder, SERIF_PACKAGE), npm_package(folder, SANS_PACKAGE)
    fandol, hanazono = debian_package(folder, FANDOL_PACKAGE), debian_package(folder, HANAZONO_PACKAGE)
    fandol_fonts = fandol / "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"

    shutil.copyfile(sans / "400Regular/NotoSansSC_400Regular.ttf", FONTS / "NotoSansSC-Regular.ttf")
    subset(sans / "700Bold/NotoSansSC_700Bold.ttf", "NotoSansSC-Bold-GB2312.ttf", gb2312)
    subset(serif / "900Black/NotoSerifSC_900Black.ttf", "NotoSerifSC-Black-GB2312.ttf", gb2312)
    subset(serif / "400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", lambda code: True)
    quadratic(fandol_fonts / "FandolFang-Regular.otf", "FandolFang-Regular.ttf", letter_character)
    quadratic(fandol_fonts / "FandolKai-Regular.otf", "FandolKai-GB2312.ttf", gb2312)
    rare_names(hanazono / "usr/share/fonts/truetype/hanazono/HanaMinB.ttf", "ZhuqiRareMing.ttf")
    for name in ("NotoSerifSC-Regular.ttf", "ZhuqiRareMing.ttf"):
        compress(FONTS / name)

    shutil.copyfile(serif / "LICENSE_FONT", FONTS / "LICENSE-Noto-OFL.txt")
    fandol_texts = fandol / "usr/share/doc/texlive-doc/fonts/fandol"
    readme = (fandol_texts / "README").read_text(encoding="utf-8")
    licence = gzip.decompress((fandol_texts / "COPYING.gz").read_bytes()).decode("utf-8")
    (FONTS / "LICENSE-Fandol-GPL.txt").write_text(readme + "\n" + licence, encoding="utf-8")
    shutil.copyfile(hanazono / "usr/share/doc/fonts-hanazono/copyright", FONTS / "LICENSE-Hanazono.txt")
    write_sums()
    return 0


def npm_package(folder: Path, package: str) -> Path:
    """The unpacked folder of an npm package, downloaded once by npm itself."""
    name = package.rsplit("@", 1)[0].lstrip("@").replace("/", "-")
    target = folder / name
    if not target.exists():
        subprocess.run(["npm", "pack", package], cwd=folder, check=True)
        target.mkdir()
        archive = next(folder.glob(f"{name}-*.tgz"))
        subprocess.run(["tar", "xzf", str(archive), "-C", str(target)], check=True)
    return target / "package"


def debian_package(folder: Path, package: str) -> Path:
    """The unpacked root of a Debian package, downloaded once by apt-get."""
    target = folder / package
    if not target.exists():
        subprocess.run(["apt-get", "download", package], cwd=folder, check=True)
        archive = next(folder.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg", "-x", str(archive), str(target)], check=True)
    return target


def within(code: int, ranges: Iterable[tuple[int, int]]) -> bool:
    """True when the code point lies in one of the ranges."""
    return any(low <= code <= high for low, high in ranges)


def gb2312(code: int) -> bool:
    """The 6,763 characters of GB/T 2312 and what a letter holds besides 汉字."""
    if not within(code, HAN):
        return within(code, NOT_HAN)
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return code == 0x3007
    return True


def letter_character(code: int) -> bool:
    """Any 汉字 the font has, and what a letter holds besides."""
    return within(code, HAN) or within(code, NOT_HAN)


def keep(font: TTFont, wanted: Callable[[int], bool]) -> None:
    """Leaves the wanted characters and the tables a PDF or a window needs; no substitution, no vertical setting."""
    options = Options(
        layout_features=[],
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
        hinting=False,
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "FFTM", "DSIG", "STAT", "gasp"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if wanted(code)])
    subsetter.subset(font)


def subset(source: Path, name: str, wanted: Callable[[int], bool]) -> None:
    """Writes a TrueType font with the wanted characters only."""
    font = TTFont(source, recalcTimestamp=False)
    keep(font, wanted)
    font.save(FONTS / name)


def quadratic(source: Path, name: str, wanted: Callable[[int], bool]) -> None:
    """Writes a CFF font with TrueType outlines; contours change direction, as TrueType fills the other way."""
    font = TTFont(source, recalcTimestamp=False)
    keep(font, wanted)
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    outlines = {}
    for glyph in order:
        pen = TTGlyphPen(None)
        glyphs[glyph].draw(Cu2QuPen(pen, CURVE_TOLERANCE, reverse_direction=True))
        outlines[glyph] = pen.glyph()
    replace_outlines(font, outlines)
    del font["CFF "]
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"
    font.save(FONTS / name)


def replace_outlines(font: TTFont, outlines: dict[str, object]) -> None:
    """Gives the font these TrueType glyphs, with the tables that belong to them."""
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = outlines
    for glyph, (advance, _) in list(font["hmtx"].metrics.items()):
        outline = glyf.glyphs[glyph]
        outline.recalcBounds(glyf)
        font["hmtx"].metrics[glyph] = (advance, getattr(outline, "xMin", 0))
    maximum = newTable("maxp")
    maximum.tableVersion = 0x00010000
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maximum, field, 0)
    for field in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maximum, field, 0)
    maximum.maxZones = 1
    font["maxp"] = maximum
    post = font["post"]
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = 3.0, [], {}, None


def rare_names(source: Path, name: str) -> None:
    """Writes the characters of extensions B to F as polygons with far fewer points, under a name of our own."""
    font = TTFont(source, recalcTimestamp=False)
    common = TTFont(FONTS / "NotoSerifSC-Regular.ttf", lazy=True).getBestCmap()
    keep(font, lambda code: within(code, HAN) and code not in common)
    outlines = {}
    for glyph in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        source_glyph = font["glyf"][glyph]
        if source_glyph.numberOfContours > 0:
            draw_thinned(source_glyph, pen)
        outlines[glyph] = pen.glyph()
    replace_outlines(font, outlines)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16, 18):
            record.string = "ZhuqiRareMing"
    font.save(FONTS / name)


def draw_thinned(glyph: object, pen: TTGlyphPen) -> None:
    """Draws each closed polygon of the glyph with the points that carry its shape."""
    start = 0
    points = list(glyph.coordinates)  # type: ignore[attr-defined]
    for end in glyph.endPtsOfContours:  # type: ignore[attr-defined]
        polygon = points[start : end + 1]
        start = end + 1
        if len(polygon) < 3:
            continue
        far = max(range(len(polygon)), key=lambda at: distance_squared(polygon[0], polygon[at]))
        thin = thinned(polygon[: far + 1])[:-1] + thinned([*polygon[far:], polygon[0]])[:-1]
        if len(thin) < 3:
            thin = polygon
        pen.moveTo(thin[0])
        for point in thin[1:]:
            pen.lineTo(point)
        pen.closePath()


def thinned(line: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The line without the points nearer than the tolerance to what remains (Ramer, Douglas and Peucker)."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    distances = [abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length for x, y in line[1:-1]]
    widest = max(distances)
    if widest <= POLYGON_TOLERANCE:
        return [line[0], line[-1]]
    at = distances.index(widest) + 1
    return thinned(line[: at + 1])[:-1] + thinned(line[at:])


def distance_squared(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Square of the distance between two points."""
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def compress(path: Path) -> None:
    """Replaces the font by its zstd form, half the size and read back in some 30 ms."""
    parameters = ZstdCompressionParameters.from_level(22, window_log=25)
    compressed = ZstdCompressor(compression_params=parameters).compress(path.read_bytes())
    path.with_name(path.name + ".zst").write_bytes(compressed)
    path.unlink()


def write_sums() -> None:
    """Writes SHA256SUMS over the fonts, in the form `sha256sum --check` reads."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(FONTS.glob("*.ttf*"))]
    (FONTS / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())
