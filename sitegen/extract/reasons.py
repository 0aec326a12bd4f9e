"""Why a claim reads as it does: for each field the rule that decided and the printed words that it went by.

The rules say so themselves (Because) where they look for words; here this is gathered, and what only needs finding again
in the sentence is found. Nothing here decides anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from sitegen.extract.reading import Reading
from sitegen.matchers.changes import Change
from sitegen.matchers.kinds import BY_UNIT
from sitegen.matchers.rates import per_words
from sitegen.matchers.tokens import Quantity
from sitegen.model import Claim, Reason
from sitegen.text import Span

FROM_TO = "an end of a pair, from … to …"

PAIR = (Reason("change", FROM_TO),)
"""What every claim that is an end of a pair says, asked or not: its neighbour's label depends on it."""

BARE = (Reason("kind", BY_UNIT),)
"""What a claim says, asked or not, whose kind no word gave: it may take that of a neighbour."""


class Because(NamedTuple):
    """A rule and the words at [start, end) of a paragraph (HEADLINE: of the title); None: the number's own."""

    rule: str
    start: int = 0
    end: int = 0
    paragraph: int | None = None


class _Words(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def because(rule: str, words: _Words, paragraph: int | None = None) -> Because:
    """The rule with words that were found at their place: a mention, a date, a name."""
    return Because(rule, words.start, words.end, paragraph)


def told_again(claim: Claim, field: str, why: Because) -> tuple[Reason, ...]:
    """The reasons of a claim, that of one field replaced."""
    paragraph = claim.paragraph if why.paragraph is None else why.paragraph
    new = Reason(field, why.rule, why.start, why.end, paragraph)
    return tuple(new if each.field == field else each for each in claim.why)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules said about one number while it was read."""

    reading: Reading
    quantity: Quantity
    clause: Span
    sentence: Span
    change: Change
    bound: str  # the word of bound, "" for none
    status: Because
    kind: Because
    place: Because
    industry: Because
    period: Because
    subject: Because
    speaker: Because


def with_reasons(claim: Claim, found: Evidence) -> Claim:
    """The claim with a reason for each of its fields."""
    named = {
        "value": _value(claim, found),
        "unit": _unit(claim, found),
        "per": _per(claim, found),
        "bound": _bound(claim, found),
        "status": found.status,
        "kind": found.kind,
        "label": _label(claim, found),
        "of": _of(claim, found),
        "place": found.place,
        "industry": found.industry,
        "period": found.period,
        "subject": found.subject,
        "speaker": found.speaker,
        "change": _change(found),
    }
    return replace(claim, why=tuple(_reasons(claim, named)))


def _reasons(claim: Claim, named: dict[str, Because]) -> Iterator[Reason]:
    for field, (rule, start, end, paragraph) in named.items():
        if rule:
            yield Reason(field, rule, start, end, claim.paragraph if paragraph is None else paragraph)


def from_to(reading: Reading, quantity: Quantity, sentence: Span) -> Because:
    """The number is an end of a pair, with the 由 or 从 that opens it."""
    return because(FROM_TO, max(near(reading, quantity, sentence, word) for word in ("由", "从")))


def spoken_by(readings: Sequence[Reading], index: int, start: int, name: str | None) -> Because:
    """The last mention of the speaker before a number, else the first behind it in its paragraph."""
    if name is None:
        return Because("nobody is quoted by name")
    rule = "it stands in the words of that person"
    for number in range(index, -1, -1):
        text = readings[number].text
        at = text.rfind(name, 0, start) if number == index else text.rfind(name)
        at = text.find(name, start) if at < 0 and number == index else at
        if at >= 0:
            return Because(rule, at, at + len(name), number)
    return Because(rule)


def near(reading: Reading, quantity: Quantity, sentence: Span, word: str) -> Span:
    """Where a word stands that speaks of the number: right behind it, else the last before it in its sentence, else the
    first behind it; empty where it is not printed.
    """
    if not word:
        return Span(0, 0)
    folded, end = reading.folded, quantity.end
    at = end if folded.startswith(word, end) else folded.rfind(word, sentence.start, quantity.start)
    at = folded.find(word, end, sentence.end) if at < 0 else at
    return Span(at, at + len(word)) if at >= 0 else Span(0, 0)


def word_because(reading: Reading, quantity: Quantity, sentence: Span, word: str, rule: str) -> Because:
    """The rule with the word of the sentence that made it apply."""
    return because(rule, near(reading, quantity, sentence, word))


def _word(found: Evidence, word: str, rule: str) -> Because:
    return word_because(found.reading, found.quantity, found.sentence, word, rule) if word else Because("")


def _change(found: Evidence) -> Because:
    if found.change.word == "从…到":
        return from_to(found.reading, found.quantity, found.sentence)
    return _word(found, found.change.word, "the size of a change, or an end of one")


def _value(claim: Claim, found: Evidence) -> Because:
    quantity = found.quantity
    digits = Span(quantity.start, quantity.digits_end or quantity.end)
    rule = (
        "the printed number" if claim.value == quantity.number else "the printed number in the unit's measure"
    )
    if claim.value < 0 <= quantity.value:
        return _word(found, found.change.word, "less than 0, since it falls")
    return because(rule if claim.value_max is None else "both ends of the printed range", digits)


def _unit(claim: Claim, found: Evidence) -> Because:
    quantity = found.quantity
    measure = quantity.measure
    if claim.unit is None:
        return Because("an index or a ratio, which has no unit")
    at = found.reading.folded.find(measure, quantity.start, quantity.end) if measure else -1
    if at >= 0:
        return Because("the printed unit", at, at + len(measure))
    if claim.unit == "%" and any(char not in "0123456789.-" for char in claim.raw):
        return because("the number itself says a share", quantity)
    if quantity.digits_end == quantity.end:
        where = near(found.reading, quantity, found.sentence, measure)
        return because("not printed with the number: a list's, a table's, or told by the words around", where)
    return Because("printed with the number", quantity.digits_end or quantity.start, quantity.end)


def _per(claim: Claim, found: Evidence) -> Because:
    if claim.per is None:
        return Because("no word of a rate")
    words = per_words(found.reading.folded, found.quantity, found.sentence, claim.per)
    if words.end:
        return because("a word of a rate before it", words)
    if found.quantity.per:
        return because("printed with the unit", found.quantity)
    return Because("printed right before it")


def _bound(claim: Claim, found: Evidence) -> Because:
    if claim.bound == "exact":
        return Because("no word of bound")
    if found.bound and found.bound in found.reading.folded:
        return _word(found, found.bound, "a word of bound")
    return because("the printed number says so itself", found.quantity)


def _label(claim: Claim, found: Evidence) -> Because:
    text, quantity = found.reading.text, found.quantity
    behind = text.find(claim.label, quantity.end, found.clause.end)
    before = text.rfind(claim.label, found.sentence.start, quantity.start)
    if behind >= 0 and (before < 0 or before < found.clause.start):
        return Because("the words behind it", behind, behind + len(claim.label))
    if before >= 0:
        return Because("the words before it", before, before + len(claim.label))
    if claim.label == quantity.measure:
        return because("no other word: its measure", quantity)
    return Because("the head of its column")


def _of(claim: Claim, found: Evidence) -> Because:
    if claim.of is None:
        return Because("no whole is named")
    return _word(found, claim.of, "the words behind 占")
