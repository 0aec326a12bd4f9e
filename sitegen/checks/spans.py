"""Years that must fit: the span between two of them and the number of years printed for it, and a base that is older than its result."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sitegen.checks.base import Sentence, either, finding, shown, words
from sitegen.model import Claim, Facts, Warning
from sitegen.numerals import numeral_at
from sitegen.text import fold


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Shapes with `first`, `last` (or none: until the article) and `years`; whether both ends are counted in full."""
    data = words("spans")
    years, end = (
        r"(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:年|个年头)",
        r"(?P<last>(?:19|20)\d\d)年",
    )
    first, month = r"(?P<first>(?:19|20)\d\d)年", r"(?:\d{1,2}月)?"
    return (
        (re.compile(rf"{first}(?:至|到|—|-){end}{either(data['all'])}?{years}{either(data['of'])}"), True),
        (re.compile(rf"(?:从|自){first}{month}[^,。;]{{0,16}},?(?:到|至){end}{month}{either(data['just'])}{years}"), False),
        (re.compile(rf"{either(data['term'])}为?{years},(?:从|自|由)?{first}{month}(?:到|至){end}"), False),
        (re.compile(rf"(?:从|自){first}{month}[^,。;]{{0,20}}以来的?(?:这)?{years}"), False),
    )  # fmt: skip


def spans(facts: Facts) -> Iterator[Warning]:
    """Findings on spans of years that the paragraphs print; they rest on words, so on no claim."""
    data = words("spans")
    for paragraph in facts.article.paragraphs:
        for pattern, both in _patterns():
            for match in pattern.finditer(fold(paragraph.text)):
                last = match["last"] if "last" in pattern.groupindex else str(facts.article.written or "")
                numeral = numeral_at(match["years"], 0)
                if not last or numeral is None or numeral.value is None:
                    continue
                length = int(last) - int(match["first"])
                right = {length + 1} if both else {length, length + 1, length - 1}
                fits = int(numeral.value) in right
                if fits and not both:
                    continue
                years = length + 1 if both else length
                given = {"first": match["first"], "last": last, "years": match["years"], "right": str(years)}
                says = "agrees" if fits else "differs"
                yield Warning(
                    data["code"], data["says"][says].format(**given), facts.article.source,
                    paragraph.line_at(match.start()), article=facts.article.id, verdict="agrees" if fits else "differs",
                    working=data["working"].format(**given),
                )  # fmt: skip


def orders(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """由2021年的…增至2024年的…: a finding where the year it grows from is later than the one it grows to."""
    opened = re.compile(rf"{either(words('growth')['from'])}(?P<year>(?:19|20)\d\d)年[^,;。、]{{0,4}}$")
    until = re.compile(r"[^,;。、]{0,8}(?P<year>(?:19|20)\d\d)年[^,;。、]{0,4}$")
    compared = re.compile(r"[,、(]?[比较](?P<year>(?:19|20)\d\d)年的")
    for sentence in sentences:
        for index in range(1, len(sentence.claims)):
            base, result = sentence.claims[index - 1], sentence.claims[index]
            if later := compared.fullmatch(sentence.gap(index)):
                yield from _backwards(sentence, result, base, later["year"])
                continue
            first, last = opened.search(sentence.gap(index - 1)), until.fullmatch(sentence.gap(index))
            if first and last and base.unit == result.unit and int(first["year"]) >= int(last["year"]):
                yield _order(sentence, base, result, first["year"], last["year"])


def _backwards(sentence: Sentence, base: Claim, result: Claim, year: str) -> Iterator[Warning]:
    """2015年…39.9亿人次，比2016年的47.7亿人次有所下降: what a result is compared with is older than the result."""
    printed = [
        m[1]
        for m in re.finditer(
            r"(?<![比较])((?:19|20)\d\d)年|[今去前本当上]年|年[初末底]", sentence.lead(result)
        )
    ]
    last = printed[-1] if printed else None
    if last and base.unit == result.unit and year >= last and result.status == "actual":
        yield _order(sentence, base, result, year, last)


def _order(sentence: Sentence, base: Claim, result: Claim, first: str, last: str) -> Warning:
    given = {"first": first, "last": last, "base": shown(base), "result": shown(result)}
    return finding("spans", "order", "differs", (base, result), sentence.facts, f"{first} ≥ {last}", **given)
