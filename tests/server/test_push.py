"""A batch and its receipt: every operation answered, nothing doubled, nothing lost, one bad record in nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from desktop.models.identity import new_id
from desktop.models.vocabulary import OperationStatus
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.messages import OperationResult
from server.tables import change_log
from tests.server.centre import Centre, answer, edit, enterprise, finding, letter, operation, visit


def test_a_day_of_work_is_stored_in_one_batch(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid, credit_code="91330100MA00000000")
    day = visit(desk.grid, firm["row_id"])
    answers = [answer(desk.grid, day["row_id"], f"M{number:02}") for number in range(1, 24)]
    assert set(desk.statuses(firm, day, *answers)) == {"applied"}
    assert (centre.count("visits"), centre.count("answers")) == (1, 23)
    assert centre.row("answers", answers[0]["row_id"])["edited_by"] == desk.account


def test_the_receipt_says_everything_the_laptop_needs(centre: Centre) -> None:
    desk = centre.officer()
    batch = new_id()
    response = desk.send([enterprise(desk.grid), enterprise(desk.grid, name="二厂")], batch)
    receipt = response.json()
    assert response.headers["content-type"] == "application/vnd.zhuqi.receipt+json"
    assert receipt["batch_id"] == batch
    assert receipt["generation"] == centre.store.generation
    assert receipt["counts"] == {"applied": 2}
    assert receipt["sequences"][desk.grid] == desk.changes()[1]["sequence"]
    results = msgspec.convert(receipt["results"], list[OperationResult])
    assert receipt["digest"] == results_digest(results)
    assert [result.status for result in results] == [OperationStatus.APPLIED] * 2


def test_plain_and_compressed_batches_are_the_same(centre: Centre) -> None:
    desk = centre.officer()
    assert desk.send([enterprise(desk.grid)], zstd=False).json()["counts"] == {"applied": 1}


def test_the_same_batch_sent_again_gets_the_same_receipt(centre: Centre) -> None:
    desk = centre.officer()
    batch, operations = new_id(), [enterprise(desk.grid)]
    first, second = desk.send(operations, batch), desk.send(operations, batch)
    assert first.content == second.content
    assert centre.count("enterprises") == 1
    assert centre.row("enterprises", operations[0]["row_id"])["version"] == 1


def test_a_batch_id_with_another_content_is_refused(centre: Centre) -> None:
    desk = centre.officer()
    batch = new_id()
    desk.send([enterprise(desk.grid)], batch)
    response = desk.send([enterprise(desk.grid)], batch)
    assert (response.status_code, response.json()["problem"]["code"]) == (422, "sync_batch_id_reused")


def test_the_same_operation_in_another_batch_is_a_duplicate(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    assert desk.statuses(firm) == ["applied"]
    assert desk.push(firm) == [{"op_id": firm["op_id"], "status": "duplicate", "version": 1}]
    assert desk.statuses(firm, firm) == ["duplicate", "duplicate"]
    assert centre.row("enterprises", firm["row_id"])["version"] == 1


def test_the_same_operation_twice_in_one_batch_is_applied_once(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    assert desk.statuses(firm, firm) == ["applied", "duplicate"]


def test_a_known_operation_id_with_another_body_is_refused_and_kept(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    desk.push(firm)
    other = firm | {"fields": {"name": "别的"}}
    result = desk.push(other)[0]
    assert (result["status"], result["code"]) == ("rejected", "operation_id_reused")
    assert centre.row("enterprises", firm["row_id"])["name"] == "示例一厂"
    assert centre.count("refused_lines") == 1


def test_each_edit_of_a_row_raises_its_version(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    results = desk.push(firm, edit(firm, 0, name="二"), edit(firm, 0, remark="三"))
    assert [result["version"] for result in results] == [1, 2, 3]
    row = centre.row("enterprises", firm["row_id"])
    assert (row["name"], row["remark"], row["version"]) == ("二", "三", 3)


def test_an_answer_before_its_visit_is_held_and_written_when_the_visit_comes(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    day = visit(desk.grid, firm["row_id"])
    checked = answer(desk.grid, day["row_id"])
    later = edit(checked, 0, note="后来补的")
    result = desk.push(checked, later)
    assert [(r["status"], r["code"]) for r in result] == [
        ("held", "sync_parent_unknown"), ("held", "sync_row_unknown"),
    ]  # fmt: skip
    assert desk.statuses(day) == ["held"]
    assert centre.count("answers") == 0
    assert desk.statuses(firm) == ["applied"]
    assert centre.row("answers", checked["row_id"])["note"] == "后来补的"
    assert desk.statuses(checked, day, later) == ["duplicate"] * 3


def test_a_batch_of_which_something_was_held_is_told_what_became_of_it(centre: Centre) -> None:
    desk, batch = centre.officer(), new_id()
    firm = enterprise(desk.grid)
    day = visit(desk.grid, firm["row_id"])
    assert [result["status"] for result in desk.push(day, batch=batch)] == ["held"]
    assert [result["status"] for result in desk.push(day, batch=batch)] == ["held"]
    desk.push(firm)
    assert [result["status"] for result in desk.push(day, batch=batch)] == ["duplicate"]


@pytest.mark.parametrize("field", ["name", "remark"])  # with a name an edit could pass for a whole row
def test_an_edit_that_came_before_its_row_takes_the_place_its_device_gives_it(centre: Centre, field: str) -> None:
    """An old bundle reaches a restored centre before everything is offered again."""
    desk = centre.officer()
    firm = enterprise(desk.grid)
    first, carried, last = (edit(firm, 3, **{field: value}) for value in ("一", "二", "三"))
    assert desk.statuses(carried) == ["held"]
    assert desk.statuses(firm, first, carried) == ["applied"] * 3
    assert centre.row("enterprises", firm["row_id"])[field] == "二"
    assert desk.statuses(first, carried, last) == ["duplicate", "duplicate", "applied"]
    assert centre.row("enterprises", firm["row_id"])[field] == "三"


def test_a_row_is_not_held_back_by_an_edit_of_it(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    assert desk.statuses(edit(firm, 3, remark="二")) == ["held"]
    assert desk.statuses(firm) == ["applied"]
    assert centre.row("enterprises", firm["row_id"])["remark"] == "二"


def test_what_came_before_its_parent_in_one_batch_is_answered_as_it_ended(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    assert desk.statuses(visit(desk.grid, firm["row_id"]), firm) == ["applied", "applied"]


def test_a_poisoned_record_does_not_block_the_others(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    good = [finding(desk.grid, firm["row_id"], f"P-{number}") for number in range(5)]
    bad = finding(desk.grid, firm["row_id"], "P-3")
    assert desk.statuses(firm, *good, bad, enterprise(desk.grid, name="二厂")) == [
        *["applied"] * 6,
        "rejected",
        "applied",
    ]
    assert centre.count("findings") == 5
    with centre.store.reading() as connection:
        kept = connection.execute(select(change_log).where(change_log.c.op_id == bad["op_id"])).one()
    assert (kept.status, kept.code) == ("rejected", "sync_row_exists_already")
    assert msgspec.json.decode(kept.body) == bad


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"name": None}, "sync_field_missing", "name"),
        ({"nome": "x", "name": "y"}, "sync_field_unknown", "nome"),
        ({"name": "x", "version": 9}, "sync_field_unknown", "version"),
        ({"name": "x", "edited_by": new_id()}, "sync_field_unknown", "edited_by"),
        ({"name": "x", "scale": "huge"}, "sync_value_refused", "scale"),
        ({"address": "x"}, "sync_field_missing", "name"),
    ],
)
def test_fields_that_are_not_right_are_refused_by_name(
    centre: Centre, fields: dict[str, Any], code: str, field: str
) -> None:
    desk = centre.officer()
    result = desk.push(operation(desk.grid, **fields))[0]
    assert (result["status"], result["code"], result["field"]) == ("rejected", code, field)
    assert result["message"]
    assert (centre.count("enterprises"), centre.count("change_log")) == (0, 4)  # grid, member and role were ours


Damage = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.mark.parametrize(
    ("damage", "status"),
    [
        (lambda op: op | {"role": "city_admin"}, "rejected"),
        (lambda op: op | {"officer": new_id()}, "forbidden"),
        (lambda op: op | {"device": new_id()}, "forbidden"),
        (lambda op: op | {"base_version": -1}, "rejected"),
        (lambda op: op | {"kind": "drop"}, "rejected"),
        (lambda op: op | {"row_id": "1; drop table visits"}, "rejected"),
        (lambda op: {"op_id": op["op_id"]}, "rejected"),
    ],
)
def test_a_line_that_is_no_operation_is_answered_and_kept(centre: Centre, damage: Damage, status: str) -> None:
    desk = centre.officer()
    assert desk.statuses(damage(enterprise(desk.grid)), enterprise(desk.grid)) == [status, "applied"]
    assert centre.count("refused_lines") == 1


def test_a_line_without_an_id_refuses_the_batch_before_anything_is_written(centre: Centre) -> None:
    desk = centre.officer()
    response = desk.send([enterprise(desk.grid), {"table": "enterprises"}])
    assert (response.status_code, response.json()["problem"]["code"]) == (400, "sync_line_without_id")
    assert centre.count("enterprises") == 0


def test_an_unknown_table_is_refused(centre: Centre) -> None:
    desk = centre.officer()
    result = desk.push(operation(desk.grid, "accounts", name="x"))[0]
    assert (result["status"], result["code"]) == ("rejected", "sync_table_unknown")


def test_an_issued_letter_never_changes(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    day = visit(desk.grid, firm["row_id"])
    draft = letter(desk.grid, firm["row_id"], day["row_id"])
    issued = edit(draft, 1, state="issued", number="1", sha256="0" * 64, content={"a": 2}, pages=2)
    assert set(desk.statuses(firm, day, draft, issued)) == {"applied"}
    assert desk.statuses(edit(draft, 2, content={"a": 3}), edit(draft, 2, state="draft")) == ["rejected"] * 2
    assert desk.statuses(edit(draft, 2, state="void", reason="写错")) == ["applied"]
    assert centre.row("letters", draft["row_id"])["content"] == {"a": 2}


def test_deleting_leaves_a_tombstone_and_a_later_edit_brings_the_row_back(centre: Centre) -> None:
    desk = centre.officer()
    firm = enterprise(desk.grid)
    gone = operation(desk.grid, row_id=firm["row_id"], base=1, how="delete")
    assert desk.statuses(firm, gone) == ["applied", "applied"]
    assert desk.changes()[0][-1]["deleted_at"] == gone["edited_at"]
    assert desk.statuses(edit(firm, 2, name="x")) == ["applied"]
    assert centre.row("enterprises", firm["row_id"])["deleted_at"] is None


def test_two_thousand_operations_are_one_batch_and_one_more_is_too_many(centre: Centre) -> None:
    desk = centre.officer()
    many = [enterprise(desk.grid, name=f"厂{number}") for number in range(2000)]
    assert desk.send(many).json()["counts"] == {"applied": 2000}
    response = desk.send([*many, enterprise(desk.grid)])
    assert response.status_code == 413


def test_ten_megabytes_are_refused_before_they_are_parsed(centre: Centre) -> None:
    desk = centre.officer()
    headers = {**desk.headers, "Idempotency-Key": new_id()}
    response = centre.http.post("/v1/sync/push", content=b"x" * 10 * 1024 * 1024, headers=headers)
    assert response.status_code == 413
