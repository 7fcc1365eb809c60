"""Signing in: throttle, password, second factor; the same answer and the same time whatever was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from desktop.models.vocabulary import Role
from server import audit, factors, known_browsers, throttle, web_sessions
from server.accounts import may_sign_in
from server.passwords import Passwords
from server.seed_box import SeedBox
from server.store import Store
from server.tables import accounts
from server.throttle import Attempt
from server.web_sessions import WebSession


class Given(NamedTuple):
    """What was typed, where from, and the cookie of a known browser if there was one."""

    name: str
    password: str
    code: str
    address: str
    known: str
    browser: str = ""


class Admitted(NamedTuple):
    """A new sign-in's cookie, and the cookie by which the browser will be known if it was not yet."""

    session: str
    known: str | None


class _Account(NamedTuple):
    id: str
    role: Role
    password_hash: str
    has_factor: bool


@dataclass(frozen=True, slots=True)
class SignIn:
    """Checks what was typed, over one store."""

    store: Store
    passwords: Passwords
    box: SeedBox

    def sign_in(self, given: Given) -> Admitted | None:
        """A new sign-in, or nothing when anything was wrong.

        Raises:
            EnvironmentProblem: `sync_too_many_attempts`.
        """
        number, browser = self._begin(given)
        account = self._right_account(given)
        with self.store.writing() as connection:
            if account is None or not self._factor_right(connection, account, given.code):
                self._note(connection, "sign_in", given.name, audit.REFUSED)
                return None
            throttle.succeed(connection, number)
            audit.note(connection, "sign_in", "account", account.id, by=account.id)
            session = web_sessions.begin(connection, account.id, given.browser, with_factor=account.has_factor)
            return Admitted(session, None if browser else known_browsers.remember(connection, account.id))

    def prove(self, session: WebSession, given: Given) -> str | None:
        """Whether the person signed in is still there: the sign-in's new cookie, or nothing.

        Raises:
            EnvironmentProblem: `sync_too_many_attempts`.
        """
        given = given._replace(name=session.actor.name)
        number, _ = self._begin(given)
        account = self._right_account(given)
        with self.store.writing() as connection:
            if account is None or not self._factor_right(connection, account, given.code):
                self._note(connection, "prove", given.name, audit.REFUSED)
                return None
            throttle.succeed(connection, number)
            return web_sessions.prove(connection, session, with_factor=account.has_factor)

    def password_right(self, account_id: str, password: str) -> bool:
        """Whether this is the account's password."""
        with self.store.reading() as connection:
            stored = connection.scalar(select(accounts.c.password_hash).where(accounts.c.id == account_id))
        return self.passwords.matches(stored, password)

    def _begin(self, given: Given) -> tuple[int, str]:
        with self.store.writing() as connection:
            browser = known_browsers.recognised(connection, given.known, given.name) if given.known else ""
            return throttle.begin(connection, Attempt(f"name {given.name}", given.address, browser)), browser

    def _right_account(self, given: Given) -> _Account | None:
        c = accounts.c
        query = select(c.id, c.role, c.password_hash, c.totp_since).where(c.name == given.name, c.closed_at.is_(None))
        with self.store.reading() as connection:
            row = connection.execute(query).one_or_none()
        right = self.passwords.matches(row.password_hash if row else None, given.password)
        if row is None or not right or not may_sign_in(Role(row.role)):
            return None
        if self.passwords.outdated(row.password_hash):
            self._rehash(row.id, row.password_hash, given.password)
        return _Account(row.id, Role(row.role), row.password_hash, row.totp_since is not None)

    def _rehash(self, account_id: str, stored: str, password: str) -> None:
        """Replace a hash made with older figures, unless the password was changed meanwhile."""
        fresh = self.passwords.hash(password)
        with self.store.writing() as connection:
            connection.execute(
                accounts.update()
                .where(accounts.c.id == account_id, accounts.c.password_hash == stored)
                .values(password_hash=fresh)
            )

    def _factor_right(self, connection: Connection, account: _Account, code: str) -> bool:
        return not account.has_factor or factors.proves(connection, self.box, account.id, code)

    def _note(self, connection: Connection, action: str, name: str, result: str) -> None:
        known = connection.scalar(select(accounts.c.id).where(accounts.c.name == name))
        audit.note(connection, action, "account", known or "unknown", by=None, result=result)
