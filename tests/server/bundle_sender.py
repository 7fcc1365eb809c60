"""A laptop that makes bundles by hand, of any operations."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import msgspec

from desktop.models.identity import grid_id, new_id
from desktop.models.vocabulary import Role
from desktop.sync.wire import container, signing
from desktop.sync.wire.messages import EnrolRequest
from desktop.sync.wire.sealing import seal
from server.enrolment import enrol, new_code
from server.generation import generation_of
from server.officers import create_officer
from tests.server.centre import CHEAP, PASSWORD, Centre, Laptop, operation
from tests.sync.bundles import content, manifest_of


class Sender:
    """One enrolled laptop of grid G1 and the folder it writes its bundles into."""

    def __init__(self, centre: Centre, recipient: str, folder: Path) -> None:
        self._key = signing.new_signing_key()
        self._recipient = recipient
        self._folder = folder
        self._sequence = 0
        with centre.store.reading() as connection:
            self.generation = generation_of(connection)
        account = create_officer(centre.store, CHEAP, "甲", Role.GRID_INSTRUCTOR, ["G1"], PASSWORD)
        device = new_id()
        with centre.store.writing() as connection:
            code, _ = new_code(connection, account)
            request = EnrolRequest(code, device, "AB12CD", public_key=signing.public_key_of(self._key))
            _, _, token = enrol(connection, request)
        self.laptop = Laptop(centre, account, device, token, grid_id("G1"))

    def bundle(self, *batches: list[dict[str, Any]], photos: tuple[bytes, ...] = ()) -> Path:
        """A bundle of batches of operations, and photos."""
        self._sequence += 1
        lines = [[msgspec.json.encode(each) for each in batch] for batch in batches]
        manifest = msgspec.structs.replace(
            manifest_of(lines, list(photos), self._recipient),
            device=self.laptop.device,
            sequence=self._sequence,
            generation=self.generation,
        )
        file = io.BytesIO()
        seal([content(manifest, lines, list(photos), self._key)], file, self._recipient)
        path = self._folder / f"{self._sequence}.zqb"
        path.write_bytes(container.header(container.Kind.BUNDLE) + file.getvalue())
        return path


def photo_of(owner: dict[str, Any], content: bytes) -> dict[str, Any]:
    """The operation that makes a photo of an enterprise."""
    return operation(
        owner["grid_id"], "attachments", owner_table="enterprises", owner_id=owner["row_id"], purpose="photo",
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type="image/jpeg",
    )  # fmt: skip
