"""Articles without a byline that follow another article: what looked like a subhead was a headline."""

from dataclasses import replace

from sitegen.loaders.bylines import byline
from sitegen.loaders.draft import Draft
from sitegen.loaders.join import closed, list_item
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import plain_line
from sitegen.model import Note
from sitegen.text import fold

_HEADLINE_MIN = 9  # characters; shorter lines are subheads
_BRIEF = 2  # paragraphs that a news brief has at most
_TAIL = 4  # paragraphs that a piece below a longer article has at most
_LONGER = 5  # characters by which a headline is longer than the subheads above it


def part_unsigned(drafts: list[Draft]) -> list[Draft]:
    """The drafts, those parted that hold more than one article.

    Subheads come in twos or more, so a single one of a headline's length is a headline. Below a brief with a
    dateline (本报讯 …), lines that each have one paragraph are the headlines of further briefs.
    """
    return [part for draft in drafts for part in _parted(draft)]


def _parted(draft: Draft) -> list[Draft]:
    tail = _news_below(draft)
    if tail:
        first, rest = _cut(draft, tail)
        return [first, rest]
    heads = [note for note in draft.subheads if 0 < note.before < len(draft.paragraphs)]
    if not heads or len(heads) < len(draft.subheads) or draft.note or draft.table:
        return [draft]
    if not all(_like_headline(note.text) and not _spoken(draft, note) for note in heads):
        return [draft]
    if len(heads) == 1 or _briefs(draft, heads):
        first, rest = _cut(draft, heads[0])
        return [first, *_parted(rest)]
    return [draft]


def _news_below(draft: Draft) -> Note | None:
    """The headline of a short news item below a signed article that has subheads; None where there is none.

    It is the last subhead and the only one with a text that opens as news does. It must stand out: either the
    item has a signature of its own at its end, or two subheads or more have shown how much shorter they are.
    """
    if len(draft.subheads) < 2 or draft.note or draft.table:
        return None
    last, others = draft.subheads[-1], draft.subheads[:-1]
    if not 0 < last.before < len(draft.paragraphs) <= last.before + _TAIL or not _like_headline(last.text):
        return None
    if closed(last.text) or not closed(draft.paragraphs[last.before - 1].text) or not _opens(draft, last):
        return None
    above = draft.paragraphs[0].number
    if any(_opens(draft, note) for note in others) or all(line.number > above for line in draft.bylines):
        return None
    if any(_parallel(note.text, last.text) for note in others):
        return None
    end = draft.paragraphs[-1]
    signed = any(end.number <= line.number for line in draft.bylines)
    longest = max(len(note.text) for note in others)
    stands_out = len(others) > 1 and longest < _HEADLINE_MIN and len(last.text) >= longest + _LONGER
    return last if signed or stands_out else None


def _parallel(one: str, other: str) -> bool:
    """Whether two subheads are made alike, as those of one article are: as long, or with the same first or last
    character.
    """
    return abs(len(one) - len(other)) <= 1 or one[0] == other[0] or one[-1] == other[-1]


def _spoken(draft: Draft, head: Note) -> bool:
    """Whether a conversation begins below a subhead."""
    return bool(layout().speaker.match(fold(draft.paragraphs[head.before].text)))


def _opens(draft: Draft, head: Note) -> bool:
    """Whether the paragraph below a subhead opens as a news item does."""
    if head.before >= len(draft.paragraphs):
        return False
    return bool(layout().news.match(fold(draft.paragraphs[head.before].text)))


def _like_headline(text: str) -> bool:
    return len(text) >= _HEADLINE_MIN and not list_item(text)


def _briefs(draft: Draft, heads: list[Note]) -> bool:
    ends = [note.before for note in heads[1:]] + [len(draft.paragraphs)]
    single = all(end - note.before == 1 for note, end in zip(heads, ends, strict=True))
    return single and draft.dateline is not None and heads[0].before <= _BRIEF


def _cut(draft: Draft, head: Note) -> tuple[Draft, Draft]:
    """The draft up to a subhead, and from there as an article with that headline."""
    at = head.before
    later = draft.paragraphs[at].number
    rest = Draft(
        headline=[plain_line(head.text, head.line)],
        paragraphs=draft.paragraphs[at:],
        subheads=[_shift(note, at) for note in draft.subheads if note.line > head.line],
        captions=[_shift(note, at) for note in draft.captions if note.line > head.line],
        furniture=[_shift(note, at) for note in draft.furniture if note.line > head.line],
        bylines=[line for line in draft.bylines if line.number >= later],
    )
    for line in rest.bylines:
        rest.sign(byline(line.text) or ())
    above = {name for line in draft.bylines if line.number < later for name in byline(line.text) or ()}
    first = Draft(
        kickers=draft.kickers,
        headline=draft.headline,
        bylines=[line for line in draft.bylines if line.number < later],
        authors=[author for author in draft.authors if author in above or author not in rest.authors],
        paragraphs=draft.paragraphs[:at],
        subheads=[note for note in draft.subheads if note.line < head.line],
        captions=[note for note in draft.captions if note.line < head.line],
        furniture=[note for note in draft.furniture if note.line < head.line],
        printed=draft.printed,
        dateline=draft.dateline,
    )
    return first, rest


def _shift(note: Note, by: int) -> Note:
    return replace(note, before=max(note.before - by, 0))
