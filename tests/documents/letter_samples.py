"""Letters to draw in tests: invented enterprise and officers, sentences of the bundled measure set."""

from __future__ import annotations

from datetime import date

from desktop.models.catalogue import bundled
from desktop.models.letter_composition import Judged, LetterSettings, Visited, compose_letter, contact_line
from desktop.models.letter_content import LetterContent, Signer, numbered
from desktop.models.vocabulary import Result, VisitKind

SETTINGS = LetterSettings(
    letterhead="澄州市卫生健康委员会复工复产健康指导组",
    issuer="复工复产健康指导组",
    contacts=(
        contact_line("周砚秋", "0999-0001208", "健康指导员"),
        contact_line("澄州市疾病预防控制中心", "0999-0001120"),
    ),
)

SITUATION = {"staff_due": 412, "staff_on_duty": 386, "out_of_province": 118, "observing": 3, "dormitory_rooms": 64}


def judged(failed: int, of: int = 23) -> list[Judged]:
    """The first `failed` measures of the bundled set failed, the rest up to `of` passed."""
    outcomes = []
    for at, measure in enumerate(bundled().measures[:of]):
        words = measure.finding
        outcomes.append(
            Judged(
                measure=measure.code,
                title=measure.title.zh,
                result=Result.FAIL if at < failed else Result.PASS,
                fact=words.problem.zh,
                advice=words.advice.zh,
                heading=words.title.zh,
                owner="顾言",
                due_on=date(2020, 3, 2),
                look_back_on=date(2020, 3, 9),
            )
        )
    return outcomes


def draft(failed: int = 2, *, enterprise: str = "浙江陆盛精密机械有限公司") -> LetterContent:
    """A draft letter with `failed` problems."""
    visited = Visited(
        enterprise=enterprise,
        on=date(2020, 2, 28),
        kind=VisitKind.ROUTINE,
        persons=(Signer("健康指导员", "周砚秋"), Signer("服务员", "陆知秋")),
        situation=SITUATION,
    )
    return compose_letter(visited, judged(failed), SETTINGS, written_on=date(2020, 2, 28))


def issued(failed: int = 2, *, enterprise: str = "浙江陆盛精密机械有限公司") -> LetterContent:
    """The same letter with its number."""
    return numbered(draft(failed, enterprise=enterprise), "澄卫健指〔2020〕15号", date(2020, 2, 28))
