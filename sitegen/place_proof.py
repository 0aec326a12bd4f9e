"""What one article proves of the places that it names: which divisions it knows, and where it is at home."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from sitegen.divisions import RANK, Divisions, Hit
from sitegen.lexicon import packaged
from sitegen.orgnames import org_names
from sitegen.text import either

_WIRED = re.compile(
    r"(?:[一二\d][九〇零○一二三四五六七八\d]{3}年)?[\d一二三四五六七八九十]{1,2}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日?\s?电"
)
_HEAD = 3  # what a mention in the headline or lead weighs against one further down


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Proof:
    """What one article proves.

    known: codes of the divisions that it names.  instead: what a higher division's name means.
    page: where the page is at home.  majority: most of all mentions lie in the home.
    lines: the patterns found in each of its lines, so that none is looked through twice.
    """

    known: frozenset[str]
    home: str | None
    page: str | None
    majority: bool
    instead: dict[str, str]
    lines: dict[str, list[Hit]]

    def licensed(self, divisions: Divisions, short: str) -> tuple[str, ...]:
        """The counties for which a short name may stand: those that are named, else those right below what is named."""
        codes, bearers = divisions.codes, divisions.county_shorts[short]
        near = [code for code in bearers if self._licenses(code) or self._licenses(codes[code].parent)]
        return tuple(code for code in near if self._licenses(code)) or tuple(near)

    def _licenses(self, code: str) -> bool:
        return code in self.known or code == self.page


def prove(
    divisions: Divisions, text: str, home: str | None, head: int, around: str | None, year: int | None = None
) -> Proof:
    """Read one article, a paragraph a line. home, head, around, year: as in Gazetteer.for_text."""
    lines = [(line, divisions.hits(line)) for line in text.split("\n")]
    read = [(line, [hit for hit in hits if hit.form != "stop"]) for line, hits in lines]
    sure = [
        [hit for hit in hits if hit.form in ("full", "short") and len(hit.codes) == 1] for _, hits in read
    ]
    full = {hit.codes[0] for hits in sure for hit in hits if hit.form == "full"}
    known = {hit.codes[0] for hits in sure for hit in hits}
    addresses = [_addresses(divisions, line, hits) for line, hits in read]
    known.update(*(below.values() for below in addresses))
    known.update(*[_siblings(line, hits, known) for line, hits in read])
    page = code_of(divisions, around) if around else None
    known.update(_at_head(divisions, text, page) if page and head else ())
    known.update(code for line, _ in read for code in _with_parks(divisions, line))
    instead = _instead(divisions, [hit for hits in sure for hit in hits], full, known)
    if year:
        then = dict(_then(divisions, year))
        for code in full:
            then.pop(code, None)
        instead = then | instead
    codes = Counter[str]()
    start = 0
    for (line, _), hits, below in zip(read, sure, addresses, strict=True):
        offices = _offices(line) if start < head else ()
        for hit in hits:
            code = instead.get(hit.codes[0], hit.codes[0])
            stressed = start + hit.start < head and not any(a <= hit.start < b for a, b in offices)
            stressed = stressed and not _in_passing(line, hit)
            codes[below.get(hit.start, code)] += _HEAD if stressed else 1
        start += len(line) + 1
    at_home = code_of(divisions, home) if home else _most_named(divisions, codes)
    inside = sum(n for code, n in codes.items() if at_home and divisions.contains(at_home, code))
    majority = 2 * inside > codes.total()
    return Proof(frozenset(known), at_home, page, majority, instead, dict(lines))


@lru_cache(maxsize=16)  # articles of one build are of few years
def _then(divisions: Divisions, year: int) -> Mapping[str, str]:
    """What counties of today were in that year, where they were another division."""
    return {now: code for now, last, code in divisions.earlier if year <= last}


def _addresses(divisions: Divisions, text: str, hits: Sequence[Hit]) -> dict[int, str]:
    """The lower place that a place printed right in front of it proves and speaks of, by the start of the one in front.

    山西大同, 阳泉市城区, and short names of counties: 滁州来安.
    """
    found = {}
    for before, hit in pairwise(hits):
        if before.end == hit.start:
            below = [c for c in hit.codes if is_above(divisions, before.codes, c)]
            if len(below) == 1:
                found[before.start] = below[0]
    for hit in hits:
        for size in range(6, 1, -1) if text[hit.end : hit.end + 1] in divisions.county_openings else ():
            codes = divisions.county_shorts.get(text[hit.end : hit.end + size], ())
            below = [c for c in codes if is_above(divisions, hit.codes, c)]
            if below:
                if len(below) == 1:
                    found[hit.start] = below[0]
                break
    return found


@cache
def _park() -> re.Pattern[str]:
    return re.compile(either(packaged("place_words.yml")["parks"]["proofs"]))


def _with_parks(divisions: Divisions, text: str) -> Iterator[str]:
    """Counties that their own park proves, where the country has only one with that short name: 于都工业园区."""
    for match in _park().finditer(text):
        for size in (3, 2):
            codes = divisions.county_shorts.get(text[max(0, match.start() - size) : match.start()], ())
            current = [code for code in codes if "/" not in code]
            if len(current) == 1:
                yield current[0]
                break


def _in_passing(text: str, hit: Hit) -> bool:
    """Whether a place of the headline or lead is a venue or a dateline: 赣州市在深圳集中签约, 本报深圳5月18日电."""
    return as_guests(text, hit.start) or _WIRED.match(text, hit.end) is not None


def as_guests(text: str, start: int) -> bool:
    """Whether the words before a place say that others come there: 赣州市在深圳集中签约."""
    return text.endswith(tuple(packaged("place_words.yml")["guests"]), 0, start)


def _at_head(divisions: Divisions, text: str, page: str) -> list[str]:
    """The county of the paper's own prefecture with whose short name a headline opens: 景泰开工建设… in 白银日报."""
    near = (
        [c for c in divisions.county_shorts.get(text[:size], ()) if c[:4] == page[:4] and "/" not in c]
        for size in (3, 2)
    )
    return next((codes for codes in near if len(codes) == 1), [])


