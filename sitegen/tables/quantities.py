"""Numbers told apart: the same number printed twice counts once, and a total is the exact sum of what may be
added.

Works on claims only; frames are made in frames.py.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from sitegen.amounts import is_additive, printed
from sitegen.model import Bound, Claim

_EXACT = Context(prec=200)  # wide enough that no sum of printed numbers is ever rounded

Contains = Callable[[str, str], bool]  # (whole, part): whether the second place lies inside the first


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the world, with every claim that prints it, in the order of the site's articles.

    Fields are those of the first claim; place, period and subject are the most telling among the claims.
    text: the number as printed, with 超, 约 or 至多 before it.  articles: ids, first use first.
    """

    kind: str
    label: str
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    per: str | None
    bound: Bound
    status: str
    place: str | None
    industry: str | None
    period: str | None
    subject: str | None
    text: str
    of: str | None
    quote: str
    claims: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """An exact sum. value is the Decimal sum of the addends' values; claims are those of the addends, all of
    them.

    value_max: sum of upper ends where an addend is a range, else None.  bound: exact only if every addend is
    and none was left out as a possible part.  working: "42 + 12 = 54".  left_out: claims not added, because
    they are part of an addend, or may be.
    """

    value: Decimal
    value_max: Decimal | None
    unit: str
    per: str | None
    bound: Bound
    claims: tuple[str, ...]
    addends: tuple[Quantity, ...]
    left_out: tuple[str, ...]

    @property
    def working(self) -> str:
        """The sum as it can be checked by hand, in the unit: "42 + 12 = 54"."""
        return f"{' + '.join(format(q.value, 'f') for q in self.addends)} = {format(self.value, 'f')}"


def quantities(claims: Iterable[Claim], left_out: Iterable[str] = ()) -> tuple[Quantity, ...]:
    """Join claims that print the same number: same kind, value, unit, status and place, no contradiction in
    the rest.

    left_out: ids that must not count (questioned, rejected or impossible numbers); rejected and questioned
    claims are left out in any case. Order of first print.
    """
    out = frozenset(left_out)
    groups: dict[tuple[object, ...], list[list[Claim]]] = {}
    ordered: list[list[Claim]] = []
    for claim in claims:
        if claim.id in out or claim.review in ("rejected", "questioned"):
            continue
        key = (claim.kind, claim.value, claim.value_max, claim.unit, claim.per, claim.status, claim.place)
        clusters = groups.setdefault(key, [])
        for cluster in clusters:
            if all(_same(claim, other) for other in cluster):
                cluster.append(claim)
                break
        else:
            clusters.append([claim])
            ordered.append(clusters[-1])
    return tuple(_quantity(cluster) for cluster in ordered)


def total(parts: Sequence[Quantity], contains: Contains) -> Total | None:
    """The sum of numbers of one unit, a whole and its part never added.

    A place inside another listed place is its part and left out; so is a number without a place beside others
    with one. Of several numbers of one place the largest counts, since the others may be parts of it; then
    the bound is at_least. None where there is nothing to add, or where a part exceeds its whole, so that
    neither can be trusted as the sum. Raises ValueError for numbers of different units or of a unit that does
    not add (rates, changes).
    """
    if not parts:
        return None
    units = {(part.unit, part.per) for part in parts}
    if len(units) > 1:
        raise ValueError(f"numbers of different units cannot be added: {sorted(map(str, units))}")
    unit = parts[0].unit
    if unit is None or not is_additive(unit):
        raise ValueError(f"numbers in {unit or 'no unit'} cannot be added")
    largest: dict[str | None, Quantity] = {}
    for part in parts:
        if part.place not in largest or part.value > largest[part.place].value:
            largest[part.place] = part
    placed = {place: part for place, part in largest.items() if place is not None} or largest
    addends = []
    for place, part in placed.items():
        wholes = [
            w for other, w in placed.items() if place and other and other != place and contains(other, place)
        ]
        if any(part.value > whole.value for whole in wholes):
            return None
        if not wholes:
            addends.append(part)
    claims = tuple(id_ for part in addends for id_ in part.claims)
    kept = {id(part) for part in addends}
    places = {part.place for part in addends}
    return Total(
        value=_sum(part.value for part in addends),
        value_max=_upper(addends),
        unit=unit,
        per=parts[0].per,
        bound=_bound(
            addends, more=any(p.place in places or p.place is None for p in parts if id(p) not in kept)
        ),
        claims=claims,
        addends=tuple(addends),
        left_out=tuple(id_ for part in parts if id(part) not in kept for id_ in part.claims),
    )


