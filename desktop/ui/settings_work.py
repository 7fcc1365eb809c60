"""What the settings page asks of the workspace, as functions for the workers."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.desk.device_standing import DeviceStanding, device_standing
from desktop.models.desk.letter_desk import OfficeSettings, keep_office_settings, office_settings
from desktop.models.desk.sync_choices import auto_sync, keep_auto_sync
from desktop.models.desk.window_choices import WindowChoices, keep_window_choices, window_choices
from desktop.models.device.workspace import Workspace
from desktop.models.problems import Language
from desktop.models.progress import Progress


@dataclass(frozen=True)
class Settings:
    """All the page shows. `automatic`: whether it syncs by itself when a connection appears."""

    office: OfficeSettings
    choices: WindowChoices
    automatic: bool
    device: DeviceStanding


def settings(workspace: Workspace, _progress: Progress) -> Settings:
    """What is set now."""
    return Settings(
        office_settings(workspace), window_choices(workspace.folder), auto_sync(workspace), device_standing(workspace)
    )


def keep_office(workspace: Workspace, _progress: Progress, *, office: OfficeSettings) -> None:
    """Keep what the office prints on letters."""
    keep_office_settings(workspace, office)


def keep_automatic(workspace: Workspace, _progress: Progress, *, on: bool) -> None:
    """Keep whether to sync by itself."""
    keep_auto_sync(workspace, on)


def keep_language(workspace: Workspace, _progress: Progress, *, language: Language) -> None:
    """Keep the language for the next start."""
    keep_window_choices(workspace.folder, language=language)


def keep_look(workspace: Workspace, _progress: Progress, *, choices: WindowChoices) -> None:
    """Keep scheme and text size for the next start."""
    keep_window_choices(workspace.folder, scheme=choices.scheme, text_size=choices.text_size)
