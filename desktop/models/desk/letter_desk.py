"""Letters from draft to issue. A draft is composed from a visit and edited; issuing freezes it for ever.

At issue the number is taken, the pages are drawn from the frozen content, the bytes are kept by their hash, and the
row is written: one transaction. Replacing an issued letter makes another letter that names it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import msgspec
from sqlalchemy import select

from desktop.models.desk.checklists import set_named
from desktop.models.desk.visit_sheet import VisitSheet, visit_sheet
from desktop.models.device.number_series import next_number
from desktop.models.device.settings_table import keep_setting, setting
from desktop.models.device.unit_of_work import ReadSession, UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.durable_file import plain_name, write_aside
from desktop.models.identity import new_id, utc_now
from desktop.models.letter_composition import (
    BLOCKING_CHECKS,
    POST,
    Judged,
    LetterSettings,
    Visited,
    compose_letter,
    letter_checks,
    letter_number,
)
from desktop.models.letter_content import LetterContent, Signer, content_bytes, content_from, numbered
from desktop.models.problems import StorageProblem, UserProblem
from desktop.models.records.attachments import Attachment
from desktop.models.records.enterprises import Enterprise
from desktop.models.records.letters import Letter
from desktop.models.vocabulary import LetterState, Result, VisitKind

_SETTINGS = "letter"
_LETTERHEAD = "复工复产健康指导组"
_PREFIX = "健指"
_EDITED = ("opening", "situation", "items", "deadlines", "contacts", "signers", "layout")
"""What an officer writes in a letter, and a replacement begins with."""


class Drawn(Protocol):
    """What drawing a letter gives: the file, its pages, the SHA-256 of its bytes."""

    @property
    def pdf(self) -> bytes: ...
    @property
    def pages(self) -> int: ...
    @property
    def sha256(self) -> str: ...


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What the office prints on every letter."""

    letterhead: str = _LETTERHEAD
    issuer: str = ""
    prefix: str = _PREFIX
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list; `issued_on` is a local day."""

    id: str
    visit_id: str
    enterprise: str
    state: str
    number: str | None
    issued_on: str | None
    pages: int | None
    sha256: str | None
    supersedes_id: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter with its content and the codes of what is still missing (`letter_checks`)."""

    row: LetterRow
    content: LetterContent
    checks: tuple[str, ...]


def office_settings(workspace: Workspace) -> OfficeSettings:
    """The office's texts as set on this device."""
    with workspace.read() as session:
        return msgspec.convert(setting(session, _SETTINGS, {}), OfficeSettings)


def keep_office_settings(workspace: Workspace, office: OfficeSettings) -> None:
    """Set the office's texts; letters already composed keep theirs."""
    with workspace.write() as session:
        keep_setting(session, _SETTINGS, msgspec.to_builtins(office))


def letters(workspace: Workspace, visit_id: str | None = None) -> list[LetterRow]:
    """Letters, newest first; of one visit or of all."""
    with workspace.read() as session:
        query = select(Letter, Enterprise.name).join(Enterprise, Enterprise.id == Letter.enterprise_id)
        if visit_id is not None:
            query = query.where(Letter.visit_id == visit_id)
        found = session.execute(query.where(Letter.deleted_at.is_(None)).order_by(Letter.id.desc()))
        return [_row(letter, name) for letter, name in found]


def letters_of_enterprise(session: ReadSession, enterprise_id: str) -> list[LetterRow]:
    """An enterprise's letters, newest first."""
    found = session.execute(
        select(Letter, Enterprise.name)
        .join(Enterprise, Enterprise.id == Letter.enterprise_id)
        .where(Letter.enterprise_id == enterprise_id, Letter.deleted_at.is_(None))
        .order_by(Letter.id.desc())
    )
    return [_row(each, name) for each, name in found]


def letter(workspace: Workspace, letter_id: str) -> LetterDraft:
    """One letter with its content.

    Raises:
        UserProblem: `letter_unknown`.
    """
    with workspace.read() as session:
        found = session.get(Letter, letter_id)
        if found is None:
            raise UserProblem("letter_unknown", letter=letter_id)
        name = session.get_one(Enterprise, found.enterprise_id).name
        content = _content(found.content)
        return LetterDraft(_row(found, name), content, tuple(letter_checks(content)))


