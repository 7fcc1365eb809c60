"""T03, by hand: the bundle of a revoked device is put aside as it came and not applied."""

from __future__ import annotations

from pathlib import Path

from desktop.models.device.workspace import Workspace
from desktop.sync.bundle_export import export_bundle
from server import bundle_log
from server.bundle_import import BundleImport
from server.device_tokens import revoke_device
from tests.flows.centre_process import CentreProcess
from tests.flows.courier import Courier
from tests.security.bundle_traces import counts, files_in


def test_the_bundle_of_a_revoked_device_is_quarantined_and_not_applied(
    bundle_desk: Workspace, bundle_centre: CentreProcess, bundle_import: BundleImport, courier: Courier, tmp_path: Path
) -> None:
    made = export_bundle(bundle_desk, tmp_path)
    with bundle_centre.store.writing() as connection:
        revoke_device(connection, bundle_desk.device.id)
    rows, files = counts(bundle_centre), files_in(courier.folder)
    answer = bundle_import.import_file(made.file)
    assert (answer.receipt.outcome, answer.receipt.receipts) == ("quarantined", [])
    noted = {table: rows[table] + 1 for table in ("bundles_received", "audit_events")}
    assert counts(bundle_centre) == rows | noted
    aside = files_in(courier.folder) - files
    assert len(aside) == 1
    assert (courier.folder / aside.pop()).read_bytes() == made.file.read_bytes()  # sealed, as it came
    with bundle_centre.store.reading() as connection:
        listed = bundle_log.quarantined(connection)
    assert [(line.device_id, line.sequence, line.operations, line.code) for line in listed] == [
        (bundle_desk.device.id, made.sequence, made.operations, "bundle_device_revoked")
    ]
    assert bundle_import.import_file(made.file).file == answer.file  # and again
    assert files_in(courier.folder) - files != set()


def test_a_bundle_under_way_when_the_device_is_revoked_is_quarantined_too(
    bundle_desk: Workspace, bundle_centre: CentreProcess, bundle_import: BundleImport, tmp_path: Path
) -> None:
    first = export_bundle(bundle_desk, tmp_path).file
    bundle_import.import_file(first)
    second = export_bundle(bundle_desk, tmp_path).file
    with bundle_centre.store.writing() as connection:
        revoke_device(connection, bundle_desk.device.id)
    assert bundle_import.import_file(first).receipt.outcome == "applied"  # what it was told stays true
    assert bundle_import.import_file(second).receipt.outcome == "quarantined"
