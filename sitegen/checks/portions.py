"""The share of a part that is called by its name again: 其中光伏1936万千瓦……，光伏占61.5%; 分别占5.6%、60.9%和33.5%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.checks.base import (
    Range,
    Said,
    Sentence,
    alike,
    chains,
    decimals,
    either,
    finding,
    is_size,
    last_piece,
    makes,
    plain,
    quotient,
    reach,
    rounded,
    shown,
    times,
    words,
)
from sitegen.checks.misprints import has_other_whole, reading
from sitegen.model import Claim, Warning

_HUNDRED = Decimal(100)
_YEAR = re.compile(r"\d{4}")


class _Patterns(NamedTuple):
    named: re.Pattern[str]
    each: re.Pattern[str]
    use: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("portions")
    carry = f"{either(data['carry'])}*"
    return _Patterns(
        re.compile(rf"(?:^|[,;。、])(?P<part>[^,;。、\d]{{0,8}}?){either(data['alone'])}?占(?:到|了|比)?(?P<whole>[^,;。、比]{{0,14}}?)的?{carry}$"),
        re.compile(rf"{either(data['each'])}占(?P<whole>[^,;。、]{{0,10}}?)的?{carry}$"),
        re.compile(rf"(?:^|[,;。、])[^,;。、\d]{{0,6}}?(?P<rate>{either([row['rate'] for row in data['rates']])}){carry}$"),
    )  # fmt: skip


def portions(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on shares of parts that are named again; sentences: those of one article, in order."""
    chain = tuple(said for paragraph in chains(sentences) for said in paragraph)
    for at, said in enumerate(chain):
        if said.claim.unit != "%" or not at or said.claim.value <= 0 or said.claim.kind == "growth":
            continue
        if _patterns().each.search(said.lead):
            yield from _several(chain, at)
        elif match := _patterns().use.search(said.lead):
            yield from _rate(chain, at, match["rate"])
        elif match := _patterns().named.search(said.lead):
            yield from _one(chain, at, match["part"], match["whole"])


def _one(chain: Sequence[Said], at: int, name: str, whole: str) -> Iterator[Warning]:
    """The part is the latest number with the name before it, or the one before the share where there is no name."""
    part = _part(chain, at, name)
    if part is None:
        return
    if whole in words("portions")["regions"]:
        total = _of_region(chain, part, whole)
    else:
        total = _called(chain, part, at, whole) if len(_stem(whole)) > 1 else _above(chain, part)
    out_of = re.search("(?:^|[,;。])(?P<whole>[^,;。]{2,8})中,?$", chain[part].lead)
    if total is None and out_of:
        names = words("portions")["also"].get(out_of["whole"], [])
        total = _once(chain, part, (out_of["whole"], *names))
    if total is not None and alike(chain[part].claim, chain[total].claim):
        yield from _judge(chain[at], chain[part], chain[total])


def _part(chain: Sequence[Said], at: int, name: str) -> int | None:
    name = re.sub(either(words("portions")["tail"]) + "$", "", name)
    if not name:
        size = is_size(chain[at - 1].claim.unit)
        return at - 1 if size and chain[at].sentence is chain[at - 1].sentence else None
    if len(name) < 2:
        return None
    for place in range(at - 1, max(-1, at - 8), -1):
        here = last_piece(chain[place].lead).split("其中")[-1]
        if chain[place].claim.paragraph != chain[at].claim.paragraph:
            return None
        if name in here and is_size(chain[place].claim.unit):
            return place
    return None


def _stem(whole: str) -> str:
    return re.sub(f"^{either(words('portions')['before'])}", "", whole)


def _called(chain: Sequence[Said], part: int, at: int, whole: str) -> int | None:
    """The number before the share that is called by these words: 占交易量的 after 鲜切花交易量137.4亿枝."""
    stem: str = _stem(whole)
    places: list[int] = [*range(part - 1, max(-1, part - 8), -1), *range(part + 1, at)]
    for place in places:
        if _elsewhere(chain[place].claim, chain[part].claim):
            continue
        lead = last_piece(chain[place].lead).split("其中")[-1]
        if lead.endswith(stem) or (len(stem) > 2 and stem.removeprefix("总") in lead[-len(stem) - 2 :]):
            return place
    short = re.sub(f"{either(words('portions')['ends'])}$", "", stem)
    for place in range(part - 1, max(-1, part - 5), -1) if 1 < len(short) < len(stem) else ():
        if short in last_piece(chain[place].lead) and alike(chain[place].claim, chain[part].claim):
            return place
    if stem in tuple(words("portions")["all"]):
        return _above(chain, part)
    return _once(chain, part, (stem,)) if len(stem) > 2 else None


def _elsewhere(total: Claim, part: Claim) -> bool:
    """Whether a number of an earlier paragraph is said of another place: another project's 总投资."""
    return (
        total.paragraph != part.paragraph
        and None not in (total.place, part.place)
        and total.place != part.place
    )


def _of_region(chain: Sequence[Said], part: int, whole: str) -> int | None:
    """占全区的: the number of the paragraph that is said of 全区, nearest before the part."""
    for place in range(part - 1, max(-1, part - 8), -1):
        said = chain[place]
        if said.claim.paragraph != chain[part].claim.paragraph:
            return None
        if whole in said.sentence.lead(said.claim) and alike(said.claim, chain[part].claim):
            return place if said.claim.value > chain[part].claim.value else None
    return None


