"""Reading a receipt: it answers what is still awaited, and never takes back what was answered since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from desktop.models.desk.bundles import bundle_standing
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id, utc_now
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.models.vocabulary import OperationStatus
from desktop.sync.bundle_receipt import read_bundle_receipt
from desktop.sync.carried_offers import close_offers
from desktop.sync.enrolment import keep_scope
from desktop.sync.outbox import batch_id_of, offers_at, waiting_batches
from desktop.sync.wire import container, signing
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.messages import GridScope, OperationResult, Receipt, counts_of
from desktop.sync.wire.protocol import LIMITS
from desktop.sync.wire.receipt_file import APPLIED, QUARANTINED, BundleReceipt, encoded, signed_file
from tests.builders import add_enterprise

GRID = grid_id("G1")
CENTRE_KEY = signing.new_signing_key()
HERE, RESTORED, OTHER = (new_id() for _ in range(3))
"""Generations of the centre."""


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """A laptop of generation HERE with two operations on their way."""
    add_enterprise(workspace)
    with workspace.write() as session:
        session.execute(text("UPDATE outbox SET grid_id = :grid"), {"grid": GRID})
        session.execute(
            text(
                "INSERT INTO enrolment (id, server_url, officer_id, officer_name, role, token, generation,"
                " clock_offset_ms, enrolled_at, bundle_recipient, centre_key)"
                " VALUES (1, 'https://centre.example', :id, '甲', 'grid_instructor', 'zqd_x', :g, 0, :now, 'age1', :k)"
            ),
            {"id": new_id(), "g": HERE, "now": utc_now(), "k": signing.public_key_of(CENTRE_KEY)},
        )
        keep_scope(session, [GridScope(GRID, "G1", "G1")])
    workspace.refresh_enrolment()
    return workspace


def answer_to(desk: Workspace, status: OperationStatus = OperationStatus.APPLIED, generation: str = HERE) -> Receipt:
    """What the centre answers to all that waits now, once it left on a stick."""
    (batch,) = waiting_batches(desk, LIMITS)
    offers = offers_at(desk, [each.position for each in batch])
    batch_id = batch_id_of(offer.operation for offer in offers)
    close_offers(desk, offers, batch_id)
    results = [OperationResult(offer.operation.op_id, status, 1) for offer in offers]
    return Receipt(batch_id, generation, results, counts_of(results), {GRID: len(results)}, results_digest(results))


def receipt(desk: Workspace, *answers: Receipt, **changes: Any) -> BundleReceipt:
    made = BundleReceipt(
        container.FORMAT, container.SUITE, desk.device.id, "ab" * 32, 1, HERE, HERE, 1, utc_now(),
        APPLIED, None, list(answers), {}, {},
    )  # fmt: skip
    return msgspec.structs.replace(made, **changes)


def read(desk: Workspace, folder: Path, of: BundleReceipt, key: str = CENTRE_KEY) -> dict[str, Any]:
    file = folder / "receipt.zqr"
    file.write_bytes(signed_file(encoded(of), key))
    return read_bundle_receipt(desk, file)


def statuses(desk: Workspace) -> list[str | None]:
    with desk.read() as session:
        return list(session.execute(text("SELECT status FROM outbox ORDER BY position")).scalars())


def cursor(desk: Workspace) -> int:
    with desk.read() as session:
        found: int = session.execute(text("SELECT sequence FROM grid_cursors")).scalar_one()
        return found


def test_a_receipt_answers_what_waits_and_moves_the_cursor_past_it(desk: Workspace, tmp_path: Path) -> None:
    told = read(desk, tmp_path, receipt(desk, answer_to(desk)))
    assert statuses(desk) == ["applied", "applied"]
    assert (told["counts"], told["generation"], cursor(desk)) == ({"applied": 2}, HERE, 2)
    assert (bundle_standing(desk).bundles[0].outcome, bundle_standing(desk).unanswered) == ("applied", 0)


def test_what_the_network_answered_meanwhile_stands(desk: Workspace, tmp_path: Path) -> None:
    answer = answer_to(desk, OperationStatus.HELD)
    with desk.write() as session:
        session.execute(text("UPDATE outbox SET status = 'applied' WHERE position = 1"))
    read(desk, tmp_path, receipt(desk, answer))
    assert (statuses(desk), cursor(desk)) == (["applied", "held"], 0)


def test_a_receipt_that_is_partly_known_moves_no_cursor(desk: Workspace, tmp_path: Path) -> None:
    answer = answer_to(desk)
    with desk.write() as session:
        session.execute(text("UPDATE outbox SET status = 'merged' WHERE position = 1"))
    read(desk, tmp_path, receipt(desk, answer))
    assert (statuses(desk), cursor(desk)) == (["merged", "applied"], 0)


def test_operations_this_device_does_not_have_are_passed_over(desk: Workspace, tmp_path: Path) -> None:
    strange = [OperationResult(new_id(), OperationStatus.APPLIED, 1)]
    answer = Receipt(new_id(), HERE, strange, counts_of(strange), {GRID: 9}, results_digest(strange))
    read(desk, tmp_path, receipt(desk, answer))
    assert (statuses(desk), cursor(desk)) == ([None, None], 0)


def test_a_bundle_that_was_put_aside_answers_nothing(desk: Workspace, tmp_path: Path) -> None:
    aside = receipt(desk, outcome=QUARANTINED, code="bundle_device_revoked", generation=RESTORED)
    told = read(desk, tmp_path, aside)
    assert (told["bundle"]["outcome"], statuses(desk)) == ("quarantined", [None, None])
    assert desk.enrolment is not None
    assert desk.enrolment.generation == HERE


def test_a_restored_centre_is_offered_everything_again(desk: Workspace, tmp_path: Path) -> None:
    read(desk, tmp_path, receipt(desk, answer_to(desk), kept={"cd" * 32: [GRID]}))
    add_enterprise(desk, "恢复以后的厂", None)
    with desk.write() as session:
        session.execute(text("UPDATE outbox SET grid_id = :grid"), {"grid": GRID})
    (batch,) = waiting_batches(desk, LIMITS)
    answer = msgspec.structs.replace(answer_to(desk, generation=RESTORED), sequences={GRID: 7})
    news = receipt(desk, answer, generation=RESTORED, bundle="cd" * 32, sequence=2)
    assert len(batch) == 2
    read(desk, tmp_path, news)
    assert statuses(desk) == [None, None, "applied", "applied"]
    assert desk.enrolment is not None
    assert (desk.enrolment.generation, cursor(desk)) == (RESTORED, 0)
    with desk.read() as session:
        assert session.execute(text("SELECT count(*) FROM confirmed_attachments")).scalar_one() == 0


def test_a_receipt_of_a_generation_this_device_has_left_is_refused(desk: Workspace, tmp_path: Path) -> None:
    answer = answer_to(desk)
    with desk.write() as session:  # the network said so
        session.execute(text("UPDATE enrolment SET generation = :g"), {"g": RESTORED})
    desk.refresh_enrolment()
    for old in (receipt(desk, answer), receipt(desk, answer, generation=OTHER)):
        with pytest.raises(UserProblem, match="bundle_receipt_old"):
            read(desk, tmp_path, old)
    assert statuses(desk) == [None, None]
    read(desk, tmp_path, receipt(desk, answer, generation=RESTORED))  # written after the restore
    assert statuses(desk) == ["applied", "applied"]


def test_counters_of_different_generations_are_not_compared(desk: Workspace, tmp_path: Path) -> None:
    read(desk, tmp_path, receipt(desk, answer_to(desk), counter=40))
    answer = receipt(desk, generation=RESTORED, counter=1, bundle="cd" * 32)
    read(desk, tmp_path, answer)  # its count was restored as well
    with pytest.raises(UserProblem, match="bundle_receipt_old"):
        read(desk, tmp_path, receipt(desk, counter=41, bundle="ef" * 32))


@pytest.mark.parametrize("outcome", ["applied", "quarantined"])
def test_reading_a_receipt_again_says_the_same_and_changes_nothing(
    desk: Workspace, tmp_path: Path, outcome: str
) -> None:
    answers = [answer_to(desk)] if outcome == "applied" else []
    once = receipt(desk, *answers, outcome=outcome)
    first = read(desk, tmp_path, once)
    before = bundle_standing(desk)
    assert read(desk, tmp_path, once) == first
    assert bundle_standing(desk) == before


def test_only_the_own_centre_is_believed(desk: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="bundle_receipt_refused"):
        read(desk, tmp_path, receipt(desk, answer_to(desk)), signing.new_signing_key())
    with pytest.raises(UserProblem, match="bundle_receipt_other_device"):
        read(desk, tmp_path, receipt(desk, answer_to(desk), device=new_id()))
    assert statuses(desk) == [None, None]
    assert bundle_standing(desk).bundles == ()


def test_a_receipt_that_is_not_there_is_named(desk: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="bundle_not_read"):
        read_bundle_receipt(desk, tmp_path / "none.zqr")


def test_without_enrolment_or_key_no_receipt_is_read(desk: Workspace, tmp_path: Path) -> None:
    of = receipt(desk)
    for statement, code in (
        ("UPDATE enrolment SET centre_key = NULL", "bundle_not_prepared"),
        ("DELETE FROM enrolment", "sync_not_enrolled"),
    ):
        with desk.write() as session:
            session.execute(text(statement))
        desk.refresh_enrolment()
        with pytest.raises(UserProblem, match=code):
            read(desk, tmp_path, of)
