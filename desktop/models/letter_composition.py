"""Composes a letter from what a visit found, and says what still keeps a draft from being a good letter.

Pure: plain facts in, `LetterContent` out; the words come from `resources/templates/letter.toml`, the sentences of a
measure from the caller (answer, finding or catalogue, in that order of preference).

Source: letter_format, part B (content order and text rules).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec

from desktop.models.letter_content import DeadlineRow, LetterContent, LetterItem, LetterWording, Signer
from desktop.models.vocabulary import Result, VisitKind
from desktop.resource_paths import resource

PROBLEM_LIMIT = 120
ADVICE_LIMIT = 200
"""Characters of one problem and of one piece of advice, heading and citation not counted."""

SITUATION_FIGURES = (
    "staff_due",
    "staff_on_duty",
    "out_of_province",
    "observing",
    "dormitory_rooms",
    "dormitory_residents",
    "canteen_seats",
    "canteen_shifts",
)
"""Keys of the figures section 一 can print, in the order printed."""


POST = "健康指导员"
"""Post of a signer for whom none is given."""


class LetterSettings(msgspec.Struct, frozen=True):
    """What the office decides once: names, number prefix ("澄卫健指"), lines under 联系方式."""

    letterhead: str = ""
    issuer: str = ""
    contacts: tuple[str, ...] = ()
    receipt: bool = True


class Visited(msgspec.Struct, frozen=True):
    """Who went where, when and how. `persons` are post and name in the order printed; figures may be missing."""

    enterprise: str
    on: date
    kind: VisitKind
    persons: tuple[Signer, ...] = ()
    situation: Mapping[str, int | None] = {}


class Judged(msgspec.Struct, frozen=True):
    """One judged measure with its sentences. `owner` and the dates matter for `fail` and `partial` only.

    `fact` falls back to nothing: the caller passes the officer's words or the catalogue's. Headings default to
    the measure's title.
    """

    measure: str
    title: str
    result: Result
    fact: str = ""
    advice: str = ""
    heading: str = ""
    advice_heading: str = ""
    owner: str = ""
    due_on: date | None = None
    look_back_on: date | None = None


def compose_letter(
    visited: Visited,
    judged: Sequence[Judged],
    settings: LetterSettings,
    *,
    written_on: date,
    measures: int = 23,
    attachments: Iterable[str] = (),
    supersedes: str | None = None,
) -> LetterContent:
    """The draft letter for a visit: without number, dated `written_on`, one item per failed or partial measure.

    Args:
        visited: the visit; its figures named in `SITUATION_FIGURES`, unknown ones None or absent.
        judged: every answered measure in catalogue order.
        measures: how many measures the set has; those not in `judged` count as 未查.
        attachments: titles without number and full stop; only what is really attached.
        supersedes: number of the letter this one replaces.
    """
    template = _template()
    failed = [each for each in judged if each.result in (Result.FAIL, Result.PARTIAL)]
    items = tuple(_item(each) for each in failed)
    footer = [template["footer"]["notice"]]
    if items:
        footer.append(template["footer"]["measures"])
    if supersedes:
        footer.append(template["footer"]["supersedes"].format(number=supersedes))
    return LetterContent(
        letterhead=settings.letterhead,
        issuer=settings.issuer or settings.letterhead,
        number=None,
        title=template["title"].format(enterprise=visited.enterprise),
        addressee=visited.enterprise,
        opening=_opening(visited, judged, measures, bool(items)),
        issued_on=written_on,
        wording=letter_wording(),
        situation=_situation(visited.situation),
        items=items,
        deadlines=tuple(
            DeadlineRow(item.heading, each.owner, each.due_on, each.look_back_on)
            for item, each in zip(items, failed, strict=True)
        ),
        contacts=settings.contacts,
        attachments=tuple(attachments),
        signers=visited.persons,
        receipt=settings.receipt,
        footer=tuple(footer),
        supersedes=supersedes,
    )


def letter_wording() -> LetterWording:
    """The fixed words new letters are composed with."""
    return msgspec.convert(_template()["wording"], LetterWording)


def contact_line(name: str, phone: str, post: str = "") -> str:
    """One line of section 五 for a person or a unit: 健康指导员周砚秋，电话0999-0001208。"""
    words = _template()["contact"]
    pattern: str = words["person"] if post else words["unit"]
    return pattern.format(post=post, name=name, phone=phone)


def signer_from(line: str) -> Signer:
    """A signer as written on one line, post and name with a blank between; the name alone is enough."""
    post, _, name = " ".join(line.split()).rpartition(" ")
    return Signer(post or POST, name)


def signer_line(signer: Signer) -> str:
    """What `signer_from` reads."""
    return f"{signer.post} {signer.name}"


def chinese_date(day: date) -> str:
    """2020年2月8日: Arabic, full year, no leading zero. Source: GB/T 9704-2012, 成文日期."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """一 … 九十九, as used before 、 and in （）."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not 1 <= number <= 99:
        raise ValueError(number)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones or not tens else "")


