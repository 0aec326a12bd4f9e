"""Events counted in words and found on the page: 第二次 and the years of its editions, 5场 and the reports of them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sitegen.checks.base import either, words
from sitegen.model import Article, Facts, Paragraph, Warning
from sitegen.numerals import numeral_at
from sitegen.text import fold, sentences


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = words("events")
    number = r"(?P<number>[二两三四五六七八九十]{1,3}|\d{1,2})"
    return (
        re.compile(rf"第{number}{either(data['times'])}"),
        re.compile(rf"(?P<year>20\d\d)年?(?P<name>[一-鿿]{{2,20}}?{either(data['event'])})"),
        re.compile(
            rf"(?<!\d){number}{either(data['sessions'])}[^。]*?{either(data['on'])}(?P<list>[^,。;等]*、[^,。;等]*)"
        ),
    )


def events(facts: Sequence[Facts]) -> Iterator[Warning]:
    """Findings, all of them agreements, on counts of events that the page itself bears out; facts: of all articles."""
    pages: dict[str, list[Facts]] = {}
    for each in facts:
        pages.setdefault(each.article.source, []).append(each)
    for page in pages.values():
        editions = _editions(page)
        titles = [each.article.title or "" for each in page]
        for each in page:
            for paragraph in each.article.paragraphs:
                text = fold(paragraph.text)
                for span in sentences(text):
                    sentence = text[span.start : span.end]
                    yield from _times(each.article, paragraph, span.start, sentence, editions)
                    yield from _sessions(each.article, paragraph, span.start, sentence, titles)


def _editions(page: Sequence[Facts]) -> dict[str, set[str]]:
    """Event → the years with which the page names it."""
    found: dict[str, set[str]] = {}
    for each in page:
        for paragraph in each.article.paragraphs:
            for match in _patterns()[1].finditer(fold(paragraph.text)):
                found.setdefault(match["name"], set()).add(match["year"])
    return found


def _times(
    article: Article, paragraph: Paragraph, start: int, sentence: str, editions: dict[str, set[str]]
) -> Iterator[Warning]:
    match = _patterns()[0].search(sentence)
    if match is None:
        return
    for name, years in sorted(editions.items()):
        if name[-words("events")["tail"] :] in sentence and len(years) == _value(match["number"]):
            yield _says(
                article, paragraph, start, "times", match[0], "、".join(sorted(years)) + f"年：{name}"
            )
            return


def _sessions(
    article: Article, paragraph: Paragraph, start: int, sentence: str, titles: Sequence[str]
) -> Iterator[Warning]:
    match = _patterns()[2].search(sentence)
    if match is None:
        return
    members = re.split("、|和|及", match["list"])
    shown = [next((t for t in titles if member in t or member[-4:] in t), None) for member in members]
    if None not in shown and len(set(shown)) == len(members) == _value(match["number"]):
        count = match[0][: len(match["number"]) + 1]
        yield _says(article, paragraph, start, "sessions", count, "；".join(each or "" for each in shown))


def _value(text: str) -> int:
    numeral = numeral_at(text, 0)
    return int(numeral.value) if numeral and numeral.value is not None else 0


def _says(article: Article, paragraph: Paragraph, start: int, says: str, count: str, found: str) -> Warning:
    data = words("events")
    return Warning(
        data["code"], data["says"][says].format(count=count), article.source, paragraph.line_at(start), article=article.id,
        verdict="agrees", working=data["working"].format(found=found, count=count),
    )  # fmt: skip
