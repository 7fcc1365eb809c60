"""Collect the window's words and compile them: `make translations`.

Source texts are English. `zhuqi_zh_CN.ts` is edited by hand; `zhuqi_en_US.ts` holds English plural forms only. The
compiled files and Qt's own Chinese words are kept beside them, so that nobody needs these tools to run the program.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
CHINESE, ENGLISH = FOLDER / "zhuqi_zh_CN.ts", FOLDER / "zhuqi_en_US.ts"


def main() -> int:
    """Collect, compile, and say how many texts have no Chinese yet."""
    sources = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "desktop" / "ui").glob("*.py"))
    collect = ["-no-obsolete", "-locations", "none", "-source-language", "en_US"]
    _run("pyside6-lupdate", *collect, "-target-language", "zh_CN", *sources, "-ts", str(CHINESE))
    _run("pyside6-lupdate", *collect, "-target-language", "en_US", "-pluralonly", *sources, "-ts", str(ENGLISH))
    for file in (CHINESE, ENGLISH):
        _run("pyside6-lrelease", "-silent", str(file), "-qm", str(file.with_suffix(".qm")))
    _copy_qt_words()
    missing = unfinished(CHINESE) + unfinished(ENGLISH)
    for words in missing:
        print(f"no translation yet: {words}")
    return 1 if missing else 0


def unfinished(file: Path) -> list[str]:
    """Source texts of a .ts file that have no finished translation."""
    tree = ElementTree.parse(file)
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in tree.iter("context")
        for message in context.iter("message")
        if (found := message.find("translation")) is None or found.get("type") == "unfinished"
    ]


def _run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).parent / tool
    subprocess.run([str(program), *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def _copy_qt_words() -> None:
    from PySide6.QtCore import QLibraryInfo

    place = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    shutil.copyfile(place / "qtbase_zh_CN.qm", FOLDER / "qtbase_zh_CN.qm")


if __name__ == "__main__":
    sys.exit(main())
