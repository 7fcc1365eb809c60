"""Which bundles were brought, from which device, and the receipt each got; and by which key a device is known."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from desktop.sync.wire.bundle_file import Manifest
from desktop.sync.wire.receipt_file import APPLIED, QUARANTINED, BundleReceipt, decoded, encoded
from server import audit
from server.generation import generation_of
from server.tables import bundles_received, devices


class Signer(NamedTuple):
    """An enrolled device: whose, its code, what it signs with (nothing: it never said), and whether it was revoked."""

    account_id: str
    code: str
    public_key: str | None
    revoked: bool


class ReceivedBundle(NamedTuple):
    """One line of the list an administrator sees; moments are UTC."""

    device_id: str
    bundle_id: str
    account_id: str
    sequence: int
    received_at: str
    operations: int
    attachments: int
    outcome: str
    code: str | None


def signer(connection: Connection, device_id: str) -> Signer | None:
    """The device of this id, if it was ever enrolled."""
    row = connection.execute(
        select(devices.c.account_id, devices.c.code, devices.c.public_key, devices.c.revoked_at).where(
            devices.c.id == device_id
        )
    ).one_or_none()
    return Signer(row.account_id, row.code, row.public_key, row.revoked_at is not None) if row else None


def receipt_given(connection: Connection, device_id: str, bundle_id: str) -> BundleReceipt | None:
    """The receipt this bundle got before."""
    found = connection.scalar(
        select(bundles_received.c.receipt).where(
            bundles_received.c.device_id == device_id, bundles_received.c.bundle_id == bundle_id
        )
    )
    return decoded(found) if found is not None else None


def keep(connection: Connection, account_id: str, manifest: Manifest, draft: BundleReceipt) -> BundleReceipt:
    """Give a receipt its generation and its number among all of its device, keep it and return it.

    What another import has kept meanwhile stands. A bundle that was put aside and is now taken in gets a new receipt.
    """
    connection.execute(select(devices.c.id).where(devices.c.id == draft.device).with_for_update())
    before = receipt_given(connection, draft.device, draft.bundle)
    if before is not None and before.outcome in (APPLIED, draft.outcome):
        return before
    of_device = bundles_received.c.device_id == draft.device
    last: int | None = connection.scalar(select(func.max(bundles_received.c.counter)).where(of_device))
    receipt = msgspec.structs.replace(draft, generation=generation_of(connection), counter=(last or 0) + 1)
    connection.execute(delete(bundles_received).where(of_device, bundles_received.c.bundle_id == draft.bundle))
    connection.execute(
        insert(bundles_received).values(
            device_id=draft.device, bundle_id=draft.bundle, account_id=account_id, sequence=draft.sequence,
            previous=manifest.previous, made_at=manifest.made_at, received_at=draft.made_at,
            operations=manifest.operations, attachments=len(manifest.attachments), outcome=draft.outcome,
            code=draft.code, counter=receipt.counter, receipt=encoded(receipt),
        )
    )  # fmt: skip
    audit.note(
        connection, "import_bundle", "device", draft.device, by=None, device=draft.device,
        detail=f"{draft.sequence} {draft.outcome}",
    )  # fmt: skip
    return receipt


def quarantined(connection: Connection, most: int = 200) -> list[ReceivedBundle]:
    """Bundles that were put aside and not taken in since, newest first."""
    columns = [bundles_received.c[name] for name in ReceivedBundle._fields]
    rows = connection.execute(
        select(*columns)
        .where(bundles_received.c.outcome == QUARANTINED)
        .order_by(bundles_received.c.received_at.desc())
        .limit(most)
    )
    return [ReceivedBundle(*row) for row in rows]
