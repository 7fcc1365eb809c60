"""Enrolling this device at a centre, and what the device then keeps of it: token, scope, code and clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, update

from desktop.models.device.adoption import adopt
from desktop.models.device.local_tables import Device, Enrolment
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, utc_now
from desktop.models.problems import UserProblem
from desktop.sync.outbox import offer_again
from desktop.sync.token_keeper import NOWHERE, Kept, keep
from desktop.sync.transport import HttpEndpoint, Pace, checked_url
from desktop.sync.trust import authority_in
from desktop.sync.wire.messages import CentreKeys, EnrolAnswer, EnrolRequest, GridScope
from desktop.sync.wire.signing import new_signing_key, public_key_of


def enrol(
    workspace: Workspace,
    server_url: str,
    code: str,
    adopt_into: str | None = None,
    pace: Pace | None = None,
    ca_file: Path | None = None,
) -> dict[str, Any]:
    """Exchange a code for this device's token and keep it; hand work done before over to a grid when one is named.

    Args:
        adopt_into: code of a grid of the officer; without it, earlier work stays in the local grid.
        ca_file: the certificate authority of an intranet (PEM); from then on only it is trusted.

    Returns:
        `{"officer": id, "device": id, "grids": [codes]}`.

    Raises:
        UserProblem: `sync_code_missing`, `sync_url_refused`, `sync_ca_unreadable`, `sync_enrolled_already`,
            `sync_grid_not_granted` (the enrolment itself then holds).
        EnvironmentProblem: `sync_code_refused`, `sync_offline` and the other refusals of the transport.
    """
    if not code.strip():
        raise UserProblem("sync_code_missing")
    device, before, url = workspace.device, workspace.enrolment, checked_url(server_url)
    ca_pem = before.ca_pem if before is not None and before.server_url == url else None
    if ca_file is not None:
        ca_pem = authority_in(ca_file)
    signing_key = new_signing_key()
    request = EnrolRequest(code.strip(), device.id, device.code, public_key=public_key_of(signing_key))
    with HttpEndpoint(url, pace=pace, ca_pem=ca_pem) as endpoint:
        answer = endpoint.enrol(request)
    return accept(workspace, url, answer, signing_key, adopt_into, ca_pem=ca_pem)


def accept(
    workspace: Workspace,
    url: str,
    answer: EnrolAnswer,
    signing_key: str,
    adopt_into: str | None = None,
    *,
    ca_pem: str | None = None,
    pending_code: str | None = None,
) -> dict[str, Any]:
    """Keep an enrolment that was offered, over the network or by file; see `enrol`.

    Args:
        answer: with an empty token where the centre has yet to hear of this device.
        pending_code: the code it will hear of then.
    """
    before = workspace.enrolment
    if before is not None and before.officer_id != answer.scope.officer:
        raise UserProblem("sync_enrolled_already", officer=before.officer_name)
    kept = keep(workspace.device.id, answer.token) if answer.token else Kept(NOWHERE, "")
    enrolment = Enrolment(
        id=1,
        server_url=url,
        officer_id=answer.scope.officer,
        officer_name=answer.scope.name,
        role=answer.scope.role,
        token=kept.stored,
        token_place=kept.place,
        ca_pem=ca_pem,
        generation=answer.generation,
        clock_offset_ms=clock_offset_ms(answer.time),
        enrolled_at=utc_now(),
        pending_code=pending_code,
    )
    keep_keys(enrolment, answer.keys)
    _store(workspace, enrolment, answer, signing_key)
    if adopt_into is not None:
        adopt_local_work(workspace, adopt_into)
    return {
        "officer": answer.scope.officer,
        "device": answer.device,
        "grids": [grid.code for grid in answer.scope.grids],
    }


def adopt_local_work(workspace: Workspace, grid_code: str) -> int:
    """Hand everything of the local grid over to a grid of the officer; return how many operations moved.

    Raises:
        UserProblem: `sync_grid_not_granted`.
    """
    with workspace.write() as session:
        wanted = grid_id(grid_code)
        granted = set(session.connection().exec_driver_sql("SELECT grid_id FROM grid_cursors").scalars())
        if wanted not in granted:
            raise UserProblem("sync_grid_not_granted", grid=grid_code)
        return adopt(session, workspace.device.local_grid_id, wanted)


def keep_scope(session: UnitOfWork, grids: list[GridScope]) -> None:
    """Make the officer's grids known, with a cursor each; grids that were taken away lose theirs."""
    connection = session.connection()
    for grid in grids:
        connection.exec_driver_sql(
            "INSERT INTO grids (id, grid_id, version, edited_at, code, name) VALUES (?, ?, 0, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (grid.id, grid.id, utc_now(), grid.code, grid.name),
        )
        connection.exec_driver_sql(
            "INSERT INTO grid_cursors (grid_id, sequence) VALUES (?, 0) ON CONFLICT DO NOTHING", (grid.id,)
        )
    kept = [grid.id for grid in grids]
    for (row_id,) in connection.exec_driver_sql("SELECT grid_id FROM grid_cursors").all():
        if row_id not in kept:
            connection.exec_driver_sql("DELETE FROM grid_cursors WHERE grid_id = ?", (row_id,))


def has_keys(enrolment: Enrolment, keys: CentreKeys | None) -> bool:
    """Whether these are the keys this device knows, or none are told."""
    return keys is None or (keys.recipient, keys.signed_by) == (enrolment.bundle_recipient, enrolment.centre_key)


def keep_keys(enrolment: Enrolment, keys: CentreKeys | None) -> None:
    """Note what bundles are sealed to from now on; a centre that says nothing takes nothing back."""
    if keys is not None:
        enrolment.bundle_recipient, enrolment.centre_key = keys.recipient, keys.signed_by


def clock_offset_ms(server_time: str) -> int:
    """How far the server's clock is ahead of this device's, in milliseconds."""
    there = datetime.fromisoformat(server_time.replace("Z", "+00:00"))
    return round((there - datetime.now(UTC)).total_seconds() * 1000)


def _store(workspace: Workspace, enrolment: Enrolment, answer: EnrolAnswer, signing_key: str) -> None:
    before = workspace.enrolment
    with workspace.write() as session:
        session.execute(delete(Enrolment))
        session.add(enrolment)
        session.execute(update(Device).values(code=answer.device_code, signing_key=signing_key))
        keep_scope(session, answer.scope.grids)
        if before is not None and before.generation != answer.generation:
            offer_again(session)
    workspace.refresh_enrolment()
