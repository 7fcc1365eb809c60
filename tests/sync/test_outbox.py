"""How the outbox is cut into batches, and what an answer changes in it."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select, text

from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id
from desktop.models.progress import Progress
from desktop.models.records.enterprises import Contact, Enterprise
from desktop.models.records.visits import Answer, Visit
from desktop.models.vocabulary import OperationStatus, Result
from desktop.sync.outbox import (
    Offer,
    acknowledge,
    batch_id_of,
    forget_answered,
    offer_again,
    offers_at,
    waiting_batches,
)
from desktop.sync.push import Sent, push
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.endpoint import BatchTooLarge
from desktop.sync.wire.messages import Operation, OperationResult, Receipt, counts_of
from desktop.sync.wire.protocol import LIMITS, LINE_BYTES, Limits
from desktop.sync.wire.record_codec import parents_of
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


def all_offers(workspace: Workspace, limits: Limits = LIMITS) -> list[list[Offer]]:
    batches = waiting_batches(workspace, limits)
    return [offers_at(workspace, [waiting.position for waiting in batch]) for batch in batches]


def all_waiting(workspace: Workspace, limits: Limits = LIMITS) -> list[list[Operation]]:
    return [[offer.operation for offer in offers] for offers in all_offers(workspace, limits)]


def take_answer(
    workspace: Workspace, operations: list[Operation], status: OperationStatus = OperationStatus.APPLIED
) -> None:
    acknowledge(workspace, [Offer(operation) for operation in operations], answered("b", operations, status))


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


def test_within_a_batch_a_row_comes_after_those_it_hangs_on(adopted: Workspace) -> None:
    for batch in all_waiting(adopted):
        seen: set[str] = set()
        for operation in batch:
            parents = {row_id for _, _, row_id in parents_of(operation.table, operation.fields)}
            assert parents <= seen
            seen.add(operation.row_id)


def test_no_batch_is_over_the_limits_even_when_one_visit_is(adopted: Workspace) -> None:
    small = all_waiting(adopted, Limits(batch_operations=7))
    assert max(len(batch) for batch in small) == 7
    light = all_waiting(adopted, Limits(batch_bytes=5000))
    assert all(sum(len(msgspec.json.encode(op)) for op in batch) <= 5000 for batch in light)
    for batches in (small, light):
        ids = [op.op_id for batch in batches for op in batch]
        assert len(ids) == len(set(ids))
        assert set(ids) >= {op.op_id for op in all_waiting(adopted)[0]}


def test_edits_of_a_row_that_is_no_longer_here_still_travel_as_one(adopted: Workspace) -> None:
    with adopted.write() as session:
        answer = session.scalars(select(Answer)).first()
        assert answer is not None
        answer.note = "后来补的"
    edited = answer.id
    with adopted.write() as session:
        session.execute(text("UPDATE outbox SET grid_id = :grid"), {"grid": GRID})
        for name in ("attachments", "finding_steps", "answers", "findings", "letters", "visits"):
            session.connection().exec_driver_sql(f"DELETE FROM {name}")
    batches = all_offers(adopted, Limits(batch_operations=1))
    assert sum(offer.operation.row_id == edited for batch in batches for offer in batch) == 1


def test_a_duplicate_makes_the_comparison_fetch_a_row_pulled_while_it_waited(adopted: Workspace) -> None:
    firm = next(operation for operation in all_waiting(adopted)[0] if operation.table == "enterprises")
    with adopted.write() as session:
        session.execute(text("UPDATE enterprises SET version = 3"))
    take_answer(adopted, [firm], OperationStatus.DUPLICATE)
    with adopted.read() as session:
        assert session.get_one(Enterprise, firm.row_id).version == 0


def test_the_same_operations_are_the_same_batch(adopted: Workspace) -> None:
    first, second = all_waiting(adopted)[0], all_waiting(adopted)[0]
    assert batch_id_of(first) == batch_id_of(second) != batch_id_of(first[1:])


def test_work_of_the_local_grid_is_not_offered(workspace: Workspace) -> None:
    add_enterprise(workspace)
    assert waiting_batches(workspace, Limits()) == []


def test_an_answer_clears_exactly_the_operation_it_names(adopted: Workspace) -> None:
    operations = all_waiting(adopted)[0]
    acknowledge(adopted, all_offers(adopted)[0][:5], answered("b", operations[:5]))
    left = [operation.op_id for batch in all_waiting(adopted) for operation in batch]
    assert left == [operation.op_id for operation in operations[5:]]


def test_held_operations_are_offered_again_and_refused_ones_are_not(adopted: Workspace) -> None:
    offers = all_offers(adopted)[0]
    operations = [offer.operation for offer in offers]
    acknowledge(adopted, offers[:2], answered("b", operations[:2], OperationStatus.HELD))
    acknowledge(adopted, offers[2:4], answered("b", operations[2:4], OperationStatus.REJECTED))
    left = {operation.op_id for batch in all_waiting(adopted) for operation in batch}
    assert left == {operation.op_id for operation in operations} - {operation.op_id for operation in operations[2:4]}


def test_a_merged_row_keeps_its_version_until_it_is_pulled(adopted: Workspace) -> None:
    operations = [operation for operation in all_waiting(adopted)[0] if operation.table == "enterprises"][:2]
    one, two = operations
    take_answer(adopted, [one])
    take_answer(adopted, [two], OperationStatus.MERGED)
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

    cut = all_waiting(adopted, Limits(batch_operations=90))
    assert len(cut) == 2
    assert begun(cut) == begun(all_waiting(adopted))


def edits_of(workspace: Workspace, firm: str) -> list[tuple[str, str | None, str | None]]:
    """(operation, its answer, what it was folded into) of a row, oldest first."""
    with workspace.read() as session:
        rows = session.execute(
            text("SELECT op_id, status, folded_into FROM outbox WHERE row_id = :row ORDER BY position"), {"row": firm}
        )
        return [(row[0], row[1], row[2]) for row in rows]


def edit(workspace: Workspace, firm: str, **values: object) -> None:
    with workspace.write() as session:
        row = session.get_one(Enterprise, firm)
        for name, value in values.items():
            setattr(row, name, value)
        session.flush()
        session.execute(text("UPDATE outbox SET grid_id = :grid"), {"grid": GRID})


def test_edits_of_one_row_travel_as_one_under_the_newest_id(workspace: Workspace) -> None:
    firm = add_enterprise(workspace)
    edit(workspace, firm, remark="一")
    edit(workspace, firm, remark="二", address="址")
    made, first, second = edits_of(workspace, firm)
    offer = next(offer for offer in all_offers(workspace)[0] if offer.operation.row_id == firm)

    assert (offer.operation.op_id, offer.folded) == (second[0], (made[0], first[0]))
    assert offer.operation.base_version == 0
    assert offer.operation.fields["remark"] == "二"
    assert offer.operation.fields["name"] == "浙江陆盛精密机械有限公司"


def test_the_answer_to_a_fold_is_the_answer_to_all_that_is_in_it(workspace: Workspace) -> None:
    firm = add_enterprise(workspace)
    edit(workspace, firm, remark="一")
    push(workspace, Willing(), Limits(), Sent(), Progress())  # type: ignore[arg-type]
    made, changed = edits_of(workspace, firm)

    assert (made[1:], changed[1:]) == (("applied", changed[0]), ("applied", None))


def test_an_edit_made_while_a_fold_is_on_its_way_stays_queued_and_gets_another_id(workspace: Workspace) -> None:
    firm = add_enterprise(workspace)
    edit(workspace, firm, remark="一")
    on_its_way = all_offers(workspace)[0]
    edit(workspace, firm, remark="二")
    again = all_offers(workspace)[0]
    acknowledge(workspace, on_its_way, answered("b", [offer.operation for offer in on_its_way]))

    assert {offer.operation.op_id for offer in on_its_way}.isdisjoint(
        offer.operation.op_id for offer in again if offer.operation.row_id == firm
    )
    left = all_waiting(workspace)[0]
    assert [operation.fields for operation in left] == [{"remark": "二"}]


def test_a_deletion_is_never_folded(workspace: Workspace) -> None:
    firm = add_enterprise(workspace)
    edit(workspace, firm, remark="一")
    edit(workspace, firm, deleted_at="2020-02-27T08:00:00.000Z")
    edit(workspace, firm, deleted_at=None, remark="二")

    kinds = [operation.kind.value for operation in all_waiting(workspace)[0] if operation.row_id == firm]
    assert kinds == ["put", "delete", "put"]


def test_what_is_held_at_the_centre_keeps_its_own_id_and_says_the_same_again(workspace: Workspace) -> None:
    firm = add_enterprise(workspace)
    edit(workspace, firm, remark="一")
    (first,) = [operation for operation in all_waiting(workspace)[0] if operation.row_id == firm]
    push(workspace, _Holding(), Limits(), Sent(), Progress())  # type: ignore[arg-type]
    edit(workspace, firm, remark="二")

    again, newer = [operation for operation in all_waiting(workspace)[0] if operation.row_id == firm]
    assert again == first
    assert newer.fields == {"remark": "二"}


def test_what_is_offered_again_after_a_restore_says_under_its_id_what_it_said_before(workspace: Workspace) -> None:
    firm = add_enterprise(workspace)
    said: list[Operation] = []
    for remark in ("一", "二"):
        edit(workspace, firm, remark=remark)
        said += all_waiting(workspace)[0]
        push(workspace, Willing(), Limits(), Sent(), Progress())  # type: ignore[arg-type]
    with workspace.write() as session:
        offer_again(session)
    edit(workspace, firm, remark="三")

    *again, newer = all_waiting(workspace)[0]
    assert sorted(again, key=str) == sorted(said, key=str)
    assert newer.fields == {"remark": "三"}


def test_edits_of_one_row_are_never_cut_apart(workspace: Workspace) -> None:
    firm = add_enterprise(workspace)
    for number in range(5):
        edit(workspace, firm, remark=str(number))
    whole = [o for batch in all_waiting(workspace, Limits()) for o in batch]

    for most in (1, 2, 3):
        cut = [o for batch in all_waiting(workspace, Limits(batch_operations=most)) for o in batch]
        assert sorted(cut, key=str) == sorted(whole, key=str)


def test_an_answer_brings_the_time_of_the_edit_it_is_about(adopted: Workspace) -> None:
    with adopted.write() as session:
        session.connection().exec_driver_sql("UPDATE visits SET edited_at = '2020-01-01T00:00:00.000Z'")
    edited = {operation.row_id: operation.edited_at for operation in all_waiting(adopted)[0]}
    push(adopted, Willing(), Limits(), Sent(), Progress())  # type: ignore[arg-type]

    with adopted.read() as session:
        assert all(visit.edited_at == edited[visit.id] for visit in session.scalars(select(Visit)))


class _Holding(Willing):
    def push(self, batch_id: str, lines: list[bytes]) -> Receipt:
        operations = [msgspec.json.decode(line, type=Operation) for line in lines]
        return answered(batch_id, operations, OperationStatus.HELD)


def test_what_was_acknowledged_long_ago_is_forgotten_and_nothing_else_is(adopted: Workspace) -> None:
    operations = all_waiting(adopted)[0]
    take_answer(adopted, operations[:3])
    take_answer(adopted, operations[3:4], OperationStatus.REJECTED)
    assert forget_answered(adopted) == 0
    with adopted.write() as session:
        session.execute(text("UPDATE outbox SET answered_at = '2020-01-01T00:00:00.000Z' WHERE status IS NOT NULL"))

    assert forget_answered(adopted) == 3
    with adopted.read() as session:
        assert session.execute(text("SELECT count(*) FROM outbox WHERE status = 'rejected'")).scalar_one() == 1
