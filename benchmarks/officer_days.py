"""Invented officer-days as operations on the wire: nine visits with answers, findings, letter and photos, 432 records.

Everything follows from the seed, but for the ids, which are fresh: the same work can be sent again as new work.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from desktop.models.identity import grid_id, new_id, utc_now
from desktop.models.vocabulary import OperationKind
from desktop.sync.wire.messages import Operation

VISITS, ANSWERS, FINDINGS, PHOTOS = 9, 23, 12, 11
RECORDS_A_DAY = VISITS * (1 + ANSWERS + FINDINGS + 1 + PHOTOS)
"""432, as measured for a real plan of nine enterprises a day."""
_RESULTS = ("pass", "partial", "fail", "na")
_NOTE = "二楼装配车间门把手、扶手用84消毒液擦拭，试纸实测约150 mg/L；台账缺2天用量与签名。"


def firms_of(grid: str, count: int = VISITS) -> list[Operation]:
    """The enterprises of a grid, before anybody visits them."""
    return [
        _put(
            "enterprises",
            grid,
            {"name": f"澄州岭南坊{number:05}有限公司", "township": "澄湖街道", "staff_due": 100 + number},
        )
        for number in range(count)
    ]


def officer_day(grid: str, firms: list[str], chance: random.Random, serial: str) -> list[Operation]:
    """One day's operations in the order an officer makes them, parents before children."""
    return [
        operation
        for number, firm in enumerate(firms[:VISITS])
        for operation in _visit(grid, firm, chance, f"{serial}-{number}")
    ]


def operations(count: int, grid_code: str, seed: int, serial: str) -> tuple[list[Operation], list[Operation]]:
    """(the enterprises needed, `count` operations of officer-days) of one grid."""
    grid, chance = grid_id(grid_code), random.Random(seed)
    firms = firms_of(grid)
    ids = [firm.row_id for firm in firms]
    work: list[Operation] = []
    day = 0
    while len(work) < count:
        work += officer_day(grid, ids, chance, f"{serial}{day}")
        day += 1
    return firms, work[:count]


def _visit(grid: str, firm: str, chance: random.Random, serial: str) -> Iterator[Operation]:
    now = utc_now()
    visit = _put("visits", grid, {
        "enterprise_id": firm, "kind": "routine", "visited_on": "2020-02-27", "state": "completed",
        "measure_set": "zhejiang-2020-reconstructed/1", "started_at": now, "completed_at": now,
        "situation": {"staff_on_duty": chance.randrange(400)},
    })  # fmt: skip
    yield visit
    answers = []
    for number in range(1, ANSWERS + 1):
        answers.append(_put("answers", grid, {
            "visit_id": visit.row_id, "measure": f"M{number:02}", "result": chance.choice(_RESULTS),
            "points": {"1": True, "2": chance.random() < 0.5}, "measured": {"chlorine_mg_l": chance.randrange(500)},
            "note": _NOTE[: chance.randrange(len(_NOTE))], "answered_at": now,
        }))  # fmt: skip
        yield answers[-1]
    for number, answer in enumerate(answers[:FINDINGS]):
        yield _put("findings", grid, {
            "enterprise_id": firm, "visit_id": visit.row_id, "answer_id": answer.row_id,
            "number": f"P-{serial}-{number}", "measure": answer.fields["measure"], "title": "消毒台账不完整",
            "fact": _NOTE, "severity": "medium", "route": "on_site", "state": "logged", "found_on": "2020-02-27",
            "due_on": "2020-03-01",
        })  # fmt: skip
    letter = _put("letters", grid, {
        "enterprise_id": firm, "visit_id": visit.row_id, "state": "issued", "number": f"澄卫健指〔2020〕{serial}号",
        "content": {"title": "专业建议书", "opening": _NOTE}, "issued_on": "2020-02-27", "issued_at": now, "pages": 2,
        "sha256": _hash(chance),
    })  # fmt: skip
    yield letter
    for answer in answers[:PHOTOS]:
        yield _put("attachments", grid, {
            "owner_table": "answers", "owner_id": answer.row_id, "purpose": "evidence", "sha256": _hash(chance),
            "size": chance.randrange(80_000, 400_000), "media_type": "image/jpeg",
        })  # fmt: skip


def _put(table: str, grid: str, fields: dict[str, object]) -> Operation:
    return Operation(new_id(), table, new_id(), grid, OperationKind.PUT, fields, 0, utc_now())


def _hash(chance: random.Random) -> str:
    return f"{chance.getrandbits(256):064x}"