def letter_number(prefix: str, year: int, serial: str) -> str:
    """澄卫健指〔2020〕15号: full year in U+3014 and U+3015, no 第, no leading zero."""
    return f"{prefix}〔{year}〕{serial}号"


BLOCKING_CHECKS = frozenset(
    {
        "letter_letterhead_missing",
        "letter_addressee_missing",
        "letter_title_missing",
        "letter_opening_missing",
        "letter_problem_missing",
        "letter_advice_missing",
        "letter_statutory_words",
        "letter_private_names",
        "letter_deadlines_differ",
    }
)
"""Codes of `letter_checks` that must be mended before the letter is issued; the others are advice."""


def letter_checks(content: LetterContent, private_names: Iterable[str] = ()) -> list[str]:
    """Codes of what is missing or wrong in the letter, worst first and each once; [] when it is fit to be issued.

    `private_names`: names that may not appear, such as those of employees with fever.
    """
    missing = [
        ("letter_letterhead_missing", content.letterhead),
        ("letter_addressee_missing", content.addressee),
        ("letter_title_missing", content.title),
        ("letter_opening_missing", content.opening),
    ]
    codes = [code for code, text in missing if not text.strip()]
    items = content.items
    texts = _own_words(content)
    statutory = _template()["words_not_used"]["statutory"]
    found: list[tuple[str, bool]] = [
        ("letter_problem_missing", any(not item.fact.strip() for item in items)),
        ("letter_advice_missing", any(not item.advice.strip() for item in items)),
        ("letter_deadlines_differ", bool(content.deadlines) and len(content.deadlines) != len(items)),
        ("letter_statutory_words", any(word in text for text in texts for word in statutory)),
        ("letter_private_names", any(name and name in text for text in texts for name in private_names)),
        ("letter_problem_too_long", any(len(item.fact) > PROBLEM_LIMIT for item in items)),
        ("letter_advice_too_long", any(len(item.advice) > ADVICE_LIMIT for item in items)),
        ("letter_owner_missing", any(not row.person.strip() for row in content.deadlines)),
        ("letter_deadline_missing", any(row.due_on is None for row in content.deadlines)),
        ("letter_deadline_past", any(row.due_on and row.due_on < content.issued_on for row in content.deadlines)),
        ("letter_no_problem", not items),
        ("letter_contact_missing", not content.contacts),
        ("letter_signer_missing", not content.signers),
        ("letter_number_form", content.number is not None and not _NUMBER.fullmatch(content.number)),
    ]
    return codes + [code for code, wrong in found if wrong]


_NUMBER = re.compile(r"[^〔〕\s]+〔\d{4}〕(?!0\d)[^〔〕第\s]+号")


@cache
def _template() -> dict[str, Any]:
    with resource("templates", "letter.toml").open("rb") as file:
        return tomllib.load(file)


def _item(judged: Judged) -> LetterItem:
    return LetterItem(
        measure=judged.measure,
        heading=judged.heading or judged.title,
        fact=_tidy(judged.fact),
        advice_heading=judged.advice_heading or judged.title,
        advice=_tidy(judged.advice),
    )


def _tidy(text: str) -> str:
    """The text on one line, without the blanks between 汉字 and figures that a screen shows and paper does not."""
    return _BLANK_BESIDE_HAN.sub("", " ".join(text.split()))


_HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—"
_BLANK_BESIDE_HAN = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")


def _opening(visited: Visited, judged: Sequence[Judged], measures: int, advised: bool) -> str:
    words: dict[str, str] = _template()["opening"]
    persons = "、".join(person.post + person.name for person in visited.persons) or words["nobody"]
    counts = [(str(result), sum(each.result is result for each in judged)) for result in Result]
    counts.append(("unchecked", max(0, measures - len(judged))))
    parts = "、".join(words[name].format(n=count) for name, count in counts if count)
    text = words[visited.kind].format(date=chinese_date(visited.on), persons=persons)
    if judged:
        text += words["checked"].format(total=measures) + words["among"].format(counts=parts)
    return text + words["with_advice" if advised else "without_advice"]


def _situation(figures: Mapping[str, int | None]) -> tuple[str, ...]:
    words: dict[str, str] = _template()["situation"]
    parts = [words[key].format(n=figures[key]) for key in SITUATION_FIGURES if figures.get(key) is not None]
    return ("；".join(parts) + "。",) if parts else ()


def _own_words(content: LetterContent) -> list[str]:
    """Every text of the letter but the fixed notices at its foot, which name what the letter is not."""
    texts = [content.title, content.opening, *content.situation, *content.contacts, *content.attachments]
    for item in content.items:
        texts += [item.heading, item.fact, item.advice_heading, item.advice]
    return texts
