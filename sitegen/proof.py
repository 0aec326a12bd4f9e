"""What is wrong in an editor's text beyond its front matter: names that nobody knows, pictures without words, marks of other
programs. Pure: text in, problems out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape

from sitegen.industries import industry_list
from sitegen.loaders.code import outside_code
from sitegen.memo import Memo
from sitegen.model import Article, Facts
from sitegen.places import gazetteer
from sitegen.problems import Problem

_IMAGE = re.compile(r"<img\b[^<>]*>")
_ATTRIBUTE = re.compile(r'\s(src|alt)="([^"]*)"')
_NOTE = re.compile(r"(?<!\\)\[\^([^\[\]\s]{1,60})\](?!\()")
_NOTE_TEXT = re.compile(r" {0,3}\[\^([^\[\]\s]{1,60})\]:")
_SHORTCODE = re.compile(r"\[\[(?!claim:[^\[\]\s]{1,80}\]\])\w+:|\{\{[<%]|\{%")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text. line, col: from 1; 0 = nowhere."""

    line: int = 0
    col: int = 0


def find(text: str, *words: str) -> Spot:
    """Where the first of the words that the text has begins."""
    for word in words:
        at = text.find(word) if word else -1
        if at >= 0:
            return Spot(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return Spot()


def proofread(article: Article, text: str, file: str) -> Iterator[Problem]:
    """What is wrong in the article that was read from text, the whole source; file: as a user would type it."""
    yield from _unknown_names(article, text, file)
    yield from silent_pictures(article.html or "", text, file)
    yield from shortcodes(text, file)


@cache
def _industry_names() -> frozenset[str]:
    entries = industry_list().entries.items()
    return frozenset(name for id_, entry in entries for name in (id_, entry.name, *entry.aliases))


def _unknown_names(article: Article, text: str, file: str) -> Iterator[Problem]:
    for key, given, known in (
        ("places", article.meta.places, lambda name: bool(gazetteer().by_name(name))),
        ("industries", article.meta.industries, _industry_names().__contains__),
    ):
        for name in given:
            if not known(name):
                spot = find(text, name)
                code = "W-PLACE" if key == "places" else "W-INDUSTRY"
                fact = f"{key}: nothing that sitegen knows is called {name}"
                fix = f"write its full name, or `validation: {{{code}: ignore}}` in content/site.yml"
                yield Problem(file, spot.line, spot.col, code, fact, fix, "warning")


def silent_pictures(html: str, text: str, file: str) -> Iterator[Problem]:
    """A warning for each picture in the running text that has no words for those who do not see it."""
    for tag in _IMAGE.findall(html):
        given = dict(_ATTRIBUTE.findall(tag))
        if not given.get("alt", "").strip():
            source = unescape(given.get("src", ""))
            spot = find(text, f"![]({source}", source)
            fact, fix = f"the picture {source} has no words", "say between ![ and ] what it shows"
            yield Problem(file, spot.line, spot.col, "W-ALT", fact, fix, "warning")


def shortcodes(text: str, file: str) -> Iterator[Problem]:
    """An error for each mark that would be printed as it stands: of a program that sitegen is not, of a note without words."""
    lines = [(index + 1, line) for index, line in outside_code(text.split("\n"))]
    notes = {match[1] for _, line in lines if (match := _NOTE_TEXT.match(line))}
    for number, line in lines:
        for match in _SHORTCODE.finditer(line):
            fact = f"{line[match.start() :][:24]} would be printed as it stands"
            number_too = "write [[claim:ID]] for a number, or " if match[0].startswith("[[") else "write "
            fix = f"{number_too}the words themselves, or put them between backticks"
            yield Problem(file, number, match.start() + 1, "E-SHORTCODE", fact, fix)
        for match in _NOTE.finditer(line):
            if match[1] not in notes:
                fact, fix = f"the note {match[0]} has no words", f"add a line {match[0]}: …"
                yield Problem(file, number, match.start() + 1, "E-NOTE", fact, fix)


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read in this run, so that nothing is called missing that may stand there.

    texts: of the sources; articles: ids of the articles that they had before.
    """

    texts: tuple[str, ...] = ()
    articles: frozenset[str] = frozenset()

    def may_have(self, target: str) -> bool:
        """Whether the page at a path of the site, or a claim, may come from what could not be read."""
        if not self.texts:
            return False
        parts = target.removesuffix("/index.html").split("/")
        name = parts[-1]
        return (
            parts[0] in ("charts", "places", "industries", "projects", "people", "checks")
            or name in self.articles
            or name.rpartition("-")[0] in self.articles
            or any(name in text for text in self.texts)
        )


def proofs(
    facts: tuple[Facts, ...], texts: Mapping[str, tuple[str, Callable[[], str]]], memo: Memo
) -> list[Problem]:
    """The problems of all editors' articles. texts: name of a source → (the path that a user would type, what reads its text);
    memo: knows what was found in articles that this process has read before.
    """
    edited = [each for each in facts if each.article.source in texts]

    def problems(each: Facts) -> tuple[Problem, ...]:
        file, text = texts[each.article.source]
        return tuple(proofread(each.article, text(), file))

    return [problem for found in memo.own("proofs", problems, edited) for problem in found]
