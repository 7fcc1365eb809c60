"""The one confirmation of the program: issuing a letter. It says what will be frozen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.letter_composition import chinese_date
from desktop.models.letter_content import LetterContent
from desktop.ui.buttons import Button
from desktop.ui.cards import FactList, Text
from desktop.ui.look import Look
from desktop.ui.notices import window_language

WIDTH = 460


class IssueDialog(QDialog):
    """Asks once whether to issue."""

    def __init__(
        self, look: Look, content: LetterContent, pages: int, open_points: Sequence[str], parent: QWidget
    ) -> None:
        """Args:
        open_points: short words for what is missing but does not keep the letter from being issued.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Issue letter"))
        self.setMinimumWidth(look.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        column.setSpacing(look.px(12))
        column.addWidget(Text(look, self.tr("Issue this letter?"), style="title"))
        column.addWidget(
            Text(
                look,
                self.tr("It gets its number, and its pages and their hash are frozen. From then on it can only be "
                        "replaced by a new letter that names it."),
                tone="muted",
                wrap=True,
            )
        )  # fmt: skip
        facts = FactList(look, name_width=88)
        day = chinese_date(content.issued_on) if window_language() == "zh" else content.issued_on.isoformat()
        lines: list[tuple[str, str | None, str]] = [
            (self.tr("To"), content.addressee, "text"),
            (self.tr("Date"), day, "text"),
            (self.tr("Problems"), str(len(content.items)), "text"),
            (self.tr("Pages"), str(pages) if pages else None, "text"),
            (self.tr("Number"), self.tr("the next of this computer's series"), "text"),
        ]
        if content.supersedes:
            lines.append((self.tr("Replaces"), content.supersedes, "text"))
        if open_points:
            lines.append((self.tr("Missing"), " · ".join(open_points), "partial"))
        facts.show_facts(lines)
        column.addWidget(facts)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(look, self.tr("Keep editing"), key="Esc", pressed=self.reject))
        self.issue_button = Button(look, self.tr("Issue and number"), kind="primary", icon="lock", pressed=self.accept)
        row.addWidget(self.issue_button)
        column.addLayout(row)
        self.issue_button.setDefault(True)
        self.issue_button.setFocus()


def confirm_issue(look: Look, content: LetterContent, pages: int, open_points: Sequence[str], parent: QWidget) -> bool:
    """Ask. The one place that opens this dialog."""
    dialog = IssueDialog(look, content, pages, open_points, parent)
    answer = dialog.exec()
    dialog.deleteLater()
    return answer == QDialog.DialogCode.Accepted
