"""Enrolling and syncing by commands, as an IT department scripts it, against a running centre."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from desktop.resource_paths import resource
from tests.flows.centre_process import CentreProcess, running_centre
from tests.flows.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def centre(database_url: str) -> Iterator[CentreProcess]:
    """A running centre, once embedded and once on PostgreSQL."""
    with running_centre(database_url) as running:
        yield running


def test_work_of_before_the_enrolment_is_adopted_without_a_second_code(zhuqi: Run, centre: CentreProcess) -> None:
    assert zhuqi("init", "--plain").code == 0
    queued = zhuqi("import-roster", resource("demo", "roster.xlsx"), "--json").json["imported"]
    code = centre.code(centre.officer())
    made = zhuqi("enrol", "--server", centre.url, "--json", ZHUQI_ENROL_CODE=code)
    assert (made.code, made.json["grids"]) == (0, ["G1"])
    assert "周砚秋" in made.said
    assert "zhuqi enrol --adopt-into" in made.said
    assert zhuqi("sync", "--json").json["pushed"] == 0
    assert centre.count("enterprises") == 0
    assert zhuqi("enrol", "--adopt-into", "G9", "--json").json["problem"]["code"] == "sync_grid_not_granted"
    adopted = zhuqi("enrol", "--adopt-into", "G1", "--json")
    assert (adopted.code, adopted.json) == (0, made.json)
    receipt = zhuqi("sync", "--json").json
    assert receipt["counts"] == {"applied": receipt["pushed"]}
    assert centre.count("enterprises") == queued
    status = zhuqi("status", "--json")
    assert (status.json["unsent"], status.json["unadopted"]) == (0, 0)
    assert status.json["last_sync"].endswith("Z")
    assert status.json["last_sync"] not in status.said  # people read the wall clock


def test_what_the_centre_does_not_take_is_told(zhuqi: Run, centre: CentreProcess) -> None:
    zhuqi("init", "--plain")
    zhuqi("import-roster", resource("demo", "roster.xlsx"), "--grid", "G2")
    zhuqi("enrol", "--server", centre.url, "--code", centre.code(centre.officer()))
    ran = zhuqi("sync", "--json")
    assert (ran.code, set(ran.json["counts"])) == (0, {"forbidden"})
    assert f"未被接收 {ran.json['pushed']} 条" in ran.said


def test_enrolling_needs_an_address(zhuqi: Run) -> None:
    zhuqi("init", "--plain")
    ran = zhuqi("enrol", "--code", "x", "--json")
    assert (ran.code, ran.json["problem"]["code"]) == (2, "usage")
