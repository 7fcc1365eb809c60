"""The centre of the server's tests, for the tests of threats."""

from __future__ import annotations

from tests.server.conftest import centre

__all__ = ["centre"]
