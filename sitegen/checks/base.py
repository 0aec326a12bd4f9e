"""What all checks share: sentences with their claims, how far a printed number reaches, and how a finding is written.

A printed number stands for a range: 85.6% for 85.55 to 85.65, 突破1.35亿 for 1.35亿 and more. Two numbers contradict each other
only where their ranges do not touch.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sitegen.amounts import amount, is_count, number_text, printed
from sitegen.lexicon import packaged
from sitegen.model import Claim, Facts, Verdict, Warning
from sitegen.numerals import Numeral, numeral_at
from sitegen.strings import load as load_strings
from sitegen.text import Span, fold, sentences

HALF, WHOLE = Decimal("0.5"), Decimal(1)
_MARKS = re.compile("[,;。、:(]")
_ROUND = {1: Decimal("0.1"), 2: Decimal("0.5")}  # digits of a whole number before 万 or 亿 → its last step


class Range(NamedTuple):
    """All values from low to high, both included."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Range") -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that holds claims, in their order. text: its whole paragraph, folded; span: the sentence in it."""

    facts: Facts
    paragraph: int
    span: Span
    text: str
    claims: tuple[Claim, ...]

    def gap(self, index: int) -> str:
        """The text before claim number index: back to the claim before it, or to where the sentence begins."""
        start = self.claims[index - 1].end if index else self.span.start
        return self.text[start : self.claims[index].start]

    def between(self, left: Claim, right: Claim) -> str:
        """The text from the end of one claim to the start of a later one."""
        return self.text[left.end : right.start]

    def lead(self, claim: Claim) -> str:
        """The text of the sentence before the claim."""
        return self.text[self.span.start : claim.start]


class Said(NamedTuple):
    """A claim in its paragraph. lead: the text since the claim before it, across sentences, or from where the paragraph begins."""

    sentence: Sentence
    claim: Claim
    lead: str


def chains(sentences: Sequence[Sentence]) -> tuple[tuple[Said, ...], ...]:
    """The claims of each paragraph in their order; sentences: those of one article."""
    rows: dict[int, list[Said]] = {}
    for sentence in sentences:
        row = rows.setdefault(sentence.paragraph, [])
        for claim in sentence.claims:
            row.append(Said(sentence, claim, sentence.text[row[-1].claim.end if row else 0 : claim.start]))
    return tuple(tuple(row) for row in rows.values())


def parts_in(chain: Sequence[Said]) -> frozenset[int]:
    """The places in a chain of numbers that are parts of one before them: 其中A、B, until another clause begins."""
    found, inside = set[int](), False
    for at, said in enumerate(chain):
        if any(word in said.lead for word in words("partitions")["opened"]):
            inside = True
        elif re.search("[。;]", said.lead):
            inside = False
        if inside:
            found.add(at)
    return frozenset(found)


RATES = frozenset({"%", "pp", "times"})


def is_size(unit: str | None) -> bool:
    """Whether numbers in the unit are sizes, no rates or changes; not where the unit is unknown."""
    return unit is not None and unit not in RATES


def last_piece(text: str) -> str:
    """What stands behind the last mark."""
    return _MARKS.split(text)[-1]


def rate_reach(rate: Claim) -> Range:
    """What a printed rate may stand for: rounded, or cut off behind its last digit."""
    return Range(reach(rate).low, reach(rate, WHOLE).high - step(rate) / 100)


def alike(claim: Claim, other: Claim) -> bool:
    """Whether both are sizes in one unit, of one span of time, so that one may be added to the other."""
    return claim.unit == other.unit and claim.per == other.per and claim.unit not in RATES


def plain(*claims: Claim) -> bool:
    """Whether all are exact single numbers, so that a mismatch cannot be their vagueness."""
    return all(claim.bound == "exact" and claim.value_max is None for claim in claims)


def sentences_of(facts: Facts) -> tuple[Sentence, ...]:
    """The sentences of an article that hold a claim, in reading order; a claim inside another one is left out."""
    by_paragraph: dict[int, list[Claim]] = {}
    for claim in sorted(facts.claims, key=lambda each: (each.paragraph, each.start, -each.end)):
        row = by_paragraph.setdefault(claim.paragraph, [])
        if not row or claim.start >= row[-1].end:
            row.append(claim)
    found: list[Sentence] = []
    for number, claims in by_paragraph.items():
        if not 0 <= number < len(facts.article.paragraphs):
            continue
        text = fold(facts.article.paragraphs[number].text)
        queue = list(reversed(claims))
        for span in sentences(text):
            inside = []
            while queue and queue[-1].start < span.end:
                inside.append(queue.pop())
            if inside:
                found.append(Sentence(facts, number, span, text, tuple(inside)))
    return tuple(found)


@lru_cache(maxsize=4096)
def printed_numeral(raw: str) -> Numeral | None:
    """The numeral with which a printed number begins; None where it begins with none."""
    folded = fold(raw)
    numeral = numeral_at(folded, 0) if folded else None
    return numeral if numeral and numeral.value else None


def step(claim: Claim) -> Decimal:
    """The size of the last printed digit in the claim's unit: 0.1 for 85.6%, 1000000 for 1.35亿; 0 for 137个."""
    numeral, raw = printed_numeral(claim.raw), fold(claim.raw)
    if claim.unit == "%" and (numeral is None or not (set("%‰") & set(raw) or raw[numeral.end :] == "")):
        return _word_step(raw)
    if numeral is None or not claim.value:
        return abs(claim.value) / 10
    factor = abs(claim.value / numeral.value)
    digits = raw[: numeral.end].partition(".")
    if numeral.chinese:
        number = numeral.value.normalize()
        last = Decimal(1).scaleb(int(number.as_tuple().exponent))
        return Decimal(0) if last < 100 and is_count(claim.unit) else last * factor
    places = sum(1 for _ in _leading_digits(digits[2])) if digits[1] else 0
    if not places and numeral.scale == 1 and is_count(claim.unit):
        return Decimal(0)
    if not places and numeral.scale > 1:  # who prints 2亿 does not mean 1.6亿
        return _ROUND.get(len(digits[0].rstrip("万亿千百")), Decimal(1)) * numeral.scale * factor
    return Decimal(1).scaleb(-places) * numeral.scale * factor


