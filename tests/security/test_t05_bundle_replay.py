"""T05: a bundle brought again, late, or rolled back changes nothing; a receipt that is older is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Enterprise
from desktop.sync.bundle_export import export_bundle
from desktop.sync.bundle_receipt import read_bundle_receipt
from server.bundle_import import BundleImport
from tests.flows.centre_process import CentreProcess
from tests.flows.sameness import assert_nothing_lost_or_doubled, assert_same, local_rows, unsent
from tests.security.bundle_traces import counts


def remark(workspace: Workspace, text: str) -> None:
    with workspace.write() as session:
        session.get_one(Enterprise, next(iter(local_rows(workspace, "enterprises")))).remark = text


def kept(folder: Path, content: bytes) -> Path:
    file = folder / "receipt.zqr"
    file.write_bytes(content)
    return file


def test_the_same_file_twice_gives_the_same_receipt_and_changes_no_row(
    bundle_desk: Workspace, bundle_centre: CentreProcess, bundle_import: BundleImport, tmp_path: Path
) -> None:
    bundle = export_bundle(bundle_desk, tmp_path).file
    first = bundle_import.import_file(bundle)
    before, rows = counts(bundle_centre), bundle_centre.rows("enterprises")
    second = bundle_import.import_file(bundle)
    assert second.file == first.file
    assert (counts(bundle_centre), bundle_centre.rows("enterprises")) == (before, rows)


def test_a_bundle_that_comes_after_its_successor_is_applied_once(
    bundle_desk: Workspace, bundle_centre: CentreProcess, bundle_import: BundleImport, tmp_path: Path
) -> None:
    older = export_bundle(bundle_desk, tmp_path).file
    remark(bundle_desk, "后来补的")
    newer = export_bundle(bundle_desk, tmp_path).file
    answer = bundle_import.import_file(newer)
    before = counts(bundle_centre)
    late = bundle_import.import_file(older)
    changed = {table: n for table, n in counts(bundle_centre).items() if n != before[table]}
    assert changed.keys() <= {"bundles_received", "batches", "audit_events"}
    assert {result.status.value for receipt in late.receipt.receipts for result in receipt.results} <= {
        "duplicate",
        "applied",  # the stored receipt of the very same batch
    }
    read_bundle_receipt(bundle_desk, kept(tmp_path, answer.file))
    assert_nothing_lost_or_doubled(bundle_desk, bundle_centre)
    assert_same(bundle_desk, bundle_centre)


def test_a_receipt_with_a_lower_counter_is_refused(
    bundle_desk: Workspace, bundle_import: BundleImport, tmp_path: Path
) -> None:
    older = bundle_import.import_file(export_bundle(bundle_desk, tmp_path).file)
    remark(bundle_desk, "后来补的")
    newer = bundle_import.import_file(export_bundle(bundle_desk, tmp_path).file)
    assert older.receipt.counter < newer.receipt.counter
    read_bundle_receipt(bundle_desk, kept(tmp_path, newer.file))
    assert unsent(bundle_desk) == 0
    with pytest.raises(UserProblem, match="bundle_receipt_old"):
        read_bundle_receipt(bundle_desk, kept(tmp_path, older.file))
    assert unsent(bundle_desk) == 0
    assert read_bundle_receipt(bundle_desk, kept(tmp_path, newer.file))["counts"]  # the same one again is harmless


def test_the_receipt_of_another_laptop_is_refused(
    bundle_desk: Workspace, bundle_centre: CentreProcess, bundle_import: BundleImport, tmp_path: Path
) -> None:
    from desktop.sync.enrolment import enrol

    assert bundle_desk.enrolment is not None
    receipt = bundle_import.import_file(export_bundle(bundle_desk, tmp_path).file)
    with Workspace.create(tmp_path / "other") as other:
        enrol(other, bundle_centre.url, bundle_centre.code(bundle_desk.enrolment.officer_id))
        with pytest.raises(UserProblem, match="bundle_receipt_other_device"):
            read_bundle_receipt(other, kept(tmp_path, receipt.file))
    assert unsent(bundle_desk) > 0
