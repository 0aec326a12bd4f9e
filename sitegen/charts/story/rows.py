"""Which rows a chart block means, as points: what each is called, its number, and where that number comes from."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from typing import Any

import pandas as pd

from sitegen.amounts import amount, printed
from sitegen.charts import rows as shared
from sitegen.charts.base import Cell
from sitegen.charts.words import Words
from sitegen.model import STATUSES, ChartBlock, Condition
from sitegen.problems import Problem
from sitegen.tables import Tables
from sitegen.tables.files import LINE, number_of
from sitegen.tables.frames import LIST, Table
from sitegen.units import unit_table

COUNT = "count"
_NUMBERS = ("value", "value_max", "investment")  # columns whose unit stands in the row
_BESIDE = frozenset(  # columns that say where a row comes from and what stands beside its number
    ("id", "claims", "article", "articles", "raw", "value_max", "unit", "per", "status", "label", "period")
)
_SCALES = {"万": 4, "亿": 8}
_SCALED = re.compile(r"([^万亿]+)([万亿])?")
_PREFIXED = re.compile(r"(百万|千万|万亿|[百千万亿])(.+)")
_PREFIXES = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_YEARS = re.compile(r"年|year", re.IGNORECASE)  # in the name of a column that holds years
_TIME = re.compile(r"(\d{4})(?:[-年](\d{1,2}))?(?:[-月](\d{1,2}))?[年月日]?(?:/.*|-\d{4})?")


@dataclass(frozen=True)
class DataFile:
    """A file of content/data. name: as a user would type it; frame: its cells as text, with a column LINE."""

    name: str
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. values: text of each column; claims: ids of the numbers behind it; line: in a file, else 0."""

    values: Mapping[str, str]
    claims: tuple[str, ...]
    articles: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of a chart. x, by: as a reader sees them; value in unit; cell: the number as printed with its source."""

    x: str
    by: str
    value: Decimal
    unit: str | None
    per: str | None
    cell: Cell
    rows: tuple[Row, ...]
    status: str = "actual"
    value_max: Decimal | None = None

    @property
    def row(self) -> Row:
        """The first of its rows."""
        return self.rows[0]


class BlockError(Exception):
    """Why a block cannot be drawn; problem: at its line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Reader:
    """Reads the rows of one block. file: of the text, as a user would type it; source: the table or file that it names."""

    file: str
    block: ChartBlock
    source: Table | DataFile
    tables: Tables
    words: Words

    @property
    def own(self) -> bool:
        """Whether the table is one that the site made from its articles."""
        return isinstance(self.source, Table)

    @property
    def columns(self) -> list[str]:
        """The columns that may be named."""
        if isinstance(self.source, Table):
            return [field.name for field in self.source.fields]
        return [str(name) for name in self.source.frame.columns if name not in (LINE, "")]

    def fault(self, key: str, code: str, fact: str, fix: str) -> BlockError:
        """A fault at the value of a key."""
        return BlockError(Problem(self.file, *self.block.spot(key), code, fact, fix))

    def column(self, name: str, at: tuple[int, int]) -> str:
        """The column of that name. Raises BlockError where the table has none."""
        if name in self.columns:
            return name
        near = get_close_matches(name, self.columns, n=1, cutoff=0.5)
        fix = f"did you mean {near[0]}?" if near else f"use one of {', '.join(self.columns[:20])}"
        raise BlockError(
            Problem(self.file, *at, "E-CHART-COLUMN", f"{self.block.table} has no column {name}", fix)
        )

    @property
    def measure(self) -> str:
        """What the numbers measure, in words: the head of a file's column, that rows are counted; "" for numbers that say it."""
        if self.block.y == COUNT:
            return self.words("story.count")
        named = self.words.get("story.columns").get(self.block.y, self.block.y)
        return "" if self.own and self.block.y == "value" else str(named) if self.own else self.block.y

    def points(self) -> tuple[Point, ...]:
        """The marks, in the order of the table. Raises BlockError where the block names what is not there or no number is left."""
        block = self.block
        for key in ("x", "by", "y"):
            name = getattr(block, key)
            if name and not (key == "y" and name == COUNT):
                self.column(name, block.spot(key))
        kept = self.selected
        found = self._counted(kept) if block.y == COUNT else [*self._numbers(kept)]
        if not found:
            fact = f"no row of {block.table} has a number in {block.y}"
            raise self.fault("y", "E-CHART-EMPTY", fact, "name another column, or widen where")
        return tuple(found)

    def shown(self, column: str, text: str) -> str:
        """A value as a reader sees it."""
        if not self.own:
            if re.fullmatch(r"(?:1[89]|20)\d\d", text) and _YEARS.search(column):
                return self.words.period(text)
            return text or self.words("story.none")
        if column == "place":
            return self.tables.geography.short(text) if text else self.words("no_place")
        if not text:
            return self.words("story.none")
        if column == "industry":
            return self.tables.geography.industry_name(text)
        if column in ("period", "date"):
            return self.words.period(text)
        values = self.words.get("story.values") | {key: self.words.get(key) for key in ("kind", "status")}
        return str(values.get(column, {}).get(text, text))

    @cached_property
    def selected(self) -> list[Row]:
        """The rows that the conditions leave. Raises BlockError where there are none."""
        kept = list(self._rows())
        for condition in self.block.where:
            test = self._test(condition)
            left = [row for row in kept if test(row.values[condition.column])]
            if not left:
                raise BlockError(self._empty(condition, kept))
            kept = left
        if not kept:
            raise self.fault(
                "table", "E-CHART-EMPTY", f"{self.block.table} has no rows", "name another table"
            )
        return kept

    def _empty(self, condition: Condition, rows: Sequence[Row]) -> Problem:
        column, asked = condition.column, self.words.join(condition.values)
        there = list(dict.fromkeys(row.values[column] for row in rows if row.values[column]))
        near = get_close_matches(condition.values[0], there, n=1, cutoff=0.5) if condition.values else []
        some = "、".join(there[:5])
        fix = (
            f"did you mean {near[0]}?" if near else f"there is {some}" if some else "leave the condition out"
        )
        fact = f"no row is left where {column} {condition.sign} {asked}"
        return Problem(self.file, condition.line, condition.col, "E-CHART-EMPTY", fact, fix)

    def _test(self, condition: Condition) -> Callable[[str], bool]:
        name = self.column(condition.column, (condition.line, condition.col))
        if condition.sign in ("=", "!="):
            wanted = set(condition.values)
            numbers = {number for each in wanted if (number := number_of(each)) is not None}

            def same(text: str) -> bool:
                return (
                    text in wanted
                    or (bool(text) and self.shown(name, text) in wanted)
                    or (bool(numbers) and number_of(text) in numbers)
                )

            return same if condition.sign == "=" else lambda text: not same(text)
        order = _ORDERS[condition.sign]
        limit = _scaled(condition.values[0])
        if limit is None and _TIME.fullmatch(condition.values[0]) is None:
            fact = f"{condition.values[0] or 'nothing'} cannot be compared with {name}"
            spot = condition.line, condition.col
            raise BlockError(
                Problem(self.file, *spot, "E-CHART-NUMBER", fact, "write a number, a year or a day")
            )

        def compared(text: str) -> bool:
            number = number_of(text)
            if limit is not None and number is not None:
                return order(number, limit)
            return bool(text) and limit is None and order(text, condition.values[0])

        return compared

    def _rows(self) -> Iterator[Row]:
        if isinstance(self.source, DataFile):
            for record in self.source.frame.to_dict("records"):
                yield Row({str(key): str(text) for key, text in record.items()}, (), (), int(record[LINE]))
            return
        out = set(self.tables.left_out)
        asked = {self.block.x, self.block.y, self.block.by, *(each.column for each in self.block.where)}
        names = [name for name in self.columns if name in asked or name in _BESIDE]
        for record in self.source.frame[names].to_dict("records"):
            values = {name: _plain(record[name]) for name in names}
            ids = [values["id"]] if self.source.name == "claims" else values.get("claims", "").split(LIST)
            claims = tuple(each for each in ids if each in self.tables.sources.claims and each not in out)
            if self.source.name == "claims" and not claims:
                continue  # rejected, questioned or impossible: on no chart
            named = values.get("articles") or values.get("article", "")
            yield Row(values, claims, tuple(filter(None, named.split(LIST))))

    def _counted(self, rows: Sequence[Row]) -> list[Point]:
        groups: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            groups.setdefault(self._names(row), []).append(row)
        found = []
        for (x, by), members in groups.items():
            claims = tuple(dict.fromkeys(id_ for row in members for id_ in row.claims))
            working = self.words("story.working_count", table=self._table_name(), name=x)
            cell = shared.counted(len(members), working, claims)
            found.append(Point(x, by, Decimal(len(members)), None, None, cell, tuple(members)))
        return found

    def _names(self, row: Row) -> tuple[str, str]:
        block = self.block
        return self.shown(block.x, row.values[block.x]), (
            self.shown(block.by, row.values[block.by]) if block.by else ""
        )

    def _numbers(self, rows: Sequence[Row]) -> Iterator[Point]:
        name = self.block.y
        for row in rows:
            text = row.values[name]
            if not text:
                continue
            number = number_of(text)
            if number is None:
                at = f"line {row.line}: " if row.line else ""
                fact = f"{name} is no column of numbers ({at}{text[:20]!r})"
                raise self.fault("y", "E-CHART-NUMBER", fact, f"name one that is, or write y: {COUNT}")
            point = self._own(row, number) if self.own else self._from_file(row, number)
            if point:
                yield point

    def _own(self, row: Row, number: Decimal) -> Point | None:
        """The point of a row; None where the claim that prints its number may not be drawn."""
        x, by = self._names(row)
        values = row.values
        if self.block.y not in _NUMBERS:
            working = self.words("story.working_own", table=self._table_name(), column=self.block.y)
            cell = Cell(str(number), row.claims, derived=working, exact=format(number, "f"))
            return Point(x, by, number, None, None, cell, (row,))
        unit, per = values.get("unit") or None, values.get("per") or None
        claims = [self.tables.claim(id_) for id_ in row.claims]
        same = [claim for claim in claims if number in (claim.value, claim.value_max)]
        if not same:
            return None
        upper = number_of(values.get("value_max", "")) if self.block.y == "value" else None
        words = values.get("raw", "")
        if self.block.y == "value_max":
            words = amount(number, unit, per)
        elif self.block.table in ("claims", "projects"):
            words = printed(same[0])
        ids = tuple(claim.id for claim in same)
        cell = Cell(words, ids, exact=format(number, "f"))
        status = values.get("status", "") if values.get("status") in STATUSES else "actual"
        return Point(x, by, number, unit, per, cell, (row,), status, upper)

    def _from_file(self, row: Row, number: Decimal) -> Point:
        x, by = self._names(row)
        value, unit = measured(number, self.block.unit)
        assert isinstance(self.source, DataFile)  # noqa: S101  asked for only of files
        working = self.words("story.working_file", file=self.source.name, line=row.line)
        cell = Cell(amount(value, unit), derived=working, exact=format(value, "f"))
        return Point(x, by, value, unit, None, cell, (row,))

    def _table_name(self) -> str:
        return self.source.title if isinstance(self.source, Table) else self.source.name


