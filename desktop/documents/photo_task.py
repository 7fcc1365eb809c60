"""What the child process does with a photo from outside. Called by `reading_child`, never in the program itself."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from desktop.documents.photo import LARGEST_PICTURE, LONGEST_EDGE
from desktop.documents.task_answer import Answer
from desktop.models.problems import UserProblem

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85


def run(request: bytes, answer: Answer) -> None:
    """Answer one block: the prepared JPEG."""
    answer.block(prepared(request))


def prepared(content: bytes) -> bytes:
    """Decode, shrink, turn upright and encode again; see `photo.prepare_photo` for what it raises."""
    Image.MAX_IMAGE_PIXELS = LARGEST_PICTURE
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _encoded(_decoded(content))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise UserProblem("photo_too_many_pixels", limit=LARGEST_PICTURE // 1_000_000) from error
        except UnidentifiedImageError as error:
            raise UserProblem("photo_format") from error
        except (OSError, SyntaxError, ValueError) as error:  # what Pillow's readers raise for broken files
            raise UserProblem("photo_damaged") from error


def _decoded(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        picture.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # lets JPEG decode at a fraction of its size
        picture.load()
        picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
        return _opaque(ImageOps.exif_transpose(picture))


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return picture.convert("RGB")


def _encoded(picture: Image.Image) -> bytes:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)  # a new picture: nothing that was read beside the old one can be written with it
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
