"""Which place has, builds, forms or promotes which industry, as the text says it.

Each industry that the text names looks for its place: the nearest group of places before it in the
sentence, a place behind it that it goes to (落户乌海), else the place that the paragraph, the paragraph
before or the headline speaks of. Places where something comes from or goes to, venues and names of firms
do not count; nor do sessions, professions, what is denied, and clauses about the nation. Precision before
coverage.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from sitegen.extract.place_groups import Group, grammar, groups, park_named
from sitegen.extract.reading import between
from sitegen.extract.scene import Scene, scenes
from sitegen.industries import IndustryMention
from sitegen.lexicon import packaged
from sitegen.model import Article, Claim, PlaceIndustry
from sitegen.text import Span, clauses


def place_industries(article: Article) -> tuple[PlaceIndustry, ...]:
    """The pairs of an article, each once a paragraph, in the order of the text; the headline's stand in
    paragraph 0.
    """
    views = scenes(article)
    if not any(view.places for view in views):
        return ()
    found: dict[tuple[int, str, str], None] = {}
    named = [_industries(view) for view in views]
    times = Counter(industry.id for each in named for industry in each)
    headline = _read(views[-1], named[-1], (), ())
    for place, industry in headline.pairs:
        found[0, place, industry] = None
    title = headline.topic
    topic = title
    park: tuple[str, ...] = ()
    no_table = grammar().no_table.search(views[-1].text) is not None
    for number, view in enumerate(views[:-1]):
        if no_table and _is_row(view.text):
            continue
        counted = [each for each in named[number] if times[each.id] > 1 or _is_evident(view, each)]
        read = _read(view, counted, _inherited(view, topic, title, park), title)
        for place, industry in read.pairs:
            found[number, place, industry] = None
        park = park_named(view, title) or park
        topic = topic if view.text[-1:].isdigit() and _is_row(view.text) else read.topic or topic
    written_out = _written_out({place for _, place, _ in found}, "\n".join(view.text for view in views))
    full = dict.fromkeys((number, written_out[place], industry) for number, place, industry in found)
    return tuple(PlaceIndustry(place, industry, article.id, number) for number, place, industry in full)


def with_signed(
    article: Article, pairs: Sequence[PlaceIndustry], claims: Sequence[Claim]
) -> tuple[PlaceIndustry, ...]:
    """The pairs, and those of what was signed for a place: 签约项目中，电子信息96个、食品87个."""
    found = dict.fromkeys(pairs)
    known = {(pair.place, pair.industry) for pair in pairs}
    views = scenes(article)
    for claim in claims:
        if claim.kind != "signing" or not claim.place:
            continue
        for mention in between(views[claim.paragraph].industries, claim.start - _COUNTED, claim.start):
            counted = claim.start - mention.end <= _COUNTED and (claim.place, mention.id) not in known
            if counted and _CLASS.fullmatch(views[claim.paragraph].text, mention.end, claim.start):
                known.add((claim.place, mention.id))
                found[PlaceIndustry(claim.place, mention.id, article.id, claim.paragraph)] = None
    return tuple(sorted(found, key=lambda pair: pair.paragraph))


_COUNTED = 12  # characters of an industry's name and what stands between it and its number
_CLASS = re.compile(r"(?:类|产业|行业|领域|制造)?(?:的)?(?:项目)?(?:共|有|达)?")
_FEW = 2  # places that a paragraph which names none may be about: a division and its park


def _written_out(places: set[str], text: str) -> dict[str, str]:
    """The longest name that the article gives each place: 湛江经济技术开发区 for its 湛江经开区."""
    found = {}
    for place in places:
        longer = (
            place.replace(short, full) for short, full in grammar().park_shorts.items() if short in place
        )
        found[place] = next((name for name in longer if name in text), place)
    return found


class _Read(NamedTuple):
    pairs: tuple[tuple[str, str], ...]
    topic: tuple[str, ...]


def _inherited(
    view: Scene, topic: tuple[str, ...], title: tuple[str, ...], last_park: tuple[str, ...]
) -> tuple[str, ...]:
    """The place that a paragraph starts with: the last one where it says so, else the headline's."""
    g = grammar()
    bare = g.bare_park.search(view.text) if last_park else None
    if bare and last_park[-1].endswith((bare.group()[-2:], "园")) and not park_named(view, title):
        return last_park
    if len(topic) > 1 and topic[-1].endswith(g.park_ends) and topic[-1] not in title:
        topic = topic if topic[-1][-2:] in view.text else topic[:-1]
    if g.same_place.match(view.text) or _is_row(view.text):
        return topic
    ends = g.park_ends if topic and topic[-1].endswith(g.park_ends) else ()
    park = next((end for end in ends if topic[-1].endswith(end)), None)
    return (
        topic if park and not title and park in view.text else title or (topic if len(topic) <= _FEW else ())
    )


