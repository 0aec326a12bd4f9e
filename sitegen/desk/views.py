"""What the desk shows: which articles have numbers to judge, and the numbers of one article beside its text."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.desk.folder import Standing
from sitegen.desk.forms import SHOWN, Filled, written
from sitegen.model import GRAVE, Article, Claim, Facts, Warning
from sitegen.pages.articles import Block, body
from sitegen.pages.base import accused, title_of
from sitegen.pages.marks import Segment, quoted
from sitegen.reviews import SPANS, Verdict, apply_reviews
from sitegen.units import unit_table

FILTERS = ("open", "questioned", "doubted")  # of the rows of the list
_MEASURES = ("m2", "m3", "t")  # what money is often given per


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list. open: numbers without a verdict; questioned: by an editor; doubted: by the checks, and not judged."""

    id: str
    title: str
    date: str | None
    total: int
    open: int
    questioned: int
    doubted: int


@dataclass(frozen=True, slots=True)
class Notice:
    """What came of a form that could not be taken. wrong: field → name of the fault; said: what there is to say besides.

    stale: its fields were filled in over something that is no longer there, so they are not shown again.
    """

    form: Filled
    wrong: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A number to be judged. claim: with the verdict applied; read: as the program read it; mark: what is seen of it.

    quote: its sentence.  fields: name → what stands in the form.  notice: of a form on this very number.
    """

    claim: Claim
    read: Claim
    decision: Verdict | None
    mark: str
    quote: tuple[Segment, ...]
    findings: tuple[Warning, ...]
    fields: Mapping[str, str]
    notice: Notice | None = None

    @property
    def state(self) -> str:
        """The verdict, "auto" where there is none."""
        return self.decision.verdict if self.decision else "auto"

    @property
    def edits(self) -> tuple[tuple[str, str, str], ...]:
        """Field, what the program read, what the editor says, for each field that was edited."""
        fields = self.decision.fields if self.decision else {}
        return tuple((name, written(getattr(self.read, name)), written(now)) for name, now in fields.items())


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text with the numbers in it."""

    block: Block
    cards: tuple[Card, ...]


def rows(read: Sequence[Facts], checked: Sequence[Facts], now: Standing) -> tuple[Row, ...]:
    """The articles that have numbers, those with something to do first, otherwise in the order of the site."""
    doubtful = accused(checked)
    found = [_row(facts, doubtful, now) for facts in read if facts.claims]
    return tuple(sorted(found, key=lambda row: (not row.doubted, not row.questioned, not row.open)))


def _row(facts: Facts, doubtful: frozenset[str], now: Standing) -> Row:
    decisions = [(claim.id, now.verdict(claim.id)) for claim in facts.claims]
    waiting = [id_ for id_, decision in decisions if decision is None or decision.verdict == "questioned"]
    return Row(
        facts.article.id,
        title_of(facts.article),
        facts.article.date,
        len(facts.claims),
        sum(decision is None for _, decision in decisions),
        sum(decision is not None and decision.verdict == "questioned" for _, decision in decisions),
        sum(id_ in doubtful for id_ in waiting),
    )


def counts(found: Sequence[Row]) -> dict[str, int]:
    """All numbers of the rows together: how many there are, and how many wait."""
    return {name: sum(getattr(row, name) for row in found) for name in ("total", *FILTERS)}


def next_article(read: Sequence[Facts], article: str, now: Standing) -> str:
    """The id of the next article with a number that nobody has judged, in the order of the site and from its end on from its
    beginning; "" where there is no other.
    """
    at = next((n for n, facts in enumerate(read) if facts.article.id == article), 0)
    others = (*read[at + 1 :], *read[:at])
    return next((each.article.id for each in others if any(not now.verdict(c.id) for c in each.claims)), "")


def parts(
    facts: Facts, checked: Sequence[Facts], now: Standing, notice: Notice | None = None
) -> tuple[Part, ...]:
    """The text of an article in its pieces. facts: as the program read them, with every number, also the rejected."""
    decided = {claim.id: found for claim in facts.claims if (found := now.verdict(claim.id))}
    (judged,) = apply_reviews((facts,), decided)
    claims = sorted(judged.claims, key=lambda claim: (claim.paragraph, claim.start, claim.end))
    read = {claim.id: claim for claim in facts.claims}
    findings = _findings(checked)
    cards = [
        _card(
            facts.article,
            claim,
            read[claim.id],
            now,
            findings.get(claim.id, ()),
            notice,
        )
        for claim in claims
    ]
    return tuple(
        Part(block, tuple(card for card in cards if block.index == card.claim.paragraph))
        for block in body(facts.article, claims)
    )


def _findings(checked: Sequence[Facts]) -> dict[str, list[Warning]]:
    """What the checks hold against each number and nobody has settled."""
    found: dict[str, list[Warning]] = defaultdict(list)
    for warning in (w for each in checked for w in each.warnings if w.verdict in GRAVE and not w.settled):
        for claim in dict.fromkeys((*filter(None, [warning.claim]), *warning.claims)):
            found[claim].append(warning)
    return found


def _card(
    article: Article,
    claim: Claim,
    read: Claim,
    now: Standing,
    findings: Sequence[Warning],
    notice: Notice | None,
) -> Card:
    fields = {name: written(getattr(claim, name)) for name in SHOWN}
    own = notice if notice and notice.form.claim == claim.id else None
    if own and not own.stale:
        fields |= {name: text for name, text in own.form.entered.items() if name in fields}
    decision, quote = now.verdict(claim.id), quoted(article, [claim], claim)
    return Card(claim, read, decision, now.mark(read), quote, tuple(findings), fields, own)


def next_open(found: Sequence[Part], claim: str) -> str:
    """The number that waits next after this one, this one where none does."""
    cards = [card for part in found for card in part.cards]
    at = next(index for index, card in enumerate(cards) if card.claim.id == claim)
    return next((card.claim.id for card in cards[at + 1 :] if card.state == "auto"), claim)


def choices(read: Sequence[Facts]) -> dict[str, tuple[str, ...]]:
    """What may be offered for a field: units of the contract; places, periods and rates that the site has already.

    per is all that may be chosen, the others are suggestions.
    """
    claims = [claim for facts in read for claim in facts.claims]

    def known(name: str) -> tuple[str, ...]:
        return tuple(sorted({value for claim in claims if (value := getattr(claim, name))}))

    units = tuple(dict.fromkeys(entry.unit for entry in unit_table().values()))
    rates = tuple(dict.fromkeys((*SPANS, *_MEASURES, *known("per"))))
    return {"unit": units, "place": known("place"), "period": known("period"), "per": rates}
