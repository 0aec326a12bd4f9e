"""How much markup a text may have: past what anybody writes, reading it takes time with the square of its size."""

import re
from collections.abc import Iterator, Sequence

from sitegen.problems import Problem

_DEEPEST = 40  # quotes and lists that begin in one line
_OPEN = 100  # elements of HTML in each other
_TAGS = 20_000  # in the whole text
_UNCLOSED = 500  # < without its >, ]( without its )
_HEADINGS = 5_000
_SIGNS = 10_000  # of inline markup, between two blank lines
_MARKER = re.compile(r">|[-*+]|[0-9]+[.)]")
_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-*+][ \t]|[0-9]{1,9}[.)][ \t]))*")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]*>")
_BEGUN = re.compile(r"<[A-Za-z/!?]")
_LINK = re.compile(r"\]\([^()]*\)")
_SIGN = re.compile(r"[\\`*_\[&<!]")
_ALONE = frozenset(  # elements that need no end
    [
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)


def too_much(name: str, lines: Sequence[str], first_line: int) -> Problem | None:
    """The first bound that the text breaks, at its line, or None. first_line: number of lines[0] in the file."""
    for line, code, fact in _broken(lines):
        return Problem(
            name, first_line + line, 0, code, fact, "write it with less markup, or split the article"
        )
    return None


def too_deep(lines: Sequence[str], most: int) -> int | None:
    """Number of the first line, from 1, at which more than so many elements of HTML stand in each other, or None."""
    depth = 0
    for number, line in enumerate(lines, 1):
        for tag in _TAG.finditer(line) if "<" in line else ():
            if tag["name"].lower() not in _ALONE:
                depth = max(0, depth - 1) if tag["end"] else depth + 1
                if depth > most:
                    return number
    return None


def _broken(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """(index of the line, code, fact) for each bound that is broken."""
    deep = "E-DEEP", "quotes, lists or elements stand too deeply in each other"
    line = too_deep(lines, _OPEN)
    if line:
        yield line - 1, *deep
    tags = unclosed = links = headings = signs = 0
    for index, text in enumerate(lines):
        markers = _MARKERS.match(text)
        if markers and len(_MARKER.findall(markers[0])) > _DEEPEST:
            yield index, *deep
        headings += text.startswith("#")
        signs = signs + len(_SIGN.findall(text)) if text.strip() else 0
        links += text.count("](") - len(_LINK.findall(text))
        if "<" in text:
            closed = len(_TAG.findall(text))
            tags += closed
            unclosed += len(_BEGUN.findall(text)) - closed
        for count, most, what in (
            (tags, _TAGS, "elements of HTML"),
            (unclosed, _UNCLOSED, "< without >"),
            (links, _UNCLOSED, "]( without )"),
            (headings, _HEADINGS, "headings"),
            (signs, _SIGNS, "signs of markup without a blank line"),
        ):
            if count > most:
                yield index, "E-MARKUP", f"there are more than {most} {what}"
