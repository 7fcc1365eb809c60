"""Codes and tokens: one use, one day, one officer; nothing of them stands in the database as it is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from desktop.models.identity import new_id
from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Role
from server.accounts import find_account
from server.enrolment import new_code
from server.officers import create_officer
from server.tables import devices, enrolment_codes
from tests.server.centre import CHEAP, PASSWORD, Centre


def code_for(centre: Centre, officer: str) -> str:
    with centre.store.writing() as connection:
        return new_code(connection, officer)[0]


def ask(centre: Centre, code: str, device: str | None = None, device_code: str = "AB12CD") -> Any:
    body = {"code": code, "device_id": device or new_id(), "device_code": device_code}
    return centre.http.post("/v1/enrol", content=msgspec.json.encode(body))


def test_a_code_gives_a_token_that_opens_the_officers_scope(centre: Centre) -> None:
    officer = create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1", "G2"], PASSWORD)
    code = code_for(centre, officer)
    answer = ask(centre, code.lower())
    assert answer.headers["content-type"] == "application/vnd.zhuqi.enrolment+json"
    made = answer.json()
    assert made["token"].startswith("zqd_")
    assert made["device_code"] == "AB12CD"
    assert [grid["code"] for grid in made["scope"]["grids"]] == ["G1", "G2"]
    hello = centre.http.get("/v1/sync/hello", headers={"Authorization": f"Bearer {made['token']}"}).json()
    assert hello["scope"]["officer"] == officer
    assert hello["limits"]["batch_operations"] == 2000
    assert (hello["protocol_oldest"], hello["protocol_newest"]) == (1, 1)


def test_a_code_has_120_bits_and_is_stored_only_as_its_hash(centre: Centre) -> None:
    officer = create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    code = code_for(centre, officer)
    token = ask(centre, code).json()["token"]
    assert len(code.replace("-", "")) == 24
    with centre.store.reading() as connection:
        stored = [*connection.execute(select(enrolment_codes)), *connection.execute(select(devices))]
    assert code.replace("-", "") not in str(stored)
    assert token not in str(stored)


def test_a_code_works_once(centre: Centre) -> None:
    officer = create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    code = code_for(centre, officer)
    assert ask(centre, code).status_code == 200
    again = ask(centre, code)
    assert (again.status_code, again.json()["problem"]["code"]) == (403, "sync_code_refused")


def test_a_code_ends_after_a_day(centre: Centre) -> None:
    officer = create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    code = code_for(centre, officer)
    with centre.store.writing() as connection:
        connection.execute(update(enrolment_codes).values(expires_at="2020-01-01T00:00:00.000Z"))
    assert ask(centre, code).status_code == 403


def test_two_devices_never_share_a_code_for_their_numbers(centre: Centre) -> None:
    officer = create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    first, second = (ask(centre, code_for(centre, officer)).json() for _ in range(2))
    assert first["device_code"] == "AB12CD"
    assert second["device_code"] != first["device_code"]


def test_enrolling_the_same_device_again_keeps_its_code_and_ends_the_old_token(centre: Centre) -> None:
    officer = create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    device = new_id()
    first, second = (ask(centre, code_for(centre, officer), device).json() for _ in range(2))
    assert first["device_code"] == second["device_code"]
    tokens = [first["token"], second["token"]]
    answers = [centre.http.get("/v1/sync/hello", headers={"Authorization": f"Bearer {token}"}) for token in tokens]
    assert [answer.status_code for answer in answers] == [401, 200]


def test_a_device_of_somebody_else_is_not_taken_over_and_the_code_stays_good(centre: Centre) -> None:
    one = create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    two = create_officer(centre.store, CHEAP, "乙", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    device = new_id()
    ask(centre, code_for(centre, one), device)
    code = code_for(centre, two)
    assert ask(centre, code, device).json()["problem"]["code"] == "sync_device_of_other_officer"
    assert ask(centre, code).status_code == 200


@pytest.mark.parametrize("body", [b"", b"[]", b'{"code": 1}', b"[" * 3000, b'{"code":"a","device_id":"b","role":"x"}'])
def test_a_request_in_another_form_is_refused(centre: Centre, body: bytes) -> None:
    assert centre.http.post("/v1/enrol", content=body).status_code == 400


def test_an_enterprise_contact_has_no_device(centre: Centre) -> None:
    contact = create_officer(centre.store, CHEAP, "联系人", Role.ENTERPRISE_CONTACT, ["G1"], PASSWORD)
    with pytest.raises(UserProblem, match="server_role_without_device"):
        code_for(centre, contact)


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "password1234", "x" * 129, "1234567890123"])
def test_a_weak_password_is_refused_and_nothing_is_made(centre: Centre, password: str) -> None:
    with pytest.raises(UserProblem, match="server_password"):
        create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], password)
    assert (centre.count("accounts"), centre.count("grids")) == (0, 0)


def test_a_second_officer_of_the_same_name_is_refused_and_leaves_nothing(centre: Centre) -> None:
    create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    with pytest.raises(UserProblem, match="server_officer_exists"):
        create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G2"], PASSWORD)
    assert centre.count("grids") == 1
    with centre.store.reading() as connection:
        assert find_account(connection, "甲")
