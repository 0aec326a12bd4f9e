"""Tables printed as text: rows of fields with blanks between, units in the header or in a column of their own."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sitegen.extract.reading import Reading
from sitegen.lexicon import packaged
from sitegen.matchers.tokens import Noise, Quantity, Token, Unread
from sitegen.model import Article
from sitegen.numerals import numeral_at
from sitegen.places import gazetteer
from sitegen.text import Span, either, fold
from sitegen.units import Unit, unit_table

_UNITS = re.compile(
    r"(?:(?<=[(;,\s])(?P<of>[一-鿿]{1,6}))?单位\s?[:]?\s?(?P<units>[一-鿿A-Za-z%²³/]{1,8}(?:、[一-鿿A-Za-z%²³/]{1,8})*)"
)
_NO_RATE = "(?!率|同比|环比|比上年|比去年|增|占|涨|降)"
_RATES = re.compile(r"[一-鿿](?:为|以)%")  # 单位：亿元、万吨，同比为％
_FIELD = re.compile(r"[^\s]+")
_SCALED = re.compile(r"(?P<scale>[十百千]?[万亿]{1,2})?(?P<unit>.+)")


@dataclass(frozen=True, slots=True)
class TableUnit:
    """scale × unit: what a bare number in a table counts."""

    scale: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Header:
    """The head of the columns, as printed, the words above the table (its title and unit line), and the head's paragraph."""

    columns: tuple[str, ...] = ()
    above: str = ""
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class TableUnits:
    """What the line above or below a table says of its units.

    named: by the words of a column's head (总投资单位：万元).  listed: 单位：亿元、%, in the order of the columns of numbers
    where they are as many; else the head of a column must say which it is (净利润 is money, 同比 a rate).
    """

    named: tuple[tuple[str, TableUnit], ...] = ()
    listed: tuple[TableUnit, ...] = ()

    def of(self, head: str, position: int, columns: int) -> TableUnit | None:
        """The unit of the column with this head, the position-th of as many columns that hold bare numbers; None if unsure."""
        for words, unit in self.named:
            if words and (words in head or head in words) and head:
                return unit
        if len(self.listed) in (1, columns):
            return self.listed[min(position, len(self.listed) - 1)]
        measures = [measure for measure, words in _head_words().items() if words.search(head)]
        fitting = [unit for unit in self.listed if unit.unit.dimension in measures]
        return fitting[0] if len(fitting) == 1 else None


@cache
def _head_words() -> dict[str, re.Pattern[str]]:
    """What the head of a column measures, by dimension; a rate of something is a rate."""
    return {
        dimension: re.compile(either(words) if dimension == "rate" else rf"(?:{either(words)}){_NO_RATE}")
        for dimension, words in packaged("table_heads.yml").items()
    }


def table_units(article: Article) -> TableUnits:
    """The units that the headline, a paragraph or a note gives for the table of the article."""
    notes = (note.text for note in (*article.subheads, *article.captions, *article.furniture))
    for text in (article.title or "", article.kicker or "", *(p.text for p in article.paragraphs), *notes):
        if "单位" not in text:
            continue
        named: list[tuple[str, TableUnit]] = []
        listed: list[TableUnit] = []
        for match in _UNITS.finditer(fold(text)):
            units = [
                unit for printed in match["units"].split("、") if (unit := _printed_unit(printed.strip()))
            ]
            if match["of"] and len(units) == 1:
                named.append((match["of"], units[0]))
            else:
                listed += units
        if listed and (rate := _printed_unit("%")) and _RATES.search(fold(text)):
            listed.append(rate)
        if named or listed:
            return TableUnits(tuple(named), tuple(listed))
    return TableUnits()


def _printed_unit(printed: str) -> TableUnit | None:
    """亿元, 万吨, %, 元/公斤 as a scale and a unit; None where it is none."""
    match = _SCALED.fullmatch(printed)
    unit = unit_table().get(match["unit"]) or unit_table().get(match["unit"].split("/")[0]) if match else None
    if not match or not unit:
        return None
    scale = numeral_at(f"1{match['scale']}", 0) if match["scale"] else None
    return TableUnit(scale.value if scale else Decimal(1), unit)


def _is_unit(cell: str) -> bool:
    """Whether a field is a unit and no number: 万吨."""
    return not any(char.isdigit() for char in cell) and _printed_unit(cell) is not None


def fields(text: str) -> tuple[Span, ...]:
    """The fields of a row: runs without blanks."""
    return tuple(Span(*match.span()) for match in _FIELD.finditer(text))


def is_row(text: str, *, at_least: int = 3) -> bool:
    """So many fields or more with blanks between, and no sentence."""
    return len(text.split()) >= at_least and not _SENTENCE.search(text)


_SENTENCE = re.compile(r"[。！？；]|[，,](?!\d)")


