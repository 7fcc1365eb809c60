"""Listening: one socket, taken before the server starts, and the line that says where it can be reached."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from desktop.models.problems import EnvironmentProblem
from server.memory import collect_rarely, keep_memory
from server.prompt_http import PromptHttp
from server.settings import Settings

SHUTDOWN_S = 5
HEADER_BYTES = 64 * 1024


class _AnnouncedServer(uvicorn.Server):
    """A server that says where it listens, once it does."""

    def __init__(self, config: uvicorn.Config, settings: Settings) -> None:
        super().__init__(config)
        self._settings = settings

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then speak."""
        await super().startup(sockets=sockets)
        assert sockets  # noqa: S101 - `serve` gives one
        announce(self._settings, sockets[0])


def serve(app: ASGIApp, settings: Settings) -> None:
    """Serve in this process until a signal ends it.

    Raises:
        EnvironmentProblem: `server_address_taken`.
    """
    taken = taken_socket(settings)
    _AnnouncedServer(config_for(app, settings), settings).run(sockets=[taken])


def config_for(app: ASGIApp | Callable[[], ASGIApp], settings: Settings, **more: Any) -> uvicorn.Config:
    """How we serve. No access log: paths and addresses are nobody's business (SEC-71)."""
    keep_memory()
    collect_rarely()
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=SHUTDOWN_S,
        h11_max_incomplete_event_size=HEADER_BYTES,
        http=PromptHttp,
        ws="none",
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        **more,
    )


def announce(settings: Settings, taken: socket.socket) -> None:
    """Say on standard output where the server listens."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    scheme = "https" if settings.tls else "http"
    sys.stdout.write(f"listening on {scheme}://{host}:{taken.getsockname()[1]}\n")
    sys.stdout.flush()


def taken_socket(settings: Settings) -> socket.socket:
    """The socket to listen on.

    It names its protocol, and so do those it accepts: only where asyncio sees TCP does it send small segments at once.
    Otherwise the body of an answer waits for the acknowledgement of its headers, which a laptop holds back for 40 ms.

    Raises:
        EnvironmentProblem: `server_address_taken`.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((settings.host.strip("[]"), settings.port))
    except (OSError, OverflowError) as error:
        taken.close()
        raise EnvironmentProblem("server_address_taken", host=settings.host, port=settings.port) from error
    return taken
