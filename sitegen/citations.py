"""Numbers of other texts in an editor's text: each [[claim:ID]] becomes the number as printed, with a link to its sentence.

A text is read with one sign (NUMBER) in the place of each; here the numbers take its place, and whatever stands behind them
moves: no offset is left that points elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import accumulate

from sitegen.amounts import printed
from sitegen.model import Claim, Facts, Paragraph
from sitegen.problems import Problem
from sitegen.text import NUMBER


def with_numbers(
    facts: Sequence[Facts],
    known: Mapping[str, Claim],
    words: Mapping[str, str],
    unsure: Callable[[str], bool] = lambda claim: False,
) -> tuple[tuple[Facts, ...], tuple[Problem, ...]]:
    """The facts with every cited number in its place, and a problem for each that cannot be printed; its file is the
    article's source.

    known: all claims by id, rejected ones too; words: of the interface, for what a pointer over the number shows; unsure:
    whether a claim that is not known may stand in what could not be read.
    """
    if not any(each.article.cites for each in facts):
        return tuple(facts), ()
    problems = tuple(
        Problem(each.article.source, cite.line, cite.col, "E-CLAIM", *wrong)
        for each in facts
        for cite in each.article.cites
        if (wrong := _wrong(cite.claim, known)) and (cite.claim in known or not unsure(cite.claim))
    )
    usable = {id_: claim for id_, claim in known.items() if claim.review != "rejected"}
    done = tuple(_with_numbers(each, usable, words) if each.article.cites else each for each in facts)
    return done, problems


def _wrong(claim: str, known: Mapping[str, Claim]) -> tuple[str, str] | None:
    """What is wrong with citing a claim and what to do; None where nothing is."""
    found = known.get(claim)
    if found is None:
        article, _, mark = claim.rpartition("-")
        near = next((id_ for id_ in known if mark and id_.endswith(f"-{mark}")), None)
        near = near or next((id_ for id_ in known if article and id_.startswith(f"{article}-")), None)
        fix = (
            f"did you mean {near}?"
            if near
            else "copy the id from content/facts, or from the number's address"
        )
        return f"no number of the site has the id {claim}", fix
    if found.review == "rejected":
        return f"an editor rejected the number {claim} ({found.raw})", "cite another, or take it out"
    return None


def _with_numbers(facts: Facts, known: Mapping[str, Claim], words: Mapping[str, str]) -> Facts:
    article = facts.article
    texts = [_number(known.get(cite.claim), cite.claim) for cite in article.cites]
    html = article.html or ""
    for cite, text in zip(article.cites, texts, strict=True):
        empty = f'<a href="claim:{escape(cite.claim)}">{NUMBER}</a>'
        html = html.replace(empty, _link(known.get(cite.claim), text, words), 1)
    moved: dict[int, _Moved] = {}
    for index, paragraph in enumerate(article.paragraphs):
        own = [text for cite, text in zip(article.cites, texts, strict=True) if cite.paragraph == index]
        if own:
            moved[index] = _Moved(paragraph.text, own)
    heads = [
        [text for cite, text in zip(article.cites, texts, strict=True) if cite.subhead == index]
        for index in range(len(article.subheads))
    ]
    whole = replace(
        article,
        html=html,
        paragraphs=tuple(_paragraph(p, moved.get(n)) for n, p in enumerate(article.paragraphs)),
        subheads=tuple(
            replace(note, text=_Moved(note.text, own).text) if own else note
            for note, own in zip(article.subheads, heads, strict=True)
        ),
    )
    return _told(replace(facts, article=whole), moved)


def _told(facts: Facts, moved: Mapping[int, "_Moved"]) -> Facts:
    """The facts with offsets and quotations that hold in the paragraphs as they are now."""

    def quote(paragraph: int, text: str, near: int = 0) -> str:
        return moved[paragraph].quoted(text, near) if paragraph in moved else text

    def claim(each: Claim) -> Claim:
        if each.paragraph not in moved:
            return each
        at, said = moved[each.paragraph].at, quote(each.paragraph, each.quote, each.start)
        return replace(each, start=at(each.start), end=at(each.end), quote=said)

    people = tuple(
        replace(each, quotes=tuple(replace(q, text=quote(q.paragraph, q.text)) for q in each.quotes))
        for each in facts.people
    )
    projects = tuple(replace(each, quote=quote(each.paragraph, each.quote)) for each in facts.projects)
    return replace(facts, claims=tuple(map(claim, facts.claims)), people=people, projects=projects)


class _Moved:
    """A text in which numbers took the place of signs."""

    def __init__(self, before: str, numbers: Sequence[str]) -> None:
        parts = before.split(NUMBER)
        self.before = before
        self.text = "".join(part + number for part, number in zip(parts, [*numbers, ""], strict=True))
        self.signs = [end + n for n, end in enumerate(accumulate(len(part) for part in parts[:-1]))]
        self.longer = [len(number) - 1 for number in numbers]

    def at(self, offset: int) -> int:
        """Where what stood at an offset stands now."""
        return offset + sum(more for sign, more in zip(self.signs, self.longer, strict=True) if sign < offset)

    def quoted(self, text: str, near: int) -> str:
        """A passage of the text as it reads now, of several the one around an offset."""
        start = self.before.find(text)
        while start >= 0 and start + len(text) <= near:
            start = self.before.find(text, start + 1)
        return text if start < 0 else self.text[self.at(start) : self.at(start + len(text))]


def _paragraph(paragraph: Paragraph, moved: _Moved | None) -> Paragraph:
    if moved is None:
        return paragraph
    breaks = tuple((moved.at(offset), line) for offset, line in paragraph.breaks)
    return replace(paragraph, text=moved.text, breaks=breaks)


def _number(claim: Claim | None, id_: str) -> str:
    return id_ if claim is None else printed(claim)


def _link(claim: Claim | None, text: str, words: Mapping[str, str]) -> str:
    if claim is None:
        return escape(text, quote=False)
    said = f"{claim.label}{words['punctuation.comma']}{words[f'status.{claim.status}']}"
    return (
        f'<a class="n {claim.status}" href="claim:{claim.id}" data-claim="{claim.id}" title="{escape(said)}">'
        f"{escape(text, quote=False)}</a>"
    )
