"""One exchange with the centre: hello, push, pull, comparison, attachments; attempts with growing pauses; a line in
the log.

Safe to break off anywhere: every step leaves the workspace consistent, and what was not answered is offered again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace

from desktop.models.device.local_tables import Enrolment, SyncRun
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id, utc_now
from desktop.models.problems import EnvironmentProblem, Problem, UserProblem
from desktop.models.progress import Cancelled, Progress
from desktop.sync.attachment_transfer import PhotosSent, transfer
from desktop.sync.comparison import compare, needs_comparing
from desktop.sync.enrolment import clock_offset_ms, has_keys, keep_keys, keep_scope
from desktop.sync.exchange_turn import exchange_turn
from desktop.sync.outbox import forget_answered, held_operations, offer_again
from desktop.sync.pull import cursor_of, pull
from desktop.sync.push import Sent, push
from desktop.sync.token_keeper import replace_token, token_of
from desktop.sync.transport import HttpEndpoint, Interrupted, Pace
from desktop.sync.wire import protocol
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.endpoint import Endpoint
from desktop.sync.wire.messages import Hello, counts_of
from desktop.sync.wire.protocol import Limits
from desktop.sync.withdrawal import withdraw_foreign_rows

CLOCK_STEP_MS = 2_000
"""A change of the clock's offset below this is the network's, and not noted."""
COMPARISONS = 3
"""How often a run compares a grid again after putting something right."""


@dataclass
class _Achieved:
    """What all attempts of a run have achieved together."""

    sent: Sent = field(default_factory=Sent)
    pulled: int = 0
    photos: PhotosSent = field(default_factory=PhotosSent)
    generation: str = ""
    withdrawn: list[str] = field(default_factory=list)
    repaired: int = 0

    def receipt(self) -> dict[str, Any]:
        """The receipt as commands and pages show it."""
        results = self.sent.results
        return {
            "batch_id": self.sent.batch_id,
            "generation": self.generation,
            "results": msgspec.to_builtins(results),
            "counts": counts_of(results),
            "sequences": self.sent.sequences,
            "digest": results_digest(results),
            "pulled": self.pulled,
            "pushed": len(results),
            "attachments": asdict(self.photos),
            "withdrawn": self.withdrawn,
            "repaired": self.repaired,
        }


def run_sync(
    workspace: Workspace, progress: Progress | None = None, pace: Pace | None = None, *, accept_removals: bool = False
) -> dict[str, Any]:
    """Exchange everything with the centre over the network; `sync_over` with this device's own token.

    Raises:
        UserProblem: `sync_not_enrolled`, and what `sync_over` raises.
    """
    enrolment, pace = workspace.enrolment, pace or Pace()
    if enrolment is None:
        raise UserProblem("sync_not_enrolled")
    with HttpEndpoint(enrolment.server_url, token_of(workspace), pace, enrolment.ca_pem) as endpoint:
        return sync_over(endpoint, workspace, progress, pace, accept_removals=accept_removals)


def sync_over(
    endpoint: Endpoint,
    workspace: Workspace,
    progress: Progress | None = None,
    pace: Pace | None = None,
    *,
    accept_removals: bool = False,
) -> dict[str, Any]:
    """Exchange everything with the centre and return the receipt: all results of all batches, pulled and pushed.

    Args:
        endpoint: the way to the centre, opened with this device's token.
        accept_removals: let a pull remove many rows at once; a person has agreed to it.

    Raises:
        UserProblem: `sync_running`, `sync_many_removed` (everything before it holds).
        EnvironmentProblem: what the surroundings did; everything unanswered is still queued.
        Cancelled: the person called it off.
    """
    enrolment = workspace.enrolment
    achieved = _Achieved(generation=enrolment.generation if enrolment else "")
    with exchange_turn(workspace.folder), _logged(workspace, achieved):
        _attempts(_Run(workspace, endpoint, achieved, progress or Progress(), accept_removals), pace or Pace())
    return achieved.receipt()


@dataclass(frozen=True)
class _Run:
    """What one run works with."""

    workspace: Workspace
    endpoint: Endpoint
    achieved: _Achieved
    progress: Progress
    accept_removals: bool


def _attempts(run: _Run, pace: Pace) -> None:
    batch_share = 1.0
    for attempt in range(1, pace.attempts + 1):
        try:
            _exchange(run, batch_share)
            return
        except Interrupted as broken:
            if attempt == pace.attempts or broken.retry_after_s > pace.longest_pause_s:
                raise
            batch_share /= 2 if broken.stalled else 1
            growing = pace.pause_s * 2 ** (attempt - 1) * random.uniform(0.75, 1.5)  # noqa: S311 - jitter
            _pause(max(growing, broken.retry_after_s), run.progress)


def _exchange(run: _Run, batch_share: float) -> None:
    workspace, endpoint, achieved, progress = run.workspace, run.endpoint, run.achieved, run.progress
    progress.step(0, 0, "hello")
    hello = endpoint.hello()
    if hello.protocol_newest < protocol.NEWEST:
        raise EnvironmentProblem("sync_server_older", known=protocol.NEWEST, newest=hello.protocol_newest)
    _take_note(workspace, hello)
    achieved.generation = hello.generation
    limits = Limits(
        batch_operations=max(1, int(hello.limits.batch_operations * batch_share)),
        batch_bytes=max(protocol.LINE_BYTES, int(hello.limits.batch_bytes * batch_share)),
    )
    clocks = {grid.id: grid.sequence for grid in hello.scope.grids}
    held_before = held_operations(workspace)
    readable = hello.protocol_oldest <= protocol.NEWEST
    if readable:  # a new grid first, so that what this device sends then need not come back to it
        _pull(run, hello, [grid for grid in clocks if cursor_of(workspace, grid) == 0])
    push(workspace, endpoint, limits, achieved.sent, progress)
    if not readable:  # an old program may always push, but cannot read what is new
        raise EnvironmentProblem("sync_server_newer", oldest=hello.protocol_oldest, known=protocol.NEWEST)
    for grid, sequence in achieved.sent.sequences.items():  # a receipt told again is older than the hello
        if grid in clocks:
            clocks[grid] = max(clocks[grid] or 0, sequence)
    _pull(run, hello, [grid for grid, clock in clocks.items() if cursor_of(workspace, grid) != clock])
    # what is held back only since now waits for somebody's work, which he may bring himself before we offer our copy
    waiting = {grid for op_id, grid in held_operations(workspace).items() if op_id not in held_before}
    for grid in clocks:
        if grid not in waiting:
            _compare(run, hello, limits, grid)
    shorter = replace(hello.limits, upload_bytes=max(1, int(hello.limits.upload_bytes * batch_share)))
    transfer(workspace, endpoint, shorter, progress, achieved.photos)
    achieved.withdrawn += withdraw_foreign_rows(workspace)
    forget_answered(workspace)


def _pull(run: _Run, hello: Hello, grids: list[str]) -> None:
    run.achieved.pulled += pull(
        run.workspace, run.endpoint, grids, hello.limits.page_rows, run.progress, accept_removals=run.accept_removals
    )


def _compare(run: _Run, hello: Hello, limits: Limits, grid: str) -> None:
    """Compare a grid that changed; what has to be offered again for it is offered at once."""
    for _ in range(COMPARISONS):
        if not needs_comparing(run.workspace, grid):
            return
        compared = compare(run.workspace, run.endpoint, grid, run.progress)
        run.achieved.repaired += compared.taken + compared.offered
        if not (compared.taken or compared.offered):
            return
        push(run.workspace, run.endpoint, limits, run.achieved.sent, run.progress)
        _pull(run, hello, [grid])


def _take_note(workspace: Workspace, hello: Hello) -> None:
    """Keep what the hello said: token, generation, clock, name, scope; nothing is written when nothing is new."""
    if hello.token is not None:
        replace_token(workspace, hello.token)
    enrolment = workspace.enrolment
    offset = clock_offset_ms(hello.time)
    scope = hello.scope
    if enrolment is not None:
        known = (enrolment.generation, enrolment.scope_version, enrolment.officer_name, enrolment.role)
        same = known == (hello.generation, scope.version, scope.name, scope.role) and has_keys(enrolment, hello.keys)
        if same and abs(enrolment.clock_offset_ms - offset) < CLOCK_STEP_MS:
            return
    with workspace.write() as session:
        row = session.get_one(Enrolment, 1)
        restored = row.generation != hello.generation
        row.generation, row.scope_version = hello.generation, scope.version
        row.clock_offset_ms = offset
        row.officer_name, row.role = scope.name, scope.role
        keep_keys(row, hello.keys)
        keep_scope(session, scope.grids)
        if restored:
            offer_again(session)
    workspace.refresh_enrolment()


def _pause(seconds: float, progress: Progress) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        progress.step(0, 0, "wait")
        time.sleep(min(left, 0.1))


@contextmanager
def _logged(workspace: Workspace, achieved: _Achieved) -> Iterator[None]:
    """One line in the sync log, however the run ends; `outcome` is `ok`, `cancelled` or a problem's code."""
    run_id = new_id()
    with workspace.write() as session:
        session.add(SyncRun(id=run_id, started_at=utc_now()))
    outcome = "internal"
    try:
        yield
        outcome = "ok"
    except Cancelled:
        outcome = "cancelled"
        raise
    except Problem as problem:
        outcome = problem.code
        raise
    finally:
        with workspace.write() as session:
            row = session.get_one(SyncRun, run_id)
            receipt = achieved.receipt()
            row.ended_at, row.outcome, row.receipt = utc_now(), outcome, _for_the_log(receipt)


def _for_the_log(receipt: dict[str, Any]) -> dict[str, Any]:
    """The receipt without the plain successes: those stand beside their operations in the outbox."""
    notable = [result for result in receipt["results"] if result["status"] not in ("applied", "duplicate")]
    return receipt | {"results": notable}
