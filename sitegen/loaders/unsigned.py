"""Articles without a byline that follow another article: what looked like a subhead was a headline."""

from dataclasses import replace

from sitegen.loaders.bylines import byline
from sitegen.loaders.draft import Draft
from sitegen.loaders.join import list_item
from sitegen.loaders.lines import plain_line
from sitegen.model import Note

_HEADLINE_MIN = 9  # characters; shorter lines are subheads
_BRIEF = 2  # paragraphs that a news brief has at most


def part_unsigned(drafts: list[Draft]) -> list[Draft]:
    """The drafts, those parted that hold more than one article.

    Subheads come in twos or more, so a single one of a headline's length is a headline. Below a brief with a
    dateline (本报讯 …), lines that each have one paragraph are the headlines of further briefs.
    """
    return [part for draft in drafts for part in _parted(draft)]


def _parted(draft: Draft) -> list[Draft]:
    heads = [note for note in draft.subheads if 0 < note.before < len(draft.paragraphs)]
    if not heads or len(heads) < len(draft.subheads) or draft.note or draft.table:
        return [draft]
    if not all(_like_headline(note.text) for note in heads):
        return [draft]
    if len(heads) == 1 or _briefs(draft, heads):
        first, rest = _cut(draft, heads[0])
        return [first, *_parted(rest)]
    return [draft]


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
    first = Draft(
        kickers=draft.kickers,
        headline=draft.headline,
        bylines=[line for line in draft.bylines if line.number < later],
        authors=[author for author in draft.authors if author not in rest.authors],
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
