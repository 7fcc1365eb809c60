"""A person at a browser: signs in, follows forms, and has an authenticator."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
from sqlalchemy import select, update

from server.seed_box import SeedBox
from server.tables import accounts
from tests.server.centre import PASSWORD, Centre
from tests.server.in_process import InProcess


class Browser:
    """One browser with its own cookies, at an address of its own."""

    def __init__(self, centre: Centre, address: str = "127.0.0.1") -> None:
        self.centre = centre
        self.http = InProcess(centre.app, address=address)

    def sign_in(self, name: str = "甲", password: str = PASSWORD, code: str = "") -> httpx.Response:
        """Fill the form in and send it."""
        token = self._token("/sign-in")
        fields = {"name": name, "password": password, "code": code, "csrf": token}
        return self.http.post("/sign-in", data=fields)

    def enter(self, name: str, password: str = PASSWORD) -> Browser:
        """Sign in as somebody who needs an authenticator, setting it up on the way if there is none yet."""
        seed = self.seed(name)
        if seed is not None:
            assert self.sign_in(name, password, self.code(name)).headers["location"] == "/"
            return self
        assert self.sign_in(name, password).headers["location"] == "/"
        page = self.get("/account/factor").text
        if "otpauth" in page:
            address = html.unescape(re.findall(r'alt="([^"]+)"', page)[0])
            code = pyotp.TOTP(parse_qs(urlsplit(address).query)["secret"][0]).now()
            assert self.post("/account/factor", at="/account/factor", code=code).status_code == 200
        return self

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.http.get(path)

    def post(self, path: str, at: str = "/account", **fields: str) -> httpx.Response:
        """Send a form that stands on a page."""
        return self.http.post(path, data={"csrf": self._token(at), **fields})

    def seed(self, name: str) -> str | None:
        """The seed of somebody's authenticator, as the server would read it."""
        query = select(accounts.c.id, accounts.c.totp_seed).where(accounts.c.name == name)
        with self.centre.store.reading() as connection:
            row = connection.execute(query.where(accounts.c.totp_since.is_not(None))).one_or_none()
        return SeedBox(self.centre.keys).open(row.totp_seed, row.id) if row else None

    def code(self, name: str) -> str:
        """What somebody's authenticator shows, in a step that was not used yet."""
        with self.centre.store.writing() as connection:
            connection.execute(update(accounts).where(accounts.c.name == name).values(totp_step=None))
        seed = self.seed(name)
        assert seed
        return pyotp.TOTP(seed).now()

    def _token(self, path: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.http.get(path).text)
        assert found, path
        return found[1]


def shown_secret(answer: Any) -> str:
    """The password or code a page shows once."""
    found = re.search(r'class="secret">([^<]+)<', answer.text)
    assert found, answer.text
    return found[1]