def _leading_digits(text: str) -> Iterable[str]:
    for char in text:
        if not char.isdigit():
            return
        yield char


def _word_step(raw: str) -> Decimal:
    """Rates in words: 百分之七十二点五 to a tenth, 七成五 to a hundredth, 六成 and 一半 to a tenth of the whole."""
    if "分之" in raw and raw[0] in "百千万":
        return Decimal("0.1") if "点" in raw else Decimal(1)
    if "成" in raw:
        return Decimal(1) if raw[-1] != "成" else Decimal(5)
    return Decimal(3)


def reach(claim: Claim, steps: Decimal = HALF) -> Range:
    """All values that the printed number can stand for, within so many steps of its last digit and its bound."""
    width = step(claim) * steps
    ends = (claim.value, claim.value if claim.value_max is None else claim.value_max)
    low, high = min(ends) - width, max(ends) + width
    words = packaged("checks/limits.yml")["bounds"]
    about, more = Decimal(words["about"]), Decimal(words["at_least"])
    size = max(abs(low), abs(high))
    if claim.bound == "about":
        return Range(low - size * about, high + size * about)
    if claim.bound == "at_least":
        return Range(low, high + size * more) if claim.value >= 0 else Range(low - size * more, high)
    if claim.bound == "at_most":
        return Range(min(low, Decimal(0)), high) if claim.value >= 0 else Range(low, Decimal(0))
    return Range(low, high)


def quotient(part: Range, whole: Range) -> Range | None:
    """The range of part ÷ whole for sizes that are not negative; None where the whole may be nothing."""
    if whole.low <= 0:
        return None
    return Range(part.low / whole.high, part.high / whole.low)


def times(range_: Range, factor: Decimal) -> Range:
    """The range with both ends multiplied by a factor that is not negative."""
    return Range(range_.low * factor, range_.high * factor)


