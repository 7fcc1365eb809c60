"""Uploads as laptops and any tus 1.0 client speak them: headers in, one step of the upload, headers out.

What came before a connection broke is kept, so that the sender goes on from there.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import wraps

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desktop.models.problems import EnvironmentProblem, Problem, UserProblem
from desktop.sync.wire import protocol, tus
from desktop.sync.wire.messages import FilesAnswer
from desktop.sync.wire.protocol import LIMITS
from server.device_tokens import KnownDevice
from server.files_together import FilesTogether
from server.objects import Aside
from server.problem_responses import problem_response
from server.request_body import drain, pieces_of
from server.rights import Actor
from server.upload_rows import Upload
from server.uploads import Permit, Uploads

BLOCK_BYTES = 1024 * 1024
"""As much of a body is gathered in memory before a thread writes it."""

_NUMBER = re.compile(r"[0-9]{1,15}")
_ALWAYS = {"Tus-Resumable": tus.VERSION}

Handler = Callable[["UploadRoutes", Request], Awaitable[Response]]


def _tus(handler: Handler) -> Handler:
    """Refuse other versions of the protocol, and mark every answer with ours."""

    @wraps(handler)
    async def answer(self: UploadRoutes, request: Request) -> Response:
        try:
            if request.headers.get("tus-resumable") != tus.VERSION:
                raise UserProblem("sync_upload_version")
            response = await handler(self, request)
        except Problem as problem:
            response = problem_response(problem, {"Tus-Version": tus.VERSION})
            await drain(request, LIMITS.upload_bytes)
        response.headers.update(_ALWAYS)
        return response

    return answer


@dataclass(frozen=True, slots=True)
class UploadRoutes:
    """The handlers; whoever routes to them has let the device in and put it into `request.state`."""

    uploads: Uploads

    async def able_to(self, _request: Request) -> Response:
        """What this server can do; asked without a token and without a version, as the protocol wants it."""
        return Response(
            status_code=204,
            headers=_ALWAYS
            | {
                "Tus-Version": tus.VERSION,
                "Tus-Extension": tus.EXTENSIONS,
                "Tus-Max-Size": str(LIMITS.attachment_bytes),
                "Tus-Checksum-Algorithm": ",".join(tus.CHECKSUMS),
            },
        )

    @_tus
    async def create(self, request: Request) -> Response:
        """An upload, with its first bytes when the body holds any."""
        length = _number(request, "upload-length")
        sha256 = tus.hash_in(request.headers.get("upload-metadata", ""))
        if sha256 is None or length == 0:
            raise UserProblem("sync_upload_malformed")
        if length > LIMITS.attachment_bytes:
            raise UserProblem("sync_body_too_large", limit=LIMITS.attachment_bytes)
        permit = await run_in_threadpool(self.uploads.begin, _actor(request), sha256, length)
        upload = await self._taken(request, permit, with_body=request.headers.get("content-type") == tus.OFFSET_TYPE)
        return Response(
            status_code=201, headers={"Location": tus.UPLOAD_PATH.format(sha256=sha256), **_standing(upload)}
        )

    @_tus
    async def standing(self, request: Request) -> Response:
        """How far an upload has come."""
        sha256 = _hash(request)
        found = await run_in_threadpool(self.uploads.standing, _actor(request), sha256)
        if isinstance(found, Upload):
            headers = {"Upload-Length": str(found.length), **_standing(found)}
        else:
            headers = {
                "Upload-Length": str(found), "Upload-Offset": str(found), "Repr-Digest": tus.digest_of(sha256),
            }  # fmt: skip
        return Response(headers=headers)

    @_tus
    async def go_on(self, request: Request) -> Response:
        """More bytes of an upload."""
        if request.headers.get("content-type") != tus.OFFSET_TYPE:
            raise UserProblem("sync_upload_media_type")
        offset = _number(request, "upload-offset")
        permit = await run_in_threadpool(self.uploads.go_on, _actor(request), _hash(request), offset)
        upload = await self._taken(request, permit, with_body=True)
        return Response(status_code=204, headers=_standing(upload))

    @_tus
    async def create_together(self, request: Request) -> Response:
        """Several small files; what becomes of each stands in the answer."""
        if request.headers.get("content-type") != tus.OFFSET_TYPE:
            raise UserProblem("sync_upload_media_type")
        files = tus.files_in(request.headers.get(tus.TOGETHER_HEADER, ""), LIMITS.files_together)
        if files is None:
            raise UserProblem("sync_upload_malformed")
        permits = await run_in_threadpool(self.uploads.begin_several, _actor(request), files)
        lengths = [length for _, length in files]
        codes = await FilesTogether(self.uploads, permits).receive(pieces_of(request, sum(lengths)), lengths)
        return Response(msgspec.json.encode(FilesAnswer(codes)), media_type=protocol.ATTACHMENT_TYPE)

    async def _taken(self, request: Request, permit: Permit, *, with_body: bool) -> Upload:
        """Receive the body and add it to the upload; what a broken connection or a slow sender left counts too."""
        body = _Body(self.uploads.attachments.objects.aside(), _Checksum.named(request))
        broken: Problem | None = None
        try:
            if with_body:
                try:
                    await body.receive(request, permit.upload.length - permit.upload.received)
                except EnvironmentProblem as problem:
                    if body.checksum is not None:  # it was for the whole body
                        raise
                    broken = problem
            upload = await run_in_threadpool(body.handed_to, self.uploads, permit)
        finally:
            body.aside.discard()
        if broken is not None:
            raise broken
        return upload


@dataclass(slots=True)
class _Checksum:
    """The checksum a request claims for its own body."""

    running: hashlib._Hash
    claimed: bytes

    @classmethod
    def named(cls, request: Request) -> _Checksum | None:
        header = request.headers.get("upload-checksum")
        if header is None:
            return None
        algorithm, _, digest = header.partition(" ")
        if algorithm not in tus.CHECKSUMS:
            raise UserProblem("sync_upload_malformed")
        try:
            return cls(hashlib.new(algorithm, usedforsecurity=False), base64.b64decode(digest, validate=True))
        except binascii.Error as error:
            raise UserProblem("sync_upload_malformed") from error


@dataclass(slots=True)
class _Body:
    """A body on its way into an aside: gathered in blocks, written by threads."""

    aside: Aside
    checksum: _Checksum | None
    waiting: list[bytes] = field(default_factory=list)

    async def receive(self, request: Request, cap: int) -> None:
        size = 0
        async for piece in pieces_of(request, cap):
            self.waiting.append(piece)
            size += len(piece)
            if size >= BLOCK_BYTES:
                await run_in_threadpool(self.write)
                size = 0

    def write(self) -> None:
        pieces, self.waiting = self.waiting, []
        if self.checksum is not None:
            for piece in pieces:
                self.checksum.running.update(piece)
        self.aside.write(pieces)

    def handed_to(self, uploads: Uploads, permit: Permit) -> Upload:
        if self.waiting:
            self.write()
        if self.checksum is not None and not hmac.compare_digest(self.checksum.running.digest(), self.checksum.claimed):
            raise UserProblem("sync_upload_checksum")
        return uploads.take(permit, self.aside)


def _actor(request: Request) -> Actor:
    known: KnownDevice = request.state.device
    return known.actor


def _standing(upload: Upload) -> dict[str, str]:
    headers = {"Upload-Offset": str(upload.received)}
    if upload.received == upload.length:
        return headers | {"Repr-Digest": tus.digest_of(upload.sha256)}
    return headers | {"Upload-Expires": upload.expires_on}


def _hash(request: Request) -> str:
    sha256: str = request.path_params["sha256"]
    if not tus.is_hash(sha256):
        raise UserProblem("sync_not_found")
    return sha256


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not _NUMBER.fullmatch(text):
        raise UserProblem("sync_upload_malformed")
    return int(text)
