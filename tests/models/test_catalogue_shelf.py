"""Measure sets lie side by side for good: an old visit finds the set it was judged by."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.models.catalogue import CatalogueProblem, bundled
from desktop.models.catalogue_shelf import CatalogueShelf
from desktop.models.measure_set import MeasureSet, SetStatus, Words
from desktop.models.problems import UserProblem

DAY = date(2020, 2, 27)


def _official(version: str = "1", valid_from: str = "2020-02-25", title: str = "正式版") -> MeasureSet:
    return msgspec.structs.replace(
        bundled(),
        id="zhejiang-2020-official",
        version=version,
        valid_from=valid_from,
        status=SetStatus.OFFICIAL,
        title=Words(title, "Official"),
    )


def test_an_empty_shelf_holds_the_bundled_set(tmp_path: Path) -> None:
    shelf = CatalogueShelf(tmp_path / "catalogues")
    assert shelf.current(DAY) is bundled()
    assert shelf.get(bundled().id, bundled().version) is bundled()
    assert shelf.kept() == (bundled(),)
    assert not (tmp_path / "catalogues").exists()


def test_an_installed_set_is_current_and_the_old_one_is_still_there(tmp_path: Path) -> None:
    shelf = CatalogueShelf(tmp_path)
    assert shelf.install(_official())
    again = CatalogueShelf(tmp_path)
    assert again.current(DAY) == _official()
    assert again.get(bundled().id, bundled().version) is bundled()
    assert again.kept() == (bundled(), _official())


def test_the_same_set_may_be_installed_twice(tmp_path: Path) -> None:
    shelf = CatalogueShelf(tmp_path)
    assert shelf.install(_official())
    assert not shelf.install(_official())
    assert shelf.kept() == (bundled(), _official())


def test_the_same_version_with_other_content_is_refused(tmp_path: Path) -> None:
    CatalogueShelf(tmp_path).install(_official())
    with pytest.raises(UserProblem, match="catalogue_same_version"):
        CatalogueShelf(tmp_path).install(_official(title="改过的正式版"))
    with pytest.raises(UserProblem, match="catalogue_same_version"):
        CatalogueShelf(tmp_path).install(msgspec.structs.replace(bundled(), status=SetStatus.OFFICIAL))
    assert CatalogueShelf(tmp_path).get("zhejiang-2020-official", "1") == _official()


def test_a_set_that_is_not_yet_in_force_waits_for_its_day(tmp_path: Path) -> None:
    shelf = CatalogueShelf(tmp_path)
    shelf.install(_official(valid_from="2020-03-01"))
    assert shelf.current(DAY) is bundled()
    assert shelf.current(date(2020, 3, 1)).id == "zhejiang-2020-official"


def test_installing_an_older_set_again_makes_it_current(tmp_path: Path) -> None:
    shelf = CatalogueShelf(tmp_path)
    shelf.install(_official("1"))
    shelf.install(_official("2"))
    assert shelf.current(DAY).version == "2"
    shelf.install(_official("1"))
    assert shelf.current(DAY).version == "1"


@pytest.mark.parametrize(("set_id", "version"), [("nobody", "1"), ("../secret", "1"), ("a/b", "1"), ("", "")])
def test_a_set_this_device_never_had_is_said_to_be_missing(tmp_path: Path, set_id: str, version: str) -> None:
    (tmp_path / "secret@1.json").write_text("{}")
    with pytest.raises(UserProblem, match="catalogue_not_kept"):
        CatalogueShelf(tmp_path / "catalogues").get(set_id, version)


def test_a_broken_set_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(CatalogueProblem):
        CatalogueShelf(tmp_path).install(msgspec.structs.replace(_official(), measures=()))
    assert list(tmp_path.iterdir()) == []


def test_a_cut_while_writing_leaves_no_half_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_rename(self: Path, target: Path) -> Path:
        raise OSError("cut")

    monkeypatch.setattr(Path, "replace", no_rename)
    with pytest.raises(OSError, match="cut"):
        CatalogueShelf(tmp_path).install(_official())
    monkeypatch.undo()
    shelf = CatalogueShelf(tmp_path)
    assert shelf.current(DAY) is bundled()
    assert shelf.install(_official())
