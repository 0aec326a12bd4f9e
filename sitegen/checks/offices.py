"""Offices that cannot be: a 部 is headed by a 部长 and not by a 厅长, a region has no 部 and a city no 厅."""

import re
from collections.abc import Iterator
from functools import cache

from sitegen.checks.base import either, words
from sitegen.lexicon import packaged
from sitegen.model import Facts, Warning
from sitegen.text import fold


@cache
def _pattern() -> re.Pattern[str]:
    data = words("offices")
    stems = packaged("organisations.yml")["department_stems"]
    places = sorted({word for level in data["levels"] for word in level["places"]}, key=len, reverse=True)
    titles = dict.fromkeys(
        title for entry in data["heads"].values() for title in (entry["head"], *entry["never"])
    )
    return re.compile(
        rf"(?:(?<!{either(data['no_level'])})(?P<place>{either(places)}))?(?P<stem>{either(stems)})(?P<house>{either(list(data['heads']))})"
        rf"(?:{either(data['posts'])}[、,]?)?(?P<deputy>{either(data['deputy'])})?(?P<title>{either(list(titles))})"
        r"(?![期远效度短年宽城江])"
    )


def offices(facts: Facts) -> Iterator[Warning]:
    """Findings on the offices that the article's paragraphs print; they rest on words, so on no claim."""
    for paragraph in facts.article.paragraphs:
        for match in _pattern().finditer(fold(paragraph.text)):
            says = _fault(match)
            if says is not None:
                message, working = says
                line = paragraph.line_at(match.start())
                yield Warning(
                    words("offices")["code"], message, facts.article.source, line, article=facts.article.id,
                    verdict="differs", working=working,
                )  # fmt: skip


def _fault(match: re.Match[str]) -> tuple[str, str] | None:
    data = words("offices")
    place, house, title = match["place"] or "", match["house"], match["title"]
    given = {"office": match[0], "house": house, "title": title, "place": place}
    head = data["heads"][house]
    if title in head["never"]:
        working = data["working"]["title"].format(
            right=head["head"], wrong=data["houses"].get(title, ""), **given
        )
        return data["says"]["title"].format(**given), working
    for level in data["levels"] if match["stem"] not in data["party"] else ():
        if place in level["places"] and house in level["never"]:
            return data["says"]["level"].format(**given), data["working"]["level"].format(
                right=level["right"], **given
            )
    return None
