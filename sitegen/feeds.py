"""The site for machines that follow it: an Atom feed with full texts, a sitemap, robots.txt.

No clock is read here.
"""

# ruff: noqa: D102 - the properties of a protocol are described by the records that fulfil it
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from sitegen.config import Config
from sitegen.model import Article, Facts
from sitegen.text import CITE

FEED = "feed.xml"
CORRECTIONS = "corrections.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
ENTRIES = 50
OWN = 20  # of a place's or an industry's feed
_UNDATED = "1970-01-01"
_DRAWN = re.compile(r'<figure data-chart="(\d+)"></figure>')
_CLAIM = re.compile(r'(<a [^<>]*?\bhref=")claim:([^"<>]+)-([0-9a-f]+)(?=")')
_ROOTED = re.compile(r'(\s(?:href|src)=")/(?!/)')
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


class Page(Protocol):
    """What the sitemap needs of a page."""

    @property
    def path(self) -> str: ...
    @property
    def lastmod(self) -> str | None: ...
    @property
    def listed(self) -> bool: ...
    @property
    def followed(self) -> Sequence[str]: ...
    @property
    def context(self) -> Mapping[str, object]: ...


def feed_files(config: Config, facts: Sequence[Facts], pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    """The files as (path in the site, content); without a base_url their addresses are relative.

    A page that has a feed of its own (a place, an industry) names its articles.
    """
    yield FEED, feed(config, facts).encode("utf-8")
    if any(each.article.meta.corrections for each in facts):
        yield CORRECTIONS, corrections_feed(config, facts).encode("utf-8")
    by_id = {each.article.id: each for each in facts}
    for page in pages:
        if page.followed:
            own = [by_id[article] for article in page.followed]
            folder = page.path.removesuffix("index.html")
            yield folder + FEED, feed(config, own, str(page.context["heading"]), folder).encode("utf-8")
    yield SITEMAP, sitemap(config, pages).encode("utf-8")
    yield ROBOTS, robots(config).encode("utf-8")


def feed(config: Config, facts: Sequence[Facts], about: str = "", folder: str = "") -> str:
    """Atom feed of the newest articles with their full texts. about, folder: of a feed that is not the whole site's.

    An entry's id depends on the article alone, so that it stays when the site moves. An article without a
    date carries the day of its neighbour in the same source, else the oldest day there is.
    """
    days: dict[str, str] = {}  # source → the newest day of its articles
    for article in (each.article for each in facts):
        if article.date:
            days[article.source] = max(article.date, days.get(article.source, ""))
    dated = sorted(
        ((each.article.date or days.get(each.article.source, _UNDATED), each.article) for each in facts),
        key=lambda pair: pair[0],
        reverse=True,
    )
    newest = dated[0][0] if dated else _UNDATED
    title = f"{config.title} · {about}" if about else config.title
    up = "../" * folder.count("/")
    parts = [
        _HEAD,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(config.language)}>\n',
        f"<title>{escape(title)}</title>\n",
        f"<subtitle>{escape(config.description or config.subtitle)}</subtitle>\n"
        if config.description or config.subtitle
        else "",
        f"<id>{_urn(title)}</id>\n",
        f"<updated>{_moment(newest, config)}</updated>\n",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(_address(config, folder + FEED))}/>\n',
        f'<link rel="alternate" type="text/html" href={quoteattr(_address(config, folder + "index.html"))}/>\n',
        f"<author><name>{escape(config.author or config.title)}</name></author>\n",
        f"<rights>{escape(config.licence)}</rights>\n" if config.licence else "",
        *(_entry(config, article, date, up) for date, article in dated[: OWN if about else ENTRIES]),
        "</feed>\n",
    ]
    return "".join(parts)


def corrections_feed(config: Config, facts: Sequence[Facts]) -> str:
    """Atom feed of all corrections, newest first; an entry's id depends on the article, the day and the words alone."""
    found = [(day, words, each.article) for each in facts for day, words in each.article.meta.corrections]
    found.sort(key=lambda each: each[0], reverse=True)
    page = _address(config, "corrections/index.html")
    parts = [
        _HEAD,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(config.language)}>\n',
        f"<title>{escape(config.title)}</title>\n<id>{_urn(config.title + ' corrections')}</id>\n",
        f"<updated>{_moment(found[0][0], config)}</updated>\n",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(config.base_url + CORRECTIONS)}/>\n',
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>\n',
        f"<author><name>{escape(config.author or config.title)}</name></author>\n",
        *(_correction(config, day, words, article) for day, words, article in found),
        "</feed>\n",
    ]
    return "".join(parts)


