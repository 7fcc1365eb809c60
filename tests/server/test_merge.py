"""Stale edits: other fields are merged, the same field is a conflict in which the stored value stands."""

from __future__ import annotations

from tests.server.centre import Centre, edit, enterprise, operation


def test_other_fields_of_two_devices_are_both_kept(centre: Centre) -> None:
    one = centre.officer()
    two = centre.laptop(one.account)
    firm = enterprise(one.grid)
    one.push(firm)
    assert one.statuses(edit(firm, 1, name="新名")) == ["applied"]
    assert two.statuses(edit(firm, 1, address="新址")) == ["merged"]
    row = centre.row("enterprises", firm["row_id"])
    assert (row["name"], row["address"], row["version"]) == ("新名", "新址", 3)


def test_the_same_field_keeps_the_stored_value_and_the_rest_is_taken(centre: Centre) -> None:
    one = centre.officer()
    two = centre.laptop(one.account)
    firm = enterprise(one.grid)
    one.push(firm, edit(firm, 1, name="甲的"))
    seen = two.changes()[1]["sequence"]
    result = two.push(edit(firm, 1, name="乙的", address="乙的址"))[0]
    assert (result["status"], result["field"]) == ("conflict", "name")
    row = centre.row("enterprises", firm["row_id"])
    assert (row["name"], row["address"]) == ("甲的", "乙的址")
    pulled = [change for change in two.changes(since=seen)[0] if change["table"] == "enterprises"]
    assert [change["fields"]["name"] for change in pulled] == ["甲的"]


def test_a_pure_conflict_gives_the_asking_device_the_stored_row_again(centre: Centre) -> None:
    one = centre.officer()
    two = centre.laptop(one.account)
    firm = enterprise(one.grid)
    one.push(firm, edit(firm, 1, name="甲的"))
    seen = two.changes()[1]["sequence"]
    result = two.push(edit(firm, 1, name="乙的"))[0]
    assert (result["status"], result["version"]) == ("conflict", 2)
    pulled = {change["table"]: change["version"] for change in two.changes(since=seen)[0]}
    assert pulled == {"enterprises": 2, "conflicts": 1}


def test_the_same_value_from_both_is_no_conflict(centre: Centre) -> None:
    one = centre.officer()
    two = centre.laptop(one.account)
    firm = enterprise(one.grid)
    one.push(firm, edit(firm, 1, name="一样"))
    assert two.statuses(edit(firm, 1, name="一样")) == ["merged"]


def test_a_device_never_conflicts_with_itself(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    desk.push(firm)
    assert desk.statuses(edit(firm, 0, name="二"), edit(firm, 0, name="三")) == ["applied", "applied"]
    assert centre.row("enterprises", firm["row_id"])["name"] == "三"


def test_deleting_what_somebody_else_edited_is_a_conflict(centre: Centre) -> None:
    one = centre.officer()
    two = centre.laptop(one.account)
    firm = enterprise(one.grid)
    one.push(firm, edit(firm, 1, name="甲的"))
    gone = operation(one.grid, row_id=firm["row_id"], base=1, how="delete")
    assert two.statuses(gone) == ["conflict"]
    assert centre.row("enterprises", firm["row_id"])["deleted_at"] is None


def test_editing_what_somebody_else_deleted_is_a_conflict(centre: Centre) -> None:
    one = centre.officer()
    two = centre.laptop(one.account)
    firm = enterprise(one.grid)
    one.push(firm, operation(one.grid, row_id=firm["row_id"], base=1, how="delete"))
    assert two.statuses(edit(firm, 1, name="乙的")) == ["conflict"]
    assert centre.row("enterprises", firm["row_id"])["deleted_at"] is not None
