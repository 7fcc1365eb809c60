"""What the endpoints under `/v1` take and answer, as an OpenAPI 3.1 document; messages are described by their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.sync.wire import protocol, tus
from desktop.sync.wire.messages import (
    AttachmentAnswer,
    Change,
    DigestAnswer,
    EnrolAnswer,
    EnrolRequest,
    FilesAnswer,
    HeldAnswer,
    HeldRequest,
    Hello,
    Operation,
    PageEnd,
    Receipt,
)
from desktop.sync.wire.protocol import LIMITS

PATH = "/v1/openapi.json"
_UUID = {"type": "string", "format": "uuid"}
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}


class ProblemWords(msgspec.Struct, frozen=True):
    """Why something was refused: a code that stays, a sentence for people, and the facts in it."""

    code: str
    message: str
    fields: dict[str, str | int | float | None]


class ProblemAnswer(msgspec.Struct, frozen=True):
    """The body of every answer that is a refusal."""

    problem: ProblemWords


_TYPES = (
    AttachmentAnswer, Change, DigestAnswer, EnrolAnswer, EnrolRequest, FilesAnswer, HeldAnswer, HeldRequest, Hello,
    Operation, PageEnd, ProblemAnswer, Receipt,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one path.

    `takes`: media type → the message of its body (of each line of it), or nothing for plain bytes; `answers`: the
    media type of the one good answer (of its body; "": it has none), and its message; `refuses`: the statuses a
    refusal can have besides 400.
    """

    method: str
    path: str
    summary: str
    answers: tuple[str, type[msgspec.Struct] | None]
    takes: Mapping[str, type[msgspec.Struct] | None] = field(default_factory=dict)
    parameters: tuple[dict[str, Any], ...] = ()
    refuses: tuple[int, ...] = (401,)
    open: bool = False
    status: int = 200


def _query(name: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _header(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "schema": schema}


_GRID = _query("grid", _UUID, required=True)
_TABLE = {"type": "string", "maxLength": 30}
_HASH = {"name": "sha256", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}
_BATCH = {"name": protocol.BATCH_ID_HEADER, "in": "header", "required": True, "schema": _UUID}
_TUS = _header("Tus-Resumable", {"const": tus.VERSION})
_UPLOAD_REFUSALS = (401, 403, 404, 408, 409, 410, 412, 413, 415, 460, 503)
_FILE = "[0-9a-f]{64}:[0-9]{1,7}"
_ENCODING = {"name": "Content-Encoding", "in": "header", "schema": {"enum": ["identity", "zstd"]}}

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "post", protocol.ENROL_PATH, "A code that works once in exchange for a device's token.",
        (protocol.ENROLMENT_TYPE, EnrolAnswer), {"application/json": EnrolRequest}, refuses=(403, 408, 413, 429),
        open=True,
    ),
    Endpoint(
        "get", protocol.HELLO_PATH, "What both sides have to know before anything else.", (protocol.HELLO_TYPE, Hello),
    ),
    Endpoint(
        "post", protocol.PUSH_PATH,
        f"A batch of operations, one JSON object a line (`Operation`), at most {LIMITS.batch_operations} of them and"
        f" {LIMITS.batch_bytes} bytes unpacked, in exchange for its receipt with one result per operation, in order.",
        (protocol.RECEIPT_TYPE, Receipt), {protocol.NDJSON: Operation}, (_BATCH, _ENCODING), (401, 408, 413, 415, 422),
    ),
    Endpoint(
        "get", protocol.CHANGES_PATH,
        "A page of a grid's changes after a number: a `Change` a line, and a last line that is a `PageEnd`.",
        (protocol.CHANGES_TYPE, None), {}, (_GRID, _query("since", _NUMBER), _query("limit", _NUMBER)), (401, 404),
    ),
    Endpoint(
        "get", protocol.DIGEST_PATH, "Sums of a grid's tables, or of the buckets of one table.",
        (protocol.DIGEST_TYPE, DigestAnswer), {}, (_GRID, _query("table", _TABLE)), (401, 404),
    ),
    Endpoint(
        "get", protocol.ROWS_PATH, "The rows of one bucket of one table, as a page of changes.",
        (protocol.CHANGES_TYPE, None), {},
        (_GRID, _query("table", _TABLE, required=True),
         _query("bucket", {"type": "string", "pattern": "^[0-9a-f]{2}$"}, required=True)), (401, 404),
    ),
    Endpoint(
        "get", protocol.ATTACHMENT_PATH, "Whether the bytes of a hash are here.",
        (protocol.ATTACHMENT_TYPE, AttachmentAnswer), {}, (_HASH,), (401, 404),
    ),
    Endpoint(
        "post", protocol.HELD_PATH, "Which of many hashes a grid holds.", (protocol.ATTACHMENT_TYPE, HeldAnswer),
        {"application/json": HeldRequest}, refuses=(401, 404, 408, 413),
    ),
    Endpoint(
        "options", tus.UPLOADS_PATH, "What of tus 1.0 is spoken here.", ("", None), refuses=(), open=True, status=204,
    ),
    Endpoint(
        "post", tus.UPLOADS_PATH, "An upload (tus 1.0) of a file that a record names, with its first bytes or all.",
        ("", None), {tus.OFFSET_TYPE: None},
        (_TUS, _header("Upload-Length", _NUMBER), _header("Upload-Metadata", {"type": "string"})), _UPLOAD_REFUSALS,
        status=201,
    ),
    Endpoint(
        "post", tus.TOGETHER_PATH,
        f"Up to {LIMITS.files_together} files of at most {tus.TOGETHER_BYTES} bytes, one after the other in the body;"
        " what each is stands in the header.",
        (protocol.ATTACHMENT_TYPE, FilesAnswer), {tus.OFFSET_TYPE: None},
        (_TUS, _header(tus.TOGETHER_HEADER, {"type": "string", "pattern": f"^{_FILE}(,{_FILE})*$"})),
        (401, 408, 412, 413, 415, 503),
    ),
    Endpoint(
        "head", tus.UPLOAD_PATH, "How far this device's upload of a file has come.", ("", None), {}, (_HASH, _TUS),
        (401, 404, 410, 412),
    ),
    Endpoint(
        "patch", tus.UPLOAD_PATH, "More bytes of an upload, from where it stands.", ("", None), {tus.OFFSET_TYPE: None},
        (_HASH, _TUS, _header("Upload-Offset", _NUMBER)), _UPLOAD_REFUSALS, status=204,
    ),
    Endpoint("get", PATH, "This document.", ("application/json", None), refuses=(), open=True),
)  # fmt: skip


