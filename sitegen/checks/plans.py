"""Years of what is planned: what is still to be built is not to be ready before the paper's day, nor by another year than its term says."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sitegen.checks.base import Sentence, dated, either, finding, words
from sitegen.checks.dates import told
from sitegen.model import Warning
from sitegen.numerals import numeral_at

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@cache
def _planned() -> re.Pattern[str]:
    data = words("plans")
    return re.compile(
        rf"(?<!原){either(data['planned'])}[于在到]?(?P<year>(?:19|20)\d\d)年[^,;。、\d]{{0,8}}{either(data['ready'])}"
    )


@cache
def _term() -> re.Pattern[str]:
    return re.compile(
        rf"{either(words('plans')['term'])}为?(?P<years>\d{{1,2}}|[一二两三四五六七八九十])年(?!半)"
    )


@cache
def _begun() -> re.Pattern[str]:
    return re.compile(either(words("plans")["begun"]))


def plans(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on planned years that the day of the article has passed, or that do not fit the term; sentences: of one article."""
    article = sentences[0].facts.article if sentences else None
    if article is None or not (day := article.date or (str(article.year) if article.year else "")):
        return
    for sentence in sentences:
        text = sentence.text[sentence.span.start : sentence.span.end]
        match = _planned().search(text)
        if match is None or told().search(text.replace(match[0], "")):
            continue
        given = {"year": match["year"], "date": dated(day)}
        earlier = [year for year in _YEAR.findall(text[: match.start()]) if year <= match["year"]]
        if earlier and match["year"] < day[:4]:  # 2000年开工时计划2002年建成: what was planned then
            continue
        if match["year"] < day[:4]:
            working = words("plans")["past"].format(**given)
            yield finding("plans", "past", "differs", sentence.claims[:1], sentence.facts, working, **given)
        else:
            yield from _of_term(sentence, text, match["year"], day)


def _of_term(sentence: Sentence, text: str, year: str, day: str) -> Iterator[Warning]:
    """工期4年 of what is begun on the paper's day."""
    term = _term().search(text)
    numeral = numeral_at(term["years"], 0) if term else None
    before = sentence.text[max(0, sentence.span.start - 60) : sentence.span.end]
    if term is None or numeral is None or not numeral.value or not _begun().search(before):
        return
    right = int(day[:4]) + int(numeral.value)
    if abs(int(year) - right) > 1:
        given = {"year": year, "term": term[0], "right": str(right)}
        working = words("plans")["working"].format(begun=day[:4], years=f"{numeral.value:f}", **given)
        yield finding("plans", "term", "differs", sentence.claims[:1], sentence.facts, working, **given)