def _is_row(text: str) -> bool:
    """A row of a table: three cells or more, and no full stop."""
    return "。" not in text and len(text.split()) >= 3


def _is_evident(view: Scene, industry: IndustryMention) -> bool:
    """Tell whether what stands around a mention shows an industry at work, or its own word does."""
    g, text = grammar(), view.text
    return (
        industry.id in g.named_by_itself
        or g.own_name.search(industry.printed) is not None
        or _is_row(text)
        or _is_owned(view, industry)
        or g.evident_behind.match(text, industry.end) is not None
        or g.evident_before.search(text, max(0, industry.start - _AROUND), industry.start) is not None
    )


def _is_owned(view: Scene, industry: IndustryMention) -> bool:
    """Tell whether the product is said to be that of the place right before it: 曹县的汉服, 清河县的羊绒."""
    at = bisect_right(view.places, industry.start, key=itemgetter(0)) - 1
    return (
        at >= 0 and view.text[view.places[at].end : industry.start] == "的" and not view.places[at].anaphora
    )


_AROUND = 60  # characters before an industry, or the list that it stands in, that may show it at work


def _read(
    view: Scene,
    industries: Sequence[IndustryMention],
    topic: tuple[str, ...],
    title: tuple[str, ...],
) -> _Read:
    """The pairs of one paragraph, and the places that it ends with (empty where it names none)."""
    if not view.places and not (industries and (topic or title)):
        return _Read((), ())
    pairs: list[tuple[str, str]] = []
    named: tuple[str, ...] = ()
    row = _is_row(view.text)
    for sentence in (Span(0, len(view.text)),) if row else view.sentences:
        if view.text[max(0, sentence.start - 1) : sentence.start + 1] == "”“":  # another speaker
            named, topic = (), title
        near = groups(view, sentence, named or topic or title) if view.places else []
        here = between(industries, sentence.start, sentence.end)
        if here and not _asks(view.text, sentence):
            pieces = clauses(view.text, sentence)
            for industry in here:
                at = next(n for n, piece in enumerate(pieces) if piece.start <= industry.start < piece.end)
                places = _places(view, sentence, pieces[at : at + 2], near, industry, named or topic, row=row)
                if places and not _set_aside(view, industry):
                    pairs.extend((place, industry.id) for place in places)
        if near:
            first = next((group for group in near if not group.own), near[0])
            named = first.names
    return _Read(tuple(dict.fromkeys(pairs)), named)


def _asks(text: str, sentence: Span) -> bool:
    """A question asserts nothing: 宁夏的储能项目赚不赚钱?"""
    return text[sentence.start : sentence.end].rstrip("”’ ").endswith("?")


def _industries(view: Scene) -> list[IndustryMention]:
    """The industries named, and the signs of an industry at work that no name covers."""
    ids, matcher = _signs()
    found = list(view.industries)
    hits = matcher.find_matches_as_indexes(view.text)
    if not hits:
        return found
    for index, start, end in hits:
        at = bisect_left(view.industries, end, key=itemgetter(0))
        inside = bisect_left(view.places, end, key=itemgetter(0))
        if inside and view.places[inside - 1].end > start:
            continue  # 嘉兴港区 is a place
        if at == 0 or view.industries[at - 1].end <= start:
            found.append(IndustryMention(start, end, ids[index], view.text[start:end]))
    return sorted(found) if len(found) > len(view.industries) else found


