"""Histories decided by a seed end well, and the simulator notices when a mechanism of the sync is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from benchmarks.simulate import Simulator, simulator
from benchmarks.simulation import centre
from benchmarks.simulation.calm import settle
from benchmarks.simulation.crowd import a_crowd, together
from benchmarks.simulation.laptop import Killed, Laptop
from benchmarks.simulation.proof import breaches
from benchmarks.simulation.world import a_world
from desktop.models.device import unit_of_work
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.records.enterprises import Enterprise
from desktop.sync import attachment_transfer, bundle_export, bundle_receipt, outbox, pull, sync_run
from desktop.sync.outbox import offer_again
from desktop.sync.pull import RemovalGuard
from desktop.sync.wire.messages import Change, PageCursor
from server import change_records, decisions, ingest
from tests.postgresql import NewDatabase

STEPS = 40


@pytest.fixture(scope="module")
def runner() -> Iterator[Simulator]:
    with simulator() as made:
        yield made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_everybody_ends_with_the_same_and_nothing_is_lost_or_doubled(runner: Simulator, seed: int) -> None:
    outcome = runner.run(seed, STEPS)
    assert outcome.breaches == [], outcome.history


def test_the_same_holds_on_postgresql(new_database: NewDatabase) -> None:
    with simulator(new_database("postgresql")) as runner:
        outcome = runner.run(5, STEPS)
    assert outcome.breaches == [], outcome.history


def test_laptops_that_exchange_at_once_end_the_same(new_database: NewDatabase) -> None:
    with a_crowd(new_database("postgresql"), seed=3) as world:
        assert len(world.laptops) == 3
        together(world, STEPS)
        settle(world)
        assert breaches(world) == [], world.history


def test_a_seed_gives_the_same_history_every_time(runner: Simulator) -> None:
    assert runner.run(7, 20) == runner.run(7, 20)


@pytest.mark.parametrize("boundary", range(3, 9))
def test_a_laptop_killed_while_it_notices_a_restore_still_offers_everything_again(
    runner: Simulator, boundary: int
) -> None:
    with a_world(1, runner.centre, runner.template) as world:
        world.calm = True
        laptop = world.laptops[0]
        new_enterprise(laptop)
        laptop.sync(world.line(laptop))
        world.centre.restore(world.backups[0])
        with pytest.raises(Killed):
            laptop.sync(world.line(laptop), killed_after=boundary)
        settle(world)
        assert breaches(world) == []


def test_a_clock_that_jumps_makes_no_outbox_forget(runner: Simulator) -> None:
    with a_world(1, runner.centre, runner.template) as world:
        world.calm = True
        laptop = world.laptops[0]
        laptop.clock.off = timedelta(days=-90)
        new_enterprise(laptop)
        laptop.sync(world.line(laptop))
        laptop.clock.off = timedelta()
        laptop.sync(world.line(laptop))
        world.centre.restore(world.backups[0])
        settle(world)
        assert breaches(world) == []


def new_enterprise(laptop: Laptop) -> None:
    with laptop.at_work() as workspace, workspace.write() as session:
        (grid, *_), *_ = session.connection().exec_driver_sql("SELECT grid_id FROM grid_cursors")
        session.add(Enterprise(grid_id=grid, name="示例企业"))


Missing = tuple[object, str, object]
"""A module or class, the name of a mechanism in it, and what stands in its place."""


def _cursor_first(workspace: Workspace, rows: list[Change], cursor: PageCursor, guard: RemovalGuard) -> None:
    with workspace.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE grid_cursors SET sequence = ?, verified = ? WHERE grid_id = ?",
            (cursor.sequence, cursor.sequence, cursor.grid_id),
        )
    with workspace.write() as session:
        pull.store_changes(session, rows)


def _noted_first(session: UnitOfWork) -> None:
    @event.listens_for(session, "after_commit", once=True)
    def _offer(_: Session) -> None:
        bind = session.get_bind()
        assert isinstance(bind, Engine)
        with UnitOfWork(bind, session.author) as later, later.begin():
            outbox.offer_again(later)


def _photos_taken_for_arrived(session: UnitOfWork) -> None:
    connection = session.connection()
    confirmed = connection.exec_driver_sql("SELECT sha256, grid_id, confirmed_at FROM confirmed_attachments").all()
    offer_again(session)
    for row in confirmed:
        connection.exec_driver_sql("INSERT INTO confirmed_attachments VALUES (?, ?, ?)", tuple(row))


@pytest.mark.parametrize(
    ("seed", "missing"),
    [
        pytest.param(102, [(ingest, "_known_receipt", lambda *_: None),
                           (change_records, "known_operations", lambda *_: {})], id="operations known again"),
        pytest.param(102, [(pull, "_store", _cursor_first)], id="cursor and rows in one transaction"),
        pytest.param(106, [(unit_of_work, "_waiting_fields", lambda *_: {})], id="what waits is not overwritten"),
        pytest.param(104, [(sync_run, "offer_again", lambda _session: None)], id="offered again after a restore"),
        pytest.param(114, [(sync_run, "offer_again", _noted_first)], id="offered again as it is noted"),
        pytest.param(108, [(decisions.Ruling, "_record", lambda *_: None)], id="conflicts on record"),
        pytest.param(102, [(ingest, "keep_clocks", lambda *_: None)], id="numbers kept"),
        pytest.param(121, [(ingest, "_answered_for_good", lambda _counts: True)], id="what was held is asked anew"),
        pytest.param(102, [(outbox, "_known_at_least", lambda *_: None)], id="doubtful rows are fetched"),
        pytest.param(108, [(bundle_export, "close_offers", lambda *_: None)], id="what left on a stick is closed"),
        pytest.param(110, [(bundle_receipt, "_require_news", lambda *_: None)], id="old receipts are refused"),
        pytest.param(111, [(bundle_receipt, "_centre_was_restored", lambda *_: None)], id="a restore in a receipt"),
        pytest.param(102, [(attachment_transfer, "_arrived_already", lambda *_: set())], id="photos known there"),
        pytest.param(113, [(sync_run, "offer_again", _photos_taken_for_arrived)], id="photos asked for anew"),
        pytest.param(173, [(centre, "forget_lost", lambda *_: 0)], id="lost photos struck out"),
    ],
)  # fmt: skip
def test_it_notices_what_is_missing(
    runner: Simulator, monkeypatch: pytest.MonkeyPatch, seed: int, missing: list[Missing]
) -> None:
    for where, name, instead in missing:
        monkeypatch.setattr(where, name, instead)
    assert runner.run(seed, STEPS).breaches
    monkeypatch.undo()
    assert runner.run(seed, STEPS).breaches == []  # it was the missing mechanism, nothing else
