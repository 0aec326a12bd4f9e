"""Which division a word such as 全县, 省里 or 该旗 means, by what the article has named and where it is at home."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitegen.divisions import Divisions
from sitegen.model import Place


class Pointer(NamedTuple):
    """The word as printed, and the level that it asks for; last: it points to what was named last, not to home."""

    word: str
    level: str
    last: bool


class Known(NamedTuple):
    """Codes that a word may point to, the nearest first.

    home: of the article.  page: of the page.  starts: named before it in its paragraph.  before: in earlier paragraphs and
    the headline.  here: in its sentence.
    """

    home: str | None
    page: str | None
    starts: Sequence[str]
    before: Sequence[str]
    here: Sequence[str | None]


def meant(divisions: Divisions, pointer: Pointer, known: Known) -> Place | None:
    """The nearest division of that level that is known, or that holds what is known; None where there is none."""
    for code in _order(divisions, pointer, known):
        chain = tuple(divisions.chain(code)) if code else ()
        for place in chain:
            if _fits(place, pointer.level):
                return place
        if pointer.level == "region" and chain:
            return _district(divisions, known)
    return None


def _order(divisions: Divisions, pointer: Pointer, known: Known) -> Iterable[str | None]:
    if pointer.word == "本地":
        inside = [
            code
            for code in known.starts
            if any(above and divisions.contains(above, code) for above in (known.page, known.home))
        ]
        return (*inside, known.home)
    if pointer.level == "any":
        return (*known.starts, known.home)
    near = [code for code in known.before if known.page and divisions.contains(known.page, code)]
    if pointer.last:
        return (*known.starts, *near, *known.before, known.home, known.page)
    here = [
        code
        for code in known.here
        if not (known.home and code and code != known.home and divisions.contains(code, known.home))
    ]
    whole = here if pointer.word.startswith("全") else []
    return (*whole, known.home, *known.starts, *near, *known.before, known.page)


def _district(divisions: Divisions, known: Known) -> Place | None:
    """全区 where nothing lies in an autonomous region: the district named last, if what is named after it holds it."""
    passed: list[str] = []
    for code in (*known.starts, *known.before):
        place = divisions.codes[code]
        if place.level == "county" and place.name.endswith("区"):
            return place if all(divisions.contains(above, code) for above in passed) else None
        passed.append(code)
    return None


def _fits(place: Place, level: str) -> bool:
    if level == "any":
        return True
    if level == "region":
        return place.level == "province" and place.name.endswith("自治区")
    if level == "city":
        return place.name.endswith("市")
    return place.level == level
