"""Claims of an article: every number that it asserts, with what, where, when and how sure; the rest is noise or a warning."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sitegen.extract.neighbours import shared_labels, signed_money, with_ids
from sitegen.extract.reading import Reading, between, headline_places, readings
from sitegen.extract.sections import Section, sections
from sitegen.extract.tables import Header, TableUnit, headers, row_place, table_tokens, table_unit
from sitegen.extract.when import period_of, report_period
from sitegen.extract.where import Topics, event_place, place_of, topics
from sitegen.matchers.bounds import bound_at
from sitegen.matchers.changes import Change, change_of
from sitegen.matchers.elided import with_unit
from sitegen.matchers.kinds import kind_of, table_kind
from sitegen.matchers.labels import label_of, whole_of
from sitegen.matchers.noise import denied
from sitegen.matchers.rates import per_of
from sitegen.matchers.statuses import planned_behind, status_at, works_ahead
from sitegen.matchers.thresholds import is_threshold
from sitegen.matchers.tokens import COUNTED, Noise, Quantity, Token, Unread
from sitegen.model import Article, Bound, Claim, Kind, Status, Warning
from sitegen.periods import event_words, last_year
from sitegen.text import Span, trimmed

Speaker = Callable[[int, int], str | None]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What became of the numerals of an article."""

    claims: tuple[Claim, ...]
    noise: tuple[tuple[int, Noise], ...]
    warnings: tuple[Warning, ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is the same for all numbers of an article."""

    article: Article
    readings: tuple[Reading, ...]
    topics: Topics
    speaker: Speaker
    table: TableUnit | None
    report: str | None
    event: str | None
    sections: tuple[Section, ...]


def numbers(
    article: Article, speaker: Speaker = lambda paragraph, start: None, names: frozenset[str] = frozenset()
) -> Numbers:
    """Read every numeral of the article's paragraphs. names: the persons whom it names."""
    read = readings(article, names)
    scope = _Scope(
        article,
        read,
        topics(read, article, headline_places(article), names),
        speaker,
        table_unit(article),
        report_period(read, article),
        _event(article, read),
        sections(article),
    )
    claims: list[Claim] = []
    noise: list[tuple[int, Noise]] = []
    warnings: list[Warning] = []
    for reading, header in zip(read, headers(read), strict=True):
        for token, head in _tokens(reading, header, scope.table):
            found = _claim(scope, reading, token, header, head) if isinstance(token, Quantity) else token
            if isinstance(found, Noise):
                noise.append((reading.index, found))
            elif isinstance(found, Unread):
                warnings.append(_unread(article, reading, found))
            else:
                claims.append(found)
    return Numbers(with_ids(article, shared_labels(signed_money(claims))), tuple(noise), tuple(warnings))


def _tokens(
    reading: Reading, header: Header | None, table: TableUnit | None
) -> tuple[tuple[Token, str], ...]:
    if header is not None:
        return table_tokens(reading, header, table)
    return tuple((with_unit(reading.folded, token), "") for token in reading.tokens)


def _claim(
    scope: _Scope, reading: Reading, quantity: Quantity, header: Header | None, head: str
) -> Claim | Noise:
    folded, start = reading.folded, quantity.start
    sentence, clause = reading.sentence_at(start), reading.clause_at(start)
    lead = folded[clause.start : start]
    if denied(lead, folded[quantity.end : _next_number(reading, quantity, sentence)]):
        return Noise(start, quantity.end, "denied")
    if reading.is_named(start, quantity.end):
        return Noise(start, quantity.end, "name")
    reason = is_threshold(folded, quantity)
    if reason:
        return Noise(start, quantity.end, reason)
    segment, tail = _segment(reading, quantity, clause), _tail(reading, quantity, clause)
    bound, bound_word = _bound(reading, quantity, clause)
    status, status_word = status_at(folded, start, sentence, _now(scope.article))
    section = scope.sections[reading.index]
    if status == "actual" and not status_word and section.status != "actual":
        status, status_word = section.status, "section"
    change = change_of(folded, quantity, clause, sentence)
    kind, how = _kind(reading, quantity, change, clause, sentence, segment, tail)
    if status == "actual" and kind in {"capacity", "progress"}:
        later = planned_behind(
            folded, quantity.end, min(clause.end, _next_number(reading, quantity, sentence))
        )
        later = later or (works_ahead(folded, quantity.end, sentence) if kind == "capacity" else "")
        status, status_word = ("planned", later) if later else (status, status_word)
    place = place_of(scope.readings, scope.topics, reading.index, start, clause, sentence)
    per = per_of(folded, quantity, reading.quantities_in(sentence), clause, sentence, pair=change.from_to)
    if header is not None:
        place = row_place(reading) or place
        if quantity.digits_end == quantity.end:
            per = None
            kind, how = (
                table_kind(f"{scope.article.title or ''} {header.above}", head, quantity.dimension) or kind,
                "table",
            )
    if per == "year" and status != "actual" and kind == "output" and quantity.dimension != "energy":
        kind = "capacity"  # what a plant will make in a year is what it can make
    subject = _subject(scope, reading, start, sentence, kind)
    if kind in {"signing", "progress"} and header is None:
        place = event_place(subject, place, scope.topics, reading.index, start, sentence)
    value, top = _signed(quantity, change, kind)
    period = period_of(
        reading, start, sentence, kind, status, scope.article.date, section.report or scope.report, change
    )
    status = _future(status, period, scope.article, folded[sentence.start : start])
    return Claim(
        id="", article=scope.article.id, paragraph=reading.index, start=start, end=quantity.end,
        raw=reading.text[start : quantity.end], value=value, value_max=top, unit=quantity.unit,
        per=per, bound=bound, status=status, kind=kind,
        label=label_of(reading.text, quantity, segment, clause.end, _names(reading, sentence), kind), of=whole_of(folded, quantity, clause),
        place=place,
        industry=_industry(reading, quantity, clause, sentence), period=period,
        subject=subject, quote=_quote(reading.text, sentence),
        speaker=scope.speaker(reading.index, start),
        why=(f"bound: {bound_word or '-'}", f"status: {status_word or '-'}", f"kind: {how}", f"change: {change.word or '-'}"),
    )  # fmt: skip


@lru_cache(maxsize=16)
def _quote(text: str, sentence: Span) -> str:
    """The sentence without blanks and quotation marks around it; its numbers share it."""
    start, end = trimmed(text, sentence)
    return text[start:end]


def _next_number(reading: Reading, quantity: Quantity, sentence: Span) -> int:
    """Where the next number of the sentence begins, or the sentence ends."""
    following = reading.quantities_in(Span(quantity.end, sentence.end))
    return following[0].start if following else sentence.end


def _names(reading: Reading, sentence: Span) -> tuple[Span, ...]:
    """Places and dates of the sentence in order: where and when, not what."""
    spans = [Span(m.start, m.end) for m in between(reading.places, *sentence) if not m.in_organisation]
    spans += [Span(date.start, date.end) for date in between(reading.dates, *sentence)]
    return tuple(sorted(spans))


def _segment(reading: Reading, quantity: Quantity, clause: Span) -> Span:
    """From the number before it in its clause, or the clause's start, to the number."""
    before = reversed(reading.tokens_in(Span(clause.start, quantity.start)))
    end = next(
        (token.end for token in before if token.end <= quantity.start and _counts(reading, token)),
        clause.start,
    )
    return Span(end, quantity.start)


def _counts(reading: Reading, token: Token) -> bool:
    """The token is a number of its own: no noise, no mere limit of a class (亿元以上项目149个)."""
    if isinstance(token, Quantity):
        return is_threshold(reading.folded, token) is None
    return not isinstance(token, Noise)


_JOINT = re.compile(r"[、和及与][一-鿿A-Za-z]{0,10}")


def _list_end(reading: Reading, quantity: Quantity, clause: Span) -> int:
    """Where the list of quantities (A1吨、B2吨、C3吨) that the number is in ends; its own end where there is no list."""
    end = quantity.end
    for token in reading.tokens_in(Span(quantity.end, clause.end)):
        if not isinstance(token, Quantity) or not _JOINT.fullmatch(reading.folded[end : token.start]):
            break
        end = token.end
    return end


def _tail(reading: Reading, quantity: Quantity, clause: Span) -> int:
    """Where the words behind the number stop speaking of it."""
    starts = [
        token.start
        for token in reading.tokens_in(Span(quantity.end, clause.end))
        if not isinstance(token, Noise)
    ]
    return min(min(starts, default=clause.end), quantity.end + 16)


def _bound(reading: Reading, quantity: Quantity, clause: Span) -> tuple[Bound, str]:
    """The words around the number first; what it says of itself where they are silent; vague pairs are about."""
    if quantity.value_max is not None and quantity.bound == "about":
        return "about", "两数相邻"
    bound, word = bound_at(reading.folded, quantity.start, quantity.end, clause)
    if bound == "exact":
        return quantity.bound, ""
    if quantity.bound == "about" and bound in {"at_least", "at_most"} and quantity.measure == "级":
        return "about", word
    return bound, word


def _kind(
    reading: Reading,
    quantity: Quantity,
    change: Change,
    clause: Span,
    sentence: Span,
    segment: Span,
    tail: int,
) -> tuple[Kind, str]:
    if change.from_to or quantity.growth:
        return "growth", "from–to" if change.from_to else "番"
    if quantity.dimension == "energy" and reading.folded[quantity.start - 1 : quantity.start] == "/":
        return "capacity", "power/energy"  # 55万千瓦/110万千瓦时: a store of energy
    if quantity.dimension in {"rate", "points", "times"} and change.word:
        return "growth", f"change {change.word}"
    hits = between(reading.hits, sentence.start, sentence.end)
    return kind_of(
        [hit for hit in hits if hit.cue.kind != "growth"] if change.reached else hits,
        quantity,
        clause=clause,
        sentence=sentence,
        segment=segment,
        tail=tail,
        list_end=_list_end(reading, quantity, clause),
    )


def _signed(quantity: Quantity, change: Change, kind: str) -> tuple[Decimal, Decimal | None]:
    """A decrease is negative; both ends of a from–to pair are levels and keep their sign."""
    if change.falls and kind == "growth" and not change.from_to and quantity.dimension in {"rate", "points"}:
        return -quantity.value, None if quantity.value_max is None else -quantity.value_max
    return quantity.value, quantity.value_max


_BY_YEAR = re.compile(r"到“?(?:20\d\d年?|十[四五六]五)”?(?:末|底)?(?!的|\d)")


def _now(article: Article) -> int | None:
    """The year in which the article was written, or None."""
    return int(article.date[:4]) if article.date else article.year


def _future(status: Status, period: str | None, article: Article, lead: str) -> Status:
    """A number for a year after the article's is no fact yet; 到2027年 sets a target."""
    year = last_year(period)
    if status != "actual" or not year:
        return status
    now = _now(article)
    if _BY_YEAR.search(lead) and (now is None or year > now):
        return "target"
    if article.date and now and year > now:
        return "target" if re.search(r"达到|突破|要", lead) else "planned"
    return status


def _industry(reading: Reading, quantity: Quantity, clause: Span, sentence: Span) -> str | None:
    """The industry named nearest: before the number in its clause, behind it, before it in the sentence, the paragraph.

    None for a count that sums up a list of several (新能源、新材料、低空经济10大产业集群).
    """
    start = quantity.start
    inside = [m for m in between(reading.industries, clause.start, start) if m.end <= start]
    after = between(reading.industries, start, min(clause.end, quantity.end + 16))
    if quantity.dimension in COUNTED and len(inside) >= 2:
        return after[0].id if len(after) == 1 else None
    if inside:
        return inside[-1].id
    if len(after) == 1:
        return after[0].id
    before = between(reading.industries, max(0, sentence.start - _CARRIED), start)
    return before[-1].id if before else None


_CARRIED = 600  # characters that an event or an industry is carried on within a paragraph
_EVENT = re.compile(
    r"(?:第[一-鿿\d]{1,4}届|(?:19|20)\d{2}(?!年))[一-鿿()（）“”·]{2,24}?(?:活动|大会|论坛|博览会|峰会|展会|交易会|推介会|洽谈会)(?:[(（][一-鿿]{2,6}[)）])?"
)


_SUMMED = re.compile(r"(?:等)?[0-9二三四五六七八九十两]+(?:家|个|户)")  # the last of several: A、B及C三家企业


def _subject(scope: _Scope, reading: Reading, start: int, sentence: Span, kind: str) -> str | None:
    """The event or organisation that the number is about: printed before it in the sentence, else carried on.

    Agreements and their progress go on speaking of the event of the paragraph; 本次, 开幕式上 mean the article's event.
    """
    events = list(_EVENT.finditer(reading.text, max(0, sentence.start - _CARRIED), start))
    inside = [match for match in events if match.start() >= sentence.start]
    if inside:
        return inside[-1][0]
    firms = [
        o
        for o in between(reading.organisations, sentence.start, start)
        if o.end <= start and o.kind in {"company", "bank"} and not _SUMMED.match(reading.folded, o.end)
    ]
    if kind in {"signing", "progress"} and events:
        return events[-1][0]
    lead = reading.text[sentence.start : start]
    if kind in {"signing", "progress", "count"} and any(word in lead for word in event_words()):
        return scope.event
    return reading.text[firms[-1].start : firms[-1].end] if firms else None


def _event(article: Article, read: Sequence[Reading]) -> str | None:
    """The event that the article reports: of the latest year that it names, in the headline or the text."""
    found = [
        match[0] for text in (article.title or "", *(r.text for r in read)) for match in _EVENT.finditer(text)
    ]
    years = {name: match[0] for name in found if (match := re.search(r"(?:19|20)\d{2}", name))}
    return max(found, key=lambda name: years.get(name, ""), default=None)


def _unread(article: Article, reading: Reading, token: Unread) -> Warning:
    printed = reading.text[token.start : token.end]
    around = reading.text[max(0, token.start - 8) : token.end + 8]
    line = article.paragraphs[reading.index].line_at(token.start)
    return Warning(
        "W-NUMERAL", f"“{around}”中的“{printed}”没有读出单位", article.source, line, article=article.id
    )