def headers(readings: tuple[Reading, ...]) -> tuple[Header | None, ...]:
    """For each paragraph that is a row of a table, the header that it stands under; None for running text."""
    found: list[Header | None] = []
    none = Header()
    current, above = none, ""
    for reading in readings:
        if len(reading.text) > 120 or not is_row(reading.text, at_least=2):
            above, current = (reading.text if len(reading.text) < 40 else ""), none
            found.append(None)
        elif not any(isinstance(token, Quantity | Unread) for token in reading.tokens):
            current = Header(_heads(reading.folded), above, reading.number)
            found.append(None)
        elif current.columns or is_row(reading.text):
            found.append(current)
        else:
            found.append(None)
    return tuple(found)


def _heads(folded: str) -> tuple[str, ...]:
    """The heads of the columns; 地　区, spread out to the width of its column, is one."""
    heads: list[str] = []
    spread = False
    for start, end in fields(folded):
        if end - start == 1 and spread:
            heads[-1] += folded[start:end]
            spread = False
        else:
            heads.append(folded[start:end])
            spread = end - start == 1
    return tuple(heads)


def row_place(reading: Reading) -> str | None:
    """The place that a field of the row names and nothing else."""
    for start, end in reversed(fields(reading.text)):
        name = gazetteer().full_name(reading.text[start:end])
        if name:
            return name
    return None


def table_tokens(reading: Reading, header: Header, table: TableUnits) -> tuple[tuple[Token, str], ...]:
    """The tokens of a row with the head of their column; a bare field takes the unit of its column, row or table."""
    spans = fields(reading.text)
    aligned = header.columns if len(header.columns) == len(spans) else ()
    if not aligned and len(header.columns) > len(spans) > 1:
        aligned = header.columns[-len(spans) :]  # a row whose first fields are empty
    label = reading.folded[spans[0].start : spans[0].end] if spans else ""
    named = _head_unit(label) if not any(char.isdigit() for char in label) else None  # 原油(万吨)
    own = _own_unit(reading, spans, aligned) or named
    cells = [(token, *_cell(token, spans, aligned)) for token in reading.tokens]
    silent = [  # the columns whose unit neither their head nor their row prints
        token
        for token, column, head, bare in cells
        if bare and column and isinstance(token, Unread) and not _head_unit(head)
    ]
    done: list[tuple[Token, str]] = []
    for token, column, head, bare in cells:
        if (named and column == 0) or _is_unit(reading.folded[spans[column].start : spans[column].end]):
            done.append(
                (Noise(token.start, token.end, "unit"), head)
            )  # 万吨 in the column of units, or behind what the row measures
        elif not isinstance(token, Unread) or not bare:
            done.append((token, head))
        elif column == 0 and token.value == token.value.to_integral_value():
            done.append((Noise(token.start, token.end, "ordinal"), head))
        else:
            unit = _head_unit(head) or own
            if unit is None and token in silent:
                unit = table.of(head, silent.index(token), len(silent))
            done.append((_in_unit(reading.folded, token, unit) if unit else token, head))
    return tuple(done)


def _cell(token: Token, spans: tuple[Span, ...], heads: tuple[str, ...]) -> tuple[int, str, bool]:
    """The column in which a token stands, its head, and whether the token is all that stands there."""
    column = next((i for i, span in enumerate(spans) if span.start <= token.start < span.end), 0)
    bare = token.start <= spans[column].start + 1 and token.end == spans[column].end
    return column, heads[column] if heads else "", bare


def _own_unit(reading: Reading, spans: tuple[Span, ...], columns: tuple[str, ...]) -> TableUnit | None:
    """The unit in the row's own column 单位 (万套)."""
    if "单位" not in columns:
        return None
    span = spans[columns.index("单位")]
    return _printed_unit(reading.folded[span.start : span.end])


_IN_BRACKETS = re.compile(r"[(/:](?:单位[:]?)?(?P<unit>[^()/:]+)\)?$")


def _head_unit(head: str) -> TableUnit | None:
    """The unit in the head of a column: 投资额(万元), 产量/吨, 增速(%)."""
    match = _IN_BRACKETS.search(head)
    return _printed_unit(match["unit"]) if match else _printed_unit("%") if "%" in head else None


def column_label(head: str) -> str:
    """What a column measures: its head without the unit, 投资额 of 投资额(万元)."""
    return re.split("[(/:]", head)[0]


def _in_unit(folded: str, token: Unread, table: TableUnit) -> Quantity:
    """The bare number of a field in its unit; a minus right before it is part of it."""
    minus = folded[token.start - 1 : token.start] == "-"
    number = token.value * table.scale * (-1 if minus else 1)
    return Quantity(
        token.start - minus, token.end, table.unit.convert(number), None, table.unit.unit, table.unit.dimension, None,
        "exact", number, table.scale, token.chinese, table.unit.printed, digits_end=token.end,
    )  # fmt: skip
