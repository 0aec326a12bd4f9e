"""A newspaper page, dumped as text, to its articles: nothing but the page itself says where one ends."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sitegen.loaders import bylines as signing
from sitegen.loaders import dates
from sitegen.loaders.base import Page
from sitegen.loaders.encoding import decode
from sitegen.loaders.headlines import join_title, kicker_text, split_kicker
from sitegen.loaders.ids import with_ids
from sitegen.loaders.join import certain, closed, continues, fragment, list_item
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import Line, cut, merge, read_lines, unwrap, usual_gap
from sitegen.loaders.parts import Part, parts
from sitegen.model import Article, Note, Paragraph, Warning
from sitegen.text import fold

_HEADLINE_MAX = 5  # lines above a byline that may belong to the headline


def load_page(name: str, data: bytes) -> Page:
    """The articles of a page. Raises SitegenError where the bytes are no text; a page without words is a warning."""
    text = decode(name, data)
    lines = unwrap(read_lines(text))
    if not lines:
        warning = Warning("W-EMPTY", "the page holds no text; delete the file, or save the page again", name, 1)
        return Page(name, (), (warning,))
    found = parts(lines)
    drafts = _split(found, usual_gap(lines))
    articles = with_ids(_dated(name, drafts), frozenset({layout().note_title}))
    return Page(name, articles, residue=_residue(text, articles))


@dataclass
class _Draft:
    """An article while its page is read."""

    note: bool = False
    kickers: list[Line] = field(default_factory=list)
    headline: list[Line] = field(default_factory=list)
    bylines: list[Line] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    paragraphs: list[Line] = field(default_factory=list)
    subheads: list[Note] = field(default_factory=list)
    captions: list[Note] = field(default_factory=list)
    furniture: list[Note] = field(default_factory=list)
    printed: str | None = None  # ISO day of publication
    dateline: signing.Dateline | None = None
    open: bool = False  # the last paragraph may go on
    over: bool = False  # a line said that the article has ended

    def sign(self, authors: Sequence[str]) -> None:
        self.authors += [author for author in authors if author not in self.authors]

    def mark(self, line: Line) -> Note:
        return Note(line.text, line.number, len(self.paragraphs))


def _split(found: tuple[Part, ...], usual: int) -> list[_Draft]:
    """The page's articles, in order; every part goes into exactly one."""
    heads = _headers(found, usual)
    drafts: list[_Draft] = []
    early: list[Part] = []  # furniture and captions above the first article
    at = 0
    while at < len(found):
        part = found[at]
        current = drafts[-1] if drafts else None
        if part.kind == "note":
            drafts.append(_Draft(note=True, headline=[part.line]))
            at += 1
            continue
        end = heads.get(at) or _loose_header(found, at, current, usual)
        if end is not None:
            draft = _Draft()
            for head in found[at:end]:
                _head_line(draft, head)
            drafts.append(draft)
            at = end
            while at < len(found) and found[at].kind == "byline":
                _sign(drafts, found[at])
                at += 1
            continue
        if current is None and part.kind in ("furniture", "end", "caption"):
            early.append(part)
        elif current is None or (part.kind == "lead" and (current.paragraphs or current.dateline)):
            drafts.append(_Draft())
            _body(drafts[-1], found, at)
        elif part.kind == "byline":
            _byline(drafts, found, at)
        else:
            _body(current, found, at)
        at += 1
    if early and not drafts:
        drafts.append(_Draft())
    for part in early:
        (drafts[0].captions if part.kind == "caption" else drafts[0].furniture).append(Note(part.text, part.line.number))
    return drafts


def _headers(found: tuple[Part, ...], usual: int) -> dict[int, int]:
    """Where headlines begin that a byline or a dateline follows → where they end."""
    heads: dict[int, int] = {}
    floor = 0
    for at, part in enumerate(found):
        if part.kind not in ("byline", "lead"):
            continue
        start = _climb(found, at, floor, usual)
        if start < at and any(found[i].heads for i in range(start, at)):
            heads[start] = at
            floor = at + 1
    return heads


def _climb(found: tuple[Part, ...], at: int, floor: int, usual: int) -> int:
    """The first line of the headline right above a byline or dateline; `at` itself where there is none."""
    start, titled = at, False
    while start > floor and at - start < _HEADLINE_MAX:
        above = found[start - 1]
        below = found[start]
        if above.kind == "furniture" and not titled and dates.printed_day(above.text):
            start -= 1
            continue
        if not above.heads or (titled and below.line.gap > usual + 1):
            break
        if titled and closed(above.text) and above.kind == "short":
            break
        titled = titled or above.kind == "short"
        start -= 1
    while start < at and found[start].kind == "furniture":
        start += 1
    return start


