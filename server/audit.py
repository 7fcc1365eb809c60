"""The audit of the office: who did what with accounts, devices and rights, and what was refused. Only ever added to.

Ids and codes of things, never a value of a record, a password, a code or a token (SEC-70, SEC-71).
"""

from __future__ import annotations

from sqlalchemy import Connection, insert

from desktop.models.identity import utc_now
from server.tables import audit_events

DONE, REFUSED = "done", "refused"


def note(
    connection: Connection,
    action: str,
    object_kind: str,
    object_id: str,
    *,
    by: str | None,
    device: str | None = None,
    detail: str = "",
    result: str = DONE,
) -> None:
    """Add an event, in the transaction of what it tells of.

    Args:
        action: what was done, e.g. `sign_in`, `grant`, `revoke_device`.
        object_kind: `account`, `device`, `sign_in`, `batch` or `operation`.
        by: id of the account that acted; nothing for a command at the server itself.
        detail: a code or an id that says more, such as the role given.
    """
    connection.execute(
        insert(audit_events).values(
            at=utc_now(), account_id=by, device_id=device, action=action, object_kind=object_kind, object_id=object_id,
            detail=detail[:120], result=result,
        )
    )  # fmt: skip
