"""Numbers that the words tie to each other: every share, change, number of one, sum and difference against the numbers near it.

Where one equation of a number with others near it holds, nothing is said. Where none does, and one slip of the hand would make the
one that the words ask for hold exactly, the page probably has a misprint. What few numbers near it could make by chance is left.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations, takewhile
from typing import NamedTuple

from sitegen.amounts import is_additive, is_count
from sitegen.checks.base import (
    Said,
    Sentence,
    chains,
    either,
    finding,
    is_size,
    last_piece,
    like,
    measured,
    parts_in,
    words,
)
from sitegen.checks.equations import (
    Equation,
    Slip,
    Sure,
    difference,
    growth,
    increase,
    product,
    share,
    slip_of,
    total,
)
from sitegen.checks.increments import is_increment
from sitegen.model import Claim, Warning
from sitegen.numerals import numeral_at

_BACK, _ABOVE, _MOST = 8, 30, 9
_APART = 20  # who says by how much two numbers differ does not compare one with another so many times as large
_LIMIT: dict[Sure, tuple[Decimal, Decimal]] = {
    "sure": (Decimal("1.5"), Decimal(1)),
    "told": (Decimal("0.9"), Decimal("0.4")),
    "far": (Decimal("0.35"), Decimal("0.08")),
    "open": (Decimal("0.05"), Decimal("0.01")),
}
"""How many slips chance may make that still prove one: of the hard kind, and of one digit in place of another."""


class _Near(NamedTuple):
    """A number and those near it, the nearest first."""

    at: int
    said: Said
    before: tuple[Said, ...]
    behind: tuple[Said, ...]
    above: tuple[Said, ...]
    inside: frozenset[int] = frozenset()


def relations(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on the numbers of one article; sentences: its own, in order."""
    rows = chains(sentences)
    chain = [said for row in rows for said in row]
    lasting = _durations(sentences)
    inside = frozenset(id(row[at]) for row in rows for at in parts_in(row))
    proven, doubtful = set[str](), list[list[Equation]]()
    for at, said in enumerate(chain):
        if not said.claim.value:
            continue
        for found in _asked(_near(chain, at, inside), chain, lasting):
            equations = [each for each in found if each is not None]
            holding = [each for each in equations if each.holds()]
            sure = [each for each in equations if each.sure == "sure"]
            if holding and (not sure or any(each.sure != "fit" for each in holding)):
                proven |= {claim.id for claim in holding[0].claims}
                continue
            asked = sure if holding else [each for each in equations if each.sure != "fit"]
            if asked := [each for each in asked if _exact(each)]:
                doubtful.append(asked)
    for asked in doubtful:
        if best := _best(asked, proven):
            yield _says(*best)


def _exact(equation: Equation) -> bool:
    return all(
        claim.bound in {"exact", "about"} and claim.value_max is None and claim.value
        for claim, _ in equation.places
    )


def _best(asked: Sequence[Equation], proven: set[str]) -> tuple[Equation, Slip] | None:
    """The equation and its slip that prove most; of several that the words ask for equally the first."""
    found: list[tuple[Decimal, Equation, Slip]] = []
    for rank, equation in enumerate(asked, 1):
        slip = slip_of(equation, proven)
        if slip and slip.chance * rank <= _LIMIT[equation.sure][0 if slip.hard else 1]:
            found.append((slip.chance * rank, equation, slip))
    best = min(found, key=lambda each: each[0], default=None)
    return best[1:] if best else None


_SAYS = {"growth": "rate-differs"}


def _says(equation: Equation, slip: Slip) -> Warning:
    return finding(
        equation.family, _SAYS.get(equation.family, "differs"), "differs", equation.claims, equation.result.sentence.facts,
        equation.working, suggestion=like(slip.value, slip.claim).replace(",", ""), **equation.given,
    )  # fmt: skip


