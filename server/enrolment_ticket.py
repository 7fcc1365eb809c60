"""Enrolment where there is no network: a ticket goes to the laptop, its code comes back with the first bundle."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from desktop.sync.wire import container
from desktop.sync.wire.bundle_file import Manifest
from desktop.sync.wire.messages import EnrolRequest, OfficerScope
from desktop.sync.wire.ticket_file import Ticket, ticket_file
from server.accounts import actor_of
from server.bundle_log import Signer
from server.centre_keys import SecretKeys
from server.enrolment import new_code
from server.generation import generation_of
from server.officers import grids_of


class NewTicket(NamedTuple):
    """A ticket's file, and when its code expires (UTC)."""

    file: bytes
    expires: str


def new_ticket(connection: Connection, keys: SecretKeys, account_id: str, days: int, url: str | None) -> NewTicket:
    """A fresh code for an officer, with all a laptop has to know.

    Args:
        days: how long the code is good; up to 7, since a stick takes its time.
        url: where the server can be reached, should there be a network one day.

    Raises:
        UserProblem: `server_role_without_device`, `server_code_days`.
    """
    code, expires = new_code(connection, account_id, days)
    actor = actor_of(connection, account_id)
    grids = grids_of(connection, actor)
    scope = OfficerScope(actor.account_id, actor.name, actor.role.value, grids, actor.scope_version)
    generation = generation_of(connection)
    ticket = Ticket(container.FORMAT, container.SUITE, code, expires, url, generation, scope, keys.public)
    return NewTicket(ticket_file(ticket, keys.signing_key), expires)


def enrolment_in(manifest: Manifest, signer: Signer | None) -> EnrolRequest | None:
    """What a bundle brings to enrol its device; nothing where the centre knows the device by that very key."""
    request = manifest.enrolment
    if request is None or request.public_key is None or request.device_id != manifest.device:
        return None
    return request if signer is None or signer.public_key != request.public_key else None
