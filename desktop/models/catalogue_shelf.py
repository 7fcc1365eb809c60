"""The measure sets of a workspace: several side by side, each kept for good under its id and version.

A visit names the set it was judged by, so a set that was once installed is never changed or removed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from desktop.models.catalogue import as_json, bundled, load_measure_set, require_usable
from desktop.models.durable_file import write_aside
from desktop.models.measure_set import MeasureSet
from desktop.models.problems import UserProblem

_ORDER = "order.json"  # [[id, version], …] in the order of installation


class CatalogueShelf:
    """The folder `catalogues/` of a workspace (made when first needed), with the bundled set always on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[tuple[str, str], MeasureSet] = {}

    def install(self, measure_set: MeasureSet) -> bool:
        """Keep a set and make it the one installed last; False when this very set was kept already.

        Raises `catalogue_same_version` when the same id and version hold something else.
        """
        require_usable(measure_set)
        name = (measure_set.id, measure_set.version)
        kept = self._find(*name)
        if kept is not None and kept != measure_set:
            raise UserProblem("catalogue_same_version", set=measure_set.id, version=measure_set.version)
        self._folder.mkdir(parents=True, exist_ok=True)
        if kept is None:
            write_aside(self._path(*name), as_json(measure_set))
        listed = [entry for entry in self._order() if entry != name]
        write_aside(self._folder / _ORDER, msgspec.json.encode([*listed, name]))
        return kept is None

    def get(self, set_id: str, version: str) -> MeasureSet:
        """The set an old visit was judged by; raises `catalogue_not_kept` when this device never had it."""
        found = self._find(set_id, version)
        if found is None:
            raise UserProblem("catalogue_not_kept", set=set_id, version=version)
        return found

    def current(self, on: date | None = None) -> MeasureSet:
        """The set a new visit is judged by: the one installed last that is in force on the day, else the bundled."""
        day = (on or date.today()).isoformat()
        for set_id, version in reversed(self._order()):
            measure_set = self._find(set_id, version)
            if measure_set is not None and measure_set.valid_from <= day:
                return measure_set
        return bundled()

    def kept(self) -> tuple[MeasureSet, ...]:
        """Every set on the shelf, the bundled one first."""
        first = bundled()
        others = (self._find(*name) for name in self._order() if name != (first.id, first.version))
        return (first, *(measure_set for measure_set in others if measure_set is not None))

    def _order(self) -> list[tuple[str, str]]:
        path = self._folder / _ORDER
        return msgspec.json.decode(path.read_bytes(), type=list[tuple[str, str]]) if path.exists() else []

    def _path(self, set_id: str, version: str) -> Path:
        return self._folder / f"{set_id}@{version}.json"

    def _find(self, set_id: str, version: str) -> MeasureSet | None:
        name = (set_id, version)
        if name == (bundled().id, bundled().version):
            return bundled()
        if name not in self._read:
            path = self._path(set_id, version)
            if path.parent != self._folder or not path.exists():
                return None
            self._read[name] = load_measure_set(path)
        return self._read[name]
