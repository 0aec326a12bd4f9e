"""Claims of an article: every number that it asserts, with what, where, when and how sure; the rest is noise or a warning."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from sitegen.extract.around import list_end, names_in, next_number, quote_of, segment_of, tail_of
from sitegen.extract.neighbours import (
    Ids,
    begun_parts,
    listed_money,
    shared_labels,
    signed_money,
    signed_parts,
)
from sitegen.extract.reading import CARRIED, Reading, between, headline_places, readings
from sitegen.extract.reasons import (
    BARE,
    PAIR,
    Because,
    Evidence,
    because,
    from_to,
    near,
    spoken_by,
    told_again,
    with_reasons,
    word_because,
)
from sitegen.extract.sections import Section, sections
from sitegen.extract.subjects import event_of, subject_of
from sitegen.extract.tables import (
    Header,
    TableUnits,
    column_label,
    headers,
    row_place,
    table_tokens,
    table_units,
)
from sitegen.extract.topics import Topics, topics
from sitegen.extract.when import REPORTED, future, period_of, report_period, reported
from sitegen.extract.where import event_place, place_of
from sitegen.lexicon import packaged
from sitegen.matchers.bounds import bound_at
from sitegen.matchers.changes import Change, change_of
from sitegen.matchers.elided import with_unit
from sitegen.matchers.kinds import BY_UNIT, counts_else, kind_of, table_kind
from sitegen.matchers.labels import label_of, whole_of
from sitegen.matchers.noise import denied
from sitegen.matchers.rates import per_of
from sitegen.matchers.statuses import done_behind, planned_behind, status_at, works_ahead
from sitegen.matchers.thresholds import is_threshold
from sitegen.matchers.tokens import COUNTED, Noise, Quantity, Token, Unread
from sitegen.model import Article, Bound, Claim, Kind, Warning
from sitegen.text import Span, either

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
    table: TableUnits
    report: str | None
    event: str | None
    sections: tuple[Section, ...]
    ids: Ids
    explain: bool


def numbers(
    article: Article,
    speaker: Speaker = lambda paragraph, start: None,
    names: frozenset[str] = frozenset(),
    *,
    explain: bool = False,
) -> Numbers:
    """Read every numeral of the article's paragraphs. names: the persons whom it names.  explain: with the reason for each
    field.
    """
    read = readings(article, names)
    scope = _Scope(
        article,
        read,
        topics(read, article, headline_places(article), names),
        speaker,
        table_units(article),
        report_period(read, article),
        event_of(article, read),
        sections(article),
        Ids(article.id),
        explain,
    )
    claims: list[Claim] = []
    noise: list[tuple[int, Noise]] = []
    warnings: list[Warning] = []
    for reading, header in zip(read, headers(read), strict=True):
        for token, head in _tokens(reading, header, scope.table):
            found = _claim(scope, reading, token, header, head) if isinstance(token, Quantity) else token
            if isinstance(found, Noise):
                noise.append((reading.number, found))
            elif isinstance(found, Unread):
                warnings.append(_unread(article, reading, found))
            else:
                claims.append(found)
    texts = [paragraph.text for paragraph in article.paragraphs]
    claims = signed_parts(signed_money(listed_money(claims), texts), texts)
    claims = shared_labels(begun_parts(claims, texts), texts)
    return Numbers(tuple(claims), tuple(noise), tuple(warnings))


def _tokens(reading: Reading, header: Header | None, table: TableUnits) -> tuple[tuple[Token, str], ...]:
    if header is not None:
        return table_tokens(reading, header, table)
    return tuple((with_unit(reading.folded, token), "") for token in reading.tokens)


def _claim(
    scope: _Scope, reading: Reading, quantity: Quantity, header: Header | None, head: str
) -> Claim | Noise:
    folded, start = reading.folded, quantity.start
    sentence, clause = reading.sentence_at(start), reading.clause_at(start)
    if quantity.end > sentence.end:  # a run without a full stop, cut at a length, ended inside the number
        sentence = Span(sentence.start, quantity.end)
    lead = folded[clause.start : start]
    if denied(lead, folded[quantity.end : next_number(reading, quantity, sentence)]):
        return Noise(start, quantity.end, "denied")
    if reading.is_named(start, quantity.end):
        return Noise(start, quantity.end, "name")
    reason = is_threshold(folded, quantity)
    if reason:
        return Noise(start, quantity.end, reason)
    segment, tail = segment_of(reading, quantity, clause), tail_of(reading, quantity, clause)
    bound, bound_word = _bound(reading, quantity, clause)
    status, status_word = status_at(folded, start, sentence, scope.article.written)
    sure = f"a word of {status}" if status_word else "no word of plan or target"
    section = scope.sections[reading.number]
    if status == "actual" and not status_word and section.status != "actual":
        status, sure = section.status, f"a subhead above announces what is {section.status}"
    change = change_of(folded, quantity, clause, sentence)
    if change.from_to and not change.level and status != "actual":
        status, sure, status_word = "actual", "a plan begins where things stand", ""
    kind, how, cue = _kind(reading, quantity, change, clause, sentence, segment, tail)
    per = per_of(folded, quantity, reading.quantities_in(sentence), clause, sentence, pair=change.from_to)
    if status != "actual" and done_behind(folded, quantity.end):
        status, sure, status_word = "actual", "behind it, that all of it is done", ""
    yearly = per == "year" and kind in {"capacity", "output"}
    if status == "actual" and (yearly or kind in {"capacity", "progress"}):
        limit = next_number(reading, quantity, sentence)
        own = min(clause.end, limit)
        later = planned_behind(folded, quantity.end, own, own if kind == "progress" else limit)
        if not later and kind != "progress":
            later = works_ahead(folded, start, quantity.end, sentence, yearly=yearly)
        status, status_word = ("planned", later) if later else (status, status_word)
        sure = "behind it, works still to come" if later else sure
    place, here = place_of(scope.readings, scope.topics, reading.number, start, clause, sentence)
    if header is not None:
        row = row_place(reading)
        cell = next((m for m in reading.places if m.name == row), None)
        here = because("named in its row of the table", cell) if cell else here
        place = row or place
        if quantity.digits_end == quantity.end:
            per = None
            kind, how = (
                table_kind(f"{scope.article.title or ''} {header.above}", head, quantity.dimension) or kind,
                "the head of its column, or the title of the table",
            )
            cue = Span(0, 0)
    if (
        per == "year"
        and status != "actual"
        and kind == "output"
        and not _MADE.search(lead)
        and quantity.dimension != "energy"
    ):
        kind, how = "capacity", "what a plant will make in a year is what it can make"
    elif kind == "capacity" and per == "year" and status == "actual" and _is_grown(folded, sentence, start):
        kind, how = "output", "what fields and herds give in a year is what they gave"
    subject, about = subject_of(reading, scope.event, start, sentence, kind)
    if kind in {"signing", "progress"} and header is None:
        there = event_place(subject, place, scope.topics, reading.number, start, sentence)
        here = (
            here if there == place else Because("named in the event", about.start, about.end, about.paragraph)
        )
        place = there
    value, top = _signed(quantity, change, kind)
    period, then = period_of(
        reading, start, sentence, kind, status, scope.article.date, section.reported or scope.report, change
    )
    if period is None and status != "actual" and section.planned_for:
        period, then = section.planned_for, Because("the year for which the subhead above announces it")
    later_year = future(status, period, scope.article, folded[sentence.start : start])
    if later_year != status:
        status, sure, status_word = later_year, "its year is later than the article's", ""
    industry, trade = _industry(reading, quantity, clause, sentence)
    speaker = scope.speaker(reading.number, start)
    words = quote_of(reading.text, sentence)
    raw = reading.text[start : quantity.end]
    column = column_label(head) if header and quantity.digits_end == quantity.end else ""
    label = column or label_of(reading.text, quantity, segment, clause.end, names_in(reading, sentence), kind)
    claim = Claim(
        id=scope.ids.of(words, raw), article=scope.article.id, paragraph=reading.number, start=start, end=quantity.end,
        raw=raw, value=value, value_max=top, unit=quantity.unit,
        per=per, bound=bound, status=status, kind=kind,
        label=label, of=whole_of(reading.text, folded, quantity, clause),
        place=place,
        industry=industry, period=period,
        subject=subject, quote=words,
        speaker=speaker,
        why=PAIR if change.word == "从…到" else BARE if how == BY_UNIT else (),
    )  # fmt: skip
    if not scope.explain:
        return claim
    then = reported(scope.article, period) if then.rule == REPORTED else then
    found = Evidence(
        reading, quantity, clause, sentence, change, bound_word, word_because(reading, quantity, sentence, status_word, sure),
        because(how, cue), here, trade, then, about, spoken_by(scope.readings, reading.number, start, speaker),
    )  # fmt: skip
    explained = with_reasons(claim, found)
    if header is None or not column:
        return explained
    at = scope.readings[header.paragraph].folded.find(column)
    why = Because("the head of its column", at, at + len(column), header.paragraph)
    return replace(explained, why=told_again(explained, "label", why)) if at >= 0 else explained


def _is_grown(folded: str, sentence: Span, start: int) -> bool:
    """牦牛存栏560万头，年产牦牛奶12万吨: of fields or herds, and of no works."""
    grown = _grown().search(folded, sentence.start, start)
    return grown is not None and _works().search(folded, *sentence) is None


@cache
def _grown() -> re.Pattern[str]:
    return re.compile(rf"{either(packaged('rates.yml')['grown'])}|[0-9多余万亿]亩")


@cache
def _works() -> re.Pattern[str]:
    return re.compile(either(packaged("rates.yml")["works"]))


_MADE = re.compile(
    r"(?:产量|销量|吞吐量|运量|总产)[^,;。可]{0,10}$"
)  # a quantity that will be made, not the power to make it


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
) -> tuple[Kind, str, Span]:
    if change.from_to:
        opening = from_to(reading, quantity, sentence)
        return "growth", "an end of a change", Span(opening.start, opening.end)
    if quantity.growth:
        return "growth", "the number itself says a change", Span(quantity.start, quantity.end)
    if quantity.dimension == "energy" and reading.folded[quantity.start - 1 : quantity.start] == "/":
        return (
            "capacity",
            "power/energy: a store of energy",
            Span(0, 0),
        )  # 55万千瓦/110万千瓦时: a store of energy
    if quantity.per == "年" and quantity.dimension in {"mass", "volume"}:
        return "capacity", "so much a year is what works can make", Span(quantity.start, quantity.end)
    if change.word:
        return "growth", "the size of a change", near(reading, quantity, sentence, change.word)
    hits = between(reading.hits, sentence.start, sentence.end)
    if quantity.measure == "个" and counts_else(reading.folded, quantity.end):
        hits = [hit for hit in hits if hit.cue.kind not in {"signing", "progress"}]
    return kind_of(
        [hit for hit in hits if hit.cue.kind != "growth"] if change.reached else hits,
        quantity,
        clause=clause,
        sentence=sentence,
        segment=segment,
        tail=tail,
        list_end=list_end(reading, quantity, clause),
        dated=any(date.iso for date in between(reading.dates, clause.start, quantity.start)),
    )


def _signed(quantity: Quantity, change: Change, kind: str) -> tuple[Decimal, Decimal | None]:
    """A decrease is negative; both ends of a from–to pair are levels and keep their sign."""
    if change.falls and kind == "growth" and not change.from_to and quantity.dimension != "times":
        return -abs(quantity.value), None if quantity.value_max is None else -abs(quantity.value_max)
    return quantity.value, quantity.value_max


def _industry(
    reading: Reading, quantity: Quantity, clause: Span, sentence: Span
) -> tuple[str | None, Because]:
    """The industry named nearest: before the number in its clause, behind it, before it in the sentence, the paragraph;
    and why.

    None for a count that sums up a list of several (新能源、新材料、低空经济10大产业集群).
    """
    start = quantity.start
    inside = [m for m in between(reading.industries, clause.start, start) if m.end <= start]
    after = between(reading.industries, start, min(clause.end, quantity.end + 16))
    if quantity.dimension in COUNTED and len(inside) >= 2:
        inside = []
        if len(after) != 1:
            return None, Because("it sums up a list of several")
    if inside:
        return inside[-1].id, because("named before it in its clause", inside[-1])
    if len(after) == 1:
        return after[0].id, because("named behind it in its clause", after[0])
    before = between(reading.industries, max(0, sentence.start - CARRIED), start)
    if not before:
        return None, Because("no industry is named before it")
    return before[-1].id, because("named before it in its paragraph", before[-1])


def _unread(article: Article, reading: Reading, token: Unread) -> Warning:
    printed = reading.text[token.start : token.end]
    around = reading.text[max(0, token.start - 8) : token.end + 8]
    line = article.paragraphs[reading.number].line_at(token.start)
    return Warning(
        "W-NUMERAL", f"“{around}”中的“{printed}”没有读出单位", article.source, line, article=article.id
    )
