"""Finding an enterprise while typing."""

from __future__ import annotations

import pytest

from desktop.models.desk.enterprise_register import EnterpriseFilter, enterprise_ids, find_enterprise
from desktop.models.device.search_keys import search_keys
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Enterprise
from tests.builders import add_enterprise


@pytest.mark.parametrize("typed", ["陆盛", "lusheng", "zjls", "ZJLS", "91330499", "浙江 陆盛", "ＺＪＬＳ"])
def test_an_enterprise_is_found_by_characters_pinyin_initials_and_code(workspace: Workspace, typed: str) -> None:
    row = add_enterprise(workspace)
    add_enterprise(workspace, "澄州木青服饰有限公司", None)
    with workspace.read() as session:
        assert enterprise_ids(session, EnterpriseFilter(search=typed)) == [row]


@pytest.mark.parametrize(
    ("name", "reading"), [("重庆长江", "chongqingchangjiang"), ("乐清银行", "yueqingyinhang"), ("台州", "taizhou")]
)
def test_characters_with_several_readings_take_the_usual_one(name: str, reading: str) -> None:
    assert search_keys(name, None).splitlines()[1] == reading


def test_a_renamed_enterprise_is_found_by_its_new_name_only(workspace: Workspace, enterprise: str) -> None:
    with workspace.write() as session:
        session.get_one(Enterprise, enterprise).name = "澄州云汐纺织有限公司"
    with workspace.read() as session:
        assert enterprise_ids(session, EnterpriseFilter(search="czyx")) == [enterprise]
        assert enterprise_ids(session, EnterpriseFilter(search="陆盛")) == []


def test_signs_of_sql_patterns_are_ordinary_characters(workspace: Workspace, enterprise: str) -> None:
    with workspace.read() as session:
        assert enterprise_ids(session, EnterpriseFilter(search="%")) == []
        assert enterprise_ids(session, EnterpriseFilter(search="_' OR 1=1")) == []


def test_naming_an_enterprise_that_is_not_there_is_a_clear_refusal(workspace: Workspace, enterprise: str) -> None:
    assert find_enterprise(workspace, "913304990000000019").id == enterprise
    with pytest.raises(UserProblem) as refusal:
        find_enterprise(workspace, "没有这家")
    assert refusal.value.code == "enterprise_unknown"
    add_enterprise(workspace, "浙江陆盛精密机械有限公司", None)
    with pytest.raises(UserProblem) as refusal:
        find_enterprise(workspace, "浙江陆盛精密机械有限公司")
    assert refusal.value.code == "enterprise_ambiguous"
