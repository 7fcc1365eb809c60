"""An enrolled laptop with work in its own database, and the way of that work to the centre and back as answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress
from desktop.sync.enrolment import enrol
from desktop.sync.push import Sent, push
from desktop.sync.transport import HttpEndpoint
from desktop.sync.wire.batch_body import canonical
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.record_codec import APPLY_ORDER, to_stored
from server.stored_rows import COLUMNS
from tests.flows.centre_process import CentreProcess

_OUTBOX = ("op_id", "table_name", "row_id", "grid_id", "kind", "fields", "base_version", "edited_at")


class Laptop:
    """A workspace in a folder of its own, enrolled at a running centre."""

    def __init__(self, folder: Path, centre: CentreProcess, officer: str) -> None:
        self.workspace = Workspace.create(folder)
        enrol(self.workspace, centre.url, centre.code(officer))
        enrolment = self.workspace.enrolment
        assert enrolment is not None
        self.endpoint = HttpEndpoint(enrolment.server_url, enrolment.token)

    def close(self) -> None:
        """Close the connection and the workspace."""
        self.endpoint.close()
        self.workspace.close()

    def write(self, operations: Sequence[Operation]) -> None:
        """Put rows and their operations into the database as the window would have, but all at once."""
        with self.workspace.write() as session:
            connection = session.connection()
            for table in APPLY_ORDER:
                rows = [_row(table, operation) for operation in operations if operation.table == table]
                if rows:
                    connection.exec_driver_sql(_insert(table, COLUMNS[table]), rows)
            connection.exec_driver_sql(_insert("outbox", _OUTBOX), [_outbox_row(operation) for operation in operations])

    def push(self) -> None:
        """Ask what the centre takes, offer everything that waits and write its answers down."""
        push(self.workspace, self.endpoint, self.endpoint.hello().limits, Sent(), Progress())

    def acknowledged(self, operations: Sequence[Operation]) -> int:
        """How many of these operations the centre took, as this database says."""
        ids = {operation.op_id for operation in operations}
        with self.workspace.read() as session:
            taken = session.connection().exec_driver_sql("SELECT op_id FROM outbox WHERE status = 'applied'").scalars()
            return len(ids & set(taken))


def _row(table: str, operation: Operation) -> tuple[object, ...]:
    values = to_stored(table, operation.fields) | {
        "id": operation.row_id,
        "grid_id": operation.grid_id,
        "version": 0,
        "edited_at": operation.edited_at,
    }
    return tuple(values.get(name) for name in COLUMNS[table])


def _outbox_row(operation: Operation) -> tuple[object, ...]:
    return (
        operation.op_id, operation.table, operation.row_id, operation.grid_id, operation.kind.value,
        canonical(operation.fields).decode(), operation.base_version, operation.edited_at,
    )  # fmt: skip


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})"
