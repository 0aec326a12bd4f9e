"""What spares work between two builds: it gives what doing the work anew gives, whatever was kept before."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import fonts
from sitegen.cache import Cache
from sitegen.contents import Contents, packed
from sitegen.inputs import Derived, Fingerprints, Watch
from sitegen.memo import Memo
from sitegen.pipeline import Options
from sitegen.search.coding import fixed, gaps, rising, varied
from sitegen.search.sorting import sort_lines
from sitegen.search.suffixes import Numbers, sort_suffixes
from sitegen.unchanged import inputs_of
from sitegen.workspace import open_site

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


@pytest.mark.parametrize("kept", [None, [1], "x", {"a": 1}])
def test_a_memo_of_another_shape_is_made_again(kept: object) -> None:
    store = Cache()
    store.put(store.key("memo", "twice"), kept)
    assert [("a",)] == Memo(store).each("twice", tuple[str, ...], lambda word: (word,), ["a"])


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


def test_packed_files_come_out_as_they_were() -> None:
    files = Contents({"b": packed(b"page" * 100), "a": b"plain"})
    assert [("a", b"plain"), ("b", b"page" * 100)] == list(files.items())
    assert ("b" in files, "c" in files, files.get("c"), len(files)) == (True, False, None, 2)


def test_bytes_are_kept_beside_a_value_and_damage_is_seen(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    key = store.key("page", "a")
    store.put_with(key, {"数": 1}, b"body")
    assert ({"数": 1}, b"body") == Cache(tmp_path).get_with(key)
    (path,) = (path for path in tmp_path.rglob("page-*"))
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert (None, b"") == Cache(tmp_path).get_with(key)


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
