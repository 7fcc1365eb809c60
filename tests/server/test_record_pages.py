"""The plain web pages: nothing without a sign-in, nothing of a foreign grid, and text is never markup."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from desktop.models.vocabulary import Role
from server.app import make_app
from server.officers import create_officer
from server.passwords import Passwords
from server.tables import sessions
from tests.photos import photo
from tests.server.centre import CHEAP, PASSWORD, Centre, answer, attachment, enterprise, finding, letter, visit
from tests.server.in_process import InProcess

HOSTILE = '<img src="http://x/y"><script>alert(1)</script>{{ 7*7 }}'


def sign_in(centre: Centre, name: str = "甲", password: str = PASSWORD, http: InProcess | None = None) -> Any:
    http = http or centre.http
    form = http.get("/sign-in")
    token = re.search(r'name="csrf" value="([^"]+)"', form.text)
    assert token
    return http.post("/sign-in", data={"name": name, "password": password, "csrf": token[1]})


@pytest.mark.parametrize("path", ["/", "/records/enterprises", "/records/visits", "/records/visits/x"])
def test_without_a_sign_in_every_page_leads_to_it(centre: Centre, path: str) -> None:
    response = centre.http.get(path)
    assert response.status_code == 303
    assert response.headers["location"] in ("/sign-in",)
    assert "甲" not in response.text


def test_an_officer_reads_the_records_of_his_grid(centre: Centre) -> None:
    desk, other = centre.officer("甲", grids=("A",)), centre.officer("乙", grids=("B",))
    firm = enterprise(desk.grid, "澄州示例一厂")
    day = visit(desk.grid, firm["row_id"])
    desk.push(
        firm, day, answer(desk.grid, day["row_id"], "M14"), finding(desk.grid, firm["row_id"], title="隔离间不足"),
        letter(desk.grid, firm["row_id"], day["row_id"]),
    )  # fmt: skip
    foreign = enterprise(other.grid, "外网格的厂")
    other.push(foreign)
    assert sign_in(centre).headers["location"] == "/"
    listed = centre.http.get("/records/enterprises").text
    assert "澄州示例一厂" in listed
    assert "外网格的厂" not in listed
    assert "2020-02-27" in centre.http.get("/records/visits").text
    assert "隔离间不足" in centre.http.get("/records/findings").text
    assert "草稿 Draft" in centre.http.get("/records/letters").text
    assert "不符 Fail" in centre.http.get(f"/records/visits/{day['row_id']}").text
    assert "M14" in centre.http.get(f"/records/visits/{day['row_id']}").text
    assert "2020-02-27" in centre.http.get(f"/records/enterprises/{firm['row_id']}").text
    hidden = centre.http.get(f"/records/enterprises/{foreign['row_id']}")
    unknown = centre.http.get("/records/enterprises/nothing")
    assert (hidden.status_code, hidden.content) == (unknown.status_code, unknown.content)
    assert hidden.status_code == 404


def test_a_visit_says_how_many_of_its_photos_have_arrived(centre: Centre) -> None:
    desk = centre.officer("甲", grids=("A",))
    firm = enterprise(desk.grid)
    day = visit(desk.grid, firm["row_id"])
    paper = letter(desk.grid, firm["row_id"], day["row_id"])
    photos = [photo(number, 1000) for number in range(3)]
    desk.push(firm, day, paper, *(attachment(desk.grid, day["row_id"], each, "visits") for each in photos))
    desk.push(attachment(desk.grid, paper["row_id"], b"%PDF-1.7 a letter", "letters"))
    for content in photos[:2]:
        desk.upload(content)
    sign_in(centre)
    assert "<dd>2 / 3" in centre.http.get(f"/records/visits/{day['row_id']}").text
    assert "2 / 3" in centre.http.get("/records/visits").text
    assert "未到 on its way" in centre.http.get("/records/letters").text
    desk.upload(b"%PDF-1.7 a letter")
    assert "已到 here" in centre.http.get("/records/letters").text


def test_text_of_records_is_never_markup(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid, HOSTILE)
    desk.push(firm)
    sign_in(centre)
    for path in ("/records/enterprises", f"/records/enterprises/{firm['row_id']}"):
        page = centre.http.get(path)
        assert "<script" not in page.text
        assert "<img" not in page.text
        assert "&lt;script&gt;" in page.text
        assert "{{ 7*7 }}" in page.text


def test_every_answer_carries_the_security_headers(centre: Centre) -> None:
    for path in ("/sign-in", "/records/visits", "/v1/sync/hello", "/static/pages.css", "/nowhere"):
        headers = centre.http.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert ("cache-control" in headers) or path.startswith("/static/")
    assert centre.http.get("/sign-in").headers["cache-control"] == "no-store"


def test_the_pages_load_nothing_their_policy_forbids(centre: Centre) -> None:
    page = centre.http.get("/sign-in").text
    assert "style=" not in page
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == ["/static/pages.css"]
    assert centre.http.get("/static/pages.css").status_code == 200


def test_with_tls_the_cookie_is_bound_to_its_host(centre: Centre) -> None:
    create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
    settings = replace(centre.settings, tls_certificate=Path("c"), tls_key=Path("k"))
    http = InProcess(make_app(centre.store, settings, CHEAP), "https://127.0.0.1")
    cookie = sign_in(centre, http=http).headers["set-cookie"]
    assert cookie.startswith("__Host-zhuqi=")
    for mark in ("Secure", "HttpOnly", "SameSite=strict", "Path=/"):
        assert mark in cookie
    assert "strict-transport-security" in http.get("/sign-in").headers


def test_a_form_without_its_token_does_nothing(centre: Centre) -> None:
    centre.officer()
    centre.http.get("/sign-in")
    for token in ("", "wrong"):
        response = centre.http.post("/sign-in", data={"name": "甲", "password": PASSWORD, "csrf": token})
        assert response.status_code == 400
    sign_in(centre)
    centre.http.post("/sign-out", data={"csrf": "wrong"})
    assert centre.http.get("/records/visits").status_code == 200


def test_signing_out_ends_the_sign_in_at_the_server(centre: Centre) -> None:
    centre.officer()
    sign_in(centre)
    kept = dict(centre.http.cookies)
    page = centre.http.get("/records/visits").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    centre.http.post("/sign-out", data={"csrf": token[1]})
    centre.http.cookies.update(kept)
    assert centre.http.get("/records/visits").status_code == 303


@pytest.mark.parametrize("column", ["seen_at", "made_at"])
def test_a_sign_in_ends_by_idleness_and_by_age(centre: Centre, column: str) -> None:
    centre.officer()
    sign_in(centre)
    with centre.store.writing() as connection:
        connection.execute(update(sessions).values({column: "2020-01-01T00:00:00.000Z"}))
    assert centre.http.get("/records/visits").status_code == 303


def test_a_contact_of_an_enterprise_has_no_sign_in(centre: Centre) -> None:
    create_officer(centre.store, CHEAP, "联系人", Role.ENTERPRISE_CONTACT, ["G1"], PASSWORD)
    assert sign_in(centre, "联系人").status_code == 403


def test_the_real_password_hash_is_argon2id_with_the_agreed_figures() -> None:
    stored = Passwords().hash(PASSWORD)
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Passwords().matches(stored, PASSWORD)
