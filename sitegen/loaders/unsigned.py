"""Articles without a byline that follow another article: what looked like a subhead was a headline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sitegen.loaders.dates import printed_day
from sitegen.loaders.draft import Draft, shifted
from sitegen.loaders.join import closed, list_item
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import Line, plain_line
from sitegen.loaders.roundups import TABLE_NAME
from sitegen.loaders.stacked import Block, alike, blocks, headlines
from sitegen.model import Note
from sitegen.text import fold

_HEADLINE_MIN = 9  # characters; shorter lines are subheads
_BRIEF = 2  # paragraphs that a news brief has at most
_TAIL = 4  # paragraphs that a piece below a longer article has at most
_BEYOND = 1_000_000  # lines: furniture below the last paragraph is the last article's
_LONGER = 5  # characters by which a headline is longer than the subheads above it


def part_unsigned(drafts: list[Draft], lines: Mapping[int, Line]) -> list[Draft]:
    """The drafts, those parted that hold more than one article. lines: of the page, by number.

    Subheads come in twos or more, so a single one of a headline's length is a headline. Below a brief with a
    dateline (本报讯 …), lines that each have one paragraph are the headlines of further briefs. Elsewhere all
    signs are weighed (stacked).
    """
    return [part for draft in drafts for part in _slices(draft, _heads(draft, lines))]


def _heads(draft: Draft, lines: Mapping[int, Line]) -> list[Block]:
    """The blocks of a draft at which further articles begin."""
    if draft.note or draft.table:
        return []
    every = blocks(draft)
    letters = {block.before for block in every if _letter(draft, block.notes[-1])}
    found = [
        block
        for block in every
        if block.before in letters or not (_spoken(draft, block.notes[-1]) or _section(block.notes[-1]))
    ]
    sure = {block.before for block in headlines(draft, lines)} | letters
    tail = _news_below(draft)
    if tail:
        sure.add(tail.before)
    heads = [note for note in draft.subheads if 0 < note.before < len(draft.paragraphs)]
    whole = len(heads) == len(draft.subheads) and len(found) == len(every)
    if heads and whole and all(_like_headline(note.text) for note in heads):
        if len(heads) == 1:
            if closed(draft.paragraphs[heads[0].before - 1].text):
                sure.add(heads[0].before)
        elif _briefs(draft, heads):
            sure.update(note.before for note in heads)
    return [block for block in found if block.before in sure]


def _news_below(draft: Draft) -> Note | None:
    """The headline of a short news item below a signed article that has subheads; None where there is none.

    It is the last subhead and the only one with a text that opens as news does. It must stand out: either the
    item has a signature of its own at its end, or two subheads or more have shown how much shorter they are.
    """
    if len(draft.subheads) < 2:
        return None
    last, others = draft.subheads[-1], draft.subheads[:-1]
    if not 0 < last.before < len(draft.paragraphs) <= last.before + _TAIL or not _like_headline(last.text):
        return None
    if closed(last.text) or not closed(draft.paragraphs[last.before - 1].text) or not _opens(draft, last):
        return None
    above = draft.paragraphs[0].number
    if any(_opens(draft, note) for note in others) or all(line.number > above for line in draft.bylines):
        return None
    if any(alike(note.text, last.text) for note in others):
        return None
    end = draft.paragraphs[-1]
    signed = any(end.number <= line.number for line in draft.bylines)
    longest = max(len(note.text) for note in others)
    stands_out = len(others) > 1 and longest < _HEADLINE_MIN and len(last.text) >= longest + _LONGER
    return last if signed or stands_out else None


def _spoken(draft: Draft, head: Note) -> bool:
    """Whether a conversation begins below a subhead."""
    return bool(layout().speaker.match(fold(draft.paragraphs[head.before].text)))


def _letter(draft: Draft, head: Note) -> bool:
    """Whether a reader's letter (编辑同志：…) stands below a subhead, and another text above it."""
    return head.before > 0 and bool(layout().letter.match(fold(draft.paragraphs[head.before].text)))


def _opens(draft: Draft, head: Note) -> bool:
    """Whether the paragraph below a subhead opens as a news item does."""
    if head.before >= len(draft.paragraphs):
        return False
    return bool(layout().news.match(fold(draft.paragraphs[head.before].text)))


def _like_headline(text: str) -> bool:
    return len(text) >= _HEADLINE_MIN and not list_item(text) and not TABLE_NAME.match(text)


def _section(head: Note) -> bool:
    """Whether a subhead is that of a report's section (2018年主要目标): no headline of its own."""
    return layout().report_section.match(fold(head.text)) is not None


def _briefs(draft: Draft, heads: list[Note]) -> bool:
    ends = [note.before for note in heads[1:]] + [len(draft.paragraphs)]
    single = all(end - note.before == 1 for note, end in zip(heads, ends, strict=True))
    return single and draft.dateline is not None and heads[0].before <= _BRIEF


def _slices(draft: Draft, heads: Sequence[Block]) -> list[Draft]:
    """The draft up to the first of the blocks, and from each block an article with that headline."""
    if not heads:
        return [draft]
    ends = [(block.notes[0].line, block.before) for block in heads[1:]]
    ends.append((draft.paragraphs[-1].breaks[-1][1] + _BEYOND, len(draft.paragraphs)))
    rest = [_slice(draft, block, *end) for block, end in zip(heads, ends, strict=True)]
    line, at = heads[0].notes[0].line, heads[0].before
    first = replace(
        draft,
        bylines=[byline for byline in draft.bylines if byline.number < line],
        signed=[pair for pair in draft.signed if pair[0] < line],
        paragraphs=draft.paragraphs[:at],
        subheads=[note for note in draft.subheads if note.line < line],
        captions=[note for note in draft.captions if note.line < line],
        furniture=[note for note in draft.furniture if note.line < line],
    )
    return [first, *rest]


def _slice(draft: Draft, head: Block, end_line: int, end: int) -> Draft:
    """The article that begins at a block and ends before a line and a paragraph."""
    start, last = head.before, head.notes[-1].line

    def inside(notes: Sequence[Note]) -> list[Note]:
        return [shifted(note, -start) for note in notes if last < note.line < end_line]

    part = Draft(
        headline=[plain_line(note.text, note.line) for note in head.notes],
        paragraphs=draft.paragraphs[start:end],
        subheads=inside(draft.subheads),
        captions=inside(draft.captions),
        furniture=inside(draft.furniture),
        bylines=[line for line in draft.bylines if last < line.number < end_line],
        signed=[pair for pair in draft.signed if last < pair[0] < end_line],
    )
    for note in part.furniture:
        if note.before == 0:
            part.printed = part.printed or printed_day(note.text)
    return part