@cache
def _signs() -> tuple[tuple[str, ...], AhoCorasick]:
    """The industry of each sign, and the matcher of the signs."""
    data: dict[str, list[str]] = packaged("place_industry.yml")["signs"]
    pairs = [(word, id_) for id_, listed in data.items() for word in listed]
    listed = [word for word, _ in pairs]
    matcher = AhoCorasick(listed, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return tuple(id_ for _, id_ in pairs), matcher


def _set_aside(view: Scene, industry: IndustryMention) -> bool:
    """Name of an organisation or a title, session, profession: no industry that a place has."""
    g = grammar()
    at = bisect_right(view.organisations, industry.start, key=itemgetter(0))
    if industry.id in g.compound and any(each.end == industry.start for each in _before(view, industry)):
        return True
    around = view.organisations[max(0, at - 1) : at]
    if any(industry.start < o.end and o.kind not in ("company", "bank") for o in around):
        return True
    near = max(0, industry.start - 44)
    near = max(near, view.text.rfind("。", near, industry.start))  # nothing before the sentence counts
    if g.not_followed.match(view.text, industry.end) or g.not_preceded.search(
        view.text, near, industry.start
    ):
        return True
    if _is_used(view.text, industry):
        return True
    opened = view.text.rfind("《", max(0, industry.start - 200), industry.start)
    return (
        opened >= 0
        and "》" not in view.text[opened : industry.start]
        and view.text.find("》", industry.end, industry.end + 200) > 0
    )


def _is_used(text: str, industry: IndustryMention) -> bool:
    """Machines at work and not made: 3台采棉机歇人不歇机; 年产2万台采棉机 is an industry."""
    g = grammar()
    low = max(0, industry.start - 24)
    return (
        industry.id in g.devices
        and (
            g.machine_used.search(text, low, industry.start) is not None
            or g.machine_counted.match(text, industry.end) is not None
        )
        and g.machine_made.search(text, low, industry.start) is None
    )


def _before(view: Scene, industry: IndustryMention) -> tuple[IndustryMention, ...]:
    """Give the industry named before this one."""
    at = bisect_left(view.industries, industry.start, key=itemgetter(0))
    return view.industries[max(0, at - 1) : at]


def _holder(view: Scene, group: Group, industry: IndustryMention, topic: tuple[str, ...]) -> tuple[str, ...]:
    """The places of a group that the industry's own park stands for: 装备制造 of 包头装备制造产业园区和…高新区."""
    if not any(mark in view.text[group.start : group.end] for mark in grammar().list_marks):
        return group.names
    at = bisect_right(view.places, industry.start, key=itemgetter(0)) - 1
    holder = view.places[at]
    found = groups(view, Span(holder.start, holder.end), topic)
    return found[-1].names if found and industry.start < holder.end else group.names


def _means(view: Scene, clause: Span, group: Group) -> bool:
    """Tell whether the clause's first place only points back: 资源集中在青海,全省产能占七成."""
    at = bisect_left(view.places, clause.start, key=itemgetter(0))
    first = view.places[at] if at < len(view.places) else None
    return first is not None and first.anaphora and first.start < clause.end and first.name in group.names


def _bracketed(view: Scene, near: Sequence[Group], industry: IndustryMention) -> tuple[str, ...]:
    """The place at the end of the bracket behind the industry; () where there is none."""
    g = grammar()
    for group in near:
        if industry.end <= group.start and view.text.startswith(")", group.end):
            return group.names if g.bracket.fullmatch(view.text, industry.end, group.start) else ()
    return ()


def _of_another(view: Scene, after: int, until: int) -> bool:
    """Tell whether a place that does not count stands right before: 买家是天津的一家电梯厂."""
    passed = between(view.places, after, until)
    return bool(passed) and view.text[passed[-1].end : until] in grammar().of_it


def _places(
    view: Scene,
    sentence: Span,
    pieces: Sequence[Span],
    near: Sequence[Group],
    industry: IndustryMention,
    topic: tuple[str, ...],
    *,
    row: bool,
) -> tuple[str, ...]:
    """The places that have this industry, () where the text does not say so. pieces: its clause and the
    next.
    """
    g = grammar()
    text, clause = view.text, pieces[0]
    piece = text[clause.start : clause.end]
    if g.denied.search(piece) or g.discussed.search(text, clause.start, industry.start):
        return ()
    if (industry.id in g.vague or industry.printed in g.vague_words) and not g.build.search(piece):
        return ()
    if named := _bracketed(view, near, industry):
        return named
    before = [group for group in near if group.start <= industry.start]
    plain = [group for group in before if not group.own] or before
    if (
        g.national.match(piece)
        and not any(group.start >= clause.start for group in plain)
        and not (plain and _means(view, clause, plain[-1]))
    ):
        return ()
    if row and (cells := [group for group in near if not group.own]):
        return cells[-1].names
    if row and not near and g.amount.search(text) and not text[: industry.start].strip():
        return topic  # a row that begins with the product: the table's caption names the place
    if plain:
        last = plain[-1]
        if industry.start < last.end:
            return _holder(view, last, industry, topic)
        gap = text[last.end : industry.start]
        if _of_another(view, last.end, industry.start) or (
            clause.start >= last.end and g.regions.match(text, clause.start)
        ):
            return ()
        if gap == "的" and g.transit.search(text, industry.end, sentence.end):
            return ()
        if g.owner.search(gap) or (
            len(gap) > 3
            and not g.cue.search(text, last.end, sentence.end)
            and not g.tail.match(text, industry.end)
        ):
            return ()
        if "为代表" in gap:
            return tuple(name for group in plain for name in group.names)
        return last.names
    behind = [group for group in near if industry.end <= group.start]
    if behind:
        first = behind[0]
        if first.start < clause.end and g.toward.search(text, industry.end, first.start):
            return first.names
        if (
            g.fronted.match(piece)
            and len(pieces) > 1
            and first.start - pieces[1].start <= 2
            and g.cue.search(piece)
        ):
            return first.names
    if text.endswith(g.unplaced, clause.start, industry.start):
        return ()
    strong = (
        g.strong.search(text, clause.start, pieces[-1].end)
        or g.tail.match(text, industry.end)
        or g.portrait.match(text[sentence.start : sentence.end])
    )
    past = g.past.match(text[sentence.start : sentence.end])
    return topic if strong and not past else ()
