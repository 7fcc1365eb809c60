"""Enrolling without a network: the centre's ticket is read here, and the first bundle enrols the laptop there.

From the ticket on the officer works as usual. Every bundle carries the code and this laptop's public key until a
receipt says that the centre has taken them. There is no token: for the network the laptop enrols again, with a code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.models.device.workspace import Workspace
from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.enrolment import accept
from desktop.sync.wire.messages import EnrolAnswer
from desktop.sync.wire.signing import new_signing_key
from desktop.sync.wire.ticket_file import TICKET_BYTES, read_ticket_file


def enrol_by_ticket(workspace: Workspace, file: Path, adopt_into: str | None = None) -> dict[str, Any]:
    """Take up the enrolment a ticket offers; hand work done before over to a grid when one is named.

    Returns:
        `{"officer": id, "device": id, "grids": [codes]}`, as an enrolment over the network.

    Raises:
        UserProblem: `ticket_not_a_ticket`, `ticket_damaged`, `bundle_format_unknown`, `bundle_suite_unknown`,
            `sync_enrolled_already`, `sync_grid_not_granted` (the enrolment itself then holds).
        EnvironmentProblem: `bundle_not_read`.
    """
    ticket = read_ticket_file(_content(file))
    answer = EnrolAnswer(
        workspace.device.id, workspace.device.code, "", ticket.generation, utc_now(), ticket.scope, ticket.keys
    )
    return accept(workspace, ticket.server_url or "", answer, new_signing_key(), adopt_into, pending_code=ticket.code)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > TICKET_BYTES:
            raise UserProblem("ticket_not_a_ticket")
        return file.read_bytes()
    except OSError as error:
        raise EnvironmentProblem("bundle_not_read", reason=error.strerror or type(error).__name__) from error