def draft_letter(workspace: Workspace, visit_id: str) -> LetterDraft:
    """The visit's letter: the draft begun or the letter issued before, else a new draft composed from the visit."""
    standing = [row for row in letters(workspace, visit_id) if row.state != LetterState.VOID]
    if standing:
        return letter(workspace, standing[0].id)
    sheet = visit_sheet(workspace, visit_id)
    return letter(workspace, _store_draft(workspace, sheet, composed(workspace, sheet), None, None))


def composed(workspace: Workspace, sheet: VisitSheet, supersedes: str | None = None) -> LetterContent:
    """What the visit's answers and findings say, in the form of a letter; stores nothing."""
    office = office_settings(workspace)
    measure_set = set_named(workspace, sheet.measure_set)
    judged = []
    for measure in measure_set.measures:
        answer = sheet.answers.get(measure.code)
        if answer is None:
            continue
        finding = sheet.findings.get(measure.code)
        judged.append(
            Judged(
                measure=measure.code,
                title=measure.title.zh,
                result=Result(answer.result),
                heading=finding.title if finding else "",
                fact=(finding.fact if finding else answer.note) or "",
                advice=(finding.advice if finding else "") or "",
                owner=(finding.responsible if finding else "") or "",
                due_on=_day(finding.due_on) if finding else None,
                look_back_on=_day(finding.look_back_on) if finding else None,
            )
        )
    persons = (Signer(POST, sheet.officer_name),) if sheet.officer_name else ()
    visited = Visited(
        enterprise=sheet.enterprise.name,
        on=date.fromisoformat(sheet.visited_on),
        kind=VisitKind(sheet.kind),
        persons=persons,
        situation={name: value for name, value in sheet.situation.items() if isinstance(value, int)},
    )
    settings = LetterSettings(letterhead=office.letterhead, issuer=office.issuer, contacts=office.contacts)
    return compose_letter(
        visited,
        judged,
        settings,
        written_on=date.fromisoformat(sheet.visited_on),
        measures=len(measure_set.measures),
        supersedes=supersedes,
    )


def save_draft(workspace: Workspace, letter_id: str, content: LetterContent) -> LetterDraft:
    """Keep the officer's edits of a draft.

    Raises:
        UserProblem: `letter_issued` when the letter is frozen.
    """
    with workspace.write() as session:
        row = _draft(session, letter_id)
        row.content = msgspec.json.decode(content_bytes(content))
    return letter(workspace, letter_id)


def issue_letter(workspace: Workspace, letter_id: str, draw: Callable[[LetterContent], Drawn]) -> LetterRow:
    """Freeze a draft: number, pages and hash are given once and never change. An issued letter stays as it is.

    Raises:
        UserProblem: the first blocking code of `letter_checks`; `letter_replaced` when the letter it should replace
            was replaced by another one.
        StorageProblem: `file_not_written`; nothing was issued.
    """
    with workspace.write() as session:
        row = session.get(Letter, letter_id)
        if row is None:
            raise UserProblem("letter_unknown", letter=letter_id)
        name = session.get_one(Enterprise, row.enterprise_id).name
        if row.state != LetterState.DRAFT:
            return _row(row, name)
        content = _content(row.content)
        blocking = [code for code in letter_checks(content) if code in BLOCKING_CHECKS]
        if blocking:
            raise UserProblem(blocking[0])
        old = session.get_one(Letter, row.supersedes_id) if row.supersedes_id else None
        if old is not None and old.state != LetterState.ISSUED:
            raise UserProblem("letter_replaced", number=old.number)
        content = numbered(content, _take_number(session, workspace, content.issued_on.year), content.issued_on)
        drawn = draw(content)
        digest = _keep_bytes(workspace, content.number or "", drawn.pdf)
        row.content = msgspec.json.decode(content_bytes(content))
        row.state, row.number = LetterState.ISSUED, content.number
        row.issued_on, row.issued_at = content.issued_on.isoformat(), utc_now()
        row.pages, row.sha256 = drawn.pages, digest
        session.add(
            Attachment(
                id=new_id(),
                grid_id=row.grid_id,
                owner_table="letters",
                owner_id=row.id,
                purpose="letter",
                sha256=digest,
                size=len(drawn.pdf),
                media_type="application/pdf",
                title=content.number,
            )
        )
        if old is not None:
            old.state, old.reason = LetterState.VOID, row.reason
        session.flush()
        return _row(row, name)


