"""Text no database or page can hold: refused or answered with nothing, on both databases, and never a fault of ours."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from desktop.models.identity import new_id
from tests.server.centre import EDITED_AT, Centre, enterprise
from tests.server.test_record_pages import sign_in

ODD = ["\x00", "a\x00b", "\ud800", "\U0010ffff" * 300, "' OR 1=1 --", "../../etc/passwd"]


def encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@pytest.mark.parametrize("odd", ODD)
def test_pages_asked_for_odd_ids_answer_that_there_is_nothing(centre: Centre, odd: str) -> None:
    centre.officer("甲")
    assert sign_in(centre).status_code == 303
    for kind in ("visits", "enterprises"):
        assert centre.http.get(f"/records/{kind}/{encoded(odd)}").status_code == 404
    assert centre.http.get(f"/records/{encoded(odd)}").status_code == 404
    assert centre.http.get(f"/records/visits?page={encoded(odd)}").status_code == 200


@pytest.mark.parametrize("odd", ODD)
def test_signing_in_with_odd_text_is_a_wrong_name_or_password(centre: Centre, odd: str) -> None:
    assert sign_in(centre, name=odd.encode("utf-8", "replace").decode()).status_code == 403
    centre.officer("甲")
    assert sign_in(centre, password=odd.encode("utf-8", "replace").decode()).status_code == 403


@pytest.mark.parametrize("odd", ODD)
def test_laptops_that_ask_with_odd_text_get_an_answer(centre: Centre, odd: str) -> None:
    desk = centre.officer()
    for path in (f"/v1/sync/changes?grid={encoded(odd)}&since=0&limit=5", f"/v1/attachments/{encoded(odd)}"):
        assert desk.get(path).status_code in (400, 404)
    assert centre.http.get("/v1/sync/hello", headers={"Authorization": "Bearer zqd_%00"}).status_code == 401


@pytest.mark.parametrize("odd", ["\x00", "a\x00b"])
@pytest.mark.parametrize("field", ["name", "remark"])
def test_a_zero_character_is_refused_by_field_and_blocks_nothing_else(centre: Centre, field: str, odd: str) -> None:
    desk = centre.officer()
    good = enterprise(desk.grid, "好厂")
    bad = enterprise(desk.grid, **{"name": "坏厂", field: odd})
    results = desk.push(bad, good)
    assert [result["status"] for result in results] == ["rejected", "applied"]
    assert results[0]["field"] == field
    assert centre.count("enterprises") == 1


def test_half_a_character_is_no_json_and_is_answered(centre: Centre) -> None:
    desk = centre.officer()
    line = (
        f'{{"op_id":"{new_id()}","table":"enterprises","row_id":"{new_id()}","grid_id":"{desk.grid}","kind":"put",'
        f'"fields":{{"name":"\\ud800"}},"base_version":0,"edited_at":"{EDITED_AT}"}}'
    )
    headers = {**desk.headers, "Idempotency-Key": new_id(), "Content-Type": "application/x-ndjson"}
    response = centre.http.post("/v1/sync/push", content=line.encode(), headers=headers)
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert response.json()["results"][0]["status"] == "rejected"
    assert centre.count("enterprises") == 0
