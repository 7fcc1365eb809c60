"""Whoever carries bundles on a stick: from a laptop to the centre's own command, and the receipt back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id
from desktop.models.records.attachments import Attachment
from desktop.sync.bundle_export import export_bundle
from desktop.sync.bundle_receipt import read_bundle_receipt
from server.attachment_store import AttachmentStore
from server.bundle_folder import BundleFolder
from server.bundle_import import FOLDER, BundleImport
from server.centre_keys import centre_keys
from server.store import Store
from server.uploads import Uploads
from tests.flows.centre_process import ROOT, CentreProcess, running_centre

PHOTO = b"\xff\xd8\xff a photo \xff\xd9"


@dataclass(frozen=True)
class Courier:
    """The way between the laptops and a centre: its database, the folder of its keys and photos, and one stick."""

    database_url: str
    folder: Path

    @property
    def keys(self) -> Path:
        """The centre's keys."""
        return self.folder / "keys"

    @property
    def photos(self) -> Path:
        """The centre's photos and papers."""
        return self.folder / "photos"

    @property
    def stick(self) -> Path:
        """What is carried."""
        return self.folder / "stick"

    @contextmanager
    def running(self) -> Iterator[CentreProcess]:
        """The centre, as long as the block lasts."""
        self.stick.mkdir(parents=True, exist_ok=True)
        with running_centre(self.database_url, attachments=self.photos, ZHUQI_KEYS=str(self.keys)) as centre:
            yield centre

    def imports(self, store: Store) -> BundleImport:
        """The centre's import, in this process."""
        uploads = Uploads(store, AttachmentStore.at(str(self.photos)))
        return BundleImport(uploads, centre_keys(self.keys), BundleFolder(self.keys / FOLDER))

    def fetch(self, workspace: Workspace) -> Path:
        """The bundle a laptop wrote."""
        return export_bundle(workspace, self.stick).file

    def hand_over(self, bundle: Path, *options: str) -> tuple[dict[str, Any], Path]:
        """What `import-bundle` said, and the receipt it wrote."""
        receipt = self.stick / f"{new_id()}.zqr"
        done = self.command("import-bundle", str(bundle), "--receipt", str(receipt), *options)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout), receipt

    def carry(self, workspace: Workspace) -> dict[str, Any]:
        """There and back: what the laptop read in the receipt."""
        _, receipt = self.hand_over(self.fetch(workspace))
        return read_bundle_receipt(workspace, receipt)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of the server, in a process of its own."""
        places = {"ZHUQI_KEYS": str(self.keys), "ZHUQI_ATTACHMENTS": str(self.photos)}
        return subprocess.run(
            [sys.executable, "-m", "server", *words, "--database", self.database_url, "--json"],
            cwd=ROOT, env=os.environ | places, capture_output=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip


def add_photo(workspace: Workspace, owner: str, content: bytes = PHOTO) -> str:
    """A photo of an enterprise in grid G1; its hash."""
    sha256 = workspace.attachments.put(content)
    with workspace.write() as session:
        session.add(
            Attachment(
                grid_id=grid_id("G1"), owner_table="enterprises", owner_id=owner, purpose="photo",
                sha256=sha256, size=len(content), media_type="image/jpeg",
            )
        )  # fmt: skip
    return sha256
