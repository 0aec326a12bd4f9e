"""What a page says of itself to machines: JSON-LD in the words of schema.org, every address in it one of the site.

Addresses are absolute where the site's own is known, else relative to the page.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from sitegen.model import Article
from sitegen.pages.archive import ARCHIVE
from sitegen.pages.base import Chart, PageSpec, Site, article_url, changed, title_of
from sitegen.pages.downloads import PACKAGE, RECORDS, chart_file, resources

Node = dict[str, Any]
_TYPES = {
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "zip": "application/zip",
}


def with_structure(site: Site, spec: PageSpec) -> Node | None:
    """The JSON-LD of a page, None for one that has nothing to say."""
    link = _Links(site.config.base_url, spec.path)
    context: Mapping[str, Any] = spec.context
    if spec.template == "article.html":
        return _filled(_article(site, context["article"], spec, link))
    if spec.template == "chart.html":
        return _filled(_chart(site, context["chart"], spec, link))
    if spec.template == "data.html":
        return _filled(_data(site, spec, link))
    if spec.template == "home.html":
        return _filled(_home(site, link))
    return None


def said_of(site: Site) -> tuple[object, ...]:
    """What the JSON-LD of an article says besides what stands in its page's context."""
    config = site.config
    return config.base_url, config.author, config.title, config.licence


class _Links:
    """Addresses as a page writes them."""

    def __init__(self, base_url: str, path: str) -> None:
        self.base_url, self.up = base_url, "../" * path.count("/")

    def __call__(self, path: str) -> str:
        path = path.lstrip("/")
        if self.base_url:
            return self.base_url + quote(path.removesuffix("index.html"))
        return self.up + quote(path + "index.html" if path.endswith("/") or not path else path)


def _article(site: Site, article: Article, spec: PageSpec, link: _Links) -> Node:
    context: Mapping[str, Any] = spec.context
    source = context["source"]
    picture: str | None = context["picture"]
    issue = {
        "@type": "PublicationIssue",
        "datePublished": source.date,
        "isPartOf": {"@type": "Newspaper", "name": source.paper},
        "url": source.url,
    } if source and source.paper else None  # fmt: skip
    return {
        "@type": "NewsArticle",
        "mainEntityOfPage": link(spec.path),
        "url": link(spec.path),
        "headline": title_of(article),
        "description": article.meta.summary,
        "keywords": list(article.meta.tags),
        "inLanguage": "zh-CN",
        "datePublished": article.date,
        "dateModified": changed(article),
        "author": [{"@type": "Person", "name": name} for name in article.authors] or _publisher(site),
        "publisher": _publisher(site),
        "image": [link(picture)] if picture else None,
        "isPartOf": issue,
        "isBasedOn": article.meta.source_url or (source.url if source else None),
        "correction": [
            {"@type": "CorrectionComment", "datePublished": day, "text": words}
            for day, words in article.meta.corrections
        ],
        "about": [
            {"@type": "Place", "name": name, "url": link(f"places/{name}/")} for name in context["places"]
        ],
        "license": site.config.licence,
    }


def _chart(site: Site, chart: Chart, spec: PageSpec, link: _Links) -> Node:
    pictures = (f"data/charts/{chart.id}.svg", f"share/{chart.id}.png")
    there = [chart_file(chart), *(path for path in pictures if path in site.pictures)]
    return {
        "@type": "Dataset",
        "name": chart.title,
        "description": _long("".join(cell.text for cell in chart.summary), chart.note),
        "url": link(spec.path),
        "inLanguage": "zh-CN",
        "dateModified": spec.lastmod,
        "creator": _publisher(site),
        "license": site.config.licence,
        "isAccessibleForFree": True,
        "variableMeasured": [column.label for column in chart.columns if column.numeric],
        "image": [link(picture)] if (picture := site.share(chart.id)) else None,
        "distribution": [_download(path, link) for path in there],
        "isBasedOn": [link(article_url(each)) for each in _behind(site, chart)],
        "isPartOf": {"@type": "Dataset", "name": site.config.title, "url": link("data/")},
    }


def _data(site: Site, spec: PageSpec, link: _Links) -> Node:
    paths = [each.path for each in resources(site)] + [RECORDS, PACKAGE, ARCHIVE]
    return {
        "@type": "Dataset",
        "name": site.config.title,
        "description": _long(site.config.description, site.config.subtitle, site.config.title),
        "url": link(spec.path),
        "inLanguage": "zh-CN",
        "dateModified": spec.lastmod,
        "creator": _publisher(site),
        "license": site.config.licence,
        "isAccessibleForFree": True,
        "distribution": [_download(path, link) for path in paths],
        "isBasedOn": [link(article_url(facts.article)) for facts in site.facts[:100]],
    }


def _home(site: Site, link: _Links) -> Node:
    return {
        "@type": "WebSite",
        "name": site.config.title,
        "description": site.config.description or site.config.subtitle,
        "url": link("index.html"),
        "inLanguage": site.config.language,
        "publisher": _publisher(site),
        "potentialAction": {
            "@type": "SearchAction",
            "target": link("search/") + "?q={words}",
            "query-input": "required name=words",
        },
    }


def _behind(site: Site, chart: Chart) -> Iterable[Article]:
    """The articles that a chart stands on, each once: those that print its numbers, or where it has none, those that
    say which place has which industry.
    """
    ids = dict.fromkeys(site.claims[claim].article for claim in chart.sources if claim in site.claims)
    if not ids:
        ids = dict.fromkeys(facts.article.id for facts in site.facts if facts.place_industries)
    return (site.articles[article].article for article in ids)


def _download(path: str, link: _Links) -> Node:
    return {
        "@type": "DataDownload",
        "encodingFormat": _TYPES[path.rpartition(".")[2]],
        "contentUrl": link(path),
    }


def _publisher(site: Site) -> Node:
    return {"@type": "Organization", "name": site.config.author or site.config.title}


def _long(*texts: str) -> str:
    """Texts in one; data sets are asked for at least fifty characters."""
    return " ".join(filter(None, texts))


def _filled(node: Node) -> Node:
    """The node, named as one of schema.org, without what is empty."""
    return {"@context": "https://schema.org", **_full(node)}


def _full(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _full(each) for key, each in value.items() if each not in (None, "", [], {})}
    return [_full(each) for each in value] if isinstance(value, list) else value
