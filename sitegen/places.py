"""Places that a text names: divisions of the national codes, former ones, parks, and words such as 全区."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sitegen.divisions import Divisions, Hit, clear_of, divisions, longest, running_into
from sitegen.lexicon import packaged
from sitegen.model import Level, Place
from sitegen.orgnames import OrgName, org_names
from sitegen.parks import full_name, parks
from sitegen.place_pointers import Known, Pointer, meant
from sitegen.place_proof import Proof, code_of, is_above, prove
from sitegen.text import Span

_MEMORY = 20  # places back to which a word such as 该旗 can point
_SHORTEST = 2  # characters of the shortest full name (南县)
_LEVELS = frozenset("省市县区旗")
_LEADS = "的在到从赴至往"  # a name begins right behind these


class PlaceMention(NamedTuple):
    """A place in a text: text[start:end] is its name as printed, name the full standard name.

    code: None for a park, and for a name of several divisions where the text does not say which.
    parent: code of the division above (for a park the one printed last before it), "" where there is none.
    in_organisation: the words belong to an organisation's name or an office (包头市工信局, 通辽市副市长);
    government: that organisation is an authority.  anaphora: a word such as 全区, resolved.
    seated: of a park, its parent is part of its name or stands right before it.
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
    seated: bool = False


@dataclass(frozen=True, slots=True)
class _Guards:
    """Words right behind a name that make something else of it."""

    offices: tuple[str, ...]
    not_before: tuple[str, ...]
    roads: tuple[str, ...]
    not_roads: tuple[str, ...]
    rare: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Gazetteer:
    """Finds places. Never changes: `for_text` gives another one, that knows what the article has named."""

    divisions: Divisions
    guards: _Guards
    article: Proof | None = None

    def for_text(
        self,
        text: str,
        *,
        home: str | None = None,
        head: int = 0,
        around: str | None = None,
        year: int | None = None,
    ) -> "Gazetteer":
        """Prepare for one article, title and all paragraphs: what it names licenses short and doubtful names.

        home: name or code of the place where the paper is at home; without it, the place named most.
        head: length of the headline and lead at the text's beginning; what they name counts thrice for that.
        around: name or code of the place where the page is at home; it serves where the article's own place does not.
        year: of the article; a short name means what the county was called then.
        """
        return Gazetteer(self.divisions, self.guards, prove(self.divisions, text, home, head, around, year))

    def mentions(
        self, text: str, *, home: str | None = None, earlier: Sequence[PlaceMention] = ()
    ) -> tuple[PlaceMention, ...]:
        """Find the places that a text names, in order, without overlap: the longest name from the left.

        home: name or code of the place that 全区, 全市, 当地 mean here; else the one of `for_text`.
        earlier: what the article names before this text, in order; 全县 may mean one of them.
        """
        if self.article is None:
            return self.for_text(text, home=home).mentions(text, home=home)
        at_home = (code_of(self.divisions, home) if home else None) or self.article.home
        read = self.article.lines.get(text)
        shorts = self.divisions.shorts_in(text)
        hits = self._with_shorts(
            text, self.divisions.hits(text) if read is None else read, shorts, self.article
        )
        organisations = org_names(text)
        more = _bare_offices(text, organisations, hits)
        if shorts:
            more = [*more, *self._item_head(text, hits)]
        if more:
            hits = sorted([*hits, *more])
        if shorts and (apart := self._county_shorts(text, hits)):
            hits = sorted([*hits, *apart])
        found: list[PlaceMention] = []
        for index, hit in enumerate(hits):
            if hit.form in ("home", "last"):
                place = self._pointed(text, hit, found, at_home, earlier)
            else:
                place = self._resolve(text, hit, hits, index, self.article)
            if place is not None:
                found.append(self._flagged(text, place, organisations))
        return self._with_parks(text, found, organisations)

    def home(self, *, sure: bool = False) -> Place | None:
        """The place that 全市 and 全区 mean in the article of `for_text`.

        sure: only where most of all mentions lie in it, not just more than in any other province.
        """
        found = self.article.home if self.article and (self.article.majority or not sure) else None
        return self.get(found) if found else None

    def by_name(self, name: str) -> tuple[Place, ...]:
        """List the divisions with this full, short or other name, current ones first."""
        return self.divisions.names.get(name, ())

    def county(self, short: str) -> Place | None:
        """The county that this short name (五原) means, where the country has only one and it is no everyday word."""
        codes = [code for code in self.divisions.county_shorts.get(short, ()) if "/" not in code]
        return self.divisions.codes[codes[0]] if len(codes) == 1 else None

    def get(self, code: str) -> Place | None:
        """Look up the division with this code."""
        return self.divisions.codes.get(code)

    def parent_chain(self, code: str) -> tuple[Place, ...]:
        """List the divisions above this one, nearest first, without itself; empty for an unknown code."""
        return tuple(self.divisions.chain(code))[1:]

    def contains(self, outer: str, inner: str) -> bool:
        """Tell whether the division `outer` holds `inner`, both given as codes; a division holds itself."""
        return self.divisions.contains(outer, inner)

    def full_name(self, printed: str) -> str | None:
        """Give the standard name for a printed one (内蒙古, 科左中旗), or None where it is unknown.

        Of several divisions with this name the current one of the highest level counts.
        """
        code = code_of(self.divisions, printed)
        return self.divisions.codes[code].name if code else None

    def _with_shorts(self, text: str, hits: list[Hit], shorts: Sequence[Span], article: Proof) -> list[Hit]:
        """The hits and, where they leave room, the licensed ones of the short names of counties in the text."""
        named = [hit for hit in hits if hit.form != "stop"]
        licensed = [
            Hit(start, end, codes, "short")
            for start, end in shorts
            if (codes := article.licensed(self.divisions, text[start:end]))
        ]
        if not licensed:
            return named
        sure = [hit for hit in hits if hit.form != "doubtful" or not article.known.isdisjoint(hit.codes)]
        more = [hit for hit in longest(licensed) if not self._goes_on(text, hit.end)]
        astray = running_into(sure, more, self._seat())
        named = [hit for hit in named if hit not in astray]
        more = clear_of(more, [hit for hit in sure if hit not in astray])
        return sorted(clear_of(named, more) + more) if more else named

    def _goes_on(self, text: str, end: int) -> bool:
        """Whether the words behind a short name make something else of it."""
        return text.startswith(self.guards.not_before, end) and not text.startswith(
            self.guards.not_roads, end
        )

    def _seat(self) -> str | None:
        """Where the article is at home, else its page."""
        return self.article.home or self.article.page if self.article else None

    def _county_shorts(self, text: str, hits: Sequence[Hit]) -> list[Hit]:
        """Short names of two characters of counties where the article is at home (在慈溪, 蒲江、安岳三地).

        They need a word or mark before and behind that a place has: so many are words, or run into words.
        """
        home = self._seat()
        if not home or (
            self.article and home != self.article.home and self.divisions.codes[home].level == "province"
        ):
            return []
        found = []
        for match in _APART.finditer(text):
            codes = [
                c
                for c in self.divisions.county_shorts.get(match[1], ())
                if c[:2] == home[:2] and "/" not in c
            ]
            if len(codes) == 1:
                found.append(Hit(match.start(1), match.end(1), (codes[0],), "short"))
        return clear_of(found, hits) if found else []

    def _item_head(self, text: str, hits: Sequence[Hit]) -> list[Hit]:
        """The county at the head of an item of news, where two characters are enough: ■玉环　…, 【象山】…."""
        match = _ITEM_HEAD.match(text)
        codes = self.divisions.county_shorts.get(match[1], ()) if match else ()
        home = self._seat()
        current = [code for code in codes if "/" not in code]
        near = [code for code in current if home and code[:2] == home[:2]] or current
        if match is None or len(near) != 1:
            return []
        return clear_of([Hit(match.start(1), match.end(1), (near[0],), "short")], hits)

    def _resolve(
        self,
        text: str,
        hit: Hit,
        hits: Sequence[Hit],
        index: int,
        article: Proof,
    ) -> PlaceMention | None:
        """What a hit means here, or None where it is a word, a road or cannot be told."""
        road = text.startswith(self.guards.roads, hit.end)
        if road and hit.form != "full" and not text.startswith(self.guards.not_roads, hit.end):
            return None
        before = hits[index - 1] if index and hits[index - 1].end == hit.start else None
        code = self._chosen(text, hit, before, article)
        if code is not None:
            return self._mention(hit, self.divisions.codes[code])
        named = {self.divisions.codes[code].name for code in hit.codes}
        if hit.form == "full" and len(named) == 1:
            place = self.divisions.codes[hit.codes[0]]
            return PlaceMention(hit.start, hit.end, place.name, place.level, None)
        return None

    def _chosen(self, text: str, hit: Hit, before: Hit | None, article: Proof) -> str | None:
        """Which of the divisions with this name is meant: below what stands in front, or near the known."""
        if len(hit.codes) == 1 and hit.form != "doubtful":
            return article.instead.get(hit.codes[0], hit.codes[0])
        codes = tuple(dict.fromkeys(article.instead.get(code, code) for code in hit.codes))
        below = [code for code in codes if before and is_above(self.divisions, before.codes, code)]
        if len(below) == 1:
            return below[0]
        known = [code for code in codes if code in article.known]
        if hit.form == "doubtful":
            near = known or [code for code in codes if self._stands_apart(text, hit, code, article)]
            return near[0] if len(near) == 1 else None
        if len(codes) == 1:
            return codes[0]
        for near in (known, [code for code in codes if self._related(code, article.known)]):
            current = [code for code in near if "/" not in code] or near
            if near:
                return current[0] if len(current) == 1 else None
        current = [code for code in codes if "/" not in code]
        return current[0] if len(current) == 1 else None

    def _stands_apart(self, text: str, hit: Hit, code: str, article: Proof) -> bool:
        """Tell whether a doubtful name can be no word here: marks around it, its neighbours in the article.

        城区 needs a mark on both sides and its prefecture, 南县 a mark or 的 before it and its province, 巴中 its province.
        """
        known = article.known
        if text[hit.start : hit.end] in self.guards.rare and article.home:
            return self.divisions.contains(code[:2] + "0000", article.home)
        if "/" in code or hit.end - hit.start == len(self.divisions.codes[code].short or ""):
            return False
        before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
        if hit.end - hit.start == _SHORTEST and text[hit.end - 1] == "县":
            return (not before.isalpha() or before in _LEADS) and any(k[:2] == code[:2] for k in known)
        apart = not before.isalpha() and not after.isalpha()
        return apart and self.divisions.codes[code].parent in known

    def _related(self, code: str, known: frozenset[str]) -> bool:
        """Tell whether a division above this one is known, or one beside it."""
        above = self.parent_chain(code)
        if any(place.code in known for place in above):
            return True
        return bool(above) and any(self.divisions.codes[k].parent == above[0].code for k in known)

    def _pointed(
        self,
        text: str,
        hit: Hit,
        found: Sequence[PlaceMention],
        home: str | None,
        earlier: Sequence[PlaceMention],
    ) -> PlaceMention | None:
        """The place that 全区 (the one of its sentence, or home) or 该旗 (the one named last) means."""
        level = hit.codes[0]
        if text[hit.start] in _LEVELS and text[hit.start - 1 : hit.start] in _LEVELS:
            return None  # 市县财政
        # 省里 after 青海省农业农村厅, 该区 after 璧山区副区长
        offices = text[hit.end - 1] == "里" or text[hit.start] == "该"
        starts, before = (
            [
                m.code
                for m in reversed(named[-_MEMORY:])
                if m.code and (not m.in_organisation or (offices and m.government))
            ]
            for named in (found, earlier)
        )
        sentence = text.rfind("。", 0, hit.start)
        here = [m for m in found if m.start > sentence and (m.government or not m.in_organisation)]
        place = meant(
            self.divisions,
            Pointer(
                text[hit.start : hit.end], level, last=hit.form == "last" or text.endswith("财政", 0, hit.end)
            ),
            Known(home, self.article.page if self.article else None, starts, before, [m.code for m in here]),
        )
        return self._mention(hit, place, anaphora=True) if place else None

    def _mention(self, hit: Hit, place: Place, *, anaphora: bool = False) -> PlaceMention:
        return PlaceMention(
            hit.start,
            hit.end,
            place.name,
            place.level,
            place.code,
            parent=place.parent,
            anaphora=anaphora,
        )

    def _flagged(self, text: str, mention: PlaceMention, organisations: Sequence[OrgName]) -> PlaceMention:
        """The mention with its flags for organisations and offices."""
        at = bisect_right(organisations, mention.start, key=itemgetter(0))
        for name in organisations[max(0, at - 1) : at]:
            if mention.end <= name.end:
                authority = name.kind in ("government", "party")
                return mention._replace(in_organisation=True, government=authority)
        if text.startswith(self.guards.offices, mention.end):
            return mention._replace(in_organisation=True, government=True)
        return mention

    def _with_parks(
        self, text: str, found: list[PlaceMention], organisations: Sequence[OrgName]
    ) -> tuple[PlaceMention, ...]:
        """The mentions and the parks; a place inside a park's name is no mention of its own."""
        spans = parks(text, ((m.start, m.end, m.name) for m in found if not m.anaphora))
        if not spans:
            return tuple(found)
        starts = [m.start for m in found]
        made = []
        for start, end in spans:
            at = bisect_left(starts, end)
            front = found[max(0, at - _MEMORY) : at]
            whole = text[start:end] in _zones()  # a place inside such a name says nothing: 通州湾示范区
            near = next((m for m in reversed(front) if m.code and not (whole and m.end > start)), None)
            seated = near is not None and text[near.end : start] in ("", "的")
            parent = near.code if near and near.code else ""
            park = PlaceMention(
                start, end, full_name(text[start:end]), "park", None, parent=parent, seated=seated
            )
            made.append(self._flagged(text, park, organisations))
        return tuple(sorted(clear_of(found, spans) + made))


