"""Numbers that the words tie to each other: every share, change, number of one, sum and difference against the numbers near it.

Where one equation of a number with others near it holds, nothing is said. Where none does, and one slip of the hand would make the
one that the words ask for hold exactly, the page probably has a misprint. What few numbers near it could make by chance is left.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations, takewhile
from typing import NamedTuple

from sitegen.amounts import is_additive, is_count
from sitegen.checks.base import (
    RATES,
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
_LEAD = 36  # so many characters before a list may open it
_APART = 20  # who says by how much two numbers differ does not compare one with another so many times as large
_LIMIT: dict[Sure, tuple[Decimal, Decimal]] = {
    "sure": (Decimal("2.5"), Decimal(1)),
    "told": (Decimal("0.55"), Decimal("0.35")),
    "far": (Decimal("0.05"), Decimal(0)),
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
    asked_ = (
        found
        for at, said in enumerate(chain)
        if said.claim.value
        for found in _asked(_near(chain, at, inside), chain, lasting)
    )
    proven, doubtful = set[str](), list[list[Equation]]()
    for found in (*asked_, *_runs(sentences, chain)):
        if True:
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
    ranks = Counter[Sure]()
    for equation in sorted(asked, key=lambda each: list(_LIMIT).index(each.sure)):
        ranks[equation.sure] += 1
        rank = ranks[equation.sure]
        rate = equation.places[0][0]
        others = {claim.id for claim, _ in equation.places[1:]}
        alone = equation.sure == "far" and rate.unit in RATES
        slip = slip_of(equation, proven | others if alone else proven)
        if slip and equation.sure == "far" and not _telling(equation, slip):
            continue
        if slip and slip.chance * rank <= _LIMIT[equation.sure][slip.kind // 2]:
            found.append((slip.chance * rank, equation, slip))
    best = min(found, key=lambda each: each[0], default=None)
    return best[1:] if best else None


def _telling(equation: Equation, slip: Slip) -> bool:
    """Whether a slip tells enough where the numbers stand apart: all are exact, and it comes least by chance."""
    bounds = {"exact", "about"} if slip.kind == 0 else {"exact"}
    return slip.kind < 2 and all(claim.bound in bounds for claim, _ in equation.places)


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
    than: re.Pattern[str]
    share: re.Pattern[str]
    rate: re.Pattern[str]
    joint: re.Pattern[str]
    opened: re.Pattern[str]


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
        re.compile(rf"(?:^|[,;。、]){short}{{0,6}}(?:总[数额量]|合计|总计|共计|共|一共|总共|加起来|合起来){short}{{0,4}}$"),
        re.compile(rf"[,、(]?(?:{either(data['since'])}|{compared})*{either(data['change'])}[了约近达幅率过]*"),
        re.compile(
            rf"(?:[比较由从]|{either(words('bases')['earlier'])})(?![^,;。、]*(?:[增减多少高低快慢降升涨跌]|超过|缩短))[^,;。、]{{0,12}}$"
        ),
        re.compile(r"(?:[比较由从]|同期|年初|上届|上月|上季度)(?![^,;。、]*(?:[增减多少高低快慢降升涨跌]|超过|缩短))[^,;。、]{0,12}$"),
        re.compile(
            "(?:^|[,;。、:])(?P<part>[^,;。、:占]*?)[约只仅就也已还]*(?:占|相当于)(?:到|了|比)?(?P<whole>[^,;。、]{0,14}?)的?(?:比重|比例)?[为达到约近仅]*$"
        ),
        re.compile("(?:率|比重|比例|占比|份额)[为达到约近仅]*$"),
        re.compile("[、,和及与以]+[^,;。、]{0,20}"),
        re.compile("其中|包括|包含|分别|分为|[:(]|中,|[^看]看,|按[^,;。]{1,6}分"),
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
    if claim.unit == "pp":
        yield list(_points(near))
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


def _changes(near: _Near, chain: Sequence[Said]) -> Iterator[Equation | None]:
    rate = near.said
    pure = _patterns().change.fullmatch(rate.lead) is not None
    real = any(word in rate.sentence.text for word in words("increments")["real"])
    falls = rate.claim.value < 0 or any(word in rate.lead for word in words("growth")["falls"])
    same = [s for s in (*near.before, *near.behind[:2]) if is_size(s.claim.unit) and s.claim.value > 0]
    for pair in combinations(same, 2):
        first = pair[0].claim
        if first.unit != pair[1].claim.unit:
            continue
        next_ = [s for s in same if s.claim.unit == first.unit][:2]
        asked = pure and not real and all(s in next_ for s in pair)
        for one, other in (pair, pair[::-1]):
            sure: Sure = "sure" if one.sentence is other.sentence is rate.sentence else "told"
            based = _based(other) and one.claim.per in {None, other.claim.per}
            near_ = pair[0] in same[:4] and pair[1] in same[:4] and (based or one.claim.per is not None)
            far: Sure = "far" if near_ and not real and one.claim.per == other.claim.per else "fit"
            yield growth(rate, one, other, sure if asked and based else far, falls=falls)
            if rate.claim.unit == "times":
                multiple = re.search("(?:是|为|相当于|达到)[^,;。、]*的$", rate.lead) is not None
                told: Sure = "far" if multiple and all(s in next_ for s in pair) else "fit"
                yield share(rate, one, other, told)
            came = is_increment(one.lead)
            alone = near.at > 0 and one is chain[near.at - 1] and not _based(one) and not _based(other)
            yield increase(rate, one, other, sure if asked and came and alone else "fit", falls=falls)
            if came:
                yield share(rate, one, other, "fit")


def _based(said: Said) -> bool:
    lead = last_piece(said.lead)
    return _patterns().base.search(lead) is not None and not _patterns().gap.search(lead[:-2] or lead)


def _earlier(said: Said) -> bool:
    """Whether the number is only there for another to be compared with."""
    return _patterns().than.search(last_piece(said.lead)) is not None


def _shares(near: _Near, chain: Sequence[Said]) -> Iterator[Equation | None]:
    rate = near.said
    sizes = [s for s in near.before if is_size(s.claim.unit) and s.claim.value > 0]
    prev = sizes[0] if sizes and near.at and sizes[0] is chain[near.at - 1] else None
    match = _patterns().share.search(rate.lead)
    of_prev = prev is not None and rate.lead.strip() in {"的", "的比例达", "的比重达", "的比例为"}
    of_prev |= prev is not None and "占" in prev.lead and len(last_piece(rate.lead)) < 6 and not match
    named = _patterns().rate.search(rate.lead) is not None and not any(
        word in rate.lead for word in words("relations")["rate_not"]
    )
    behind = [s for s in near.behind[:4] if is_size(s.claim.unit) and s.claim.value > 0]
    if of_prev and prev is not None:
        yield from _of_whole(near, [prev], sizes[1:], behind, ("sure", "told"))
    whole = re.sub(f"^{either(words('portions')['before'])}", "", match["whole"]) if match else ""
    part = match["part"].removeprefix("其中") if match else ""
    local = whole in words("portions")["regions"]
    if match and not of_prev and not local:
        called = [s for s in sizes[:3] if len(part) < 2 or part[-4:] in s.lead][:1]
        after = [s for s in behind[:1] if s.sentence is rate.sentence and len(s.lead) < 4]
        wholes = [s for s in sizes[sizes.index(called[0]) + 1 :] if _called(s, whole)] if called else []
        yield from _of_whole(near, wholes, called, [], ("sure", "told"))
        if len(whole) > 1:
            far = [s for s in (*near.behind, *near.above) if _named(s, whole) and is_size(s.claim.unit)]
            yield from _of_whole(near, far, [*after, *called][:1], [], ("told", "told"))
        yield from _of_whole(near, [*sizes, *near.above[:9]], after, [], ("far", "far"))
    if named:
        of = re.sub("的$", "", re.split("的", last_piece(rate.lead))[0]) if "的" in last_piece(rate.lead) else ""
        wholes = [s for s in (*sizes, *near.above) if len(of) > 2 and of in s.lead]
        yield from _of_whole(near, wholes[:2], behind[:1], [], ("told", "told"))
        plain_ = [s for s in sizes if not _earlier(s)]
        if re.fullmatch("[,、]?[^,;。、]{0,4}(?:率|比重|比例|占比|份额)[^,;。、]*", rate.lead) and plain_[:1] == [prev] and "其中" not in rate.lead:
            yield from _of_whole(near, plain_[1:2], plain_[:1], [], ("sure", "told"))
        pairs_ = [s for s in behind if not _patterns().each.search(last_piece(s.lead))]
        yield from _of_whole(near, [*pairs_[:1], *sizes[:3]], [*pairs_[1:2], *pairs_[:1]], [], ("far", "far"))
        yield from _of_whole(near, sizes[:5], sizes[:5], [], ("far", "far"))
    pairs = [s for s in (*sizes, *behind[:2])]
    asked: Sure = "far" if of_prev or (match and not local and len(part) < 2 and prev is not None) else "fit"
    yield from _of_whole(near, pairs, pairs[:3], [], (asked, asked))
    yield from (
        share(rate, one, other, "fit", rest=True)
        for one in pairs for other in pairs if one is not other and _of_kind(one.claim, other.claim)
    )  # fmt: skip
    yield from _of_whole(near, near.above, pairs[:3], [], (asked, asked))


def _of_whole(
    near: _Near, wholes: Sequence[Said], parts: Sequence[Said], behind: Sequence[Said], sure: tuple[Sure, Sure]
) -> Iterator[Equation | None]:
    """Shares of the wholes, the first of them with the part that is next to it as sure as the first says, others as the second."""
    first = True
    for whole in wholes:
        for part in (*parts, *behind):
            if part is whole or not _of_kind(part.claim, whole.claim) or whole.claim.value <= 0:
                continue
            level = sure[0] if first and part not in behind and part.sentence is near.said.sentence else sure[1]
            if is_increment(part.lead) or is_increment(whole.lead) or near.said.claim.value > 100 > 1 + whole.claim.value:
                level = "fit"
            if level != "fit" and part.claim.status != whole.claim.status and "计划" not in whole.lead:
                level = "far"
            first = False
            yield share(near.said, part, whole, level)


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
    here, above = ([s for s in found if not _is_each(s)] for found in (around, near.above))
    many = _heads_first([s for s in here if _counts(s, name, row["unit"])], near)
    if not many and near.before and f"{name}均" in one.lead and name not in words("relations")["own"]:  # 820家 of what a 馆均 is of
        counted = [s for s in near.before[:2] if is_count(s.claim.unit) and s.sentence is one.sentence]
        many = [s for s in counted[-1:] if s.claim.unit not in words("units")["visits"] and s in here]
    totals = _heads_first(
        [s for s in here if s.claim.unit == claim.unit and s.claim.value > 0 and not _is_reached(s)], near
    )
    also = [s for s in near.behind[:1] if s.claim.unit == claim.unit and re.match("[、和]", s.lead)]
    for i, count in enumerate(many):
        for j, all_ in enumerate(totals):
            if count is all_:
                continue
            measures = measured(last_piece(one.lead)), measured(last_piece(all_.lead))
            sure: Sure = "told" if i < 2 and j < 2 else "far" if i < 4 and j < 3 else "fit"
            if i == j == 0 and count.sentence is all_.sentence is one.sentence:
                sure = "sure"
            if one.sentence is not all_.sentence and (all_ in near.behind or count.sentence is not all_.sentence):
                sure = "far" if i == j == 0 and all_ in near.before else "fit"
            if (all(measures) and not measures[0] & measures[1]) or all_.claim.value < claim.value:
                sure = "fit"
            yield product(all_, [one], count, size, sure)
            if also and all_ is not also[0]:
                yield product(all_, [one, also[0]], count, size, sure)
    counts = _heads_first([s for s in above if _counts(s, name, row["unit"])], near)
    sums = _heads_first([s for s in above if s.claim.unit == claim.unit and s.claim.value > 0], near)
    for count, all_ in (
        *((n, t) for n in many for t in sums),
        *((n, t) for n in counts for t in totals),
        *((n, t) for n in counts[:4] for t in sums[:4]),
    ):
        if count is not all_:
            first = count is next(iter([*many, *counts]), None) and all_ is next(iter([*totals, *sums]), None)
            yield product(all_, [one], count, size, "far" if first else "fit")


def _is_each(said: Said) -> bool:
    """Whether the number falls to one of many; 每天 and 每年 say only when."""
    match = _patterns().each.search(last_piece(said.lead))
    return match is not None and (match["every"] or match["mean"] or "") not in words("relations")["lasting"]


def _heads_first(found: Sequence[Said], near: _Near) -> list[Said]:
    """The numbers of the same sentence first, and those first that are no parts, increments or others' earlier numbers."""

    def later(said: Said) -> tuple[bool, bool]:
        part = id(said) in near.inside or is_increment(said.lead) or _earlier(said)
        return part, said.sentence is not near.said.sentence

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


