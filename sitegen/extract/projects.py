"""Projects that an article names, with firm, place, industry, stage, money and the claims that speak of
them.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter

from sitegen.extract.place_groups import groups
from sitegen.extract.project_names import Grammar, Named, grammar, names
from sitegen.extract.reading import between
from sitegen.extract.scene import Scene, scenes
from sitegen.model import Article, Claim, Project, Stage
from sitegen.text import Span

_PUNCTUATION = re.compile(r"[“”\"'()（）《》\s—·的]")
_CARRIED = 100  # paragraphs on which a place is carried
_MEMORY = 200  # projects back to which a later mention can point
_SUFFIX = re.compile("(?:项目|工程|基地)?(?:[一二三四五1-5]期)?(?:项目|工程|基地)?$")
_CELLS = re.compile(r"\s+|\||/(?=\D)")
_CELL = re.compile(r"(?:[^\s|/]|/(?=\d))+")
# Two Chinese signs and more: no bare figure.
_PROPER = re.compile(r"[一-鿿A-Za-z0-9·()“”-]*[一-鿿]{2}[一-鿿A-Za-z0-9·()“”-]*")


@dataclass(slots=True)
class _Draft:
    """A project while its mentions are gathered; at: (paragraph, span of the first mention)."""

    named: Named
    key: str
    paragraph: int
    companies: tuple[str, ...] = ()
    claims: dict[str, Claim] = field(default_factory=dict)
    money: str | None = None


def projects(article: Article, claims: Sequence[Claim] = ()) -> tuple[Project, ...]:
    """The named projects in the order of their first mention, one record each.

    claims: those of this article; a project takes its money and its figures from them.
    """
    g = grammar()
    views = scenes(article)
    heads = [tuple(g.head.finditer(view.text)) for view in views[:-1]]
    if not any(heads):
        return ()
    by_paragraph: dict[int, list[Claim]] = {}
    for claim in sorted(claims, key=attrgetter("start")):
        by_paragraph.setdefault(claim.paragraph, []).append(claim)
    brands = _brands(views)
    drafts: list[_Draft] = []
    last: _Draft | None = None
    column: tuple[int, int] | None = None
    for number, view in enumerate(views[:-1]):
        found = _names(view, heads[number]) if heads[number] else []
        row = bool(found or column) and _is_row(view.text)
        if heads[number] and _is_row(view.text):
            column = _column(g, view.text) or column
        elif column and not row:
            column = None
        if row and not found and column:
            found = _under(g, view.text, *column)
        if not found and last is None:
            continue
        previous_last = last
        at: list[tuple[int, _Draft]] = []
        for index, named in enumerate(found):
            if named.proof == "weak" and not (
                row or _has_proof(view, named, found[index - 1].end if index else 0, brands)
            ):
                continue
            key = _key(named.name)
            draft = next((each for each in drafts[-_MEMORY:] if _same(each.key, key)), None)
            if draft is None:
                draft = _Draft(named, key, number)
                drafts.append(draft)
            firm = _firm(view, named, found[index - 1].end if index else 0, row=row)
            if firm and not draft.companies:
                draft.companies = (firm,)
            at.append((named.start, draft))
        last = _gather(g, view, by_paragraph.get(number, []), at, previous_last) or last
    return tuple(_record(article, views, draft, brands) for draft in drafts)


def _column(g: Grammar, text: str) -> tuple[int, int] | None:
    """Which cell of a table's rows names the project, and of how many, as the table's head says; None for any other row."""
    cells = [cell for cell in _CELLS.split(text.strip()) if cell]
    at = next((n for n, cell in enumerate(cells) if g.column.fullmatch(cell)), None)
    return None if at is None or not any(map(g.beside.search, cells)) else (at, len(cells))


def _under(g: Grammar, text: str, at: int, count: int) -> list[Named]:
    """The name in a row of a table whose head says where names stand: 青洲六期 阳江 100 158.0."""
    cells = [cell for cell in _CELL.finditer(text) if cell.group()]
    if len(cells) != count:
        return []
    name = cells[at].group()
    if not _PROPER.fullmatch(name) or g.sums.fullmatch(name):
        return []
    return [Named(cells[at].start(), cells[at].end(), name, None, "table")]


def _names(view: Scene, heads: Sequence[re.Match[str]]) -> list[Named]:
    places = [
        Span(place.start, place.end) for place in view.places if place.level != "park" and not place.anaphora
    ]
    return names(
        view.text, heads, view.organisations, places, [Span(i.start, i.end) for i in view.industries]
    )


def _is_row(text: str) -> bool:
    """A row of a table: three cells or more, and no full stop."""
    return "。" not in text and len([cell for cell in _CELLS.split(text.strip()) if cell]) >= 3


def _has_proof(view: Scene, named: Named, low: int, brands: Mapping[str, str]) -> bool:
    """Its own firm before it in the sentence, its own money, its builders or its brand: 澜昇…基地 of
    江苏澜昇…公司.
    """
    g = grammar()
    sentence = view.sentence_at(named.start)
    if g.money.search(view.text, named.end, min(sentence.end, named.end + 16)):
        return True
    if g.sentence_money.search(view.text, named.end, sentence.end):
        return True
    if named.name[:2] in brands or _builder_behind(view, named):
        return True
    if _is_placed(view, named, sentence):
        return True
    after = view.text[sentence.end : sentence.end + 40]
    if (back := g.back.match(after)) and g.money.search(after, back.end()):
        return True
    if not named.name.endswith(tuple(g.any_head)) or g.works_inside.search(named.name):
        words = (
            g.stages[stage] for stage in g.stages if stage != "planned" or g.works_inside.search(named.name)
        )
        return any(
            pattern.search(view.text, named.end, min(sentence.end, named.end + 24)) for pattern in words
        )
    before = view.text[max(low, sentence.start) : named.start]
    if g.money.search(before) and "个" not in before:
        return True
    firms = between(view.organisations, sentence.start, named.start)
    return any(o.kind == "company" and named.start - o.end < 40 for o in firms)


def _is_placed(view: Scene, named: Named, sentence: Span) -> bool:
    """境内的巴音制氢项目…满负荷试车: it stands somewhere, is at some stage, and its name is more than an industry's."""
    g = grammar()
    if not g.placed.search(view.text, sentence.start, named.start):
        return False
    inside = between(view.industries, named.start, named.end)
    own = named.end - named.start - sum(each.end - each.start for each in inside)
    stages = (g.stages[stage] for stage in g.stages if stage != "planned")
    return own >= len("项目") + 2 and any(
        words.search(view.text, named.end, sentence.end) for words in stages
    )


