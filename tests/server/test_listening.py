"""The socket a server listens on."""

from __future__ import annotations

import socket
from contextlib import closing

from server.listening import taken_socket
from server.settings import Settings


def test_connections_are_known_to_be_tcp_so_that_answers_are_sent_at_once() -> None:
    with closing(taken_socket(Settings("sqlite://", port=0))) as taken:
        taken.listen()
        with socket.create_connection(taken.getsockname()[:2]) as _caller:
            accepted, _ = taken.accept()
            with accepted:
                assert accepted.proto == socket.IPPROTO_TCP  # what asyncio asks before it sets TCP_NODELAY
