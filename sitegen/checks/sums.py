"""Parts against their total: 合计 behind a list, 其中 behind a total, brackets, columns of a table, shares of all there is."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from sitegen.amounts import is_additive
from sitegen.checks.base import (
    Said,
    Sentence,
    adds_up,
    chains,
    either,
    finding,
    last_piece,
    like,
    plain,
    reach,
    shown,
    step,
    summed,
    words,
)
from sitegen.checks.increments import is_increment
from sitegen.checks.misprints import reading
from sitegen.model import Claim, Warning


class _Patterns(NamedTuple):
    total: re.Pattern[str]
    parts: re.Pattern[str]
    joint: re.Pattern[str]
    row: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("sums")
    return _Patterns(
        re.compile(rf"[^。;]*?[,、;]?{either(data['total'])}{either(data['carry'])}*"),
        re.compile(rf"{either([*data['parts'], *data['apart']])}[^,;。]{{0,16}}$|[(（][^,;。)）]{{0,12}}$"),
        re.compile(r"[、和及与,+＋;][^,;。、()（）]{0,16}|[,、][^,;。、]{0,10}的[^,;。、]{0,6}"),
        re.compile(rf"[\s|　]*{either(data['row'])}[\s|　:]*"),
    )


def sums(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on all totals whose parts are printed; sentences: those of one article, in order."""
    for sentence in sentences:
        for index, claim in enumerate(sentence.claims):
            if not is_additive(claim.unit) or claim.unit is None:
                continue
            yield from _listed(sentence, index)
            yield from _within(sentence, index)
    for chain in chains(sentences):
        yield from _joined(chain)
    yield from _rows(sentences)
    yield from _known(sentences)


def sum_finding(parts: Sequence[Claim], total: Claim, sentence: Sentence, *, agrees: bool) -> Warning:
    """The finding on parts that make a printed total, or do not."""
    whole = like(sum((each.value for each in parts), Decimal(0)), total)
    shown_parts = " + ".join(shown(each) for each in parts)
    return finding(
        "sums", "agrees" if agrees else "differs", "agrees" if agrees else "differs", (total, *parts), sentence.facts,
        f"{shown_parts} = {whole}，原文{shown(total)}", suggestion=None if agrees else reading([(total, summed(parts))]),
        sum=whole, total=shown(total),
    )  # fmt: skip


def is_of_several(sentence: Sentence, claim: Claim) -> bool:
    """甲县、乙县合计8亿元: a sum of what was named before it, and not of the place in which they lie."""
    return _several().search(sentence.lead(claim)) is not None


@cache
def _several() -> re.Pattern[str]:
    return re.compile(rf"{either(words('sums')['several'])}{either(words('sums')['carry'])}*$")


def _same_measure(claim: Claim, other: Claim) -> bool:
    return (
        claim.unit == other.unit
        and claim.per == other.per
        and (claim.kind == "growth") == (other.kind == "growth")
    )


def _listed(sentence: Sentence, index: int) -> Iterator[Warning]:
    """A、B和C，合计T."""
    total = sentence.claims[index]
    gap = sentence.gap(index)
    if index < 2 or not _patterns().total.fullmatch(gap) or len(gap) > 30:
        return
    parts = [sentence.claims[index - 1]]
    for at in range(index - 1, 0, -1):
        if not _patterns().joint.fullmatch(sentence.gap(at)) or not _same_measure(
            sentence.claims[at - 1], total
        ):
            break
        parts.insert(0, sentence.claims[at - 1])
    if len(parts) < 2 or not _same_measure(parts[-1], total):
        return
    for first in range(len(parts) - 1):
        if adds_up(parts[first:], total):
            yield sum_finding(parts[first:], total, sentence, agrees=True)
            return
    if plain(*parts) and total.bound in {"exact", "about"} and not gap.lstrip(",").startswith("累计"):
        yield sum_finding(parts, total, sentence, agrees=False)


def _joined(chain: Sequence[Said]) -> Iterator[Warning]:
    """一期…；二期…，两期合起来T: the sum of the numbers last named, each with the same word before it."""
    data = words("sums")
    opened = re.compile(
        rf"(?P<many>{either(list(data['joined']))})(?P<what>{either(data['joined_by'])}){either(data['joined_to'])}[^,;。]{{0,6}}$"
    )
    for at, said in enumerate(chain):
        match = opened.search(said.lead)
        if match is None or not is_additive(said.claim.unit):
            continue
        many, what = data["joined"][match["many"]], match["what"][:1]
        before = [each for each in chain[max(0, at - 6) : at] if each.claim.unit == said.claim.unit]
        parts = [each.claim for each in before[-many:] if what in each.lead[-8:]]
        if len(parts) == many and plain(*parts, said.claim):
            yield sum_finding(parts, said.claim, said.sentence, agrees=adds_up(parts, said.claim))


def _within(sentence: Sentence, index: int) -> Iterator[Warning]:
    """T，其中A、B; T（A＋B）."""
    total, claims = sentence.claims[index], sentence.claims
    first = next(
        (
            at
            for at in range(index + 1, min(index + 6, len(claims)))
            if _patterns().parts.search(sentence.gap(at))
        ),
        None,
    )
    if first is None or not _same_measure(claims[first], total) or _is_mean(sentence, index):
        return
    if is_increment(sentence.gap(index)) or last_piece(sentence.gap(index)).startswith(
        tuple(words("sums")["compared"])
    ):
        return  # what came to a number, or what one is compared with, has no parts
    if (
        any(_same_measure(claims[at], total) and not _is_mean(sentence, at) for at in range(index + 1, first))
        or claims[first].status != total.status
    ):
        return
    bracket = sentence.gap(first).rstrip().find("(") >= 0 or "（" in sentence.gap(first)
    parts = []
    for at in range(first, len(claims)):
        gap = sentence.gap(at)
        if at > first and (
            "。" in gap
            or "另" in gap
            or (";" in gap and ":" not in sentence.gap(first))
            or (bracket and re.search("[)）]", gap))
            or _patterns().total.fullmatch(gap)
        ):
            break
        if at > first and _patterns().parts.search(gap) and not bracket:
            break
        if _same_measure(claims[at], total):
            parts.append(claims[at])
    yield from _judge_parts(
        sentence, total, parts, plus=bracket and bool(re.search("[+＋]", sentence.between(total, parts[-1])))
    )


