"""The page as printed, and where on it a number stands: a set of positions in its text without white space.

So a number of the gold, found by the characters before it, and a number that was read, found by its offsets in a
paragraph that was made whole, can be seen to be the same one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from sitegen.evaluation.answers import squeeze
from sitegen.evaluation.gold import GoldClaim
from sitegen.model import Claim, Facts, Paragraph

Positions = frozenset[int]
_STOPS = "。！？!?"
_CLOSING = "”’』」）)"  # marks that belong to the sentence before them
_SHOWN = 60  # characters of a sentence on either side of its number


class PrintedPage:
    """The text of a page. flat: all of it without white space; positions count in it."""

    def __init__(self, lines: Sequence[str]) -> None:
        squeezed = [squeeze(line) for line in lines]
        self.flat = "".join(squeezed)
        self._begins = [0]
        for line in squeezed:
            self._begins.append(self._begins[-1] + len(line))

    def line_of(self, position: int) -> int:
        """The line, from 1, on which the character at a position stands."""
        return min(bisect_right(self._begins, position), len(self._begins) - 1)

    def line_with(self, text: str | None) -> int:
        """The line on which a text begins for the first time; 0 where the page does not print it."""
        wanted = squeeze(text)
        at = self.flat.find(wanted) if wanted else -1
        return self.line_of(at) if at >= 0 else 0

    def sentence(self, place: Positions) -> str:
        """The sentence around a number, the number in 【】; … where it is cut."""
        start, end = min(place), max(place) + 1
        left = self._after_marks(max(self.flat.rfind(stop, 0, start) for stop in _STOPS) + 1)
        stops = [at for stop in _STOPS if (at := self.flat.find(stop, end)) >= 0]
        right = self._after_marks(min(stops) + 1) if stops else len(self.flat)
        first, last = max(left, start - _SHOWN), min(right, end + _SHOWN)
        before = ("…" if first > left else "") + self.flat[first:start]
        return f"{before}【{self.flat[start:end]}】{self.flat[end:last]}{'…' if last < right else ''}"

    def _after_marks(self, position: int) -> int:
        while position < len(self.flat) and self.flat[position] in _CLOSING:
            position += 1
        return position

    def positions(self, text: str, lines: tuple[int, int]) -> tuple[int | None, ...]:
        """For each character of text, white space left out, its position, or None.

        Looked for on its lines first, then anywhere; a text that is interrupted (by a caption) is aligned with its lines.
        """
        wanted = squeeze(text)
        low, high = self._region(lines) or (0, len(self.flat))
        for start, end in ((low, high), (0, len(self.flat))):
            at = self.flat.find(wanted, start, end)
            if at >= 0:
                return tuple(range(at, at + len(wanted)))
        found: list[int | None] = [None] * len(wanted)
        matcher = SequenceMatcher(None, wanted, self.flat[low:high], autojunk=False)
        for mine, theirs, size in matcher.get_matching_blocks():
            found[mine : mine + size] = range(low + theirs, low + theirs + size)
        return tuple(found)

    def _region(self, lines: tuple[int, int]) -> tuple[int, int] | None:
        first, last = lines
        if not 1 <= first <= last < len(self._begins):
            return None
        return self._begins[first - 1], self._begins[last]


def locate_gold(page: PrintedPage, claims: Iterable[GoldClaim]) -> tuple[Positions | None, ...]:
    """Where each claim of the gold stands, in reading order; None where the page does not print it."""
    found: list[Positions | None] = []
    after = 0
    for claim in claims:
        at = gold_position(page, squeeze(claim.before), squeeze(claim.raw), after)
        if at is None:
            found.append(None)
            continue
        after = at + len(squeeze(claim.raw))
        found.append(frozenset(range(at, after)))
    return tuple(found)


def gold_position(page: PrintedPage, before: str, raw: str, after: int) -> int | None:
    """Where raw begins: behind `before` further down the page, else by itself further down, else behind it anywhere."""
    whole = before + raw
    at = page.flat.find(whole, max(0, after - len(before)))
    if at >= 0:
        return at + len(before)
    at = page.flat.find(raw, after)
    if at >= 0:
        return at
    at = page.flat.find(whole)
    return at + len(before) if at >= 0 else None


def locate_claims(page: PrintedPage, facts: Iterable[Facts]) -> tuple[Positions | None, ...]:
    """Where each claim that was read stands on the page, article by article."""
    return tuple(place for fact in facts for place in _of_article(page, fact))


def _of_article(page: PrintedPage, fact: Facts) -> Iterable[Positions | None]:
    aligned: dict[int, tuple[int | None, ...]] = {}
    for claim in fact.claims:
        paragraph = fact.article.paragraphs[claim.paragraph]
        if claim.paragraph not in aligned:
            aligned[claim.paragraph] = page.positions(paragraph.text, paragraph.lines)
        yield _of_claim(claim, paragraph, aligned[claim.paragraph]) or _by_quote(page, claim)


def _of_claim(claim: Claim, paragraph: Paragraph, aligned: Sequence[int | None]) -> Positions | None:
    start = len(squeeze(paragraph.text[: claim.start]))
    end = start + len(squeeze(paragraph.text[claim.start : claim.end]))
    return frozenset(at for at in aligned[start:end] if at is not None) or None


def _by_quote(page: PrintedPage, claim: Claim) -> Positions | None:
    quote, raw = squeeze(claim.quote), squeeze(claim.raw)
    at = page.flat.find(quote)
    inside = quote.find(raw)
    if at < 0 or inside < 0:
        return None
    return frozenset(range(at + inside, at + inside + len(raw)))
