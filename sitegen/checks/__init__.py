"""Numbers held against each other, against arithmetic and against nature. Pure: same facts, same findings.

Each family of checks is a file; its words, limits and worked cases are in data/checks. Nothing is ever changed: a finding is a
Warning with a verdict (agrees, differs, implausible, cannot tell) and a working that a reader can follow.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sitegen.checks.averages import averages
from sitegen.checks.base import Sentence, sentences_of
from sitegen.checks.bases import bases
from sitegen.checks.columns import columns
from sitegen.checks.dates import dates
from sitegen.checks.growth import growths
from sitegen.checks.limits import fleets, limits
from sitegen.checks.lists import lists
from sitegen.checks.offices import offices
from sitegen.checks.partitions import partitions
from sitegen.checks.portions import portions
from sitegen.checks.products import products
from sitegen.checks.rates import rates
from sitegen.checks.same import sames
from sitegen.checks.spans import orders, spans
from sitegen.checks.sums import sums
from sitegen.model import Facts, Warning

_Family = Callable[[Sequence[Sentence]], Iterator[Warning]]
_OF_ONE_ARTICLE: tuple[_Family, ...] = (
    rates, portions, sums, partitions, lists, growths, bases, products, averages, limits, dates, orders,
)  # fmt: skip

_ACROSS: tuple[Callable[[Sequence[Sequence[Sentence]]], Iterator[Warning]], ...] = (
    fleets,
    sames,
    columns,
)


def check(facts: Sequence[Facts]) -> tuple[Warning, ...]:
    """All findings on the articles, those of one article together, in the order of the articles and their lines."""
    found: list[Warning] = []
    read = [sentences_of(each) for each in facts]
    for each, sentences in zip(facts, read, strict=True):
        for family in _OF_ONE_ARTICLE:
            found += family(sentences)
        found += offices(each)
        found += spans(each)
    for across in _ACROSS:
        found += across(read)
    place = {each.article.id: number for number, each in enumerate(facts)}
    return tuple(
        sorted(dict.fromkeys(found), key=lambda warning: (place.get(warning.article or "", -1), warning.line))
    )


def checked(facts: Sequence[Facts]) -> tuple[Facts, ...]:
    """The facts, each with the findings that are filed under its article behind its other warnings."""
    filed: dict[str, list[Warning]] = {}
    for warning in check(facts):
        filed.setdefault(warning.article or "", []).append(warning)
    return tuple(
        replace(
            each, warnings=(*(w for w in each.warnings if w.verdict is None), *filed.get(each.article.id, ()))
        )
        for each in facts
    )
