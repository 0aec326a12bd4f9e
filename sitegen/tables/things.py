"""One thing, several claims: projects, events and people that more than one article reports, and what each says of them.

Nothing is averaged and nothing chosen: numbers of one measure stand side by side, each with its source.
"""

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sitegen.model import Claim, Facts, Person, Project
from sitegen.tables.quantities import labels_agree

ThingKind = Literal["project", "event", "person"]
_MARKS = re.compile(r"[“”\"'《》〈〉「」『』（）()·\s]")
_YEAR = re.compile(r"^((?:19|20)\d\d)年?(?:度)?")
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


def core_name(project: Project) -> str:
    """The plain name without its place, which one article prints and the next leaves out: 甲公司宜宾电池项目."""
    name = plain_name(project.name)
    place = project.place or ""
    for printed in (place, place[:-1] if len(place) > 2 else ""):
        rest = name.replace(printed, "", 1) if printed else name
        if rest != name and len(rest) >= _LEAST:
            return rest
    return name


def _firms_meet(one: Project, other: Project) -> bool:
    """Whether a firm of the one is one of the other's, printed in full or short: 甲能源, 甲能源科技股份有限公司."""
    return any(
        first == second or (min(len(first), len(second)) > 2 and (first in second or second in first))
        for first in one.companies
        for second in other.companies
    )


def _keys(project: Project) -> tuple[Hashable, ...]:
    """Under which a project is looked for, so that the work grows with the projects: end of its name with place or firm."""
    name = core_name(project)
    if len(name) < _LEAST:
        return ()
    tail = name[-_LEAST:]
    return (name, *((tail, each) for each in (project.place, *project.companies) if each))


def plain_name(name: str) -> str:
    """The name without marks and spaces, so that two ways of printing it are equal."""
    return _MARKS.sub("", name)


def _one_project(one: Project, other: Project) -> bool:
    """Whether two records are one project: equal names or one the tail of the other, and nothing else that contradicts."""
    first, second = core_name(one), core_name(other)
    same = first == second
    if not same and not (first.endswith(second) or second.endswith(first)):
        return False
    firms = _firms_meet(one, other)
    if one.companies and other.companies and not firms:
        return False
    places = one.place == other.place
    return (
        firms or (places and one.place is not None) or (same and (one.place is None or other.place is None))
    )


def _events(facts: Sequence[Facts]) -> Iterator[Thing]:
    """Events that claims are about, by their names and the year in which they were; a name without one is of the year of
    which its claim speaks, else of that of its article.
    """
    found: dict[tuple[str, str], list[Claim]] = {}
    for each in facts:
        for claim in each.claims:
            name = plain_name(claim.subject or "")
            if _ENDS.search(name):
                year = _YEAR.match(name)
                held = (
                    year[1]
                    if year
                    else (claim.period or each.article.date or str(each.article.year or ""))[:4]
                )
                found.setdefault((_YEAR.sub("", name), held), []).append(claim)
    for (name, held), told in found.items():
        names = [claim.subject or "" for claim in told]
        yield from _thing("event", names, [claim.article for claim in told], told, known_as=f"{held}{name}")


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
    known_as: str = "",
) -> Iterator[Thing]:
    """The thing, where more than one article reports it. known_as: what its address is made of, else its first name."""
    reported = tuple(dict.fromkeys(articles))
    if len(reported) < 2:
        return
    name = max(names, key=len)
    # two people of one name differ in the office of the first record
    office = f" {people[0].organisation or ''} {people[0].title or ''}" if people else ""
    first = projects[0].id if projects else f"{kind} {known_as or plain_name(names[0])}{office}"
    yield Thing(
        f"{kind}-{sha256(first.encode()).hexdigest()[:8]}", kind, name, tuple(dict.fromkeys(names)), reported,
        measures(claims, {p.investment for p in projects if p.investment}), projects, people,
    )  # fmt: skip


def measures(claims: Sequence[Claim], whole: Collection[str] = ()) -> tuple[Measure, ...]:
    """The claims by what they measure: kind, unit and span of time, and labels that share half their characters.

    whole: ids of claims that are all that one project costs, however they are called.
    """
    rows: list[list[Claim]] = []
    for claim in claims:
        for row in rows:
            if _one_measure(claim, row[0]) or (
                claim.unit == row[0].unit and {claim.id, row[0].id} <= set(whole)
            ):
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
