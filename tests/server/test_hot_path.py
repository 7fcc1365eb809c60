"""Every statement a push or a pull sends to PostgreSQL carries the column its table is distributed by.

Which column that is stands in `docs/operate/spreading.md`; this test reads it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Table

from desktop.models.identity import new_id
from server.stored_rows import TABLES
from server.tables import metadata
from tests.postgresql import NewDatabase
from tests.server.centre import Centre, answer, edit, enterprise, finding, operation, visit

ROOT = Path(__file__).resolve().parents[2]
PAGE = "docs/operate/spreading.md"
SCRIPT = "docs/operate/partition-change-log.sql"
REFERENCE = "reference"
NAMED = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE|COPY|TABLE)\s+(?:ONLY\s+)?"?([a-z_]+)"?', re.IGNORECASE)


def distribution() -> dict[str, str]:
    """Table → its column, or `reference`, as the page has it."""
    found: dict[str, str] = {}
    for line in (ROOT / PAGE).read_text(encoding="utf-8").splitlines():
        row = re.fullmatch(r"\| ((?:`\w+`(?:, )?)+) \| `?(\w+)`?.* \|", line)
        if row:
            found |= dict.fromkeys(re.findall(r"`(\w+)`", row[1]), row[2])
    return found


def lacking(statement: str) -> set[str]:
    """The tables a statement goes to without saying where in them."""
    columns = distribution()
    found = set()
    for table in set(NAMED.findall(statement)) & columns.keys():
        column = columns[table]
        if column == REFERENCE:
            continue
        into = re.search(rf'(?:INTO|COPY)\s+"?{table}"?\s*\(([^)]*)\)', statement, re.IGNORECASE)
        where = into[1] if into else statement.upper().partition("WHERE")[2]
        if not re.search(rf"\b{column}\b", where, re.IGNORECASE):
            found.add(table)
    return found


@pytest.fixture
def centre(new_database: NewDatabase) -> Iterator[Centre]:
    """A centre on PostgreSQL: that is what is spread."""
    made = Centre(new_database("postgresql"))
    yield made
    made.close()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that reaches the driver, whoever sends it and however."""
    statements: list[str] = []
    for way in ("execute", "executemany", "copy"):
        original = getattr(psycopg.Cursor, way)

        def noting(cursor: Any, query: Any, *more: Any, _original: Any = original, **options: Any) -> Any:
            statements.append(query if isinstance(query, str) else str(query))
            return _original(cursor, query, *more, **options)

        monkeypatch.setattr(psycopg.Cursor, way, noting)
    return statements


def test_every_table_is_on_the_page_with_its_column() -> None:
    columns = distribution()
    tables: dict[str, Table] = {**metadata.tables, **TABLES}
    assert columns.keys() == tables.keys()
    for name, column in columns.items():
        assert column == REFERENCE or column in tables[name].columns, name


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ('SELECT "id", "grid_id" FROM "visits" WHERE "id" = ANY(%s)', {"visits"}),
        ('SELECT "id" FROM "visits" WHERE "id" = ANY(%s) AND grid_id = ANY(%s)', set()),
        ("UPDATE change_log SET status = %s WHERE op_id = %s", {"change_log"}),
        ('COPY "visits" ("id", "grid_id") FROM STDIN', set()),
        ('COPY "visits" ("id", "enterprise_id") FROM STDIN', {"visits"}),
        ("SELECT account_id FROM grants WHERE account_id = %s", set()),
        ("SELECT receipt FROM batches WHERE batch_id = %s", {"batches"}),
    ],
)
def test_a_statement_that_would_ask_every_node_is_noticed(statement: str, tables: set[str]) -> None:
    assert lacking(statement) == tables


def test_a_day_goes_out_and_comes_back_by_statements_that_name_their_grid(centre: Centre, sent: list[str]) -> None:
    assert strays_of_a_day(centre, sent) == []


def test_a_log_partitioned_by_month_takes_the_same_day(centre: Centre, sent: list[str]) -> None:
    desk = centre.officer("己", grids=("G9",))
    old = enterprise(desk.grid)
    desk.push(old)
    script = (ROOT / SCRIPT).read_text(encoding="utf-8").encode()
    with psycopg.connect(
        centre.store.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    ) as plain:
        for _ in range(2):
            plain.execute(script)
    assert strays_of_a_day(centre, sent) == []
    batch, twice = new_id(), enterprise(desk.grid)
    assert desk.statuses(old) == ["duplicate"]
    assert desk.statuses(edit(old, 1, remark="x")) == ["applied"]
    assert desk.push(twice, batch=batch) == desk.push(twice, batch=batch)
    with centre.store.reading() as connection:
        entries = connection.exec_driver_sql("SELECT tableoid::regclass::text, op_id FROM change_log").all()
    made_now = {name for name, op_id in entries if UUID(op_id).version == 7}
    assert len(entries) > 30
    assert all(re.fullmatch(r"change_log_20\d\d_\d\d", name) for name in made_now), made_now
    assert {name for name, op_id in entries if UUID(op_id).version != 7} == {"change_log_other"}


def test_only_what_its_grid_does_not_know_is_looked_for_everywhere(centre: Centre, sent: list[str]) -> None:
    desk = centre.officer()
    firm, other = enterprise(desk.grid), enterprise(desk.grid)
    desk.push(firm)
    orphan = answer(desk.grid, visit(desk.grid, firm["row_id"])["row_id"])
    sent.clear()
    assert desk.statuses(orphan) == ["held"]
    assert desk.statuses(firm, other) == ["duplicate", "applied"]
    strays = strays_among(sent)
    by_id = re.compile(r"""\['\w+'\]: SELECT .* FROM "\w+" WHERE "(id|op_id)" = ANY\(%s\)""")
    assert [stray for stray in strays if not by_id.fullmatch(stray)] == []
    assert any("visits" in stray for stray in strays)
    assert any("change_log" in stray for stray in strays)


def strays_among(sent: list[str]) -> list[str]:
    """The statements that ask every node, each with the tables it asks about."""
    return sorted({f"{sorted(tables)}: {statement}" for statement in sent if (tables := lacking(statement))})


def strays_of_a_day(centre: Centre, sent: list[str]) -> list[str]:
    """Push and pull of everything that happens on an ordinary day; the statements that ask every node."""
    desk = centre.officer("甲", grids=("G1",))
    colleague = centre.laptop(desk.account)
    firm = enterprise(desk.grid)
    day = visit(desk.grid, firm["row_id"])
    contact = operation(desk.grid, "contacts", enterprise_id=firm["row_id"], name="丁")
    batch, again = new_id(), enterprise(desk.grid)
    sent.clear()

    statuses = [
        *desk.statuses(firm, day, answer(desk.grid, day["row_id"]), finding(desk.grid, firm["row_id"]), contact),
        *desk.statuses(*(enterprise(desk.grid) for _ in range(20))),
        *desk.statuses(edit(firm, 1, address="一"), edit(day, 1, remark="二")),
        *colleague.statuses(edit(firm, 1, address="三", remark="四")),
        *desk.statuses(operation(desk.grid, "contacts", contact["row_id"], 1, "delete")),
        *(result["status"] for _ in range(2) for result in desk.push(again, batch=batch)),
        *desk.statuses(again),
    ]
    assert set(statuses) == {"applied", "conflict", "duplicate"}
    for laptop in (desk, colleague):
        since, more = 0, True
        while more:
            _, cursor = laptop.changes(since=since, limit=7)
            since, more = cursor["sequence"], cursor["more"]
    return strays_among(sent)
