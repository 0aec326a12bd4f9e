"""An editor's article: YAML front matter and a body in Markdown."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen.loaders import dates
from sitegen.loaders.base import Page
from sitegen.loaders.bounds import too_much
from sitegen.loaders.charts import Cut, cut_charts
from sitegen.loaders.code import blank_code, outside_code
from sitegen.loaders.encoding import decode
from sitegen.loaders.front_matter import FrontMatter, read_front_matter
from sitegen.loaders.ids import with_ids
from sitegen.loaders.plain import read_plain
from sitegen.loaders.trace import Trace, line_with, plain_lines
from sitegen.model import Article, ChartBlock, Cite, Meta, Note, Paragraph
from sitegen.problems import Problem, SitegenError
from sitegen.text import CITE, NUMBER

if TYPE_CHECKING:  # brings the sanitiser with it, which only an article pays for
    from sitegen.loaders.body import Body

_META = (
    "slug",
    "summary",
    "source",
    "source_url",
    "tags",
    "places",
    "industries",
    "aliases",
    "image",
    "image_alt",
    "draft",
)


def load_markdown(name: str, data: bytes) -> Page:
    """The article in a markdown file. With an error in its front matter there is no article, only the
    problems.
    """
    lines = plain_lines(decode(name, data))
    front = read_front_matter(name, lines)
    problems = list(front.problems)
    if any(problem.level == "error" for problem in problems):
        return Page(name, (), problems=tuple(problems))
    article, found = _article(name, front, lines[front.body_line - 1 :])
    return Page(name, with_ids([article], frozenset()), problems=tuple(problems + found))


def _article(name: str, front: FrontMatter, lines: list[str]) -> tuple[Article, list[Problem]]:
    text, problems = _text(name, front, lines)
    values = front.values
    printed = [paragraph.text for paragraph in text.paragraphs]
    year = int(values["date"][:4]) if "date" in values else dates.own_year(printed, values.get("title"))
    article = Article(
        id="",
        source=name,
        title=values.get("title"),
        authors=values.get("authors", ()),
        date=values.get("date") or dates.event_day(printed, year),
        paragraphs=text.paragraphs,
        title_line=front.lines.get("title", 1),
        year=year,
        subheads=text.subheads,
        html=text.html,
        meta=_meta(values),
        charts=text.charts,
        cites=text.cites,
    )
    return article, problems


class _Text(NamedTuple):
    """What the body of an article says."""

    html: str
    paragraphs: tuple[Paragraph, ...]
    subheads: tuple[Note, ...]
    charts: tuple[ChartBlock, ...] = ()
    cites: tuple[Cite, ...] = ()


def _text(name: str, front: FrontMatter, lines: list[str]) -> tuple[_Text, list[Problem]]:
    if plain := read_plain(lines, front.body_line):
        return _Text(*plain), []
    if problem := too_much(name, lines, front.body_line):
        raise SitegenError(problem)
    cut = cut_charts(name, [line.replace(NUMBER, "") for line in lines], front.body_line)
    body = _body(name, front, cut)
    problems = [
        Problem(name, line_with(lines, front.body_line, source), 0, "E-IMAGE", f"the picture {source} is elsewhere",
                "copy it into the site and name the copy")
        for source in body.images
        if re.match(r"(?:[a-z]+:)?//", source)
    ]  # fmt: skip
    problems += cut.problems
    if not (body.paragraphs or cut.blocks or cut.problems):
        fix = "write the article below the second ---"
        problems.append(
            Problem(name, front.body_line, 0, "W-EMPTY", "the article has no text", fix, "warning")
        )
    trace = Trace([_written(line) for line in cut.lines], front.body_line)
    heads = iter(body.subheads)
    head = next(heads, None)
    paragraphs, subheads = [], []
    for number, text in enumerate([*body.paragraphs, None]):
        while head is not None and (head[1] <= number or text is None):
            subheads.append(Note(head[0], trace.paragraph(head[0]).lines[0], head[1]))
            head = next(heads, None)
        if text is not None:
            paragraphs.append(trace.paragraph(text))
    cites = tuple(_cites(cut.lines, front.body_line, body.cites))
    return _Text(body.html, tuple(paragraphs), tuple(subheads), cut.blocks, cites), problems


def _written(line: str) -> str:
    """A line without what is no text of the editor's: marks of charts, ids of numbers."""
    if line.startswith("\n<figure"):
        return ""
    if "[[" not in line:
        return line
    for match in reversed(list(CITE.finditer(blank_code(line)))):
        line = line[: match.start()] + line[match.end() :]
    return line


def _cites(
    lines: Sequence[str], first: int, found: Sequence[tuple[str, int | None, int | None]]
) -> Iterator[Cite]:
    """The numbers of other texts, with the place in the file of each: the n-th of one id stands where the id is written
    for the n-th time.
    """
    spots: dict[str, list[tuple[int, int]]] = {}
    for index, line in outside_code(lines if found else ()):
        for match in CITE.finditer(line):
            spots.setdefault(match[1], []).append((first + index, match.start() + 1))
    for claim, paragraph, subhead in found:
        listed = spots.get(claim) or [(first, 1)]
        line_number, col = listed.pop(0) if len(listed) > 1 else listed[0]
        yield Cite(claim, line_number, col, paragraph, subhead)


def _body(name: str, front: FrontMatter, cut: Cut) -> "Body":
    """The body, sanitised. Raises SitegenError where there is more markup in each other than anybody writes."""
    from sitegen.loaders.body import TooDeepError, mark_body
    from sitegen.loaders.markup import html

    try:
        return mark_body(html("\n".join(cut.lines)), cut.marks)
    except (RecursionError, TooDeepError):
        fact = "quotes, lists or elements stand too deeply in each other"
        problem = Problem(name, front.body_line, 0, "E-DEEP", fact, "write them side by side")
        raise SitegenError(problem) from None


def _meta(values: dict[str, Any]) -> Meta:
    return Meta(
        **{key: values[key] for key in _META if key in values}, corrections=values.get("corrections", ())
    )
