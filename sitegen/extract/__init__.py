"""From an article to its facts: numbers, people, projects, places with industries. Pure: same article, same facts."""

from dataclasses import replace

from sitegen.extract.claims import numbers
from sitegen.extract.people import people, speaker_at
from sitegen.extract.place_industries import place_industries
from sitegen.extract.projects import projects
from sitegen.model import Article, Facts


def extract(article: Article) -> Facts:
    """Everything that the article says, in the records of the contract."""
    persons = people(article)
    found = numbers(article, speaker_at(article, persons), frozenset(person.name for person in persons))
    works = projects(article, found.claims)
    named = {claim: work.name for work in works for claim in work.claims}
    claims = tuple(
        replace(claim, subject=named[claim.id]) if claim.id in named else claim for claim in found.claims
    )
    return Facts(article, claims, works, place_industries(article), persons, found.warnings)
