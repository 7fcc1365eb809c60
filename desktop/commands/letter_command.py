"""`zhuqi letter VISIT --out FILE.pdf`: the visit's recommendation letter, as a draft or issued."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.commands.argument_types import output_file
from desktop.commands.wording import tell
from desktop.models.desk.letter_desk import draft_letter, issue_letter, letter_pdf
from desktop.models.device.workspace import Workspace
from desktop.models.durable_file import write_aside
from desktop.models.vocabulary import LetterState


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("visit", metavar="VISIT")
    parser.add_argument("--out", type=output_file, required=True, metavar="FILE.pdf")
    parser.add_argument("--issue", action="store_true")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Compose the letter (or take the one begun), issue it if asked, and write the PDF."""
    from desktop.documents.letter_pdf import draw_letter

    with Workspace.open(chosen.workspace) as workspace:
        draft = draft_letter(workspace, chosen.visit)
        row = issue_letter(workspace, draft.row.id, draw_letter) if chosen.issue else draft.row
        if row.state == LetterState.DRAFT:
            drawn = draw_letter(draft.content)
            pdf, pages, digest = drawn.pdf, drawn.pages, drawn.sha256
        else:
            pdf, pages, digest = letter_pdf(workspace, row.id), row.pages or 0, row.sha256 or ""
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    write_aside(chosen.out, pdf)
    tell("letter_written" if row.number else "letter_drafted", number=row.number or "", pages=pages, out=chosen.out)
    return {"letter": row.id, "number": row.number, "pages": pages, "sha256": digest}
