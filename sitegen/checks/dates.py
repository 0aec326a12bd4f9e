"""What has happened is not later than the article that reports it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from re import Pattern
from re import compile as pattern

from sitegen.checks.base import Sentence, either, finding, shown, words
from sitegen.model import Claim, Facts, Warning


@cache
def _past() -> Pattern[str]:
    return pattern(either(words("dates")["past"]))


@cache
def _future() -> Pattern[str]:
    return pattern(either(words("dates")["future"]))


def dates(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """A finding on each number that its article could not yet know, else one that all dates fit."""
    article = sentences[0].facts.article if sentences else None
    if article is None or not (day := article.date or (str(article.year) if article.year else "")):
        return
    facts = sentences[0].facts
    late = [
        (sentence, c)
        for sentence in sentences
        for c in sentence.claims
        if c.period and _begin(c.period)[: len(day)] > day
    ]
    wrong = [(sentence, claim) for sentence, claim in late if _told_as_done(sentence, claim)]
    for _, claim in wrong:
        yield _late(facts, claim, day)
    done = [
        c
        for s in sentences
        for c in s.claims
        if c.status == "actual" and c.period and _begin(c.period)[: len(day)] <= day
    ]
    if done and not wrong:
        last = max(done, key=lambda claim: _begin(claim.period or ""))
        data = words("dates")
        working = data["latest"].format(number=shown(last), period=last.period, date=day)
        yield finding("dates", "fit", "agrees", (last,), facts, working, date=day)


def _late(facts: Facts, claim: Claim, day: str) -> Warning:
    working = words("dates")["late-working"].format(period=claim.period, date=day)
    return finding(
        "dates",
        "late",
        "differs",
        (claim,),
        facts,
        working,
        number=shown(claim),
        period=claim.period or "",
        date=day,
    )


def _told_as_done(sentence: Sentence, claim: Claim) -> bool:
    """The sentence tells of something done and of nothing to come, and the day itself is printed in it."""
    text = sentence.text[sentence.span.start : sentence.span.end]
    period = claim.period or ""
    month = period[5:7].lstrip("0")
    printed = f"{month}月" in text if month else period[:4] in text
    if re.search(f"{words('dates')['until']}{period[:4]}年", text):
        return True
    return printed and bool(_past().search(text)) and not _future().search(text)


def _begin(period: str) -> str:
    """The first day of a period, fit to be compared with a day: 2025-04 → 2025-04, which is before 2025-04-30."""
    return period.split("/")[0][:10] if len(period) != 9 or period[4] != "-" else period[:4]
