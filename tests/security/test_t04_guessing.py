"""T04: who guesses is slowed down; whom he guesses about goes on working."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Literal

import msgspec
import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, update

from desktop.models.identity import new_id
from desktop.models.problems import EnvironmentProblem
from server.moments import from_now
from server.passwords import Passwords
from server.store import Store
from server.tables import sign_in_attempts
from server.throttle import MINUTES, PER_ADDRESS, PER_NAME, Attempt, begin, succeed
from tests.server.browser import Browser
from tests.server.centre import Centre

WRONG = "not this phrase at all"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store, for the counters alone."""
    made = Store(database_url)
    yield made
    made.close()


def test_the_sixth_wrong_try_waits_and_a_quiet_address_does_not(centre: Centre) -> None:
    centre.account()
    stranger, officer = Browser(centre, "10.1.1.1"), Browser(centre, "10.2.2.2")
    assert [stranger.sign_in(password=WRONG).status_code for _ in range(5)] == [403] * 5
    refused = stranger.sign_in()
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= MINUTES * 60
    assert officer.sign_in().status_code == 303
    assert stranger.sign_in().status_code == 429  # somebody else's success clears nothing here


def test_after_the_wait_the_right_password_works(centre: Centre) -> None:
    centre.account()
    officer = Browser(centre)
    for _ in range(6):
        officer.sign_in(password=WRONG)
    with centre.store.writing() as connection:
        connection.execute(update(sign_in_attempts).values(at="2020-01-01T00:00:00.000Z"))
    assert officer.sign_in().status_code == 303


def test_a_browser_known_to_the_account_is_not_locked_out_by_strangers(centre: Centre) -> None:
    centre.account()
    known = Browser(centre, "10.1.1.1")
    known.sign_in()
    stranger = Browser(centre, "10.1.1.1")  # behind the same address
    for _ in range(6):
        stranger.sign_in(password=WRONG)
    assert stranger.sign_in().status_code == 429
    assert known.sign_in().status_code == 303
    assert [known.sign_in(password=WRONG).status_code for _ in range(6)] == [403] * 5 + [429]  # its own counter


def test_a_known_browser_counts_for_its_own_account_only(centre: Centre) -> None:
    centre.account("甲")
    centre.account("乙")
    browser = Browser(centre, "10.1.1.1")
    browser.sign_in("甲")
    assert [browser.sign_in("乙", WRONG).status_code for _ in range(6)] == [403] * 5 + [429]


def test_many_addresses_together_get_a_bounded_number_of_tries(store: Store) -> None:
    waits = [try_once(store, Attempt("name 甲", f"10.0.0.{number}")) for number in range(PER_NAME + 1)]
    assert waits[:PER_NAME] == [0] * PER_NAME
    assert waits[PER_NAME] > 0
    assert try_once(store, Attempt("name 甲", "10.9.9.9", "known")) == 0


def test_one_address_gets_a_bounded_number_of_tries_about_anybody(store: Store) -> None:
    waits = [try_once(store, Attempt(f"name {number}", "10.0.0.1")) for number in range(PER_ADDRESS + 1)]
    assert (waits[:PER_ADDRESS], waits[PER_ADDRESS] > 0) == ([0] * PER_ADDRESS, True)


def test_tries_made_at_the_same_moment_do_not_all_see_the_same_allowance(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: try_once(store, Attempt("name 甲", "10.0.0.1")), range(20)))
    assert waits.count(0) == 5


def test_a_success_clears_the_failures_before_it(store: Store) -> None:
    attempt = Attempt("name 甲", "10.0.0.1")
    for _ in range(4):
        try_once(store, attempt)
    with store.writing() as connection:
        succeed(connection, begin(connection, attempt))
    assert [try_once(store, attempt) for _ in range(5)] == [0] * 5


def test_old_attempts_are_forgotten_after_the_retention_and_not_before(store: Store) -> None:
    for days in (179, 181):
        try_once(store, Attempt(f"name {days}", "10.0.0.1"))
        with store.writing() as connection:
            old = from_now(-timedelta(days=days))
            recent = sign_in_attempts.c.at > from_now(-timedelta(hours=1))
            connection.execute(update(sign_in_attempts).where(recent).values(at=old))
    try_once(store, Attempt("name now", "10.0.0.1"))
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(sign_in_attempts)) == 2


def test_an_unknown_name_costs_one_hash_like_a_known_one(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[str] = []
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    stored = hasher.hash("right")

    class Counting(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            work.append("hash")
            return super().hash(password, salt=salt)

        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            work.append("hash")
            return super().verify(hash, password)

    passwords = Passwords(Counting(time_cost=1, memory_cost=64, parallelism=1))
    assert not passwords.matches(None, WRONG)
    assert not passwords.matches(stored, WRONG)
    assert work == ["hash", "hash"]
    centre.account()
    answers = [Browser(centre).sign_in(name, WRONG) for name in ("甲", "nobody")]
    assert len({(answer.status_code, len(answer.content)) for answer in answers}) == 1


def test_guessing_codes_of_enrolment_is_slowed_down_per_address(centre: Centre) -> None:
    def ask(number: int) -> int:
        body = {"code": f"WRONG{number:019}", "device_id": new_id(), "device_code": "AB12CD"}
        return centre.http.post("/v1/enrol", content=msgspec.json.encode(body)).status_code

    statuses = [ask(number) for number in range(PER_ADDRESS + 1)]
    assert (set(statuses[:PER_ADDRESS]), statuses[PER_ADDRESS]) == ({403}, 429)


def try_once(store: Store, attempt: Attempt) -> int:
    """Begin an attempt that fails; the seconds it has to wait instead."""
    try:
        with store.writing() as connection:
            begin(connection, attempt)
    except EnvironmentProblem as problem:
        wait = problem.fields["retry_after"]
        assert isinstance(wait, int)
        return wait
    return 0
