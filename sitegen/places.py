"""Places that a text names: divisions of the national codes, former ones, parks; and words that point back to one."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sitegen.lexicon import packaged, packaged_rows
from sitegen.model import Level, Place
from sitegen.orgnames import OrgName, org_names
from sitegen.parks import parks

_RANK: dict[Level, int] = {"province": 0, "prefecture": 1, "county": 2, "park": 3}


class PlaceMention(NamedTuple):
    """A place in a text: text[start:end] is its name as printed, name the full standard name.

    code: None for a park, and for a name that several divisions bear where the text does not say which.
    parent: code of the division above (for a park the one printed nearest before it), "" where there is none.
    in_organisation: the words belong to an organisation's name or to an office (包头市工业和信息化局, 通辽市副市长);
    government: this organisation is the place's own administration.  anaphora: a word such as 全区, resolved.
    """

    start: int
    end: int
    name: str
    level: Level
    code: str | None
    in_organisation: bool = False
    government: bool = False
    parent: str = ""
    anaphora: bool = False


class _Hit(NamedTuple):
    start: int
    end: int
    codes: tuple[str, ...]
    form: str  # full, short, context (needs proof), anaphora, park


@dataclass(frozen=True, slots=True)
class _Form:
    """What a pattern stands for: codes of divisions, or the level that a word such as 全区 points to."""

    form: str
    codes: tuple[str, ...] = ()
    points: str = ""


@dataclass(frozen=True, slots=True)
class _Tables:
    """Everything that is the same for all texts."""

    places: tuple[Place, ...]
    codes: dict[str, Place]
    names: dict[str, tuple[Place, ...]]
    matcher: AhoCorasick
    forms: tuple[_Form, ...]
    next_words: dict[str, tuple[str, ...]]
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Finds places. `for_text` gives one that knows what the whole article has named; it is a value, never changed.

    known: codes of the divisions that the article names without doubt.  home: code of the place that 全区, 当地 mean.
    """

    tables: _Tables
    known: frozenset[str] = frozenset()
    home: str | None = None
    extra: AhoCorasick | None = field(default=None, compare=False)
    extra_codes: tuple[tuple[str, ...], ...] = ()
    prepared: bool = False

    def for_text(self, text: str, *, home: str | None = None) -> "Gazetteer":
        """The gazetteer for an article (title and all paragraphs): names in it license short and doubtful forms.

        home: name or code of the place where the paper is at home; without it, the place that the article names most.
        """
        raw = _raw(text, self.tables)
        sure = [hit for hit in raw if hit.form in ("full", "short") and len(hit.codes) == 1]
        known = frozenset(hit.codes[0] for hit in sure)
        known |= _beside(raw, self.tables)
        shorts: dict[str, list[str]] = {}
        for code in known:
            place = self.tables.codes[code]
            if place.short and (place.level == "county" or place.short not in self.tables.names):
                shorts.setdefault(place.short, []).append(code)
        matcher = AhoCorasick(list(shorts), matchkind=MatchKind.LeftmostLongest) if shorts else None
        at_home = self._code_of(home) if home else _most_named(sure, self.tables)
        return Gazetteer(self.tables, known, at_home, matcher, tuple(map(tuple, shorts.values())), True)

    def mentions(self, text: str, *, home: str | None = None) -> tuple[PlaceMention, ...]:
        """The places that a text names, in order, without overlap: the longest name from the left.

        home: name or code of the place that 全区, 全市, 该旗, 当地 mean here; else the one of `for_text`.
        """
        if not self.prepared:
            return self.for_text(text, home=home).mentions(text, home=home)
        tables = self.tables
        at_home = (self._code_of(home) if home else None) or self.home
        hits = self._with_shorts(text, _raw(text, tables))
        organisations = org_names(text)
        found: list[PlaceMention] = []
        for index, hit in enumerate(hits):
            mention = self._mention(text, hit, hits, index, at_home)
            if mention is not None:
                found.append(_placed(text, mention, organisations, tables))
        return self._with_parks(text, found, organisations)

    def by_name(self, name: str) -> tuple[Place, ...]:
        """The divisions with this full or short name, current ones first; empty where there is none."""
        return self.tables.names.get(name, ())

    def get(self, code: str) -> Place | None:
        """The division with this code."""
        return self.tables.codes.get(code)

    def parent_chain(self, code: str) -> tuple[Place, ...]:
        """The divisions above this one, the nearest first, without itself; empty for a province or unknown code."""
        chain: list[Place] = []
        place = self.tables.codes.get(code)
        while place is not None and place.parent:
            place = self.tables.codes.get(place.parent)
            if place is not None:
                chain.append(place)
        return tuple(chain)

    def contains(self, outer: str, inner: str) -> bool:
        """Tell whether the division with code `outer` holds the one with code `inner`; a division holds itself."""
        return outer == inner or any(place.code == outer for place in self.parent_chain(inner))

    def full_name(self, printed: str) -> str | None:
        """The standard name for a printed one (内蒙古, 科左中旗), or None where it is unknown or not unique."""
        current = {place.name for place in self.by_name(printed) if "/" not in place.code}
        names = current or {place.name for place in self.by_name(printed)}
        if len(names) > 1:
            highest = min(self.by_name(printed), key=lambda place: _RANK[place.level])
            return highest.name
        return next(iter(names), None)

    def _code_of(self, name_or_code: str) -> str | None:
        if name_or_code in self.tables.codes:
            return name_or_code
        found = self.by_name(name_or_code)
        return min(found, key=lambda place: _RANK[place.level]).code if found else None

    def _with_shorts(self, text: str, hits: list[_Hit]) -> list[_Hit]:
        """The hits and, between them, the short names of counties that the article names in full."""
        if self.extra is None:
            return hits
        taken = {at for hit in hits for at in range(hit.start, hit.end)}
        more = [
            _Hit(start, end, self.extra_codes[index], "licensed")
            for index, start, end in self.extra.find_matches_as_indexes(text)
            if taken.isdisjoint(range(start, end))
        ]
        return sorted(hits + more) if more else hits

    def _mention(
        self, text: str, hit: _Hit, hits: Sequence[_Hit], index: int, home: str | None
    ) -> PlaceMention | None:
        if hit.form == "anaphora":
            place = _pointed(hit.codes[0], home, self) if home else None
            return _as_mention(hit, place, anaphora=True) if place else None
        place = self._choose(hit, hits, index)
        if place is None:
            named = self.tables.codes[hit.codes[0]]
            if hit.form == "context" or hit.form == "licensed":
                return None
            same = {self.tables.codes[code].name for code in hit.codes} == {named.name}
            return PlaceMention(hit.start, hit.end, named.name, named.level, None) if same else None
        return _as_mention(hit, place)

    def _choose(self, hit: _Hit, hits: Sequence[_Hit], index: int) -> Place | None:
        """Which of the divisions with this name is meant: the one below what stands in front or in the article."""
        codes = hit.codes
        before = hits[index - 1] if index and hits[index - 1].end == hit.start else None
        if before is not None:
            below = [c for c in codes if any(self.contains(b, c) and b != c for b in before.codes)]
            if len(below) == 1:
                return self.tables.codes[below[0]]
        if hit.form == "context":
            codes = tuple(code for code in codes if code in self.known)
        elif len(codes) > 1:
            known = tuple(code for code in codes if code in self.known)
            near = known or tuple(c for c in codes if self._related(c))
            current = near or tuple(c for c in codes if "/" not in c)
            codes = current if near or len(current) == 1 else ()
        return self.tables.codes[codes[0]] if len(codes) == 1 else None

    def _related(self, code: str) -> bool:
        """Tell whether the article names a division above this one, or one beside it in the same prefecture."""
        above = self.parent_chain(code)
        if any(place.code in self.known for place in above):
            return True
        return bool(above) and any(self.tables.codes[known].parent == above[0].code for known in self.known)

    def _with_parks(
        self, text: str, found: list[PlaceMention], organisations: Sequence[OrgName]
    ) -> tuple[PlaceMention, ...]:
        """The mentions and the parks; a place inside a park's name is no mention of its own."""
        spans = parks(text, [(m.start, m.end, m.name) for m in found if not m.anaphora])
        if not spans:
            return tuple(found)
        made = []
        starts = [m.start for m in found]
        for start, end in spans:
            front = found[: bisect_left(starts, end)]
            parent = next((m.code for m in reversed(front) if m.code), "")
            park = PlaceMention(start, end, text[start:end], "park", None, parent=parent)
            made.append(_placed(text, park, organisations, self.tables))
        taken = {at for start, end in spans for at in range(start, end)}
        kept = [m for m in found if taken.isdisjoint(range(m.start, m.end))]
        return tuple(sorted(kept + made))


