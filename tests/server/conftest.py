"""A centre over a fresh database: each test that asks for it runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.centre import Centre


@pytest.fixture
def centre(database_url: str, tmp_path: Path) -> Iterator[Centre]:
    """An empty centre."""
    made = Centre(database_url, tmp_path / "attachments")
    yield made
    made.close()
