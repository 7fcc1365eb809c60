"""Two PostgreSQL clusters: pulls and pages read the standby without a cursor running ahead, and only a copy that was
declared the one to go on with is served.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, select

from desktop.models.identity import new_id
from desktop.models.problems import EnvironmentProblem
from desktop.models.vocabulary import Role
from server.app import make_app
from server.device_tokens import revoke_device
from server.recovered_copy import take_over
from server.store import Store
from server.tables import grid_clocks
from tests.postgresql import refuse_or_skip
from tests.postgresql_cluster import CannotStart
from tests.postgresql_pair import Pair, kill_cluster, replicating_pair
from tests.server.centre import CHEAP, PASSWORD, Centre, Laptop, enterprise
from tests.server.in_process import InProcess


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """A primary and its standby, for the tests that leave both alive."""
    yield from _pair()


@pytest.fixture
def mortal_pair() -> Iterator[Pair]:
    """A pair of its own, for a test that kills one."""
    yield from _pair()


def _pair() -> Iterator[Pair]:
    try:
        with replicating_pair() as made:
            yield made
    except CannotStart as reason:
        refuse_or_skip(str(reason))


class FollowedCentre(Centre):
    """A centre whose pulls and pages may read the standby. Counts the statements the standby answers."""

    def __init__(self, pair: Pair) -> None:
        super().__init__(pair.url)
        self.store.close()
        self.store = Store(pair.url, pair.standby_url)
        self.app = make_app(self.store, self.settings, CHEAP)
        self.http = InProcess(self.app)
        self.asked_standby: list[str] = []
        assert self.store.replica is not None
        self.standby = self.store.replica.engine
        event.listen(self.standby, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.asked_standby.append(statement)


@pytest.fixture
def centre(pair: Pair) -> Iterator[FollowedCentre]:
    """A centre on the pair; the standby has everything when the test ends."""
    made = FollowedCentre(pair)
    yield made
    pair.resume_replay()
    pair.wait_until_equal()
    made.close()


def firms(desk: Laptop, since: int = 0) -> tuple[list[str], int]:
    """Names of the enterprises in one page, and where its cursor stands."""
    rows, cursor = desk.changes(since=since)
    return [row["fields"]["name"] for row in rows if row["table"] == "enterprises"], cursor["sequence"]


def clock(engine: Engine, desk: Laptop) -> int:
    """The last number of the desk's grid there."""
    with engine.connect() as connection:
        found: int = connection.execute(
            select(grid_clocks.c.sequence).where(grid_clocks.c.grid_id == desk.grid)
        ).scalar_one()
        return found


def test_a_pull_from_a_standby_that_lags_ends_where_the_standby_does(pair: Pair, centre: FollowedCentre) -> None:
    desk = centre.officer("甲", grids=("R1",))
    desk.push(*(enterprise(desk.grid, f"先{number}") for number in range(3)))
    pair.wait_until_equal()
    pair.pause_replay()
    desk.push(*(enterprise(desk.grid, f"后{number}") for number in range(4)))
    found, cursor = firms(desk)
    assert found == ["先0", "先1", "先2"]
    assert cursor == clock(centre.standby, desk) == clock(centre.store.engine, desk) - 4
    pair.resume_replay()
    pair.wait_until_equal()
    assert firms(desk, since=cursor)[0] == ["后0", "后1", "后2", "后3"]
    assert any("sequence" in statement for statement in centre.asked_standby)


def test_a_laptop_that_knows_more_than_the_standby_is_answered_by_the_primary(
    pair: Pair, centre: FollowedCentre
) -> None:
    desk = centre.officer("乙", grids=("R2",))
    colleague = centre.laptop(desk.account, ("R2",))
    pair.wait_until_equal()
    pair.pause_replay()
    desk.push(enterprise(desk.grid, "一厂"))
    since = clock(centre.store.engine, desk)
    colleague.push(enterprise(desk.grid, "二厂"))
    assert firms(desk, since=since) == (["二厂"], since + 1)