def most_specific(mentions: Iterable[PlaceMention]) -> PlaceMention | None:
    """The mention of the lowest level, the last of equals; None where there is none."""
    best: PlaceMention | None = None
    for mention in mentions:
        if best is None or _RANK[mention.level] >= _RANK[best.level]:
            best = mention
    return best


@cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, read once."""
    return Gazetteer(_tables())


def _as_mention(hit: _Hit, place: Place, *, anaphora: bool = False) -> PlaceMention:
    return PlaceMention(
        hit.start, hit.end, place.name, place.level, place.code, parent=place.parent, anaphora=anaphora
    )


def _placed(
    text: str, mention: PlaceMention, organisations: Sequence[OrgName], tables: _Tables
) -> PlaceMention:
    """The mention with its flags for organisations and offices."""
    at = bisect_right(organisations, mention.start, key=itemgetter(0))
    for name in organisations[max(0, at - 1) : at]:
        if mention.end <= name.end:
            if mention.level == "park" and name.start == mention.start and name.end == mention.end:
                break
            return mention._replace(in_organisation=True, government=name.kind in ("government", "party"))
    if text.startswith(tables.offices, mention.end):
        return mention._replace(in_organisation=True, government=True)
    return mention


def _raw(text: str, tables: _Tables) -> list[_Hit]:
    """All hits of the table's patterns, words that merely hold a name left out, ends cut where 市场 begins."""
    hits: list[_Hit] = []
    for index, start, end in tables.matcher.find_matches_as_indexes(text):
        form = tables.forms[index]
        if form.form == "stop":
            continue
        words = tables.next_words.get(text[end - 1])
        if words and form.form != "anaphora" and text.startswith(words, end - 1):
            cut = [p for p in tables.names.get(text[start : end - 1], ()) if p.code in form.codes]
            if not cut or cut[0].level == "county":
                continue
            end -= 1
        codes = (form.points,) if form.form == "anaphora" else form.codes
        hits.append(_Hit(start, end, codes, form.form))
    return hits


