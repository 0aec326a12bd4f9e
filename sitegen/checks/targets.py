"""Status: what is still aimed at is not below what has been reached."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sitegen.checks.base import Sentence, either, finding, reach, shown, words
from sitegen.model import Claim, Warning


def targets(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on aims of one article against what it says was reached: same words, place, unit and span of time."""
    reached: dict[tuple[object, ...], Claim] = {}
    aims: list[tuple[Sentence, Claim]] = []
    falls = re.compile(either(words("targets")["falls"]))
    for sentence in sentences:
        for claim in sentence.claims:
            named = len(claim.label) > words("targets")["shortest"] and not falls.search(claim.label)
            if (
                not named
                or claim.kind == "growth"
                or claim.unit == "times"
                or _rise().search(sentence.lead(claim))
            ):
                continue
            if claim.status == "actual":
                reached.setdefault(_key(claim), claim)
            elif claim.status == "target":
                aims.append((sentence, claim))
    for sentence, aim in aims:
        actual = reached.get(_key(aim))
        if actual is not None and aim.period and (actual.period or "") < aim.period:
            below = reach(aim).high < reach(actual).low
            given = {"aim": shown(aim), "actual": shown(actual), "label": aim.label}
            yield finding(
                "targets", "below" if below else "above", "implausible" if below else "agrees", (aim, actual),
                sentence.facts, f"{given['aim']} {'<' if below else '≥'} {given['actual']}", **given,
            )  # fmt: skip


@cache
def _rise() -> re.Pattern[str]:
    """人均纯收入增加180元 is what shall be added, not what shall be reached."""
    return re.compile(rf"{either(words('targets')['rises'])}(?:约|超过?|近)?$")


def _key(claim: Claim) -> tuple[object, ...]:
    label = re.sub(either(words("targets")["drop"]), "", claim.label)
    return (label, claim.place, claim.unit, claim.per, claim.subject)
