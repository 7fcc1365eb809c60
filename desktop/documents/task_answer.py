"""How a task in the child process speaks to the parent. Apart from the child itself, so that tasks need not know it."""

from __future__ import annotations

from typing import Protocol


class Answer(Protocol):
    """The parent's ear: blocks of the answer, and how far the work has come."""

    def block(self, body: bytes) -> None:
        """Send a part of the answer."""

    def step(self, done: int, total: int, label: str) -> None:
        """Say how far the work has come."""
