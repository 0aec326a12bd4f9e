"""Text with its claims: cut a passage into pieces so that a template can mark each number where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.model import Article, Claim


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a passage: plain text, or (claim set) exactly the claim's raw.

    hidden: claims inside this one, which get an anchor but no mark of their own, since marks cannot overlap.
    """

    text: str
    claim: Claim | None = None
    hidden: tuple[Claim, ...] = ()


def segments(text: str, claims: Sequence[Claim], offset: int = 0) -> tuple[Segment, ...]:
    """Cut text, which begins at offset in its paragraph, at the paragraph's claims.

    The pieces put together are the text. A claim that is not wholly inside is left as plain text.
    """
    inside = [c for c in claims if c.start >= offset and c.end <= offset + len(text)]
    inside.sort(key=lambda claim: (claim.start, -claim.end))
    pieces: list[Segment] = []
    at = 0
    for claim in inside:
        start, end = claim.start - offset, claim.end - offset
        if start < at:
            last = next(i for i in range(len(pieces) - 1, -1, -1) if pieces[i].claim)
            pieces[last] = Segment(pieces[last].text, pieces[last].claim, (*pieces[last].hidden, claim))
            continue
        if start > at:
            pieces.append(Segment(text[at:start]))
        pieces.append(Segment(text[start:end], claim))
        at = end
    if at < len(text):
        pieces.append(Segment(text[at:]))
    return tuple(pieces)


def passage(
    article: Article, claims: Sequence[Claim], paragraph: int, text: str, *, around: int | None = None
) -> tuple[Segment, ...]:
    """The segments of a text quoted from a paragraph; one plain segment where the paragraph does not hold it.

    claims: of the whole article. around: an offset in the paragraph that the text must cover, for a text that
    stands there more than once.
    """
    if not 0 <= paragraph < len(article.paragraphs):
        return (Segment(text),)
    whole = article.paragraphs[paragraph].text
    at = whole.find(text)
    while around is not None and at >= 0 and not at <= around < at + len(text):
        at = whole.find(text, at + 1)
    if at < 0 or not text:
        return (Segment(text),)
    return segments(text, [claim for claim in claims if claim.paragraph == paragraph], at)


def quoted(article: Article, claims: Sequence[Claim], claim: Claim) -> tuple[Segment, ...]:
    """The segments of a claim's own sentence."""
    return passage(article, claims, claim.paragraph, claim.quote, around=claim.start)
