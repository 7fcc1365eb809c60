"""The enrolment ticket, `.zqe`: a code and all a laptop has to know to work for a centre it never reaches (SEC-13).

    header │ signature │ JSON

As secret as the code it holds. The signature shows damage; whom the centre is comes from the hand that gives the file.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from desktop.models.problems import UserProblem
from desktop.sync.wire import container, signing
from desktop.sync.wire.batch_body import canonical
from desktop.sync.wire.messages import CentreKeys, Id, OfficerScope

SUFFIX = ".zqe"
TICKET_BYTES = 1024**2


class Ticket(msgspec.Struct, frozen=True):
    """What enrolment over the network would have answered, but for a token. `server_url` where there is one as well.

    `expires` is UTC: when the centre stops taking the code.
    """

    format: int
    suite: int
    code: Annotated[str, Meta(max_length=64)]
    expires: str
    server_url: str | None
    generation: Id
    scope: OfficerScope
    keys: CentreKeys


def ticket_file(ticket: Ticket, signing_key: str) -> bytes:
    """The whole file."""
    body = canonical(ticket)
    return container.header(container.Kind.TICKET) + signing.sign(signing_key, signing.TICKET, body) + body


def read_ticket_file(content: bytes) -> Ticket:
    """The ticket in a file.

    Raises:
        UserProblem: `ticket_not_a_ticket`, `bundle_format_unknown`, `bundle_suite_unknown`, `ticket_damaged`.
    """
    container.require_header(content, container.Kind.TICKET)
    start = container.HEADER_BYTES + signing.SIGNATURE_BYTES
    signature, body = content[container.HEADER_BYTES : start], content[start:]
    try:
        ticket = msgspec.json.decode(body, type=Ticket)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise UserProblem("ticket_damaged") from error
    whole = signing.is_signed(ticket.keys.signed_by, signing.TICKET, body, signature)
    if not whole or (ticket.format, ticket.suite) != (container.FORMAT, container.SUITE):
        raise UserProblem("ticket_damaged")
    return ticket
