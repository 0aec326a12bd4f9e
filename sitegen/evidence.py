"""Facts with the reason for each field beside them, for whoever asks; nothing of it is stored or published.

The claims' own rules say why (sitegen.extract.reasons). For articles, projects, people and places with industries the printed
words are found again: what is said of them is where the words of a field stand, and what they are.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sitegen.extract import extract
from sitegen.extract.people import speech
from sitegen.extract.place_groups import grammar as pair_grammar
from sitegen.extract.project_names import grammar as project_grammar
from sitegen.extract.scene import Scene, scenes
from sitegen.loaders import bylines, dates
from sitegen.model import HEADLINE, Article, Facts, Note, Person, PlaceIndustry, Project, Reason
from sitegen.text import fold, letters


def explained(facts: Facts) -> Facts:
    """The same facts, every record with a reason for its fields. The article is read once more."""
    why = {claim.id: claim.why for claim in extract(facts.article, explain=True).claims}
    article = facts.article
    return replace(
        facts,
        article=replace(article, why=tuple(_of_article(article))),
        claims=tuple(replace(each, why=why.get(each.id, ())) for each in facts.claims),
        projects=tuple(replace(each, why=tuple(_of_project(each, facts))) for each in facts.projects),
        people=tuple(replace(each, why=tuple(_of_person(each, article))) for each in facts.people),
        place_industries=tuple(
            replace(each, why=tuple(_of_pair(each, article))) for each in facts.place_industries
        ),
    )


def _of_article(article: Article) -> Iterator[Reason]:
    if article.html is not None:
        named = {"title": article.title, "authors": article.authors, "date": article.date}
        for name, value in named.items():
            yield Reason(name, "the front matter" if value else "not in the front matter")
        return
    yield _title(article)
    for author in article.authors:
        yield _author(article, author)
    if not article.authors:
        yield Reason("authors", "no byline names a reporter")
    yield _day(article)


def _title(article: Article) -> Reason:
    lines = article.headline
    if not lines:
        return Reason("title", "no headline stands above the text")
    rule = "the printed headline" if len(lines) == 1 else f"{len(lines)} lines of headline and kicker, joined"
    return _noted("title", rule, Note(" / ".join(note.text for note in lines), lines[0].line))


def _noted(field: str, rule: str, note: Note) -> Reason:
    """A reason whose words stand in no paragraph."""
    return Reason(field, rule, words=note.text, line=note.line)


def _author(article: Article, author: str) -> Reason:
    wanted = letters(author)
    for rule, notes in (("the byline", article.byline), ("a line of particulars", article.furniture)):
        for note in notes:
            if wanted in letters(note.text):
                return _noted("authors", rule, note)
    for number, paragraph in enumerate(article.paragraphs):
        head = bylines.dateline(paragraph.text)
        if head and author in head.authors:
            return Reason("authors", "the dateline", 0, head.end, number)
    return _printed("authors", "named in the text", author, article.paragraphs[-1:], article)


def _day(article: Article) -> Reason:
    """Asked in the order in which the loader asks."""
    if article.date is None:
        return Reason("date", "no day that could be the article's is printed")
    for number, paragraph in enumerate(article.paragraphs[:1]):
        head = bylines.dateline(paragraph.text)
        if head and dates.dateline_day(head.year, head.month, head.day, article.year) == article.date:
            return Reason("date", "the dateline", 0, head.end, number)
    for note in article.byline:
        head = bylines.signature(note.text)
        if head and dates.dateline_day(head.year, head.month, head.day, article.year) == article.date:
            return _noted("date", "the dateline of the byline", note)
    for note in article.furniture:
        if dates.printed_day(note.text) == article.date:
            return _noted("date", "the printed day of publication", note)
    for note in article.headline:
        if dates.held_day([note.text]) == article.date:
            return _noted("date", "the day in the headline", note)
    _, month, day = (int(part) for part in article.date.split("-"))
    for number, paragraph in enumerate(article.paragraphs):
        found = re.search(rf"(?<!\d)0?{month}月0?{day}日", fold(paragraph.text))
        if found:
            return Reason("date", "the day of the event that is reported", *found.span(), number)
    return Reason("date", "the day of the page's editor's note")


def _printed(field: str, rule: str, word: str, where: Iterable[object], article: Article) -> Reason:
    """The reason with the word where a paragraph prints it first; without words where none does."""
    for number, paragraph in enumerate(article.paragraphs):
        at = paragraph.text.find(word) if not where or paragraph in where else -1
        if at >= 0:
            return Reason(field, rule, at, at + len(word), number)
    return Reason(field, rule)


def _in(article: Article, number: int, field: str, rule: str, word: str | None) -> Reason:
    """The reason with a word of one paragraph, or of the headline where that paragraph does not print it."""
    text = article.paragraphs[number].text if number < len(article.paragraphs) else ""
    at = text.find(word) if word else -1
    if word and at >= 0:
        return Reason(field, rule, at, at + len(word), number)
    at = (article.title or "").find(word) if word else -1
    return Reason(field, rule, at, at + len(word or ""), HEADLINE) if at >= 0 else Reason(field, rule)


def _of_person(person: Person, article: Article) -> Iterator[Reason]:
    number = person.paragraph
    yield _in(article, number, "name", "a name behind an office, or before a word of speech", person.name)
    office = "the office before the name, as printed"
    yield _in(article, number, "title", office if person.title else "no office is printed", person.title)
    body = "the body of that office" if person.organisation else "no body is printed with the office"
    yield _in(article, number, "organisation", body, person.organisation)
    for said in speech(article).utterances:
        if said.name == person.name:
            yield Reason(
                "speaks", "a quotation or a sentence that is theirs", said.start, said.end, said.paragraph
            )


def _of_project(project: Project, facts: Facts) -> Iterator[Reason]:
    article, number = facts.article, project.paragraph
    view = scenes(article)[number]
    yield _in(article, number, "name", "a name that ends as projects' names do", project.name)
    for company in project.companies:
        yield _in(article, number, "companies", "the firm before the name, or whose name it bears", company)
    yield _mentioned(
        "place",
        project.place,
        "the place in or nearest to the name, of its numbers, or spoken of before",
        article,
        number,
    )
    yield _named_industry(project.industry, "the industry in the name, or of its numbers", view, number)
    yield _stage(project, view)
    money = next((claim for claim in facts.claims if claim.id == project.investment), None)
    if money:
        yield Reason("investment", "its own money", money.start, money.end, money.paragraph)
    else:
        yield Reason("investment", "no money of its own is printed")
    for claim in facts.claims:
        if claim.id in project.claims:
            yield Reason("claims", "a number that speaks of it", claim.start, claim.end, claim.paragraph)


def _mentioned(field: str, name: str | None, rule: str, article: Article, number: int) -> Reason:
    """A mention of a place: in its paragraph, else the last one before it, else in the headline."""
    if name is None:
        return Reason(field, "none is named")
    views = scenes(article)
    for where in (*range(min(number, len(views) - 2), -1, -1), HEADLINE):
        found = next((each for each in views[where].places if each.name == name), None)
        if found:
            return Reason(field, rule, found.start, found.end, where)
    return Reason(field, rule)


def _named_industry(industry: str | None, rule: str, view: Scene, number: int) -> Reason:
    if industry is None:
        return Reason("industry", "none is named")
    found = next((each for each in view.industries if each.id == industry), None)
    return Reason("industry", rule, found.start, found.end, number) if found else Reason("industry", rule)


def _stage(project: Project, view: Scene) -> Reason:
    """The word of its stage that stands nearest to the name, in its sentence."""
    if project.stage is None:
        return Reason("stage", "no word of a stage")
    at = max(0, view.text.find(fold(project.name)))
    sentence = view.sentence_at(at)
    words = project_grammar().stages
    patterns = [words[project.stage], *([words["operation"]] if project.stage == "planned" else [])]
    found = [match for p in patterns for match in p.finditer(view.text, sentence.start, sentence.end)]
    best = min(found, key=lambda match: abs(match.start() - at), default=None)
    if best is None:
        return Reason("stage", "what the table it stands in is headed by")
    return Reason("stage", "the word of a stage nearest to its name", *best.span(), project.paragraph)


def _of_pair(pair: PlaceIndustry, article: Article) -> Iterator[Reason]:
    """The place, the industry, and the word by which the text says that the one has the other."""
    views = scenes(article)
    found = (
        (where, each)
        for where in (pair.paragraph, HEADLINE)
        for each in views[where].industries
        if each.id == pair.industry
    )
    where, industry = next(found, (pair.paragraph, None))
    if industry is None:
        yield Reason("industry", "a sign of that industry at work")
        yield _mentioned("place", pair.place, "the place that the text speaks of", article, where)
        return
    yield Reason("industry", "named here", industry.start, industry.end, where)
    view = views[where]
    near = [each for each in view.places if each.name == pair.place]
    place = min(near, key=lambda each: abs(each.start - industry.start), default=None)
    if place:
        yield Reason("place", "named with it", place.start, place.end, where)
    else:
        yield _mentioned(
            "place", pair.place, "the place that the text speaks of, from before", article, where
        )
    sentence = view.sentence_at(industry.start)
    cue = pair_grammar().cue.search(view.text, sentence.start, sentence.end)
    if cue:
        yield Reason("has", "a word of having, building or promoting", *cue.span(), where)
