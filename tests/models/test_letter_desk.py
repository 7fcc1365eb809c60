"""Letters from draft to issue."""

from __future__ import annotations

import hashlib
from datetime import date

import msgspec
import pytest
from sqlalchemy import text

from desktop.documents.letter_pdf import draw_letter
from desktop.models.desk.letter_desk import (
    OfficeSettings,
    draft_letter,
    issue_letter,
    keep_office_settings,
    letter,
    letter_pdf,
    letters,
    reissue_letter,
    save_draft,
)
from desktop.models.desk.visiting import AnswerEntry, record_answer
from desktop.models.desk.workspace_health import check
from desktop.models.device.workspace import Workspace
from desktop.models.letter_content import LetterContent, content_bytes
from desktop.models.problems import UserProblem
from desktop.models.records.letters import Letter
from desktop.models.vocabulary import Result
from tests.builders import answer_all, begin_visit


@pytest.fixture
def visit(workspace: Workspace, enterprise: str) -> str:
    started = begin_visit(workspace, enterprise)
    answer_all(workspace, started)
    record_answer(workspace, started, "M14", AnswerEntry(Result.FAIL, note="台账缺签名"))
    return started


def test_a_letter_is_composed_from_what_failed(workspace: Workspace, visit: str) -> None:
    draft = draft_letter(workspace, visit)
    assert [(item.measure, item.fact) for item in draft.content.items] == [("M14", "台账缺签名")]
    assert draft.content.items[0].advice
    assert draft.content.deadlines[0].person == "顾言"
    assert draft.content.number is None


def test_asking_again_gives_the_draft_with_its_edits(workspace: Workspace, visit: str) -> None:
    draft = draft_letter(workspace, visit)
    edited = msgspec.structs.replace(draft.content, opening="改写的开头。")
    save_draft(workspace, draft.row.id, edited)
    again = draft_letter(workspace, visit)
    assert (again.row.id, again.content.opening) == (draft.row.id, "改写的开头。")


def test_an_issued_letter_is_frozen_with_number_pages_hash_and_bytes(workspace: Workspace, visit: str) -> None:
    row = issue_letter(workspace, draft_letter(workspace, visit).row.id, draw_letter)
    assert row.number == f"健指〔2020〕{workspace.device.code}-1号"
    pdf = letter_pdf(workspace, row.id)
    assert hashlib.sha256(pdf).hexdigest() == row.sha256
    assert (workspace.folder / "letters" / f"{row.number}.pdf").read_bytes() == pdf
    stored = letter(workspace, row.id).content
    assert draw_letter(stored).pdf == pdf
    with pytest.raises(UserProblem) as refusal:
        save_draft(workspace, row.id, stored)
    assert refusal.value.code == "letter_issued"


def test_issuing_twice_gives_the_same_letter(workspace: Workspace, visit: str) -> None:
    draft = draft_letter(workspace, visit)
    assert issue_letter(workspace, draft.row.id, draw_letter) == issue_letter(workspace, draft.row.id, draw_letter)
    assert len(letters(workspace)) == 1


def test_an_issued_letter_does_not_follow_the_office_or_the_visit_any_more(workspace: Workspace, visit: str) -> None:
    row = issue_letter(workspace, draft_letter(workspace, visit).row.id, draw_letter)
    before = content_bytes(letter(workspace, row.id).content)
    keep_office_settings(workspace, OfficeSettings(letterhead="另一个机关", prefix="另"))
    record_answer(workspace, visit, "M15", AnswerEntry(Result.FAIL))
    assert content_bytes(letter(workspace, row.id).content) == before


def test_drawing_that_fails_takes_no_number_and_leaves_the_draft(workspace: Workspace, visit: str) -> None:
    draft = draft_letter(workspace, visit)

    def broken(_content: LetterContent) -> object:
        raise UserProblem("font_glyph_missing", characters="?")

    with pytest.raises(UserProblem):
        issue_letter(workspace, draft.row.id, broken)  # type: ignore[arg-type]
    assert letter(workspace, draft.row.id).row.state == "draft"
    assert issue_letter(workspace, draft.row.id, draw_letter).number == f"健指〔2020〕{workspace.device.code}-1号"


