"""From an article to its facts: numbers, people, projects, places with industries. Pure: same article, same facts."""

from dataclasses import replace

from sitegen.extract.claims import numbers
from sitegen.extract.people import people, speaker_at
from sitegen.extract.place_industries import place_industries, with_signed
from sitegen.extract.projects import projects
from sitegen.extract.reasons import Because, told_again
from sitegen.model import Article, Claim, Facts, Project


def extract(article: Article, *, explain: bool = False) -> Facts:
    """Everything that the article says, in the records of the contract. explain: claims with the reason for each field."""
    persons = people(article)
    names = frozenset(person.name for person in persons)
    found = numbers(article, speaker_at(article, persons), names, explain=explain)
    works = projects(article, found.claims)
    named = {claim: work for work in works for claim in work.claims}
    claims = tuple(_of_project(article, claim, named.get(claim.id)) for claim in found.claims)
    pairs = with_signed(article, place_industries(article), claims)
    return Facts(article, claims, works, pairs, persons, found.warnings)


def _of_project(article: Article, claim: Claim, project: Project | None) -> Claim:
    """The claim, about the project to which it belongs where there is one."""
    if project is None:
        return claim
    at = article.paragraphs[project.paragraph].text.find(project.name)
    rule = "the project to which the number belongs"
    why = Because(rule, at, at + len(project.name), project.paragraph) if at >= 0 else Because(rule)
    return replace(claim, subject=project.name, why=told_again(claim, "subject", why))
