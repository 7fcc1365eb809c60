"""Puts small copies of chosen pictures into the user manual (`python -m tools.manual_pictures DIR`).

After `make screens OUT=DIR`. Few colours and 1366 pixels: the repository keeps every version of them for ever.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "manual" / "zh" / "pictures"
CHOSEN = (
    "enterprises",
    "import",
    "enterprise",
    "visit",
    "letter-draft",
    "sync-ready",
    "sync-conflict",
    "sync-stick",
    "settings",
)
COLOURS = 64


def main() -> int:
    """Copy every chosen picture that was taken."""
    screens = Path(sys.argv[1])
    MANUAL.mkdir(parents=True, exist_ok=True)
    for name in CHOSEN:
        taken = screens / f"{name}-zh-light-1366.png"
        if taken.exists():
            with Image.open(taken) as picture:
                few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(MANUAL / f"{name}.png", optimize=True)
            sys.stdout.write(f"{name}.png {(MANUAL / f'{name}.png').stat().st_size // 1000} kB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
