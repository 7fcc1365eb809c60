"""Somebody who speaks TLS, shows what a test gave him, and writes down what reaches him after the handshake."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import trustme

LOST_PATIENCE_S = 10


class Listener:
    """Takes connections on 127.0.0.1 and answers each request with the same bytes."""

    def __init__(self, context: ssl.SSLContext, answer: bytes) -> None:
        self.context = context
        self.answer = answer
        self.heard: list[bytes] = []
        self.handshakes = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen)

    def start(self) -> None:
        """Listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, after whoever is being heard."""
        with suppress(OSError):
            socket.create_connection(self._socket.getsockname(), timeout=LOST_PATIENCE_S).close()
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while True:
            caller, _ = self._socket.accept()
            caller.settimeout(LOST_PATIENCE_S)
            if caller.recv(1, socket.MSG_PEEK) == b"":
                caller.close()
                return
            with suppress(OSError), self.context.wrap_socket(caller, server_side=True) as secured:
                self.handshakes += 1
                said = secured.recv(65536)
                if said:
                    self.heard.append(said)
                    secured.sendall(self.answer)
            caller.close()


@contextmanager
def listening(context: ssl.SSLContext, answer: bytes = b"") -> Iterator[Listener]:
    """Listen until the block ends."""
    listener = Listener(context, answer)
    listener.start()
    try:
        yield listener
    finally:
        listener.stop()


def shows(authority: trustme.CA, *names: str, until: datetime | None = None) -> ssl.SSLContext:
    """A context that shows a certificate of an authority for these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*(names or ("127.0.0.1",)), not_after=until).configure_cert(context)
    return context


def only_tls_1_1(context: ssl.SSLContext) -> ssl.SSLContext:
    """The same context, willing to speak nothing newer than TLS 1.1."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


LONG_AGO = datetime(2020, 2, 27, tzinfo=UTC)
