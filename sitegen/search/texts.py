"""What is searched: headlines, and articles in parts that are small enough to be shown one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sitegen.model import Article, Claim, Facts

PART_CHARS = 4000
BANDS = (10**8, 10**9, 10**10, 10**11)  # yuan between which amounts are told apart


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article: whole paragraphs. article: its number in the index; lines: what is searched in it; shown: what a page
    shows of it, ready for JSON.
    """

    article: int
    lines: tuple[str, ...]
    shown: dict[str, Any]


def in_order(facts: Sequence[Facts]) -> list[Facts]:
    """Articles as the index numbers them: newest first, so that of two that answer alike the newer one leads."""
    return sorted(facts, key=lambda each: each.article.date or "", reverse=True)


def head(article: Article) -> str:
    """The headline, or the first words of a headless text."""
    return article.title or (article.paragraphs[0].text[:24] if article.paragraphs else article.source)


def head_lines(article: Article) -> tuple[str, ...]:
    """What counts as an article's head when it is searched: headline and authors."""
    return tuple(filter(None, (article.title, "、".join(article.authors))))


def parts(number: int, facts: Facts) -> Iterator[Part]:
    """The parts of an article, at least one; subheads and captions stand in the last."""
    article = facts.article
    common = {
        "u": article.address,
        "t": head(article),
        "d": article.date or "",
        "a": "、".join(article.authors),
    }
    chunks = list(_chunks([len(paragraph.text) for paragraph in article.paragraphs]))
    for first, end in chunks:
        lines = [paragraph.text for paragraph in article.paragraphs[first:end]]
        notes = [note.text for note in (*article.subheads, *article.captions)] if end == chunks[-1][1] else []
        claims = [
            _claim(claim, lines[claim.paragraph - first], first)
            for claim in facts.claims
            if claim.review != "rejected" and first <= claim.paragraph < end
        ]
        yield Part(number, (*lines, *notes), {**common, "p": lines, "o": notes, "c": claims})


def _chunks(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of paragraphs of PART_CHARS together, one longer paragraph alone."""
    first = size = 0
    for index, length in enumerate(lengths):
        if size and size + length > PART_CHARS:
            yield first, index
            first, size = index, 0
        size += length
    yield first, len(lengths)


def _claim(claim: Claim, text: str, first: int) -> list[Any]:
    """A number for the results page: where it stands, in UTF-16 units as scripts count, and what can be chosen of it."""
    opens = text.rfind(claim.quote, 0, claim.start + len(claim.quote))
    said = (opens, opens + len(claim.quote)) if opens >= 0 else (0, len(text))
    spans = [len(text[:offset].encode("utf-16-le")) // 2 for offset in (claim.start, claim.end, *said)]
    return [
        claim.paragraph - first,
        *spans,
        claim.id.rsplit("-", 1)[-1],
        claim.status,
        claim.kind,
        claim.label,
        claim.place or "",
        claim.industry or "",
        claim.period or "",
        band(claim),
    ]


def band(claim: Claim) -> int:
    """Between which amounts of money a claim lies, 0 for the least; -1 for what is no money."""
    if claim.unit != "CNY" or claim.per:
        return -1
    return sum(abs(claim.value) >= Decimal(edge) for edge in BANDS)


def choices(facts: Facts) -> dict[str, set[str]]:
    """By what an article can be chosen: place, industry, kind of number, year, amount, tag; period: years that its numbers speak of."""
    claims = [claim for claim in facts.claims if claim.review != "rejected"]
    places = {claim.place for claim in claims} | {pair.place for pair in facts.place_industries}
    industries = {claim.industry for claim in claims} | {pair.industry for pair in facts.place_industries}
    return {
        "place": set(filter(None, places)),
        "industry": set(filter(None, industries)),
        "kind": {str(claim.kind) for claim in claims},
        "year": {facts.article.date[:4]} if facts.article.date else set(),
        "period": {claim.period[:4] for claim in claims if claim.period},
        "amount": {str(found) for claim in claims if (found := band(claim)) >= 0},
        "tag": set(facts.article.meta.tags),
    }