def summed(claims: Sequence[Claim]) -> Range:
    """The range of the sum of what the claims may stand for."""
    reached = [reach(claim) for claim in claims]
    return Range(sum((r.low for r in reached), Decimal(0)), sum((r.high for r in reached), Decimal(0)))


def measured(text: str) -> frozenset[str]:
    """The money and amounts that the words before a number name: 收入 and 投入 are not the same."""
    return frozenset(name for name in words("averages")["measures"] if name in text)


def adds_up(parts: Sequence[Claim], total: Claim) -> bool:
    """Whether the sum is the total, or nearer to it than all that their roundings may hide."""
    if sum((each.value for each in parts), Decimal(0)) == total.value:
        return True
    made, whole = summed(parts), reach(total)
    return made.low < whole.high and whole.low < made.high


def makes(rate: Claim, part: Claim, whole: Claim) -> bool:
    """Whether part ÷ whole can be the printed rate."""
    made = quotient(reach(part), reach(whole))
    return made is not None and times(made, Decimal(100 if rate.unit == "%" else 1)).meets(rate_reach(rate))


def shown(claim: Claim) -> str:
    """The number for a reader, as printed, with its bound where it does not say it itself."""
    return printed(claim)


@lru_cache(maxsize=1024)
def dated(period: str) -> str:
    """An ISO day or period as a finding says it: 2025年6月10日. The findings are Chinese on every site, as is the text they are on."""
    return load_strings("zh-CN").period(period)


def like(value: Decimal, claim: Claim, places: int = 4) -> str:
    """A value in the unit and scale in which the claim is printed: 182.4亿元 beside 186.4亿元, rounded to so many places."""
    numeral, raw = printed_numeral(claim.raw), fold(claim.raw)
    if numeral is None or not claim.value or claim.unit == "%":
        return amount(value, claim.unit, places=places)
    if set(raw) <= set("0123456789.,"):  # its unit stands elsewhere
        return amount(value, claim.unit, places=places)
    number = value / abs(claim.value / numeral.value)
    tail = claim.raw[numeral.end :]
    if any(numeral_at(char, 0) for char in fold(tail) if not char.isascii()):  # 六块八
        return amount(value, claim.unit, places=places)
    if numeral.chinese:
        return amount(number.normalize(), None) + tail.lstrip("多余来几")
    scale = numeral.scale
    words = amount(scale, None).lstrip("1") if scale != 1 else ""
    return rounded(number / scale, places) + words + tail.lstrip("多余来几+")


def rounded(value: Decimal, places: int) -> str:
    """The digits of a number, rounded half up, without zeros at the end, thousands parted by commas."""
    text = number_text(value, places=places)
    whole, point, rest = text.partition(".")
    return (
        f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdigit() and abs(int(whole)) >= 10000 else text
    )


def decimals(claim: Claim) -> int:
    """How many digits are printed behind the point."""
    behind = fold(claim.raw).partition(".")[2]
    return sum(1 for _ in _leading_digits(behind))


@lru_cache(maxsize=64)
def words(name: str) -> Any:
    """The data of a check, sitegen/data/checks/NAME.yml."""
    return packaged(f"checks/{name}.yml")


def either(words_: Sequence[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(words_, key=len, reverse=True)) + ")"


def finding(
    name: str, says: str, verdict: Verdict, claims: Sequence[Claim], facts: Facts, working: str, *,
    suggestion: str | None = None, **given: str,
) -> Warning:  # fmt: skip
    """The finding of the check `name` on claims, filed under the article and line of the first of them (that of `facts`).

    says: which of the check's sentences to use; given: what its gaps are filled with; suggestion: the reading that would fit.
    """
    data = words(name)
    first = claims[0]
    line = facts.article.paragraphs[first.paragraph].line_at(first.start)
    message = str(data["says"][says]).format(**given)
    return Warning(
        data["code"], message, facts.article.source, line, claim=first.id, article=facts.article.id, verdict=verdict,
        working=working, claims=tuple(dict.fromkeys(claim.id for claim in claims)),
        suggestion=suggestion,
    )  # fmt: skip
