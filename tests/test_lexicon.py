"""The loader of word lists: what it keeps as text, what it refuses, and how it says so."""

import pytest

from sitegen.lexicon import LexiconError, packaged, packaged_names, packaged_rows, parse_yaml


def test_a_key_that_stands_twice_is_refused_with_file_and_line() -> None:
    with pytest.raises(LexiconError) as caught:
        parse_yaml("吨: 1\n升: 2\n吨: 3\n", "words.yml")
    (problem,) = caught.value.problems
    assert ("words.yml", 3, "E302") == (problem.file, problem.line, problem.code)
    assert "first in line 1" in problem.message
    assert problem.fix


def test_a_key_that_stands_twice_deep_inside_is_refused_too() -> None:
    with pytest.raises(LexiconError) as caught:
        parse_yaml("a:\n  - {b: 1,\n     b: 2}\n", "words.yml")
    assert 3 == caught.value.problems[0].line


def test_the_same_key_in_two_mappings_is_fine() -> None:
    assert [{"a": 1}, {"a": 2}] == parse_yaml("- {a: 1}\n- {a: 2}\n", "x")


def test_a_merge_key_may_be_overridden() -> None:
    text = "base: &base {a: 1, b: 2}\nmore:\n  <<: *base\n  b: 3\n"
    assert {"a": 1, "b": 3} == parse_yaml(text, "x")["more"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-06-10", "2025-06-10"),
        ("2025-06-10 08:00:00", "2025-06-10 08:00:00"),
        ('"007"', "007"),
        ("'1.10'", "1.10"),
        ("一二", "一二"),
        ("12", 12),
        ("true", True),
    ],
)
def test_dates_and_quoted_numbers_stay_text(text: str, value: object) -> None:
    assert value == parse_yaml(text, "x")


@pytest.mark.parametrize(
    "text", ["a: [1, 2", "a: b: c", "\tx: 1", "a: 'b", "- a\nb: c\n", "a: !!python/object:os.x 1"]
)
def test_bad_yaml_is_a_problem_with_a_remedy(text: str) -> None:
    with pytest.raises(LexiconError) as caught:
        parse_yaml(text, "words.yml")
    (problem,) = caught.value.problems
    assert ("words.yml", "E303") == (problem.file, problem.code)
    assert problem.line >= 1
    assert problem.fix


def test_a_control_character_is_a_problem_not_a_traceback() -> None:
    with pytest.raises(LexiconError):
        parse_yaml("a: \x07", "x")


def test_a_key_that_is_a_list_is_refused() -> None:
    with pytest.raises(LexiconError) as caught:
        parse_yaml("? [a, b]\n: 1\n", "x")
    assert "E301" == caught.value.problems[0].code


def test_packaged_files_are_read_once_and_every_one_is_valid() -> None:
    assert packaged("industries.yml") is packaged("industries.yml")
    for name in packaged_names("kinds"):
        assert packaged(name)
    with pytest.raises(LexiconError, match="E306"):
        packaged("no-such-file.yml")


def test_rows_have_no_comments_and_no_blank_lines() -> None:
    rows = packaged_rows("places.tsv")
    assert ("110000", "北京市") == rows[0]
    assert all(2 <= len(row) <= 3 for row in rows)