def test_a_reissue_is_a_new_letter_that_names_the_old_one_which_becomes_void(workspace: Workspace, visit: str) -> None:
    old = issue_letter(workspace, draft_letter(workspace, visit).row.id, draw_letter)
    draft = reissue_letter(workspace, old.id, "企业名称有误")
    assert draft.content.supersedes == old.number
    assert letter(workspace, old.id).row.state == "issued"
    new = issue_letter(workspace, draft.row.id, draw_letter)
    assert new.number != old.number
    after = letter(workspace, old.id).row
    assert (after.state, after.reason, after.sha256) == ("void", "企业名称有误", old.sha256)


def test_a_reissue_begins_with_the_texts_of_the_old_letter_and_a_date_of_its_own(
    workspace: Workspace, visit: str
) -> None:
    draft = draft_letter(workspace, visit)
    edited = msgspec.structs.replace(draft.content, opening="改写的开头。", contacts=("电话",), layout="correspondence")
    save_draft(workspace, draft.row.id, edited)
    old = issue_letter(workspace, draft.row.id, draw_letter)
    content = reissue_letter(workspace, old.id, "错字").content
    assert (content.opening, content.contacts, content.layout) == ("改写的开头。", ("电话",), "correspondence")
    assert content.items == edited.items
    assert content.issued_on == date.today()


def test_a_replacement_begun_before_is_gone_on_with(workspace: Workspace, visit: str) -> None:
    old = issue_letter(workspace, draft_letter(workspace, visit).row.id, draw_letter)
    assert reissue_letter(workspace, old.id, "一").row.id == reissue_letter(workspace, old.id, "二").row.id


def test_a_letter_replaced_elsewhere_meanwhile_is_not_replaced_twice(workspace: Workspace, visit: str) -> None:
    old = issue_letter(workspace, draft_letter(workspace, visit).row.id, draw_letter)
    draft = reissue_letter(workspace, old.id, "错字")
    with workspace.write() as session:
        session.get_one(Letter, old.id).state = "void"
    with pytest.raises(UserProblem) as refusal:
        issue_letter(workspace, draft.row.id, draw_letter)
    assert refusal.value.code == "letter_replaced"
    assert letter(workspace, draft.row.id).row.state == "draft"


def test_a_prefix_no_file_name_may_hold_does_not_keep_a_letter_from_being_issued(
    workspace: Workspace, visit: str
) -> None:
    keep_office_settings(workspace, OfficeSettings(prefix="甲/乙:"))
    row = issue_letter(workspace, draft_letter(workspace, visit).row.id, draw_letter)
    assert row.number == f"甲/乙:〔2020〕{workspace.device.code}-1号"
    assert [file.name for file in (workspace.folder / "letters").iterdir()] == [
        f"甲_乙_〔2020〕{workspace.device.code}-1号.pdf"
    ]


def test_a_reissue_without_a_reason_is_refused(workspace: Workspace, visit: str) -> None:
    old = issue_letter(workspace, draft_letter(workspace, visit).row.id, draw_letter)
    with pytest.raises(UserProblem) as refusal:
        reissue_letter(workspace, old.id, "  ")
    assert refusal.value.code == "letter_reason_missing"


def test_everything_about_a_letter_is_queued_for_the_centre(workspace: Workspace, visit: str) -> None:
    row = issue_letter(workspace, draft_letter(workspace, visit).row.id, draw_letter)
    with workspace.read() as session:
        tables = set(session.scalars(text("SELECT DISTINCT table_name FROM outbox")))
        assert session.scalar(text("SELECT count(*) FROM attachments WHERE owner_id = :id"), {"id": row.id}) == 1
    assert {"visits", "answers", "findings", "letters", "attachments"} <= tables
    assert check(workspace)["ok"]
