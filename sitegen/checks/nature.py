"""What plants, fields and reactions can do: the printed ratio of two numbers against limits from handbooks and statistics."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sitegen.checks.base import Sentence, either, finding, last_piece, quotient, reach, rounded, shown, words
from sitegen.model import Claim, Warning


def nature(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on pairs of numbers of one sentence that data/checks/nature.yml has limits for."""
    for sentence in sentences:
        text = sentence.text[sentence.span.start : sentence.span.end]
        for row in words("nature")["limits"]:
            if not re.search(either(row["about"]), text):
                continue
            number, base = _named(sentence, row["number"]), _named(sentence, row["base"])
            if (
                number is not None
                and base is not None
                and number is not base
                and number.status == base.status
                and not _of_several(sentence, number, base)
            ):
                yield from _judge(sentence, row, number, base)


def _of_several(sentence: Sentence, number: Claim, base: Claim) -> bool:
    """Whether money buys more than the base, or only a part of it: 总投资63.3亿元，配套风电70万千瓦、光伏10万千瓦; 今年完成投资."""
    if number.unit != "CNY":
        return False
    lead = last_piece(sentence.gap(sentence.claims.index(number)))
    several = sum(claim.unit == base.unit for claim in sentence.claims) > 1
    return several or any(word in lead for word in words("nature")["not_whole"])


def _named(sentence: Sentence, wanted: Any) -> Claim | None:
    """The only claim of the sentence in the unit whose words before or behind it are wanted; None where it is not one."""
    found = [
        claim
        for index, claim in enumerate(sentence.claims)
        if claim.unit == wanted["unit"]
        and claim.value > 0
        and not re.search("(?:按|每(?![年月日天]))[^,;。]{0,12}$", last_piece(sentence.gap(index)))
        and claim.bound in {"exact", "about"}
        and claim.value_max is None
        and re.search(
            rf"{either(wanted['words'])}[^ ]{{0,2}} | {either(wanted['words'])}", _called(sentence, index)
        )
    ]
    return found[0] if len(found) == 1 else None


def _called(sentence: Sentence, index: int) -> str:
    """The words that stand with the number: of its own piece of the sentence, before it and behind it."""
    behind = sentence.text[sentence.claims[index].end :][:8]
    return last_piece(sentence.gap(index))[-14:] + " " + re.split("[,;。、)的]", behind)[0]


def _judge(sentence: Sentence, row: Any, number: Claim, base: Claim) -> Iterator[Warning]:
    ratio = quotient(reach(number), reach(base))
    if ratio is None:
        return
    low, high = Decimal(row["low"]), Decimal(row["high"])
    fits = ratio.high >= low and ratio.low <= high
    size = Decimal(row.get("shown", "1"))
    given = {"number": shown(number), "base": shown(base), "what": row["what"]}
    given |= {
        "ratio": rounded(number.value / base.value * size, 3),
        "low": rounded(low * size, 3),
        "high": rounded(high * size, 3),
    }
    yield finding(
        "nature", "fits" if fits else "beyond", "agrees" if fits else "implausible", (number, base), sentence.facts,
        words("nature")["working"].format(**given, unit=row["in"], source=row["source"]), **given,
    )  # fmt: skip
