"""One thing, several claims: projects, events and people that more than one article reports, and what each says of them.

Nothing is averaged and nothing chosen: numbers of one measure stand side by side, each with its source.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sitegen.model import Claim, Facts, Person, Project
from sitegen.tables.quantities import labels_agree

ThingKind = Literal["project", "event", "person"]
_MARKS = re.compile(r"[“”\"'《》〈〉「」『』（）()·\s]")
_LEAST = 5  # characters of a project's name that make it one of its own
_ENDS = re.compile(
    r"(?:活动|大会|博览会|论坛|展览会|峰会|洽谈会|交易会|推介会|签约仪式|开工仪式|运动会|文化节|发布会)$"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What several articles say of one measure of a thing. claims: all that measure it, in the order of the articles.

    agree: all print the same value.
    """

    label: str
    kind: str
    unit: str | None
    claims: tuple[Claim, ...]
    agree: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """A project, event or person that two articles or more report. id: last part of its address; names: as printed.

    projects, people: the records that it joins.
    """

    id: str
    kind: ThingKind
    name: str
    names: tuple[str, ...]
    articles: tuple[str, ...]
    measures: tuple[Measure, ...]
    projects: tuple[Project, ...] = ()
    people: tuple[Person, ...] = ()


def things(facts: Sequence[Facts]) -> tuple[Thing, ...]:
    """Everything that at least two of the articles report: projects, events, people, each in the order of first print."""
    claims = {claim.id: claim for each in facts for claim in each.claims}
    return (*_projects(facts, claims), *_events(facts), *_people(facts))


def _projects(facts: Sequence[Facts], claims: dict[str, Claim]) -> Iterator[Thing]:
    rows: list[list[Project]] = []
    known: dict[Hashable, list[list[Project]]] = {}
    for project in (project for each in facts for project in each.projects):
        keys = _keys(project)
        near = (row for key in keys for row in known.get(key, ()))
        row = next((row for row in near if any(_one_project(project, other) for other in row)), None)
        if row is None and keys:
            row = []
            rows.append(row)
        if row is not None:
            row.append(project)
            for key in keys:
                if not any(row is other for other in known.setdefault(key, [])):
                    known[key].append(row)
    for row in rows:
        ids = dict.fromkeys(id_ for p in row for id_ in (*filter(None, [p.investment]), *p.claims))
        told = [claims[each] for each in ids if each in claims]
        yield from _thing(
            "project", [p.name for p in row], [p.article for p in row], told, projects=tuple(row)
        )


def _keys(project: Project) -> tuple[Hashable, ...]:
    """Under which a project is looked for, so that the work grows with the projects: end of its name with place or firm."""
    name = plain_name(project.name)
    if len(name) < _LEAST:
        return ()
    tail = name[-_LEAST:]
    return (name, *((tail, each) for each in (project.place, *project.companies) if each))


def plain_name(name: str) -> str:
    """The name without marks and spaces, so that two ways of printing it are equal."""
    return _MARKS.sub("", name)


def _one_project(one: Project, other: Project) -> bool:
    """Whether two records are one project: equal names or one the tail of the other, and nothing else that contradicts."""
    first, second = plain_name(one.name), plain_name(other.name)
    same = first == second
    if not same and not (first.endswith(second) or second.endswith(first)):
        return False
    firms = bool(set(one.companies) & set(other.companies))
    if one.companies and other.companies and not firms:
        return False
    places = one.place == other.place
    return (
        firms or (places and one.place is not None) or (same and (one.place is None or other.place is None))
    )


def _events(facts: Sequence[Facts]) -> Iterator[Thing]:
    """Events that claims are about, by their names with the year in them."""
    found: dict[str, list[Claim]] = {}
    for claim in (claim for each in facts for claim in each.claims):
        if claim.subject and _ENDS.search(plain_name(claim.subject)):
            found.setdefault(plain_name(claim.subject), []).append(claim)
    for told in found.values():
        names = [claim.subject or "" for claim in told]
        yield from _thing("event", names, [claim.article for claim in told], told)


def _people(facts: Sequence[Facts]) -> Iterator[Thing]:
    """People of one name, where their offices share an organisation or a title; two with one name stay two."""
    found: dict[str, list[list[Person]]] = {}
    for person in (person for each in facts for person in each.people):
        rows = found.setdefault(person.name, [])
        for row in rows:
            if any(_one_person(person, other) for other in row):
                row.append(person)
                break
        else:
            rows.append([person])
    spoken: dict[tuple[str, str], list[Claim]] = {}
    for claim in (claim for each in facts for claim in each.claims):
        if claim.speaker:
            spoken.setdefault((claim.article, claim.speaker), []).append(claim)
    for row in (row for rows in found.values() for row in rows):
        told = [claim for person in row for claim in spoken.get((person.article, person.name), [])]
        yield from _thing("person", [p.name for p in row], [p.article for p in row], told, people=tuple(row))


def _one_person(one: Person, other: Person) -> bool:
    first, second = (one.organisation or "", other.organisation or "")
    if first and second:
        return first.endswith(second) or second.endswith(first)
    return bool(one.title) and one.title == other.title


def _thing(
    kind: ThingKind,
    names: Sequence[str],
    articles: Iterable[str],
    claims: Sequence[Claim],
    *,
    projects: tuple[Project, ...] = (),
    people: tuple[Person, ...] = (),
) -> Iterator[Thing]:
    """The thing, where more than one article reports it."""
    reported = tuple(dict.fromkeys(articles))
    if len(reported) < 2:
        return
    name = max(names, key=len)
    # two people of one name differ in the office of the first record
    office = f" {people[0].organisation or ''} {people[0].title or ''}" if people else ""
    first = projects[0].id if projects else f"{kind} {plain_name(names[0])}{office}"
    yield Thing(
        f"{kind}-{sha256(first.encode()).hexdigest()[:8]}", kind, name, tuple(dict.fromkeys(names)), reported,
        measures(claims), projects, people,
    )  # fmt: skip


def measures(claims: Sequence[Claim]) -> tuple[Measure, ...]:
    """The claims by what they measure: kind, unit and span of time, and labels that share half their characters."""
    rows: list[list[Claim]] = []
    for claim in claims:
        for row in rows:
            if _one_measure(claim, row[0]):
                row.append(claim)
                break
        else:
            rows.append([claim])
    return tuple(
        Measure(
            row[0].label,
            row[0].kind,
            row[0].unit,
            tuple(row),
            len({(c.value, c.value_max) for c in row}) == 1,
        )
        for row in rows
    )


def _one_measure(one: Claim, other: Claim) -> bool:
    if (one.kind, one.unit, one.per) != (other.kind, other.unit, other.per):
        return False
    apart = one.period and other.period and one.period[:4] != other.period[:4]
    return not apart and labels_agree(one.label, other.label)
