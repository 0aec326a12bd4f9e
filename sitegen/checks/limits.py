"""Limits of nature and arithmetic: hours of a year, shares of a whole, falls. The limits are in data/checks/limits.yml."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from sitegen.amounts import amount
from sitegen.checks.base import Sentence, either, finding, like, reach, shown, words
from sitegen.memo import Memo
from sitegen.model import Claim, Facts, Warning

_MONTHS = re.compile(r"(?P<year>\d{4})-(?P<first>\d\d)/(?P=year)-(?P<last>\d\d)")
_Place = tuple[Sentence, int]  # a claim by its sentence and number in it


@cache
def _has(name: str) -> re.Pattern[str]:
    return re.compile(either(words("limits")[name]))


def limits(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on the numbers of one article against limits."""
    yield from _shares(sentences)
    powers: dict[int, list[_Place]] = {}
    for sentence in sentences:
        for index in range(len(sentence.claims)):
            if _is_power(sentence, index):
                powers.setdefault(sentence.paragraph, []).append((sentence, index))
    for sentence in sentences:
        for index in range(len(sentence.claims)):
            hours = _hours(sentence, index)
            if hours is not None:
                power = _power_for(sentence, sentence.claims[index], powers.get(sentence.paragraph, []))
                if power is None and _has("refers").search(sentence.lead(sentence.claims[index])):
                    power = _one_plant(powers.get(sentence.paragraph - 1, []))
                if power is not None:
                    yield from _output(sentence, sentence.claims[index], power, hours)


def _is_power(sentence: Sentence, index: int) -> bool:
    claim, near = sentence.claims[index], sentence.gap(index)[-24:]
    if claim.unit != "kW" or claim.kind != "capacity" or claim.value <= 0:
        return False
    if _has("not_capacity").search(near):
        return False
    behind = re.split("[,;。]", sentence.text[claim.end : claim.end + 20])[0]
    return bool(_has("capacity").search(near)) or (
        behind[:1] == "的" and bool(_has("capacity_behind").search(behind))
    )


def _hours(sentence: Sentence, index: int) -> Decimal | None:
    """The hours in which the energy was made, where the claim is an output of a time that is printed."""
    claim, near = sentence.claims[index], sentence.gap(index)[-24:]
    if (
        claim.unit != "kWh"
        or claim.value <= 0
        or not _has("output").search(near)
        or _has("not_output").search(near)
    ):
        return None
    hours = words("limits")["hours"]
    if claim.per == "year" or (claim.per is None and re.fullmatch(r"\d{4}", claim.period or "")):
        return Decimal(hours["year"])
    match = _MONTHS.fullmatch(claim.period or "") if claim.per is None else None
    return Decimal(hours["month"]) * (int(match["last"]) - int(match["first"]) + 1) if match else None


def _power_for(sentence: Sentence, energy: Claim, powers: Sequence[_Place]) -> Claim | None:
    """The capacity that made the energy: the largest of its sentence, else of its paragraph, of the same place."""
    same = [
        (s, s.claims[i])
        for s, i in powers
        if s.claims[i].place == energy.place and s.claims[i].start < energy.start
    ]
    here = [claim for s, claim in same if s is sentence]
    found = here or [
        claim for _, claim in same if claim.period in {None, energy.period} or energy.status != "actual"
    ]
    fit = [claim for claim in found if claim.status in {"actual", energy.status}]
    return max(fit, key=lambda claim: claim.value, default=None)


def _one_plant(powers: Sequence[_Place]) -> Claim | None:
    """The capacity of a paragraph that speaks of one plant only, else None."""
    return powers[0][0].claims[powers[0][1]] if len(powers) == 1 else None


def _output(sentence: Sentence, energy: Claim, power: Claim, limit: Decimal) -> Iterator[Warning]:
    data = words("limits")
    most = power.value * (Decimal(1) if power.bound == "exact" else Decimal(data["hours"]["more"]))
    possible = reach(energy).low <= most * limit
    hours, year = energy.value / power.value, limit == data["hours"]["year"]
    time = data["time"]["year"] if year else data["time"]["months"].format(n=limit / data["hours"]["month"])
    working = data["working"]["hours-fits" if possible else "hours"].format(
        energy=shown(energy), power=shown(power), hours=f"{hours:,.0f}", time=time, limit=f"{limit:,.0f}"
    )
    meant = None if possible else _suggestion(energy, power, limit, data)
    verdict, says = ("agrees", "hours-fits") if possible else ("implausible", "hours")
    yield finding(
        "limits", says, "agrees" if verdict == "agrees" else "implausible", (energy, power), sentence.facts, working,
        energy=energy.raw, power=power.raw, time=time, suggestion=meant,
        hint=data["says"]["hint"].format(reading=meant) if meant else "",
    )  # fmt: skip