def _loose_header(found: tuple[Part, ...], at: int, current: _Draft | None, usual: int) -> int | None:
    """The end of a headline that begins here though no byline follows it; None where this line is none."""
    part = found[at]
    following = found[at + 1] if at + 1 < len(found) else None
    if not part.heads or following is None:
        return None
    text_next = next((other.text for other in found[at + 1 :] if other.kind not in ("caption", "furniture")), "")
    if part.kind == "short" and fragment(part.text, text_next) and following.kind == "text":
        return None
    begins = (
        current is None
        or current.over
        or (current.note and bool(current.paragraphs) and not current.open and not list_item(part.text))
        or (part.kind == "short" and following.kind == "subtitle" and not current.open)
    )
    if not begins:
        return None
    end = at + 1
    while end < len(found) and found[end].heads and end - at < _HEADLINE_MAX:
        last = end + 1 >= len(found)
        if found[end].kind == "short" and (
            last or closed(found[end - 1].text) or closed(found[end].text) or fragment(found[end].text, found[end + 1].text)
        ):
            break
        if found[end].line.gap > usual + 1:
            break
        end += 1
    return end


def _head_line(draft: _Draft, part: Part) -> None:
    """Takes up one line of a headline."""
    if part.kind in ("furniture", "end"):
        draft.printed = draft.printed or dates.printed_day(part.text)
        draft.furniture.append(Note(part.text, part.line.number))
    elif part.kind == "kicker" and not draft.headline:
        draft.kickers.append(part.line)
    else:
        draft.headline.append(part.line)


def _sign(drafts: list[_Draft], part: Part) -> None:
    drafts[-1].sign(part.authors)
    drafts[-1].bylines.append(part.line)


def _byline(drafts: list[_Draft], found: tuple[Part, ...], at: int) -> None:
    """A byline without a headline right above it: the article's, below an editor's note in its middle, or at its end."""
    current = drafts[-1]
    more = at + 1 < len(found) and found[at + 1].kind == "text"
    if current.note and current.paragraphs and more:
        split = len(drafts) >= 2 and drafts[-2].headline and not drafts[-2].paragraphs
        if split:
            drafts[-1], drafts[-2] = drafts[-2], drafts[-1]
        else:
            drafts.append(_Draft())
    elif current.paragraphs and more and current.bylines:
        drafts.append(_Draft())
    elif current.paragraphs:
        current.over = True
    _sign(drafts, found[at])


def _body(draft: _Draft, found: tuple[Part, ...], at: int) -> None:
    """Takes up a line of an article's body."""
    part = found[at]
    line = part.line
    if part.kind == "caption":
        draft.captions.append(draft.mark(line))
        return
    if part.kind in ("furniture", "end"):
        if not draft.paragraphs and not draft.printed:
            draft.printed = dates.printed_day(line.text)
        draft.furniture.append(draft.mark(line))
        draft.over = draft.over or (part.kind == "end" and bool(draft.paragraphs))
        return
    if part.kind == "lead" and not draft.paragraphs:
        draft.dateline = signing.dateline(line.text)
        if draft.dateline:
            draft.sign(draft.dateline.authors)
    signed = signing.trailing(line.text)
    if signed:
        start, authors = signed
        draft.sign(authors)
        draft.bylines.append(cut(line, start, len(line.text)))
        line = cut(line, 0, start)
        draft.over = True
    if draft.open and _goes_on(draft.paragraphs[-1], part, found, at):
        draft.paragraphs[-1] = merge(draft.paragraphs[-1], line)
    elif _subhead(found, at):
        draft.subheads.append(draft.mark(line))
        draft.open = False
        return
    else:
        draft.paragraphs.append(line)
    draft.open = not closed(line.text)


def _goes_on(left: Line, part: Part, found: tuple[Part, ...], at: int) -> bool:
    """Whether a line goes on with the open paragraph above it."""
    if part.kind in ("text", "lead"):
        return continues(left.text, part.text)
    if not continues(left.text, part.text):
        return False
    return not _subhead(found, at) or certain(left.text, part.text)


