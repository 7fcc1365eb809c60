"""What left on a stick never changes, however often and on whatever way it is offered again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id
from desktop.models.records.enterprises import Enterprise
from desktop.models.vocabulary import OperationStatus
from desktop.sync.carried_offers import awaited_offers, close_offers
from desktop.sync.outbox import Offer, acknowledge, batch_id_of, offer_again, offers_at, waiting_batches
from desktop.sync.wire.batch_body import line_of
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.messages import OperationResult, Receipt, counts_of
from desktop.sync.wire.protocol import LIMITS
from tests.builders import add_enterprise

GRID = grid_id("G1")


@pytest.fixture
def firm(workspace: Workspace) -> str:
    """An enterprise whose creation the centre has taken."""
    made = add_enterprise(workspace)
    answer(workspace, waiting(workspace), OperationStatus.APPLIED)
    return made


def edit(workspace: Workspace, firm: str, **values: object) -> None:
    with workspace.write() as session:
        row = session.get_one(Enterprise, firm)
        for name, value in values.items():
            setattr(row, name, value)


def waiting(workspace: Workspace) -> list[Offer]:
    with workspace.write() as session:
        session.execute(text("UPDATE outbox SET grid_id = :grid"), {"grid": GRID})
    batches = waiting_batches(workspace, LIMITS)
    return [offer for batch in batches for offer in offers_at(workspace, [each.position for each in batch])]


def answer(workspace: Workspace, offers: list[Offer], status: OperationStatus) -> None:
    results = [OperationResult(offer.operation.op_id, status, 1) for offer in offers]
    batch_id = batch_id_of(offer.operation for offer in offers)
    receipt = Receipt(batch_id, "g", results, counts_of(results), {}, results_digest(results))
    acknowledge(workspace, offers, receipt)


def bodies(offers: list[Offer]) -> list[tuple[str, bytes]]:
    return [(offer.operation.op_id, line_of(offer.operation)) for offer in offers]


def test_a_fold_grows_until_it_leaves(workspace: Workspace, firm: str) -> None:
    edit(workspace, firm, remark="一")
    edit(workspace, firm, remark="二")
    (grown,) = waiting(workspace)
    assert len(grown.folded) == 1
    close_offers(workspace, [grown], new_id())
    edit(workspace, firm, remark="三")
    edit(workspace, firm, remark="四")
    carried, fresh = waiting(workspace)
    assert bodies([carried]) == bodies([grown])
    assert (fresh.operation.fields, len(fresh.folded)) == ({"remark": "四"}, 1)


def test_what_left_is_found_again_by_its_id_while_it_waits(workspace: Workspace, firm: str) -> None:
    edit(workspace, firm, remark="一")
    edit(workspace, firm, remark="二")
    (offer,) = waiting(workspace)
    newest = offer.operation.op_id
    assert awaited_offers(workspace, [newest]) == {}  # it has not left: nobody can have answered it
    close_offers(workspace, [offer], new_id())
    edit(workspace, firm, remark="三")
    assert awaited_offers(workspace, [newest, offer.folded[0], new_id()]) == {newest: offer}
    answer(workspace, [offer], OperationStatus.APPLIED)
    assert awaited_offers(workspace, [newest]) == {}
    assert [each.operation.fields for each in waiting(workspace)] == [{"remark": "三"}]


def test_what_was_answered_meanwhile_is_not_closed_again(workspace: Workspace, firm: str) -> None:
    edit(workspace, firm, remark="一")
    offers = waiting(workspace)
    answer(workspace, offers, OperationStatus.APPLIED)
    close_offers(workspace, offers, "of a stick")
    with workspace.read() as session:
        assert session.execute(text("SELECT count(*) FROM outbox WHERE batch_id = 'of a stick'")).scalar_one() == 0


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(["edit", "leave", "applied", "held", "restore"]), max_size=14))
def test_no_id_ever_stands_for_two_bodies(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    known: dict[str, bytes] = {}
    with Workspace.create(tmp_path_factory.mktemp("carried") / "w") as workspace:
        firm = add_enterprise(workspace)
        for number, step in enumerate(steps):
            if step == "edit":
                edit(workspace, firm, remark=f"{number}")
                continue
            if step == "restore":
                with workspace.write() as session:
                    offer_again(session)
                continue
            offers = waiting(workspace)
            for op_id, body in bodies(offers):
                assert known.setdefault(op_id, body) == body
            if offers and step == "leave":
                close_offers(workspace, offers, new_id())
            elif offers:
                answer(workspace, offers, OperationStatus(step))
