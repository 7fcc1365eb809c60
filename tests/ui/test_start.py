"""The window paints before anything heavy is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "xlsxwriter", "python_calamine", "pypinyin", "httpx", "PIL")


@pytest.mark.parametrize("module", ["desktop.ui.main_window", "desktop.app"])
def test_the_window_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.split() == []


def test_pages_import_nothing_heavy_before_they_ask_the_desk() -> None:
    code = (
        "import sys, desktop.ui.enterprises_page, desktop.ui.import_dialog;"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.split() == []
