"""Grids keep to themselves: foreign writes are forbidden and kept on file, foreign reads find nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from httpx import Response

from desktop.models.identity import grid_id, new_id
from desktop.models.vocabulary import FindingState, Role
from server.accounts import grant, revoke
from server.app import ACTIONS, make_app
from server.rights import MATRIX, RESOURCES, Action, Actor, actions_on, may
from tests.server.centre import CHEAP, JPEG, Centre, attachment, edit, enterprise, finding, letter, visit


def test_another_grid_reads_like_one_that_does_not_exist(centre: Centre) -> None:
    one, two = centre.officer("甲", grids=("A",)), centre.officer("乙", grids=("B",))
    foreign, unknown = (one.get(f"/v1/sync/changes?grid={grid}") for grid in (two.grid, new_id()))
    assert foreign.status_code == 404
    assert (foreign.status_code, foreign.content, dict(foreign.headers)) == (
        unknown.status_code, unknown.content, dict(unknown.headers),
    )  # fmt: skip


def test_bytes_of_another_grid_read_like_bytes_nobody_has(centre: Centre) -> None:
    one, two = centre.officer("甲", grids=("A",)), centre.officer("乙", grids=("B",))
    firm = enterprise(two.grid)
    two.push(firm, attachment(two.grid, firm["row_id"], JPEG))
    sha256 = hashlib.sha256(JPEG).hexdigest()
    assert two.upload(JPEG).status_code == 201
    path = f"/v1/attachments/{sha256}"
    assert two.get(path).json() == {"sha256": sha256, "size": len(JPEG)}
    asked: list[Callable[[str], Response]] = [
        lambda name: one.get(f"/v1/attachments/{name}"),
        lambda name: one.upload(JPEG, name),
        lambda name: one.tus("HEAD", name),
        lambda name: one.tus("PATCH", name, JPEG, {"Upload-Offset": "0"}),
    ]
    for ask in asked:
        foreign, unknown = ask(sha256), ask("0" * 64)
        assert foreign.status_code == 404
        assert (foreign.content, dict(foreign.headers)) == (unknown.content, dict(unknown.headers))
    assert one.held([sha256], two.grid).status_code == 404
    assert one.held([sha256]).json() == {"sha256": []}


def test_a_grid_taken_away_is_closed_at_once_and_one_granted_is_open(centre: Centre) -> None:
    desk = centre.officer(grids=("A",))
    other = centre.officer("乙", grids=("B",))
    other.push(enterprise(other.grid))
    with centre.store.writing() as connection:
        revoke(connection, desk.account, desk.grid)
        grant(connection, desk.account, other.grid)
    assert desk.statuses(enterprise(desk.grid)) == ["forbidden"]
    assert desk.get(f"/v1/sync/changes?grid={desk.grid}").status_code == 404
    assert {row["table"] for row in desk.changes(other.grid)[0]} >= {"enterprises", "grids", "members"}
    scope = desk.get("/v1/sync/hello").json()["scope"]
    assert ([grid["code"] for grid in scope["grids"]], scope["version"]) == (["B"], 3)


ALLOWED: dict[Role, dict[str, str]] = {
    Role.GRID_INSTRUCTOR: {
        "enterprises": "RW",
        "visits": "RW",
        "findings": "RWI",
        "letters": "RWIV",
        "colleagues": "R",
        "conflicts": "RW",
        "isolation": "RW",
        "health": "RW",
        "journals": "RWI",
        "key_points": "R",
    },
    Role.SERVICE_OFFICER: {
        "enterprises": "RW",
        "visits": "RW",
        "findings": "RW",
        "letters": "R",
        "colleagues": "R",
        "conflicts": "RW",
        "isolation": "RW",
        "health": "RW",
        "journals": "RW",
        "key_points": "R",
    },
    Role.COUNTY_ADMIN: {
        "enterprises": "R",
        "visits": "R",
        "findings": "RWI",
        "letters": "RV",
        "colleagues": "R",
        "conflicts": "RW",
        "isolation": "R",
        "health": "R",
        "journals": "RI",
        "key_points": "R",
    },
    Role.CITY_ADMIN: {
        "enterprises": "R",
        "visits": "R",
        "findings": "RWI",
        "letters": "R",
        "colleagues": "R",
        "conflicts": "RW",
        "isolation": "R",
        "journals": "RI",
        "key_points": "RI",
    },
    Role.CDC_EXPERT: {
        "enterprises": "R",
        "visits": "R",
        "findings": "R",
        "colleagues": "R",
        "isolation": "R",
        "journals": "R",
        "key_points": "RWI",
    },
    Role.ENTERPRISE_CONTACT: {},
    Role.SYSTEM_ADMIN: {},
    Role.AUDITOR: {},
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("table", RESOURCES)
def test_every_cell_of_the_matrix(role: Role, table: str) -> None:
    allowed = {action for action in Action if action.name[0] in ALLOWED[role].get(RESOURCES[table], "")}
    actor = Actor("a", "甲", role, frozenset({"g"}), 1)
    assert actions_on(role, table) == allowed
    assert {action for action in Action if may(actor, action, table, "g")} == allowed
    assert not any(may(actor, action, table, "other") for action in Action)


def test_the_matrix_names_no_resource_without_a_table() -> None:
    assert set(MATRIX) == set(RESOURCES.values())


@pytest.mark.parametrize(
    ("role", "route", "status"),
    [
        (Role.GRID_INSTRUCTOR, "on_site", "applied"),
        (Role.GRID_INSTRUCTOR, "municipal", "forbidden"),
        (Role.SERVICE_OFFICER, "on_site", "forbidden"),
        (Role.CITY_ADMIN, "municipal", "applied"),
        (Role.COUNTY_ADMIN, "municipal", "forbidden"),
    ],
)
def test_who_may_close_a_finding_follows_from_its_route(centre: Centre, role: Role, route: str, status: str) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    problem = finding(desk.grid, firm["row_id"], route=route)
    assert set(desk.statuses(firm, problem)) == {"applied"}
    closer = centre.officer("乙", role)
    assert closer.statuses(edit(problem, 1, state=FindingState.CLOSED.value)) == [status]


@pytest.mark.parametrize(
    ("stored", "sent", "status"),
    [
        ("logged", "assigned", "applied"),
        ("void", "rectifying", "applied"),
        ("closed", "reopened", "applied"),
        ("assigned", "triaged", "rejected"),
        ("closed", "logged", "rejected"),
    ],
)
def test_a_finding_moves_only_along_the_closed_loop(centre: Centre, stored: str, sent: str, status: str) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    problem = finding(desk.grid, firm["row_id"], state=stored)
    closes = {"closed": Role.CITY_ADMIN}.get(stored, Role.GRID_INSTRUCTOR)
    desk.push(firm)
    assert centre.officer("乙", closes).statuses(problem) == ["applied"]
    assert desk.statuses(edit(problem, 1, state=sent)) == [status]


def test_a_service_officer_writes_no_letter_and_an_administrator_no_visit(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    day = visit(desk.grid, firm["row_id"])
    desk.push(firm, day)
    assert centre.officer("乙", Role.SERVICE_OFFICER).statuses(letter(desk.grid, firm["row_id"], day["row_id"])) == [
        "forbidden"
    ]
    assert centre.officer("丙", Role.COUNTY_ADMIN).statuses(visit(desk.grid, firm["row_id"])) == ["forbidden"]


def test_a_reader_gets_only_the_kinds_his_role_may_see(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    day = visit(desk.grid, firm["row_id"])
    desk.push(firm, day, letter(desk.grid, firm["row_id"], day["row_id"]))
    expert = centre.officer("乙", Role.CDC_EXPERT)
    assert "letters" not in {row["table"] for row in expert.changes()[0]}
    assert centre.officer("丙", Role.AUDITOR).get(f"/v1/sync/changes?grid={desk.grid}").status_code == 404


def test_every_route_declares_what_it_lets_whom_do(centre: Centre) -> None:
    app = make_app(centre.store, centre.settings, CHEAP)
    routes = app.app.app.routes  # type: ignore[attr-defined]
    found = {
        (method, route.path)
        for route in routes
        for method in getattr(route, "methods", None) or ()
        if method != "HEAD" or "GET" not in route.methods
    }
    assert found == set(ACTIONS)


def test_every_route_refuses_a_stranger(centre: Centre) -> None:
    names = {"sha256": "0" * 64, "kind": "visits", "act": "close"}
    for (method, path), rule in ACTIONS.items():
        if rule.who == "anybody":
            continue
        concrete = re.sub(r"{(\w+)}", lambda name: names.get(name[1], grid_id("A")), path)
        response = centre.http.request(method, concrete)
        assert response.status_code == 401 or response.headers.get("location") == "/sign-in", path
