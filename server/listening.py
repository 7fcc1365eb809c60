"""Listening: one socket, taken before the server starts, and the line that says where it can be reached."""

from __future__ import annotations

import socket
import sys

import uvicorn
from starlette.types import ASGIApp

from desktop.models.problems import EnvironmentProblem
from server.memory import keep_memory
from server.prompt_http import PromptHttp
from server.settings import Settings

SHUTDOWN_S = 5
HEADER_BYTES = 64 * 1024


class _AnnouncedServer(uvicorn.Server):
    """A server that says on standard output where it listens, once it does."""

    url = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then speak."""
        await super().startup(sockets=sockets)
        sys.stdout.write(f"listening on {self.url}\n")
        sys.stdout.flush()


def serve(app: ASGIApp, settings: Settings) -> None:
    """Serve until a signal ends it. No access log: paths and addresses are nobody's business (SEC-71).

    Raises:
        EnvironmentProblem: `server_address_taken`.
    """
    taken = _taken(settings)
    keep_memory()
    config = uvicorn.Config(
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
    )
    server = _AnnouncedServer(config)
    server.url = _url(settings, taken)
    server.run(sockets=[taken])


def _taken(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((settings.host.strip("[]"), settings.port))
    except (OSError, OverflowError) as error:
        taken.close()
        raise EnvironmentProblem("server_address_taken", host=settings.host, port=settings.port) from error
    return taken


def _url(settings: Settings, taken: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{'https' if settings.tls else 'http'}://{host}:{taken.getsockname()[1]}"
