"""A first gold for a page, made from what the program reads: an editor corrects it by hand, line by line."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sitegen.checks import checked
from sitegen.evaluation.answers import squeeze
from sitegen.evaluation.matching import first_and_last
from sitegen.evaluation.printed import Positions, PrintedPage, gold_position, locate_claims
from sitegen.loaders import printed_lines
from sitegen.model import GRAVE, Article, Claim, Facts, Person, Project, Warning
from sitegen.problems import ConfigError, Problem
from sitegen.publish import shown, write_file
from sitegen.reading import read_pages, usable
from sitegen.records import industry_records, number, place_records
from sitegen.text import Span
from sitegen.workspace import SourceFile, named_sources, read_source

_HEAD = """\
# Drafted by `sitegen eval --draft` from what the program read: it has the program's errors. Go through the page,
# correct each line, add what is missing, then delete these two lines.
"""
_EDGE = 10  # characters by which a beginning or an end is known
_BEFORE = 6  # characters before a number, more where they stand twice
_LONGEST = 60


def write_draft(page: Path, folder: Path | None) -> str:
    """The draft as YAML; with a folder it is written there, as STEM.yaml, and its path comes back instead.

    Raises ConfigError where that file is there already or the page is not; nothing is ever overwritten.
    """
    if page.is_dir():
        raise ConfigError(Problem(shown(page), 0, 0, "E-USAGE", "is a folder", "name one page"))
    (source,) = named_sources([page])
    target = folder / f"{page.stem}.yaml" if folder else None
    if target is not None and target.exists():
        fix = "go on with that file, or remove it first"
        raise ConfigError(Problem(shown(target), 0, 0, "E-EXISTS", "is there already", fix))
    text = draft_gold(source)
    if target is None:
        return text
    write_file(target, text.encode())
    return f"{shown(target)}\n"


def draft_gold(source: SourceFile) -> str:
    """The YAML of a page's draft, in the layout of a gold file. Raises SitegenError where the page cannot be read."""
    reading = usable(read_pages([source]))
    facts = checked(reading.facts)
    page = PrintedPage(printed_lines(source.name, read_source(source)))
    warnings = [*reading.warnings, *(each for fact in facts for each in fact.warnings)]
    parts = {
        "claims": _claims(page, facts),
        "projects": [_project(each, fact) for fact in facts for each in fact.projects],
        "place_industries": list(_pairs(facts)),
        "people": [_person(each) for fact in facts for each in fact.people],
        "contradictions": list(_contradictions(facts, warnings)),
    }
    lines = [f"page: {_yaml(source.name)}", "articles:"]
    lines += [line for fact in facts for line in _article(fact.article)]
    for name, records in parts.items():
        lines += [f"{name}:", *(f"  - {record}" for record in records)] if records else [f"{name}: []"]
    return _HEAD + "\n".join(lines) + "\n"


def _yaml(value: object) -> str:
    """JSON is YAML: texts in quotation marks, numbers plain, null."""
    return json.dumps(value, ensure_ascii=False)


def _flow(**fields: object) -> str:
    return "{" + ", ".join(f"{name}: {_yaml(value)}" for name, value in fields.items()) + "}"


def _article(article: Article) -> Iterator[str]:
    first, last = first_and_last(article)
    fields = {
        "title": article.title,
        "authors": list(article.authors),
        "date": article.date,
        "starts": first[:_EDGE] or None,
        "ends": last[-_EDGE:] or None,
    }
    for index, (name, value) in enumerate(fields.items()):
        yield f"  {' ' if index else '-'} {name}: {_yaml(value)}"
    if not first:  # a headline without a text may be no article at all
        yield "    optional: true"


def _claims(page: PrintedPage, facts: Sequence[Facts]) -> list[str]:
    """One line a number, in the order of the page, each with as many characters before it as tell it from others."""
    claims = (claim for fact in facts for claim in fact.claims)
    found = zip(locate_claims(page, facts), claims, strict=True)
    lines, after = [], 0
    for place, claim in sorted(((_whole(place), claim) for place, claim in found if place), key=_first):
        raw = page.flat[place.start : place.end]
        lines.append(_claim(claim, raw, _before(page, place.start, raw, after)))
        after = place.end
    return lines


def _first(found: tuple[Span, Claim]) -> Span:
    return found[0]


def _whole(place: Positions) -> Span:
    """The longest piece of a number that stands on the page in one: a caption may be printed across it."""
    pieces: list[Span] = []
    for at in sorted(place):
        joins = pieces and pieces[-1].end == at
        pieces[-1:] = [Span(pieces[-1].start, at + 1)] if joins else [*pieces[-1:], Span(at, at + 1)]
    return max(pieces, key=lambda piece: piece.end - piece.start)


def _before(page: PrintedPage, start: int, raw: str, after: int) -> str:
    """The characters right before a number, enough of them for a reader of the gold to find this one."""
    for length in range(min(_BEFORE, start), min(_LONGEST, start) + 1):
        before = page.flat[start - length : start]
        if gold_position(page, before, raw, after) == start:
            return before
    return page.flat[max(0, start - _BEFORE) : start]


def _claim(claim: Claim, raw: str, before: str) -> str:
    return _flow(
        raw=raw, before=before, value=number(claim.value), value_max=number(claim.value_max),
        unit=claim.unit, per=claim.per, bound=claim.bound, status=claim.status, kind=claim.kind,
        place=claim.place, period=claim.period, optional=False,
    )  # fmt: skip


def _project(project: Project, fact: Facts) -> str:
    money = next((claim.value for claim in fact.claims if claim.id == project.investment), None)
    return _flow(
        name=project.name, companies=list(project.companies), place=project.place, investment=number(money)
    )


def _pairs(facts: Sequence[Facts]) -> Iterator[str]:
    names = {record["id"]: record["name"] for record in industry_records(facts)}
    for place in place_records(facts):
        for industry in dict.fromkeys(each["industry"] for each in place["industries"]):
            yield _flow(place=place["name"], industry=names.get(industry, industry))


def _person(person: Person) -> str:
    return _flow(name=person.name, title=person.title)


def _contradictions(facts: Iterable[Facts], warnings: Iterable[Warning]) -> Iterator[str]:
    """What the checks found to be wrong in print, each with the numbers that went into it."""
    raws = {claim.id: squeeze(claim.raw) for fact in facts for claim in fact.claims}
    for each in warnings:
        named = dict.fromkeys(raws[claim] for claim in (*each.claims, each.claim) if claim in raws)
        if each.verdict in GRAVE and named:
            yield _flow(why=f"{each.message} ({each.working})", raws=list(named))
