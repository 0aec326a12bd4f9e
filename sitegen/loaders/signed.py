"""Headlines above a byline or a dateline: how far up they reach."""

import re
from collections.abc import Sequence

from sitegen.loaders.join import closed
from sitegen.loaders.layout import layout
from sitegen.loaders.parts import Part, amount_only, decorated

HEADLINE_MAX = 5  # lines above a byline that may belong to the headline
_CALL = re.compile(r"[^“”‘’，,。：:]{6,30}[？?！!]")
_WHOLE = 40  # characters of a paragraph that is no line of talk
_HANGING = re.compile(r"[^，,。；;：:！？\s]{2,20}[：:，,]")  # the upper half of a headline


def signed_headlines(found: Sequence[Part], usual: int) -> dict[int, int]:
    """Where headlines begin that a byline or a dateline follows → where they end.

    usual: blank lines between most lines of the page.
    """
    heads: dict[int, int] = {}
    floor = 0
    for at, part in enumerate(found):
        if part.kind in ("byline", "lead"):
            start = _climb(found, usual, at, floor)
            if start < at:
                heads[start] = at
                floor = at + 1
    return heads


def stopped(text: str) -> bool:
    """Whether a line ends as no line of a headline does; a headline may ask or call out."""
    asks = text.rstrip('”’』」）)" ')[-1:] in tuple("？?！!") and not re.search("[，,]", text)
    return closed(text) and not asks


def note_talks(found: Sequence[Part], at: int) -> bool:
    """Whether the line right below an editor's note's label is the note's text."""
    below = at > 0 and found[at - 1].kind == "note"
    return below and bool(layout().note_talk.search(found[at].text))


def _climb(found: Sequence[Part], usual: int, at: int, floor: int) -> int:
    """The first line of the headline right above a byline or dateline; `at` itself where there is none."""
    start, titled, first = at, False, at
    while start > floor and at - start < HEADLINE_MAX:
        above, below = found[start - 1], found[start]
        if above.kind in ("furniture", "end") and not titled:
            start -= 1
            continue
        if (
            not titled
            and closed(above.text)
            and re.search("[，,]", above.text)
            and not _asks(found, start - 1)
        ):
            break
        heads = above.heads or ((titled or below.kind == "subtitle") and _upper_half(found, start - 1))
        if not heads or (titled and below.line.gap > usual + 1):
            break
        if titled and above.kind == "short" and _ends_a_text(found, start - 1):
            break
        titled = titled or above.kind == "short"
        start -= 1
        first = start
    return first


def asks_alone(found: Sequence[Part], at: int) -> bool:
    """Whether a line between two whole paragraphs asks or calls out as headings do, and is nobody's words."""
    if not _CALL.fullmatch(found[at].text) or at == 0 or at + 1 >= len(found):
        return False
    above, below = found[at - 1], found[at + 1]
    whole = closed(above.text) and above.kind in ("text", "lead")
    return whole and below.kind == "text" and len(below.text) > _WHOLE


def _asks(found: Sequence[Part], at: int) -> bool:
    """Whether a question or a call with a comma is a headline: a whole text above it, a byline with its text below."""
    if at + 2 >= len(found) or found[at].text[-1] not in "？?！!":
        return False
    above = found[at - 1] if at else None
    if above and not closed(above.text) and above.kind not in ("kicker", "furniture", "end"):
        return False
    return found[at + 1].kind == "byline" and found[at + 2].kind == "text"


def _upper_half(found: Sequence[Part], at: int) -> bool:
    """Whether a line that alone would be none is the upper part of the headline below it.

    A number alone or a line behind an emoji is an item of a list where another one stands above it.
    """
    text = found[at].text
    if found[at].kind not in ("short", "text"):
        return False
    if _HANGING.fullmatch(text):
        return True
    before = found[at - 1] if at else None
    alone = before is None or before.kind != "short" or closed(before.text)
    if not alone or not (amount_only(text) or (decorated(text) and not closed(text))):
        return False
    return before is None or before.text[0] != text[0]


def _ends_a_text(found: Sequence[Part], at: int) -> bool:
    """Whether a short line above a headline is the end of the text before it."""
    if stopped(found[at].text) or note_talks(found, at):
        return True
    before = found[at - 1] if at else None
    if before is None or closed(before.text) or not closed(found[at].text):
        return False
    return before.kind == "text" or (before.kind == "short" and bool(re.search("[，,]", before.text)))
