"""Which lines of a saved web page are its article: the longest stretch of running text, with the headline above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from sitegen.lexicon import packaged
from sitegen.loaders import bylines, dates
from sitegen.loaders.headlines import subtitle
from sitegen.loaders.html_blocks import Block, Document
from sitegen.loaders.layout import layout
from sitegen.text import Span, fold, letters

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADLINE_MAX = 60  # characters
_SHORT = 40  # characters of a line that may be the site's own
_LONG = 45  # characters from which on a line with a comma is running text though no sentence ends in it
_ABOVE = 12  # lines above the text among which its headline is looked for
_BELOW = 4  # lines below the text that may still say who wrote and who edited
_RUNS = re.compile(r"[。！？；]")
_PARTED = re.compile(r"\s*(?:_|\||｜|--+|—{2,}| - |\s-\s|-(?=[^-]*(?:网|新闻|频道|在线)))\s*")


@dataclass(frozen=True, slots=True)
class Main:
    """The article of a page, part by part.

    kicker: a heading right above the headline.  headline: with its subtitle.  above: date, source, author.  text: paragraphs,
    subheads, captions.  below: who wrote, who edited.  beside: running text that is taken for no part of the article.
    """

    kicker: tuple[Block, ...]
    headline: tuple[Block, ...]
    above: tuple[Block, ...]
    text: tuple[Block, ...]
    below: tuple[Block, ...]
    beside: tuple[Block, ...]

    @property
    def lines(self) -> tuple[Block, ...]:
        """All lines of the article, in their order."""
        return (*self.kicker, *self.headline, *self.above, *self.text, *self.below)


@cache
def _patterns(role: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in packaged("html.yml")[role]))


def main_text(page: Document) -> Main | None:
    """The article of a page; None where nothing on it is running text."""
    blocks = page.blocks
    span = _stretch(blocks)
    if span is None:
        return None
    start, stop = _in_its_box(page, span)
    head = _headline(page, start)
    first = start if head is None else head
    under = first if head is None else _under(blocks, head, start)
    while start > under and _is_subhead(blocks[start - 1]):
        start -= 1
    over = first - 1 if head is not None and _is_kicker(blocks, head) else first
    end = _closing(blocks, stop)
    return Main(
        kicker=blocks[over:first],
        headline=blocks[first:under],
        above=tuple(block for block in blocks[under:start] if _is_particulars(block)),
        text=tuple(block for block in blocks[start:stop] if not _is_noise(block)),
        below=blocks[stop:end],
        beside=tuple(b for b in (*blocks[:over], *blocks[under:start], *blocks[end:]) if _weight(b) > _SHORT),
    )


def _in_its_box(page: Document, span: Span) -> Span:
    """The stretch without what another column adds to it: the element that holds most of it ends it where what lies outside
    is such a column.
    """
    weights = [max(0, _weight(block)) for block in page.blocks]
    sums, runs = ([0, *accumulate(each)] for each in (weights, (weight > 0 for weight in weights)))
    half = (sums[span.end] - sums[span.start]) / 2
    inside = (Span(max(box.start, span.start), min(box.end, span.end)) for box in page.boxes)
    holding = [
        box
        for box in inside
        if box.start < box.end
        and sums[box.end] - sums[box.start] > half
        and runs[box.end] - runs[box.start] > 1  # a paragraph alone is no column
    ]
    start, end = min(holding, key=lambda box: box.end - box.start, default=span)
    start = start if _is_column(page.blocks[span.start : start][::-1]) else span.start
    end = end if _is_column(page.blocks[end : span.end]) else span.end
    while _weight(page.blocks[end - 1]) < 0:
        end -= 1
    return Span(start, end)


def _is_column(outside: Sequence[Block]) -> bool:
    """Blocks outside, the nearest first, are another column: no running text goes on there, and there are links to elsewhere."""
    nearest = next((weight for block in outside if (weight := _weight(block))), 0)
    return nearest < 0 and any(block.linked for block in outside)


def _stretch(blocks: Sequence[Block]) -> Span | None:
    """The run of lines with the most running text: sentences add their length, anything else takes away."""
    best, total, start = (0, Span(0, 0)), 0, 0
    for at, block in enumerate(blocks):
        if _ends(block):
            total, start = 0, at + 1
            continue
        total += _weight(block)
        if total <= 0:
            total, start = 0, at + 1
        elif total > best[0]:
            best = (total, Span(start, at + 1))
    return best[1] if best[0] else None


def _weight(block: Block) -> int:
    """What a line adds to a stretch of running text."""
    length = len(block.text)
    if block.linked:
        return -20 - length
    if _is_noise(block):
        return -150
    if block.tag == "tr" and any(char.isdigit() for char in block.text):
        return 0
    if block.caption:
        return 0
    if _RUNS.search(block.text) or (length >= _LONG and "，" in block.text):
        return length
    return -6


def _ends(block: Block) -> bool:
    return len(block.text) <= _HEADLINE_MAX and _patterns("ends_patterns").fullmatch(block.text) is not None


def _is_noise(block: Block) -> bool:
    """The site's own words. A line that says who edited is the paper's."""
    if len(block.text) > 2 * _SHORT or layout().furniture.match(fold(block.text)):
        return False
    return _patterns("noise_patterns").search(block.text) is not None and not _RUNS.search(block.text)


def _is_particulars(block: Block) -> bool:
    """A line that says when, from where and by whom, between headline and text."""
    if _weight(block) > 0:
        return False
    if _is_noise(block):
        return bylines.byline(block.text) is not None or dates.printed_day(block.text) is not None
    return not block.linked


def _headline(page: Document, start: int) -> int | None:
    """Where the headline stands: the heading, or the line that the page is called by, or the first line above the text that
    says neither when nor by whom.
    """
    above = [at for at in range(start - 1, max(-1, start - 1 - _ABOVE), -1) if _may_head(page.blocks[at])]
    named = [at for at in above if _is_title(page.blocks[at].text, page.titles)]
    heads = [at for at in above if page.blocks[at].tag in _HEADINGS]
    first = [at for at in heads if page.blocks[at].tag == "h1"]
    plain = [at for at in above if not _patterns("particulars_patterns").search(page.blocks[at].text)]
    both = [at for at in heads if at in named]
    return next(iter([*both, *named, *first, *heads, *plain]), None)


def _under(blocks: Sequence[Block], head: int, start: int) -> int:
    """Behind the headline and the subtitle lines that follow it."""
    end = head + 1
    while end < start and subtitle(blocks[end].text):
        end += 1
    return end


def _is_subhead(block: Block) -> bool:
    """A heading right above the first paragraph, below the headline."""
    told = _patterns("particulars_patterns").search(block.text)
    return block.tag in _HEADINGS and not told and _may_head(block)


def _is_kicker(blocks: Sequence[Block], head: int) -> bool:
    """Another heading stands right above the headline."""
    above = blocks[head - 1] if head else None
    return above is not None and above.tag in _HEADINGS and _may_head(above)


def _may_head(block: Block) -> bool:
    fine = 2 < len(block.text) <= _HEADLINE_MAX and not block.text.endswith(("。", "，", "："))
    return fine and not block.linked and not _is_noise(block) and not block.caption


def _is_title(text: str, titles: Sequence[str]) -> bool:
    """The text is what the page's head calls it, with or without the name of the site, which is the shorter part."""
    parts = {letters(part) for title in titles for part in (title, max(_PARTED.split(title), key=len))}
    return letters(text) in parts - {""}


def _closing(blocks: Sequence[Block], end: int) -> int:
    """Behind the last line below the text that says who wrote, who edited or where it comes from."""
    last = end
    for at in range(end, min(len(blocks), end + _BELOW)):
        text = fold(blocks[at].text)
        if _ends(blocks[at]) or _weight(blocks[at]) > 0 or _patterns("noise_patterns").search(text):
            break
        told = (
            bylines.byline(text) is not None
            or layout().furniture.match(text)
            or layout().article_end.match(text)
        )
        if told or (not blocks[at].links and _patterns("particulars_patterns").search(text)):
            last = at + 1
    return last
