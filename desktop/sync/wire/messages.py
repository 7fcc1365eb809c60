"""The messages on the wire, typed. Written by hand, not derived from tables: laptops lag behind the server.

What a client sends is read strictly (unknown fields are refused); what the server answers may grow fields that an
older client does not know. What comes by the thousand is hidden from the garbage collector (`gc=False`): it holds JSON
values only, which cannot refer back to it.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from desktop.models.vocabulary import OperationKind, OperationStatus
from desktop.sync.wire.protocol import HELD_HASHES, Limits

Id = Annotated[str, Meta(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", max_length=36)]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", max_length=64)]
Moment = Annotated[
    str, Meta(pattern=r"^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]{1,3})?Z$")
]


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One edit of one row: changed fields only. Officer and device come from the token, never from here."""

    op_id: Id
    table: Annotated[str, Meta(max_length=30)]
    row_id: Id
    grid_id: Id
    kind: OperationKind
    fields: dict[str, Any]
    base_version: Annotated[int, Meta(ge=0, lt=2**31)]
    edited_at: Moment


class OperationResult(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The server's answer to one operation; `version` is the row's after it, `field` names what is wrong."""

    op_id: str
    status: OperationStatus
    version: int | None = None
    code: str | None = None
    field: str | None = None
    message: str | None = None


class Receipt(msgspec.Struct, frozen=True):
    """The answer to a batch: one result per operation in their order; `sequences` maps grid ids to their clocks."""

    batch_id: str
    generation: str
    results: list[OperationResult]
    counts: dict[str, int]
    sequences: dict[str, int]
    digest: str


class GridScope(msgspec.Struct, frozen=True):
    """One grid the officer may work in; `sequence` is its clock, where the server says it."""

    id: str
    code: str
    name: str
    sequence: int | None = None


class OfficerScope(msgspec.Struct, frozen=True):
    """Who the token belongs to and what he may see; `version` rises whenever a grid is granted or taken away."""

    officer: str
    name: str
    role: str
    grids: list[GridScope]
    version: int


class CentreKeys(msgspec.Struct, frozen=True):
    """The centre's public keys: what bundles are sealed to (age) and what their receipts are signed by (Ed25519)."""

    recipient: Annotated[str, Meta(pattern="^age1[0-9a-z]{50,190}$")]
    signed_by: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Hello(msgspec.Struct, frozen=True):
    """What the server says before anything is exchanged. `time` is its clock, UTC; `keys` are for bundles.

    `token` replaces the device's own from the next hello on; the one used for this hello stays good for this run.
    """

    protocol_oldest: int
    protocol_newest: int
    schema: str
    generation: str
    time: str
    limits: Limits
    scope: OfficerScope
    catalogue: str | None = None
    token: str | None = None
    keys: CentreKeys | None = None


class EnrolRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A device asks to belong to the officer whose code it holds. `device_code` is the code it has used so far.

    `public_key` is what its bundles will be signed by (Ed25519).
    """

    code: Annotated[str, Meta(max_length=64)]
    device_id: Id
    device_code: Annotated[str, Meta(pattern="^[0-9A-Z]{2,8}$")]
    device_name: Annotated[str, Meta(max_length=80)] = ""
    public_key: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None = None


class EnrolAnswer(msgspec.Struct, frozen=True):
    """The device's token (shown once), its code among all devices of the server, and the officer's scope.

    `keys` are for bundles.
    """

    device: str
    device_code: str
    token: str
    generation: str
    time: str
    scope: OfficerScope
    keys: CentreKeys | None = None


class Change(msgspec.Struct, frozen=True, gc=False):
    """One row as it now stands at the centre; `sequence` is its place in its grid's history."""

    table: str
    id: str
    grid_id: str
    version: int
    sequence: int
    edited_at: str
    edited_by: str | None
    deleted_at: str | None
    fields: dict[str, Any]


class PageCursor(msgspec.Struct, frozen=True):
    """The last line of a page: where the next one begins, and whether there is more."""

    grid_id: str
    sequence: int
    more: bool
    generation: str
    scope_version: int


class PageEnd(msgspec.Struct, frozen=True):
    """The line that closes a page; a page without it was cut off and counts for nothing."""

    cursor: PageCursor


class RowSum(NamedTuple):
    """How many rows, and the sum of their terms (0 to 2^64 - 1); `[rows, digest]` on the wire."""

    rows: int
    digest: int


class DigestAnswer(msgspec.Struct, frozen=True):
    """Sums of a grid's rows at a number of its clock, by table, or by bucket where one table was asked for."""

    grid_id: str
    sequence: int
    sums: dict[str, RowSum]


class AttachmentAnswer(msgspec.Struct, frozen=True):
    """The server holds this many bytes under this hash, and has counted and hashed them itself."""

    sha256: str
    size: int


class FilesAnswer(msgspec.Struct, frozen=True):
    """What became of several files sent together, in their order: the code of a refusal, or nothing for one that the
    server has hashed itself and holds."""

    codes: list[str | None]


class HeldRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which of these files does a grid hold?"""

    grid_id: Id
    sha256: Annotated[list[Hash], Meta(max_length=HELD_HASHES)]


class HeldAnswer(msgspec.Struct, frozen=True):
    """Those it holds; the server has counted and hashed them itself."""

    sha256: list[str]


def counts_of(results: list[OperationResult]) -> dict[str, int]:
    """How many results there are of each status that occurs."""
    found = Counter([result.status for result in results])
    return {status.value: number for status, number in found.items()}