def _once(chain: Sequence[Said], part: int, names: Sequence[str]) -> int | None:
    """The only number before the part, in whatever paragraph, that is called so; None where several are."""
    claim = chain[part].claim
    found = [
        place
        for place in range(part)
        if last_piece(chain[place].lead).endswith(tuple(names)) and alike(chain[place].claim, claim)
    ]
    return found[0] if len(found) == 1 and chain[found[0]].claim.place == claim.place else None


def _above(chain: Sequence[Said], part: int) -> int | None:
    """The total of the list in which the part stands: the number before the list's first."""
    opened = words("portions")["opened"]
    for place in range(part, max(0, part - 6), -1):
        if any(word in chain[place].lead for word in opened):
            return _over(chain, place)
        if not alike(chain[place].claim, chain[place - 1].claim):
            return None
    return None


def _over(chain: Sequence[Said], first: int) -> int | None:
    """The number that a list beginning at a place divides: the nearest before it of its unit, in its sentence."""
    for place in range(first - 1, max(-1, first - 4), -1):
        if chain[place].sentence is not chain[first].sentence:
            return None
        if alike(chain[place].claim, chain[first].claim):
            return place
    return None


def _rate(chain: Sequence[Said], at: int, name: str) -> Iterator[Warning]:
    """产能利用率80% of 产能180GWh and 产量144GWh: a rate whose two numbers have names of their own."""
    row = next(row for row in words("portions")["rates"] if row["rate"] == name)
    ends = [(place, last_piece(chain[place].lead)) for place in range(max(0, at - 5), at)]
    part = next((p for p, lead in reversed(ends) if any(word in lead for word in row["part"])), None)
    if part is None:
        return
    named = [p for p, lead in ends if any(word in lead or _follows(chain[p], word) for word in row["whole"])]
    wholes = [p for p in named if p != part] or [
        p for p in (_once(chain, part, row["whole"]),) if p is not None
    ]
    wholes = [p for p in wholes if chain[p].claim.unit == chain[part].claim.unit]
    yearly = any(
        chain[p].claim.per == "year" and chain[p].claim.value > chain[part].claim.value for p in wholes
    )
    if yearly and not _YEAR.fullmatch(chain[part].claim.period or "2000"):
        return  # half a year's output says nothing of a year's capacity
    if wholes:
        largest = max(wholes, key=lambda place: chain[place].claim.value)
        fitting = (p for p in wholes if makes(chain[at].claim, chain[part].claim, chain[p].claim))
        yield from _judge(chain[at], chain[part], chain[next(fitting, largest)], timeless=True)


def _follows(said: Said, word: str) -> bool:
    return said.sentence.text.startswith(word, said.claim.end)


def _several(chain: Sequence[Said], at: int) -> Iterator[Warning]:
    shares = [chain[at]]
    for said in chain[at + 1 : at + 8]:
        if said.claim.unit != "%" or not re.fullmatch("[、,和及与]", said.lead):
            break
        shares.append(said)
    parts = chain[max(0, at - len(shares)) : at]
    if len(shares) < 2 or len(parts) != len(shares) or at == len(shares):
        return
    before = [chain[place] for place in range(at - len(shares) - 1, max(-1, at - len(shares) - 6), -1)]
    fitting = (
        said for said in before
        if alike(said.claim, parts[0].claim)
        and all(makes(share.claim, part.claim, said.claim) for share, part in zip(shares, parts, strict=True))
    )  # fmt: skip
    total = next(fitting, before[0])
    if total.claim.paragraph != chain[at].claim.paragraph:
        return
    if all(alike(part.claim, total.claim) for part in parts):
        for share, part in zip(shares, parts, strict=True):
            yield from _judge(share, part, total)


def _judge(rate: Said, part: Said, whole: Said, *, timeless: bool = False) -> Iterator[Warning]:
    claims = (rate.claim, part.claim, whole.claim)
    made = quotient(reach(part.claim), reach(whole.claim))
    if made is None or part.claim.value <= 0 or (part.claim.status != whole.claim.status and not timeless):
        return
    fits = makes(*claims)
    meant = None if fits else reading(_pairs(*claims))
    near = part.claim.value < whole.claim.value * 2
    if not fits and not (plain(*claims) and (meant or near)):
        return
    if not fits and has_other_whole(*claims, part.sentence.facts.claims):
        return
    exact = part.claim.value / whole.claim.value * 100
    computed = rounded(exact, max(decimals(rate.claim), 0 if fits else 1))
    given = {"part": shown(part.claim), "whole": shown(whole.claim), "rate": shown(rate.claim)}
    verdict = "agrees" if fits else "differs"
    yield finding(
        "rates", verdict, "agrees" if fits else "differs", claims, rate.sentence.facts,
        f"{given['part']} ÷ {given['whole']} = {computed}%，原文{given['rate']}", suggestion=meant, **given,
    )  # fmt: skip


def _pairs(rate: Claim, part: Claim, whole: Claim) -> Iterator[tuple[Claim, Range | None]]:
    share, some, every = reach(rate), reach(part), reach(whole)
    made = quotient(some, every)
    yield rate, times(made, _HUNDRED) if made else None
    yield part, Range(every.low * share.low / 100, every.high * share.high / 100)
    yield whole, times(quotient(some, share) or some, _HUNDRED) if share.low > 0 else None
