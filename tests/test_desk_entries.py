"""A verdict in the text of a reviews file: what it says is right, everything else keeps its bytes, order and comments."""

from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.desk.entries import Entry, entries_in, with_entry
from sitegen.hidden import hidden
from sitegen.problems import SitegenError
from sitegen.reviews import read_reviews, wrong_field

CLAIM = "a1-01"
ACCEPTED: Entry = {"verdict": "confirmed", "who": "李娜", "when": "2025-06-12"}
REJECTED: Entry = {**ACCEPTED, "verdict": "rejected", "why": "说的是园区"}
EDITED: Entry = {
    **ACCEPTED,
    "verdict": "edited",
    "fields": {"place": "包头市", "value": "3000", "period": None},
}

WRITTEN = """\
# what we agreed on in June
a1-00:
    verdict:   'confirmed'   # by telephone
    who: 王五
    when: '2025-06-01'


a1-01:   # the park again
    who: "李娜"
    verdict: edited
    when: "2025-06-12"
    # asked twice
    fields:  # the field office says so
        place: 昆都仑区   # not the city
        label: 投资
        # as in the table
        value: 3000
a1-02: {verdict: rejected, who: 李娜, when: "2025-06-12", why: "x: y # z"}
# the end
"""
BRACES = 'a1-01: {verdict: edited, who: 王五, when: "2025-06-01", fields: {label: x, place: y}}  # short\r\nb-1: {}\r\n'


def changes(before: str, after: str) -> str:
    """The lines that went and came, each with its sign."""
    lines = unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), n=0)
    lines = (line if line.endswith("\n") else line + "\n" for line in lines)
    return "".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


@pytest.mark.parametrize("entry", [ACCEPTED, REJECTED, EDITED])
@pytest.mark.parametrize("text", [WRITTEN.replace("a1-01", "a2-01"), "# none yet\n", ""])
def test_a_new_verdict_is_at_most_seven_lines_behind_all_others(text: str, entry: Entry) -> None:
    after = with_entry(text, CLAIM, entry, "r.yml")
    new = changes(text, after).splitlines()
    assert after.startswith(text)
    assert len(new) == bool(text) + 1 + len(entry) <= 7
    assert all(line.startswith("+") for line in new)
    assert entry == entries_in(after, "r.yml")[CLAIM]


def test_a_new_verdict_reads_as_an_editor_would_write_it() -> None:
    expected = """\
a1-01:
  verdict: edited
  who: "李娜"
  when: "2025-06-12"
  fields: {place: "包头市", value: "3000", period: null}
"""
    assert expected == with_entry("", CLAIM, EDITED, "r.yml")


def test_a_file_without_a_last_line_end_changes_by_eight_lines_at_most() -> None:
    text = WRITTEN.replace("a1-01", "a2-01").rstrip("\n")
    after = with_entry(text, CLAIM, {**EDITED, "why": "x"}, "r.yml")
    assert 8 == len(changes(text, after).splitlines())


@pytest.mark.parametrize(
    ("text", "entry", "expected"),
    [
        (
            WRITTEN,
            EDITED,
            "-        place: 昆都仑区   # not the city\n-        label: 投资\n"
            '+        place: "包头市"   # not the city\n+        period: null\n',
        ),
        (
            WRITTEN,
            {**ACCEPTED, "when": "2025-07-01", "why": "核对过"},
            '-    verdict: edited\n-    when: "2025-06-12"\n+    verdict: confirmed\n+    when: "2025-07-01"\n'
            '+    why: "核对过"\n-    fields:  # the field office says so\n'
            "-        place: 昆都仑区   # not the city\n-        label: 投资\n-        value: 3000\n",
        ),
        (
            BRACES,
            {**EDITED, "fields": {"place": "z"}},
            '-a1-01: {verdict: edited, who: 王五, when: "2025-06-01", fields: {label: x, place: y}}  # short\r\n'
            '+a1-01: {verdict: edited, who: "李娜", when: "2025-06-12", fields: {place: "z"}}  # short\r\n',
        ),
        (
            BRACES,
            ACCEPTED,
            '-a1-01: {verdict: edited, who: 王五, when: "2025-06-01", fields: {label: x, place: y}}  # short\r\n'
            '+a1-01: {verdict: confirmed, who: "李娜", when: "2025-06-12"}  # short\r\n',
        ),
    ],
)
def test_a_verdict_that_stands_is_changed_where_it_differs(text: str, entry: Entry, expected: str) -> None:
    after = with_entry(text, CLAIM, entry, "r.yml")
    assert expected == changes(text, after)
    assert [*entries_in(text, "r.yml")] == [*entries_in(after, "r.yml")]


def test_the_same_verdict_again_changes_nothing() -> None:
    same = {
        **ACCEPTED,
        "verdict": "edited",
        "fields": {"value": "3000.0", "label": "投资", "place": "昆都仑区"},
    }
    assert WRITTEN == with_entry(WRITTEN, CLAIM, same, "r.yml")