def _subhead(found: tuple[Part, ...], at: int) -> bool:
    """Whether a short line is a subhead: it has no full stop, and the text that follows does not go on with it."""
    part = found[at]
    if part.kind not in ("short", "kicker", "subtitle") or closed(part.text):
        return False
    after = next((other for other in found[at + 1 :] if other.kind not in ("caption", "furniture")), None)
    if after is None or after.kind not in ("text", "short", "lead") or fragment(part.text, after.text):
        return False
    if after.kind == "short" and not (list_item(after.text) or closed(after.text) or _begins_text(found, after)):
        return False
    before = found[at - 1].text if at else ""
    mine = part.text[0]
    if list_item(part.text) and any(other and list_item(other) and other[0] == mine for other in (before, after.text)):
        return False
    return not (list_item(part.text) and any(char.isdigit() for char in part.text) and "：" in part.text)


def _begins_text(found: tuple[Part, ...], part: Part) -> bool:
    """Whether a short line is the broken beginning of a paragraph."""
    at = next(i for i, other in enumerate(found) if other is part)
    return at + 1 < len(found) and fragment(part.text, found[at + 1].text)


def _dated(name: str, drafts: list[_Draft]) -> list[Article]:
    """The drafts as articles, each with its day and its year; what one does not say, the page around it may."""
    titles = [_title(draft) for draft in drafts]
    own = [
        _year(draft) or dates.own_year((line.text for line in draft.paragraphs), title)
        for draft, (title, _) in zip(drafts, titles, strict=True)
    ]
    header = [note for draft in drafts[:1] for note in draft.furniture if note.before == 0]
    printed = [day for note in header if (day := dates.printed_day(note.text))]
    page_year = int(printed[0][:4]) if printed else max((year for year in own if year), default=None)
    built = []
    for draft, (title, kicker), year in zip(drafts, titles, own, strict=True):
        built.append(_article(name, draft, title, kicker, year or page_year))
    noted = next((article.date for article, draft in zip(built, drafts, strict=True) if draft.note and article.date), None)
    return [replace(article, date=article.date or noted) for article in built]


def _year(draft: _Draft) -> int | None:
    if draft.dateline and draft.dateline.year:
        return draft.dateline.year
    return int(draft.printed[:4]) if draft.printed else None


def _title(draft: _Draft) -> tuple[str | None, str | None]:
    """(title, kicker) of an article."""
    if draft.note:
        return layout().note_title, None
    kickers = [line.text for line in draft.kickers]
    lines = [line.text for line in draft.headline]
    split = split_kicker(lines[0]) if lines else None
    if split:
        kickers.append(split[0])
        lines[0] = split[1]
    if not lines and kickers:
        return kicker_text(kickers), None
    return join_title(lines) or None, kicker_text(kickers)


def _article(name: str, draft: _Draft, title: str | None, kicker: str | None, year: int | None) -> Article:
    texts = [line.text for line in draft.paragraphs]
    head = draft.dateline
    day = dates.dateline_day(head.year, head.month, head.day, year) if head else None
    day = day or draft.printed or dates.event_day(texts, year)
    headline = sorted(draft.kickers + draft.headline, key=lambda line: line.number)
    return Article(
        id="",
        source=name,
        title=title,
        authors=tuple(draft.authors),
        date=day,
        paragraphs=tuple(Paragraph(line.text, (line.number, line.breaks[-1][1]), line.breaks) for line in draft.paragraphs),
        kicker=kicker,
        title_line=(draft.headline or draft.kickers or draft.paragraphs or [None])[0].number if headline or texts else 0,
        year=int(day[:4]) if day else year,
        subheads=tuple(draft.subheads),
        captions=tuple(draft.captions),
        furniture=tuple(draft.furniture),
        headline=tuple(Note(line.text, line.number) for line in headline),
        byline=tuple(Note(line.text, line.number) for line in draft.bylines),
    )


def _residue(text: str, articles: Sequence[Article]) -> str:
    """Characters of the page that are in no article; white space and byte order marks do not count."""
    lost = Counter(fold(text))
    for article in articles:
        for note in (*article.headline, *article.byline, *article.subheads, *article.captions, *article.furniture):
            lost.subtract(fold(note.text))
        for paragraph in article.paragraphs:
            lost.subtract(fold(paragraph.text))
    return "".join(char * abs(count) for char, count in sorted(lost.items()) if count and not _blank(char))


def _blank(char: str) -> bool:
    return char.isspace() or char in "\u200b\ufeff\x1a"
