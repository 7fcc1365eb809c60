"""The description of the endpoints is whole, and nothing that fits it, or nearly does, makes the server stumble."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from server.app import ACTIONS
from server.openapi import ENDPOINTS, document
from tests.server.centre import Centre, enterprise

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.config import SchemathesisConfig
    from schemathesis.generation import GenerationMode
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )


@schemathesis.serializer("application/x-ndjson")
def one_a_line(_context: Any, value: Any) -> bytes:
    """A list as it is sent: an object a line; anything else as it is."""
    lines = value if isinstance(value, list) else [value]
    return b"\n".join(json.dumps(line).encode() for line in lines)


@schemathesis.serializer("application/offset+octet-stream")
def as_it_is(_context: Any, value: Any) -> bytes:
    """The bytes of a file, or whatever was put in their place, as bytes."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def test_every_endpoint_is_described_and_nothing_else() -> None:
    served = {(method, path) for method, path in ACTIONS if path.startswith("/v1/")}
    assert {(endpoint.method.upper(), endpoint.path) for endpoint in ENDPOINTS} == served


def test_a_token_is_asked_for_where_the_routes_rule_asks_for_one() -> None:
    for endpoint in ENDPOINTS:
        rule = ACTIONS[endpoint.method.upper(), endpoint.path]
        assert endpoint.open is (rule.who == "anybody")


def test_the_document_is_served_and_refers_to_nothing_it_lacks(centre: Centre) -> None:
    answer = centre.http.get("/v1/openapi.json")
    assert answer.json() == json.loads(json.dumps(document()))
    known = document()["components"]["schemas"]

    def references(part: Any) -> set[str]:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        own = {part["$ref"].rpartition("/")[2]} if isinstance(part, dict) and "$ref" in part else set()
        return own.union(*map(references, inner))

    assert references(document()) <= set(known)


@pytest.mark.parametrize("token", ["true", "none", "false"])
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: f"{endpoint.method} {endpoint.path}")
def test_no_request_makes_the_server_stumble(centre: Centre, endpoint: Any, token: str) -> None:
    desk = centre.officer()
    desk.push(enterprise(desk.grid))
    headers = {"true": desk.headers, "none": {}, "false": {"Authorization": "Bearer zqd_" + "x" * 43}}[token]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = schemathesis.openapi.from_asgi("/v1/openapi.json", centre.app, config=SchemathesisConfig())
        operation = schema[endpoint.path][endpoint.method.upper()]
        modes = list(GenerationMode) if endpoint.parameters or endpoint.takes else [GenerationMode.POSITIVE]
        strategies = [operation.as_strategy(generation_mode=mode) for mode in modes]

        for strategy in strategies:

            @given(case=strategy)
            @settings(
                max_examples=15, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            def run(case: Any) -> None:
                case.call_and_validate(headers=headers, checks=CHECKS)

            run()
