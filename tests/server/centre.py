"""A server in this process and officers who speak to it over its real endpoints; builders for what they send."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from argon2 import PasswordHasher
from sqlalchemy import Table, func, select

from desktop.models.identity import grid_id, new_id
from desktop.models.vocabulary import Role
from desktop.sync.wire.batch_body import packed
from desktop.sync.wire.messages import EnrolRequest
from desktop.sync.wire.protocol import LIMITS
from desktop.sync.wire.tus import OFFSET_TYPE, metadata_of
from server.accounts import set_role
from server.app import make_app
from server.enrolment import enrol, new_code
from server.officers import create_officer
from server.passwords import Passwords
from server.rights import WITHOUT_DEVICE, WITHOUT_GRIDS
from server.settings import Settings
from server.store import Store
from server.stored_rows import TABLES
from server.tables import metadata
from tests.server.in_process import InProcess

PASSWORD = "a long enough phrase"
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
"""The real hasher costs 64 MiB and 130 ms a time; one test of its own uses it."""

JPEG = b"\xff\xd8\xff" + bytes(range(256)) * 40 + b"\xff\xd9"
"""What the server takes for a photo."""

EDITED_AT = "2020-02-27T08:00:00.000Z"


class Centre:
    """The server over one database."""

    def __init__(self, url: str, attachments: Path | str = "", device_bytes: int = LIMITS.device_bytes) -> None:
        self.store = Store(url)
        self._photos = TemporaryDirectory(prefix="zhuqi-photos-")
        attachments = attachments or self._photos.name
        self._keys = TemporaryDirectory(prefix="zhuqi-keys-")
        self.keys = Path(self._keys.name)
        self.settings = Settings(url, keys=self.keys, attachments=str(attachments), device_bytes=device_bytes)
        self.app = make_app(self.store, self.settings, CHEAP)
        self.http = InProcess(self.app)

    def close(self) -> None:
        """Close connections."""
        self.store.close()
        self._keys.cleanup()
        self._photos.cleanup()

    def officer(self, name: str = "甲", role: Role = Role.GRID_INSTRUCTOR, grids: tuple[str, ...] = ("G1",)) -> Laptop:
        """A new officer with one enrolled device."""
        account = self.account(name, role if role not in WITHOUT_DEVICE else Role.GRID_INSTRUCTOR, grids)
        laptop = self.laptop(account, grids)
        if role in WITHOUT_DEVICE:  # it enrols no device; one from an earlier post is all it could have
            with self.store.writing() as connection:
                set_role(connection, account, role)
        return laptop

    def account(self, name: str = "甲", role: Role = Role.GRID_INSTRUCTOR, grids: tuple[str, ...] = ("G1",)) -> str:
        """A new account without a device."""
        return create_officer(self.store, CHEAP, name, role, [] if role in WITHOUT_GRIDS else list(grids), PASSWORD)

    def laptop(self, account: str, grids: tuple[str, ...] = ("G1",)) -> Laptop:
        """One more device of an officer."""
        device = new_id()
        with self.store.writing() as connection:
            code, _ = new_code(connection, account)
            _, _, token = enrol(connection, EnrolRequest(code, device, device[-4:].upper().replace("-", "X")))
        return Laptop(self, account, device, token, grid_id(grids[0]))

    def count(self, table: str) -> int:
        """Rows of a table, as the database counts them."""
        found: Table = TABLES[table] if table in TABLES else metadata.tables[table]
        with self.store.reading() as connection:
            return connection.execute(select(func.count()).select_from(found)).scalar_one()

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        """One row as stored."""
        with self.store.reading() as connection:
            return dict(connection.execute(select(TABLES[table]).where(TABLES[table].c.id == row_id)).mappings().one())


@dataclass
class Laptop:
    """One enrolled device, speaking the wire protocol by hand."""

    centre: Centre
    account: str
    device: str
    token: str
    grid: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {self.token}"}

    def send(self, operations: list[dict[str, Any]], batch: str | None = None, *, zstd: bool = True) -> Any:
        """Push and return the HTTP response."""
        lines = [msgspec.json.encode(operation) for operation in operations]
        headers = {**self.headers, "Idempotency-Key": batch or new_id(), "Content-Type": "application/x-ndjson"}
        if zstd:
            return self.centre.http.post(
                "/v1/sync/push", content=packed(lines), headers={**headers, "Content-Encoding": "zstd"}
            )
        return self.centre.http.post("/v1/sync/push", content=b"\n".join(lines), headers=headers)

    def push(self, *operations: dict[str, Any], batch: str | None = None) -> list[dict[str, Any]]:
        """Push and return the results."""
        response = self.send(list(operations), batch)
        assert response.status_code == 200, response.text
        results: list[dict[str, Any]] = response.json()["results"]
        return results

    def statuses(self, *operations: dict[str, Any]) -> list[str]:
        """Push and return the statuses."""
        return [result["status"] for result in self.push(*operations)]

    def get(self, path: str) -> Any:
        """Any GET with this device's token."""
        return self.centre.http.get(path, headers=self.headers)

    def changes(self, grid: str | None = None, since: int = 0, limit: int = 2000) -> tuple[list[Any], dict[str, Any]]:
        """One page: its rows and its cursor."""
        response = self.get(f"/v1/sync/changes?grid={grid or self.grid}&since={since}&limit={limit}")
        assert response.status_code == 200, response.text
        *rows, end = (msgspec.json.decode(line) for line in response.content.splitlines())
        return rows, end["cursor"]

    def upload(self, content: bytes, sha256: str | None = None, **more: str) -> Any:
        """Send a file whole, in one request."""
        name = sha256 or hashlib.sha256(content).hexdigest()
        return self.create(name, len(content), content, **more)

    def create(self, sha256: str, length: int, content: bytes | None = None, **more: str) -> Any:
        """Begin an upload, with its first bytes or without any."""
        headers = {"Upload-Length": str(length), "Upload-Metadata": metadata_of(sha256)}
        if content is not None:
            headers["Content-Type"] = OFFSET_TYPE
        headers |= self.headers | {"Tus-Resumable": "1.0.0"} | {k.replace("_", "-"): v for k, v in more.items()}
        return self.centre.http.post("/v1/attachments/uploads", content=content, headers=headers)

    def together(self, *contents: bytes, listed: str | None = None, body: bytes | None = None) -> Any:
        """Send several files in one request, by true names and lengths unless others are given."""
        names = ",".join(f"{hashlib.sha256(content).hexdigest()}:{len(content)}" for content in contents)
        headers = self.headers | {
            "Tus-Resumable": "1.0.0", "Content-Type": OFFSET_TYPE, "Upload-Files": names if listed is None else listed,
        }  # fmt: skip
        whole = b"".join(contents) if body is None else body
        return self.centre.http.post("/v1/attachments/uploads/together", content=whole, headers=headers)

    def tus(self, method: str, sha256: str, content: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
        """One request about an upload that has begun."""
        plain = self.headers | {"Tus-Resumable": "1.0.0", "Content-Type": OFFSET_TYPE}
        path = f"/v1/attachments/uploads/{sha256}"
        return self.centre.http.request(method, path, content=content, headers=plain | (headers or {}))

    def held(self, hashes: list[str], grid: str | None = None) -> Any:
        """Ask which files a grid holds."""
        asked = {"grid_id": grid or self.grid, "sha256": hashes}
        return self.centre.http.post("/v1/attachments/held", json=asked, headers=self.headers)


def operation(
    grid: str, table: str = "enterprises", row_id: str | None = None, base: int = 0, how: str = "put", **fields: Any
) -> dict[str, Any]:
    """One operation as it stands on the wire."""
    return {
        "op_id": new_id(), "table": table, "row_id": row_id or new_id(), "grid_id": grid, "kind": how,
        "fields": fields, "base_version": base, "edited_at": EDITED_AT,
    }  # fmt: skip


def enterprise(grid: str, name: str = "示例一厂", **fields: Any) -> dict[str, Any]:
    """A new enterprise."""
    return operation(grid, "enterprises", name=name, **fields)


def visit(grid: str, enterprise_id: str) -> dict[str, Any]:
    """A new visit."""
    return operation(
        grid, "visits", enterprise_id=enterprise_id, kind="routine", visited_on="2020-02-27", state="open",
        measure_set="m23@1", started_at=EDITED_AT,
    )  # fmt: skip


def answer(grid: str, visit_id: str, measure: str = "M01") -> dict[str, Any]:
    """A new answer."""
    return operation(grid, "answers", visit_id=visit_id, measure=measure, result="fail", answered_at=EDITED_AT)


def finding(grid: str, enterprise_id: str, number: str = "P-20200227-01-A", **fields: Any) -> dict[str, Any]:
    """A new finding."""
    plain = {
        "enterprise_id": enterprise_id, "number": number, "measure": "M01", "title": "口罩不足", "severity": "high",
        "route": "on_site", "state": "logged", "found_on": "2020-02-27",
    }  # fmt: skip
    return operation(grid, "findings", **(plain | fields))


def letter(grid: str, enterprise_id: str, visit_id: str, **fields: Any) -> dict[str, Any]:
    """A new draft of a letter."""
    plain = {"enterprise_id": enterprise_id, "visit_id": visit_id, "state": "draft", "content": {"a": 1}}
    return operation(grid, "letters", **(plain | fields))


def attachment(grid: str, owner: str, content: bytes, table: str = "enterprises") -> dict[str, Any]:
    """The record of a photo."""
    return operation(
        grid, "attachments", owner_table=table, owner_id=owner, purpose="photo/M01",
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type="image/jpeg",
    )  # fmt: skip


def edit(of: dict[str, Any], base: int, **fields: Any) -> dict[str, Any]:
    """A further edit of the same row."""
    return operation(of["grid_id"], of["table"], of["row_id"], base, **fields)
