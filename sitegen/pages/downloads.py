"""What readers can take away under data/: tables as CSV, all records as JSON, and the data package that
describes them.

A CSV of a chart holds the exact numbers behind its printed ones, and in its last two columns, for each row,
the claims that it stands on and the working of what was derived.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sitegen.pages.base import Cell, Chart, Site, title_of
from sitegen.pages.findings import findings
from sitegen.tables import Field, csv_bytes, csv_text, dictionary

FOLDER = "data"
RECORDS = f"{FOLDER}/facts.json"
PACKAGE = f"{FOLDER}/datapackage.json"
_LICENCE_NAME = re.compile(r"[A-Za-z0-9.-]+")
_ENCODING = "utf-8-sig"
_JOIN = "; "

_ARTICLES = (
    Field("id", "string", "stable id of the article; it stands at /articles/ID/", required=True),
    Field("title", "string", "headline, or the first words of a text without one", required=True),
    Field("authors", "string", f"reporters named in the byline, joined by {_JOIN!r}"),
    Field("date", "date", "day of the article, empty where it is not known"),
    Field("source", "string", "file that it was read from", required=True),
    Field("line", "integer", "line of its headline in that file, from 1; 0 where there is none"),
    Field("paragraphs", "integer", "how many paragraphs it has", required=True),
    Field("claims", "integer", "how many numbers are marked in it", required=True),
)
_CHECKS = (
    Field("verdict", "string", "agrees, differs, implausible, cannot tell", required=True),
    Field("code", "string", "short name of the check", required=True),
    Field("message", "string", "what was found"),
    Field("working", "string", "the arithmetic"),
    Field("claims", "string", f"ids of the claims that were compared, joined by {_JOIN!r}"),
    Field("source", "string", "file in which the first of them is printed", required=True),
    Field("line", "integer", "line in that file, from 1"),
)


@dataclass(frozen=True, slots=True)
class Resource:
    """A CSV file of the package. schema: its fields as Frictionless lists them; rows: how many it has."""

    name: str
    title: str
    path: str
    schema: tuple[dict[str, Any], ...]
    rows: int


def resources(site: Site) -> tuple[Resource, ...]:
    """The tables that the site offers, without the charts' own."""
    tables = [
        Resource(table.name, table.title, f"{FOLDER}/{table.name}.csv", tuple(dictionary(table)), len(table))
        for table in (site.tables.published if site.tables else ())
    ]
    articles = Resource("articles", "报道", f"{FOLDER}/articles.csv", _schema(_ARTICLES), len(site.facts))
    checks = Resource("checks", "核查", f"{FOLDER}/checks.csv", _schema(_CHECKS), _findings(site))
    return (articles, *tables, checks)


def _findings(site: Site) -> int:
    return sum(warning.verdict is not None for facts in site.facts for warning in facts.warnings)


def data_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """All files under data/ as (path in the site, content)."""
    files = {
        f"{FOLDER}/{table.name}.csv": csv_bytes(table)
        for table in (site.tables.published if site.tables else ())
    }
    files[f"{FOLDER}/articles.csv"] = _csv(_ARTICLES, _article_rows(site))
    files[f"{FOLDER}/checks.csv"] = _csv(_CHECKS, _check_rows(site))
    charts = {chart_file(chart): _chart_csv(chart) for chart in site.charts}
    yield from files.items()
    yield from charts.items()
    yield RECORDS, _lines(site.records())
    yield PACKAGE, _json(_package(site, {**files, **charts}))


def described(site: Site) -> list[tuple[str, str, str, tuple[dict[str, Any], ...]]]:
    """Every CSV file as (name, title, path in the site, fields)."""
    found = [(r.name, r.title, r.path, r.schema) for r in resources(site)]
    found += [(f"chart-{c.id}".lower(), c.title, chart_file(c), _chart_schema(c)) for c in site.charts]
    return found


def chart_file(chart: Chart) -> str:
    """Path in the site of a chart's CSV."""
    return f"{FOLDER}/charts/{chart.id}.csv"


