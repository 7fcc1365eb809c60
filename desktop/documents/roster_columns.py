"""Which column of a roster holds which field: by the labels people use, and by mappings somebody corrected.

The labels are data (`resources/roster/columns.toml`). A corrected mapping is kept for a header's fingerprint, so the
same form is read the same way next time.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from desktop.models.roster_rows import ColumnMapping
from desktop.resource_paths import resource

SERIAL = "serial"
ENTERPRISES, STAFF = "columns", "staff_columns"
"""The forms: which labels a header is looked through for."""
_LONGEST_PATTERN_LABEL = 20
_BRACKETS = re.compile(r"[(\[【〔<《][^()\[\]【】〔〕<>《》]*[)\]】〕>》]")
_DECORATION = re.compile(r"^[*★☆※#]+|[*★☆※:。.]+$")


@dataclass(frozen=True)
class Guess:
    """A field for a label, how it was found, and how good the label is for it (0 is best)."""

    field: str
    found_by: str
    rank: int


@dataclass(frozen=True)
class Labels:
    """The known labels: exact ones with their field and rank, and a pattern for each field."""

    exact: Mapping[str, tuple[str, int]]
    patterns: Sequence[tuple[re.Pattern[str], str]]


@cache
def known_labels(form: str = ENTERPRISES) -> Labels:
    """The labels of a form: `columns.toml` for enterprises, `staff_columns.toml` for people."""
    with resource("roster", f"{form}.toml").open("rb") as file:
        data = tomllib.load(file)
    exact = {plain(label): (name, rank) for name, each in data.items() for rank, label in enumerate(each["exact"])}
    return Labels(exact, [(re.compile(each["pattern"]), name) for name, each in data.items()])


def plain(label: object) -> str:
    """A label without blanks, stars and width, in small letters; brackets stay."""
    text = unicodedata.normalize("NFKC", str(label))
    return _DECORATION.sub("", "".join(text.split())).lower()


@lru_cache(4096)
def guess(label: str, group: str = "", form: str = ENTERPRISES) -> Guess | None:
    """The field a label names; `group` is the merged label above it, for columns like 联系人 / 电话."""
    for text in (plain(group + label), plain(label)) if group else (plain(label),):
        found = _exact(text, form)
        if found:
            return found
    text = plain(label)
    if text and len(text) <= _LONGEST_PATTERN_LABEL:
        for pattern, name in known_labels(form).patterns:
            if pattern.search(text):
                return Guess(name, "pattern", 1000)
    return None


def _exact(text: str, form: str) -> Guess | None:
    known = known_labels(form).exact
    for form in (text, _BRACKETS.sub("", text)):
        if form in known:
            name, rank = known[form]
            return Guess(name, "synonym", rank)
    return None


def fields_of(labels: Sequence[tuple[str, str]], form: str = ENTERPRISES) -> list[tuple[str, str]]:
    """(field, found by) of every column, each field once: the better label wins, then the one further left.

    Args:
        labels: (label, label of the group above it or "") of every column.
    """
    guesses = [guess(label, group, form) for label, group in labels]
    best: dict[str, int] = {}
    for index, each in enumerate(guesses):
        if each and (each.field not in best or each.rank < _rank(guesses[best[each.field]])):
            best[each.field] = index
    return [
        (each.field, each.found_by) if each and best[each.field] == index else ("", "")
        for index, each in enumerate(guesses)
    ]


def fingerprint(labels: Sequence[str]) -> str:
    """The same for every file whose header has these labels in this order."""
    return hashlib.sha256("\n".join(map(plain, labels)).encode()).hexdigest()[:32]


def apply_mapping(mapping: ColumnMapping, labels: Sequence[str]) -> list[tuple[str, str]] | None:
    """(field, "kept") of every column, or None when the mapping is not for this header."""
    if mapping.fingerprint != fingerprint(labels) or len(mapping.columns) != len(labels):
        return None
    return [(name, "kept" if name else "") for _, name in mapping.columns]


def column_letter(index: int) -> str:
    """A spreadsheet's name of the column with this index from 0: A … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _rank(found: Guess | None) -> int:
    return found.rank if found else 10_000
