"""The whole way: from the laptop's own database over HTTP into PostgreSQL, and the answers written beside the work."""

from __future__ import annotations

import http.client
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.anki_peer import AnkiPeer, NotReachable
from benchmarks.bare_copy import BareCopy, Rows
from benchmarks.ingest_figures import GRID, fresh_work, require_all
from benchmarks.laptop import Laptop
from benchmarks.measuring import Figure, figure, interleaved
from benchmarks.private_postgresql import NewDatabase
from benchmarks.sync_size import Size
from desktop.sync.sync_run import run_sync
from desktop.sync.wire.batch_body import canonical
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.protocol import HELLO_PATH
from tests.flows.centre_process import running_centre


def end_to_end(new_database: NewDatabase, size: Size) -> Figure:
    """Milliseconds from a hello to the last answer in the laptop's outbox, over a connection that is open."""
    with _enrolled(new_database()) as laptop, closing(BareCopy(new_database, [GRID])) as bare:
        work: list[Operation] = []
        rows: Rows = {}

        def prepare() -> None:
            firms, work[:] = fresh_work(size.operations)
            rows.update(bare.rows_of(firms, work))
            _queue(laptop, firms, work)

        value, floor = interleaved(laptop.push, lambda: bare.copy(rows), size.rounds, prepare)
        require_all(laptop.acknowledged(work), work)
    unit = f"ms for {size.operations} operations"
    return figure("end_to_end", value * 1000, floor * 1000, unit, must=3.5, reach=2.5)


def versus_anki(new_database: NewDatabase, size: Size) -> Figure | None:
    """Records a second of the same way beside Anki's, each record the text of a note; nothing where Anki is not had."""
    with tempfile.TemporaryDirectory(prefix="zhuqi-anki-") as folder:
        try:
            peer = AnkiPeer(Path(folder))
        except NotReachable as reason:
            print(f"versus_anki is left out: {reason}", file=sys.stderr)
            return None
        with closing(peer), _enrolled(new_database()) as laptop:
            work: list[Operation] = []

            def prepare() -> None:
                firms, work[:] = fresh_work(size.operations)
                _queue(laptop, firms, work)
                peer.write([canonical(operation.fields) for operation in work])

            value, floor = interleaved(laptop.push, peer.sync, size.rounds, prepare)
            require_all(laptop.acknowledged(work), work)
    rates = size.operations / value, size.operations / floor
    return figure("versus_anki", *rates, "records/s", better="higher", must=2.0, reach=3.0)


def nothing_to_do(new_database: NewDatabase, size: Size) -> Figure:
    """Milliseconds of a whole sync without work beside one bare request with the same token on a new connection."""
    with _enrolled(new_database()) as laptop:
        run_sync(laptop.workspace)
        enrolment = laptop.workspace.enrolment
        assert enrolment is not None
        address = urlsplit(enrolment.server_url)
        headers = {"Authorization": f"Bearer {enrolment.token}"}

        def ask() -> None:
            with closing(http.client.HTTPConnection(address.hostname or "", address.port)) as connection:
                connection.request("GET", HELLO_PATH, headers=headers)
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200

        value, floor = interleaved(lambda: run_sync(laptop.workspace), ask, size.exchanges)
    return figure("nothing_to_do", value * 1000, floor * 1000, "ms", must=3.0, reach=2.0)


@contextmanager
def _enrolled(url: str) -> Iterator[Laptop]:
    """A laptop at a centre that runs in a process of its own."""
    with (
        running_centre(url) as centre,
        tempfile.TemporaryDirectory(prefix="zhuqi-laptop-") as folder,
        closing(Laptop(Path(folder) / "workspace", centre, centre.officer(grids=(GRID,)))) as laptop,
    ):
        yield laptop


def _queue(laptop: Laptop, firms: list[Operation], work: list[Operation]) -> None:
    """The work waits in the outbox; its enterprises are known at the centre."""
    laptop.write(firms)
    laptop.push()
    laptop.write(work)
