"""The facts as the JSON records of the data contract (docs/records.md): what `sitegen extract` prints, what
is published.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sitegen.industries import industry_list
from sitegen.model import (
    HEADLINE,
    Article,
    Claim,
    Facts,
    Industry,
    Note,
    Person,
    PlaceIndustry,
    Project,
    Reason,
    Warning,
)
from sitegen.places import gazetteer

Record = dict[str, Any]
_CLAIM = tuple(each.name for each in fields(Claim) if each.name != "why")


def to_json(facts: Sequence[Facts], *, warnings: Sequence[Warning] = (), explain: bool = False) -> Record:
    """All records of the facts, in the order of the facts; places and industries gathered from all of them.

    Ready for json.dumps. warnings: further ones, of pages.  explain: each record with its `why`; the facts are then those that
    sitegen.evidence.explained gives.
    """
    why = _with_why if explain else _plainly
    return {
        "articles": [why(article_record(fact.article), fact.article, fact.article) for fact in facts],
        "claims": [why(claim_record(each), each, fact.article) for fact in facts for each in fact.claims],
        "projects": [
            why(project_record(each), each, fact.article) for fact in facts for each in fact.projects
        ],
        "places": _explained_places(facts) if explain else place_records(facts),
        "people": [why(person_record(each), each, fact.article) for fact in facts for each in fact.people],
        "industries": industry_records(facts),
        "warnings": [
            warning_record(each) for each in (*warnings, *(each for fact in facts for each in fact.warnings))
        ],
    }


_Explained = Article | Claim | Project | Person | PlaceIndustry


def _plainly(record: Record, _of: _Explained, _article: Article) -> Record:
    return record


def _with_why(record: Record, of: _Explained, article: Article) -> Record:
    return {**record, "why": [reason_record(each, article) for each in of.why]}


def _explained_places(facts: Sequence[Facts]) -> list[Record]:
    """The places, each of their industries with its reasons."""
    why = {
        (pair.place, pair.industry, pair.article, pair.paragraph): [
            reason_record(each, fact.article) for each in pair.why
        ]
        for fact in facts
        for pair in fact.place_industries
    }
    records = place_records(facts)
    for place in records:
        for each in place["industries"]:
            each["why"] = why[place["name"], each["industry"], each["article"], each["paragraph"]]
    return records


def reason_record(reason: Reason, article: Article) -> Record:
    """Why a field reads as it does: rule, words with their offsets, and where they stand.

    paragraph: null for words of the headline or of a line that is no paragraph, and where no printed words decided (then
    words is null).
    """
    paragraph, words, line = None, reason.words, reason.line
    if reason.end and reason.paragraph == HEADLINE:
        words, line = (article.title or "")[reason.start : reason.end], article.title_line
    elif reason.end:
        paragraph = reason.paragraph
        words = article.paragraphs[paragraph].text[reason.start : reason.end]
        line = article.paragraphs[paragraph].line_at(reason.start)
    place = {"start": reason.start, "end": reason.end} if reason.end else {"start": None, "end": None}
    return {
        "field": reason.field,
        "rule": reason.rule,
        "words": words or None,
        **place,
        "paragraph": paragraph,
        "line": line or None,
    }


def number(value: Decimal | None) -> int | float | None:
    """The JSON number: int where the value is whole, else the shortest float that prints as the decimal."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def article_record(article: Article) -> Record:
    """One article; fields of its front matter only where it has them."""
    record: Record = {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "title_line": article.title_line,
        "kicker": article.kicker,
        "authors": list(article.authors),
        "date": article.date,
        "paragraphs": [{"text": each.text, "lines": list(each.lines)} for each in article.paragraphs],
        "subheads": _notes(article.subheads),
        "captions": _notes(article.captions),
        "furniture": _notes(article.furniture),
    }
    meta = article.meta
    extra = {each.name: getattr(meta, each.name) for each in fields(meta)}
    set_by_editor = {name: _plain(value) for name, value in extra.items() if value not in (None, (), False)}
    return {**record, "meta": set_by_editor} if set_by_editor else record