def _upper(addends: Sequence[Quantity]) -> Decimal | None:
    if all(part.value_max is None for part in addends):
        return None
    return _sum(part.value if part.value_max is None else part.value_max for part in addends)


def _sum(values: Iterable[Decimal]) -> Decimal:
    result = Decimal(0)
    for value in values:
        result = _EXACT.add(result, value)
    return result


def _bound(addends: Sequence[Quantity], *, more: bool) -> Bound:
    bounds = {part.bound for part in addends} | ({"at_least"} if more else set())
    if bounds <= {"exact"}:
        return "exact"
    if bounds <= {"exact", "at_least"}:
        return "at_least"
    if bounds <= {"exact", "at_most"}:
        return "at_most"
    return "about"


def _same(one: Claim, other: Claim) -> bool:
    """Whether two claims with equal value, unit, kind, status and place print the same number."""
    if one.article == other.article and one.paragraph == other.paragraph and one.quote == other.quote:
        return one.label == other.label and one.subject == other.subject
    if one.subject and other.subject and one.subject != other.subject:
        return False
    if one.industry and other.industry and one.industry != other.industry:
        return False
    if not labels_agree(one.label, other.label):
        return False
    return _looks_back(one, other) or _periods_agree(one.period, other.period)


def _looks_back(one: Claim, other: Claim) -> bool:
    """Whether one of two claims of an article only refers to the other (在160个签约项目中), whatever its own date.

    So where one names no event of its own, or both name an event that bears the year of one of them.
    """
    if one.article != other.article:
        return False
    if bool(one.subject) != bool(other.subject):
        return True
    return bool(one.subject) and (_of_the_year(one) or _of_the_year(other))


def _of_the_year(claim: Claim) -> bool:
    """Whether the event that the claim is about bears the year of the claim: 2023对接会, 2023."""
    return bool(claim.subject and claim.period and claim.period[:4] in claim.subject)


def _periods_agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.startswith(other) or other.startswith(one)


def labels_agree(one: str, other: str) -> bool:
    """Whether two labels share half of all the characters that either has (签约项目, 项目集中签约)."""
    first, second = set(one), set(other)
    return one == other or 2 * len(first & second) >= len(first | second)


def _quantity(cluster: Sequence[Claim]) -> Quantity:
    first = cluster[0]
    if len(cluster) == 1:
        return _joined(cluster, first.industry or None, first.period or None, first.subject or None)

    def longest(values: Iterable[str | None]) -> str | None:
        return max((value for value in values if value), key=len, default=None)

    subject = first.subject or longest(claim.subject for claim in cluster)
    about = [claim for claim in cluster if claim.subject == subject]
    industry = first.industry or longest(claim.industry for claim in cluster)
    period = (
        longest(claim.period for claim in about if _of_the_year(claim))
        or longest(claim.period for claim in about)
        or longest(claim.period for claim in cluster)
    )
    return _joined(cluster, industry, period, subject)


def _joined(
    cluster: Sequence[Claim], industry: str | None, period: str | None, subject: str | None
) -> Quantity:
    first = cluster[0]
    return Quantity(
        kind=first.kind,
        label=first.label,
        value=first.value,
        value_max=first.value_max,
        unit=first.unit,
        per=first.per,
        bound=first.bound,
        status=first.status,
        place=first.place,
        industry=industry,
        period=period,
        subject=subject,
        text=printed(first),
        of=first.of,
        quote=first.quote,
        claims=tuple(claim.id for claim in cluster),
        articles=tuple(dict.fromkeys(claim.article for claim in cluster)),
    )