def _points(near: _Near) -> Iterator[Equation | None]:
    """提高3.5个百分点, between the two shares before it."""
    shares = [s for s in near.before[:4] if s.claim.unit == "%" and s.claim.value > 0 and s.claim.kind != "growth"]
    shares += [
        s
        for s in near.before[:2]
        if s.claim.unit == "%" and s not in shares and not _patterns().change.fullmatch(s.lead)
    ]
    for pair in combinations(shares, 2):
        large, small = sorted(pair, key=lambda s: s.claim.value, reverse=True)
        next_ = all(s in near.before[:2] for s in pair) and near.said.sentence is pair[0].sentence is pair[1].sentence
        yield difference(near.said, large, small, "sure" if next_ and any(_based(s) for s in pair) else "far" if next_ else "fit")


def _left(near: _Near) -> Iterator[Equation | None]:
    """What is left of a larger number when those between are taken from it."""
    said = near.said
    same = [s for s in near.before if s.claim.unit == said.claim.unit and s.claim.value > 0]
    for count in range(2, min(len(same), 5) + 1):
        parts, whole = same[: count - 1], same[count - 1]
        here = all(s.sentence is said.sentence for s in (*parts, whole))
        larger = whole.claim.value > max(s.claim.value for s in parts)
        here = here and not any(re.search("[各每]", s.lead) for s in (*parts, said))
        opened = any(word in s.lead for s in parts for word in words("partitions")["opened"])
        sure: Sure = "fit" if not larger else "told" if here or (opened and parts[0].sentence is said.sentence) else "far"
        if count == 2:
            yield difference(said, whole, parts[0], sure)
            other = parts[0].claim.value > whole.claim.value and here
            yield difference(said, parts[0], whole, "told" if other else "fit")
        else:
            yield total(whole, [*parts[::-1], said], sure)
    for one, other in combinations(same, 2):
        large, small = sorted((one, other), key=lambda s: s.claim.value, reverse=True)
        yield difference(said, large, small, "fit")
    for one in near.above:
        if one.claim.unit == said.claim.unit and same[:1] and one.claim.value > same[0].claim.value:
            yield difference(said, one, same[0], "far")


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