def test_a_verdict_is_taken_away_and_comments_with_a_line_of_their_own_stay() -> None:
    after = with_entry(WRITTEN, CLAIM, None, "r.yml")
    assert ["a1-00", "a1-02"] == [*entries_in(after, "r.yml")]
    assert "    # asked twice\n        # as in the table\na1-02" in after
    assert WRITTEN == with_entry(WRITTEN, "a1-77", None, "r.yml")


@pytest.mark.parametrize(
    "text",
    [WRITTEN.replace("a1-01", "a2-01"), "# none yet\n", "", "\ufeff# none yet\n", "\ufeff\ufeff\ufeff"],
)
def test_a_verdict_that_is_taken_back_leaves_the_file_as_it_was(text: str) -> None:
    assert text == with_entry(with_entry(text, CLAIM, EDITED, "r.yml"), CLAIM, None, "r.yml")


def test_a_text_in_a_block_gives_way_to_one_on_a_line() -> None:
    text = (
        "a1-01:\n  verdict: rejected\n  why: |\n    long\n    text\n\n  who: x\n  when: '2025-06-12'\n# end\n"
    )
    after = with_entry(text, CLAIM, {**REJECTED, "who": "x"}, "r.yml")
    assert text.replace("|\n    long\n    text", '"说的是园区"') == after


@pytest.mark.parametrize("begun", ["", " # soon", " confirmed", " {}", " []", "\n  verdict:"])
def test_an_entry_that_was_only_begun_is_completed_in_its_place(begun: str) -> None:
    text = f"a1-00: {{}}\na1-01:{begun}\na1-02: {{}}\n"
    after = with_entry(text, CLAIM, REJECTED, "r.yml")
    assert {"a1-00": {}, CLAIM: REJECTED, "a1-02": {}} == entries_in(after, "r.yml")
    assert ("# soon" in begun) == ("# soon" in after)


@pytest.mark.parametrize(
    "text",
    ["a1-00: {verdict: confirmed\n", "- a1-01\n", "a: 1\n---\nb: 2\n", "a: 1\n...\n"],
)
def test_what_cannot_be_changed_alone_is_refused(text: str) -> None:
    with pytest.raises(SitegenError, match=r"^r\.yml"):
        with_entry(text, CLAIM, EDITED, "r.yml")


words = st.text(st.characters(codec="utf-8"), min_size=1).filter(
    lambda text: text.strip() and hidden(text) is None
)


@settings(deadline=None)
@given(why=words, who=words, place=words.filter(lambda text: wrong_field("place", text) is None))
def test_whatever_is_entered_comes_back_when_it_is_read(why: str, who: str, place: str) -> None:
    entry = {**EDITED, "who": who, "why": why, "fields": {"place": place}}
    after = with_entry(WRITTEN, "a1-09", entry, "r.yml")
    found = read_reviews({"r.yml": after})["a1-09"]
    assert (why, who, {"place": place}) == (found.why, found.who, found.fields)
    assert after.startswith(WRITTEN)


entries = st.fixed_dictionaries(
    {
        "verdict": st.sampled_from(["confirmed", "rejected", "questioned"]),
        "who": st.sampled_from(["李娜", "O'Neil", 'a "b"', "x: y", "#1", "no"]),
        "when": st.sampled_from(["2025-06-12", "2024-01-31"]),
    },
    optional={"why": st.sampled_from(["园区", "a, b", "{c}", "- d", "e  # f"])},
) | st.fixed_dictionaries(
    {
        "verdict": st.just("edited"),
        "who": st.just("李娜"),
        "when": st.just("2025-06-12"),
        "fields": st.dictionaries(
            st.sampled_from(["place", "label", "of", "period"]),
            st.none() | st.sampled_from(["包头市", "a, b", "2025"]),
            min_size=1,
        ),
    }
)


@settings(deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(["a1-00", "a1-01", "a1-02", "a1-03"]), st.none() | entries)))
def test_any_row_of_verdicts_is_what_stands_and_no_comment_is_lost(steps: list[tuple[str, Any]]) -> None:
    """Each step touches its own claim only, and every comment that has a line of its own stays."""
    text = WRITTEN
    expected = dict(entries_in(text, "r.yml"))
    for claim, entry in steps:
        before, text = text, with_entry(text, claim, entry, "r.yml")
        expected.pop(claim, None) if entry is None else expected.update({claim: entry})
        found = entries_in(text, "r.yml")
        assert expected.keys() == found.keys()
        assert all(expected[key] == found[key] for key in expected if key != claim)
        if entry is not None:
            assert {**entry, "fields": {}} == {**found[claim], "fields": {}}
            assert entry.get("fields", {}).keys() == found[claim].get("fields", {}).keys()
        own = [line.strip() for line in before.splitlines() if line.strip().startswith("#")]
        assert own == [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
