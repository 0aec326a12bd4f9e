"""Tables printed as text: rows of fields with blanks between, whose unit stands in the header (单位:亿元)."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from sitegen.extract.reading import Reading
from sitegen.matchers.quantities import Noise, Quantity, Token, Unread
from sitegen.model import Article
from sitegen.text import fold
from sitegen.units import Unit, unit_at

_UNIT = re.compile(r"单位\s?[:：]?\s?(?P<scale>[十百千]?[万亿]{1,2})?(?=[一-鿿A-Za-z%])")
_FIELDS = re.compile(r"[\s\u3000]{1,}|\t")


@dataclass(frozen=True, slots=True)
class TableUnit:
    """The unit of an article's tables: scale × unit."""

    scale: Decimal
    unit: Unit


def table_unit(article: Article) -> TableUnit | None:
    """The unit that the headline or a paragraph gives for the table of the article, or None."""
    notes = (note.text for note in (*article.subheads, *article.captions, *article.furniture))
    for text in (article.title or "", article.kicker or "", *(p.text for p in article.paragraphs), *notes):
        folded = fold(text)
        match = _UNIT.search(folded)
        if not match:
            continue
        unit = unit_at(folded, match.end())
        if unit:
            factor = {None: 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "百万": 10**6, "千万": 10**7}.get(match["scale"], 1)
            return TableUnit(Decimal(factor), unit.unit)
    return None


def is_row(text: str) -> bool:
    """Three fields or more with blanks between, and no sentence."""
    return len([field for field in _FIELDS.split(text.strip()) if field]) >= 3 and not re.search(r"[。！？]", text)


def table_quantities(reading: Reading, table: TableUnit | None) -> tuple[Token, ...]:
    """The tokens of a paragraph; in a table row a bare field takes the table's unit, and the row's number is noise."""
    if not is_row(reading.text):
        return reading.tokens
    done: list[Token] = []
    first = len(reading.text) - len(reading.text.lstrip())
    for token in reading.tokens:
        if not isinstance(token, Unread):
            done.append(token)
        elif token.start == first:
            done.append(Noise(token.start, token.end, "ordinal"))
        elif table and _is_field(reading.folded, token):
            done.append(_in_unit(token, table))
        else:
            done.append(token)
    return tuple(done)


def _is_field(folded: str, token: Unread) -> bool:
    before, after = folded[token.start - 1 : token.start], folded[token.end : token.end + 1]
    return (not before or before.isspace()) and (not after or after.isspace())


def _in_unit(token: Unread, table: TableUnit) -> Quantity:
    number = token.value * table.scale
    quantity = Quantity(
        token.start, token.end, table.unit.convert(number), None, table.unit.unit, table.unit.dimension, None, "exact",
        number, table.scale, token.chinese, table.unit.printed, digits_end=token.end,
    )  # fmt: skip
    return replace(quantity)