def document() -> dict[str, Any]:
    """The whole description."""
    _, components = msgspec.json.schema_components(_TYPES, ref_template="#/components/schemas/{name}")
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method] = _described(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Zhuqi centre",
            "version": str(protocol.NEWEST),
            "description": "Exchange between laptops and the centre. Anything but the media type named here, such as"
            " a network's own sign-in page, means that nothing was taken in.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer", "description": "A device's token."}},
        },
    }


def route() -> Route:
    """Where the document is served."""
    content = msgspec.json.encode(document())

    async def describe(_request: Request) -> Response:
        return Response(content, media_type="application/json")

    return Route(PATH, describe, methods=["GET"])


def _described(endpoint: Endpoint) -> dict[str, Any]:
    media, message = endpoint.answers
    good = {"description": "Done."} | ({"content": {media: _schema(message)}} if media else {})
    refusal = {"description": "Refused.", "content": {protocol.PROBLEM_TYPE: _schema(ProblemAnswer)}}
    statuses = (400, *endpoint.refuses, *(() if endpoint.open else (429,)))
    described: dict[str, Any] = {
        "summary": endpoint.summary,
        "responses": {str(endpoint.status): good} | {str(status): refusal for status in statuses},
        "security": [] if endpoint.open else [{"device": []}],
    }
    if endpoint.parameters:
        described["parameters"] = list(endpoint.parameters)
    if endpoint.takes:
        content = {media: _body(media, message) for media, message in endpoint.takes.items()}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _body(media: str, message: type[msgspec.Struct] | None) -> dict[str, Any]:
    """A body's schema; what comes one a line is described as a list."""
    one = _schema(message)
    return {"schema": {"type": "array", "items": one["schema"]}} if media == protocol.NDJSON else one


def _schema(message: type[msgspec.Struct] | None) -> dict[str, Any]:
    return {} if message is None else {"schema": {"$ref": f"#/components/schemas/{message.__name__}"}}
