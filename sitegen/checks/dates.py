"""What has happened is not later than the article that reports it."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from re import Pattern
from re import compile as pattern

from sitegen.checks.base import Sentence, dated, either, finding, shown, words
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
    wrong = [
        claim
        for sentence in sentences
        for claim in sentence.claims
        if claim.period and _begin(claim.period)[: len(day)] > day and _told_as_done(sentence, claim)
    ]
    known = {claim.id for claim in wrong}
    for claim in wrong:
        yield _late(facts, claim, day)
    for sentence in sentences:
        yield from _until(sentence, day, known)
        yield from _aimed(sentence, day)
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
        yield finding("dates", "fit", "agrees", (last,), facts, working, date=dated(day))


def _until(sentence: Sentence, day: str, known: Collection[str]) -> Iterator[Warning]:
    """截至2026年9月底 in an article of 2025: a finding on the first number behind it, unless it has one."""
    text = sentence.text
    for match in _stated().finditer(text, sentence.span.start, sentence.span.end):
        month = f"-{int(match['month']):02}" if match["month"] else ""
        period = match["year"] + month
        claim = next((c for c in sentence.claims if c.start >= match.end()), None)
        if claim is not None and claim.id not in known and period[: len(day)] > day[: len(period)]:
            yield _late(sentence.facts, claim, day, period)
            return


@cache
def _stated() -> Pattern[str]:
    return pattern(
        rf"(?<!有效期){words('dates')['until']}(?P<year>(?:19|20)\d\d)年(?:(?P<month>1[0-2]|[1-9])月)?"
    )


def _aimed(sentence: Sentence, day: str) -> Iterator[Warning]:
    """到2015年，产值力争突破1000亿元 in an article of 2021: what is still aimed at lies ahead."""
    text = sentence.text
    for match in _ahead().finditer(text, sentence.span.start, sentence.span.end):
        claim = next((c for c in sentence.claims if c.start >= match.end()), None)
        if (
            claim is None
            or match["year"] >= day[:4]
            or told().search(text, sentence.span.start, sentence.span.end)
        ):
            continue
        given = {"number": shown(claim), "period": dated(match["year"]), "date": dated(day)}
        working = words("dates")["late-working"].format(period=day, date=match["year"])
        yield finding("dates", "past-aim", "differs", (claim,), sentence.facts, working, **given)
        return


@cache
def _ahead() -> Pattern[str]:
    return pattern(
        rf"(?<![^,;。、])(?:力争|计划|预计)?[到至](?P<year>(?:19|20)\d\d)年(?:底|末)?,?[^;。\d]{{0,24}}?{either(words('dates')['aims'])}"
    )


@cache
def told() -> Pattern[str]:
    """Words of a sentence that tells of an aim or a plan of former days."""
    return pattern(either(words("dates")["told"]))


def _late(facts: Facts, claim: Claim, day: str, period: str | None = None) -> Warning:
    said = period or claim.period or ""
    working = words("dates")["late-working"].format(period=said, date=day)
    return finding(
        "dates",
        "late",
        "differs",
        (claim,),
        facts,
        working,
        number=shown(claim),
        period=dated(said),
        date=dated(day),
    )


def _told_as_done(sentence: Sentence, claim: Claim) -> bool:
    """The sentence tells of something done and of nothing to come, and the day itself is printed in it."""
    text = sentence.text[sentence.span.start : sentence.span.end]
    period = claim.period or ""
    month = period[5:7].lstrip("0")
    printed = f"{month}月" in text if month else period[:4] in text
    return printed and bool(_past().search(text)) and not _future().search(text)


def _begin(period: str) -> str:
    """The first day of a period, fit to be compared with a day: 2025-04 → 2025-04, which is before 2025-04-30."""
    return period.split("/")[0][:10] if len(period) != 9 or period[4] != "-" else period[:4]