@cache
def _zones() -> frozenset[str]:
    return frozenset(packaged("place_words.yml")["parks"]["names"])


@cache
def gazetteer() -> Gazetteer:
    """Give the packaged gazetteer, read once."""
    words: dict[str, Any] = packaged("place_words.yml")
    guards = _Guards(
        *(tuple(words[key]) for key in ("offices", "not_before", "roads", "not_roads", "rare_words"))
    )
    return Gazetteer(divisions(), guards)


_ITEM_HEAD = re.compile(r"\s*[■◆●▲★☆◎○□▶◇【［\[]\s*([一-鿿]{2,4})(?=[\s】］\]：:丨｜|·])")
_APART = re.compile(
    r"(?:(?<=[、，。：；“（—\s])|(?<=在)|(?<=来到)|(?<=走进)|(?<=位于)|(?<=地处)|(?<=落户)|^)([一-鿿]{2})"
    r"(?=、|和|与|等地|等县|三地|两地|四地|三县|两县|的|境内|一带|县城|，|：|古城|古镇|老城|景区|梯田|机场|火车站|高铁站|口岸|籍)"
)
_BARE = {
    "省": "province",
    "市": "city",
    "州": "prefecture",
    "盟": "prefecture",
    "县": "county",
    "旗": "county",
}


def _bare_offices(text: str, organisations: Sequence[OrgName], hits: Sequence[Hit]) -> list[Hit]:
    """The first sign of 市财政局, 县委: an office of the place where the article is at home."""
    bare = [
        Hit(name.start, name.start + 1, (_BARE[text[name.start]],), "home")
        for name in organisations
        if name.kind in ("government", "party") and text[name.start] in _BARE
    ]
    return clear_of(bare, hits) if bare else []
