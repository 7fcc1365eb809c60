"""The fonts that ship: what they hold, how a lacking glyph is met, and that they are the files the list names."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from desktop.documents import fonts
from desktop.documents.fonts import BODY, TYPEFACES, font_bytes, glyphs, missing_characters, printable, require_glyphs
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.resource_paths import resource

BLOCKS = {
    "basic": (0x4E00, 0x9FFF),
    "A": (0x3400, 0x4DBF),
    "B": (0x20000, 0x2A6D6),
    "C": (0x2A700, 0x2B734),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
}


@pytest.mark.parametrize("block", BLOCKS)
def test_every_character_of_gb_18030_level_3_has_a_glyph(block: str) -> None:
    first, last = BLOCKS[block]
    assert missing_characters(map(chr, range(first, last + 1))) == []


def test_every_rare_name_character_has_a_glyph_with_an_outline(shared_data: Path) -> None:
    listed = (shared_data / "people" / "rare_name_characters.txt").read_text(encoding="utf-8")
    characters = [line.split("\t")[0] for line in listed.splitlines()]
    assert len(characters) == 37
    opened = {}
    for typeface in TYPEFACES:
        for character in characters:
            font = glyphs(typeface)[character].font
            file = next(name for name in typeface.files if name.startswith(font))
            if file not in opened:
                opened[file] = TTFont(BytesIO(font_bytes(file)), lazy=True)
            outline = opened[file]["glyf"][opened[file].getBestCmap()[ord(character)]]
            assert outline.numberOfContours != 0, (typeface.role, character)


def test_thinned_rare_characters_keep_an_outline_within_the_em() -> None:
    font = TTFont(BytesIO(font_bytes("ZhuqiRareMing.ttf.zst")), lazy=True)
    characters = font.getBestCmap()
    assert len(characters) > 59_000
    for code in list(characters)[::997]:
        outline = font["glyf"][characters[code]]
        assert outline.numberOfContours > 0
        assert outline.xMax - outline.xMin < 1100


def test_body_text_comes_in_fangsong_and_a_rare_name_from_the_fallback() -> None:
    table = glyphs(BODY)
    assert table["国"].font == "FandolFang-Regular"
    assert table["镕"].font == "NotoSerifSC-Regular"
    assert table["\U0002a702"].font == "ZhuqiRareMing"
    assert table["国"].width == 1.0


def test_a_character_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(UserProblem) as caught:
        require_glyphs(["周🙂", "\ue000企业"])
    assert caught.value.code == "font_glyph_missing"
    assert caught.value.fields["count"] == 2
    assert "U+1F642" in str(caught.value.fields["characters"])
    assert "U+E000" in caught.value.sentence("zh")


def test_looking_up_a_missing_glyph_is_refused_too() -> None:
    with pytest.raises(UserProblem, match="font_glyph_missing"):
        glyphs(BODY)["🙂"]


def test_signs_that_only_steer_a_screen_need_no_glyph() -> None:
    assert missing_characters(["甲\u200b\ufeff乙\U000e0101\n"]) == []
    assert printable("甲\u200b\ufeff乙\U000e0101\n丙") == "甲乙 丙"


def test_the_fonts_are_the_listed_bytes_and_within_their_size() -> None:
    folder = resource("fonts")
    listed = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text("ascii").splitlines())
    files = {path.name: path for path in folder.iterdir() if ".ttf" in path.name}
    assert set(files) == set(listed)
    for name, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[name], name
    assert sum(path.stat().st_size for path in files.values()) < 46_000_000


def test_every_font_has_its_licence_beside_it() -> None:
    notice = resource("fonts", "NOTICE.md").read_text("utf-8")
    for path in resource("fonts").iterdir():
        if ".ttf" in path.name or path.name.startswith("LICENSE"):
            assert f"`{path.name}`" in notice


def test_a_damaged_installation_is_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "resource", lambda *parts: tmp_path.joinpath(*parts))
    with pytest.raises(EnvironmentProblem, match="font_file_unreadable"):
        font_bytes("FandolFang-Regular.ttf")
