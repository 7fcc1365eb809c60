"""A push into a database that holds years of work, beside the same push into an empty one."""

from __future__ import annotations

from contextlib import closing

import psycopg

from benchmarks.ingest_figures import GRID, fresh_work, require_all
from benchmarks.measuring import Figure, figure, interleaved
from benchmarks.private_postgresql import NewDatabase, driver_url
from benchmarks.sync_size import FULL_STORED, Size
from benchmarks.taking_centre import Body, TakingCentre, bodies_of
from desktop.models.identity import grid_id
from desktop.sync.wire.messages import Operation

GRIDS = 50
PER_VISIT = 24
"""A visit and its 23 answers."""
FIRST_SEQUENCE = 1000
"""Where the invented history of a grid begins, above what its making took."""

# Ids as the product makes them: rising with time. The kind's number keeps visits, answers and operations apart.
_ID = """
CREATE FUNCTION pg_temp.made_id(number bigint, kind text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT substr(t.h, 1, 8) || '-' || substr(t.h, 9, 4) || '-7' || kind || substr(t.m, 1, 2) || '-8' || substr(t.m, 3, 3)
    || '-' || substr(t.m, 6, 12)
FROM (SELECT lpad(to_hex(1577836800000 + number * 10), 12, '0') AS h, md5(number::text) AS m) t $$
"""
_VISITS = """
INSERT INTO visits (id, grid_id, enterprise_id, kind, visited_on, state, measure_set, started_at, version, edited_at)
SELECT pg_temp.made_id(n * {per}, '1'), (%(grids)s::text[])[1 + n %% {grids}], %(firm)s, 'routine',
    to_char(date '2020-01-01' + (n / 2000)::int, 'YYYY-MM-DD'), 'completed', 'zhejiang-2020-reconstructed/1',
    '2020-02-27T08:00:00.000Z', 1, '2020-02-27T08:00:00.000Z'
FROM generate_series(0, %(visits)s - 1) n
"""
_ANSWERS = """
INSERT INTO answers (id, grid_id, visit_id, measure, result, points, note, answered_at, version, edited_at)
SELECT pg_temp.made_id(n * {per} + k, '2'), (%(grids)s::text[])[1 + n %% {grids}],
    pg_temp.made_id(n * {per}, '1'), 'M' || lpad(k::text, 2, '0'), 'pass', '{{"1":true,"2":true}}', repeat('x', 60),
    '2020-02-27T08:00:00.000Z', 1, '2020-02-27T08:00:00.000Z'
FROM generate_series(0, %(visits)s - 1) n, generate_series(1, {per} - 1) k
"""
_LOG = """
INSERT INTO change_log (op_id, batch_id, account_id, device_id, received_at, table_name, row_id, grid_id,
    base_version, body, status, version, sequence)
SELECT pg_temp.made_id(n * {per} + k, '3'), pg_temp.made_id(n, '4'), %(firm)s, %(firm)s, '2020-02-27T08:00:00.000Z',
    CASE k WHEN 0 THEN 'visits' ELSE 'answers' END,
    pg_temp.made_id(n * {per} + k, CASE k WHEN 0 THEN '1' ELSE '2' END), (%(grids)s::text[])[1 + n %% {grids}], 0,
    '{{"fields":"' || repeat('x', 400) || '"}}', 'applied', 1, {first} + n / {grids} * {per} + k
FROM generate_series(0, %(visits)s - 1) n, generate_series(0, {per} - 1) k
"""


def growth(new_database: NewDatabase, size: Size) -> Figure:
    """Milliseconds for the operations in full batches, into stored work and into none."""
    with (
        closing(TakingCentre(new_database(), [GRID])) as grown,
        closing(TakingCentre(new_database(), [GRID])) as empty,
    ):
        fill(grown, size.stored)
        bodies: dict[TakingCentre, list[Body]] = {}
        work: list[Operation] = []

        def prepare() -> None:
            for centre in (grown, empty):
                firms, work[:] = fresh_work(size.operations)
                centre.push(firms)
                bodies[centre] = bodies_of(work)

        value, floor = interleaved(
            lambda: grown.take(bodies[grown]), lambda: empty.take(bodies[empty]), size.rounds, prepare
        )
        require_all(empty.stored(work), work)
    stored = f"{size.stored:,}" + ("" if size.stored >= FULL_STORED else f" (of {FULL_STORED:,})")
    return figure("growth", value * 1000, floor * 1000, f"ms into {stored} stored operations", must=1.3, reach=1.1)


def fill(centre: TakingCentre, operations: int) -> None:
    """Let the database invent visits and answers of many grids, with their history, the officer's own grid included."""
    firms, _ = fresh_work(1)
    centre.push(firms)
    visits = operations // PER_VISIT
    grids = [grid_id(GRID), *(grid_id(f"grown-{number}") for number in range(1, GRIDS))]
    given = {"grids": grids, "visits": visits, "firm": firms[0].row_id}
    with psycopg.connect(driver_url(centre.url), autocommit=True) as connection:
        connection.execute(_ID.encode())
        for statement in (_VISITS, _ANSWERS, _LOG):
            _run(connection, statement, given)
        connection.execute(
            b"UPDATE grid_clocks SET sequence = %s", (FIRST_SEQUENCE + (visits // GRIDS + 1) * PER_VISIT,)
        )
        connection.execute(b"VACUUM ANALYZE")
        connection.execute(b"CHECKPOINT")


def _run(connection: psycopg.Connection, statement: str, given: dict[str, object]) -> None:
    filled = statement.format(per=PER_VISIT, grids=GRIDS, first=FIRST_SEQUENCE)
    connection.execute(filled.encode(), given)