def _offices(text: str) -> tuple[tuple[int, int], ...]:
    """Where names of authorities stand: 经南通市统计局核算 stresses no place."""
    return tuple((name.start, name.end) for name in org_names(text) if name.kind in ("government", "party"))


def code_of(divisions: Divisions, name_or_code: str) -> str | None:
    """The code of a division given by name or code, the current one of the highest level; None where there is none."""
    if name_or_code in divisions.codes:
        return name_or_code
    found = divisions.names.get(name_or_code, ())
    return min(found, key=lambda place: ("/" in place.code, RANK[place.level])).code if found else None


def _siblings(text: str, hits: Sequence[Hit], known: set[str]) -> set[str]:
    """Doubtful names that stand in a list with a sure one of the same province: 安乡县、南县."""
    proved: set[str] = set()
    for before, hit in pairwise(hits):
        if hit.start - before.end != 1 or text[before.end] not in "、和与及，, \t\u3000":
            continue
        for doubtful, sure in ((hit, before), (before, hit)):
            if doubtful.form != "doubtful" or len(sure.codes) != 1 or sure.codes[0] not in known:
                continue
            province = sure.codes[0][:2]
            near = [c for c in doubtful.codes if c[:2] == province and "/" not in c]
            proved.update(near if len(near) == 1 else ())
    return proved


def is_above(divisions: Divisions, outer: Iterable[str], inner: str) -> bool:
    """Whether one of the divisions holds the inner one and is another."""
    return any(code != inner and divisions.contains(code, inner) for code in outer)


def _instead(divisions: Divisions, sure: Sequence[Hit], full: set[str], known: set[str]) -> dict[str, str]:
    """Counties that a higher division's short name means here: 海南 in an article on 乌海市海南区."""
    found: dict[str, str] = {}
    for code in dict.fromkeys(hit.codes[0] for hit in sure if hit.form == "short"):
        short = divisions.codes[code].short
        if code in full or short is None:
            continue
        same = [p.code for p in divisions.names.get(short, ()) if p.code in full and p.code != code]
        if len(same) == 1 and not any(divisions.contains(code, k) for k in known if k != code):
            found[code] = same[0]
    return found


def _most_named(divisions: Divisions, codes: Counter[str]) -> str | None:
    """The province with the most mentions, in it the prefecture and the county that have more than half of them.

    codes: weight of the mentions of each division.  Of two provinces named alike neither is home.
    """
    counts = Counter[str]()
    for code, weight in codes.items():
        for place in divisions.chain(code):
            counts[place.code] += weight
    ranked = sorted(((n, c) for c, n in counts.items() if not divisions.codes[c].parent), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    total, best = ranked[0]
    while True:
        below = [(n, c) for c, n in counts.items() if divisions.codes[c].parent == best]
        n, code = max(below, default=(0, ""))
        if 2 * n <= total:
            return best
        best, total = code, n