def _near(chain: Sequence[Said], at: int, inside: frozenset[int]) -> _Near:
    said = chain[at]
    paragraph = said.claim.paragraph
    before = tuple(
        each for each in reversed(chain[max(0, at - _BACK) : at]) if each.claim.paragraph == paragraph
    )
    behind = tuple(each for each in chain[at + 1 : at + 1 + _MOST] if each.claim.paragraph == paragraph)
    above = tuple(
        each for each in reversed(chain[max(0, at - _ABOVE) : at]) if each.claim.paragraph != paragraph
    )
    return _Near(at, said, before, behind, above, inside)


class _Patterns(NamedTuple):
    each: re.Pattern[str]
    gap: re.Pattern[str]
    left: re.Pattern[str]
    sum: re.Pattern[str]
    total: re.Pattern[str]
    change: re.Pattern[str]
    base: re.Pattern[str]
    share: re.Pattern[str]
    rate: re.Pattern[str]
    joint: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("relations")
    units, short = either(list(data["each"])), "[^,;。、\\d]"
    compared = "(?:[比较][^,;。、\\d]{1,6}|上[^,;。、]{1,4}期)"
    return _Patterns(
        re.compile(
            rf"(?:每一?(?P<every>{units}|[一-鿿]){short}{{0,9}}|(?P<mean>{units}|(?!平)[一-鿿])均{short}{{0,7}}"
            rf"|(?P<name>{either(list(data['named']))}){short}{{0,6}})$"
        ),
        re.compile(rf"{either(data['gap'])}(?:了|约|近|达|出|收|支|用|花|放|运|发|产|加)?{short}{{0,2}}$"),
        re.compile(rf"{either(data['left'])}{short}{{0,6}}$"),
        re.compile(rf"{either(data['sum'])}{short}{{0,8}}$"),
        re.compile(rf"(?:^|[,;。、]){short}{{0,6}}(?:合计|总计|共计|共|一共|总共|加起来|合起来){short}{{0,4}}$"),
        re.compile(rf"[,、(]?(?:{either(data['since'])}|{compared})?{either(data['change'])}[了约近达幅率过]*"),
        re.compile(
            rf"(?:[比较由从]|{either(words('bases')['earlier'])})(?![^,;。、]*(?:[增减多少高低快慢降升涨跌]|超过|缩短))[^,;。、]{{0,12}}$"
        ),
        re.compile(
            "(?:^|[,;。、:])(?P<part>[^,;。、:占]*?)[约只仅就也已还]*占(?:到|了|比)?(?P<whole>[^,;。、]{0,14}?)的?(?:比重|比例)?[为达到约近仅]*$"
        ),
        re.compile("[,、]?[^,;。、]{0,5}率[为达到约近仅]*"),
        re.compile("[、,和及与以]+[^,;。、]{0,14}"),
    )  # fmt: skip


def _asked(
    near: _Near, chain: Sequence[Said], lasting: dict[int, list[Said]]
) -> Iterator[list[Equation | None]]:
    """For each thing that the words say of the number the equations that may be meant, the likeliest first."""
    claim, lead = near.said.claim, last_piece(near.said.lead)
    if claim.unit in {"%", "times"}:
        changes = claim.kind == "growth" or claim.value < 0 or claim.unit == "times"
        if "占" not in lead and (changes or _patterns().change.fullmatch(near.said.lead)):
            yield list(_changes(near, chain))
        elif claim.unit == "%":
            yield list(_shares(near, chain))
        return
    if claim.unit is None or not is_size(claim.unit):
        return
    if match := _patterns().each.search(lead):
        name = match["every"] or match["mean"] or words("relations")["named"][match["name"]]
        yield list(_of_each(near, name, lasting.get(claim.paragraph, [])))
        return
    if _patterns().left.search(lead):
        yield list(_left(near))
    elif _patterns().gap.search(lead):
        yield list(_gaps(near))
    if is_additive(claim.unit):
        if _patterns().sum.search(lead):
            yield list(_sums(near, lead))
        if parts := list(_parts(near)):
            yield parts


