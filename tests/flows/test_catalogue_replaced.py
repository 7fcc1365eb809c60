"""An authority replaces the measure set: new visits use it, old visits keep what they were judged by."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from desktop.commands import command_line
from desktop.documents.catalogue_workbook import export_catalogue
from desktop.models.catalogue import as_json, bundled
from desktop.models.desk.checklists import current_set, key_of, set_named, shelf
from desktop.models.device.workspace import Workspace
from desktop.models.measure_set import MeasureSet, SetStatus, Words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty workspace."""
    with Workspace.create(tmp_path / "workspace"):
        return tmp_path / "workspace"


def official() -> MeasureSet:
    """A set of another authority: fewer measures, its own title."""
    return msgspec.structs.replace(
        bundled(),
        id="chengzhou-official",
        status=SetStatus.OFFICIAL,
        title=Words("澄州市检查项", "Chengzhou measures"),
        valid_from="2020-02-24",
        measures=bundled().measures[:12],
    )


def run(capsysbinary: pytest.CaptureFixture[bytes], *words: object) -> tuple[int, dict[str, object], str]:
    code = command_line.main([*(str(word) for word in words), "--json"])
    out, err = capsysbinary.readouterr()
    return code, json.loads(out), err.decode()


def test_an_exported_workbook_is_edited_checked_and_imported(
    folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    book = tmp_path / "set.xlsx"
    code, told, _ = run(capsysbinary, "--workspace", folder, "catalogue", "export", "--out", book)
    assert (code, told["set"], told["measures"]) == (0, bundled().id, 23)
    export_catalogue(official(), book)

    code, told, _ = run(capsysbinary, "--workspace", folder, "catalogue", "import", book, "--dry-run")
    assert (code, told["installed"], told["dry_run"]) == (0, False, True)
    with Workspace.open_to_read(folder) as workspace:
        assert current_set(workspace) is bundled()

    code, told, _ = run(capsysbinary, "--workspace", folder, "catalogue", "import", book)
    assert (code, told["installed"], told["measures"], told["status"]) == (0, True, 12, "official")
    with Workspace.open_to_read(folder) as workspace:
        assert current_set(workspace) == official()
        assert set_named(workspace, key_of(bundled())) is bundled()


def test_a_broken_workbook_is_refused_with_every_mistake(
    folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    measures = list(official().measures)
    measures[2] = msgspec.structs.replace(measures[2], group="Z", primary_area="F99")
    export_catalogue(msgspec.structs.replace(official(), measures=tuple(measures)), tmp_path / "set.xlsx")
    code, told, words = run(capsysbinary, "--workspace", folder, "catalogue", "import", tmp_path / "set.xlsx")
    problem = told["problem"]
    assert code == 2
    assert isinstance(problem, dict)
    assert problem["code"] == "catalogue_group_unknown"
    assert problem["fields"]["where"] == "检查项 5 分组"
    assert "检查项 5 主要重点" in words
    with Workspace.open_to_read(folder) as workspace:
        assert shelf(workspace).kept() == (bundled(),)


def test_a_json_set_is_imported_and_the_same_version_with_other_content_refused(
    folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "set.json"
    path.write_bytes(as_json(official()))
    code, told, _ = run(capsysbinary, "--workspace", folder, "catalogue", "import", path)
    assert (code, told["installed"]) == (0, True)
    path.write_bytes(as_json(msgspec.structs.replace(official(), title=Words("另一套", "Another"))))
    code, told, _ = run(capsysbinary, "--workspace", folder, "catalogue", "import", path)
    assert code == 2
    assert isinstance(told["problem"], dict)
    assert told["problem"]["code"] == "catalogue_same_version"


@pytest.mark.parametrize("words", [("export",), ("import",), ("burn",)])
def test_a_half_command_says_how_it_is_written(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes], words: tuple[str, ...]
) -> None:
    code, told, _ = run(capsysbinary, "--workspace", folder, "catalogue", *words)
    assert code == 2
    assert isinstance(told["problem"], dict)
    assert told["problem"]["code"] == "usage"
