"""Amounts and the numbers near them that may make them: so much each times so many, what two differ by, what is left, a sum."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from sitegen.amounts import is_additive, is_count
from sitegen.checks.base import Said, Sentence, either, last_piece, measured, words
from sitegen.checks.equations import Equation, Sure, difference, product, total
from sitegen.checks.increments import is_increment
from sitegen.checks.vicinity import ABOVE, Near, is_base, is_each, is_earlier, is_part, is_reached, patterns
from sitegen.model import Claim
from sitegen.numerals import numeral_at

_LEAD = 36  # so many characters before a list may open it
_APART = (
    20  # who says by how much two numbers differ does not compare one with another so many times as large
)


_TIMES = 4  # so many durations before a number and behind it


def of_each(around: Near, name: str, lasting: Sequence[Said]) -> Iterator[Equation | None]:
    """Products of the number of one: so many there are, and all of it. name: what it falls to; lasting: times of the paragraph."""
    one, claim = around.said, around.said.claim
    row = words("relations")["each"].get(name, {"unit": name, "size": "1"})
    size, unit = Decimal(row["size"]), row["unit"]
    at = bisect(lasting, claim.start, key=lambda s: s.claim.start)
    times = lasting[max(0, at - _TIMES) : at + _TIMES]
    here = [s for s in (*around.before, *around.behind[:4], *times) if not is_each(s)]
    many = _heads_first([s for s in here if _counts(s, name, unit)], around) or _unnamed(around, name)
    listed = [
        s for s in around.behind[:1] if s.lead.startswith("、")
    ]  # another one of many: 颗粒物1600吨、二氧化硫2300吨
    totals = [s for s in _heads_first(_totals(here, claim), around) if s not in listed]
    also = [s for s in around.behind[:1] if s.claim.unit == claim.unit and re.match("[、和]", s.lead)]
    for i, count in enumerate(many):
        for j, all_ in enumerate(totals):
            if count is not all_:
                sure = _sure(one, count, all_, (i, j), behind=all_ in around.behind)
                yield product(all_, [one], count, size, sure)
                if also and all_ is not also[0]:
                    yield product(all_, [one, also[0]], count, size, sure)
    above = [s for s in around.above if not is_each(s)]
    counts = _heads_first([s for s in above if _counts(s, name, unit)], around)
    sums = _heads_first(_totals(above, claim), around)
    firsts = [*many, *counts][:1], [*totals, *sums][:1]
    pairs = (
        *((n, t) for n in many for t in sums),
        *((n, t) for n in counts for t in totals),
        *((n, t) for n in counts[:4] for t in sums[:4]),
    )
    for count, all_ in pairs:
        if count is not all_:
            first = [count] == firsts[0] and [all_] == firsts[1]
            yield product(all_, [one], count, size, "far" if first else "fit")


def _totals(found: Sequence[Said], one: Claim) -> list[Said]:
    return [s for s in found if s.claim.unit == one.unit and s.claim.value > 0 and not is_reached(s)]


def _unnamed(around: Near, name: str) -> list[Said]:
    """820家，藏书41万册，馆均500册: what is counted right before, where nothing is called 馆."""
    if f"{name}均" not in around.said.lead or name in words("relations")["own"]:
        return []
    found = [s for s in around.before[:2] if is_count(s.claim.unit) and s.sentence is around.said.sentence]
    return [s for s in found[-1:] if s.claim.unit not in words("units")["visits"] and not is_each(s)]


def _sure(one: Said, many: Said, total_: Said, rank: tuple[int, int], *, behind: bool) -> Sure:
    """How far the three belong together; rank: how many nearer numbers could be the many and the total."""
    measures = measured(last_piece(one.lead)), measured(last_piece(total_.lead))
    if (all(measures) and not measures[0] & measures[1]) or total_.claim.value < one.claim.value:
        return "fit"
    if one.sentence is not total_.sentence and (behind or many.sentence is not total_.sentence):
        return "far" if rank == (0, 0) and not behind else "fit"
    if rank == (0, 0) and many.sentence is total_.sentence is one.sentence:
        return "sure"
    if max(rank) < 2:
        return "told"
    return "far" if rank[0] < 4 and rank[1] < 3 else "fit"


def _heads_first(found: Sequence[Said], around: Near) -> list[Said]:
    """The numbers of the same sentence first, and those first that are no parts, increments or others' earlier numbers."""

    def later(said: Said) -> tuple[bool, bool]:
        part = id(said) in around.inside or is_increment(said.lead) or is_earlier(said)
        return part, said.sentence is not around.said.sentence

    return sorted(found, key=later)


