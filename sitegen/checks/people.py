"""Names that disagree: one office, two names that differ by a character; one name, two offices on one page."""

from collections.abc import Iterator, Sequence

from sitegen.checks.base import words
from sitegen.model import Facts, Person, Verdict, Warning


def people(facts: Sequence[Facts]) -> Iterator[Warning]:
    """Findings on the people of all articles, page by page; they rest on names, so on no claim."""
    offices: dict[tuple[str, str], tuple[Facts, Person]] = {}
    names: dict[tuple[str, str], tuple[Facts, Person]] = {}
    for each in facts:
        for person in each.people:
            if not person.title or not person.organisation:
                continue
            office = f"{person.organisation}{person.title}"
            before = offices.setdefault((each.article.source, office), (each, person))[1]
            if _near(before.name, person.name) and _only_one(person.title):
                yield _says("name", "differs", each, person, office, before)
            other = names.setdefault((each.article.source, person.name), (each, person))[1]
            if other.organisation == person.organisation and _apart(other.title or "", person.title):
                yield _says(
                    "office", "cannot tell", each, person, f"{other.organisation}{other.title}", other
                )


def _near(first: str, second: str) -> bool:
    """王建国 and 王建华: equal but for one character, not the family name."""
    same = len(first) == len(second) > 2 and first[0] == second[0]
    return same and sum(a != b for a, b in zip(first, second, strict=True)) == 1


def _only_one(title: str) -> bool:
    """Whether an organisation has one holder of the office at a time: 局长, not 副局长 or 工程师."""
    return any(title.endswith(end) for end in words("people")["single"]) and not any(
        word in title for word in words("people")["several"]
    )


def _apart(first: str, second: str) -> bool:
    """Whether neither title is part of the other, as 副局长 of 党组成员、副局长 is."""
    return first != second and first not in second and second not in first


def _says(says: str, verdict: Verdict, facts: Facts, person: Person, office: str, other: Person) -> Warning:
    data = words("people")
    given = {"name": person.name, "other": other.name, "office": office}
    given["now"] = f"{person.organisation}{person.title}"
    article = facts.article
    line = article.paragraphs[person.paragraph].line_at(0) if article.paragraphs else article.title_line
    return Warning(
        data["code"], data["says"][says].format(**given), article.source, line, article=article.id, verdict=verdict,
        working=data["working"][says].format(**given),
    )  # fmt: skip
