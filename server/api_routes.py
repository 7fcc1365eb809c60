"""The endpoints laptops speak to. Every handler: who asks, what they may, the work in a thread, the answer."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.wire import protocol, tus
from desktop.sync.wire.batch_body import lines_of, unpacked
from desktop.sync.wire.messages import (
    AttachmentAnswer,
    CentreKeys,
    EnrolAnswer,
    EnrolRequest,
    HeldAnswer,
    HeldRequest,
    Hello,
    OfficerScope,
)
from desktop.sync.wire.protocol import LIMITS
from server import attachment_store, change_feed, comparison, device_tokens, enrolment, ingest, throttle
from server.device_tokens import KnownDevice
from server.device_turns import DeviceTurns
from server.generation import generation_of
from server.metrics import count_page
from server.observed_requests import DEVICE
from server.officers import grids_of
from server.request_body import body_of
from server.rights import Actor
from server.store import Store
from server.throttle import Attempt
from server.upload_routes import UploadRoutes

ENROL_BYTES = 4 * 1024
HELD_BYTES = 80 * protocol.HELD_HASHES
_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
_BUCKET = re.compile(r"[0-9a-f]{2}")
_NUMBER = re.compile(r"[0-9]{1,18}")
_BEARER = re.compile(r"Bearer (zqd_[\w-]{20,80})")

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Api:
    """The handlers, over one store. `keys` are the public ones for bundles, where the centre has any."""

    store: Store
    uploads: UploadRoutes
    turns: DeviceTurns = field(default_factory=DeviceTurns)
    keys: CentreKeys | None = None

    def routes(self) -> list[Route]:
        """All endpoints of the protocol."""
        return [
            Route(protocol.ENROL_PATH, self.enrol, methods=["POST"]),
            Route(protocol.HELLO_PATH, self._for_devices(self.hello), methods=["GET"]),
            Route(protocol.PUSH_PATH, self._for_devices(self.push), methods=["POST"]),
            Route(protocol.CHANGES_PATH, self._for_devices(self.changes), methods=["GET"]),
            Route(protocol.DIGEST_PATH, self._for_devices(self.digest), methods=["GET"]),
            Route(protocol.ROWS_PATH, self._for_devices(self.rows), methods=["GET"]),
            Route(tus.UPLOADS_PATH, self.uploads.able_to, methods=["OPTIONS"]),
            Route(tus.UPLOADS_PATH, self._for_devices(self.uploads.create), methods=["POST"]),
            Route(tus.TOGETHER_PATH, self._for_devices(self.uploads.create_together), methods=["POST"]),
            Route(tus.UPLOAD_PATH, self._for_devices(self.uploads.standing), methods=["HEAD"]),
            Route(tus.UPLOAD_PATH, self._for_devices(self.uploads.go_on), methods=["PATCH"]),
            Route(protocol.HELD_PATH, self._for_devices(self.attachments_held), methods=["POST"]),
            Route(protocol.ATTACHMENT_PATH, self._for_devices(self.attachment), methods=["GET"]),
        ]

    async def enrol(self, request: Request) -> Response:
        """A code in exchange for a token."""
        body = await body_of(request, ENROL_BYTES)
        address = request.client.host if request.client else ""
        return await run_in_threadpool(self._enrol, body, address)

    async def hello(self, request: Request) -> Response:
        """What both sides have to know before anything else."""
        known: KnownDevice = request.state.device
        token, device = _token(request), known.actor.device_id
        offered = await self._writing(lambda c: device_tokens.attend(c, device, token)) if known.due else None
        limits = msgspec.structs.replace(LIMITS, device_bytes=self.uploads.uploads.quota)

        def say(connection: Connection) -> Hello:
            return Hello(
                protocol.OLDEST, protocol.NEWEST, self.store.schema, generation_of(connection), utc_now(), limits,
                _scope(connection, known.actor), token=offered, keys=self.keys,
            )  # fmt: skip

        return _json(await self._reading(say), protocol.HELLO_TYPE)

    async def push(self, request: Request) -> Response:
        """A batch of operations in exchange for its receipt."""
        actor = _actor(request)
        batch_id = request.headers.get(protocol.BATCH_ID_HEADER, "")
        if not _ID.fullmatch(batch_id):
            raise UserProblem("sync_batch_id_missing")
        body = await body_of(request, LIMITS.batch_bytes)
        encoding = request.headers.get("content-encoding")
        receipt = await run_in_threadpool(self._push, actor, batch_id, body, encoding)
        return Response(receipt, media_type=protocol.RECEIPT_TYPE)

    async def changes(self, request: Request) -> Response:
        """A page of a grid's changes."""
        actor = _actor(request)
        grid = request.query_params.get("grid", "")
        since, limit = _number(request, "since", 0), _number(request, "limit", LIMITS.page_rows)
        limit = max(1, min(limit, LIMITS.page_rows))

        def read(connection: Connection) -> bytes | None:
            return change_feed.page(connection, actor, grid, since, limit, generation_of(connection))

        def reaches(connection: Connection) -> bool:
            return change_feed.reaches(connection, grid, since)

        page = await run_in_threadpool(self.store.read_near, read, reaches)
        if page is None:
            raise UserProblem("sync_not_found")
        count_page(page.count(b"\n") - 1)
        return Response(page, media_type=protocol.CHANGES_TYPE)

    async def digest(self, request: Request) -> Response:
        """Sums of a grid's tables, or of the buckets of one table."""
        actor = _actor(request)
        grid, table = request.query_params.get("grid", ""), request.query_params.get("table")
        answer = await self._reading(
            lambda connection: (
                comparison.grid_sums(connection, actor, grid)
                if table is None
                else comparison.table_sums(connection, actor, grid, table)
            )
        )
        if answer is None:
            raise UserProblem("sync_not_found")
        return _json(answer, protocol.DIGEST_TYPE)

    async def rows(self, request: Request) -> Response:
        """The rows of one bucket."""
        actor = _actor(request)
        query = request.query_params
        grid, table, number = query.get("grid", ""), query.get("table", ""), query.get("bucket", "")
        if not _BUCKET.fullmatch(number):
            raise UserProblem("sync_query_refused", field="bucket")
        page = await self._reading(
            lambda connection: comparison.bucket_page(
                connection, actor, grid, table, int(number, 16), generation_of(connection)
            )
        )
        if page is None:
            raise UserProblem("sync_not_found")
        return Response(page, media_type=protocol.CHANGES_TYPE)

    async def attachment(self, request: Request) -> Response:
        """Whether the bytes of a hash are here (GET and HEAD)."""
        actor = _actor(request)
        sha256 = request.path_params["sha256"]
        sizes = await self._reading(lambda connection: attachment_store.sizes_held(connection, actor, sha256))
        if not sizes:
            raise UserProblem("sync_not_found")
        return _json(AttachmentAnswer(sha256, min(sizes.values())), protocol.ATTACHMENT_TYPE)

    async def attachments_held(self, request: Request) -> Response:
        """Which of many hashes a grid holds."""
        actor = _actor(request)
        asked = _read(await body_of(request, HELD_BYTES), HeldRequest)
        held = await self._reading(
            lambda connection: attachment_store.held_among(connection, actor, asked.grid_id, asked.sha256)
        )
        if held is None:
            raise UserProblem("sync_not_found")
        return _json(HeldAnswer(held), protocol.ATTACHMENT_TYPE)

    def _for_devices(self, handler: Handler) -> Handler:
        """A handler that is reached with a true token only, and by one device with few requests at once."""

        async def admitted(request: Request) -> Response:
            token = _token(request)
            known = await self._reading(lambda connection: device_tokens.device_with_token(connection, token))
            if known is None:
                raise EnvironmentProblem("sync_not_signed_in")
            request.state.device = known
            request.scope[DEVICE] = known.actor.device_id
            with self.turns.turn(known.actor.device_id):
                return await handler(request)

        return admitted

    def _push(self, actor: Actor, batch_id: str, body: bytes, encoding: str | None) -> bytes:
        lines = lines_of(unpacked(body, encoding, LIMITS.batch_bytes))
        if len(lines) > LIMITS.batch_operations:
            raise UserProblem("sync_body_too_large", limit=LIMITS.batch_operations)
        return ingest.take_in(self.store, actor, batch_id, lines)

    def _enrol(self, body: bytes, address: str) -> Response:
        request = _read(body, EnrolRequest)
        with self.store.writing() as connection:
            number = throttle.begin(connection, Attempt(f"code {request.code}", address))
        with self.store.writing() as connection:
            actor, code, token = enrolment.enrol(connection, request)
            scope, generation = _scope(connection, actor), generation_of(connection)
            throttle.succeed(connection, number)
        answer = EnrolAnswer(actor.device_id, code, token, generation, utc_now(), scope, self.keys)
        return _json(answer, protocol.ENROLMENT_TYPE)

    async def _reading(self, work: Callable[[Connection], T]) -> T:
        def run() -> T:
            with self.store.reading() as connection:
                return work(connection)

        return await run_in_threadpool(run)

    async def _writing(self, work: Callable[[Connection], T]) -> T:
        def run() -> T:
            with self.store.writing() as connection:
                return work(connection)

        return await run_in_threadpool(run)


def _scope(connection: Connection, actor: Actor) -> OfficerScope:
    grids = grids_of(connection, actor)
    return OfficerScope(actor.account_id, actor.name, actor.role.value, grids, actor.scope_version)


def _actor(request: Request) -> Actor:
    known: KnownDevice = request.state.device
    return known.actor


def _token(request: Request) -> str:
    match = _BEARER.fullmatch(request.headers.get("authorization", ""))
    return match[1] if match else ""


def _read(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UserProblem("sync_operation_malformed") from error


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not _NUMBER.fullmatch(text):
        raise UserProblem("sync_query_refused", field=name)
    return int(text)


def _json(message: msgspec.Struct, media_type: str) -> Response:
    return Response(msgspec.json.encode(message), media_type=media_type)