def _counts(said: Said, name: str, unit: str) -> bool:
    """Whether the number says how many there are of what the other one falls to: 120个村 for 每村."""
    claim, visits = said.claim, words("units")["visits"]
    if claim.value <= 0:
        return False
    if claim.unit == unit or (unit in visits and claim.unit in visits):
        return True
    behind = said.sentence.text.startswith(name, claim.end) and bool(claim.id)
    return is_count(claim.unit) and (behind or claim.raw.endswith(name))


def gaps(around: Near) -> Iterator[Equation | None]:
    """Differences of two numbers of which the number may be what one is more or less than the other."""
    said = around.said
    behind = [s for s in around.behind[:1] if is_base(s)]
    same = [s for s in (*around.before, *behind) if s.claim.unit == said.claim.unit and s.claim.value > 0]
    for pair in combinations(same, 2):
        large, small = sorted(pair, key=lambda s: s.claim.value, reverse=True)
        here = all(s in same[:2] and s.sentence is said.sentence for s in pair)
        asked = any(is_base(s) for s in pair) or not is_increment(said.lead)
        alike = large.claim.value < small.claim.value * _APART
        yield difference(said, large, small, "told" if here and asked and alike else "fit")


def points(around: Near) -> Iterator[Equation | None]:
    """提高3.5个百分点, between the two shares before it."""
    shares = [
        s for s in around.before[:4] if s.claim.unit == "%" and s.claim.value > 0 and s.claim.kind != "growth"
    ]
    shares += [
        s
        for s in around.before[:2]
        if s.claim.unit == "%" and s not in shares and not patterns().change.fullmatch(s.lead)
    ]
    for pair in combinations(shares, 2):
        large, small = sorted(pair, key=lambda s: s.claim.value, reverse=True)
        next_ = (
            all(s in around.before[:2] for s in pair)
            and around.said.sentence is pair[0].sentence is pair[1].sentence
        )
        yield difference(
            around.said,
            large,
            small,
            "sure" if next_ and any(is_base(s) for s in pair) else "far" if next_ else "fit",
        )


def left(around: Near) -> Iterator[Equation | None]:
    """What is left of a larger number when those between are taken from it."""
    said = around.said
    same = [s for s in around.before if s.claim.unit == said.claim.unit and s.claim.value > 0]
    for count in range(2, min(len(same), 5) + 1):
        parts, whole = same[: count - 1], same[count - 1]
        here = all(s.sentence is said.sentence for s in (*parts, whole))
        here = here and not any(re.search("[各每]", s.lead) for s in (*parts, said))
        opened = any(word in s.lead for s in parts for word in words("partitions")["opened"])
        near_ = here or (opened and parts[0].sentence is said.sentence)
        sure: Sure = "told" if near_ else "far"
        if whole.claim.value <= max(s.claim.value for s in parts):
            sure = "fit"
        if count == 2:
            turned = here and parts[0].claim.value > whole.claim.value  # 152公里，占160公里的95%，余下8公里
            yield difference(said, whole, parts[0], sure)
            yield difference(said, parts[0], whole, "told" if turned else "fit")
        else:
            yield total(whole, [*parts[::-1], said], sure)
    for one, other in combinations(same, 2):
        large, small = sorted((one, other), key=lambda s: s.claim.value, reverse=True)
        yield difference(said, large, small, "fit")
    for whole in around.above:
        if whole.claim.unit == said.claim.unit and same and whole.claim.value > same[0].claim.value:
            yield difference(said, whole, same[0], "far")


def sums_of(around: Near, lead: str) -> Iterator[Equation | None]:
    """Sums of the numbers before it; lead: the words right before the number, 合计 or 共."""
    said = around.said
    same = [s for s in around.before if s.claim.unit == said.claim.unit and s.claim.value > 0]
    same = [s for s in same if not patterns().each.search(last_piece(s.lead))]
    close = patterns().total.search(lead) is not None
    here = [s for s in same if s.sentence is said.sentence]
    for count in range(2, len(same) + 1):
        inside = count <= len(here)
        sure: Sure = "sure" if close and count == len(here) else "told" if inside else "fit"
        yield total(said, same[:count][::-1], sure)
    for one, other in combinations(same, 2):
        yield total(said, [one, other], "fit")


