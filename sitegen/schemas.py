"""JSON Schemas of the files that people write or read: made from the declarations that the program itself
checks with.
"""

from typing import Any, get_args

from sitegen.config import config_schema
from sitegen.corrections import KEYS as CORRECTION
from sitegen.corrections import REQUIRED as CORRECTION_REQUIRED
from sitegen.findings import PRINTED, Severity
from sitegen.loaders.charts import ID as CHART_ID
from sitegen.loaders.charts import KEYS as CHART_KEYS
from sitegen.loaders.front_matter import (
    ADDRESS,
    ALIAS,
    CORRECTION_KEYS,
    FRONT_MATTER,
    MAX_TEXT,
    PICTURE,
    SLUG,
    SYNONYMS,
)
from sitegen.model import CHART_TYPES, Bound, Kind, Review, Stage, Status, Verdict
from sitegen.problems import Level
from sitegen.reviews import CHOICES, FIELDS, KEYS, NUMBERS, VERDICTS
from sitegen.site_words import lexicon_schema

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: dict[str, Any] = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_DECIMAL = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}


def schemas() -> dict[str, dict[str, Any]]:
    """Name → schema of front matter, chart blocks, site.yml, facts, reviews, corrections and words, and of what `--format json` prints."""
    return {
        "front_matter": _front_matter_schema(),
        "chart": _chart_schema(),
        "site": config_schema(),
        "facts": _facts_schema(),
        "reviews": _reviews_schema(),
        "corrections": _corrections_schema(),
        "lexicon": {"$schema": _DRAFT, **lexicon_schema()},
        "findings": _findings_schema(),
        "problems": _problems_schema(),
    }


def _one_or_many(item: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [item, {"type": "array", "items": item}]}


_DAY: dict[str, Any] = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_FIELD_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1, "maxLength": MAX_TEXT},
    "date": _DAY,
    "texts": _one_or_many(_TEXT),
    "flag": {"type": "boolean"},
    "address": {"type": "string", "pattern": f"^{ADDRESS}$"},
    "slug": {"type": "string", "pattern": f"^{SLUG}$"},
    "path": {"type": "string", "pattern": f"^{PICTURE}$"},
    "paths": _one_or_many({"type": "string", "pattern": f"^{ALIAS}$"}),
    "corrections": {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": list(CORRECTION_KEYS),
            "properties": {"date": _DAY, "text": _TEXT},
        },
    },
}


def _front_matter_schema() -> dict[str, Any]:
    properties = {each.name: {"description": each.doc, **_FIELD_TYPES[each.type]} for each in FRONT_MATTER}
    properties |= {
        other: {**properties[name], "description": f"The same as {name}."} for other, name in SYNONYMS.items()
    }
    required = [each.name for each in FRONT_MATTER if each.required]
    return {
        "$schema": _DRAFT,
        "title": "sitegen: front matter of an article",
        **_object(required, **properties),
    }


def _chart_schema() -> dict[str, Any]:
    scalar = {"type": ["string", "number", "null"]}
    types: dict[str, dict[str, Any]] = {
        "type": {"enum": list(CHART_TYPES)},
        "where": {"type": "object", "minProperties": 1, "additionalProperties": _one_or_many(scalar)},
        "top": {"type": "integer", "minimum": 1, "maximum": 999},
        "id": {"type": "string", "pattern": CHART_ID},
    }
    text = {"type": ["string", "number"]}
    properties = {each.name: {"description": each.doc, **types.get(each.name, text)} for each in CHART_KEYS}
    required = [each.name for each in CHART_KEYS if each.required]
    return {"$schema": _DRAFT, "title": "sitegen: a chart block in a text", **_object(required, **properties)}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _one_of(literal: Any) -> dict[str, Any]:
    return {"enum": list(get_args(literal))}


