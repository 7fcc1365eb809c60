"""The receipt of a bundle, `.zqr`: what the centre answered, signed by it.

    header │ signature │ zstd( JSON )

Not encrypted: it holds ids, states and codes, never a value of a record.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from desktop.models.problems import UserProblem
from desktop.sync.wire import container, signing
from desktop.sync.wire.batch_body import canonical, packed, unpacked
from desktop.sync.wire.bundle_file import Hash
from desktop.sync.wire.messages import Id, Receipt

SUFFIX = ".zqr"
RECEIPT_BYTES = 256 * 1024**2
"""Largest receipt read, unpacked: 200,000 results and what goes with them."""

APPLIED = "applied"
QUARANTINED = "quarantined"


class EnrolledDevice(msgspec.Struct, frozen=True):
    """The device's code among all of the centre, and the key it is known by there."""

    device_code: str
    public_key: str


class BundleReceipt(msgspec.Struct, frozen=True):
    """The answer to one bundle; a newer centre may say more than an older laptop knows.

    `bundle` is its id, `sequence` its number, `known_generation` the generation it named. `counter` rises with every
    receipt this device gets within one generation. `outcome` is `applied` (every operation is answered) or
    `quarantined` (put aside unopened for the reason `code`; nothing is answered). `kept` names photos that arrived and
    the grids that hold them, `refused` the others with the code of the reason. `enrolled` says that the bundle's own
    enrolment was taken.
    """

    format: int
    suite: int
    device: Id
    bundle: Hash
    sequence: int
    known_generation: str
    generation: str
    counter: Annotated[int, Meta(ge=1)]
    made_at: str
    outcome: str
    code: str | None
    receipts: list[Receipt]
    kept: dict[Hash, list[str]]
    refused: dict[Hash, str]
    enrolled: EnrolledDevice | None = None


def encoded(receipt: BundleReceipt) -> bytes:
    """The receipt as it is signed; equal receipts give equal bytes."""
    return packed([canonical(receipt)])


def decoded(body: bytes) -> BundleReceipt:
    """The receipt of an encoded one.

    Raises:
        UserProblem: `bundle_receipt_refused` when it is none.
    """
    try:
        receipt = msgspec.json.decode(unpacked(body, "zstd", RECEIPT_BYTES), type=BundleReceipt)
    except (UserProblem, msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise UserProblem("bundle_receipt_refused") from error
    if (receipt.format, receipt.suite) != (container.FORMAT, container.SUITE):
        raise UserProblem("bundle_receipt_refused")
    return receipt


def signed_file(body: bytes, signing_key: str) -> bytes:
    """The whole file around an encoded receipt."""
    return container.header(container.Kind.RECEIPT) + signing.sign(signing_key, signing.RECEIPT, body) + body


def read_signed_file(content: bytes, public_key: str) -> BundleReceipt:
    """What the centre with this key answered.

    Raises:
        UserProblem: `bundle_not_a_receipt`, `bundle_format_unknown`, `bundle_suite_unknown`,
            `bundle_receipt_refused` when it is damaged or another centre's.
    """
    container.require_header(content, container.Kind.RECEIPT)
    start = container.HEADER_BYTES + signing.SIGNATURE_BYTES
    signature, body = content[container.HEADER_BYTES : start], content[start:]
    if not signing.is_signed(public_key, signing.RECEIPT, body, signature):
        raise UserProblem("bundle_receipt_refused")
    return decoded(body)
