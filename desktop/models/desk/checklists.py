"""Which measure set a visit is judged by: the one in force when it began, for ever."""

from __future__ import annotations

from desktop.models.catalogue_shelf import CatalogueShelf
from desktop.models.device.workspace import Workspace
from desktop.models.measure_set import MeasureSet


def shelf(workspace: Workspace) -> CatalogueShelf:
    """The measure sets this workspace holds."""
    return CatalogueShelf(workspace.folder / "catalogues")


def current_set(workspace: Workspace) -> MeasureSet:
    """The set new visits are judged by."""
    return shelf(workspace).current()


def key_of(measure_set: MeasureSet) -> str:
    """How a visit names its set: `id@version`."""
    return f"{measure_set.id}@{measure_set.version}"


def set_named(workspace: Workspace, key: str) -> MeasureSet:
    """The set a visit names."""
    set_id, _, version = key.partition("@")
    return shelf(workspace).get(set_id, version)
