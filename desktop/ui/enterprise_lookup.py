"""What the enterprises page looks up, as functions for the reading lane. The desk is imported where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from desktop.models.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop.models.desk.enterprise_file import EnterpriseFile
    from desktop.models.desk.enterprise_register import EnterpriseRow, Order
    from desktop.models.desk.grids import GridRow
    from desktop.models.device.workspace import Workspace
    from desktop.models.measure_set import MeasureSet

_THUMBNAIL_PX = 240


@dataclass(frozen=True)
class Asked:
    """What the register is asked to show: filters, order. `since`: not visited since this local day."""

    search: str = ""
    grid: str | None = None
    scale: str | None = None
    since: str | None = None
    order: str = "open_findings"
    descending: bool = True


@dataclass(frozen=True)
class Listing:
    """The answer: ids in order, how many enterprises there are at all, and the grids to choose from."""

    ids: list[str]
    total: int
    grids: list[GridRow]


@dataclass(frozen=True)
class Opened:
    """An enterprise's file with the measure set its latest visit was judged by, and that visit's rings."""

    file: EnterpriseFile
    measures: MeasureSet
    rings: Mapping[str, tuple[str | None, ...]]


@dataclass(frozen=True)
class Photograph:
    """A photo of a visit, scaled down."""

    visit_id: str
    visited_on: str
    measure: str
    image: QImage


def listing(workspace: Workspace, _progress: Progress, *, asked: Asked) -> Listing:
    """The ids that match."""
    from desktop.models.desk.enterprise_register import EnterpriseFilter, count_enterprises, enterprise_ids
    from desktop.models.desk.grids import known_grids

    chosen = EnterpriseFilter(asked.search, asked.grid, asked.scale, asked.since)
    with workspace.read() as session:
        ids = enterprise_ids(session, chosen, cast("Order", asked.order), asked.descending)
        total = count_enterprises(session)
    return Listing(ids, total, known_grids(workspace))


def rows(workspace: Workspace, _progress: Progress, *, ids: list[str]) -> list[EnterpriseRow]:
    """The rows of these ids."""
    from desktop.models.desk.enterprise_register import enterprise_rows

    with workspace.read() as session:
        return enterprise_rows(session, ids)


def opened(workspace: Workspace, _progress: Progress, *, enterprise_id: str) -> Opened:
    """All about one enterprise."""
    from desktop.models.desk.checklists import current_set, set_named
    from desktop.models.desk.enterprise_file import enterprise_file
    from desktop.models.scoring import ring_states

    file = enterprise_file(workspace, enterprise_id)
    latest = file.visits[0] if file.visits else None
    measures = set_named(workspace, latest.measure_set) if latest else current_set(workspace)
    return Opened(file, measures, ring_states(measures, latest.results if latest else {}))


def photographs(workspace: Workspace, progress: Progress, *, visits: list[str]) -> list[Photograph]:
    """Thumbnails of the photos of these visits, in that order."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    from desktop.models.desk.visit_sheet import visit_sheet

    found: list[Photograph] = []
    for done, visit_id in enumerate(visits):
        progress.step(done, len(visits), "photos")
        sheet = visit_sheet(workspace, visit_id)
        for measure, photos in sorted(sheet.photos.items()):
            for photo in photos:
                content = workspace.attachments.get(photo.sha256)
                image = QImage.fromData(content) if content else QImage()
                if not image.isNull():
                    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                    small = image.scaled(_THUMBNAIL_PX, _THUMBNAIL_PX, keep, smooth)
                    found.append(Photograph(visit_id, sheet.visited_on, measure, small))
    return found
