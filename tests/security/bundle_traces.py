"""What a refused bundle must leave behind at the centre: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.models.problems import Problem
from server.bundle_import import BundleImport
from server.stored_rows import TABLES
from server.tables import metadata
from tests.flows.centre_process import CentreProcess

LOCKS = {"keys.lock", "import.lock"}


def counts(centre: CentreProcess) -> dict[str, int]:
    """How many rows every table of the centre has."""
    return {table: centre.count(table) for table in [*TABLES, *metadata.tables]}


def files_in(folder: Path) -> set[str]:
    """Every file under a folder but locks, by its path in it."""
    return {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name not in LOCKS
    }


class Gate:
    """Brings files to a centre that must refuse them."""

    def __init__(self, centre: CentreProcess, imports: BundleImport, folder: Path, file: Path) -> None:
        self._centre = centre
        self._imports = imports
        self._folder = folder
        self._file = file
        self._rows, self._files = counts(centre), files_in(folder)

    def refusal_of(self, content: bytes) -> str:
        """The code by which these bytes are refused, no file of them left behind."""
        self._file.write_bytes(content)
        with pytest.raises(Problem) as refusal:
            self._imports.import_file(self._file)
        assert files_in(self._folder) == self._files
        return refusal.value.code

    def assert_untouched(self) -> None:
        """No table has a row more or less than before."""
        assert counts(self._centre) == self._rows
