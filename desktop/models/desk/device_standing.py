"""This device as its owner may want to see it: who works on it, for which centre, and where its secrets lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.models.desk.grids import known_grids
from desktop.models.device.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DeviceStanding:
    """`code` is the part of numbers that is this device's own; all else is empty before enrolment.

    `token_place`: `keystore`, `workspace`, or `nowhere` after an enrolment by file. `enrolled_at` is UTC.
    `own_authority`: whether only the certificate authority named at enrolment is trusted. `bundle_keys`: whether
    this device and the centre have exchanged the keys of bundles.
    """

    folder: Path
    code: str
    officer: str = ""
    role: str = ""
    server: str = ""
    grids: tuple[str, ...] = ()
    enrolled_at: str | None = None
    token_place: str = ""
    own_authority: bool = False
    bundle_keys: bool = False


def device_standing(workspace: Workspace) -> DeviceStanding:
    """How this device stands."""
    device, enrolment = workspace.device, workspace.enrolment
    if enrolment is None:
        return DeviceStanding(workspace.folder, device.code)
    return DeviceStanding(
        folder=workspace.folder,
        code=device.code,
        officer=enrolment.officer_name,
        role=enrolment.role,
        server=enrolment.server_url,
        grids=tuple(grid.name or grid.code for grid in known_grids(workspace) if not grid.local),
        enrolled_at=enrolment.enrolled_at,
        token_place=enrolment.token_place,
        own_authority=enrolment.ca_pem is not None,
        bundle_keys=bool(enrolment.bundle_recipient and enrolment.centre_key and device.signing_key),
    )
