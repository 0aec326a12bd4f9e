"""Offices and the names behind them: 包头市工业和信息化局党组书记、局长张强. Works on folded text.

A name is a Han surname and one or two characters, a name with ·, or a run of characters in which
Mongolian, Tibetan and Uyghur names are written. Where it ends is told by what may follow a name (a word of
speech, 在, a mark), and by the characters that hardly ever end one. Where that is not clear, there is no
name.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from sitegen.automata import Words
from sitegen.extract.people_words import grammar
from sitegen.text import Span


class Office(NamedTuple):
    """title and organisation as printed (folded); start: where they begin; name: where the name begins."""

    start: int
    title: str
    organisation: str | None
    name: int


def name_ends(text: str, at: int, *, office: str = "") -> list[int]:
    """Where a name that begins at `at` may end, best first; [] where none is plain to see.

    office: the title right before it, which proves more than a mere beginning of a clause does.
    """
    g = grammar()
    if text.startswith(g.stop, at) or g.direct.match(text, at):
        return []
    if dotted := g.dotted.match(text, at):
        return _dotted(text, text.rindex("·", at, dotted.end()) + 1, dotted.end())
    if office and text[at + 1 : at + 2] == " ":  # 黎 芳: two signs set apart to fill the measure of three
        return [at + 3] if g.spaced.match(text, at) else []
    ends = [end for end in _han(text, at, office=bool(office)) if text[at:end] not in g.common]
    other = g.other.match(text, at)
    if other and (not ends or other.end() - at > 3):
        end = other.end()
        while end - at >= 2 and not (g.follow.match(text, end) or (office and _goes_on(text, end))):
            end -= 1
        if end - at >= 2 and (not ends or end > ends[0]):
            ends.insert(0, end)
    if not ends and office:
        mixed = g.mixed.match(text, at)
        if mixed and (mixed["foreign"] or office.endswith(g.single)):
            ends = [mixed.end()]
    if not ends and office and (longer := g.surname_other.match(text, at)):  # 包乌力吉
        ends = [
            end for end in range(longer.end(), at + 3, -1) if g.follow.match(text, end) or _goes_on(text, end)
        ][:1]
    return ends or (_guessed(text, at) if office else [])


def _dotted(text: str, at: int, until: int) -> list[int]:
    """Where the last part of 吐逊江·买买提 ends that begins at `at`: before what may follow a name, else with
    the last sign in which such names are written.
    """
    g = grammar()
    ends = [end for end in range(at + 1, until + 1) if g.follow.match(text, end)]
    other = g.other.match(text, at, until)
    if other and (not ends or other.end() < ends[0]):
        return [other.end()]
    return ends[:1]


def _han(text: str, at: int, *, office: bool) -> list[int]:
    """Where a name with a Han surname may end: after one or two characters more."""
    g = grammar()
    han = g.han.match(text, at)
    if not han:
        return []
    long, short = han.end(), han.end() - 1
    two = short - at > 1 and g.han.match(text, at, short) is not None  # both lengths are possible
    if two and text[short] in g.joins and g.follow_speech.match(text, long):
        return [long]  # 刘日和介绍, 卢春来介绍: 和 joins nothing here
    if two and g.follow_speech.match(text, short):
        return [short]
    ends_long = g.follow.match(text, long) is not None
    if two and g.follow.match(text, short):
        return [long, short] if ends_long and text[short] not in g.weak_tail else [short]
    if ends_long:
        return [long]
    return _by_what_follows(text, (long, short) if two else (long,)) if office else []


def _goes_on(text: str, at: int) -> int:
    """How many signs of a word that tells what people do stand at `at`: 2 for 蹲在田埂, 0 for none."""
    g = grammar()
    match = g.action.match(text, at) or g.goes_on.match(text, at)
    return len(match.group()) if match else 0


def _by_what_follows(text: str, ends: tuple[int, ...]) -> list[int]:
    """The end, of two possible ones, behind which a word tells what people do; the longer word decides."""
    weights = {end: _goes_on(text, end) for end in ends}
    best = max(weights.values())
    proved = [end for end in ends if best and weights[end] == best]
    return proved[1:] if len(proved) == 2 and text[proved[1]] in grammar().weak_tail else proved[:1]


def _guessed(text: str, at: int) -> list[int]:
    """The end of a name of three signs behind an office, where nothing speaks against it."""
    g = grammar()
    han = g.han.match(text, at)
    if not han or han.end() - at != 3 or text[han.end() - 1] in g.weak_tail or text[at : at + 2] in g.common:
        return []
    if g.no_name.match(text, at) or g.no_person_next.match(text, han.end() - 1):
        return []
    return [han.end()]


def offices(text: str) -> list[Office]:
    """The offices in a text behind which a name may stand, from left to right."""
    g = grammar()
    found = []
    for begin, end in _titles(text):
        start = _title_start(text, begin)
        if g.office_end.match(text, end) or g.no_office.match(text, begin):
            continue
        if g.no_title.search(text, max(0, start - 5), end):
            continue
        name = end
        while text[name] == " ":
            name += 1
        if name > end and not g.apart.match(text, name):
            continue
        found.append(_with_organisation(text, start, end)._replace(name=name))
    return found


def _titles(text: str) -> list[Span]:
    """The titles before what may be a name, without overlap: the longest from the left."""
    g = grammar()
    spans = [
        Span(start, end)
        for _, start, end in g.office.find_matches_as_indexes(text, overlapping=True)
        if g.before_name.match(text, end)
    ]
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return kept


def _title_start(text: str, start: int) -> int:
    g = grammar()
    if text[start - 1 : start] not in g.prefix_ends:
        return start
    prefix = g.prefixes.search(text, max(0, start - 16), start)
    return prefix.start() if prefix else start


def in_name(text: str, at: int) -> bool:
    """Tell whether the two characters at `at` are someone's given name: 总地质师王九江, ，孟庆阳笑着."""
    g = grammar()
    if at < 1 or g.han.match(text, at - 1) is None:
        return False
    begins = at == 1 or not "一" <= text[at - 2] <= "鿿"
    if begins and (g.follow_speech.match(text, at + 2) or g.action.match(text, at + 2)):
        return True
    return at >= 3 and _title_before(text, at - 1) is not None


