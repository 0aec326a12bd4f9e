"""Writing: a site is whole or it is the old one, and no folder that is not ours is touched."""

import os
from pathlib import Path

import pytest
from sites import tree

from sitegen import publish
from sitegen.problems import SitegenError
from sitegen.publish import MARKER, remove_site, write_file, write_site

OLD = {"index.html": b"old", "gone/index.html": b"old"}
NEW = {"index.html": b"new", "places/包头市/index.html": b"new"}


def _shown(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(folder).items() if name != MARKER}


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    write_site(tmp_path / "build", OLD)
    write_site(tmp_path / "build", NEW)
    assert NEW == _shown(tmp_path / "build")
    assert ["build"] == os.listdir(tmp_path)


def test_without_an_exchange_in_one_step_it_works_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    write_site(tmp_path / "build", OLD)
    write_site(tmp_path / "build", NEW)
    assert NEW == _shown(tmp_path / "build")
    assert ["build"] == os.listdir(tmp_path)


def test_a_swap_that_fails_brings_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(tmp_path / "build", OLD)
    monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    rename = Path.rename

    def fails(path: Path, target: Path) -> Path:
        if ".new-" in path.name:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(SitegenError, match="cannot be written: permission denied"):
        write_site(tmp_path / "build", NEW)
    assert OLD == _shown(tmp_path / "build")
    assert ["build"] == os.listdir(tmp_path)


def test_what_a_killed_run_left_behind_is_cleared_away_and_an_old_site_comes_back(tmp_path: Path) -> None:
    dead = 2**22 + 1  # above the highest process id
    write_site(tmp_path / "build", OLD)
    (tmp_path / "build").rename(tmp_path / f".build.old-{dead}")
    (tmp_path / f".build.new-{dead}").mkdir()
    (tmp_path / f".build.new-{dead}/index.html").write_bytes(b"half")
    publish._sweep(tmp_path / "build")
    assert ["build"] == os.listdir(tmp_path)
    assert OLD == _shown(tmp_path / "build")


def test_another_run_that_is_alive_keeps_its_folder(tmp_path: Path) -> None:
    other = tmp_path / f".build.new-{os.getppid()}"
    other.mkdir()
    write_site(tmp_path / "build", NEW)
    assert sorted([other.name, "build"]) == sorted(os.listdir(tmp_path))


def test_a_link_to_a_folder_keeps_being_one(tmp_path: Path) -> None:
    write_site(tmp_path / "real", OLD)
    (tmp_path / "build").symlink_to(tmp_path / "real")
    write_site(tmp_path / "build", NEW)
    assert (tmp_path / "build").is_symlink()
    assert NEW == _shown(tmp_path / "real")


@pytest.mark.parametrize("act", [lambda path: write_site(path, NEW), remove_site], ids=["build", "clean"])
def test_a_folder_that_others_made_is_left_alone(act: object, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/a.txt").write_bytes(b"1")
    with pytest.raises(SitegenError, match="was not made by sitegen"):
        act(tmp_path / "mine")
    assert {"a.txt": b"1"} == tree(tmp_path / "mine")


def test_an_empty_folder_may_be_used_and_a_site_may_be_removed(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    write_site(tmp_path / "build", NEW)
    assert remove_site(tmp_path / "build")
    assert not remove_site(tmp_path / "build")
    assert [] == os.listdir(tmp_path)


def test_a_file_is_replaced_in_one_step_and_nothing_else_stays(tmp_path: Path) -> None:
    write_file(tmp_path / "a/b.yml", b"1")
    write_file(tmp_path / "a/b.yml", b"2")
    assert {"a/b.yml": b"2"} == tree(tmp_path)
    with pytest.raises(SitegenError, match="cannot be written"):
        write_file(tmp_path / "a/b.yml/c.yml", b"3")
    assert {"a/b.yml": b"2"} == tree(tmp_path)


@pytest.mark.parametrize("name", ["../out.html", "/out.html", "a/../../out.html", "a//out.html", ""])
def test_no_file_is_ever_written_outside_the_site(name: str, tmp_path: Path) -> None:
    write_site(tmp_path / "build", OLD)
    with pytest.raises(SitegenError, match="outside the site"):
        write_site(tmp_path / "build", {**NEW, name: b"stray"})
    assert OLD == _shown(tmp_path / "build")
    assert ["build"] == os.listdir(tmp_path)
