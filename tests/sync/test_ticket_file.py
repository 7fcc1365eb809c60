"""The ticket's format: whole, or refused before anything is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.ticket_enrolment import enrol_by_ticket
from desktop.sync.wire import container, signing
from desktop.sync.wire.messages import CentreKeys, GridScope, OfficerScope
from desktop.sync.wire.ticket_file import Ticket, read_ticket_file, ticket_file
from tests.sync.bundles import RECIPIENT

KEY = signing.new_signing_key()
TICKET = Ticket(
    container.FORMAT, container.SUITE, "ABCD-EFGH", "2020-03-05T08:00:00.000Z", None, new_id(),
    OfficerScope(new_id(), "甲", "grid_instructor", [GridScope(grid_id("G1"), "G1", "G1")], 1),
    CentreKeys(RECIPIENT, signing.public_key_of(KEY)),
)  # fmt: skip
FILE = ticket_file(TICKET, KEY)


def test_a_ticket_is_read_as_it_was_written() -> None:
    assert read_ticket_file(FILE) == TICKET


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.integers(0, len(FILE) - 1), st.integers(0, 7))
def test_any_edit_is_refused(place: int, bit: int) -> None:
    file = bytearray(FILE)
    file[place] ^= 1 << bit
    with pytest.raises(UserProblem):
        read_ticket_file(bytes(file))


@pytest.mark.parametrize("length", [0, 11, 12, 76, 200, len(FILE) - 1])
def test_a_ticket_that_was_cut_is_refused_and_changes_nothing(
    workspace: Workspace, tmp_path: Path, length: int
) -> None:
    (tmp_path / "t.zqe").write_bytes(FILE[:length])
    with pytest.raises(UserProblem, match="ticket_"):
        enrol_by_ticket(workspace, tmp_path / "t.zqe")
    assert (workspace.enrolment, workspace.device.signing_key) == (None, None)


def test_a_file_that_is_not_there_is_named(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="bundle_not_read"):
        enrol_by_ticket(workspace, tmp_path / "none.zqe")
