"""A newspaper page, dumped as text, to its articles: nothing but the page itself says where one ends."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sitegen.loaders import dates
from sitegen.loaders.banner import without_banner
from sitegen.loaders.base import Page
from sitegen.loaders.draft import Draft
from sitegen.loaders.encoding import decode
from sitegen.loaders.home import at_home
from sitegen.loaders.ids import with_ids
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import BLANK, Line, indents, read_lines, unwrap, usual_gap
from sitegen.loaders.parts import Part, parts
from sitegen.loaders.resumed import rejoin
from sitegen.loaders.split import Splitter
from sitegen.loaders.stray import without_strays
from sitegen.loaders.unsigned import part_unsigned
from sitegen.loaders.woven import rewoven
from sitegen.model import Article, Warning


def load_page(name: str, data: bytes) -> Page:
    """The articles of a page. Raises SitegenError where the bytes are no text; a page without words is a
    warning.
    """
    text = decode(name, data)
    printed = read_lines(text)
    lines = unwrap(printed)
    if not lines:
        fact = "the page holds no text; delete the file, or save the page again"
        return Page(name, (), (Warning("W-EMPTY", fact, name, 1),))
    found = without_banner(parts(lines))
    return page_of(name, found, [text], lines, usual=usual_gap(lines), indented=indents(printed))


def page_of(
    name: str,
    found: tuple[Part, ...],
    texts: Iterable[str],
    lines: Iterable[Line],
    *,
    usual: int = 0,
    indented: bool = False,
) -> Page:
    """The articles that the parts of a page make. texts: all that must end in them.  usual, indented: see Splitter."""
    drafts = rejoin(Splitter(found, usual, indented=indented).run())
    drafts = rewoven(part_unsigned(without_strays(drafts), {line.number: line for line in lines}))
    articles = with_ids(at_home(_dated(name, drafts)), frozenset({layout().note_title}))
    return Page(name, articles, _warnings(name, articles), residue=_residue("".join(texts), articles))


def _dated(name: str, drafts: list[Draft]) -> list[Article]:
    """The drafts as articles, each with its day and its year; what one does not say, the page around it may."""
    titles = [draft.title() for draft in drafts]
    page_year = _printed_year(drafts) or _latest_year(
        drafts, [" ".join(filter(None, pair)) or None for pair in titles]
    )
    articles = [
        draft.freeze(name, title, kicker, draft.printed_year() or page_year)
        for draft, (title, kicker) in zip(drafts, titles, strict=True)
    ]
    noted = next(
        (
            article.date
            for draft, article in zip(drafts, articles, strict=True)
            if draft.editors and article.date
        ),
        None,
    )
    return [replace(article, date=article.date or noted) for article in articles]


def _latest_year(drafts: list[Draft], titles: list[str | None]) -> int | None:
    """The year that the articles of a page speak of as their own; a dateline is no earlier than what the page
    reports.
    """
    spoken = [pair for draft, title in zip(drafts, titles, strict=True) if (pair := draft.latest(title))]
    if not spoken:
        return None
    year, month = max(spoken)
    months = [
        draft.dateline.month
        for draft in drafts
        if draft.dateline and draft.dateline.month and not draft.dateline.year
    ]
    return year + 1 if months and max(months) < month else year


def _printed_year(drafts: list[Draft]) -> int | None:
    """The year in the page's header: a printed day above its first article."""
    for note in drafts[0].furniture if drafts else ():
        day = dates.printed_day(note.text) if note.before == 0 else None
        if day:
            return int(day[:4])
    return None


def _warnings(name: str, articles: Sequence[Article]) -> tuple[Warning, ...]:
    """Doubts that an editor should look at: a headline without a text."""
    fact = "the headline has no text below it; it may belong to a picture or an advertisement"
    return tuple(
        Warning("W-NO-TEXT", fact, name, article.title_line or 1, article=article.id)
        for article in articles
        if not article.paragraphs
    )


def _residue(text: str, articles: Sequence[Article]) -> str:
    """Characters of the page that ended in no article, or twice; blanks and byte order marks do not count."""
    lost = Counter(text)
    for article in articles:
        notes = (
            *article.headline,
            *article.byline,
            *article.subheads,
            *article.captions,
            *article.furniture,
        )
        kept = [*(note.text for note in notes), *(paragraph.text for paragraph in article.paragraphs)]
        lost.subtract(Counter("".join(kept)))
    return "".join(
        char * abs(count)
        for char, count in sorted(lost.items())
        if count and not (char.isspace() or char in BLANK)
    )
