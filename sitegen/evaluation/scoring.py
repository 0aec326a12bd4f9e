"""What is right, wrong, missed and too much on one page: counts that add up over pages, and each miss as a record."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sitegen.evaluation.answers import (
    plain_industry,
    same_place,
    same_project,
    squeeze,
    title_right,
)
from sitegen.evaluation.articles import score_articles
from sitegen.evaluation.claims import score_claims
from sitegen.evaluation.gold import Expected, Gold, GoldPair
from sitegen.evaluation.matching import match_each
from sitegen.evaluation.misses import Miss
from sitegen.evaluation.printed import PrintedPage
from sitegen.model import Facts, Person, Project, Warning
from sitegen.records import industry_records, place_records

G = TypeVar("G", Expected, GoldPair)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Score:
    """counts: name → number (claims.tp, claims.fp, claims.fn, attr.kind …), to be added up over pages."""

    counts: Counter[str]
    misses: tuple[Miss, ...]


def score_page(
    gold: Gold, page: PrintedPage, facts: Sequence[Facts], warnings: Sequence[Warning] = ()
) -> Score:
    """Compare a page's gold with what was read. facts: with the findings of the checks; warnings: those of the page."""
    counts: Counter[str] = Counter()
    misses = [
        *score_articles(gold.articles, page, [each.article for each in facts], counts),
        *score_claims(gold.claims, page, facts, counts),
        *_score_projects(gold, page, facts, counts),
        *_score_pairs(gold, page, facts, counts),
        *_score_people(gold, page, facts, counts),
        *_score_contradictions(gold, page, facts, warnings, counts),
    ]
    return Score(counts, tuple(misses))


@dataclass(frozen=True, slots=True)
class _Set:
    """How a list of named records is scored. name: of its counts; record: for people; twice: a further record of what
    is matched already is no error.
    """

    name: str
    record: str
    twice: bool


def _score_set(
    kind: _Set, gold: Sequence[G], read: Sequence[R], fits: Callable[[R, G], bool], counts: Counter[str]
) -> tuple[list[G], list[R]]:
    """Counts one list; what comes back is what was missed, and what is too much."""
    pairs = match_each(gold, read, fits)
    used = set(pairs.values())
    missed = [each for index, each in enumerate(gold) if index not in pairs and not each.optional]
    spare = [each for each in gold if each.optional or kind.twice]
    extra = [
        each
        for at, each in enumerate(read)
        if at not in used and not any(fits(each, expected) for expected in spare)
    ]
    counts[f"{kind.name}.tp"] += sum(not gold[index].optional for index in pairs)
    counts[f"{kind.name}.fn"] += len(missed)
    counts[f"{kind.name}.fp"] += len(extra)
    return missed, extra


def _missed(kind: _Set, page: PrintedPage, gold: Expected | GoldPair, printed: str, word: str) -> Miss:
    """word: what to look for on the page."""
    return Miss("missed", kind.record, page.line_with(word), gold.line, printed)


def _extra(kind: _Set, facts: Sequence[Facts], article: str, paragraph: int, printed: str) -> Miss:
    found = next(each.article for each in facts if each.article.id == article)
    inside = 0 <= paragraph < len(found.paragraphs)  # a headline's pair stands in none
    line = found.paragraphs[paragraph].lines[0] if inside else found.title_line
    return Miss("extra", kind.record, line, 0, printed)


def _score_projects(
    gold: Gold, page: PrintedPage, facts: Sequence[Facts], counts: Counter[str]
) -> Iterator[Miss]:
    def fits(project: Project, expected: Expected) -> bool:
        return same_project(project.name, expected.answers["name"])

    found = [project for fact in facts for project in fact.projects]
    kind = _Set("projects", "project", twice=False)
    missed, extra = _score_set(kind, gold.projects, found, fits, counts)
    for expected in missed:
        yield _missed(kind, page, expected, expected.text("name"), expected.text("name"))
    for project in extra:
        yield _extra(kind, facts, project.article, project.paragraph, project.name)


def _score_people(
    gold: Gold, page: PrintedPage, facts: Sequence[Facts], counts: Counter[str]
) -> Iterator[Miss]:
    def same_name(person: Person, expected: Expected) -> bool:
        return squeeze(person.name) == squeeze(expected.text("name"))

    def fits(person: Person, expected: Expected) -> bool:
        right = title_right(person.title, person.organisation, expected.answers["title"])
        return same_name(person, expected) and right

    found = [person for fact in facts for person in fact.people]
    kind = _Set("people", "person", twice=True)
    missed, extra = _score_set(kind, gold.people, found, fits, counts)
    for expected in missed:
        name = expected.text("name")
        yield _missed(kind, page, expected, f"{expected.text('title')} {name}".strip(), name)
    for person in extra:
        shown = f"{person.title or ''} {person.name}".strip()
        yield _extra(kind, facts, person.article, person.paragraph, shown)
    _score_set(_Set("names", "person", twice=True), gold.people, found, same_name, counts)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A place with an industry, as read. words: every name of the industry, for comparison; where: where it is first said."""

    place: str
    industry: str
    words: frozenset[str]
    where: tuple[str, int]


def _score_pairs(
    gold: Gold, page: PrintedPage, facts: Sequence[Facts], counts: Counter[str]
) -> Iterator[Miss]:
    def fits(pair: _Pair, expected: GoldPair) -> bool:
        words = {plain_industry(each) for each in expected.words}
        return not pair.words.isdisjoint(words) and any(same_place(pair.place, p) for p in expected.places)

    kind = _Set("pi", "place and industry", twice=True)
    missed, extra = _score_set(kind, gold.pairs, list(_pairs(facts)), fits, counts)
    for expected in missed:
        shown = f"{expected.places[0]}: {'/'.join(expected.words[:4])}"
        yield _missed(kind, page, expected, shown, expected.words[0])
    for pair in extra:
        yield _extra(kind, facts, *pair.where, f"{pair.place}: {pair.industry}")


def _pairs(facts: Sequence[Facts]) -> Iterator[_Pair]:
    """Each place with each of its industries once."""
    industries = {record["id"]: record for record in industry_records(facts)}
    for place in place_records(facts):
        first = {each["industry"]: each for each in reversed(place["industries"])}
        for industry in dict.fromkeys(each["industry"] for each in place["industries"]):
            record = industries.get(industry, {"name": industry, "aliases": []})
            names = frozenset(map(plain_industry, (industry, record["name"], *record["aliases"])))
            where = (first[industry]["article"], first[industry]["paragraph"])
            yield _Pair(place["name"], record["name"], names, where)


def _score_contradictions(
    gold: Gold,
    page: PrintedPage,
    facts: Sequence[Facts],
    warnings: Sequence[Warning],
    counts: Counter[str],
) -> Iterator[Miss]:
    raws = {claim.id: squeeze(claim.raw) for fact in facts for claim in fact.claims}
    told = [
        (raws.get(each.claim or ""), squeeze(each.message))
        for each in (*warnings, *(each for fact in facts for each in fact.warnings))
    ]
    for expected in gold.contradictions:
        names = {squeeze(raw) for raw in expected.raws}
        found = any(raw in names or any(name in message for name in names) for raw, message in told)
        counts["contradictions"] += 1
        counts["contradictions.found"] += found
        if not found:
            line = page.line_with(expected.raws[0] if expected.raws else "")
            yield Miss("missed", "contradiction", line, expected.line, expected.why)
