"""Numerals that are no quantities: idioms, dates, ages, ordinals, codes. Words: data/noise.yml."""

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from sitegen.lexicon import packaged
from sitegen.text import BLANKS, Span, either


@cache
def _idioms() -> tuple[AhoCorasick, tuple[str, ...]]:
    data = packaged("noise.yml")
    words = tuple(str(word) for word in (*data["words"], *data["plans"]))
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA), words


@cache
def _unless_next() -> dict[str, tuple[str, ...]]:
    return {word: tuple(heads) for word, heads in packaged("noise.yml")["unless_next"].items()}


def idiom_spans(folded: str) -> tuple[Span, ...]:
    """Where the text prints a word with a numeral in it that says no number (五湖四海, 二氧化, 三北, 十四五)."""
    automaton, words = _idioms()
    spans = []
    for index, start, end in automaton.find_matches_as_indexes(folded):
        heads = _unless_next().get(words[index], ())
        if not (heads and folded.startswith(heads, end)):
            spans.append(Span(start, end))
    return tuple(spans)


@cache
def _follow() -> re.Pattern[str]:
    groups = [f"(?P<{reason}>{either(words)})" for reason, words in packaged("noise.yml")["follow"].items()]
    return re.compile(rf"\s?(?:{'|'.join(groups)})")


@cache
def _precede() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in packaged("noise.yml")["precede"] if word != "前")
    before = r"(?<![目此之以日当年月提天先跟眼从空生期])前"
    return re.compile(rf"(?:{words}|{before})[:\s为是.]?$")


@cache
def _leaders() -> frozenset[str]:
    """What stands right before a number where a word makes it an ordinal or a letter a code."""
    return frozenset((*(word[-1] for word in packaged("noise.yml")["precede"]), *":为是.-", *BLANKS))


_NOT_AFTER_ALL = re.compile(r"(?:年|月|日|点|时)(?:产|均|处理|加工|供|吞吐|发电)|等(?:级)")
_LETTER = re.compile(r"[A-Za-zα-ωΑ-Ω][-.]?$")


@cache
def _followers() -> frozenset[str]:
    """What the words behind a number begin with, or the blank before them."""
    return frozenset(
        (*(word[0] for words in packaged("noise.yml")["follow"].values() for word in words), *BLANKS)
    )


def what_follows(folded: str, end: int) -> str | None:
    """Why the words right behind a number at end make it no quantity (date, duration, age, ordinal, score), or None."""
    if folded[end : end + 1] not in _followers():
        return None
    match = _follow().match(folded, end)
    if not match or _NOT_AFTER_ALL.match(folded, end):
        return None
    return match.lastgroup


def what_precedes(folded: str, start: int) -> str | None:
    """Why the words right before a number at start make it no quantity (ordinal, code), or None."""
    if folded[start - 1 : start] not in _leaders() and not _LETTER.search(folded, start - 1, start):
        return None
    before = folded[max(0, start - 8) : start]
    if _precede().search(before):
        return "ordinal"
    if _LETTER.search(before) and not before.rstrip("-.").endswith(_no_codes()):
        return "code"
    return None


@cache
def _no_codes() -> tuple[str, ...]:
    return tuple(packaged("noise.yml")["no_codes"])


@cache
def _joints() -> str:
    return "".join(packaged("noise.yml")["joined"])


def is_joined(folded: str, start: int, end: int) -> bool:
    """True where the digits touch another number by : / - or +, as in a clock time, a score, a telephone number."""
    joined = _joints()
    behind = folded[end : end + 2]
    before = folded[max(0, start - 2) : start]
    return (len(behind) == 2 and behind[0] in joined and behind[1].isdigit()) or (
        len(before) == 2 and before[1] in joined and before[0].isdigit()
    )


def denied(before: str, behind: str) -> bool:
    """The text says that the number is not so. before: the clause up to the number, behind: the sentence after it."""
    before_it, rumours, behind_it = _denials()
    near = before[-8:].endswith(before_it)
    return near or rumours.search(before[-14:]) is not None or behind_it.search(behind) is not None


@cache
def _denials() -> tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]]:
    data = packaged("noise.yml")
    rumours, behind = ("|".join(map(re.escape, data[role])) for role in ("rumours", "denied_in_sentence"))
    return tuple(data["denied_before"]), re.compile(rumours), re.compile(behind)