def _less(one: Any, other: Any) -> bool:
    return bool(one < other)


_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": _less,
    ">": lambda one, other: _less(other, one),
    "<=": lambda one, other: not _less(other, one),
    ">=": lambda one, other: not _less(one, other),
}


def _scaled(text: str) -> Decimal | None:
    """A number as somebody types it: 5000, 1.5亿."""
    match = _SCALED.fullmatch(text)
    number = number_of(match[1]) if match else None
    return number if number is None or not match or not match[2] else number.scaleb(_SCALES[match[2]])


def measured(number: Decimal, printed_unit: str | None) -> tuple[Decimal, str | None]:
    """A number in the unit that it is printed with, and the same in the canonical one: 3.5 万吨 → (35000, t). A word that is no
    unit stays as it is.
    """
    if not printed_unit:
        return number, None
    known = unit_table().get(printed_unit)
    if known:
        return known.convert(number), known.unit
    match = _PREFIXED.fullmatch(printed_unit)
    if not match:
        return number, printed_unit
    scaled = Decimal(format(number.scaleb(_PREFIXES[match[1]]), "f"))
    known = unit_table().get(match[2])
    return (known.convert(scaled), known.unit) if known else (scaled, match[2])


def _plain(value: Any) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)


def moment(text: str) -> tuple[int, int, int] | None:
    """Year, month and day at which a text that names a time begins: 2024, 2024-03, 2024年3月; None for other texts."""
    match = _TIME.fullmatch(text.strip())
    if not match or not 1 <= int(match[2] or 1) <= 12 or not 1 <= int(match[3] or 1) <= 31:
        return None
    return int(match[1]), int(match[2] or 1), int(match[3] or 1)
