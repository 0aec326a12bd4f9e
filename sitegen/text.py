"""Spans of Chinese text: folding that keeps every offset, sentences and clauses. Nothing here changes a text's length."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_HALF = {chr(full): chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}  # ！ to ～, one to one
_FOLD = {
    **_HALF,
    "\u3000": " ",  # ideographic space
    "\xa0": " ",
    "\u2212": "-",
    "\ufe63": "-",
    "\u301c": "~",
    "\u223c": "~",
    "\u2236": ":",
}
_FOLDED = re.compile("[" + "".join(map(re.escape, _FOLD)) + "]")

BLANKS = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_LONGEST = 1200  # characters of a sentence
_SENTENCE_END = re.compile(  # begins with plain signs, so that the text between them is passed over quickly
    r"(?:。|！|？|!|\?|……|…(?=[”’』」\"]))(?:[。！？!?]|……|…(?=[”’』」\"]))*[”’』」）)\"]*"
)
_BETWEEN = re.compile(r"[\W_]+")
_CLAUSE_END = re.compile(r",|，|;|；|:|：|。|！|？|!|\?|\n|——|……")


CITE = re.compile(
    r"\[\[claim:([^\[\]\s]{1,80})\]\]"
)  # a number of another text in an editor's text, by its id
NUMBER = "\ufffc"  # stands in a text that was read in the place of such a number


class Span(NamedTuple):
    """Half-open interval of code points."""

    start: int
    end: int


def either(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first; what begins alike is tried once."""
    return _parted(sorted(dict.fromkeys(words), key=len, reverse=True))


def _parted(words: Iterable[str]) -> str:
    """The choice, parted by first characters."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    parts = (
        re.escape(head) + (re.escape(rest[0]) if len(rest) == 1 else f"(?:{_parted(rest)})")
        for head, rest in tails.items()
    )
    return "|".join(parts)


def begins(words: Iterable[str]) -> str:
    """A pattern that lets pass where one of the words may begin: quick to try before a long choice of them."""
    return "(?=[" + "".join(sorted({re.escape(word[0]) for word in words})) + "])"


@lru_cache(maxsize=256)  # every stage asks for the paragraphs of the article at hand
def fold(text: str) -> str:
    """The text for matching: full-width letters, digits and marks become ASCII; same length, same offsets.

    。、 and the quotation marks stay as they are, since they mean something that no ASCII mark means.
    """
    return _FOLDED.sub(lambda match: _FOLD[match[0]], text.replace("，", ","))


def letters(text: str) -> str:
    """Its letters and digits."""
    return _BETWEEN.sub("", text)


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a paragraph, without gaps: they end after 。！？ or …… and the marks that close behind it.

    A ； does not end a sentence. Text after the last full stop is a sentence too. Blank margins belong to the sentence.
    """
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        spans.append(Span(start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append(Span(start, len(text)))
    elif spans and start < len(text):
        spans[-1] = Span(spans[-1].start, len(text))
    if len(text) <= _LONGEST:
        return tuple(spans)
    return tuple(part for span in spans for part in _bounded(text, span))


def _bounded(text: str, span: Span) -> list[Span]:
    """A run of text without a full stop is no sentence: past a length that no writer reaches it is cut at a comma.

    So whatever works sentence by sentence takes time in proportion to the text.
    """
    parts, start = [], span.start
    while span.end - start > _LONGEST:
        cut = max(text.rfind(mark, start + 1, start + _LONGEST) for mark in "，,；;、 ") + 1
        cut = cut or start + _LONGEST
        parts.append(Span(start, cut))
        start = cut
    return [*parts, Span(start, span.end)]


@lru_cache(maxsize=256)  # the numbers of one sentence ask one after the other
def clauses(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """The pieces of a sentence between commas, semicolons, colons, dashes and full stops; 、 does not part them.

    The mark that ends a clause belongs to it. A comma between digits (1,100) parts nothing.
    """
    begin, end = span or Span(0, len(text))
    spans, start = [], begin
    for match in _CLAUSE_END.finditer(text, begin, end):
        at = match.start()
        if text[at] in ",:" and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit():
            continue
        spans.append(Span(start, match.end()))
        start = match.end()
    if start < end:
        spans.append(Span(start, end))
    return tuple(spans)


_PAIRS = {"”": "“", "’": "‘", "』": "『", "」": "「", "）": "（", ")": "(", "》": "《"}
_OPEN = set(_PAIRS.values())


@lru_cache(maxsize=256)  # the numbers of one sentence ask one after the other
def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends and without outer quotation marks: a pair around all of it, or one without partner."""
    start, end = span
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return Span(start, end)
        if text[start] in _OPEN and _PAIRS.get(text[end - 1]) == text[start] and _is_wrapped(text[start:end]):
            start, end = start + 1, end - 1
            continue
        opened = _unpaired(text[start:end])
        if 0 in opened and text[start] in _OPEN:
            start += 1
        elif end - start - 1 in opened and text[end - 1] in _PAIRS:
            end -= 1
        else:
            return Span(start, end)


def _is_wrapped(text: str) -> bool:
    """The first mark and the last are partners, so that they enclose everything."""
    depth = 0
    for index, char in enumerate(text):
        depth += (char == text[0]) - (char == text[-1])
        if depth == 0:
            return index == len(text) - 1
    return False


def _unpaired(text: str) -> set[int]:
    stack: list[int] = []
    lonely: set[int] = set()
    for index, char in enumerate(text):
        if char in _OPEN:
            stack.append(index)
        elif char in _PAIRS:
            if stack and text[stack[-1]] == _PAIRS[char]:
                stack.pop()
            else:
                lonely.add(index)
    return lonely | set(stack)
