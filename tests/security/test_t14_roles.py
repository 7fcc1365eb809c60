"""T14: nobody gives himself or another more than the matrix does, over no channel; smuggled fields are refused."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select

from desktop.models.identity import grid_id, new_id
from desktop.models.vocabulary import Role
from server import ingest, officers
from server.app import ACTIONS
from server.device_tokens import device_with_token
from server.rights import MATRIX, OFFICE, WITHOUT_DEVICE, Action, Actor, Holder, actions_on, may
from server.tables import accounts, grants
from tests.server.browser import Browser
from tests.server.centre import PASSWORD, Centre, Laptop, edit, enterprise, finding, letter, operation, visit

OWN, OTHER = grid_id("A"), grid_id("B")

# Who may read, write, close or issue, and void (the requirements' matrix, 2.4), written down once more by hand.
EXPECTED: dict[Role, dict[str, str]] = {
    Role.GRID_INSTRUCTOR: {"enterprises": "RW", "visits": "RW", "findings": "RWI", "letters": "RWIV"},
    Role.SERVICE_OFFICER: {"enterprises": "RW", "visits": "RW", "findings": "RW", "letters": "R"},
    Role.COUNTY_ADMIN: {"enterprises": "R", "visits": "R", "findings": "RWI", "letters": "RV"},
    Role.CITY_ADMIN: {"enterprises": "R", "visits": "R", "findings": "RWI", "letters": "R"},
    Role.CDC_EXPERT: {"enterprises": "R", "visits": "R", "findings": "R", "letters": ""},
    Role.ENTERPRISE_CONTACT: {},
    Role.SYSTEM_ADMIN: {},
    Role.AUDITOR: {},
}
KINDS = ("enterprises", "visits", "findings", "letters")
SEES_COLLEAGUES = {role for role, kinds in EXPECTED.items() if kinds}


class World:
    """A centre with one of each kind in two grids, and one person of a role who works in the first."""

    def __init__(self, centre: Centre, role: Role) -> None:
        self.centre = centre
        self.rows = {grid: self._filled(centre.officer(f"指导{code}", grids=(code,)), code)
                     for code, grid in (("A", OWN), ("B", OTHER))}  # fmt: skip
        self.person = centre.officer("某人", role, ("A",))

    def _filled(self, laptop: Laptop, code: str) -> dict[str, dict[str, object]]:
        firm = enterprise(laptop.grid, f"{code}厂")
        day = visit(laptop.grid, firm["row_id"])
        issued = letter(laptop.grid, firm["row_id"], day["row_id"], state="issued", number=f"{code}1号")
        rows = {
            "enterprises": firm, "visits": day, "findings": finding(laptop.grid, firm["row_id"], f"P-{code}"),
            "letters": letter(laptop.grid, firm["row_id"], day["row_id"]), "issued": issued,
        }  # fmt: skip
        assert set(laptop.statuses(*rows.values())) == {"applied"}
        return rows

    def attempts(self, grid: str) -> dict[tuple[str, str], dict[str, object]]:
        """One operation for each kind and action, by kind and letter."""
        rows = self.rows[grid]
        firm = str(rows["enterprises"]["row_id"])
        return {
            ("enterprises", "W"): edit(rows["enterprises"], 1, remark="改"),
            ("visits", "W"): visit(grid, firm),
            ("findings", "W"): edit(rows["findings"], 1, title="改"),
            ("findings", "I"): edit(rows["findings"], 1, state="closed"),
            ("letters", "W"): edit(rows["letters"], 1, content={"a": 2}),
            ("letters", "I"): edit(rows["letters"], 1, state="issued", number=f"{grid[:4]}2号"),
            ("letters", "V"): edit(rows["issued"], 1, state="void", reason="写错"),
        }


def written(world: World, grid: str, way: str) -> dict[tuple[str, str], bool]:
    """Which of the attempts are let through on a way into the centre."""
    attempts = world.attempts(grid)
    statuses: list[str] = []
    for attempt in attempts.values():  # one batch each, so that none depends on another
        if way == "network":
            answer = world.person.send([attempt])
            statuses.append(answer.json()["results"][0]["status"] if answer.status_code == 200 else "refused")
        else:
            statuses.append(through_ingest(world, attempt))
    return dict(zip(attempts, (status not in ("forbidden", "refused") for status in statuses), strict=True))


def through_ingest(world: World, attempt: dict[str, object]) -> str:
    """What a bundle does: operations handed to the ingest in the name of the device's officer."""
    with world.centre.store.reading() as connection:
        known = device_with_token(connection, world.person.token)
    assert known is not None
    receipt = ingest.take_in(world.centre.store, known.actor, new_id(), [msgspec.json.encode(attempt)])
    status: str = msgspec.json.decode(receipt)["results"][0]["status"]
    return status


