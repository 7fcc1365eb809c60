"""The pages of the office: what administrators do with accounts, devices and grids, and what the audit keeps of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.models.identity import grid_id, member_id
from desktop.models.records.members import MemberRole
from desktop.models.vocabulary import Role
from server import officers
from server.tables import audit_events, enrolment_codes
from tests.server.browser import Browser, shown_secret
from tests.server.centre import Centre, enterprise


@pytest.fixture
def county(centre: Centre) -> Browser:
    """An administrator of grids A and B, signed in."""
    centre.account("县", Role.COUNTY_ADMIN, ("A", "B"))
    return Browser(centre).enter("县")


def events(centre: Centre, object_id: str) -> list[str]:
    event = audit_events.c
    with centre.store.reading() as connection:
        query = select(event.action).where(event.object_id == object_id).order_by(event.position)
        return list(connection.scalars(query))


def posts(centre: Centre, account: str, code: str) -> set[str]:
    """The roles in which colleagues in a grid see an officer at work."""
    with centre.store.reading() as connection:
        query = select(MemberRole.role).where(
            MemberRole.member_id == member_id(account, grid_id(code)), MemberRole.deleted_at.is_(None)
        )
        return set(connection.scalars(query))


def test_a_new_officer_signs_in_with_a_password_shown_once(centre: Centre, county: Browser) -> None:
    made = county.post("/office/accounts", name="新人", role="grid_instructor", grids="A, B")
    password = shown_secret(made)
    assert password not in county.get("/office/accounts").text
    officer = Browser(centre, "10.0.0.2")
    assert officer.sign_in("新人", password).status_code == 303
    assert officer.get("/records/visits").headers["location"] == "/account/password"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"name": "县", "role": "grid_instructor", "grids": "A"}, 400),
        ({"name": "", "role": "grid_instructor", "grids": "A"}, 400),
        ({"name": "乙", "role": "grid_instructor", "grids": ""}, 404),
        ({"name": "乙", "role": "chief", "grids": "A"}, 400),
    ],
)
def test_an_officer_that_cannot_be_is_refused_in_words(
    centre: Centre, county: Browser, fields: dict[str, str], status: int
) -> None:
    before = centre.count("accounts")
    assert county.post("/office/accounts", **fields).status_code == status
    assert centre.count("accounts") == before


def test_grids_are_given_and_taken_and_colleagues_see_it(centre: Centre, county: Browser) -> None:
    desk = centre.officer("甲", grids=("A",))
    page = f"/office/accounts/{desk.account}"
    assert county.post(f"{page}/give-grid", grid="B").headers["location"] == page
    assert [grid["code"] for grid in desk.get("/v1/sync/hello").json()["scope"]["grids"]] == ["A", "B"]
    assert posts(centre, desk.account, "B") == {"grid_instructor"}
    county.post(f"{page}/take-grid", grid=grid_id("B"))
    assert [grid["code"] for grid in desk.get("/v1/sync/hello").json()["scope"]["grids"]] == ["A"]
    assert posts(centre, desk.account, "B") == set()
    county.post(f"{page}/give-grid", grid="B")
    assert posts(centre, desk.account, "B") == {"grid_instructor"}
    assert events(centre, desk.account)[-3:] == ["grant_grid", "revoke_grid", "grant_grid"]


def test_a_new_role_counts_at_once_and_colleagues_see_it(centre: Centre, county: Browser) -> None:
    desk = centre.officer("甲", grids=("A",))
    signed_in = Browser(centre, "10.0.0.2")
    signed_in.sign_in("甲")
    county.post(f"/office/accounts/{desk.account}/role", role="service_officer")
    assert posts(centre, desk.account, "A") == {"service_officer"}
    assert signed_in.get("/account").status_code == 303
    assert desk.get("/v1/sync/hello").json()["scope"]["role"] == "service_officer"


def test_a_device_is_revoked_from_the_page_of_its_officer_and_by_its_officer(centre: Centre, county: Browser) -> None:
    desk = centre.officer("甲", grids=("A",))
    second = centre.laptop(desk.account)
    assert desk.device in county.get(f"/office/accounts/{desk.account}").text
    county.post(f"/office/devices/{desk.device}/revoke")
    assert desk.get("/v1/sync/hello").status_code == 401
    officer = Browser(centre, "10.0.0.2")
    officer.sign_in("甲")
    assert officer.post(f"/office/devices/{second.device}/revoke").headers["location"] == "/account"
    assert second.get("/v1/sync/hello").status_code == 401
    assert events(centre, second.device) == ["enrol", "revoke"]


def test_an_officer_revokes_nobody_elses_device(centre: Centre) -> None:
    centre.account("甲", grids=("A",))
    neighbour = centre.officer("乙", grids=("A",))
    officer = Browser(centre)
    officer.sign_in("甲")
    assert officer.post(f"/office/devices/{neighbour.device}/revoke").status_code == 404
    assert neighbour.get("/v1/sync/hello").status_code == 200


def test_a_code_from_the_page_enrols_a_laptop(centre: Centre, county: Browser) -> None:
    account = centre.account("甲", grids=("A",))
    code = shown_secret(county.post(f"/office/accounts/{account}/enrolment-code"))
    with centre.store.reading() as connection:
        stored = str(connection.execute(select(enrolment_codes)).all())
    assert len(code.replace("-", "")) == 24
    assert code.replace("-", "") not in stored
    answer = centre.http.post(
        "/v1/enrol", json={"code": code, "device_id": account, "device_code": "AB12CD", "device_name": ""}
    )
    assert answer.status_code == 200


def test_a_second_administrator_helps_one_who_lost_his_factor(centre: Centre) -> None:
    centre.account("市", Role.CITY_ADMIN, ("A",))
    lost = centre.account("县", Role.COUNTY_ADMIN, ("A",))
    Browser(centre, "10.0.0.2").enter("县")
    city = Browser(centre).enter("市")
    city.post(f"/office/accounts/{lost}/factor")
    again = Browser(centre, "10.0.0.3")
    assert again.sign_in("县").status_code == 303
    assert again.get("/account").headers["location"] == "/account/factor"
    assert "forget_factor" in events(centre, lost)


def test_a_closed_account_is_out_everywhere(centre: Centre, county: Browser) -> None:
    desk = centre.officer("甲", grids=("A",))
    desk.push(enterprise(desk.grid))
    signed_in = Browser(centre, "10.0.0.2")
    signed_in.sign_in("甲")
    assert county.post(f"/office/accounts/{desk.account}/close").headers["location"] == "/office/accounts"
    assert desk.get("/v1/sync/hello").status_code == 401
    assert signed_in.get("/account").status_code == 303
    assert signed_in.sign_in("甲").status_code == 403
    assert "甲" not in table_of(county.get("/office/accounts").text)
    assert centre.count("enterprises") == 1


def test_lists_hold_what_is_in_reach_and_nothing_else(centre: Centre, county: Browser) -> None:
    ours, theirs = centre.officer("甲", grids=("A",)), centre.officer("乙", grids=("C",))
    both = centre.account("丙", grids=("A", "C"))
    for path in ("/office/accounts", "/office/devices", "/office/audit", "/office/grids"):
        text = county.get(path).text
        for secret in ("乙", theirs.account, theirs.device, grid_id("C"), both):
            assert secret not in text, path
    assert "甲" in county.get("/office/accounts").text
    assert ours.account in county.get("/office/audit").text
    system = Browser(centre, "10.0.0.2")
    centre.account("系", Role.SYSTEM_ADMIN)
    system.enter("系")
    assert "乙" in system.get("/office/accounts").text


def test_an_auditor_reads_the_audit_and_changes_nothing(centre: Centre) -> None:
    officer = centre.account("甲", grids=("A",))
    centre.account("审", Role.AUDITOR)
    auditor = Browser(centre).enter("审")
    assert officer in auditor.get("/office/audit").text
    for act in ("close", "password", "role", "give-grid", "take-grid", "factor", "enrolment-code"):
        assert auditor.post(f"/office/accounts/{officer}/{act}").status_code == 404
    assert auditor.post("/office/accounts", name="x", role="auditor").status_code == 404


def test_text_from_people_is_never_markup(centre: Centre, county: Browser) -> None:
    desk = centre.officer("<b>甲</b>", grids=("A",))
    for path in ("/office/accounts", f"/office/accounts/{desk.account}", "/office/devices", "/office/audit"):
        assert "<b>" not in county.get(path).text


def test_a_form_without_its_token_does_nothing(centre: Centre, county: Browser) -> None:
    account = centre.account("甲", grids=("A",))
    answer = county.http.post(f"/office/accounts/{account}/close", data={"csrf": "wrong"})
    assert answer.headers["location"] == "/sign-in"
    assert "甲" in county.get("/office/accounts").text


def test_giving_a_grid_twice_changes_nothing(centre: Centre) -> None:
    account = centre.account("甲", grids=("A",))
    before = centre.count("grants"), centre.count("members"), centre.count("member_roles")
    with centre.store.writing() as connection:
        officers.give_grid(connection, account, " a ")
    assert (centre.count("grants"), centre.count("members"), centre.count("member_roles")) == before


def table_of(page: str) -> str:
    """The table of a page."""
    return page[page.index("<table>") : page.index("</table>")]
