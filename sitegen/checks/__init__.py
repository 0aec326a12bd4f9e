"""Numbers held against each other, against arithmetic and against nature. Pure: same facts, same findings.

Each family of checks is a file; its words, limits and worked cases are in data/checks. Nothing is ever changed: a finding is a
Warning with a verdict (agrees, differs, implausible, cannot tell) and a working that a reader can follow.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from sitegen.checks.averages import averages
from sitegen.checks.base import Sentence, sentences_of
from sitegen.checks.bases import bases
from sitegen.checks.calendar import calendar
from sitegen.checks.columns import columns
from sitegen.checks.conversions import conversions
from sitegen.checks.daily import daily
from sitegen.checks.dates import dates
from sitegen.checks.differences import differences
from sitegen.checks.events import events
from sitegen.checks.exclusive import exclusive
from sitegen.checks.growth import growths
from sitegen.checks.headlines import headlines
from sitegen.checks.implied import implied
from sitegen.checks.increments import increments
from sitegen.checks.limits import fleets, limits
from sitegen.checks.lists import lists
from sitegen.checks.multiples import multiples
from sitegen.checks.nature import nature
from sitegen.checks.offices import offices
from sitegen.checks.partitions import partitions
from sitegen.checks.people import people
from sitegen.checks.plans import plans
from sitegen.checks.portions import portions
from sitegen.checks.products import products
from sitegen.checks.rates import rates
from sitegen.checks.ratios import ratios
from sitegen.checks.recaps import recaps
from sitegen.checks.regions import regions
from sitegen.checks.relations import relations
from sitegen.checks.same import sames
from sitegen.checks.series import series
from sitegen.checks.spans import orders, spans
from sitegen.checks.sums import sums
from sitegen.checks.targets import targets
from sitegen.checks.twice import twice
from sitegen.checks.yields import yields
from sitegen.memo import Memo
from sitegen.model import Facts, Warning

_Family = Callable[[Sequence[Sentence]], Iterator[Warning]]
_OF_ONE_ARTICLE: tuple[_Family, ...] = (
    rates, ratios, portions, yields, sums, partitions, recaps, exclusive, lists, growths, bases, increments, series,
    products, averages, multiples, differences, daily, limits, nature, conversions, targets, dates, orders, plans, headlines,
    relations, twice,
)  # fmt: skip
_ACROSS: tuple[Callable[[Sequence[Sequence[Sentence]], Memo], Iterator[Warning]], ...] = (
    fleets,
    sames,
    implied,
)
_OF_WORDS: tuple[Callable[[Sequence[Facts]], Iterator[Warning]], ...] = (events, people)

_SETTLING = ("confirmed", "edited")


def finding_id(warning: Warning) -> str:
    """A name for a finding, by which an editor may judge it: the same as long as it says the same of the same article."""
    said = f"{warning.article} {warning.code} {warning.working}"
    return f"{warning.code.lower()}-{sha256(said.encode()).hexdigest()[:8]}"


def check(facts: Sequence[Facts], memo: Memo | None = None) -> tuple[Warning, ...]:
    """All findings on the articles, those of one article together, in the order of the articles and their lines.

    memo: knows what was found on pages before.
    """
    pages: dict[str, list[Facts]] = {}
    for each in facts:
        pages.setdefault(each.article.source, []).append(each)
    memo = memo or Memo()
    alone = memo.each("checks", tuple[Warning, ...], _of_page, [*map(tuple, pages.values())])
    found: list[Warning] = [warning for page in alone for warning in page]
    read = memo.own("sentences", sentences_of, facts)
    for across in _ACROSS:
        found += across(read, memo)
    place = {each.article.id: number for number, each in enumerate(facts)}
    return tuple(
        sorted(_once(found), key=lambda warning: (place.get(warning.article or "", -1), warning.line))
    )


def _of_page(facts: Sequence[Facts]) -> tuple[Warning, ...]:
    """Findings for which nobody need look beyond the page on which the articles stand."""
    found: list[Warning] = []
    read = [sentences_of(each) for each in facts]
    for each, sentences in zip(facts, read, strict=True):
        for family in _OF_ONE_ARTICLE:
            found += family(sentences)
        found += offices(each)
        found += spans(each)
        found += calendar(each)
    found += columns(read)
    found += regions(read)
    for of_words in _OF_WORDS:
        found += of_words(facts)
    return tuple(found)


def _once(found: Sequence[Warning]) -> list[Warning]:
    """The findings, those that two families reach by one arithmetic only once: the one that proposes a reading; and those
    that say the same of a number in the same words.
    """
    kept: dict[object, Warning] = {}
    for warning in found:
        key = (warning.code, warning.verdict, frozenset(warning.claims)) if warning.claims else warning
        if key not in kept or (warning.suggestion and not kept[key].suggestion):
            kept[key] = warning
    told: dict[object, Warning] = {}
    for warning in kept.values():  # 160个 printed twice is one whole for its rate
        words = (warning.article, warning.code, warning.claim, warning.message, warning.working)
        twin = told.get(words)
        told[words] = (
            replace(twin, claims=tuple(dict.fromkeys((*twin.claims, *warning.claims)))) if twin else warning
        )
    return list(told.values())


def checked(
    facts: Sequence[Facts], judged: Collection[str] = (), memo: Memo | None = None
) -> tuple[Facts, ...]:
    """The facts, each with the findings that are filed under its article behind its other warnings.

    judged: ids of findings that an editor has judged, besides those that rest on a claim with a verdict of its own.
    memo: knows what was found on pages before.
    """
    filed: dict[str, list[Warning]] = {}
    settled = {c.id for each in facts for c in each.claims if c.review in _SETTLING}
    for found in check(facts, memo):
        warning = replace(found, settled=found.claim in settled or finding_id(found) in judged)
        filed.setdefault(warning.article or "", []).append(warning)
    return tuple(
        replace(
            each, warnings=(*(w for w in each.warnings if w.verdict is None), *filed.get(each.article.id, ()))
        )
        for each in facts
    )
