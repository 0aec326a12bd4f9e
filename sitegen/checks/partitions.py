"""A total and all its parts where the page says that they are all: 按航线分, a colon and a list, 其他 behind it, 省内 and 省外."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.amounts import is_additive, is_count
from sitegen.checks.base import (
    RATES,
    Range,
    Said,
    Sentence,
    adds_up,
    alike,
    chains,
    either,
    finding,
    last_piece,
    like,
    parts_in,
    plain,
    reach,
    shown,
    summed,
    words,
)
from sitegen.checks.increments import is_increment
from sitegen.checks.misprints import digits_of, reading, turned
from sitegen.model import Claim, Warning


class _Patterns(NamedTuple):
    by: re.Pattern[str]
    opened: re.Pattern[str]
    rest: re.Pattern[str]
    joint: re.Pattern[str]
    compared: re.Pattern[str]
    changes: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("partitions")
    return _Patterns(
        re.compile(either(data["by"])),
        re.compile(rf"[:(]|{either(data['opened'])}"),
        re.compile(rf"{either(data['rest'])}[^,;。、]{{0,8}}$"),
        re.compile(r"[,、;和及与][^。:(]*"),
        re.compile(
            rf"{either(words('bases')['than'])}[^,;。]{{0,10}}{either(words('bases')['earlier'])}的?$"
            rf"|{either(words('bases')['earlier'])}[^,;。、]{{0,4}}{either(words('bases')['is'])}$"
        ),
        re.compile(
            rf"[由从][^,;。、]*$|{either(words('growth')['rises'])}[^,;。、]?{either(words('growth')['to'])}[^,;。、]*$"
        ),
    )


class _List(NamedTuple):
    """A total with the numbers behind it that may be its parts. whole: the page says that they are all of it."""

    total: Said
    parts: tuple[Said, ...]
    whole: bool
    closed: bool
    opened: bool = False


def partitions(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on totals whose parts follow; sentences: those of one article, in order."""
    found = chains(sentences)
    yield from _divided([said for chain in found for said in chain])
    for chain in found:
        for at, total in enumerate(chain):
            if (
                _is_mean(total, chain[at + 1 : at + 2])
                or is_increment(total.lead)
                or _patterns().compared.search(total.lead)
            ):
                continue
            if total.claim.value > 0 and is_additive(total.claim.unit) and total.claim.unit:
                listed = _behind(chain, at)
                if listed is not None and not _of_town_and_country(listed):
                    yield from _judge(listed)


def _is_mean(said: Said, behind: Sequence[Said]) -> bool:
    """人均可支配收入 is no total of those of town and country; 人均筹资390元，其中财政补助320元 is one."""
    return not any("其中" in each.lead for each in behind) and any(
        word in last_piece(said.lead) for word in words("sums")["means"]
    )


def _of_town_and_country(listed: _List) -> bool:
    """Whether the total is a mean, and a part of it larger than it: those are means of others, no parts."""
    most = max(said.claim.value for said in listed.parts)
    return _is_mean(listed.total, ()) and most >= listed.total.claim.value


def _divided(chain: Sequence[Said]) -> Iterator[Warning]:
    """分季度看，一季度…，二季度…: parts of a number of the article that they follow, which may stand a paragraph above."""
    earlier, inside = re.compile(either(words("bases")["earlier"])), parts_in(chain)
    for at, first in enumerate(chain):
        if not _patterns().by.search(first.lead) or not at:
            continue
        here = [said for said in chain[at : at + 16] if said.sentence is first.sentence]
        for unit in dict.fromkeys(said.claim.unit for said in here[:2]):
            parts = tuple(said for said in here if said.claim.unit == unit)
            totals = [
                chain[place]
                for place in range(at - 1, max(-1, at - 10), -1)
                if alike(chain[place].claim, parts[0].claim)
                and place not in inside
                and not earlier.search(chain[place].lead)
            ]
            if len(parts) > 1 and totals and is_additive(unit):
                fit = next((t for t in totals if adds_up([p.claim for p in parts], t.claim)), totals[-1])
                yield from _judge(_List(fit, parts, whole=True, closed=False))


def _behind(chain: Sequence[Said], at: int) -> _List | None:
    total, parts = chain[at], list[Said]()
    opened = by = ""
    skipped = False
    for said in chain[at + 1 : at + 16]:
        claim = said.claim
        if claim.unit in RATES or (not parts and _patterns().compared.search(said.lead)):
            skipped |= not parts
            continue
        same = claim.unit == total.claim.unit and claim.per in {None, total.claim.per}
        if not same or claim.status != total.claim.status or "另" in said.lead:
            break
        if not parts:
            opened, by = _opening(said, total)
            if (not opened and not by) or (skipped and "其中" not in said.lead):
                return None
        elif (
            "总" in last_piece(said.lead)
            or (not _patterns().joint.fullmatch(said.lead) and said.sentence is not parts[0].sentence)
            or _patterns().by.search(said.lead)
            or _patterns().opened.search(_bare(said.lead))
            or _patterns().changes.search(said.lead)
            or (len(parts) > 1 and ";" in said.lead and ";" not in parts[1].lead)
        ):
            break  # A、B、C；D is no list of four
        parts.append(said)
    if len(parts) < 2:
        return None
    names = tuple(said.lead for said in parts)
    named = _named(names[:2]) or _named(names[:3])
    if named:
        parts = parts[:named]
    rest = next((n for n, said in enumerate(parts, 1) if _patterns().rest.search(said.lead)), 0)
    parts = parts[: rest or None]
    last = parts[-1].claim
    ends = opened == ":" and total.sentence.text[last.end : last.end + 1] in {"。", "", "」", "”"}
    return _List(
        total, tuple(parts), bool(by or named or rest or ends), bool(named or rest), opened=bool(opened)
    )


