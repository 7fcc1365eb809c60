"""T02: whatever of another grid is asked for, the answer is byte for byte that for something that does not exist."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from desktop.models.identity import new_id
from server.app import ACTIONS
from tests.server.browser import Browser
from tests.server.centre import Centre, Laptop, answer, enterprise, finding, letter, operation, visit

CONTENT = b"\xff\xd8 a photo of B"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
NOBODYS_HASH = "0" * 64


def filled(laptop: Laptop, name: str) -> dict[str, Any]:
    """A grid with one of each kind; the ids by the names routes use."""
    firm = enterprise(laptop.grid, name)
    day = visit(laptop.grid, firm["row_id"])
    photo = operation(
        laptop.grid, "attachments", owner_table="visits", owner_id=day["row_id"], purpose="photo", sha256=SHA256,
        size=len(CONTENT), media_type="image/jpeg",
    )  # fmt: skip
    laptop.push(
        firm, day, answer(laptop.grid, day["row_id"]), finding(laptop.grid, firm["row_id"], f"P-{name}"),
        letter(laptop.grid, firm["row_id"], day["row_id"]), photo,
    )  # fmt: skip
    return {"enterprise": firm["row_id"], "visit": day["row_id"]}


def test_every_way_of_reading_tells_a_stranger_as_much_as_of_what_is_not_there(centre: Centre) -> None:
    ours, theirs = centre.officer("甲", grids=("A",)), centre.officer("乙", grids=("B",))
    third = centre.officer("丙", grids=("C",))
    filled(ours, "甲厂")
    foreign = filled(theirs, "乙厂")
    filled(third, "丙厂")
    person = Browser(centre)
    person.sign_in("甲")
    asked = 0
    for (method, path), rule in ACTIONS.items():
        names = re.findall(r"{(\w+)}", path)
        if method != "GET" or not names or "kind" in names:
            continue
        of = {
            "sha256": SHA256, "row_id": foreign["visit" if "visits" in path else "enterprise"],
            "account_id": theirs.account, "upload": new_id(),
        }  # fmt: skip
        other, nobody = (
            path.format(**{name: ids[name] for name in names})
            for ids in (of, {"sha256": NOBODYS_HASH, "row_id": new_id(), "account_id": new_id(), "upload": new_id()})
        )
        answers = [(ours.get(p) if rule.who == "device" else person.get(p)) for p in (other, nobody)]
        assert answers[0].status_code == 404, path
        assert answers[0].content == answers[1].content, path
        asked += 1
    assert asked >= 4
    changes = [ours.get(f"/v1/sync/changes?grid={grid}") for grid in (theirs.grid, new_id())]
    assert [a.status_code for a in changes] == [404, 404]
    assert (changes[0].content, dict(changes[0].headers)) == (changes[1].content, dict(changes[1].headers))


def test_a_pull_and_every_list_hold_nothing_of_another_grid(centre: Centre) -> None:
    ours, theirs = centre.officer("甲", grids=("A",)), centre.officer("乙", grids=("B",))
    filled(ours, "甲厂")
    foreign = filled(theirs, "乙厂")
    whole = ours.get(f"/v1/sync/changes?grid={ours.grid}").text
    person = Browser(centre)
    person.sign_in("甲")
    whole += "".join(person.get(f"/records/{kind}").text for kind in ("enterprises", "visits", "findings", "letters"))
    whole += person.get("/account").text + person.get("/office/grids").text
    assert "甲厂" in whole
    for secret in (*foreign.values(), "乙厂", "P-乙厂", theirs.grid, theirs.account, theirs.device):
        assert secret not in whole