def _runs(sentences: Sequence[Sentence], chain: Sequence[Said]) -> Iterator[list[Equation | None]]:
    """Lists of parts, each as the parts of a number before it: in its sentence, or in an earlier one of the article."""
    for sentence in sentences:
        here = [s for s in chain if s.sentence is sentence and _is_part(s)]
        for unit in dict.fromkeys(s.claim.unit for s in here):
            same = [s for s in here if s.claim.unit == unit]
            if is_additive(unit) and unit is not None and len(same) > 1:
                yield list(_run(same, chain))


def _calls(name: str, word: str) -> bool:
    """Whether a part is called by the word; a single character only at its beginning: 过夜 is no 夜."""
    return word in name if len(word) > 1 or word == "级" else name.startswith(word)


def _is_reached(said: Said) -> bool:
    """升到34.5, 在387万的基础上: a number that was or is come to from another one."""
    behind = said.sentence.text[said.claim.end : said.claim.end + 6]
    return "基础上" in behind or re.search("[增提升降减缩扩压涨跌][^,;。、]{0,2}[到至]", last_piece(said.lead)) is not None


def _is_part(said: Said) -> bool:
    each = _patterns().each.search(last_piece(said.lead))
    return is_size(said.claim.unit) and not each and not _is_reached(said) and not is_increment(said.lead) and not _earlier(said)