def test_a_grid_the_standby_has_not_heard_of_is_read_from_the_primary(pair: Pair, centre: FollowedCentre) -> None:
    pair.pause_replay()
    desk = centre.officer("丙", grids=("R3",))
    desk.push(enterprise(desk.grid, "三厂"))
    assert firms(desk)[0] == ["三厂"]


def test_a_revoked_device_reads_nothing_though_the_standby_still_trusts_it(pair: Pair, centre: FollowedCentre) -> None:
    desk = centre.officer("丁", grids=("R4",))
    pair.wait_until_equal()
    pair.pause_replay()
    with centre.store.writing() as connection:
        revoke_device(connection, desk.device)
    assert desk.get(f"/v1/sync/changes?grid={desk.grid}&since=0").status_code == 401


def test_pages_read_the_standby_and_the_sign_in_does_not(pair: Pair, centre: FollowedCentre) -> None:
    desk = centre.officer("戊", Role.GRID_INSTRUCTOR, ("R5",))
    desk.push(enterprise(desk.grid, "五厂"))
    pair.wait_until_equal()
    form = centre.http.get("/sign-in")
    token = form.text.partition('name="csrf" value="')[2].partition('"')[0]
    centre.http.post("/sign-in", data={"csrf": token, "name": "戊", "password": PASSWORD})
    pair.pause_replay()
    centre.asked_standby.clear()
    assert "五厂" in centre.http.get("/records/enterprises").text
    assert any("enterprises" in statement for statement in centre.asked_standby)
    assert not any("sessions" in statement for statement in centre.asked_standby)


def test_a_standby_of_another_generation_is_not_read(pair: Pair, centre: FollowedCentre) -> None:
    desk = centre.officer("己", grids=("R6",))
    desk.push(enterprise(desk.grid, "六厂"))
    pair.wait_until_equal()
    pair.pause_replay()
    with centre.store.writing() as connection:
        generation = take_over(connection).generation
    _, cursor = desk.changes()
    assert cursor["generation"] == generation


def test_a_standby_that_is_gone_is_not_missed(mortal_pair: Pair) -> None:
    centre = FollowedCentre(mortal_pair)
    desk = centre.officer()
    desk.push(enterprise(desk.grid, "一厂"))
    mortal_pair.wait_until_equal()
    assert firms(desk)[0] == ["一厂"]
    kill_cluster(mortal_pair.standby)
    assert firms(desk)[0] == ["一厂"]
    centre.asked_standby.clear()
    assert firms(desk)[0] == ["一厂"]
    assert centre.asked_standby == []
    centre.close()


def test_a_promoted_standby_is_served_only_after_it_was_declared_the_successor(mortal_pair: Pair) -> None:
    pair = mortal_pair
    centre = Centre(pair.url_of_both)
    before = centre.store.generation
    desk = centre.officer()
    pair.wait_until_equal()
    with pytest.raises(EnvironmentProblem, match="server_database_standby"):
        Store(pair.standby_url)
    kill_cluster(pair.primary)
    dead = desk.get("/v1/sync/hello")
    assert (dead.status_code, dead.json()["problem"]["code"]) == (503, "server_database_unreachable")
    pair.promote()
    waiting = desk.get("/v1/sync/hello")
    assert (waiting.status_code, waiting.json()["problem"]["code"]) == (503, "server_promotion_unfinished")
    assert waiting.headers["retry-after"]
    assert desk.send([enterprise(desk.grid)]).status_code == 503

    successor = Store(pair.standby_url, unfinished=True)
    with successor.writing() as connection:
        generation = take_over(connection).generation
    successor.close()
    assert generation != before
    assert desk.get("/v1/sync/hello").json()["generation"] == generation
    batch = new_id()
    assert desk.send([enterprise(desk.grid)], batch).json()["generation"] == generation

    pair.restart_primary()
    centre.store.engine.dispose()  # new connections find the former primary first
    outdated = desk.get("/v1/sync/hello")
    assert (outdated.status_code, outdated.json()["problem"]["code"]) == (503, "server_database_outdated")
    centre.close()