def reissue_letter(workspace: Workspace, letter_id: str, reason: str) -> LetterDraft:
    """Begin the letter that will replace an issued one; the old one stands until the new one is issued.

    It has the texts of the old one under today's date; name and letterhead are those of now. A replacement begun
    before is gone on with.

    Raises:
        UserProblem: `letter_not_issued`, or `letter_reason_missing`.
    """
    old = letter(workspace, letter_id)
    if old.row.state != LetterState.ISSUED:
        raise UserProblem("letter_not_issued", letter=letter_id)
    if not reason.strip():
        raise UserProblem("letter_reason_missing")
    begun = [row for row in letters(workspace, old.row.visit_id) if row.supersedes_id == letter_id]
    if begun:
        return letter(workspace, begun[0].id)
    sheet = visit_sheet(workspace, old.row.visit_id)
    content = msgspec.structs.replace(
        composed(workspace, sheet, supersedes=old.row.number),
        issued_on=max(date.today(), old.content.issued_on),
        **{name: getattr(old.content, name) for name in _EDITED},
    )
    return letter(workspace, _store_draft(workspace, sheet, content, letter_id, reason.strip()))


def letter_pdf(workspace: Workspace, letter_id: str) -> bytes:
    """The bytes of an issued letter, as they were frozen.

    Raises:
        UserProblem: `letter_bytes_missing` when they are not on this device (issued elsewhere).
    """
    row = letter(workspace, letter_id).row
    content = workspace.attachments.get(row.sha256) if row.sha256 else None
    if content is None:
        raise UserProblem("letter_bytes_missing", number=row.number)
    return content


def _store_draft(
    workspace: Workspace, sheet: VisitSheet, content: LetterContent, supersedes_id: str | None, reason: str | None
) -> str:
    with workspace.write() as session:
        grid = session.get_one(Enterprise, sheet.enterprise.id).grid_id
        row = Letter(
            id=new_id(),
            grid_id=grid,
            enterprise_id=sheet.enterprise.id,
            visit_id=sheet.id,
            state=LetterState.DRAFT,
            content=msgspec.json.decode(content_bytes(content)),
            supersedes_id=supersedes_id,
            reason=reason,
        )
        session.add(row)
        return row.id


def _draft(session: UnitOfWork, letter_id: str) -> Letter:
    row = session.get(Letter, letter_id)
    if row is None:
        raise UserProblem("letter_unknown", letter=letter_id)
    if row.state != LetterState.DRAFT:
        raise UserProblem("letter_issued", number=row.number)
    return row


def _take_number(session: UnitOfWork, workspace: Workspace, year: int) -> str:
    """The next number of this device's own series: two laptops offline can never give the same."""
    prefix = setting(session, _SETTINGS, {}).get("prefix") or _PREFIX
    serial = next_number(session, f"letter/{year}")
    return letter_number(prefix, year, f"{workspace.device.code}-{serial}")


def _keep_bytes(workspace: Workspace, number: str, pdf: bytes) -> str:
    """Keep the file by its hash, and a copy under its number where a person finds it."""
    file = workspace.folder / "letters" / f"{plain_name(number)}.pdf"
    try:
        file.parent.mkdir(exist_ok=True)
        write_aside(file, pdf)
        return workspace.attachments.put(pdf)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StorageProblem("file_not_written", file=file.name, reason=reason) from error


def _content(stored: dict[str, Any]) -> LetterContent:
    return content_from(msgspec.json.encode(stored))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _row(row: Letter, enterprise: str) -> LetterRow:
    return LetterRow(
        row.id, row.visit_id, enterprise, row.state, row.number, row.issued_on, row.pages, row.sha256,
        row.supersedes_id, row.reason,
    )  # fmt: skip