def _run(same: Sequence[Said], chain: Sequence[Said]) -> Iterator[Equation | None]:
    place = chain.index(same[0])
    earlier = [s for s in reversed(chain[max(0, place - _ABOVE) : place]) if s.claim.unit == same[0].claim.unit]
    for first in (1, 0):
        parts = same[first:]
        listed = all(_patterns().joint.fullmatch(s.lead) or len(s.lead) < 12 for s in parts[1:]) and not any(
            ";" in s.lead for s in parts
        )
        opened = _patterns().opened.search(parts[0].sentence.lead(parts[0].claim)[-_LEAD:]) is not None
        if len(parts) < 2:
            continue
        for rank, whole in enumerate(same[:1] if first else earlier):
            level: Sure = "fit"
            larger = sum(part.claim.value >= whole.claim.value for part in parts)
            if listed and larger < 2 and {s.claim.status for s in parts} == {whole.claim.status} and _is_part(whole):
                level = "sure" if opened and not rank and len(parts) > 2 else "told" if opened and rank < 2 else "far" if opened or whole.sentence is parts[0].sentence else "fit"
            if level in {"sure", "told"} and parts[0].claim.unit in words("units")["persons"]:
                level = "far"  # who are many things at once
            overlap = (*words("partitions")["overlap"], *words("relations")["stages"])
            names = [last_piece(s.lead).removeprefix("其中") for s in parts]
            if is_count(parts[0].claim.unit) and any(_calls(name, word) for word in overlap for name in names):
                level = "fit"
            yield total(whole, parts, level)
            if len(parts) > 2:
                yield total(whole, parts[:-1], "fit")
                yield total(whole, parts[1:], "fit")


def _durations(sentences: Sequence[Sentence]) -> dict[int, list[Said]]:
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
            if numeral is None or not numeral.value or (match["unit"] == "年" and numeral.value > 200):
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
