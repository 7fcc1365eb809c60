"""Several processes that answer on one socket. Uvicorn's supervisor starts them, watches them and replaces the dead.

SIGTERM ends all of them after their requests; SIGHUP replaces them one after another without refusing anybody. They
share nothing but the database and the folder in which they count.
"""

from __future__ import annotations

import atexit
import logging
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from desktop.models.problems import EnvironmentProblem, Problem
from server.app import make_app
from server.listening import announce, config_for, taken_socket
from server.metrics import COUNTERS_VARIABLE
from server.plain_logs import set_up
from server.safe_answers import described
from server.settings import Settings
from server.store import Store

START_S = 60
"""How long a worker may take until it answers, when it starts and whenever the supervisor asks."""

_log = logging.getLogger("zhuqi.server")


def serve_by_workers(settings: Settings) -> None:
    """Serve until a signal ends it.

    Raises:
        EnvironmentProblem: `server_address_taken`; `server_workers_failed` when one could not start at all.
    """
    taken = taken_socket(settings)
    with _counting_folder():
        config = config_for(
            partial(_worker_app, settings),
            settings,
            factory=True,
            workers=settings.workers,
            timeout_worker_healthcheck=START_S,
        )
        workers = _Workers(config, taken, settings)
        workers.run()
    if any(process.exitcode == STARTUP_FAILURE for process in workers.processes):
        raise EnvironmentProblem("server_workers_failed")


@contextmanager
def _counting_folder() -> Iterator[None]:
    """The folder the workers count in, named in the environment they inherit."""
    with tempfile.TemporaryDirectory(prefix="zhuqi-counters-") as folder:
        os.environ[COUNTERS_VARIABLE] = folder
        try:
            yield
        finally:
            del os.environ[COUNTERS_VARIABLE]


class _Workers(Multiprocess):
    """The supervisor, which speaks once every worker answers."""

    def __init__(self, config: uvicorn.Config, taken: socket.socket, settings: Settings) -> None:
        super().__init__(config, [taken])
        self._settings = settings

    def init_processes(self) -> None:
        """Start them all, then say where they can be reached."""
        super().init_processes()
        if all(process.wait_until_ready(START_S, self.should_exit) for process in self.processes):
            announce(self._settings, self.sockets[0])


def _worker_app(settings: Settings) -> ASGIApp:
    """The application in a worker's process; what goes wrong is told in the log, without values."""
    set_up(as_json=True)
    try:
        store = Store(settings.database_url, settings.replica_url)
    except Exception as error:
        told = error.code if isinstance(error, Problem) else described(error)
        _log.error("a worker cannot start: %s", told)
        sys.exit(STARTUP_FAILURE)
    atexit.register(store.close)
    return make_app(store, settings)