def read(world: World, grid: str, browser: Browser) -> dict[str, set[str]]:
    """Which kinds are seen of a grid, by pull and on the web pages."""
    page = world.person.get(f"/v1/sync/changes?grid={grid}&since=0&limit=500")
    pulled = page.text if page.status_code == 200 else ""
    rows, code = world.rows[grid], "A" if grid == OWN else "B"
    marks = {"enterprises": f"{code}厂", "findings": f"P-{code}", "letters": f"{code}1号"}
    lists = {kind: browser.get(f"/records/{kind}").text for kind in KINDS}
    return {
        "pull": {kind for kind in KINDS if str(rows[kind]["row_id"]) in pulled},
        "web": {kind for kind, mark in marks.items() if mark in lists[kind]}
        | ({"visits"} if str(rows["visits"]["row_id"]) in lists["visits"] else set()),
        "one": {kind for kind in ("enterprises", "visits")
                if browser.get(f"/records/{kind}/{rows[kind]['row_id']}").status_code == 200},
    }  # fmt: skip


@pytest.mark.parametrize("grid", [OWN, OTHER], ids=["own", "other"])
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ENTERPRISE_CONTACT])
def test_every_cell_of_the_matrix_holds_on_every_way(centre: Centre, role: Role, grid: str) -> None:
    world = World(centre, role)
    expected = EXPECTED[role] if grid == OWN else {}
    for way in ("network", "bundle"):
        for (kind, action), let_through in written(world, grid, way).items():
            assert let_through is (action in expected.get(kind, "")), (way, kind, action)
    seen = read(world, grid, Browser(centre).enter("某人"))
    may_see = {kind for kind in KINDS if "R" in expected.get(kind, "")}
    assert seen == {"pull": may_see, "web": may_see, "one": may_see & {"enterprises", "visits"}}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", [*MATRIX, *OFFICE])
@pytest.mark.parametrize("action", Action)
def test_whatever_the_matrix_gives_ends_at_ones_own_grids(role: Role, kind: str, action: Action) -> None:
    actor = Actor("me", "甲", role, frozenset({OWN}), 1)
    table = {"colleagues": "members"}.get(kind, kind)
    assert not may(actor, action, table, OTHER)
    if action in (Action.ISSUE, Action.VOID) and kind == "accounts":
        assert not may(actor, action, table, Holder("other", Role.GRID_INSTRUCTOR, frozenset({OWN})))


ADMINISTRATORS: dict[Role, dict[str, set[Role]]] = {
    Role.COUNTY_ADMIN: {
        "own": {Role.GRID_INSTRUCTOR, Role.SERVICE_OFFICER, Role.ENTERPRISE_CONTACT}, "other": set(),
    },
    Role.CITY_ADMIN: {
        "own": {
            Role.GRID_INSTRUCTOR, Role.SERVICE_OFFICER, Role.ENTERPRISE_CONTACT, Role.COUNTY_ADMIN, Role.CDC_EXPERT,
        },
        "other": set(),
    },
    Role.SYSTEM_ADMIN: {"own": set(Role), "other": set(Role)},
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("target", Role)
@pytest.mark.parametrize("grid", ["own", "other", "both", "none"])
def test_who_may_change_whose_account(role: Role, target: Role, grid: str) -> None:
    held = {"own": {OWN}, "other": {OTHER}, "both": {OWN, OTHER}, "none": set[str]()}[grid]
    actor, holder = Actor("me", "甲", role, frozenset({OWN}), 1), Holder("you", target, frozenset(held))
    expected = target in ADMINISTRATORS.get(role, {}).get("own" if grid == "own" else "other", set())
    assert may(actor, Action.WRITE, "accounts", holder) is expected
    assert may(actor, Action.ISSUE, "devices", holder) is expected
    assert may(actor, Action.WRITE, "devices", holder) is expected


@pytest.mark.parametrize("role", Role)
def test_nobody_changes_his_own_account_or_admits_a_device_to_it(role: Role) -> None:
    actor, myself = Actor("me", "甲", role, frozenset({OWN}), 1), Holder("me", role, frozenset({OWN}))
    assert not may(actor, Action.WRITE, "accounts", myself)
    assert not may(actor, Action.ISSUE, "devices", myself)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_who_manages_accounts_or_reads_the_audit_has_no_grids_and_no_device(centre: Centre, role: Role) -> None:
    account = centre.account("管", role)
    assert role in WITHOUT_DEVICE
    with centre.store.reading() as connection:
        assert connection.scalars(select(grants.c.grid_id).where(grants.c.account_id == account)).all() == []
    browser = Browser(centre).enter("管")
    for kind in KINDS:
        assert browser.get(f"/records/{kind}").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ENTERPRISE_CONTACT])
