"""Photos from outside: made safe and small, or refused in words."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from desktop.documents.photo import LARGEST_FILE, LONGEST_EDGE, prepare_photo
from desktop.models.problems import EnvironmentProblem, UserProblem


@pytest.fixture
def photos(shared_data: Path) -> Path:
    return shared_data / "photos"


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=("JPEG",))


def encoded(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


def test_the_place_where_a_photo_was_taken_is_gone(photos: Path) -> None:
    source = photos / "DSCN0010_gps_jiaxing_SYNTHETIC.jpg"
    with Image.open(source) as original:
        assert original.getexif().get_ifd(0x8825), "the source has a place"
    picture = opened(prepare_photo(source))
    assert not picture.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile"} & picture.info.keys()


def test_a_camera_held_upright_gives_an_upright_picture(photos: Path) -> None:
    upright = opened(prepare_photo(photos / "landscape_1.jpg"))
    for turned in ("landscape_3.jpg", "landscape_6.jpg", "landscape_8.jpg"):
        assert opened(prepare_photo(photos / turned)).size == upright.size


def test_a_twelve_megapixel_photo_becomes_1600_pixels_wide(photos: Path) -> None:
    content = prepare_photo(photos / "iphone_12mp.jpg")
    assert max(opened(content).size) == LONGEST_EDGE
    assert len(content) < 1_000_000


def test_a_small_picture_is_not_enlarged() -> None:
    assert opened(prepare_photo(encoded(Image.new("RGB", (40, 30), "red"), "PNG"))).size == (40, 30)


def test_transparent_parts_become_white() -> None:
    content = prepare_photo(encoded(Image.new("RGBA", (40, 30), (0, 0, 0, 0)), "WEBP"))
    pixel = opened(content).getpixel((20, 15))
    assert isinstance(pixel, tuple)
    assert min(pixel) > 250


@pytest.mark.parametrize("name", ["iphone_13_pro_max.heic"])
def test_a_heic_photo_is_refused_with_the_way_out(photos: Path, name: str) -> None:
    with pytest.raises(UserProblem) as refused:
        prepare_photo(photos / name)
    assert refused.value.code == "photo_format"
    assert "JPEG" in refused.value.sentence("zh")


@pytest.mark.parametrize("content", [b"", b"GIF89a" + bytes(40), b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_photo_is_refused_by_its_content(content: bytes) -> None:
    with pytest.raises(UserProblem) as refused:
        prepare_photo(content)
    assert refused.value.code == "photo_format"


def test_a_truncated_photo_is_called_damaged(photos: Path) -> None:
    content = (photos / "DSCN0010.jpg").read_bytes()
    with pytest.raises(UserProblem) as refused:
        prepare_photo(content[: len(content) // 2])
    assert refused.value.code == "photo_damaged"


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    width = height = 9000  # 81 million pixels in a few bytes
    lines = zlib.compress(bytes((width // 8 + 1) * 4))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    flood = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    with pytest.raises(UserProblem) as refused:
        prepare_photo(flood)
    assert refused.value.code == "photo_too_many_pixels"


def test_a_file_over_fifteen_megabytes_is_not_opened_at_all() -> None:
    with pytest.raises(UserProblem) as refused:
        prepare_photo(bytes(LARGEST_FILE + 1))
    assert refused.value.code == "photo_too_big"


def test_a_card_pulled_out_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        prepare_photo(tmp_path / "gone.jpg")
    assert refused.value.code == "photo_unreadable"
