"""How the outbox is cut into batches, and what an answer changes in it."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import text

from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id
from desktop.models.progress import Progress
from desktop.models.records.enterprises import Contact, Enterprise
from desktop.models.records.visits import Visit
from desktop.models.vocabulary import OperationStatus, Result
from desktop.sync.outbox import acknowledge, batch_id_of, operations_at, waiting_batches
from desktop.sync.push import Sent, push
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.endpoint import BatchTooLarge
from desktop.sync.wire.messages import Operation, OperationResult, Receipt, counts_of
from desktop.sync.wire.protocol import LIMITS, LINE_BYTES, Limits
from tests.builders import add_enterprise, answer_all, begin_visit

GRID = grid_id("G1")


@pytest.fixture
def adopted(workspace: Workspace) -> Workspace:
    """Two visits with their answers in a grid of the centre, edited by turns."""
    visits = [begin_visit(workspace, add_enterprise(workspace, f"厂{number}", None)) for number in range(2)]
    for visit in visits:
        answer_all(workspace, visit, Result.FAIL)
    for visit in visits:
        with workspace.write() as session:
            session.get_one(Visit, visit).remark = "后来补的"
    with workspace.write() as session:
        session.execute(text("UPDATE outbox SET grid_id = :grid"), {"grid": GRID})
    return workspace


def answered(batch_id: str, operations: list[Operation], status: OperationStatus = OperationStatus.APPLIED) -> Receipt:
    results = [OperationResult(operation.op_id, status, 1) for operation in operations]
    return Receipt(batch_id, "g", results, counts_of(results), {GRID: 1}, results_digest(results))


class Willing:
    """An endpoint that applies everything up to a size and remembers the batches."""

    def __init__(self, most: int = 10**6) -> None:
        self.most = most
        self.batches: list[tuple[str, list[Operation]]] = []

    def push(self, batch_id: str, lines: list[bytes]) -> Receipt:
        if len(lines) > self.most:
            raise BatchTooLarge
        operations = [msgspec.json.decode(line, type=Operation) for line in lines]
        self.batches.append((batch_id, operations))
        return answered(batch_id, operations)


def all_waiting(workspace: Workspace, limits: Limits = LIMITS) -> list[list[Operation]]:
    return [
        operations_at(workspace, [waiting.position for waiting in batch])
        for batch in waiting_batches(workspace, limits)
    ]


def test_a_visit_and_all_that_belongs_to_it_leave_together(adopted: Workspace) -> None:
    whole = all_waiting(adopted)
    assert len(whole) == 1
    per_visit = (len(whole[0]) - 4) // 2
    batches = all_waiting(adopted, Limits(batch_operations=per_visit + 4))
    with adopted.read() as session:
        visit_of = {row[0]: row[1] for row in session.execute(text("SELECT id, visit_id FROM answers"))}
        visit_of |= {row[0]: row[1] for row in session.execute(text("SELECT id, visit_id FROM findings"))}
    homes: dict[str, set[int]] = {}
    for number, batch in enumerate(batches):
        for operation in batch:
            home = operation.row_id if operation.table == "visits" else visit_of.get(operation.row_id)
            if home:
                homes.setdefault(home, set()).add(number)
    assert len(batches) > 1
    assert [len(found) for found in homes.values()] == [1, 1]


def test_within_a_batch_operations_keep_their_order(adopted: Workspace) -> None:
    for batch in all_waiting(adopted, Limits(batch_operations=30)):
        ids = [operation.op_id for operation in batch]
        assert ids == sorted(ids)


def test_no_batch_is_over_the_limits_even_when_one_visit_is(adopted: Workspace) -> None:
    total = len(all_waiting(adopted)[0])
    small = all_waiting(adopted, Limits(batch_operations=7))
    assert max(len(batch) for batch in small) == 7
    light = all_waiting(adopted, Limits(batch_bytes=5000))
    assert all(sum(len(msgspec.json.encode(op)) for op in batch) <= 5000 for batch in light)
    for batches in (small, light):
        assert sorted(op.op_id for batch in batches for op in batch) == sorted({op.op_id for b in batches for op in b})
        assert sum(len(batch) for batch in batches) == total


def test_the_same_operations_are_the_same_batch(adopted: Workspace) -> None:
    first, second = all_waiting(adopted)[0], all_waiting(adopted)[0]
    assert batch_id_of(first) == batch_id_of(second) != batch_id_of(first[1:])


def test_work_of_the_local_grid_is_not_offered(workspace: Workspace) -> None:
    add_enterprise(workspace)
    assert waiting_batches(workspace, Limits()) == []


def test_an_answer_clears_exactly_the_operation_it_names(adopted: Workspace) -> None:
    operations = all_waiting(adopted)[0]
    acknowledge(adopted, operations[:5], answered("b", operations[:5]))
    left = [operation.op_id for batch in all_waiting(adopted) for operation in batch]
    assert left == [operation.op_id for operation in operations[5:]]


def test_held_operations_are_offered_again_and_refused_ones_are_not(adopted: Workspace) -> None:
    operations = all_waiting(adopted)[0]
    acknowledge(adopted, operations[:2], answered("b", operations[:2], OperationStatus.HELD))
    acknowledge(adopted, operations[2:4], answered("b", operations[2:4], OperationStatus.REJECTED))
    left = {operation.op_id for batch in all_waiting(adopted) for operation in batch}
    assert left == {operation.op_id for operation in operations} - {operation.op_id for operation in operations[2:4]}


def test_a_merged_row_keeps_its_version_until_it_is_pulled(adopted: Workspace) -> None:
    operations = [operation for operation in all_waiting(adopted)[0] if operation.table == "enterprises"][:2]
    one, two = operations
    acknowledge(adopted, [one], answered("b", [one]))
    acknowledge(adopted, [two], answered("b", [two], OperationStatus.MERGED))
    with adopted.read() as session:
        assert session.get_one(Enterprise, one.row_id).version == 1
        assert session.get_one(Enterprise, two.row_id).version == 0


def test_a_batch_the_server_finds_too_large_is_halved(adopted: Workspace) -> None:
    endpoint, sent = Willing(most=10), Sent()
    total = len(all_waiting(adopted)[0])
    push(adopted, endpoint, Limits(), sent, Progress())  # type: ignore[arg-type]
    assert max(len(operations) for _, operations in endpoint.batches) <= 10
    assert len(sent.results) == total
    assert waiting_batches(adopted, Limits()) == []


def test_an_operation_that_can_never_travel_blocks_nobody_and_is_listed(workspace: Workspace) -> None:
    firm = add_enterprise(workspace)
    with workspace.write() as session:
        session.add(Contact(id=new_id(), grid_id=GRID, enterprise_id=firm, name="x", phone="1" * LINE_BYTES))
        session.flush()
        session.execute(text("UPDATE outbox SET grid_id = :grid"), {"grid": GRID})
    endpoint = Willing()
    push(workspace, endpoint, Limits(), Sent(), Progress())  # type: ignore[arg-type]
    assert sum(len(operations) for _, operations in endpoint.batches) == 2
    with workspace.read() as session:
        refused = session.execute(text("SELECT status, code FROM outbox WHERE status <> 'applied'")).all()
    assert [tuple(row) for row in refused] == [("rejected", "sync_line_too_long")]


def test_the_visit_begun_first_leaves_first(adopted: Workspace) -> None:
    def begun(batches: list[list[Operation]]) -> list[str]:
        return [op.row_id for batch in batches for op in batch if "enterprise_id" in op.fields and op.table == "visits"]

    cut = all_waiting(adopted, Limits(batch_operations=60))
    assert len(cut) == 2
    assert begun(cut) == begun(all_waiting(adopted))
