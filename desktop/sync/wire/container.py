"""The first twelve bytes of a file that travels by hand: what it is, in which format, under which suite (SEC-44).

They are the only part outside the encryption, and repeated inside it, under the signature.
"""

from __future__ import annotations

import struct
from enum import Enum

from desktop.models.problems import UserProblem

FORMAT = 1

SUITE = 1
SUITES = {1: "age (X25519, ChaCha20-Poly1305), Ed25519, SHA-256, zstd"}
"""Every suite of algorithms this program can open. A new one gets a new number; a number never changes its meaning."""

_HEADER = struct.Struct(">8sHH")
HEADER_BYTES = _HEADER.size


class Kind(Enum):
    """What a file is. The marks show, like that of a PNG, whether a transfer treated the file as text."""

    BUNDLE = b"\x89ZQB\r\n\x1a\n"
    RECEIPT = b"\x89ZQR\r\n\x1a\n"
    TICKET = b"\x89ZQE\r\n\x1a\n"


_REFUSALS = {
    Kind.BUNDLE: "bundle_not_a_bundle",
    Kind.RECEIPT: "bundle_not_a_receipt",
    Kind.TICKET: "ticket_not_a_ticket",
}


def header(kind: Kind) -> bytes:
    """The first bytes of a new file."""
    return _HEADER.pack(kind.value, FORMAT, SUITE)


def require_header(content: bytes, kind: Kind) -> None:
    """Refuse a file that is something else, or that this program cannot know how to open.

    Args:
        content: the first `HEADER_BYTES` of the file, or fewer where there are no more.

    Raises:
        UserProblem: `bundle_not_a_bundle`, `bundle_not_a_receipt`, `ticket_not_a_ticket`, `bundle_format_unknown`,
            `bundle_suite_unknown`.
    """
    if len(content) < HEADER_BYTES or not content.startswith(kind.value):
        raise UserProblem(_REFUSALS[kind])
    _, found, suite = _HEADER.unpack(content[:HEADER_BYTES])
    if found != FORMAT:
        raise UserProblem("bundle_format_unknown", found=found, known=FORMAT)
    if suite not in SUITES:
        raise UserProblem("bundle_suite_unknown", found=suite)