@lru_cache(maxsize=4)
def _finder(names: frozenset[str]) -> Words:
    return Words(sorted(names))


def printed_names(text: str, names: frozenset[str]) -> tuple[Span, ...]:
    """Where the text prints one of these names, from left to right, also inside each other."""
    found = _finder(names).all(text) if names else ()
    return tuple(sorted(Span(start, end) for _, start, end in found)) if found else ()


def guest(line: str) -> Office | None:
    """Read a line of an interview's list of guests, name first: 罗亦平 合肥市工业和信息化局局长; name:
    offset 0.
    """
    match = grammar().guest.fullmatch(line.rstrip())
    if not match or not grammar().han.match(match.group(1)):
        return None
    start = _title_before(line, len(line.rstrip()))
    if start is None or start < match.start(2):
        return None
    office = _with_organisation(line, start, len(line.rstrip()))
    return office._replace(start=0, name=0)


def office_at(text: str, end: int) -> Office | None:
    """The office that ends at `end`, with its organisation; name: where it ends. None where there is none."""
    start = _title_before(text, end)
    return _with_organisation(text, start, end) if start is not None else None


_MARK = re.compile(r"[,。;:!?、“”‘’(《》\s…—·兼暨]")


def _organisation(text: str, end: int) -> tuple[str, int]:
    """The organisation that ends right before an office, and where it begins; ("", end) where there is
    none.
    """
    g = grammar()
    start = max(0, end - 50)
    for mark in _MARK.finditer(text, start, end):
        start = mark.end()
    if ")" in text[start:end]:  # the marks before it may stand in brackets
        match = g.organisation.search(text, max(0, end - 50), end)
        start = match.start() if match else end
    if start == end:
        return "", end
    cut = g.organisation_cut.match(text, start, end)
    if cut and not g.company.fullmatch(text, cut.end(), end):  # 美的集团
        start = cut.end()
    if head := g.organisation_head.match(text, start, end):
        start = head.end()
    organisation = text[start:end]
    if len(organisation) < 2 or organisation.startswith(g.anonymous):
        return "", end
    return organisation, start


def _title_before(text: str, end: int) -> int | None:
    """Where the office begins that ends at `end`, or None."""
    last = None
    for match in grammar().office_end.finditer(text, max(0, end - 8), end):
        last = match
    return _title_start(text, last.start()) if last and last.end() == end else None


def _with_organisation(text: str, start: int, end: int) -> Office:
    """Walk left over the offices of one person (A、B or A兼B) to the first; it alone gives title and
    organisation, unless it is a seat in a committee (党组成员、能源局局长).
    """
    chain = [(start, end, *_organisation(text, start))]
    while (at := chain[0][3]) >= 2 and text[at - 1] in "、兼暨":
        before = _title_before(text, at - 1)
        if before is None:
            break
        chain.insert(0, (before, at - 1, *_organisation(text, before)))
    first, last, organisation, left = chain[0]
    for _, until, other, _ in chain[1:]:
        if other and not text[first:last].endswith(grammar().memberships):
            break
        last = until
    title = text[first:last]
    if part := grammar().department.search(organisation):
        title, organisation = part.group(1) + title, organisation[: part.start(1)]
    return Office(left, title, organisation or None, end)
