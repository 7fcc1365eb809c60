"""Nothing personal in a log, an error's body or a database's complaint (SEC-71, SEC-72)."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from desktop.models.identity import new_id
from server import ingest
from server.plain_logs import NoPersonalValues
from server.safe_answers import described
from tests.server.centre import Centre, edit, enterprise, finding, operation

NAME, PHONE, ID_NUMBER, NOTE = "欧阳某某", "13900001234", "330106199001011234", "发热三十八度五"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything logged during the test, without our filter: it must be clean by itself."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.DEBUG)
    handler.addFilter(lambda record: not record.name.startswith("httpx"))  # the test's own client
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


def planted(text: str) -> list[str]:
    return [value for value in (NAME, PHONE, ID_NUMBER, NOTE) if value in text]


def test_faults_and_refusals_log_no_value_and_answer_with_a_reference(
    centre: Centre, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid, NAME, remark=f"{NOTE} {ID_NUMBER}")
    contact = operation(desk.grid, "contacts", enterprise_id=firm["row_id"], name=NAME, phone=PHONE)
    desk.push(firm, contact)
    bodies = [
        desk.send([finding(desk.grid, firm["row_id"], NOTE[:10]), finding(desk.grid, firm["row_id"], NOTE[:10])]).text,
        desk.send([edit(firm, 1, nome=NAME), edit(contact, 1, phone=PHONE * 9)]).text,
        desk.send([{"name": NAME, "phone": PHONE}]).text,
        desk.get(f"/v1/sync/changes?grid={NAME}{PHONE}").text,
        centre.http.get(f"/{NAME}/{ID_NUMBER}").text,
    ]

    def broken(*_: object) -> None:
        raise RuntimeError(f"{NAME} {PHONE}") from ValueError(ID_NUMBER)

    monkeypatch.setattr(ingest, "load", broken)
    answer = desk.send([edit(firm, 1, name=NAME)])
    assert answer.status_code == 500
    assert answer.json()["problem"]["code"] == "server_fault"
    reference = answer.json()["problem"]["fields"]["reference"]
    assert reference in log.getvalue()
    assert planted(log.getvalue()) == []
    assert planted("".join([*bodies, answer.text])) == []


def test_a_database_error_is_described_without_the_row_it_is_about(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    number = f"{PHONE}"
    desk.push(firm, finding(desk.grid, firm["row_id"], number))
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError) as raised, centre.store.writing() as connection:
        connection.execute(
            text("INSERT INTO grids (id, grid_id, version, edited_at, code, name) VALUES (:i, :i, 0, '', 'G1', :n)"),
            {"i": new_id(), "n": NAME},
        )
    assert NAME not in str(raised.value)  # hide_parameters
    assert "G1" not in described(raised.value)
    assert "IntegrityError" in described(raised.value)


def test_the_filter_is_a_second_line_for_what_a_library_might_say() -> None:
    said = f"token zqd_{'x' * 43} of {NAME} {PHONE} {ID_NUMBER} code ABCD-EFGH-IJKL-MNOP-QRST-UV23\nnext"
    record = logging.LogRecord("x", logging.ERROR, "", 0, "%s", (said,), None)
    assert NoPersonalValues().filter(record)
    text = record.getMessage()
    assert planted(text) == []
    assert "zqd_" not in text
    assert "ABCD" not in text
    assert "\n" not in text
