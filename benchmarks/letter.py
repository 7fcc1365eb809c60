"""Drawing the letter of a visit on which all 23 measures failed, beside ReportLab drawing the same lines.

The value lays the letter out (line breaking, justification, fonts, table, pages) and paints it; the floor draws the
runs it placed, one `drawString` each, and nothing else. Fonts are registered before both.

    python -m benchmarks.letter [--json] [--check] [--rounds N]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from benchmarks.measuring import Figure, figure, interleaved, options, report
from desktop.documents.fonts import SONG, glyphs
from desktop.documents.letter_pdf import draw_letter, letter_pages
from desktop.documents.page_style import PAPER, Page
from desktop.models.catalogue import bundled
from desktop.models.letter_composition import Judged, LetterSettings, Visited, compose_letter, contact_line
from desktop.models.letter_content import LetterContent, Signer, numbered
from desktop.models.vocabulary import Result, VisitKind

DAY = date(2020, 2, 28)


def main() -> int:
    parser = options(__doc__ or "")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    return report([letter_23_failed(arguments.rounds)], arguments)


def letter_23_failed(rounds: int) -> Figure:
    """Warm drawing of the letter in milliseconds; about nine pages."""
    content = failed_everywhere()
    pages = letter_pages(content)
    value, floor = interleaved(lambda: draw_letter(content), lambda: draw_runs(pages), rounds)
    return figure("letter_23_failed", value * 1000, floor * 1000, "ms", must=2.0, reach=1.4)


def failed_everywhere() -> LetterContent:
    """An issued letter with every measure of the bundled set failed, in the set's own sentences."""
    judged = [
        Judged(
            measure=measure.code,
            title=measure.title.zh,
            result=Result.FAIL,
            heading=measure.finding.title.zh,
            fact=measure.finding.problem.zh,
            advice=measure.finding.advice.zh,
            owner="顾言",
            due_on=date(2020, 3, 2),
            look_back_on=date(2020, 3, 9),
        )
        for measure in bundled().measures
    ]
    visited = Visited(
        enterprise="浙江陆盛精密机械有限公司",
        on=DAY,
        kind=VisitKind.ROUTINE,
        persons=(Signer("健康指导员", "周砚秋"), Signer("服务员", "陆知秋")),
        situation={"staff_due": 412, "staff_on_duty": 386, "out_of_province": 118, "observing": 3},
    )
    settings = LetterSettings(
        letterhead="澄州市卫生健康委员会复工复产健康指导组",
        issuer="复工复产健康指导组",
        contacts=(contact_line("周砚秋", "0999-0001208", "健康指导员"),),
    )
    draft = compose_letter(visited, judged, settings, written_on=DAY)
    return numbered(draft, "澄卫健指〔2020〕15号", DAY)


def draw_runs(pages: Sequence[Page]) -> bytes:
    """The floor: the recorded runs and lines drawn by ReportLab as they are."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=PAPER, pageCompression=1, invariant=1, initialFontName=glyphs(SONG)["一"].font)
    for page in pages:
        for rule in page.rules:
            canvas.setLineWidth(rule.width)
            canvas.line(rule.x1, rule.y1, rule.x2, rule.y2)
        path = canvas.beginPath()
        for box in page.boxes:
            path.rect(box.x, box.y, box.width, box.height)
        canvas.drawPath(path, stroke=0, fill=1)
        for mark in page.marks:
            canvas.setFont(mark.font, mark.size)
            canvas.drawString(mark.x, mark.y, mark.text, charSpace=mark.spacing)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