def _correction(config: Config, day: str, words: str, article: Article) -> str:
    link = quoteattr(_address(config, f"articles/{article.address}/index.html"))
    return (
        f"<entry>\n<title>{escape(article.title or article.source)}</title>\n"
        f"<id>{_urn(f'{article.id} {day} {words}')}</id>\n"
        f'<link rel="alternate" type="text/html" href={link}/>\n'
        f"<updated>{_moment(day, config)}</updated>\n<summary>{escape(words)}</summary>\n</entry>\n"
    )


def sitemap(config: Config, pages: Sequence[Page]) -> str:
    """Sitemap of the listed pages, each with the day on which what it shows last changed, where that is
    known.
    """
    lines = [
        f"<url><loc>{escape(_address(config, page.path))}</loc>"
        + (f"<lastmod>{page.lastmod}</lastmod>" if page.lastmod else "")
        + "</url>\n"
        for page in pages
        if page.listed
    ]
    return (
        _HEAD
        + '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "".join(lines)
        + "</urlset>\n"
    )


def robots(config: Config) -> str:
    """Everything may be read; where the sitemap is, once the site's address is known."""
    where = f"Sitemap: {config.base_url}{SITEMAP}\n" if config.base_url else ""
    return "User-agent: *\nAllow: /\n" + where


def _entry(config: Config, article: Article, date: str, up: str) -> str:
    path = f"articles/{article.address}/index.html"
    title = article.title or (article.paragraphs[0].text[:24] if article.paragraphs else article.source)
    authors = "".join(f"<author><name>{escape(name)}</name></author>\n" for name in article.authors)
    summary = f"<summary>{escape(article.meta.summary)}</summary>\n" if article.meta.summary else ""
    return (
        f"<entry>\n<title>{escape(title)}</title>\n<id>{_urn(article.id)}</id>\n"
        f'<link rel="alternate" type="text/html" href={quoteattr(_address(config, path, up))}/>\n'
        f"<published>{_moment(date, config)}</published>\n"
        f"<updated>{_moment(_changed(article, date), config)}</updated>\n"
        f'{authors}{summary}<content type="html">{escape(_absolute(_text(article), config))}</content>\n</entry>\n'
    )


def _absolute(html: str, config: Config) -> str:
    """The HTML with links and pictures that hold wherever the feed is read, once the site's address is known."""
    return _ROOTED.sub(lambda match: match[1] + config.base_url, html) if config.base_url else html


def _text(article: Article) -> str:
    """The article as HTML: its picture, subheads and captions where they stood."""
    if article.html is not None:
        picture, alt = article.meta.image, article.meta.image_alt or ""
        head = f"<p><img src={quoteattr(picture)} alt={quoteattr(alt)}></p>\n" if picture else ""
        html = _DRAWN.sub(lambda match: _titled(article, int(match[1])), article.html)
        return head + _CLAIM.sub(r"\1/articles/\2/#c-\3", html)
    notes = [(n.before, n.line, "h2", n.text) for n in article.subheads]
    notes += [(n.before, n.line, "figcaption", n.text) for n in article.captions]
    parts: list[str] = []
    for index in range(len(article.paragraphs) + 1):
        for before, _, tag, text in sorted(notes):
            if before == index:
                inner = f"<{tag}>{escape(text)}</{tag}>"
                parts.append(f"<figure>{inner}</figure>" if tag == "figcaption" else inner)
        if index < len(article.paragraphs):
            parts.append(f"<p>{escape(article.paragraphs[index].text)}</p>")
    return "\n".join(parts)


def _titled(article: Article, chart: int) -> str:
    """A chart in a feed: its title, which leads to where it is drawn."""
    if chart >= len(article.charts):
        return ""
    title = CITE.sub("", article.charts[chart].title)
    return f'<p><a href="/articles/{quote(article.address)}/">{escape(title)}</a></p>'


def _changed(article: Article, date: str) -> str:
    return max([date, *(day for day, _ in article.meta.corrections)])


def _moment(date: str, config: Config) -> str:
    return datetime.fromisoformat(date).replace(tzinfo=ZoneInfo(config.timezone)).isoformat()


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"sitegen:{name}").urn


def _address(config: Config, path: str, up: str = "") -> str:
    """A page's address; up: the way from the feed to the root, for a site that does not know where it stands."""
    if not config.base_url:
        return up + quote(path)
    return config.base_url + quote(path.removesuffix("index.html"))
