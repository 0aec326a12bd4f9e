"""Settings of Sveltia CMS for a site, made from the front matter that sitegen reads: its fields, what each takes, which must be there.

No script comes with them: admin/index.html loads admin/sveltia-cms.js, which whoever wants the CMS puts there.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from sitegen.lexicon import packaged, packaged_text
from sitegen.loaders.front_matter import ADDRESS, ALIAS, FRONT_MATTER, MAX_TEXT, SLUG, Field
from sitegen.problems import ConfigError, Problem
from sitegen.publish import shown, write_file
from sitegen.workspace import ARTICLES, PAGES

FOLDER = "admin"
_PATTERNS = {"address": ADDRESS, "slug": SLUG}
_IN_PAGES = ("title", "slug", "summary", "draft")  # what a page of running text shows


def new_admin(root: Path, backend: Mapping[str, str]) -> tuple[str, ...]:
    """Write admin/ into the site's folder and return the paths written. Raises ConfigError where a file of it is there."""
    files = {
        "config.yml": packaged_text("scaffold/admin.yml") + _yaml(cms_config(backend)),
        "index.html": packaged_text("scaffold/admin.html"),
    }
    there = [root / FOLDER / name for name in files if (root / FOLDER / name).exists()]
    if there:
        fix = "move it away first; what was changed in it must be changed again"
        raise ConfigError(
            *(Problem(shown(path), 0, 0, "E-EXISTS", "is there already", fix) for path in there)
        )
    for name, text in files.items():
        write_file(root / FOLDER / name, text.encode())
    return tuple(shown(root / FOLDER / name) for name in files)


def cms_config(backend: Mapping[str, str]) -> dict[str, Any]:
    """The settings. backend: name, repo and branch of the repository that the CMS writes to."""
    words = packaged("scaffold/cms.yml")
    body = {"name": "body", "label": words["body"], "widget": "richtext", "required": True}
    fields = {field.name: _field(field, words) for field in FRONT_MATTER}
    return {
        "backend": dict(backend),
        "media_folder": "content/images",
        "public_folder": "/images",
        "output": {"yaml": {"quote": "double"}, "omit_empty_optional_fields": True},
        "collections": [
            {
                **_collection("articles", ARTICLES, words),
                "slug": "{{year}}-{{month}}-{{day}}-{{slug}}",
                "fields": [*fields.values(), body],
            },
            {
                **_collection("pages", PAGES, words),
                "slug": "{{slug}}",
                "fields": [*(fields[name] for name in _IN_PAGES), body],
            },
        ],
    }


def _collection(name: str, folder: str, words: Mapping[str, Any]) -> dict[str, Any]:
    label = words["collections"][name]
    return {
        "name": name,
        "label": label,
        "folder": folder,
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
    }


def _field(field: Field, words: Mapping[str, Any]) -> dict[str, Any]:
    label, message = words["fields"][field.name], words["patterns"]
    common = {"name": field.name, "label": label, "required": field.required}
    text = {"widget": "string", "maxlength": MAX_TEXT}
    day = {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if field.type == "date":
        return {**common, **day}
    if field.type == "flag":
        return {**common, "widget": "boolean", "default": False}
    if field.type == "path":
        return {**common, "widget": "image"}
    if field.type == "texts":
        return {**common, "widget": "list"}
    if field.type == "paths":
        one = {
            "name": "path",
            "label": label,
            "widget": "string",
            "pattern": [f"^{ALIAS}$", message["paths"]],
        }
        return {**common, "widget": "list", "field": one}
    if field.type == "corrections":
        date = {"name": "date", "label": words["fields"]["date"], "required": True, **day}
        said = {"name": "text", "label": words["correction"], "required": True, **text}
        return {**common, "widget": "list", "fields": [date, said]}
    if field.type in _PATTERNS:
        return {**common, **text, "pattern": [f"^{_PATTERNS[field.type]}$", message[field.type]]}
    return {**common, **text}


def _yaml(value: dict[str, Any]) -> str:
    apart = json.loads(json.dumps(value))  # a field that stands in two collections is written out in both
    return str(yaml.safe_dump(apart, allow_unicode=True, sort_keys=False, width=1000))