def _firm(view: Scene, named: Named, low: int, *, row: bool) -> str | None:
    """The company that builds it: right before the name, else the last one before it in its sentence or
    row.
    """
    if named.firm:
        return view.text[named.firm.start : named.firm.end]
    begin = low if row else max(low, view.sentence_at(named.start).start)
    firms = between(view.organisations, begin, named.start)
    before = [o for o in firms if o.end <= named.start and o.kind == "company"]
    if not before or "项目" in view.text[before[-1].end : named.start]:
        return None if row else _builder_behind(view, named)
    return view.text[before[-1].start : before[-1].end]


def _builder_behind(view: Scene, named: Named) -> str | None:
    """The company that the same or the next sentence says builds it: 项目由X公司投资建设."""
    g = grammar()
    sentence = view.sentence_at(named.start)
    following = view.sentence_at(sentence.end) if sentence.end < len(view.text) else sentence
    goes_on = g.back.search(view.text[following.start : following.start + 14])
    until = following.end if goes_on else sentence.end
    for each in view.organisations:
        if not named.end <= each.start < until or each.kind != "company":
            continue
        if view.text[each.start - 1 : each.start] == "由" and g.built.match(view.text, each.end):
            return view.text[each.start : each.end]
    return None


def _key(name: str) -> str:
    return _PUNCTUATION.sub("", name)


def _same(known: str, key: str) -> bool:
    """A later mention may be shorter: PBAT项目 for 年产24万吨PBAT可降解塑料项目. Both as _key gives them."""
    long, short = (known, key) if len(known) >= len(key) else (key, known)
    if short in long:
        return True
    core = _SUFFIX.sub("", short)
    return len(core) >= 3 and core in long


def _gather(
    g: Grammar, view: Scene, claims: Sequence[Claim], at: Sequence[tuple[int, _Draft]], before: _Draft | None
) -> _Draft | None:
    """Give each claim of a paragraph to the project that it speaks of; give the project that the
    paragraph ends with.
    """
    text = view.text
    opened = None
    if before is not None:
        back = g.back.search(text[:14])
        opened = before if (back and back.start() <= 8) or g.listed.match(text) else None
    current, ended = opened, opened
    for sentence in view.sentences:
        first = bisect_left(at, sentence.start, key=itemgetter(0))
        here = at[first : bisect_left(at, sentence.end, key=itemgetter(0))]
        if not here and current is not None and not _goes_on(g, view, sentence):
            current = None
        low, high = (bisect_left(claims, edge, key=attrgetter("start")) for edge in sentence)
        for claim in claims[low:high]:
            owner = next(
                (d for start, d in reversed(here) if start <= claim.start), here[0][1] if here else current
            )
            if owner is None or owner.named.proof == "list":
                continue
            owner.claims.setdefault(claim.id, claim)
            if owner.money is None and _is_own_money(g, text, claim, sentence):
                owner.money = claim.id
        if here:
            current = ended = here[-1][1]
    return ended


