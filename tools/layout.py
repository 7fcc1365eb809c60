"""Writes `docs/layout.md`: every module of ours with the first sentence of its docstring (`python -m tools.layout`)."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "layout.md"
HEAD = """\
# Layout

Every module and what it is for, from the modules' own first lines. Written by `python -m tools.layout`; a test
compares. Which of them may import which: [architecture](architecture.md).
"""


def layout() -> str:
    """The text of the page."""
    parts = [HEAD]
    for package in ("desktop", "server"):
        parts.append(f"\n## {package}/\n\n")
        for path in sorted((ROOT / package).rglob("*.py"), key=_folder_then_name):
            sentence = _first_sentence(path)
            if sentence:
                parts.append(f"- `{path.relative_to(ROOT).as_posix()}` — {sentence}\n")
    return "".join(parts)


def _folder_then_name(path: Path) -> tuple[str, bool, str]:
    return path.parent.as_posix(), path.name != "__init__.py", path.name


def _first_sentence(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n\n")[0].replace("\n", " ").strip()


def main() -> int:
    PAGE.write_text(layout(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
