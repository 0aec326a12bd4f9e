"""What stands around a number: its sentence as a quotation, the words that belong to it, the numbers beside it."""

import re
from functools import lru_cache

from sitegen.extract.reading import Reading, between
from sitegen.matchers.thresholds import is_threshold
from sitegen.matchers.tokens import Noise, Quantity, Token
from sitegen.text import Span, trimmed


@lru_cache(maxsize=16)
def quote_of(text: str, sentence: Span) -> str:
    """The sentence without blanks and quotation marks around it; its numbers share it."""
    start, end = trimmed(text, sentence)
    return text[start:end]


def next_number(reading: Reading, quantity: Quantity, sentence: Span) -> int:
    """Where the next number of the sentence begins, or the sentence ends."""
    following = between(reading.quantities, quantity.end, sentence.end)
    return following[0].start if following else sentence.end


def names_in(reading: Reading, sentence: Span) -> tuple[Span, ...]:
    """Places and dates of the sentence in order: where and when, not what."""
    spans = [Span(m.start, m.end) for m in between(reading.places, *sentence) if not m.in_organisation]
    spans += [Span(date.start, date.end) for date in between(reading.dates, *sentence)]
    return tuple(sorted(spans))


def segment_of(reading: Reading, quantity: Quantity, clause: Span) -> Span:
    """From the number before it in its clause, or the clause's start, to the number."""
    before = reversed(between(reading.tokens, clause.start, quantity.start))
    end = next(
        (token.end for token in before if token.end <= quantity.start and _counts(reading, token)),
        clause.start,
    )
    return Span(end, quantity.start)


def _counts(reading: Reading, token: Token) -> bool:
    """The token is a number of its own: no noise, no mere limit of a class (亿元以上项目149个)."""
    if isinstance(token, Quantity):
        return is_threshold(reading.folded, token) is None
    return not isinstance(token, Noise)


_JOINT = re.compile(r"[、和及与][一-鿿A-Za-z]{0,10}")


def list_end(reading: Reading, quantity: Quantity, clause: Span) -> int:
    """Where the list of quantities (A1吨、B2吨、C3吨) that the number is in ends; its own end where there is no list."""
    end = quantity.end
    for token in between(reading.tokens, quantity.end, clause.end):
        if not isinstance(token, Quantity) or not _JOINT.fullmatch(reading.folded[end : token.start]):
            break
        end = token.end
    return end


def tail_of(reading: Reading, quantity: Quantity, clause: Span) -> int:
    """Where the words behind the number stop speaking of it."""
    starts = [
        token.start
        for token in between(reading.tokens, quantity.end, clause.end)
        if not isinstance(token, Noise)
    ]
    return min(min(starts, default=clause.end), quantity.end + 16)