def test_each_page_opens_for_the_roles_of_its_rule_and_no_other(centre: Centre, role: Role) -> None:
    centre.account("某人", role, ("A",))
    browser = Browser(centre).enter("某人")
    for (method, path), rule in ACTIONS.items():
        if method == "GET" and rule.who == "person" and rule.action is not None and "{" not in path:
            opened = browser.get(path).status_code == 200
            assert opened is (rule.action in actions_on(role, rule.kind)), path


@pytest.mark.parametrize(
    "smuggled", [{"role": "city_admin"}, {"version": 9}, {"officer": "x"}, {"edited_by": "x"}, {"account_id": "x"},
                 {"grid_id": OTHER}, {"id": "x"}, {"deleted_at": "2020-01-01T00:00:00.000Z"}]
)  # fmt: skip
def test_a_field_that_is_not_the_officers_to_write_is_refused(centre: Centre, smuggled: dict[str, object]) -> None:
    desk = centre.officer(grids=("A",))
    firm = enterprise(desk.grid)
    desk.push(firm)
    before = centre.row("enterprises", firm["row_id"])
    assert desk.statuses(edit(firm, 1, **smuggled)) == ["rejected"]
    assert desk.statuses(edit(firm, 1, remark="x") | smuggled)[0] in ("rejected", "forbidden")
    assert centre.row("enterprises", firm["row_id"]) == before


def test_nobody_writes_roles_members_or_grids_over_the_wire(centre: Centre) -> None:
    desk = centre.officer(grids=("A",))
    role = operation(desk.grid, "member_roles", member_id=new_id(), role="city_admin")
    member = operation(desk.grid, "members", name="冒名")
    grid = operation(desk.grid, "grids", row_id=desk.grid, base=1, name="改名")
    assert desk.statuses(role, member, grid) == ["forbidden"] * 3


def test_a_form_gives_no_role_and_no_grid_its_sender_could_not(centre: Centre) -> None:
    county = centre.account("县", Role.COUNTY_ADMIN, ("A",))
    ours, theirs = centre.account("甲", grids=("A",)), centre.account("乙", grids=("B",))
    browser = Browser(centre).enter("县")
    refused = [
        (f"/office/accounts/{county}/role", {"role": "city_admin"}),
        (f"/office/accounts/{ours}/role", {"role": "city_admin"}),
        (f"/office/accounts/{ours}/role", {"role": "system_admin"}),
        (f"/office/accounts/{ours}/give-grid", {"grid": "B"}),
        (f"/office/accounts/{theirs}/give-grid", {"grid": "A"}),
        (f"/office/accounts/{theirs}/close", {}),
        (f"/office/accounts/{theirs}/password", {}),
        (f"/office/accounts/{county}/enrolment-code", {}),
        ("/office/accounts", {"name": "丙", "role": "city_admin", "grids": "A"}),
        ("/office/accounts", {"name": "丙", "role": "grid_instructor", "grids": "A B"}),
    ]
    before = centre.count("grants")
    for path, fields in refused:
        assert browser.post(path, **fields).status_code == 404, path
    with centre.store.reading() as connection:
        roles = {row.name: row.role for row in connection.execute(select(accounts.c.name, accounts.c.role))}
    assert roles == {"县": "county_admin", "甲": "grid_instructor", "乙": "grid_instructor"}
    assert centre.count("grants") == before
    assert Browser(centre).sign_in("乙", PASSWORD).status_code == 303


def test_a_role_that_changes_bites_on_the_next_request(centre: Centre) -> None:
    desk = centre.officer("甲", grids=("A",))
    firm = enterprise(desk.grid)
    assert desk.statuses(firm) == ["applied"]
    with centre.store.writing() as connection:
        officers.change_role(connection, desk.account, Role.CDC_EXPERT)
    assert desk.statuses(edit(firm, 1, remark="x")) == ["forbidden"]
    with centre.store.writing() as connection:
        officers.change_role(connection, desk.account, Role.SYSTEM_ADMIN)
    assert desk.get("/v1/sync/hello").status_code == 401
