"""Which font the interface is written in. The system's Chinese font first, else the bundled Noto Sans SC.

The bundled fonts are always loaded, because a person's name may hold a character the system's font does not have.
"""

from __future__ import annotations

import logging

from PySide6.QtGui import QFont, QFontDatabase

from desktop.models.progress import Progress
from desktop.resource_paths import resource
from desktop.ui.theme import tokens

log = logging.getLogger(__name__)

_BUNDLED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold-GB2312.ttf")
_RARE = "ZhuqiRareMing.ttf.zst"


def interface_families() -> list[str]:
    """Load the bundled fonts and return the font families to use, best first. Needs a running application."""
    bundled: list[str] = []
    for name in _BUNDLED:
        path = resource("fonts", name)
        number = QFontDatabase.addApplicationFont(str(path)) if path.exists() else -1
        if number >= 0:
            bundled += QFontDatabase.applicationFontFamilies(number)
        else:
            log.info("interface font %s is not bundled", name)
    wanted = [family for family in tokens()["type"]["family-ui"] if QFontDatabase.hasFamily(family)]
    return list(dict.fromkeys([*wanted, *bundled])) or [QFont().family()]


def load_rare_characters(_progress: Progress) -> bool:
    """Load the font of characters that Noto Sans SC lacks; Qt falls back to it by itself. For a worker: 150 ms.

    Returns whether it is there.
    """
    import zstandard

    path = resource("fonts", _RARE)
    if not path.exists():
        return False
    return QFontDatabase.addApplicationFontFromData(zstandard.ZstdDecompressor().decompress(path.read_bytes())) >= 0


def font_of(families: list[str], pixels: int, weight: int) -> QFont:
    """A font in pixels with tabular figures.

    Args:
        weight: 400 to 700; Noto Sans SC has two weights here, so 500 and more are drawn bold.
    """
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if weight >= 500 else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
