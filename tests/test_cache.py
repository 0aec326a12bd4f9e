"""What is kept between runs: found again, never trusted when damaged, and another thing for another program."""

import re
import shutil
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from sites import ROOT

from sitegen.ahead import spread
from sitegen.cache import _LIBRARIES, Cache, digest
from sitegen.codec import decode, encode
from sitegen.inputs import Fingerprints, Watch
from sitegen.model import Claim, Facts
from sitegen.reading import read_page


def test_facts_come_back_as_they_were() -> None:
    """On whole pages, with every record that a fact can have."""
    for page in sorted((ROOT / "tests/gold/pages").glob("*.txt"))[:6]:
        facts = read_page(page.name, page.read_bytes()).facts
        assert facts == decode(tuple[Facts, ...], encode(facts))


@pytest.mark.parametrize("data", [[], [1] * 23, None, {"a": 1}, [["a"] * 23], {"value": "1x"}, {"id": 1}])
def test_what_is_no_record_is_refused(data: object) -> None:
    for wrong in (encode(data), b"", b"\xc1", encode(data) + b"x"):
        with pytest.raises(ValueError, match="no <class"):
            decode(Claim, wrong)


def test_an_entry_is_found_again_and_a_damaged_one_is_none(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    key = store.key("page", "a", b"b")
    store.put(key, {"text": "数字"})
    assert {"text": "数字"} == Cache(tmp_path).get(key)
    (path,) = (path for path in tmp_path.rglob("page-*"))
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert Cache(tmp_path).get(key) is None
        path.write_bytes(whole[:at])
        assert Cache(tmp_path).get(key) is None


def test_parts_of_a_key_are_told_apart() -> None:
    assert 3 == len({digest([b"a", b"b"]), digest([b"ab"]), digest([b"a", b"b", b""])})


def test_what_no_run_uses_goes_once_there_is_much_of_it(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    for number in range(300):
        store.put(store.key("page", str(number)), number)
    later = Cache(tmp_path)
    for number in range(10):
        assert number == later.get(later.key("page", str(number)))
    later.prune()
    assert 10 == len(list(tmp_path.rglob("page-*")))


def test_a_store_that_writes_nothing_remembers(tmp_path: Path) -> None:
    store = Cache(tmp_path, writes=False)
    store.put(store.key("page", "a"), 1)
    assert (1, []) == (store.get(store.key("page", "a")), list(tmp_path.iterdir()))


@pytest.mark.parametrize("name", ["data/units.yml", "matchers/rates.py"])
def test_a_word_or_a_line_of_code_makes_another_program(name: str, tmp_path: Path) -> None:
    """What an earlier version kept is not found by the next one."""
    shutil.copytree(ROOT / "sitegen", tmp_path / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))

    def version() -> str:
        script = "from sitegen.cache import code_version; print(code_version())"
        command = [sys.executable, "-c", script]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    first = version()
    assert first == version()
    with (tmp_path / "sitegen" / name).open("a") as file:
        file.write("# another\n")
    assert first != version()


def test_equal_values_have_equal_fingerprints_and_others_do_not() -> None:
    of = Fingerprints().of
    same = [("a", ("b", Decimal("1.0")), None), ("".join(["a"]), ("b", Decimal("1.0")), None)]
    assert of(same[0]) == Fingerprints().of(same[1])
    others = [
        None,
        "None",
        1,
        "1",
        True,
        ("a", "b"),
        ("ab",),
        (("a",), "b"),
        ("a", ("b",)),
        {"a": "b"},
        Decimal(1),
        "",
    ]
    assert len(others) == len({of(value) for value in others})


def test_a_page_depends_on_what_its_template_looked_up() -> None:
    def context(addresses: set[str], names: dict[str, str]) -> dict[str, object]:
        return {"title": "a", "addresses": addresses, "headlines": names}

    watch = Watch(context({"/a/"}, {"x": "1"}), Fingerprints())
    given = watch.context()
    assert "/a/" in given["addresses"]
    assert "1" == given["headlines"]["x"]
    others: list[tuple[set[str], dict[str, str], bool]] = [
        ({"/a/", "/b/"}, {"x": "1", "y": "2"}, True),
        (set(), {"x": "1"}, False),
        ({"/a/"}, {"x": "2"}, False),
    ]
    for addresses, names, expected in others:
        now = Watch(context(addresses, names), Fingerprints())
        assert expected == all(found == now.found(*what) for what, found in watch.seen.items())
        assert watch.inputs() == now.inputs()


@pytest.mark.parametrize(("count", "jobs"), [(0, 4), (2, 4), (5, 2), (100, 1), (100, 3), (101, 2)])
@pytest.mark.parametrize("few", [2, 32])
def test_shared_work_keeps_its_order(count: int, jobs: int, few: int) -> None:
    assert [number * 2 for number in range(count)] == spread(
        lambda number: number * 2, range(count), jobs, few
    )


def test_every_library_that_could_change_a_site_names_the_entries() -> None:
    """All that the project depends on, but what only the terminal and the preview use."""
    beside = {"click", "rich", "starlette", "uvicorn", "watchfiles"}
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {re.split("[>=<~!;\\[ ]", each)[0] for each in wanted} - beside == set(_LIBRARIES)
