"""The frozen inputs of a 专业建议书 (expert recommendation letter): all that its pages are drawn from.

A letter that was issued is drawn again from these alone, whatever the templates, the catalogue or the enterprise
have become since; so even the headings are here. Pure data: no database, no drawing. Texts are plain characters:
nothing in them is markup.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Literal

import msgspec

Layout = Literal["official", "correspondence"]
"""公文版式 with red letterhead, number and rule; 信函版式 with the double rules of official correspondence."""

CONTENT_FORM = 1
"""Number of this form of the inputs; stored with each letter."""


class LetterItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One problem and its one piece of advice: `measure` is the catalogue code ("M14"), headings end without a stop."""

    measure: str
    heading: str
    fact: str
    advice_heading: str
    advice: str


class DeadlineRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of section 四; a date that was not agreed is None and prints as a dash."""

    problem: str
    person: str
    due_on: date | None = None
    look_back_on: date | None = None


class Signer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs by hand: post (健康指导员) and name."""

    post: str
    name: str


class LetterWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fixed words of the form, from `resources/templates/letter.toml` at the time of composing."""

    situation: str
    problems: str
    advice: str
    deadlines: str
    contacts: str
    citation: str
    table_heads: tuple[str, str, str, str, str]
    attachment: str
    draft_number: str
    signature: str
    seal_place: str
    verification: str
    receipt_title: str
    receipt_fields: tuple[str, str, str, str]
    subject: str


class LetterContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A whole letter; empty texts and empty tuples are left out of the page.

    Defaults are not written, so a field added later leaves the hash of letters already issued as it is.
    """

    letterhead: str
    issuer: str
    number: str | None
    title: str
    addressee: str
    opening: str
    issued_on: date
    wording: LetterWording
    situation: tuple[str, ...] = ()
    items: tuple[LetterItem, ...] = ()
    deadlines: tuple[DeadlineRow, ...] = ()
    contacts: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    receipt: bool = True
    footer: tuple[str, ...] = ()
    supersedes: str | None = None
    layout: Layout = "official"
    form: int = CONTENT_FORM


def content_bytes(content: LetterContent) -> bytes:
    """Canonical JSON (UTF-8, keys sorted): the same content is the same bytes on every device."""
    return msgspec.json.encode(content, order="sorted")


def content_from(stored: bytes | str) -> LetterContent:
    """The content that `content_bytes` wrote; raises `msgspec.ValidationError` for anything else."""
    return msgspec.json.decode(stored, type=LetterContent)


def content_hash(content: LetterContent) -> str:
    """SHA-256 of the canonical JSON as 64 hexadecimal digits; printed in the letter's QR code."""
    return hashlib.sha256(content_bytes(content)).hexdigest()


def verification_text(content: LetterContent) -> str | None:
    """What the QR code says: form, number and hash of the content; None for a draft, which has no number."""
    if content.number is None:
        return None
    return f"ZHUQI-LETTER-{content.form}\n{content.number}\n{content_hash(content)}"


def numbered(content: LetterContent, number: str, issued_on: date) -> LetterContent:
    """The draft as it is issued: its number and its date filled in."""
    return msgspec.structs.replace(content, number=number, issued_on=issued_on)
