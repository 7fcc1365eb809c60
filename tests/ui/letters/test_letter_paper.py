"""Letters on paper: the pages beside the blocks, saved as a file, printed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.desk.letter_desk import LetterDraft, draft_letter, letter_pdf, letters, save_draft
from desktop.models.device.workspace import Workspace
from desktop.models.letter_content import LetterContent
from desktop.models.progress import Progress
from desktop.ui import letter_printing
from desktop.ui.letter_page import LetterPage
from desktop.ui.letter_sheets import LetterSheets, page_sizes
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import add_enterprise
from tests.ui.desk_window import press
from tests.ui.letters.letter_acts import opened, paper, replace, rest, visit_with

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups under the offscreen platform

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


# -- pages beside the blocks ---------------------------------------------------------------------------------------


def test_the_pages_shown_are_those_of_the_letter_that_is_open(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage
) -> None:
    other = draft_letter(workspace, visit_with(workspace, add_enterprise(workspace, "另一企业", None), "M01"))
    for _ in range(3):
        window.open(Place("letters", other.row.id))
        qtbot.waitUntil(lambda: page.head().crumb == "另一企业")
        assert "浙江陆盛" not in paper(page.preview.pdf)
        rest(qtbot, window)
        qtbot.waitUntil(lambda: page.preview.view.settled)
        alone = LetterSheets(window.bench)
        qtbot.addWidget(alone)
        alone.resize(page.preview.view.size())
        alone.show()
        alone.show_pages(page.preview.pdf, page_sizes(page.preview.pdf))
        qtbot.waitUntil(lambda: alone.settled)  # noqa: B023
        rest(qtbot, window)
        assert page.preview.view.viewport().grab().toImage() == alone.viewport().grab().toImage()
        alone.close()
        opened(qtbot, window, Place("letters", letters(workspace)[-1].id))


def test_a_rendering_that_arrives_late_for_another_letter_is_thrown_away(
    qtbot: QtBot, window: MainWindow, page: LetterPage
) -> None:
    view = page.preview.view
    qtbot.waitUntil(lambda: view.settled)
    asked, image = view._wanted(0), view._images[0]
    view.clear()
    view._arrived(0, asked, image)
    assert view._images == {}


def test_zoom_and_the_page_in_front_are_said(qtbot: QtBot, window: MainWindow, page: LetterPage) -> None:
    preview = page.preview
    before = preview.view.zoom
    preview.zoom_in()
    assert preview.view.zoom == pytest.approx(before * 1.25)
    assert f"{preview.view.zoom:.0%}" == preview._zoom.text()
    for _ in range(12):
        preview.zoom_in()
    assert preview.view.zoom == 3
    for _ in range(24):
        preview.zoom_out()
    assert preview.view.zoom == 0.25
    preview.view.zoom_by(4)
    assert "1 / " in preview._words.text()
    preview.view.setFocus()
    press(K.Key_PageDown, K.Key_PageDown, K.Key_PageDown)
    assert f"{preview.pages} / {preview.pages}" in preview._words.text()
    rest(qtbot, window)
    qtbot.waitUntil(lambda: preview.view.settled)


def test_a_character_no_font_has_is_named_and_the_letter_before_is_not_offered_instead(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = draft_letter(workspace, visit_with(workspace, add_enterprise(workspace, "另一企业", None), "M01"))
    content = draft_letter(workspace, other.row.visit_id).content
    save_draft(workspace, other.row.id, msgspec.structs.replace(content, opening="表情\U0001f600"))
    opened(qtbot, window, Place("letters", other.row.id))

    assert "\U0001f600" in window.strip.text
    assert page.preview.pdf == b""
    monkeypatch.setattr(letter_printing, "choose_file", lambda *_: tmp_path / "a.pdf")
    press(K.Key_S, modifier=CTRL)
    rest(qtbot, window)
    assert not (tmp_path / "a.pdf").exists()


def test_f4_hides_and_shows_the_pages_and_a_small_window_hides_them(
    qtbot: QtBot, window: MainWindow, page: LetterPage
) -> None:
    assert page.preview.isVisible()
    window.resize(1180, 700)
    qtbot.waitUntil(lambda: not page.preview.isVisible())
    press(K.Key_F4)
    assert page.preview.isVisible()
    window.resize(1366, 768)
    press(K.Key_F4)
    assert not page.preview.isVisible()


# -- paper ---------------------------------------------------------------------------------------------------------


def test_ctrl_s_saves_the_very_bytes_of_an_issued_letter(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage, issued: LetterDraft, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    proposed: list[str] = []
    target = tmp_path / "建议书 1.2.pdf"

    def redrawn(_content: LetterContent) -> None:
        raise AssertionError("the frozen bytes are the letter; it is not drawn again")

    monkeypatch.setattr("desktop.documents.letter_pdf.draw_letter", redrawn)
    press(K.Key_Escape)
    opened(qtbot, window, Place("letters", issued.row.id))

    def choose(_parent: QWidget, _title: str, name: str) -> Path:
        proposed.append(name)
        return target

    monkeypatch.setattr(letter_printing, "choose_file", choose)
    press(K.Key_S, modifier=CTRL)
    rest(qtbot, window)

    assert target.read_bytes() == letter_pdf(workspace, issued.row.id)
    assert proposed == [issued.row.number]
    assert "建议书 1.2.pdf" in window.toast.text


def test_a_draft_is_saved_as_it_stands_in_the_fields_not_as_it_was_drawn_before(
    qtbot: QtBot, window: MainWindow, page: LetterPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_printing, "choose_file", lambda *_: tmp_path / "a.pdf")
    replace(page.editor.opening.field, "刚刚改写的开头。")
    press(K.Key_S, modifier=CTRL)
    rest(qtbot, window)

    assert "刚刚改写的开头。" in paper((tmp_path / "a.pdf").read_bytes())


def test_a_file_that_cannot_be_written_is_said_in_words(
    qtbot: QtBot, window: MainWindow, page: LetterPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_printing, "choose_file", lambda *_: tmp_path / "nowhere" / "a.pdf")
    press(K.Key_S, modifier=CTRL)
    rest(qtbot, window)

    assert "a.pdf" in window.strip.text


def test_neither_file_nor_printer_chosen_changes_nothing(
    qtbot: QtBot, window: MainWindow, page: LetterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(letter_printing, "choose_file", lambda *_: asked.append("file"))
    monkeypatch.setattr(letter_printing, "choose_printer", lambda *_: asked.append("printer"))
    press(K.Key_S, K.Key_P, modifier=CTRL)
    rest(qtbot, window)

    assert asked == ["file", "printer"]
    assert not window.toast.isVisible()
    assert not window.strip.isVisible()


def test_the_file_dialog_proposes_a_name_every_system_takes(window: MainWindow, tmp_path: Path) -> None:
    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(tmp_path))
        dialog.accept()

    QTimer.singleShot(0, accept)

    assert letter_printing.choose_file(window, "存为 PDF", "a/b: <b>x</b>?") == tmp_path / "a_b_ _b_x__b__.pdf"


def test_ctrl_p_prints_the_pages_of_the_letter(
    qtbot: QtBot, window: MainWindow, page: LetterPage, issued: LetterDraft, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked: list[tuple[str, int]] = []
    target = tmp_path / "printed.pdf"

    def choose(_parent: QWidget, title: str, copies: int) -> QPrinter:
        asked.append((title, copies))
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setResolution(72)
        printer.setOutputFileName(str(target))
        return printer

    monkeypatch.setattr(letter_printing, "choose_printer", choose)
    press(K.Key_P, modifier=CTRL)
    rest(qtbot, window)

    assert asked == [(issued.row.number, 2)]
    assert len(page_sizes(target.read_bytes())) == issued.row.pages
    assert window.toast.isVisible()


def test_only_the_pages_asked_for_are_printed(page: LetterPage, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "one.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    assert page.preview.pages > 1
    letter_printing.print_pages(Progress(), content=page.pane.content(), pdf=page.preview.pdf, printer=printer)

    assert len(page_sizes((tmp_path / "one.pdf").read_bytes())) == 1