def _changes(near: _Near, chain: Sequence[Said]) -> Iterator[Equation | None]:
    rate = near.said
    pure = _patterns().change.fullmatch(rate.lead) is not None
    falls = rate.claim.value < 0 or any(word in rate.lead for word in words("growth")["falls"])
    same = [s for s in (*near.before, *near.behind[:2]) if is_size(s.claim.unit) and s.claim.value > 0]
    for pair in combinations(same, 2):
        first = pair[0].claim
        if first.unit != pair[1].claim.unit:
            continue
        next_ = [s for s in same if s.claim.unit == first.unit][:2]
        asked = pure and all(s in next_ for s in pair)
        for one, other in (pair, pair[::-1]):
            sure: Sure = "sure" if one.sentence is other.sentence is rate.sentence else "told"
            based = _based(other) and one.claim.per in {None, other.claim.per}
            yield growth(rate, one, other, sure if asked and based else "fit", falls=falls)
            came = is_increment(one.lead)
            alone = near.at > 0 and one is chain[near.at - 1] and not _based(one) and not _based(other)
            yield increase(rate, one, other, sure if asked and came and alone else "fit", falls=falls)
            if came:
                yield share(rate, one, other, "fit")


def _based(said: Said) -> bool:
    lead = last_piece(said.lead)
    return _patterns().base.search(lead) is not None and not _patterns().gap.search(lead[:-2] or lead)


def _shares(near: _Near, chain: Sequence[Said]) -> Iterator[Equation | None]:
    rate, before = near.said, near.before
    prev = before[0] if before and before[0] is chain[near.at - 1] else None
    of_prev = (
        prev is not None and "占" in prev.lead and re.fullmatch("的?[^,;。、]{0,4}", rate.lead) is not None
    )
    match = _patterns().share.search(rate.lead)
    named = _patterns().rate.fullmatch(rate.lead) is not None and not any(
        word in rate.lead for word in words("relations")["rate_not"]
    )
    behind = [s for s in near.behind[:1] if s.sentence is rate.sentence and ";" not in s.lead and not match]
    order = [*before[1:2], *before[:1], *before[2:], *behind] if of_prev else [*before, *behind]
    same = [s for s in order if is_size(s.claim.unit) and s.claim.value > 0]
    whole = re.sub(f"^{either(words('portions')['before'])}", "", match["whole"]) if match else ""
    called = match["part"].removeprefix("其中") if match else ""
    level: Sure = "sure" if of_prev or match else "told" if named else "fit"
    if whole in words("portions")["regions"] and not of_prev:
        level = "fit"
    for place, part in enumerate(same):
        rest = [s for s in same if s is not part and _of_kind(s.claim, part.claim)]
        larger = [s for s in rest if s.claim.value >= part.claim.value]
        for other in rest:
            first = place == 0 and (other is rest[0] or other is next(iter(larger), None))
            sure: Sure = level if first else "told" if place < 2 and level == "sure" else "fit"
            if is_increment(part.lead) or is_increment(other.lead):
                sure = "fit"
            elif named and [part, other] == [*before[:2]] and other.claim.value > part.claim.value:
                sure = "sure"
            fits_words = of_prev or not match or _called(other, whole)
            if (
                part.claim.unit != other.claim.unit
                or part.sentence is not rate.sentence
                or not fits_words
                or (len(called) > 1 and called[-2:] not in part.lead)
                or (place == 0 and part is not prev and not of_prev)
            ):
                sure = "fit"
            yield share(rate, part, other, sure)
            yield share(rate, part, other, "fit", rest=True)
    yield from _of_above(near, same, whole)


def _of_above(near: _Near, same: Sequence[Said], whole: str) -> Iterator[Equation | None]:
    """Shares of a number that stands in a paragraph above and is called as the whole is."""
    for part in same[:2]:
        rest = [s for s in same if s is not part and _of_kind(s.claim, part.claim)]
        for other in near.above:
            if _of_kind(other.claim, part.claim) and other.claim.value > 0:
                asked = (
                    len(whole) > 1
                    and not rest
                    and part is same[0]
                    and part.claim.unit == other.claim.unit
                    and _named(other, whole)
                )
                yield share(near.said, part, other, "told" if asked else "fit")