def _goes_on(g: Grammar, view: Scene, sentence: Span) -> bool:
    """Tell whether a sentence still speaks of the project before it: it says so, or it names no other
    firm and place.
    """
    if g.back.search(view.text, sentence.start, sentence.end):
        return True
    return not any(
        between(listed, sentence.start, sentence.end) for listed in (view.organisations, view.places)
    )


def _is_own_money(g: Grammar, text: str, claim: Claim, sentence: Span) -> bool:
    """总投资126亿元 is the project's own; 完成投资93亿元 and 带动投资500亿元 are not. A bare sum in a
    row is.
    """
    if claim.unit not in ("CNY", "USD", "EUR", "HKD", "JPY") or claim.kind not in ("investment", "signing"):
        return False
    front = text[max(sentence.start, claim.start - 16) : claim.start]
    if any(word in front for word in g.other_money):
        return False
    return _is_row(text) or g.own_money.search(front) is not None


def _brands(views: Sequence[Scene]) -> dict[str, str]:
    """The companies by every two characters in a row of their first eight, the one named first."""
    found: dict[str, str] = {}
    for view in views:
        for each in view.organisations:
            if each.kind == "company":
                name = view.text[each.start : each.end]
                for at in range(len(name[:8]) - 1):
                    found.setdefault(name[at : at + 2], name)
    return found


def _record(article: Article, views: Sequence[Scene], draft: _Draft, brands: Mapping[str, str]) -> Project:
    view = views[draft.paragraph]
    named = draft.named
    sentence = view.sentence_at(named.start)
    printed = article.paragraphs[draft.paragraph].text
    name = printed[named.start : named.end] if named.proof != "list" else named.name
    placed = any(named.start == place.start for place in view.places) or named.proof == "list"
    brand = None if placed else brands.get(name[:2])
    companies = draft.companies or ((brand,) if brand else ())
    digest = hashlib.sha256(_key(name).encode()).hexdigest()[:6]
    return Project(
        f"{article.id}-p{digest}",
        article.id,
        draft.paragraph,
        name,
        companies,
        _place(views, draft, sentence),
        _industry(view, named, draft),
        _stage(view.text, named, sentence)
        or (_stage(views[-1].text, named, Span(0, len(views[-1].text))) if _is_row(view.text) else None),
        draft.money,
        tuple(
            sorted(draft.claims, key=lambda each: (draft.claims[each].paragraph, draft.claims[each].start))
        ),
        printed[sentence.start : sentence.end].strip(),
    )


def _place(views: Sequence[Scene], draft: _Draft, sentence: Span) -> str | None:
    """位于X的 before the name, the place in the name, the nearest in its sentence, of its claims, the
    last before.
    """
    view, named = views[draft.paragraph], draft.named
    near = [group for group in groups(view, sentence, ()) if not named.start <= group.start < named.end]
    first = bisect_left(view.places, named.start, key=itemgetter(0))
    front = view.places[first - 1] if first else None
    if front and front.end == named.start - 1 and view.text[front.end] in "的(“":
        return front.name
    inside = between(view.places, named.start, named.end) if named.proof != "list" else ()
    if inside and inside[-1].level != "park":
        return inside[-1].name
    if near:
        after = [group for group in near if group.start > named.end] if _is_row(view.text) else []
        return min(after or near, key=lambda group: (group.own, abs(group.start - named.start))).names[0]
    if given := next((claim.place for claim in draft.claims.values() if claim.place), None):
        return given
    for earlier in reversed(views[max(0, draft.paragraph - _CARRIED) : draft.paragraph + 1]):
        end = named.start if earlier is view else len(earlier.text)
        for span in reversed(earlier.sentences):
            found = (
                [group for group in groups(earlier, span, ()) if group.start < end]
                if span.start < end
                else []
            )
            if found:
                return found[-1].names[0]
    title = groups(views[-1], Span(0, len(views[-1].text)), ())
    return title[-1].names[0] if title else None


def _industry(view: Scene, named: Named, draft: _Draft) -> str | None:
    inside = between(view.industries, named.start, named.end)
    if inside:
        return max(inside, key=lambda i: (i.end - i.start, i.start)).id
    return next((claim.industry for claim in draft.claims.values() if claim.industry), None)


def _stage(text: str, named: Named, sentence: Span) -> Stage | None:
    """The stage whose word stands nearest to the name in its sentence; 投产后 and 明年投产 are plans."""
    g = grammar()
    best: tuple[int, Stage] | None = None
    order: tuple[Stage, ...] = ("pilot", "signed", "operation", "construction", "planned")
    for stage in order:
        for match in g.stages[stage].finditer(text, sentence.start, sentence.end):
            if named.start <= match.start() < named.end:
                continue
            found: Stage = stage
            if stage == "operation" and (
                text.startswith(g.stage_after, match.end())
                or g.stage_future.search(text, sentence.start, match.start())
            ):
                found = "planned"
            distance = max(named.start - match.end(), match.start() - named.end, 0)
            if best is None or distance < best[0]:
                best = (distance, found)
    return best[1] if best else None