def _notes(notes: Iterable[Note]) -> list[Record]:
    return [{"text": note.text, "line": note.line, "before": note.before} for note in notes]


def _plain(value: Any) -> Any:
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def claim_record(claim: Claim) -> Record:
    """One claim, the fields in the order of the contract."""
    values = zip(_CLAIM, attrgetter(*_CLAIM)(claim), strict=True)
    return {**dict(values), "value": number(claim.value), "value_max": number(claim.value_max)}


def project_record(project: Project) -> Record:
    """One project."""
    return {each.name: _plain(getattr(project, each.name)) for each in fields(project) if each.name != "why"}


def person_record(person: Person) -> Record:
    """One person in one article."""
    return {
        "name": person.name,
        "title": person.title,
        "organisation": person.organisation,
        "article": person.article,
        "paragraph": person.paragraph,
        "quotes": [{"paragraph": each.paragraph, "text": each.text} for each in person.quotes],
    }


def warning_record(warning: Warning) -> Record:
    """One warning; verdict, working and claims only where a check found it."""
    record: Record = {
        "code": warning.code,
        "message": warning.message,
        "source": warning.source,
        "line": warning.line,
        "claim": warning.claim,
        "article": warning.article,
    }
    if warning.verdict is None:
        return record
    found = {"verdict": warning.verdict, "working": warning.working, "claims": list(warning.claims)}
    return {**record, **found, "suggestion": warning.suggestion}


def place_records(facts: Sequence[Facts], level_of: Callable[[str], str] | None = None) -> list[Record]:
    """The places that claims, projects or industries name, by name; level_of: name → level (default: the
    gazetteer).

    A name that the gazetteer does not know is a park: parks are the only places that are found by their form.
    """
    level = level_of or _level
    claims: dict[str, list[str]] = {}
    pairs: dict[str, list[PlaceIndustry]] = {}
    for fact in facts:
        for claim in fact.claims:
            if claim.place:
                claims.setdefault(claim.place, []).append(claim.id)
        for pair in fact.place_industries:
            pairs.setdefault(pair.place, []).append(pair)
        for project in fact.projects:
            if project.place:
                claims.setdefault(project.place, [])
    return [
        {
            "name": name,
            "level": level(name),
            "industries": [
                {"industry": pair.industry, "article": pair.article, "paragraph": pair.paragraph}
                for pair in pairs.get(name, ())
            ],
            "claims": claims.get(name, []),
        }
        for name in sorted(claims.keys() | pairs.keys())
    ]


def names_of_places(facts: Iterable[Facts]) -> list[str]:
    """The names of the places of place_records, in its order."""
    found: set[str | None] = set()
    for fact in facts:
        for things in (fact.claims, fact.projects, fact.place_industries):
            found.update(each.place for each in things)
    return sorted(filter(None, found))


def _level(name: str) -> str:
    found = gazetteer().by_name(name)
    return found[0].level if found else "park"


def industry_records(
    facts: Sequence[Facts], get: Callable[[str], Industry | None] | None = None
) -> list[Record]:
    """The industries that are named, and those above them, by id; get: id → entry (default: the packaged
    list).
    """
    return [
        {"id": each.id, "name": each.name, "aliases": list(each.aliases), "parent": each.parent}
        for each in industries_of(facts, get)
    ]


def industries_of(
    facts: Sequence[Facts], get: Callable[[str], Industry | None] | None = None
) -> list[Industry]:
    """The entries of industry_records."""
    lookup = get or industry_list().get
    todo = {claim.industry for fact in facts for claim in fact.claims}
    todo |= {project.industry for fact in facts for project in fact.projects}
    todo |= {pair.industry for fact in facts for pair in fact.place_industries}
    found: dict[str, Industry] = {}
    while todo:
        industry_id = todo.pop()
        entry = lookup(industry_id) if industry_id and industry_id not in found else None
        if entry is not None:
            found[entry.id] = entry
            todo.add(entry.parent)
    return sorted(found.values(), key=lambda each: each.id)