def _of_kind(claim: Claim, other: Claim) -> bool:
    """Whether one may be a part of the other: 2.85万人 of 3万名."""
    if claim.unit == other.unit:
        return True
    visits, things = words("units")["visits"], words("units")["things"]
    return (claim.unit in visits and other.unit in visits) or (
        is_count(claim.unit) and is_count(other.unit) and bool({claim.unit, other.unit} & set(things))
    )


def _called(said: Said, whole: str) -> bool:
    """Whether the number may be the whole: called so, or the whole has no name of its own."""
    stem = re.sub("^[总全]|[数量额]$", "", whole)
    return len(stem) < 2 or whole in words("rates")["named_last"] or _named(said, whole)


def _named(said: Said, whole: str) -> bool:
    stem = re.sub("^总|^全[省市县区]?|总?[数量额]$", "", whole) or whole
    lead = said.lead[-24:]
    return stem[-2:] in lead or stem[:2] in lead


def _of_each(near: _Near, name: str, lasting: Sequence[Said]) -> Iterator[Equation | None]:
    one, claim = near.said, near.said.claim
    row = words("relations")["each"].get(name, {"unit": name, "size": "1"})
    size = Decimal(row["size"])
    around = [*near.before, *near.behind[:4], *lasting]
    many = _heads_first([s for s in around if _counts(s, name, row["unit"])], near.inside)
    totals = _heads_first(
        [
            s
            for s in around
            if s.claim.unit == claim.unit
            and s.claim.value > 0
            and (s in near.before or not _patterns().each.search(last_piece(s.lead)))
        ],
        near.inside,
    )
    also = [s for s in near.behind[:1] if s.claim.unit == claim.unit and re.match("[、和]", s.lead)]
    for i, count in enumerate(many):
        for j, all_ in enumerate(totals):
            if count is all_:
                continue
            measures = measured(last_piece(one.lead)), measured(last_piece(all_.lead))
            sure: Sure = "told" if i < 2 and j < 2 else "fit"
            if i == j == 0 and count.sentence is all_.sentence is one.sentence:
                sure = "sure"
            if one.sentence is not all_.sentence and (all_ in near.behind or count.sentence is not all_.sentence):
                sure = "far" if i == j == 0 and all_ in near.before else "fit"
            if all(measures) and not measures[0] & measures[1]:
                sure = "fit"
            yield product(all_, [one], count, size, sure)
            if also and all_ is not also[0]:
                yield product(all_, [one, also[0]], count, size, sure)
    counts = [s for s in near.above if _counts(s, name, row["unit"])]
    sums = [s for s in near.above if s.claim.unit == claim.unit and s.claim.value > 0]
    for count, all_ in (
        *((n, t) for n in many for t in sums),
        *((n, t) for n in counts for t in totals),
        *((n, t) for n in counts[:4] for t in sums[:4]),
    ):
        if count is not all_:
            yield product(all_, [one], count, size, "fit")


def _heads_first(found: Sequence[Said], inside: Collection[int]) -> list[Said]:
    """The numbers, those that are no parts, increments or others' earlier numbers first."""
    return sorted(found, key=lambda s: id(s) in inside or is_increment(s.lead) or _based(s))


def _counts(said: Said, name: str, unit: str) -> bool:
    """Whether the number says how many there are of what the other one falls to: 120个村 for 每村."""
    claim, visits = said.claim, words("units")["visits"]
    if claim.value <= 0:
        return False
    if claim.unit == unit or (unit in visits and claim.unit in visits):
        return True
    behind = said.sentence.text.startswith(name, claim.end) and bool(claim.id)
    return is_count(claim.unit) and (behind or claim.raw.endswith(name))


def _gaps(near: _Near) -> Iterator[Equation | None]:
    said = near.said
    behind = [s for s in near.behind[:1] if _based(s)]
    same = [s for s in (*near.before, *behind) if s.claim.unit == said.claim.unit and s.claim.value > 0]
    for pair in combinations(same, 2):
        large, small = sorted(pair, key=lambda s: s.claim.value, reverse=True)
        here = all(s in same[:2] and s.sentence is said.sentence for s in pair)
        asked = any(_based(s) for s in pair) or not is_increment(said.lead)
        alike = large.claim.value < small.claim.value * _APART
        yield difference(said, large, small, "told" if here and asked and alike else "fit")


