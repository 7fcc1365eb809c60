"""Conflicts on record: both values, what they began from, who and when; seen by both sides; settled once."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.models.identity import new_id
from tests.server.centre import EDITED_AT, Centre, Laptop, answer, edit, enterprise, operation, visit


def conflicts(desk: Laptop) -> list[dict[str, Any]]:
    """The conflicts a device gets."""
    return [row for row in desk.changes()[0] if row["table"] == "conflicts"]


def contested(centre: Centre) -> tuple[Laptop, Laptop, dict[str, Any]]:
    """Two devices of two officers that set the same name differently; the second one lost."""
    one = centre.officer("甲")
    two = centre.officer("乙")
    firm = enterprise(one.grid, name="原名")
    one.push(firm, edit(firm, 1, name="甲的"))
    assert two.statuses(edit(firm, 1, name="乙的")) == ["conflict"]
    return one, two, firm


def settle(conflict: dict[str, Any], how: str) -> dict[str, Any]:
    """The operation that marks a conflict as settled."""
    return operation(
        conflict["grid_id"], "conflicts", conflict["id"], conflict["version"],
        state="resolved", resolution=how, resolved_at=EDITED_AT,
    )  # fmt: skip


def test_a_conflict_says_what_both_wanted_what_was_before_and_who(centre: Centre) -> None:
    one, two, firm = contested(centre)

    found = conflicts(one)
    assert found == conflicts(two)
    assert len(found) == 1
    fields = found[0]["fields"]
    assert (fields["table_name"], fields["row_id"], fields["field"]) == ("enterprises", firm["row_id"], "name")
    assert (fields["base"], fields["theirs"], fields["mine"]) == ("原名", "甲的", "乙的")
    assert (fields["theirs_by"], fields["mine_by"]) == (one.account, two.account)
    assert (fields["state"], fields["resolution"]) == ("open", None)


def test_a_contested_structure_is_kept_as_json(centre: Centre) -> None:
    one, two = centre.officer("甲"), centre.officer("乙")
    firm = enterprise(one.grid)
    day = visit(one.grid, firm["row_id"])
    checked = answer(one.grid, day["row_id"])
    one.push(firm, day, checked, edit(checked, 1, points={"1": True}))
    two.push(edit(checked, 1, points={"1": False}, note="乙"))

    fields = conflicts(two)[0]["fields"]
    assert (fields["base"], fields["theirs"], fields["mine"]) == (None, {"1": True}, {"1": False})
    assert centre.row("answers", checked["row_id"])["note"] == "乙"


def test_sending_the_losing_edit_again_makes_no_second_conflict(centre: Centre) -> None:
    one, two = centre.officer("甲"), centre.officer("乙")
    firm = enterprise(one.grid)
    one.push(firm, edit(firm, 1, name="甲的"))
    losing = edit(firm, 1, name="乙的")
    assert two.statuses(losing) == ["conflict"]
    assert two.statuses(losing) == ["conflict"]

    assert len(conflicts(one)) == 1


def test_settling_for_the_other_value_is_an_edit_and_the_conflicts_end(centre: Centre) -> None:
    one, two, firm = contested(centre)
    met = conflicts(two)[0]
    assert two.statuses(edit(firm, 2, name="乙的"), settle(met, "mine")) == ["applied", "applied"]

    assert centre.row("enterprises", firm["row_id"])["name"] == "乙的"
    assert conflicts(one)[0]["fields"]["resolution"] == "mine"
    assert len(conflicts(one)) == 1


def test_two_people_who_settle_the_same_conflict_make_no_conflict_about_it(centre: Centre) -> None:
    one, two, _ = contested(centre)
    met = conflicts(two)[0]
    assert one.statuses(settle(met, "theirs")) == ["applied"]
    assert two.statuses(settle(met, "mine")) == ["conflict"]

    assert len(conflicts(one)) == 1
    assert conflicts(one)[0]["fields"]["resolution"] == "theirs"


def test_deleting_against_editing_is_on_record_with_both_wishes(centre: Centre) -> None:
    one, two = centre.officer("甲"), centre.officer("乙")
    firm = enterprise(one.grid)
    one.push(firm, edit(firm, 1, name="甲的"))
    two.push(operation(one.grid, row_id=firm["row_id"], base=1, how="delete"))

    fields = conflicts(one)[0]["fields"]
    assert (fields["field"], fields["theirs"], fields["mine"]) == ("deleted_at", None, EDITED_AT)
    assert fields["theirs_by"] == one.account


def test_editing_against_deleting_is_on_record_too(centre: Centre) -> None:
    one, two = centre.officer("甲"), centre.officer("乙")
    firm = enterprise(one.grid)
    one.push(firm, operation(one.grid, row_id=firm["row_id"], base=1, how="delete"))
    two.push(edit(firm, 1, name="乙的"))

    fields = conflicts(two)[0]["fields"]
    assert (fields["field"], fields["theirs"], fields["mine"]) == ("deleted_at", EDITED_AT, None)


@pytest.mark.parametrize("smuggled", [{"mine": "x"}, {"row_id": "0" * 36}, {"base": 1}])
def test_a_device_can_only_settle_a_conflict_never_rewrite_it(centre: Centre, smuggled: dict[str, Any]) -> None:
    _, two, _ = contested(centre)
    met = conflicts(two)[0]
    rewritten = settle(met, "mine")
    rewritten["fields"] |= smuggled
    assert two.statuses(rewritten) == ["rejected"]


def test_a_device_cannot_make_or_remove_a_conflict(centre: Centre) -> None:
    _, two, _ = contested(centre)
    met = conflicts(two)[0]
    made = operation(two.grid, "conflicts", state="open")
    gone = operation(two.grid, "conflicts", met["id"], 1, "delete")
    assert two.statuses(made, gone) == ["rejected", "rejected"]
    assert len(conflicts(two)) == 1


def test_an_officer_of_another_grid_neither_sees_nor_settles_it(centre: Centre) -> None:
    _, two, _ = contested(centre)
    met = conflicts(two)[0]
    stranger = centre.officer("丙", grids=("G2",))
    assert conflicts(stranger) == []
    assert stranger.statuses(settle(met, "mine")) == ["forbidden"]


def test_settling_a_conflict_the_centre_lost_in_a_restore_is_refused_in_words(centre: Centre) -> None:
    one, _, _ = contested(centre)
    gone = conflicts(one)[0] | {"id": new_id()}
    told = one.push(settle(gone, "mine"))[0]
    assert (told["status"], told["code"]) == ("rejected", "sync_conflict_unknown")
    assert told["message"]