def _beside(hits: Sequence[_Hit], tables: _Tables) -> frozenset[str]:
    """Codes that the place printed in front proves: 山西大同, 阳泉市城区."""
    proved: set[str] = set()
    for before, hit in zip(hits, hits[1:], strict=False):
        if before.end != hit.start or hit.form == "anaphora" or before.form == "anaphora":
            continue
        below = [c for c in hit.codes if any(_is_above(b, c, tables) for b in before.codes)]
        if len(below) == 1:
            proved.add(below[0])
    return frozenset(proved)


def _is_above(outer: str, inner: str, tables: _Tables) -> bool:
    place = tables.codes[inner]
    while place.parent:
        if place.parent == outer:
            return True
        place = tables.codes[place.parent]
    return False


def _most_named(hits: Sequence[_Hit], tables: _Tables) -> str | None:
    """The province named most, then its prefecture, then its county, as long as one has most of the mentions."""
    best: str | None = None
    counts: Counter[str] = Counter()
    for hit in hits:
        place: Place | None = tables.codes[hit.codes[0]]
        while place is not None:
            counts[place.code] += 1
            place = tables.codes.get(place.parent)
    total = len(hits)
    while total:
        below = [(n, code) for code, n in counts.items() if tables.codes[code].parent == (best or "")]
        if not below:
            break
        n, code = max(below, key=lambda pair: (pair[0], pair[1]))
        if 2 * n <= total:
            break
        best, total = code, n
    return best


def _pointed(points: str, home: str, gazetteer: Gazetteer) -> Place | None:
    """The place that a word such as 全区 means, seen from home."""
    place = gazetteer.get(home)
    if place is None:
        return None
    chain = (place, *gazetteer.parent_chain(home))
    if points == "home":
        return place
    if points == "region":
        return next((p for p in chain if p.level == "province" and p.name.endswith("自治区")), None)
    if points == "city":
        towns = [p for p in chain if p.name.endswith("市")]
        return towns[0] if towns else None
    return next((p for p in chain if p.level == points), None)


@cache
def _tables() -> _Tables:
    words: dict[str, Any] = packaged("place_words.yml")
    places = _divisions()
    codes = {place.code: place for place in places}
    full: dict[str, list[Place]] = {}
    short: dict[str, list[Place]] = {}
    for place in places:
        full.setdefault(place.name, []).append(place)
        if place.short:
            short.setdefault(place.short, []).append(place)
    names = {name: list(found) for name, found in full.items()}
    for name, found in short.items():
        names.setdefault(name, []).extend(p for p in found if p not in names.get(name, []))
    forms = {word: _Form("stop") for word in words["not_places"]}
    for name, found in full.items():
        doubtful = name in words["generic_names"] or len(name) < 3
        forms[name] = _Form("context" if doubtful else "full", tuple(p.code for p in found))
    for name, found in short.items():
        high = [p for p in found if p.level in ("province", "prefecture") and "/" not in p.code]
        if high and name not in forms:
            form = "context" if name in words["words_too"] else "short"
            forms[name] = _Form(form, (min(high, key=lambda p: _RANK[p.level]).code,))
    for name, standard in words["aliases"].items():
        if standard is None or name in forms:
            continue
        form = "context" if name in words["aliases_in_context"] else "short"
        forms[name] = _Form(form, tuple(p.code for p in full[standard]))
        names.setdefault(name, []).extend(full[standard])
    for word, points in words["anaphora"].items():
        if points is not None:
            forms[word] = _Form("anaphora", points=points)
    return _Tables(
        places,
        codes,
        {name: tuple(found) for name, found in names.items()},
        AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest),
        tuple(forms.values()),
        {char: tuple(found) for char, found in words["next_words"].items()},
        tuple(words["offices"]),
    )


def _divisions() -> tuple[Place, ...]:
    """Current divisions, then former ones, whose codes end with /year."""
    rows = packaged_rows("places.tsv")
    codes = {row[0] for row in rows}
    found: list[Place] = []
    for code, name, *rest in rows:
        short: str | None = rest[0] if rest else name[:-1]
        if short == "-":
            short = None
        level: Level = (
            "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        )
        above = f"{code[:4]}00" if level == "county" else f"{code[:2]}0000"
        if above not in codes:
            above = f"{code[:2]}0000"
        found.append(Place(code, name, level, "" if level == "province" else above, short))
    for code, name, above in packaged_rows("places_former.tsv"):
        county = not name.endswith(("盟", "州", "地区")) and code[4:6] != "00"
        found.append(Place(code, name, "county" if county else "prefecture", above, None))
    return tuple(found)