def _bare(lead: str) -> str:
    """The words without what stands in brackets: 县(市、区)1434台 opens no list."""
    return re.sub(r"\([^()]*\)", "", lead)


def _opening(part: Said, total: Said) -> tuple[str, str]:
    """The words that open a list of parts and those that say it is whole; a list by names alone opens with its first."""
    lead = part.lead
    by = _patterns().by.search(lead)
    near = part.sentence is total.sentence or bool(by) or bool(re.search("。其中", lead))
    opened = _patterns().opened.search(lead) if near and len(lead) < 40 else None
    first = any(name in lead[-8:] for row in words("partitions")["names"] for name in row)
    return (opened[0] if opened else ("," if first and part.sentence is total.sentence else "")), by[
        0
    ] if by else ""


def _named(leads: Sequence[str]) -> int:
    """How many parts there are where their names leave nothing over, else 0."""
    rows = words("partitions")["names"]
    ends = [lead[-10:] for lead in leads]
    full = any(len(row) == len(ends) and all(n in e for n, e in zip(row, ends, strict=True)) for row in rows)
    return len(leads) if full else 0


def _judge(listed: _List) -> Iterator[Warning]:
    total, parts = listed.total.claim, [said.claim for said in listed.parts]
    sizes = range(len(parts), 1, -1)
    fit = next((n for n in sizes if adds_up(parts[:n], total)), 0)
    if fit:
        yield _says(listed, parts[:fit], "agrees", None)
        return
    if not plain(total, *parts):
        return
    meant = reading(_pairs(parts, total))
    close = Decimal("0.3") < sum((p.value for p in parts), Decimal(0)) / total.value < 3
    sure = listed.closed and (meant or close)
    likely = meant and listed.whole
    slip = (
        meant and min(digits_of(claim) for claim in (total, *parts[:2])) > 1 and _hardly_chance(parts, total)
    )
    if sure or likely or slip or (meant and _bursts(listed)):
        yield _says(listed, parts, "differs", meant)


def _bursts(listed: _List) -> bool:
    """The parts are more than all there is, and are not such as may overlap: amounts, and things called by one last word."""
    total, parts = listed.total.claim, [said.claim for said in listed.parts]
    if summed(parts).low <= reach(total).high or max(part.value for part in parts) >= total.value:
        return False
    names = [
        re.sub(
            f"^{either(words('partitions')['opened'])}?{either(words('partitions')['all'])}?",
            "",
            last_piece(said.lead),
        )
        for said in listed.parts
    ]
    if any(word in name for word in words("partitions")["overlap"] for name in names):
        return False
    if listed.opened and any(
        turned(claim, right) is not None for claim, right in _pairs(parts, total) if digits_of(claim) > 1
    ):
        return True
    apart = not is_count(total.unit) or total.unit in words("partitions")["things"]
    return apart or all(len(name) > 2 and name[-2:] == names[0][-2:] for name in names)


def _hardly_chance(parts: Sequence[Claim], total: Claim) -> bool:
    """One slip explains it and the parts nearly fill the total, or burst it: parts of a list that is left open do not."""
    share = sum((part.value for part in parts), Decimal(0)) / total.value
    near = Decimal(words("sums")["near"])
    if len(parts) == 2 and min(digits_of(claim) for claim in (total, *parts)) > 2:
        return Decimal("0.75") < share < Decimal("1.34")
    return len(parts) > 2 and (1 - near < share < 1 + near or share > 5)


def _pairs(parts: Sequence[Claim], total: Claim) -> Iterator[tuple[Claim, Range]]:
    """Each number with the range in which the others say it lies."""
    made = summed(parts)
    yield total, made
    whole = reach(total)
    for part in parts:
        other = summed([each for each in parts if each is not part])
        yield part, Range(whole.low - other.high, whole.high - other.low)


def _says(listed: _List, parts: Sequence[Claim], verdict: str, meant: str | None) -> Warning:
    total = listed.total.claim
    whole = like(sum((part.value for part in parts), Decimal(0)), total)
    working = f"{' + '.join(shown(part) for part in parts)} = {whole}，原文{shown(total)}"
    return finding(
        "sums", verdict, "agrees" if verdict == "agrees" else "differs", (total, *parts), listed.total.sentence.facts,
        working, suggestion=meant, sum=whole, total=shown(total),
    )  # fmt: skip