def _article_rows(site: Site) -> Iterator[list[str]]:
    for facts in site.facts:
        article = facts.article
        yield [
            article.id, title_of(article), _JOIN.join(article.authors), article.date or "", article.source,
            str(article.title_line), str(len(article.paragraphs)), str(len(facts.claims)),
        ]  # fmt: skip


def _check_rows(site: Site) -> Iterator[list[str]]:
    for finding in findings(site):
        warning = finding.warning
        yield [
            finding.verdict, warning.code, warning.message, warning.working or "", _JOIN.join(finding.ids),
            warning.source, str(warning.line),
        ]  # fmt: skip


def _chart_csv(chart: Chart) -> bytes:
    numeric = [_is_number(chart, index) for index in range(len(chart.columns))]
    header = [column.key for column in chart.columns] + ["claims", "working"]
    rows = ([*_values(row, numeric), *_sources(row)] for row in chart.rows)
    return csv_text(header, rows, [*numeric, False, False]).encode(_ENCODING)


def _is_number(chart: Chart, index: int) -> bool:
    cells = [row[index] for row in chart.rows]
    return chart.columns[index].numeric and all(cell.exact is not None or not cell.text for cell in cells)


def _values(row: Sequence[Cell], numeric: Sequence[bool]) -> list[str]:
    return [(cell.exact or "") if number else cell.text for cell, number in zip(row, numeric, strict=True)]


def _sources(row: Sequence[Cell]) -> tuple[str, str]:
    claims = dict.fromkeys(claim for cell in row for claim in cell.claims)
    return _JOIN.join(claims), _JOIN.join(cell.derived for cell in row if cell.derived)


def _chart_schema(chart: Chart) -> tuple[dict[str, Any], ...]:
    fields = []
    for index, column in enumerate(chart.columns):
        kind = "number" if _is_number(chart, index) else "string"
        field: dict[str, Any] = {"name": column.key, "type": kind, "title": column.label}
        fields.append({**field, "unit": column.unit} if column.unit else field)
    claims = {
        "name": "claims",
        "type": "string",
        "description": f"ids of the claims behind the row, joined by {_JOIN!r}",
    }
    working = {
        "name": "working",
        "type": "string",
        "description": "how the row's derived numbers were worked out",
    }
    return (*fields, claims, working)


def _schema(fields: Sequence[Field]) -> tuple[dict[str, Any], ...]:
    entries = []
    for field in fields:
        entry: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.doc}
        entries.append({**entry, "constraints": {"required": True}} if field.required else entry)
    return tuple(entries)


def _csv(fields: Sequence[Field], rows: Iterator[list[str]]) -> bytes:
    numeric = [field.type in ("integer", "number") for field in fields]
    return csv_text([field.name for field in fields], rows, numeric).encode(_ENCODING)


def _package(site: Site, files: dict[str, bytes]) -> dict[str, Any]:
    config = site.config
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "sitegen",
        "title": config.title,
        "description": config.description or config.subtitle or config.title,
    }
    if config.base_url:
        package["homepage"] = config.base_url
    if config.author:
        package["contributors"] = [{"title": config.author, "role": "publisher"}]
    if _LICENCE_NAME.fullmatch(config.licence):
        package["licenses"] = [{"name": config.licence}]
    package["sources"] = [{"title": name} for name in dict.fromkeys(f.article.source for f in site.facts)]
    package["resources"] = [
        {
            "profile": "tabular-data-resource",
            "name": name,
            "title": title,
            "path": path.removeprefix(f"{FOLDER}/"),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": _ENCODING,
            "bytes": len(files[path]),
            "hash": "sha256:" + hashlib.sha256(files[path]).hexdigest(),
            "schema": {"fields": list(schema), "missingValues": [""]},
        }
        for name, title, path, schema in described(site)
    ]
    if not package["sources"]:
        del package["sources"]
    return package


def _lines(records: Mapping[str, Any]) -> bytes:
    """JSON with a record on each line, so that two editions can be compared by line."""
    groups = (
        f"{json.dumps(name)}: [\n"
        + ",\n".join(json.dumps(each, ensure_ascii=False) for each in group)
        + "\n]"
        for name, group in records.items()
    )
    return ("{\n" + ",\n".join(groups) + "\n}\n").encode("utf-8")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
