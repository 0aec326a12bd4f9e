"""A count against the list that it sums up: 10大产业集群 behind ten names, 三家企业, 这五家 after three and two, 1+5."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.checks.base import Sentence, either, finding, plain, shown, words
from sitegen.model import Claim, Warning

_PLUS = re.compile(r"[“\"‘](\d+(?:\+\d+)+)[”\"’]")
_OPENING, _CLOSING = "(（《“‘「", ")）》”’」"


class _Patterns(NamedTuple):
    joint: re.Pattern[str]
    before: re.Pattern[str]
    stop: re.Pattern[str]
    opener: re.Pattern[str]
    verb: re.Pattern[str]
    forward: re.Pattern[str]
    back: re.Pattern[str]


class _List(NamedTuple):
    """Items as far as 、 parts them; counts: how many they may be; open: there are more; sure: nothing else can be meant."""

    items: tuple[str, ...]
    counts: tuple[int, ...]
    more: bool
    sure: bool


@cache
def _patterns() -> _Patterns:
    data = words("lists")
    return _Patterns(
        re.compile(either(data["joint"])),
        re.compile(rf"{either(data['before'])}$"),
        re.compile(rf"{either(data['not_before'])}$"),
        re.compile(either(data["openers"])),
        re.compile(either(data["verbs"])),
        re.compile(rf"[^,;。、\d]{{0,10}}?{either([re.escape(word) for word in data['forward']])}"),
        re.compile(rf"{either(data['back'])}$"),
    )


def lists(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on counts that sum up a list; sentences: those of one article, in order."""
    for at, sentence in enumerate(sentences):
        yield from _plus(sentence)
        for index, claim in enumerate(sentence.claims):
            if claim.unit not in words("lists")["measures"] or not 1 < claim.value <= words("lists")["most"]:
                continue
            if claim.value % 1 or not plain(claim):
                continue
            if _patterns().back.search(sentence.lead(claim)):
                yield from _referred(sentences, at, claim)
            else:
                yield from _counted(sentence, index)


def _counted(sentence: Sentence, index: int) -> Iterator[Warning]:
    claim = sentence.claims[index]
    found = _behind(sentence.gap(index)) or _ahead(sentence, claim)
    if found is None:
        return
    number = int(claim.value)
    if number in found.counts:
        yield _says(sentence, claim, found, number, agrees=True)
    elif (
        found.sure
        and not found.more
        and _whole(sentence, claim) != claim.raw
        and not min(found.counts) <= number <= max(found.counts)
    ):
        yield _says(sentence, claim, found, max(found.counts), agrees=False)


def _says(sentence: Sentence, claim: Claim, found: _List, number: int, *, agrees: bool) -> Warning:
    working = words("lists")["listed"].format(items="、".join(found.items), number=number, count=shown(claim))
    verdict = "agrees" if agrees else "differs"
    return finding(
        "lists",
        verdict,
        "agrees" if agrees else "differs",
        (claim,),
        sentence.facts,
        working,
        count=_whole(sentence, claim),
    )


def _whole(sentence: Sentence, claim: Claim) -> str:
    """The count with the noun behind it: 10大产业集群."""
    behind = sentence.text[claim.end : claim.end + 9]
    noun = re.match(r"[一-鿿]{0,8}?(?=[,，。;；、:：的\d]|$)", behind) or re.match("[一-鿿]{2}", behind)
    return claim.raw + (noun[0] if noun else "")


def _behind(gap: str) -> _List | None:
    """The list that ends where the count begins."""
    patterns = _patterns()
    text = patterns.before.sub("", gap.rstrip())
    pieces = _split(text)
    if len(pieces) == 1:
        pieces = _of_two(pieces[0])
    if len(pieces) < 2:
        return None
    last, more, rest = pieces[-1].partition(words("lists")["others"][0])
    if not last or len(rest) > 4 or patterns.stop.search(last):
        return None
    opener = list(patterns.opener.finditer(pieces[0][:-1]))
    first = pieces[0][opener[-1].end() :] if opener else pieces[0]
    items = (first, *pieces[1:-1], last)
    counts = _counts(items)
    clean = not any(patterns.verb.search(item) or len(item) > 12 for item in items[1:])
    sure = len(items) > 2 and clean and (bool(opener) or len(first) <= 10 or _alike(items))
    return _List(
        items, counts, bool(more), sure and not any(len(patterns.joint.findall(item)) for item in items[:-1])
    )


