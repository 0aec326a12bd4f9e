"""The facts of an article as YAML that an editor reads and a reviewer compares: dump, load, and what a
refresh would change.

A file holds what was read, not the text it was read from: load_facts is given the article, and refuses facts
that no longer stand in it. Verdicts of editors are no part of it (sitegen.reviews). Nothing here writes.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sitegen.cache import digest
from sitegen.documents import Document, read_document
from sitegen.memo import Memo
from sitegen.model import (
    Article,
    Claim,
    Facts,
    Note,
    Person,
    PlaceIndustry,
    Project,
    Quotation,
    Warning,
)
from sitegen.problems import Problem, SitegenError

FIRST_LINE = "# Made by `sitegen extract`; never edit it by hand. Verdicts belong in content/reviews/."
_HEAD = f"""{FIRST_LINE}
# raw: the number as printed; value: the same in unit, multiplied out; at: where raw stands: paragraph
# (from 0), start and end in it, line of the source.
# A missing field is null, but bound is then exact and status actual.
"""
_quoted = json.JSONEncoder(ensure_ascii=False).encode  # made once: a file has hundreds of texts
_PLAIN = re.compile(r"[a-z][a-z0-9_-]{3,}")
_TYPED = {"true", "false", "null"}
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_SOURCE = re.compile(r'^source: ("(?:[^"\\]|\\.)*")$', re.MULTILINE)
_STARTS = 12  # characters of a paragraph that are shown, enough to know it by
_NAME_BYTES = 180

# The text fields of a claim in the order in which an editor reads them, and the value that is left out.
_CLAIM_FIELDS: tuple[tuple[str, str | None], ...] = (
    ("unit", None), ("per", None), ("bound", "exact"), ("status", "actual"), ("kind", None), ("label", None),
    ("of", None), ("place", None), ("industry", None), ("period", None), ("subject", None), ("speaker", None),
    ("review", "auto"),
)  # fmt: skip


def file_name(article: Article) -> str:
    """Name of the article's file: the source it comes from, for people, and its id, which makes it the only
    one.
    """
    stem = article.source.rpartition("/")[2].rpartition(".")[0] or article.source
    stem = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "-", stem).strip(". ") or "source"
    stem = stem.encode()[:_NAME_BYTES].decode("utf-8", "ignore")
    return f"{stem}--{article.id}.yml"


def dump_facts(facts: Facts) -> str:
    """The YAML of one article's facts, always the same bytes for the same facts; a changed fact changes its
    own lines.
    """
    article = facts.article
    lines = [
        _HEAD,
        f"article: {_word(article.id)}\n",
        f"source: {_text(article.source)}\n",
        f"title: {_text(article.title)}\n",
    ]
    lines += [f"kicker: {_text(article.kicker)}\n"] if article.kicker else []
    lines += [f"authors: {_flow(article.authors)}\n", f"date: {_text(article.date)}\n"]
    lines += _block("paragraphs", (_paragraph_lines(each.lines, each.text) for each in article.paragraphs))
    for name, notes in (
        ("subheads", article.subheads),
        ("captions", article.captions),
        ("furniture", article.furniture),
    ):
        lines += _block(name, (_note_lines(note) for note in notes))
    lines += _block("claims", (_claim_lines(claim, article) for claim in facts.claims), gap=True)
    lines += _block("projects", (_project_lines(project, article) for project in facts.projects), gap=True)
    lines += _block("place_industries", (_pair_lines(pair, article) for pair in facts.place_industries))
    lines += _block("people", (_person_lines(person, article) for person in facts.people), gap=True)
    lines += _block("warnings", (_warning_lines(warning, article) for warning in facts.warnings), gap=True)
    return "".join(lines)


def _block(name: str, items: Iterable[list[str]], *, gap: bool = False) -> Iterator[str]:
    """A list under name, nothing at all where it is empty; gap: a blank line between the items."""
    for index, item in enumerate(items):
        if index == 0:
            yield f"\n{name}:\n"
        elif gap:
            yield "\n"
        yield f"  - {item[0]}\n"
        yield from (f"    {line}\n" for line in item[1:])


def _text(value: str | None) -> str:
    """A double-quoted scalar that any YAML reader gives back unchanged; null for None."""
    if value is None:
        return "null"
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", _quoted(value))


def _word(value: str) -> str:
    return value if _PLAIN.fullmatch(value) and value not in _TYPED else _text(value)


def _flow(values: Iterable[str]) -> str:
    return "[" + ", ".join(_word(value) for value in values) + "]"


def _line(article: Article, paragraph: int, start: int = 0) -> int:
    return article.paragraphs[paragraph].line_at(start) if 0 <= paragraph < len(article.paragraphs) else 0


def _paragraph_lines(lines: tuple[int, int], text: str) -> list[str]:
    return [f"{{lines: [{lines[0]}, {lines[1]}], starts: {_text(text[:_STARTS])}}}"]


def _note_lines(note: Note) -> list[str]:
    return [f"{{line: {note.line}, before: {note.before}, text: {_text(note.text)}}}"]


def _claim_lines(claim: Claim, article: Article) -> list[str]:
    lines = [f"id: {_word(claim.id)}", f"raw: {_text(claim.raw)}", f'value: "{claim.value:f}"']
    lines += [f'value_max: "{claim.value_max:f}"'] if claim.value_max is not None else []
    for name, left_out in _CLAIM_FIELDS:
        value = getattr(claim, name)
        if value != left_out:
            lines.append(
                f"{name}: {_word(value) if name in ('kind', 'bound', 'status', 'industry') else _text(value)}"
            )
    lines.append(f"quote: {_text(claim.quote)}")
    line = _line(article, claim.paragraph, claim.start)
    return [
        *lines,
        f"at: {{paragraph: {claim.paragraph}, start: {claim.start}, end: {claim.end}, line: {line}}}",
    ]


def _project_lines(project: Project, article: Article) -> list[str]:
    lines = [f"id: {_word(project.id)}", f"name: {_text(project.name)}"]
    lines += [f"companies: {_flow(project.companies)}"] if project.companies else []
    lines += [f"place: {_text(project.place)}"] if project.place is not None else []
    lines += [f"industry: {_word(project.industry)}"] if project.industry is not None else []
    lines += [f"stage: {project.stage}"] if project.stage else []
    lines += [f"investment: {_word(project.investment)}"] if project.investment is not None else []
    lines += [f"claims: {_flow(project.claims)}"] if project.claims else []
    lines.append(f"quote: {_text(project.quote)}")
    return [*lines, f"at: {{paragraph: {project.paragraph}, line: {_line(article, project.paragraph)}}}"]


def _pair_lines(pair: PlaceIndustry, article: Article) -> list[str]:
    at = f"paragraph: {pair.paragraph}, line: {_line(article, pair.paragraph)}"
    return [f"{{place: {_text(pair.place)}, industry: {_word(pair.industry)}, {at}}}"]


def _person_lines(person: Person, article: Article) -> list[str]:
    lines = [f"name: {_text(person.name)}"]
    lines += [f"title: {_text(person.title)}"] if person.title is not None else []
    lines += [f"organisation: {_text(person.organisation)}"] if person.organisation is not None else []
    lines.append(f"at: {{paragraph: {person.paragraph}, line: {_line(article, person.paragraph)}}}")
    lines += ["quotes:"] if person.quotes else []
    return [
        *lines,
        *(f"  - {{paragraph: {each.paragraph}, text: {_text(each.text)}}}" for each in person.quotes),
    ]


def _warning_lines(warning: Warning, article: Article) -> list[str]:
    lines = [f"code: {_text(warning.code)}", f"message: {_text(warning.message)}", f"line: {warning.line}"]
    lines += [f"source: {_text(warning.source)}"] if warning.source != article.source else []
    for name in ("claim", "article", "verdict", "working", "suggestion"):
        if (value := getattr(warning, name)) is not None:
            lines.append(f"{name}: {_text(value)}")
    return [*lines, f"claims: {_flow(warning.claims)}"] if warning.claims else lines


def load_facts(text: str, file: str, article: Article) -> Facts:
    """The facts that dump_facts wrote for this article (a claim's `why` is not kept).

    Raises SitegenError where the file is no such YAML, belongs to another article, or a number does not stand
    in the article where the file says.
    """
    document = read_document(text, file, any_text=True)
    try:
        facts = _facts(document.value, article)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        message = f"is no file of facts: {type(error).__name__} {error}"
        raise _stale(file, 1, message) from None
    for index, claim in enumerate(facts.claims):
        _verify(claim, article, document, file, index)
    return facts


def _facts(data: Any, article: Article) -> Facts:
    if data["article"] != article.id:
        raise ValueError(f"it belongs to article {data['article']}, not to {article.id}")
    return Facts(
        article,
        claims=tuple(_claim(each, article.id) for each in data.get("claims", ())),
        projects=tuple(_project(each, article.id) for each in data.get("projects", ())),
        place_industries=tuple(
            PlaceIndustry(each["place"], each["industry"], article.id, each["paragraph"])
            for each in data.get("place_industries", ())
        ),
        people=tuple(_person(each, article.id) for each in data.get("people", ())),
        warnings=tuple(_warning(each, article) for each in data.get("warnings", ())),
    )


def _claim(data: Mapping[str, Any], article: str) -> Claim:
    at = data["at"]
    given = {name: data.get(name, left_out) for name, left_out in _CLAIM_FIELDS}
    most = data.get("value_max")
    paragraph, start, end = (_of(int, at[name]) for name in ("paragraph", "start", "end"))
    return Claim(
        id=data["id"], article=article, paragraph=paragraph, start=start, end=end,
        raw=_of(str, data["raw"]), value=Decimal(data["value"]), value_max=None if most is None else Decimal(most),
        quote=_of(str, data["quote"]), **given,
    )  # fmt: skip


def _of(kind: type, value: Any) -> Any:
    """The value. Raises TypeError where it is of another type."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _project(data: Mapping[str, Any], article: str) -> Project:
    optional: dict[str, Any] = {name: data.get(name) for name in ("place", "industry", "stage", "investment")}
    return Project(
        id=data["id"], article=article, paragraph=data["at"]["paragraph"], name=data["name"],
        quote=data["quote"], companies=tuple(data.get("companies", ())), claims=tuple(data.get("claims", ())),
        **optional,
    )  # fmt: skip


def _person(data: Mapping[str, Any], article: str) -> Person:
    quotes = tuple(Quotation(each["paragraph"], each["text"]) for each in data.get("quotes", ()))
    office = (data.get("title"), data.get("organisation"))
    return Person(data["name"], *office, article, quotes, paragraph=data["at"]["paragraph"])


def _warning(data: Mapping[str, Any], article: Article) -> Warning:
    optional: dict[str, Any] = {
        name: data.get(name) for name in ("claim", "article", "verdict", "working", "suggestion")
    }
    source, claims = data.get("source", article.source), tuple(data.get("claims", ()))
    return Warning(data["code"], data["message"], source, data["line"], claims=claims, **optional)


def stands(claim: Claim, article: Article) -> bool:
    """Whether the article prints the claim's number at its place, inside the sentence that it quotes."""
    text = article.paragraphs[claim.paragraph].text if 0 <= claim.paragraph < len(article.paragraphs) else ""
    first = max(0, claim.end - len(claim.quote))  # a quote that begins earlier ends before the number does
    at = text.find(claim.quote, first, claim.start + len(claim.quote))
    return bool(claim.raw) and text[claim.start : claim.end] == claim.raw and 0 <= at <= claim.start


def _verify(claim: Claim, article: Article, document: Document, file: str, index: int) -> None:
    if not stands(claim, article):
        line = document.line("claims", index)
        raise _stale(
            file, line, f"{claim.raw} of claim {claim.id} does not stand in {article.source} where this says"
        )


def _stale(file: str, line: int, message: str) -> SitegenError:
    return SitegenError(
        Problem(file, line, 0, "E-FACTS", message, "run `sitegen extract` and look at what changed")
    )


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a refresh of the folder of facts does. changed: name → new text; removed: names; kept: how many
    stay.
    """

    changed: Mapping[str, str]
    removed: tuple[str, ...]
    kept: int


def refresh(old: Mapping[str, str], facts: Sequence[Facts], memo: Memo | None = None) -> Refresh:
    """Compare the files that stand there (name → text) with what the facts should be.

    Files that dump_facts did not make are nobody's to remove and stay. memo: knows the names of texts that were made before.
    """
    wanted = {file_name(each.article): each for each in facts}
    made: dict[str, str] = {}  # new texts that were made to be named

    def text_name(each: Facts) -> str:
        text, name = dump_facts(each), file_name(each.article)
        if name not in old:
            made[name] = text
        return _name(text)

    named = (memo or Memo()).each("facts", str, text_name, [*wanted.values()])
    changed = {
        name: made.get(name) or dump_facts(each)
        for (name, each), text in zip(wanted.items(), named, strict=True)
        if name not in old or _name(old[name]) != text
    }
    removed = tuple(
        sorted(name for name, text in old.items() if name not in wanted and text.startswith(FIRST_LINE))
    )
    return Refresh(changed, removed, len(wanted) - len(changed))


def _name(text: str) -> str:
    return digest([text.encode("utf-8", "surrogatepass")])


def written_for(text: str) -> str | None:
    """The source from which a file of facts was made, None where it does not say."""
    found = _SOURCE.search(text)
    try:
        return str(json.loads(found[1])) if found else None
    except ValueError:
        return None


def stale(folder: str, old: Mapping[str, str], new: Refresh) -> tuple[Problem, ...]:
    """One error for each file of facts that a refresh would change, at the first line that differs."""
    fix = "run `sitegen extract`, look at the difference and commit content/facts"
    problems = []
    for name, text in sorted(new.changed.items()):
        if name not in old:
            problems.append(Problem(f"{folder}/{name}", 0, 0, "E-STALE", "is missing", fix))
            continue
        pairs = enumerate(zip(old[name].split("\n"), text.split("\n"), strict=False), 1)
        line = next((number for number, (was, now) in pairs if was != now), 1)
        problems.append(
            Problem(f"{folder}/{name}", line, 0, "E-STALE", "is not what the source says now", fix)
        )
    gone = "belongs to an article that is no longer there"
    return (*problems, *(Problem(f"{folder}/{name}", 1, 0, "E-STALE", gone, fix) for name in new.removed))