def _is_mean(sentence: Sentence, index: int) -> bool:
    """户均6.8亩 is no total of anything."""
    lead = last_piece(sentence.gap(index))
    return any(word in lead for word in words("sums")["means"])


_JOINED = re.compile(r"[一-鿿]{2,4}(?:\+[一-鿿]{2,4})+")


def _judge_parts(sentence: Sentence, total: Claim, parts: list[Claim], *, plus: bool) -> Iterator[Warning]:
    if len(parts) > 1:
        for last in range(len(parts), 1, -1):
            if adds_up(parts[:last], total):
                yield sum_finding(parts[:last], total, sentence, agrees=True)
                return
    if total.bound not in {"exact", "about"} or not plain(*parts):
        return
    above = next((each for each in parts if reach(each).low > reach(total).high), None)
    if above is not None:
        yield finding(
            "sums", "above", "differs", (total, above), sentence.facts, f"{shown(above)} > {shown(total)}",
            part=shown(above), total=shown(total),
        )  # fmt: skip
    elif len(parts) > 1 and (plus or _complete(sentence, total, parts) or _one_slip(parts, total)):
        yield sum_finding(parts, total, sentence, agrees=False)


def _complete(sentence: Sentence, total: Claim, parts: Sequence[Claim]) -> bool:
    """The parts bear names that leave nothing over: 出口 and 进口; of a whole with the right name, where that matters. So do the
    parts of what is called by both: “光热+光伏”项目.
    """
    leads = [sentence.text[max(sentence.span.start, each.start - 14) : each.start] for each in parts]
    called = (match[0].split("+") for match in _JOINED.finditer(sentence.text, 0, parts[0].start))
    if any(
        len(names) == len(parts) and all(name in lead for name, lead in zip(names, leads, strict=True))
        for names in called
    ):
        return True
    return any(
        len(row["parts"]) == len(parts)
        and all(any(name in lead for lead in leads) for name in row["parts"])
        and (not row["whole"] or any(name in sentence.lead(total)[-16:] for name in row["whole"]))
        for row in words("sums")["complete"]
    )


def _one_slip(parts: Sequence[Claim], total: Claim) -> bool:
    """Near the total, and apart from it by one digit in one place, as after a slip of the hand."""
    short = total.value - sum((each.value for each in parts), Decimal(0))
    if not total.value or abs(short / total.value) > Decimal(words("sums")["near"]):
        return False
    finest = min([width for each in (*parts, total) if (width := step(each))], default=Decimal(1))
    digits = str(int(abs(short) / finest)).rstrip("0")
    return len(digits) == 1 and len(parts) > 2


def _rows(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """A table's row 合计 against the column above it, counted from the right."""
    for at, sentence in enumerate(sentences):
        first = sentence.claims[0]
        if len(sentence.claims) > 4 or not _patterns().row.fullmatch(sentence.text[: first.start]):
            continue
        for place, total in enumerate(reversed(sentence.claims)):
            column: list[Claim] = []
            for above in reversed(sentences[max(0, at - 60) : at]):
                same = [
                    c for c in above.claims if _same_measure(c, total) and c.raw.replace(".", "").isdigit()
                ]
                if above.paragraph != sentence.paragraph - len(column) - 1 or len(same) <= place:
                    break
                column.insert(0, same[-1 - place])
            if len(column) > 1 and plain(*column):
                yield sum_finding(column, total, sentence, agrees=adds_up(column, total))


def _known(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Whole and parts by their names, in one paragraph: 生产总值 and the three 产业."""
    carry = either(words("sums")["carry"])
    for row in words("sums")["complete"]:
        if not row["whole"]:
            continue
        wholes = re.compile(rf"{either(row['whole'])}(?:总额|总值|\(GDP\))?{carry}*$")
        for at, sentence in enumerate(sentences):
            for index, whole in enumerate(sentence.claims):
                if not is_additive(whole.unit) or not wholes.search(sentence.gap(index)):
                    continue
                parts = [_named(sentences[at + 1 : at + 3], name, whole) for name in row["parts"]]
                known = [part for part in parts if part is not None]
                if len(known) == len(parts) and len({c.id for c in known}) == len(parts):
                    yield sum_finding(known, whole, sentence, agrees=adds_up(known, whole))


def _named(sentences: Sequence[Sentence], name: str, whole: Claim) -> Claim | None:
    """The claim whose words begin with the part's name, of the whole's place, period and paragraph."""
    for sentence in sentences:
        for index, claim in enumerate(sentence.claims):
            alike = (claim.unit, claim.place, claim.period, claim.paragraph, claim.status, claim.per)
            if alike != (whole.unit, whole.place, whole.period, whole.paragraph, whole.status, whole.per):
                continue
            last = last_piece(sentence.gap(index)).strip()
            if last.removeprefix("其中").startswith(name):
                return claim
    return None