def _left(near: _Near) -> Iterator[Equation | None]:
    """What is left of a larger number when those between are taken from it."""
    said = near.said
    same = [s for s in near.before if s.claim.unit == said.claim.unit and s.claim.value > 0]
    for count in range(2, min(len(same), 5) + 1):
        parts, whole = same[: count - 1], same[count - 1]
        here = all(s.sentence is said.sentence for s in (*parts, whole))
        larger = whole.claim.value > max(s.claim.value for s in parts)
        here = here and not any(re.search("[各每]", s.lead) for s in (*parts, said))
        sure: Sure = "told" if here and larger else "fit"
        if count == 2:
            yield difference(said, whole, parts[0], sure)
            yield difference(said, parts[0], whole, "fit")
        else:
            yield total(whole, [*parts[::-1], said], sure)
    for one, other in combinations(same, 2):
        large, small = sorted((one, other), key=lambda s: s.claim.value, reverse=True)
        yield difference(said, large, small, "fit")


def _sums(near: _Near, lead: str) -> Iterator[Equation | None]:
    said = near.said
    same = [s for s in near.before if s.claim.unit == said.claim.unit and s.claim.value > 0]
    same = [s for s in same if not _patterns().each.search(last_piece(s.lead))]
    close = _patterns().total.search(lead) is not None
    here = [s for s in same if s.sentence is said.sentence]
    for count in range(2, len(same) + 1):
        inside = count <= len(here)
        sure: Sure = "sure" if close and count == len(here) else "told" if inside else "fit"
        yield total(said, same[:count][::-1], sure)
    for one, other in combinations(same, 2):
        yield total(said, [one, other], "fit")


def _parts(near: _Near) -> Iterator[Equation | None]:
    said = near.said
    same = [s for s in near.behind if s.claim.unit == said.claim.unit]
    same = [s for s in same if not _patterns().each.search(last_piece(s.lead))]
    if len(same) < 2:
        return
    opened = any(word in same[0].lead for word in words("relations")["parts"])
    run = 1 + sum(1 for _ in takewhile(lambda s: _patterns().joint.fullmatch(s.lead), same[1:]))
    together = all(s.sentence is said.sentence and ";" not in s.lead for s in same[:run])
    for count in range(2, len(same) + 1):
        sure: Sure = "fit"
        if count == run and together:
            sure = "told" if opened and run > 2 else "open"
        yield total(said, same[:count], sure)


def _durations(sentences: Sequence[Sentence]) -> dict[int, list[Said]]:
    """How many days, months, years the paragraphs name: numbers that are no claims, but that others are multiplied by."""
    units = words("relations")["lasting"]
    pattern = re.compile(
        rf"(?<![\d.年月第前每])(?P<number>\d{{1,4}}|[一二两三四五六七八九十]{{1,3}})(?P<unit>{either(list(units))})(?![代级])"
    )
    found: dict[int, list[Said]] = {}
    for sentence in sentences:
        text = sentence.text[sentence.span.start : sentence.span.end]
        for match in pattern.finditer(text):
            numeral = numeral_at(match["number"], 0)
            if numeral is None or not numeral.value or (match["unit"] == "年" and numeral.value > 200):
                continue
            start = sentence.span.start + match.start()
            claim = _count(sentence, start, match[0], numeral.value, units[match["unit"]])
            found.setdefault(sentence.paragraph, []).append(Said(sentence, claim, ""))
    return found


def _count(sentence: Sentence, start: int, raw: str, value: Decimal, unit: str) -> Claim:
    article = sentence.facts.article.id
    return Claim(
        "", article, sentence.paragraph, start, start + len(raw), raw, value, None, unit, None, "exact", "actual", "count",
        "", None, None, None, None, None, raw, None,
    )  # fmt: skip
