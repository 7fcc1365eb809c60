"""Signing in on the web: second factors, recovery codes, proof for what matters, and sign-ins that can be ended."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from desktop.models.problems import EnvironmentProblem
from desktop.models.vocabulary import Role
from server import factors, officers
from server.app import make_app
from server.moments import from_now
from server.passwords import Passwords
from server.seed_box import SeedBox
from server.tables import accounts, audit_events, recovery_codes, sessions
from tests.server.browser import Browser
from tests.server.centre import PASSWORD, Centre
from tests.server.in_process import InProcess

NEW = "another phrase of mine"


def stored(centre: Centre, column: Any) -> Any:
    with centre.store.reading() as connection:
        return connection.scalar(select(column).where(accounts.c.name == "管"))


def age(centre: Centre, **moments: str) -> None:
    with centre.store.writing() as connection:
        connection.execute(update(sessions).values(**moments))


@pytest.fixture
def administrator(centre: Centre) -> Browser:
    """A county administrator who has set his authenticator up."""
    centre.account("管", Role.COUNTY_ADMIN)
    return Browser(centre).enter("管")


@pytest.mark.parametrize("role", [Role.COUNTY_ADMIN, Role.CITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_before_an_administrator_sees_anything_he_sets_an_authenticator_up(centre: Centre, role: Role) -> None:
    centre.account("管", role)
    browser = Browser(centre)
    assert browser.sign_in("管").status_code == 303
    for path in ("/records/enterprises", "/office/accounts", "/office/audit", "/account", "/account/password"):
        assert browser.get(path).headers["location"] == "/account/factor"
    assert browser.post("/office/accounts", at="/account/factor").headers["location"] == "/account/factor"
    page = browser.get("/account/factor")
    assert 'src="data:image/svg+xml' in page.text
    assert browser.post("/account/factor", at="/account/factor", code="000000").status_code == 200
    assert browser.get("/account").status_code == 303


def test_from_then_on_password_and_code_are_asked_for(centre: Centre, administrator: Browser) -> None:
    assert administrator.get("/office/accounts").status_code == 200
    fresh = Browser(centre, "10.0.0.2")
    assert fresh.sign_in("管").status_code == 403
    assert fresh.sign_in("管", code="000000").status_code == 403
    assert fresh.sign_in("管", "wrong", administrator.code("管")).status_code == 403
    assert fresh.sign_in("管", code=administrator.code("管")).status_code == 303


def test_a_code_counts_once(centre: Centre, administrator: Browser) -> None:
    code = administrator.code("管")
    assert Browser(centre, "10.0.0.2").sign_in("管", code=code).status_code == 303
    assert Browser(centre, "10.0.0.3").sign_in("管", code=code).status_code == 403


def test_a_code_of_the_step_before_or_after_counts_and_no_other(
    centre: Centre, administrator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    code, now = administrator.code("管"), time.time()
    account, box = stored(centre, accounts.c.id), SeedBox(centre.keys)
    for steps, right in ((-3, False), (-2, False), (2, False), (3, False), (1, True)):
        monkeypatch.setattr(time, "time", lambda steps=steps: now + steps * factors.STEP_S)
        with centre.store.writing() as connection:
            assert factors.proves(connection, box, account, code) is right, steps


def test_a_recovery_code_stands_in_once(centre: Centre) -> None:
    account = centre.account("管", Role.COUNTY_ADMIN)
    box = SeedBox(centre.keys)
    with centre.store.writing() as connection:
        factors.pending(connection, box, account)
        codes = factors.start(connection, account)
    assert len(set(codes)) == 10
    assert Browser(centre, "10.0.0.2").sign_in("管", code=codes[3].lower()).status_code == 303
    assert Browser(centre, "10.0.0.3").sign_in("管", code=codes[3]).status_code == 403
    with centre.store.reading() as connection:
        kept = str(connection.execute(select(recovery_codes)).all())
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_a_seed_is_sealed_for_its_account_with_a_key_outside_the_database(
    centre: Centre, administrator: Browser
) -> None:
    seed, kept, account = administrator.seed("管"), stored(centre, accounts.c.totp_seed), stored(centre, accounts.c.id)
    assert seed
    assert seed not in kept
    assert (centre.keys / "factors.key").stat().st_mode & 0o077 == 0
    box = SeedBox(centre.keys)
    assert box.open(kept, account) == seed
    for sealed, of in ((kept, "another account"), (kept.replace("aes256gcm-1", "none-0"), account)):
        with pytest.raises(EnvironmentProblem, match="server_seed_unreadable"):
            box.open(sealed, of)
    with pytest.raises(EnvironmentProblem, match="server_keys_not_named"):
        SeedBox(None).seal("x", account)


def test_servers_that_start_together_make_one_key(centre: Centre) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda number: SeedBox(centre.keys).seal(f"seed {number}", "a"), range(8)))
    assert [SeedBox(centre.keys).open(text, "a") for text in sealed] == [f"seed {number}" for number in range(8)]
    assert [file.name for file in centre.keys.glob("factors*")] == ["factors.key"]


def test_what_matters_asks_for_password_and_code_again(centre: Centre, administrator: Browser) -> None:
    officer = centre.account("甲")
    age(centre, proved_at=from_now(-timedelta(minutes=6)))
    path = f"/office/accounts/{officer}/password"
    leads = administrator.post(path).headers["location"]
    assert leads == f"/prove?back=/office/accounts/{officer}"
    before = dict(administrator.http.cookies)
    assert administrator.post("/prove", at=leads, password=PASSWORD, code="000000").status_code == 403
    assert administrator.post("/prove", at=leads, password=PASSWORD).status_code == 403
    proved = administrator.post("/prove", at=leads, password=PASSWORD, code=administrator.code("管"), back="/office")
    assert proved.headers["location"] == "/office"
    assert dict(administrator.http.cookies) != before  # a sign-in that may do more has another name
    assert administrator.post(path).status_code == 200


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "", "javascript:x"]
)
def test_proving_leads_back_to_this_server_only(centre: Centre, administrator: Browser, back: str) -> None:
    answer = administrator.post("/prove", at="/prove", password=PASSWORD, code=administrator.code("管"), back=back)
    assert answer.headers["location"] == "/account"


def test_guessing_at_the_proof_is_slowed_down_too(centre: Centre, administrator: Browser) -> None:
    administrator.http.cookies.delete("zhuqi-known")
    fields = {"at": "/prove", "password": "not this one", "code": "000000"}
    statuses = [administrator.post("/prove", **fields).status_code for _ in range(6)]
    assert statuses == [403] * 5 + [429]


def test_a_password_somebody_else_chose_is_changed_first(centre: Centre) -> None:
    account = centre.account("甲")
    with centre.store.writing() as connection:
        officers.replace_password(connection, account, Passwords(PasswordHasher(1, 64, 1)).hash(PASSWORD), "other")
    browser = Browser(centre)
    browser.sign_in("甲")
    assert browser.get("/records/enterprises").headers["location"] == "/account/password"
    for weak, status in (("short", 400), ("zhuqi20202020", 400), (PASSWORD, 400), (NEW, 303)):
        assert browser.post("/account/password", at="/account/password", new=weak).status_code == status
    assert browser.get("/records/enterprises").status_code == 200
    assert Browser(centre, "10.0.0.2").sign_in("甲", PASSWORD).status_code == 403
    assert Browser(centre, "10.0.0.2").sign_in("甲", NEW).status_code == 303


def test_changing_the_password_ends_the_other_sign_ins(centre: Centre) -> None:
    centre.account("甲")
    here, there = Browser(centre), Browser(centre, "10.0.0.2")
    for browser in (here, there):
        browser.sign_in("甲")
    assert here.post("/account/password", at="/account/password", new=NEW).status_code == 303
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 303)


def test_passwords_grow_old_only_where_the_setting_says_so(centre: Centre) -> None:
    centre.account("甲")
    with centre.store.writing() as connection:
        connection.execute(update(accounts).values(password_set_at=from_now(-timedelta(days=91))))
    browser = Browser(centre)
    browser.sign_in("甲")
    assert browser.get("/records/enterprises").status_code == 200
    browser.http.app = make_app(centre.store, replace(centre.settings, password_days=90))
    assert browser.get("/records/enterprises").headers["location"] == "/account/password"


def test_a_hash_made_with_older_figures_is_made_anew_at_the_next_sign_in(centre: Centre) -> None:
    centre.account("管", Role.GRID_INSTRUCTOR)
    old = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(PASSWORD)
    with centre.store.writing() as connection:
        connection.execute(update(accounts).values(password_hash=old))
    assert Browser(centre).sign_in("管", "wrong one here").status_code == 403
    assert stored(centre, accounts.c.password_hash) == old
    assert Browser(centre).sign_in("管").status_code == 303
    assert "m=64,t=1" in stored(centre, accounts.c.password_hash)
    assert Browser(centre).sign_in("管").status_code == 303


def test_ones_own_sign_ins_are_listed_and_ended(centre: Centre) -> None:
    centre.account("甲")
    here, there = Browser(centre), Browser(centre, "10.0.0.2")
    there.http.headers = {"User-Agent": "Firefox <b>\x07"}
    for browser in (here, there):
        browser.sign_in("甲")
    page = here.get("/account").text
    assert "Firefox &lt;b&gt;" in page
    (other,) = set(re.findall(r"/office/sign-ins/(\w+)/end", page))
    assert here.post(f"/office/sign-ins/{other}/end").headers["location"] == "/account"
    assert there.get("/account").status_code == 303
    there.sign_in("甲")
    here.post("/account/sign-ins/end")
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 303)


@pytest.mark.parametrize("change", [officers.forget_factor, officers.close_officer])
def test_losing_the_factor_or_the_account_ends_every_sign_in(
    centre: Centre, administrator: Browser, change: Any
) -> None:
    with centre.store.writing() as connection:
        change(connection, stored(centre, accounts.c.id))
    assert administrator.get("/account").headers["location"] == "/sign-in"


def test_a_sign_in_from_before_the_factor_is_worth_nothing_after_it(centre: Centre) -> None:
    account = centre.account("甲")
    browser = Browser(centre)
    browser.sign_in("甲")
    with centre.store.writing() as connection:
        factors.pending(connection, SeedBox(centre.keys), account)
        factors.start(connection, account)
    assert browser.get("/account").status_code == 303


def test_giving_the_factor_up_takes_the_factor(centre: Centre, administrator: Browser) -> None:
    age(centre, proved_at=from_now(-timedelta(minutes=6)))
    assert administrator.post("/account/factor/replace").headers["location"].startswith("/prove")
    assert stored(centre, accounts.c.totp_since)
    administrator.post("/prove", at="/prove", password=PASSWORD, code=administrator.code("管"))
    administrator.post("/account/factor/replace")
    assert stored(centre, accounts.c.totp_since) is None
    assert administrator.get("/account").headers["location"] == "/sign-in"


def test_behind_a_proxy_with_tls_cookies_are_secure_and_the_browser_is_told_to_stay(centre: Centre) -> None:
    centre.account("甲")
    browser = Browser(centre)
    browser.http = InProcess(centre.app, "https://centre.example")
    answer = browser.sign_in("甲")
    cookies = answer.headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {
        "__Host-zhuqi", "__Host-zhuqi-known", "__Host-zhuqi-form"
    }  # fmt: skip
    for cookie in cookies:
        for mark in ("Secure", "HttpOnly", "SameSite=strict", "Path=/"):
            assert mark in cookie
    assert "strict-transport-security" in answer.headers


def test_sign_ins_are_in_the_audit_and_what_was_typed_is_not(centre: Centre) -> None:
    account = centre.account("甲")
    browser = Browser(centre)
    browser.sign_in("甲", "a wrong password")
    browser.sign_in("nobody here")
    browser.sign_in("甲")
    event = audit_events.c
    with centre.store.reading() as connection:
        query = select(event.object_id, event.result).where(event.action == "sign_in").order_by(event.position)
        found = [tuple(row) for row in connection.execute(query)]
        everything = str(connection.execute(select(audit_events)).all())
    assert found == [(account, "refused"), ("unknown", "refused"), (account, "done")]
    assert not [typed for typed in ("a wrong password", "nobody here", PASSWORD, "甲") if typed in everything]
