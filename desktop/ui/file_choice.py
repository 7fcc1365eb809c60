"""Choosing a file somebody brought."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_existing(parent: QWidget, title: str, kind: str, *endings: str) -> Path | None:
    """Let a person choose one file with one of these endings; None when they did not."""
    patterns = " ".join(f"*.{ending}" for ending in endings)
    name, _ = QFileDialog.getOpenFileName(parent, title, "", f"{kind} ({patterns})")
    return Path(name) if name else None