def runs(sentences: Sequence[Sentence], chain: Sequence[Said]) -> Iterator[list[Equation | None]]:
    """Lists of parts, each as the parts of a number before it: in its sentence, or in an earlier one of the article."""
    for sentence in sentences:
        here = [s for s in chain if s.sentence is sentence and is_part(s)]
        for unit in dict.fromkeys(s.claim.unit for s in here):
            same = [s for s in here if s.claim.unit == unit]
            if is_additive(unit) and unit is not None and len(same) > 1:
                yield list(_run(same, chain))


def _run(same: Sequence[Said], chain: Sequence[Said]) -> Iterator[Equation | None]:
    """same: the numbers of a sentence in one unit, all of them parts of an earlier number or those behind the first its parts."""
    place = chain.index(same[0])
    before = chain[max(0, place - ABOVE) : place]
    earlier = [s for s in reversed(before) if s.claim.unit == same[0].claim.unit]
    for parts, wholes in ((same[1:], same[:1]), (same, earlier)):
        if len(parts) < 2:
            continue
        for rank, whole in enumerate(wholes):
            yield total(whole, parts, _listed(parts, whole, rank))
            if len(parts) > 2:
                yield total(whole, parts[:-1], "fit")
                yield total(whole, parts[1:], "fit")


def _listed(parts: Sequence[Said], whole: Said, rank: int) -> Sure:
    """How far the words tell that these are the parts of that number, and all of them; rank: how many nearer ones there are."""
    joined = all(patterns().joint.fullmatch(s.lead) or len(s.lead) < 12 for s in parts[1:])
    larger = sum(part.claim.value >= whole.claim.value for part in parts)
    statuses = {s.claim.status for s in (*parts, whole)}
    if (
        not joined
        or any(";" in s.lead for s in parts)
        or larger > 1
        or len(statuses) > 1
        or not is_part(whole)
    ):
        return "fit"
    names, overlap = (
        [last_piece(s.lead).removeprefix("其中") for s in parts],
        (*words("partitions")["overlap"], *words("relations")["stages"]),
    )
    if is_count(whole.claim.unit) and any(_calls(name, word) for word in overlap for name in names):
        return "fit"
    opened = patterns().opened.search(parts[0].sentence.lead(parts[0].claim)[-_LEAD:]) is not None
    if not opened:
        return "far" if whole.sentence is parts[0].sentence else "fit"
    if rank > 1 or whole.claim.unit in words("units")["persons"]:  # who are many things at once
        return "far"
    return "sure" if not rank and len(parts) > 2 else "told"


def _calls(name: str, word: str) -> bool:
    """Whether a part is called by the word; a single character only at its beginning: 过夜 is no 夜."""
    return word in name if len(word) > 1 or word == "级" else name.startswith(word)


def durations(sentences: Sequence[Sentence]) -> dict[int, list[Said]]:
    """How many days, months, years the paragraphs name: numbers that are no claims, but that others are multiplied by."""
    units = words("relations")["lasting"]
    pattern = re.compile(
        rf"(?<![\d.年月第每])(?P<number>首|\d{{1,4}}|[一二两三四五六七八九十]{{1,3}})(?P<unit>{either(list(units))})(?![代级])"
    )
    found: dict[int, list[Said]] = {}
    for sentence in sentences:
        text = sentence.text[sentence.span.start : sentence.span.end]
        for match in pattern.finditer(text):
            numeral = numeral_at(match["number"].replace("首", "一"), 0)
            if numeral is None or numeral.value <= 1 or (match["unit"] == "年" and numeral.value > 200):
                continue
            value, unit = numeral.value, units[match["unit"]]
            value, unit = (value * 7, "day") if unit == "week" else (value, unit)
            start = sentence.span.start + match.start()
            claim = _count(sentence, start, match[0], value, unit)
            found.setdefault(sentence.paragraph, []).append(Said(sentence, claim, ""))
    return found


def _count(sentence: Sentence, start: int, raw: str, value: Decimal, unit: str) -> Claim:
    article = sentence.facts.article.id
    return Claim(
        "", article, sentence.paragraph, start, start + len(raw), raw, value, None, unit, None, "exact", "actual", "count",
        "", None, None, None, None, None, raw, None,
    )  # fmt: skip
