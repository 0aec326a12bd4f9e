"""What spares work between two builds: it gives what doing the work anew gives, whatever was kept before."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import fonts
from sitegen.cache import Cache
from sitegen.codec import encode
from sitegen.contents import Contents, Stowed, name_of
from sitegen.inputs import Derived, Fingerprints, Watch
from sitegen.memo import Memo
from sitegen.pipeline import Options
from sitegen.problems import SitegenError
from sitegen.reading import read_pages, usable
from sitegen.search.coding import fixed, gaps, rising, varied
from sitegen.search.sorting import sort_lines
from sitegen.search.suffixes import Numbers, sort_suffixes
from sitegen.shelf import shelf
from sitegen.unchanged import inputs_of
from sitegen.workspace import SourceFile, open_site, read_source

LINES = st.lists(st.text("ab数", max_size=5), min_size=1, max_size=12)


def symbols(lines: list[str]) -> Numbers:
    """Each line, and behind it a symbol of its own that is smaller than all characters."""
    return np.array([*(n for i, line in enumerate(lines) for n in (*(len(lines) + ord(c) for c in line), i))])


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=5))
def test_mended_suffixes_stand_as_sorted_ones(editions: list[list[str]]) -> None:
    store = Cache()
    for lines in editions:
        found, wanted = sort_lines(lines, symbols(lines), store), sort_suffixes(symbols(lines))
        assert wanted.order.tolist() == found.order.tolist()
        assert wanted.after.tolist() == found.after.tolist()


@pytest.mark.parametrize("kept", [b"", b"\0\0\0\0", b"\xff" * 40, b"\1\0\0\0" * 9, b"abc"])
def test_an_order_of_another_shape_is_not_used(kept: bytes) -> None:
    store = Cache()
    store.put_bytes(store.key("suffixes"), kept)
    lines = ["数字", "字"]
    assert (
        sort_suffixes(symbols(lines)).order.tolist()
        == sort_lines(lines, symbols(lines), store).order.tolist()
    )


@given(st.lists(st.integers(0, 2**40), max_size=20))
def test_numbers_as_text_are_read_back(numbers: list[int]) -> None:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"

    def read(text: str) -> list[int]:
        found, shift, number = [], 0, 0
        for char in text:
            digit = digits.index(char)
            number += digit % 32 << shift
            shift += 5
            if digit < 32:
                found.append(number)
                shift = number = 0
        return found

    assert numbers == read(varied(numbers))
    assert sorted(numbers) == np.cumsum(read(gaps(sorted(numbers)))).tolist()
    runs = [np.cumsum(read(run)).tolist() for run in rising(np.array(numbers, np.int64)).split(" ")]
    assert numbers == [number for run in runs for number in run]
    wide = fixed(np.array(numbers, np.int64), 7)
    read_wide = [wide[at : at + 7] for at in range(0, len(wide), 7)]
    assert numbers == [sum(digits.index(c) << 6 * n for n, c in enumerate(reversed(w))) for w in read_wide]


def test_a_memo_asks_once_and_forgets_what_is_gone() -> None:
    store, asked = Cache(), list[str]()

    def work(word: str) -> tuple[str, ...]:
        asked.append(word)
        return (word, word)

    for words in (["a", "b"], ["b", "c", "b"], ["b", "c"], ["a"]):
        assert [(word, word) for word in words] == Memo(store).each("twice", tuple[str, ...], work, words)
    assert ["a", "b", "c", "a"] == asked


def entries(folder: Path, kind: str) -> list[Path]:
    return sorted(path for path in folder.rglob(f"{kind}-*") if path.is_file())


@pytest.mark.parametrize("kept", [None, [1], "x", {"a": 1}, {"a0": b"x"}])
def test_a_memo_of_another_shape_is_made_again(kept: object, tmp_path: Path) -> None:
    assert [("a",)] == Memo(Cache(tmp_path)).each("twice", tuple[str, ...], lambda word: (word,), ["a"])
    for path in entries(tmp_path, "memo"):
        Cache(tmp_path).put_bytes(path.name, encode(kept))
    assert [("b",)] == Memo(Cache(tmp_path)).each("twice", tuple[str, ...], lambda word: ("b",), ["a"])


def test_what_lies_on_a_shelf_is_found_by_the_next_run_and_goes_when_nobody_asks(tmp_path: Path) -> None:
    first = shelf(Cache(tmp_path), "words", tuple[str, ...])
    for name in ("a0", "b1", "c1"):
        first.keep(name, (name, "数"))
    assert ("a0", "数") == first.find("a0")
    first.close()
    second = shelf(Cache(tmp_path), "words", tuple[str, ...])
    assert (("a0", "数"), ("b1", "数"), None) == (second.find("a0"), second.find("b1"), second.find("d1"))
    second.close()
    third = shelf(Cache(tmp_path), "words", tuple[str, ...])
    assert (("b1", "数"), None) == (third.find("b1"), third.find("c1"))
    assert shelf(Cache(tmp_path), "words", tuple[str, ...], "other").find("b1") is None


def test_a_damaged_shelf_is_as_good_as_none_and_is_made_whole(tmp_path: Path) -> None:
    first = shelf(Cache(tmp_path), "words", str)
    first.keep("a0", "x")
    first.keep("b1", "y")
    first.close()
    for path in entries(tmp_path, "words"):
        whole = path.read_bytes()
        for at in range(len(whole)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            found = [shelf(Cache(tmp_path), "words", str).find(name) for name in ("a0", "b1")]
            assert found in (["x", None], [None, "y"], [None, None])
    again = shelf(Cache(tmp_path), "words", str)
    for name in ("a0", "b1"):
        again.keep(name, again.find(name) or "z")
    again.close()
    assert None not in [shelf(Cache(tmp_path), "words", str).find(name) for name in ("a0", "b1")]


@pytest.mark.parametrize("value", ["\ud800", 2**70])
def test_what_cannot_be_written_is_kept_for_the_process_alone(value: object, tmp_path: Path) -> None:
    assert Fingerprints().of([value]) != Fingerprints().of([1])
    store = Cache(tmp_path)
    shelf(store, "words", str).keep("a0", value)
    shelf(store, "words", str).close()
    assert (value, None) == (
        shelf(store, "words", str).find("a0"),
        shelf(Cache(tmp_path), "words", str).find("a0"),
    )


def test_what_is_derived_is_worked_out_only_for_a_page_that_is_made() -> None:
    worked = list[str]()

    def work() -> dict[str, str]:
        worked.append("x")
        return {"text": "made"}

    context = Derived({"title": "a"}, ("facts",), work).above({"title": "common", "nav": ("b",)})
    watch = Watch(context, Fingerprints())
    named = watch.inputs()
    assert [] == worked
    assert {"title": "a", "nav": ("b",), "text": "made"} == watch.context() == dict(context)
    assert ["x"] == worked
    other = Watch(Derived(context.given, ("other facts",), work), Fingerprints())
    assert named != other.inputs()


def test_stowed_files_come_out_as_they_were() -> None:
    page = b"page" * 100
    files = Contents({"b": Stowed(name_of(page), lambda: page), "a": b"plain"})
    assert [("a", b"plain"), ("b", b"page" * 100)] == list(files.items())
    assert ("b" in files, "c" in files, files.get("c"), len(files)) == (True, False, None, 2)
    assert [name_of(b"plain"), name_of(b"page" * 100)] == [files.name("a"), files.name("b")]


def test_other_fonts_are_other_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that is put in place of another under its name paints other pictures."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yml").write_text("title: t\n", "utf-8")
    font = tmp_path / "NotoSans.ttf"
    font.write_bytes(b"one")
    monkeypatch.setattr("sitegen.unchanged.fonts", lambda: (str(font),))
    before = inputs_of(open_site(None, tmp_path), Options())
    assert before == inputs_of(open_site(None, tmp_path), Options())
    font.write_bytes(b"another")
    assert before != inputs_of(open_site(None, tmp_path), Options())
    assert fonts.fonts_version(()) == ""


def test_a_file_is_read_again_only_where_somebody_touched_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that lives on reads a file twice to be sure of it, and then as soon as anything about it is different."""
    path, store, looked = tmp_path / "a.md", Cache(), list[str]()

    def read(source: SourceFile) -> bytes:
        looked.append(source.name)
        return read_source(source)

    def title() -> str | None:
        (facts,) = read_pages([SourceFile(path, "a.md", "a.md")], store).facts
        return facts.article.title

    monkeypatch.setattr("sitegen.reading.read_source", read)
    path.write_text('---\ntitle: "甲"\n---\n\n文。\n', "utf-8")
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    assert ["甲", "甲", "甲", "甲"] == [title() for _ in range(4)]
    assert 2 == len(looked)
    path.write_text('---\ntitle: "乙"\n---\n\n文。\n', "utf-8")
    os.utime(path, ns=times)  # as a tool does that hides what it did
    assert "乙" == title()
    path.unlink()
    with pytest.raises(SitegenError):
        usable(read_pages([SourceFile(path, "a.md", "a.md")], store))
