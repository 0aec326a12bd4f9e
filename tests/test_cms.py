"""The settings of the CMS and the front matter that sitegen reads are one thing: what editors can enter there is accepted here."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from sites import make_site, sitegen

from sitegen.loaders import load
from sitegen.loaders.front_matter import FRONT_MATTER, SYNONYMS
from sitegen.schemas import schemas

SCHEMA = schemas()["front_matter"]


@pytest.fixture(scope="module")
def admin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = make_site(tmp_path_factory.mktemp("cms") / "site")
    done = sitegen(
        "new", "admin", "--backend", "gitlab", "--repo", "paper/ledger", "--branch", "live", cwd=site
    )
    assert (0, ["admin/config.yml", "admin/index.html"]) == (done.code, done.out.split()), done.err
    return site / "admin"


@pytest.fixture(scope="module")
def config(admin: Path) -> Any:
    text = (admin / "config.yml").read_text("utf-8")
    assert not re.search(r"[&*]id\d", text)
    return yaml.safe_load(text)


def _fields(config: Any, collection: str) -> dict[str, Any]:
    found = next(each for each in config["collections"] if each["name"] == collection)
    return {field["name"]: field for field in found["fields"]}


def _entered(field: dict[str, Any]) -> Any:
    """What the CMS writes for a field that an editor filled in."""
    if field["widget"] == "list":
        if "fields" in field:
            return [{each["name"]: _entered(each) for each in field["fields"]}]
        return [_entered(field["field"]) if "field" in field else "甲"]
    if field["widget"] == "boolean":
        return field["default"]
    if field["widget"] == "datetime":
        assert ("date", "YYYY-MM-DD") == (field["type"], field["format"])
        return "2025-06-10"
    if field["widget"] == "image":
        return "/images/a.png"
    assert "string" == field["widget"]
    samples = ("一句话。", "https://example.org/a", "cold-store", "/old/page")
    pattern = field.get("pattern", [".*"])[0]
    return next(text for text in samples if re.search(pattern, text))


def test_every_field_of_an_article_can_be_entered_and_no_other(config: Any) -> None:
    fields = _fields(config, "articles")
    assert [each.name for each in FRONT_MATTER] + ["body"] == list(fields)
    assert set(fields) - {"body"} == set(SCHEMA["properties"]) - set(SYNONYMS)
    assert SCHEMA["required"] == [n for n, each in fields.items() if each["required"] and n != "body"]
    assert set(_fields(config, "pages")) <= set(fields)


def test_what_must_have_a_shape_has_the_same_in_both(config: Any) -> None:
    def shape(schema: Any) -> Any:
        one = schema.get("anyOf", [schema])[0]
        return one.get("pattern") if one.get("format") != "date" else None

    fields = _fields(config, "articles")
    for name, schema in SCHEMA["properties"].items():
        if (
            name in SYNONYMS or fields[name]["widget"] == "image"
        ):  # a picture is chosen from those that are there
            continue
        own = fields[name].get("field", fields[name])
        assert shape(schema) == own.get("pattern", [None])[0], name
        if schema.get("maxLength"):
            assert schema["maxLength"] == own["maxlength"], name


@pytest.mark.parametrize("collection", ["articles", "pages"])
def test_what_an_editor_enters_is_read_without_a_problem(collection: str, config: Any) -> None:
    fields = _fields(config, collection)
    entered = {name: _entered(field) for name, field in fields.items() if name != "body"}
    jsonschema.validate(entered, SCHEMA)
    text = f"---\n{yaml.safe_dump(entered, allow_unicode=True)}---\n\n签约投资3亿元。\n"
    page = load("x.md", text.encode())
    assert () == page.problems
    assert ("一句话。", "cold-store") == (page.articles[0].title, page.articles[0].meta.slug)


def test_what_the_schema_refuses_is_refused_when_it_is_read(config: Any) -> None:
    for wrong in (
        {"title": "甲", "slug": "a/b"},
        {"title": "甲", "slug": "p\u0430ge"},
        {"title": "甲", "source_url": "javascript:alert(1)"},
        {"title": "甲", "aliases": ["/../x"]},
        {"title": "甲", "aliases": ["/.sitegen"]},
        {"title": "甲", "image": "../../x.png"},
        {"title": "甲" * 2001},
        {"title": "甲", "draft": "vielleicht"},
        {"slug": "a"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, SCHEMA)
        text = f"---\n{yaml.safe_dump(wrong, allow_unicode=True)}---\n\n签约投资3亿元。\n"
        assert [each for each in load("x.md", text.encode()).problems if each.level == "error"], wrong


def test_the_repository_is_the_one_that_was_named(config: Any) -> None:
    assert {"name": "gitlab", "repo": "paper/ledger", "branch": "live"} == config["backend"]
    assert ("content/images", "/images") == (config["media_folder"], config["public_folder"])


def test_the_page_loads_nothing_from_elsewhere_and_is_no_part_of_the_site(admin: Path) -> None:
    page = (admin / "index.html").read_text("utf-8")
    assert ["sveltia-cms.js"] == re.findall(r'src="([^"]*)"', page)
    assert "//" not in page.replace("<!doctype html>", "")
    done = sitegen("build", cwd=admin.parent)
    assert 0 == done.code, done.err
    assert not (admin.parent / "build/admin").exists()


def test_settings_that_were_changed_are_never_written_over(admin: Path) -> None:
    before = (admin / "config.yml").read_bytes()
    done = sitegen("new", "admin", cwd=admin.parent)
    assert (2, 2) == (done.code, done.err.count("E-EXISTS"))
    assert before == (admin / "config.yml").read_bytes()