def _facts_schema() -> dict[str, Any]:
    at = _object(["paragraph", "line"], paragraph=_COUNT, line=_COUNT)
    spot = _object(
        ["paragraph", "start", "end", "line"], paragraph=_COUNT, start=_COUNT, end=_COUNT, line=_COUNT
    )
    lines = {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}
    note = _object(["line", "before", "text"], line=_COUNT, before=_COUNT, text=_TEXT)
    text_fields = dict.fromkeys(
        ("unit", "per", "label", "of", "place", "industry", "period", "subject", "speaker"), _TEXT
    )
    claim = _object(
        ["id", "raw", "value", "kind", "label", "quote", "at"],
        id=_TEXT,
        raw=_TEXT,
        value=_DECIMAL,
        value_max=_DECIMAL,
        **text_fields,
        bound=_one_of(Bound),
        status=_one_of(Status),
        kind=_one_of(Kind),
        review=_one_of(Review),
        quote=_TEXT,
        at=spot,
    )
    project = _object(
        ["id", "name", "quote", "at"],
        id=_TEXT,
        name=_TEXT,
        companies=_list(_TEXT),
        place=_TEXT,
        industry=_TEXT,
        stage=_one_of(Stage),
        investment=_TEXT,
        claims=_list(_TEXT),
        quote=_TEXT,
        at=at,
    )
    quotes = _list(_object(["paragraph", "text"], paragraph=_COUNT, text=_TEXT))
    person = _object(["name", "at"], name=_TEXT, title=_TEXT, organisation=_TEXT, at=at, quotes=quotes)
    pair = _object(["place", "industry"], place=_TEXT, industry=_TEXT, paragraph=_COUNT, line=_COUNT)
    warning = _object(
        ["code", "message", "line"],
        code=_TEXT,
        message=_TEXT,
        line=_COUNT,
        source=_TEXT,
        claim=_TEXT,
        article=_TEXT,
        verdict=_one_of(Verdict),
        working=_TEXT,
        claims=_list(_TEXT),
    )
    maybe = {"type": ["string", "null"]}
    whole = _object(
        ["article", "source", "title", "authors", "date"],
        article=_TEXT,
        source=_TEXT,
        title=maybe,
        kicker=_TEXT,
        authors=_list(_TEXT),
        date=maybe,
        paragraphs=_list(_object(["lines", "starts"], lines=lines, starts=_TEXT)),
        subheads=_list(note),
        captions=_list(note),
        furniture=_list(note),
        claims=_list(claim),
        projects=_list(project),
        place_industries=_list(pair),
        people=_list(person),
        warnings=_list(warning),
    )
    return {"$schema": _DRAFT, "title": "sitegen: facts of an article, made by `sitegen extract`", **whole}


def _reviews_schema() -> dict[str, Any]:
    fields: dict[str, Any] = {name: {"type": ["string", "null"]} for name in FIELDS}
    fields |= {name: {"type": ["string", "number", "null"]} for name in NUMBERS}
    fields |= {name: {"enum": list(choices)} for name, choices in CHOICES.items()}
    known: dict[str, Any] = dict.fromkeys(KEYS, _TEXT)
    known |= {"verdict": {"enum": list(VERDICTS)}, "when": {"type": "string", "format": "date"}}
    entry = _object(["verdict", "who", "when"], **{**known, "fields": _object([], **fields)})
    return {
        "$schema": _DRAFT,
        "title": "sitegen: verdicts of editors by claim id, content/reviews/*.yml",
        "type": "object",
        "additionalProperties": entry,
    }


def _corrections_schema() -> dict[str, Any]:
    text = {"type": "string", "pattern": r"\S"}
    fields: dict[str, Any] = {**dict.fromkeys(CORRECTION, text), "date": _DAY}
    whole = _list(_object(list(CORRECTION_REQUIRED), **fields))
    return {"$schema": _DRAFT, "title": "sitegen: what was published wrong, content/corrections.yml", **whole}


def _findings_schema() -> dict[str, Any]:
    maybe = {"type": ["string", "null"]}
    fields = {
        "code": {"type": "string", "pattern": "^C-[A-Z]+$"}, "verdict": _one_of(Verdict),
        "severity": _one_of(Severity), "message": _TEXT, "working": maybe, "claims": _list(_TEXT), "source": _TEXT,
        "line": _COUNT, "suggestion": maybe,
    }  # fmt: skip
    whole = _object(["findings"], findings=_list(_object(list(PRINTED), **fields)))
    return {"$schema": _DRAFT, "title": "sitegen: what check --format json prints of numbers", **whole}


def _problems_schema() -> dict[str, Any]:
    code = {"type": "string", "pattern": "^[EW]-[A-Z0-9-]+$"}
    fields = {"file": _TEXT, "line": _COUNT, "col": _COUNT, "code": code, "message": _TEXT, "fix": _TEXT}
    problem = _object([*fields, "level"], **fields, level=_one_of(Level))
    whole = _object(["problems"], problems=_list(problem))
    return {"$schema": _DRAFT, "title": "sitegen: what build and check --format json print", **whole}
