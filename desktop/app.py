"""The composition root: builds every object of the window once, in order, and starts it.

    zhuqi [--workspace DIR] [--language zh|en] [--scheme system|light|dark] [--text-size 100..150]

What is not named is as it was chosen on the settings page. The workspace is opened by the first work that needs it, off
the UI thread, and made if it is not there yet.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import diagnostics, settings
from desktop.models.desk.window_choices import window_choices
from desktop.ui.bench import Bench, Office
from desktop.ui.interpreter import set_for_a_window
from desktop.ui.job_runner import JobRunner
from desktop.ui.language import set_language
from desktop.ui.look import Look
from desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from desktop.models.device.workspace import Workspace

_SELF_TEST_MS = 1500


def main(arguments: list[str]) -> int:
    """Start the window and return the program's exit code when it is closed."""
    chosen = _chosen(arguments)
    diagnostics.set_up_log(settings.log_folder())
    diagnostics.catch_crashes(settings.log_folder())
    app = QApplication(sys.argv[:1])
    app.setApplicationName("zhuqi")
    set_language(app, chosen.language)
    look = Look(app, chosen.scheme, chosen.text_size / 100)
    jobs = JobRunner()
    set_for_a_window(jobs)
    bench = Bench(look, jobs, Office(partial(_open_or_make, chosen.workspace)))
    window = MainWindow(bench)
    window.show()
    if chosen.selftest:
        QTimer.singleShot(_SELF_TEST_MS, window.close)
    return app.exec()


def _open_or_make(folder: Path) -> Workspace:
    from desktop.models.device.workspace import Workspace

    return Workspace.open(folder) if (folder / "workspace.db").exists() else Workspace.create(folder)


def _chosen(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="zhuqi")
    parser.add_argument("--workspace", type=Path, default=None)
    parser.add_argument("--language", choices=("zh", "en"))
    parser.add_argument("--scheme", choices=("system", "light", "dark"))
    parser.add_argument("--text-size", type=int, choices=range(100, 151), metavar="100..150")
    parser.add_argument("--selftest", action="store_true", help="open the window, then close it by itself")
    chosen = parser.parse_args(arguments)
    chosen.workspace = chosen.workspace or settings.default_workspace()
    kept = window_choices(chosen.workspace)
    chosen.language = chosen.language or kept.language or settings.language()
    chosen.scheme = chosen.scheme or kept.scheme
    chosen.text_size = chosen.text_size or kept.text_size
    return chosen
