"""Settings: checked against one declaration, which also gives the printed form and the JSON Schema."""

from dataclasses import fields

import jsonschema
import pytest

from sitegen.config import Config, config_schema, print_config, read_config
from sitegen.problems import ConfigError


def test_what_is_left_out_has_its_default() -> None:
    assert Config() == read_config("", "site.yml")
    assert Config(title="账本", validation={"W-X": "ignore"}) == read_config(
        "title: 账本\nvalidation: {W-X: ignore}\n", "s"
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title: a\nsubtitel: b\n", 2, "unknown setting subtitel; did you mean subtitle?"),
        ("colour: red\n", 1, "unknown setting colour; known are title"),
        ("title: a\ntitle: b\n", 2, "title stands here and on line 1"),
        ("title: 2025\n", 1, "title: 2025 is no text"),
        ("title: ''\n", 1, "is empty"),
        ("title: a: b\n", 1, "no valid YAML"),
        ("title: [a\n", 2, "no valid YAML"),
        ("a: &x [1]\nb: *x\n", 2, "*x repeats another value"),
        ("a: " + "[" * 50 + "]" * 50, 1, "nested too deeply"),
        ("title: a\n---\ntitle: b\n", 2, "a second YAML document"),
        ("title: \x01\n", 0, "no valid YAML"),
        ("? [a]\n: b\n", 1, "a key must be a word"),
        ("- title\n", 1, "is no list of settings"),
        ("language: fr\n", 1, 'language: "fr" is not known; write zh-CN or en'),
        ("timezone: Mars/Base\n", 1, "is no time zone"),
        ("base_url: example.org\n", 1, "is no address of a site"),
        ("base_url: https://example.org/?a\n", 1, "is no address of a site"),
        ("base_url: 'http://[bad'\n", 1, "is no address of a site"),
        ("output_dir: null\n", 1, "output_dir: null is no text"),
        ("title: x\nvalidation:\n  W-LINK: maybe\n", 3, 'W-LINK: "maybe" is no level'),
        ("validation:\n  link: error\n", 2, "link is no code of a warning"),
        ("validation:\n  E-LINK: warning\n", 2, "E-LINK is no code of a warning"),
        ("validation: strict\n", 1, "is no list of codes"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        read_config(text, "content/site.yml")
    problem = error.value.problems[0]
    assert ("content/site.yml", line) == (problem.file, problem.line)
    assert message in str(problem)


def test_all_wrong_settings_are_reported_at_once() -> None:
    with pytest.raises(ConfigError) as error:
        read_config("titel: a\nlanguage: xx\ntimezone: y\n", "s")
    assert [1, 2, 3] == [each.line for each in error.value.problems]


@pytest.mark.parametrize("word", ["yes", "017", "12:30", "2025-06-10", "3_650", "1e5", "NULL"])
def test_a_word_stays_the_word_that_was_typed(word: str) -> None:
    assert word == read_config(f"title: {word}\n", "s").title


def test_an_address_ends_in_a_slash() -> None:
    assert "https://example.org/a/" == read_config("base_url: https://example.org/a\n", "s").base_url


def test_printed_settings_read_back_to_the_same() -> None:
    config = Config(
        title='一"本"#账', base_url="https://example.org/a/", seeds_dir=None, validation={"W-A": "error"}
    )
    assert config == read_config(print_config(config), "s")


def test_every_setting_is_explained() -> None:
    printed = print_config(Config())
    for setting in fields(Config):
        assert f"# {setting.metadata['doc']}\n{setting.name}: " in printed


def test_the_schema_lists_exactly_the_settings_and_agrees_with_the_check() -> None:
    schema = config_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert {"$schema", *(each.name for each in fields(Config))} == set(schema["properties"])
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(
        {"$schema": "x", "title": "a", "validation": {"W-A": "ignore"}, "seeds_dir": None}
    )
    for wrong in (
        {"titel": "a"},
        {"title": 1},
        {"language": "fr"},
        {"validation": {"W-A": "no"}},
        {"validation": {"x": "error"}},
    ):
        assert not validator.is_valid(wrong)
