"""One letter on the screen: its bar above, its blocks with their foot at the left, its pages at the right."""

from __future__ import annotations

from typing import cast

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from desktop.models.letter_composition import letter_checks
from desktop.models.letter_content import Layout, LetterContent
from desktop.models.vocabulary import LetterState
from desktop.ui.bench import Bench
from desktop.ui.letter_bar import LetterBar
from desktop.ui.letter_editor import LetterEditor
from desktop.ui.letter_footer import LetterFooter
from desktop.ui.letter_preview import LetterPreview
from desktop.ui.letter_work import Opened

BLOCKS_WIDTH, PAGES_WIDTH = 645, 553
LEAST_BLOCKS, LEAST_PAGES = 480, 360
PAGES_FROM = 1240
"""Width of the window in pixels from which the pages stand beside the blocks."""


class LetterPane(QWidget):
    """The letter."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = self._look = bench.look
        self._pages_wanted: bool | None = None
        self.bar = LetterBar(look)
        self.editor = LetterEditor(look)
        self.footer = LetterFooter(look)
        self.preview = LetterPreview(bench)
        # Only one thread computes at a time: pages drawn while blocks are built would hold both up.
        self.editor.built.connect(self.preview.draw)
        left = QFrame()
        left.setProperty("role", "side")
        blocks = QVBoxLayout(left)
        blocks.setContentsMargins(0, 0, 0, 0)
        blocks.setSpacing(0)
        blocks.addWidget(self.editor, 1)
        blocks.addWidget(self.footer)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for widget, least in ((left, LEAST_BLOCKS), (self.preview, LEAST_PAGES)):
            widget.setMinimumWidth(look.px(least))
            split.addWidget(widget)
        split.setSizes([look.px(BLOCKS_WIDTH), look.px(PAGES_WIDTH)])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(split, 1)

    def show_letter(self, opened: Opened) -> None:
        """Show another letter from its top."""
        row, content = opened.draft.row, opened.draft.content
        draft = row.state == LetterState.DRAFT
        self.bar.show_letter(row, content)
        self.preview.begin(content, opened.pdf)
        self.editor.show_content(content, opened.composed, draft)
        self.footer.issue_button.setVisible(draft)
        self.show_checks(opened)
        self.fit_pages()

    def show_checks(self, opened: Opened) -> None:
        """Show how the letter stands now."""
        if opened.draft.row.state == LetterState.DRAFT:
            self.footer.checks.show_draft(letter_checks(self.content()), self.preview.pages)
        else:
            self.footer.checks.show_frozen(opened.draft.row, self.preview.pages, opened.pdf is not None)

    def content(self) -> LetterContent:
        """The letter as it stands in the fields."""
        return msgspec.structs.replace(
            self.editor.content(), issued_on=self.bar.day, layout=cast(Layout, self.bar.layout_code)
        )

    def lock(self, on: bool) -> None:
        """Keep every field as it is."""
        for widget in (self.editor, self.bar.date, self.bar.layout_choice, self.footer.issue_button):
            widget.setEnabled(not on)

    def toggle_pages(self) -> None:
        """Show or hide the pages."""
        self._pages_wanted = not self.preview.isVisible()
        self.fit_pages()

    def fit_pages(self) -> None:
        """Hide the pages on a small window, unless a person wanted them."""
        wide = self.window().width() >= self._look.px(PAGES_FROM)
        self.preview.setVisible(self._pages_wanted if self._pages_wanted is not None else wide)