def _alike(items: Sequence[str]) -> bool:
    """1号线、2号线和3号线: what ends as the others do is a member, whatever stands before the first."""
    names = [name for item in items for name in _patterns().joint.split(item)]
    return all(name[-2:] == names[0][-2:] and len(name) > 2 for name in names) and all(
        len(n) <= 8 for n in names[1:]
    )


def _of_two(piece: str) -> list[str]:
    """甲和乙两家: a list of two without 、; only short names, so that the rest of a sentence is none."""
    cut = _patterns().joint.split(piece)
    return cut if len(cut) == 2 and all(1 < len(each) <= 8 for each in cut) else [piece]


def _counts(items: Sequence[str]) -> tuple[int, ...]:
    """How many the items may be: a 和 in the last of them parts it, or is part of its name (保护和修复)."""
    inner = [each for each in _patterns().joint.split(items[-1]) if each]
    return tuple(sorted({len(items), len(items) - 1 + min(len(inner), 2)}))


def _split(text: str) -> list[str]:
    """The pieces between 、 of the last clause, brackets and quotation marks respected."""
    pieces, depth = [""], 0
    for at, char in enumerate(text):
        opened = char in _OPENING and _CLOSING[_OPENING.index(char)] in text[at:]
        depth += opened - (char in _CLOSING)
        if char in ",;:。!?" and depth <= 0:
            pieces = [""]
        elif char == "、" and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += char
        depth = max(depth, 0)
    return [piece.strip(" ") for piece in pieces]


def _ahead(sentence: Sentence, claim: Claim) -> _List | None:
    """The list that follows the count: 三大板块：甲、乙、丙. It never contradicts, since its end is not sure."""
    match = _patterns().forward.match(sentence.text, claim.end, sentence.span.end)
    if not match:
        return None
    rest = re.split("[,;。)!?]", sentence.text[match.end() : sentence.span.end])[0]
    items = _split(rest)
    if len(items) == 1:
        items = _of_two(items[0])
    return _List(tuple(items), _counts(items), more=True, sure=False) if len(items) > 1 else None


def _referred(sentences: Sequence[Sentence], at: int, claim: Claim) -> Iterator[Warning]:
    """这五家 after 三家 and 两家: the counts of the sentence before make it."""
    sentence = sentences[at]
    before = [s for s in sentences[max(0, at - 1) : at] if s.paragraph == sentence.paragraph]
    counts = [c for s in before for c in s.claims if c.unit == claim.unit and c.bound == "exact"]
    if len(counts) > 1 and sum((c.value for c in counts), Decimal(0)) == claim.value:
        working = " + ".join(shown(c) for c in counts) + f" = {claim.value:f}{claim.unit}，原文{shown(claim)}"
        yield finding(
            "lists",
            "refers",
            "agrees",
            (claim, *counts),
            sentence.facts,
            working,
            count=_whole(sentence, claim),
        )


def _plus(sentence: Sentence) -> Iterator[Warning]:
    """“1+5”模式，包含1场…和5场…"""
    for match in _PLUS.finditer(sentence.text, sentence.span.start, sentence.span.end):
        parts = [Decimal(part) for part in match[1].split("+")]
        after = [c for c in sentence.claims if c.start >= match.end()][: len(parts)]
        if (
            len(after) == len(parts)
            and [c.value for c in after] == parts
            and len({c.unit for c in after}) == 1
        ):
            working = " + ".join(shown(c) for c in after)
            yield finding("lists", "plus", "agrees", after, sentence.facts, working, count=match[1])