def _suggestion(energy: Claim, power: Claim, limit: Decimal, data: Any) -> str | None:
    """The reading a power of ten lower that would fit, as a proposal and no more; None where none does."""
    usual = data["hours"]["usual"]
    for shift in (1, 2, 3):
        value = energy.value.scaleb(-shift)
        share = value / power.value / limit * data["hours"]["year"]
        if usual["low"] <= share <= usual["high"]:
            return like(value, energy).replace(",", "")
    return None


def _shares(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Parts of a whole above 100%, falls below nothing; one finding for all that are fit."""
    fit: list[Claim] = []
    for sentence in sentences:
        for index, claim in enumerate(sentence.claims):
            if claim.unit != "%" or claim.bound == "about":
                continue
            near = sentence.gap(index)[-16:]
            if claim.kind == "growth" and claim.value < -100:
                yield _over("fall", sentence.facts, claim)
            elif claim.value > 100 and re.search(
                either(words("limits")["parts"]) + r"[^,;。一-鿿]?[达到为升至超过约]*$|占[^,;。]{1,10}的$",
                near,
            ):
                yield _over("share", sentence.facts, claim)
            elif claim.kind in {"share", "progress"} and 0 <= claim.value <= (
                99 if claim.bound == "at_least" else 100
            ):
                fit.append(claim)
    if fit:
        shares = "、".join(dict.fromkeys(shown(claim) for claim in fit))
        yield finding(
            "limits", "shares-fit", "agrees", fit, sentences[0].facts, f"0 ≤ {shares} ≤ 100%", shares=shares
        )


def _over(says: str, facts: Facts, claim: Claim) -> Warning:
    printed = shown(claim).lstrip("-−")
    working = words("limits")["working"][says].format(share=printed)
    return finding("limits", says, "implausible", (claim,), facts, working, share=printed)


def fleets(articles: Sequence[Sequence[Sentence]], memo: Memo) -> Iterator[Warning]:
    """Output of a region in a year against all its plants, where a share says how much is installed in all.

    articles: the sentences of each. Linear: the largest park of each place is held against each output there.
    """
    parks: dict[str, tuple[Decimal, Claim, Claim]] = {}
    outputs: list[tuple[Sentence, Claim]] = []
    for installed, made in memo.own("fleets", _of_article, articles):
        for place, park in installed:
            if place not in parks or parks[place][0] < park[0]:
                parks[place] = park
        outputs += made
    for sentence, energy in outputs:
        found = parks.get(energy.place or "")
        if found is not None:
            yield from _fleet(sentence, energy, *found)


def _of_article(
    sentences: Sequence[Sentence],
) -> tuple[list[tuple[str, tuple[Decimal, Claim, Claim]]], list[tuple[Sentence, Claim]]]:
    """The parks of places that an article tells of, and what was generated there in a year."""
    parks, outputs = [], []
    for sentence in sentences:
        for index, claim in enumerate(sentence.claims):
            park = _park(sentence, index)
            if park is not None and claim.place:
                parks.append((claim.place, park))
            if _hours(sentence, index) == words("limits")["hours"]["year"]:
                outputs.append((sentence, claim))
    return parks, outputs


def _park(sentence: Sentence, index: int) -> tuple[Decimal, Claim, Claim] | None:
    """1.38亿千瓦，占电力总装机的51.2%: all that is installed, the part and its share."""
    share, power = sentence.claims[index], sentence.claims[index - 1]
    if not index or share.unit != "%" or share.value <= 0 or power.unit != "kW" or power.kind != "capacity":
        return None
    gap = sentence.gap(index)
    if "占" not in gap or not _has("park").search(gap[gap.index("占") :]):
        return None
    return power.value / share.value * 100, power, share


def _fleet(
    sentence: Sentence, energy: Claim, whole: Decimal, power: Claim, share: Claim
) -> Iterator[Warning]:
    data = words("limits")
    limit = Decimal(data["hours"]["fleet"])
    if reach(energy).low <= whole * limit:
        return
    total = amount(whole, "kW", places=2)
    working = data["working"]["fleet"].format(
        power=shown(power), share=shown(share), whole=total, energy=shown(energy), hours=f"{energy.value / whole:,.0f}",
        limit=f"{limit:,.0f}",
    )  # fmt: skip
    yield finding(
        "limits", "fleet", "implausible", (energy, power, share), sentence.facts, working, whole=total,
        energy=energy.raw,
    )  # fmt: skip
