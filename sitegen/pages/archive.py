"""The data described for the web (CSVW), packed into one file to take away, and listed for language models (llms.txt)."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from sitegen.pages.base import Site, article_url, title_of
from sitegen.pages.downloads import FOLDER, PACKAGE, RECORDS, described

CSVW = f"{FOLDER}/csv-metadata.json"
ARCHIVE = f"{FOLDER}/data.zip"
LLMS = "llms.txt"
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can name; no clock is read
_LISTED = 200
_LICENCE = re.compile(r"CC-(?P<kind>BY(?:-NC)?(?:-SA|-ND)?)-(?P<version>\d\.\d)")


class Words(Protocol):
    """The words of the interface by key."""

    def __call__(self, key: str, **values: object) -> str:
        """The words under a key, with {name} replaced."""


def described_files(site: Site, files: Mapping[str, bytes], words: Words) -> Iterator[tuple[str, bytes]]:
    """What stands beside the tables, as (path in the site, content). files: those of the site so far."""
    metadata = csvw(site)
    yield CSVW, metadata
    yield archive(site, {**files, CSVW: metadata}, words)
    yield LLMS, llms(site, words)


def csvw(site: Site) -> bytes:
    """The tables as CSV on the Web describes them: a group of tables with their columns."""
    tables = [
        {
            "url": path.removeprefix(f"{FOLDER}/"),
            "dc:title": title,
            "tableSchema": {"columns": [_column(field) for field in fields]},
        }
        for _, title, path, fields in described(site)
    ]
    group: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": site.config.title,
        "dialect": {"encoding": "utf-8", "header": True},
        "tables": tables,
    }
    if address := licence_address(site.config.licence):
        group["dc:license"] = {"@id": address}
    return (json.dumps(group, ensure_ascii=False, indent=1) + "\n").encode()


def _column(field: Mapping[str, Any]) -> dict[str, Any]:
    column = {"name": field["name"], "titles": [field["name"]], "datatype": field["type"]}
    if says := field.get("description") or field.get("title"):
        column["dc:description"] = says
    if field.get("unit"):
        column["schema:unitText"] = field["unit"]
    if field.get("constraints", {}).get("required"):
        column["required"] = True
    return column


def licence_address(licence: str) -> str | None:
    """Where the text of a licence stands, for those of Creative Commons."""
    match = _LICENCE.fullmatch(licence)
    return (
        f"https://creativecommons.org/licenses/{match['kind'].lower()}/{match['version']}/" if match else None
    )


def archive(site: Site, files: Mapping[str, bytes], words: Words) -> tuple[str, bytes]:
    """All of data/ in one zip file, with README and LICENCE. files: those of the site, of which it takes what it needs."""
    taken = {
        path.removeprefix(f"{FOLDER}/"): data
        for path, data in files.items()
        if path.startswith(f"{FOLDER}/") and path.endswith((".csv", ".json"))
    }
    taken["README.md"] = _readme(site, words).encode()
    taken["LICENCE.txt"] = _licence(site, words).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in sorted(taken):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, taken[name])
    return ARCHIVE, out.getvalue()


def _readme(site: Site, words: Words) -> str:
    tables = "\n".join(
        f"- `{path.removeprefix(f'{FOLDER}/')}` {title}" for _, title, path, _ in described(site)
    )
    said = words(
        "archive.readme",
        articles=len(site.facts),
        claims=len(site.claims),
        latest=site.latest or "—",
        records=RECORDS.removeprefix(f"{FOLDER}/"),
        package=PACKAGE.removeprefix(f"{FOLDER}/"),
        csvw=CSVW.removeprefix(f"{FOLDER}/"),
    )
    where = f"\n\n{site.config.base_url}" if site.config.base_url else ""
    return f"# {site.config.title}\n\n{said}{where}\n\n{tables}\n"


def _licence(site: Site, words: Words) -> str:
    config = site.config
    if not config.licence:
        return words("archive.no-licence") + "\n"
    parts = (
        config.licence,
        licence_address(config.licence),
        words("archive.credit", by=config.author or config.title),
    )
    return "\n".join(filter(None, parts)) + "\n"


def llms(site: Site, words: Words) -> bytes:
    """What a language model should read first, as llmstxt.org asks: the site, its data, charts and articles."""
    config = site.config
    lines = [
        f"# {config.title}",
        "",
        f"> {config.description or config.subtitle or config.title}",
        "",
        words("llms.how"),
    ]
    for name, links in _sections(site, words):
        lines += ["", f"## {name}", ""]
        lines += [
            f"- [{_plain(title)}]({_address(site, path)}){f': {_plain(says)}' if says else ''}"
            for title, path, says in links
        ]
    return ("\n".join(lines) + "\n").encode()


def _sections(site: Site, words: Words) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    yield (
        words("nav.data"),
        [
            ("facts.json", RECORDS, words("data.records")),
            ("datapackage.json", PACKAGE, words("data.package")),
            ("csv-metadata.json", CSVW, words("data.csvw")),
            ("data.zip", ARCHIVE, words("data.archive")),
        ],
    )
    if site.charts:
        yield (
            words("nav.charts"),
            [
                (chart.title, f"charts/{chart.id}/", "".join(cell.text for cell in chart.summary))
                for chart in site.charts
            ],
        )
    if site.facts:
        yield (
            words("nav.articles"),
            [
                (title_of(facts.article), article_url(facts.article).lstrip("/"), facts.article.date or "")
                for facts in site.facts[:_LISTED]
            ],
        )
    if site.prose:
        yield words("llms.more"), [(prose.title, f"{prose.name}/", prose.summary) for prose in site.prose]


def _plain(text: str) -> str:
    return re.sub(r"[\[\]\s]+", " ", text).strip()


def _address(site: Site, path: str) -> str:
    if site.config.base_url:
        return site.config.base_url + quote(path)
    return quote(path + "index.html" if path.endswith("/") else path)
