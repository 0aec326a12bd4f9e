"""A site's own CSV files as frames of text: read with pandas, every fault told with its line."""

import csv
import io
import re
import unicodedata
from collections import Counter
from decimal import Decimal, InvalidOperation

import pandas as pd

from sitegen.hidden import hidden
from sitegen.problems import Problem, SitegenError

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 1_000_000, 5_000, 60
LINE = "\0line"  # column with the number of each row's line; no file can have it
_PLACE = re.compile(r"Expected (\d+) fields in line (\d+), saw (\d+)")
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_LONGEST = 40  # characters of a number


def read_csv(name: str, data: bytes) -> pd.DataFrame:
    """The file as text, with a column LINE. Cells without anything are "". name: as a user would type it.

    Raises SitegenError where it is too large, is not in UTF-8, holds what nobody sees (sitegen.hidden), or is no table.
    """
    if len(data) > MOST_BYTES:
        fact = f"has {len(data) / 1e6:.1f} MB, more than the {MOST_BYTES / 1e6:.0f} MB that a table may have"
        raise _refusal(name, 0, "E-LARGE", fact, "keep the rows and columns that the chart needs")
    text = _text(name, data)
    try:
        raw = pd.read_csv(
            io.StringIO(text), header=None, dtype=str, keep_default_na=False, skip_blank_lines=False
        )
    except pd.errors.EmptyDataError:
        raise _refusal(name, 1, "E-CSV", "is empty", "begin it with the names of the columns") from None
    except pd.errors.ParserError as error:
        found = _PLACE.search(str(error))
        fact = f"the row has {found[3]} cells and the first one {found[1]}" if found else "is no table"
        fix = "put cells with a comma in quotation marks" if found else "close every quotation mark"
        raise _refusal(name, int(found[2]) if found else 0, "E-CSV", fact, fix) from None
    raw = raw.fillna("").map(lambda cell: unicodedata.normalize("NFC", cell.strip()))
    heads = [str(head) for head in raw.iloc[0]]
    _check(name, heads, len(raw) - 1)
    frame = raw.iloc[1:].set_axis(heads, axis="columns")
    frame = frame.loc[:, [head != "" for head in heads]]  # what has no name cannot be asked for
    kept = (frame != "").any(axis="columns")
    frame[LINE] = _lines(name, text)[1 : len(raw)]
    return frame[kept].reset_index(drop=True)


def number_of(text: str) -> Decimal | None:
    """The number that a cell holds, with or without commas between thousands; None for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > _LONGEST or not _NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain.replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return None


def _text(name: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            fact = "is no UTF-8 text"
        else:
            fact = "is in GB18030 (GBK), not in UTF-8"
        fix = "save it anew as “CSV UTF-8”"
        raise _refusal(name, line, "E-ENCODING", fact, fix) from None
    if found := hidden(text):
        line = text.count("\n", 0, found.offset) + 1
        raise _refusal(name, line, found.code, found.fact, found.fix)
    return text


def _check(name: str, heads: list[str], rows: int) -> None:
    twice = [head for head, count in Counter(heads).items() if head and count > 1]
    if twice:
        raise _refusal(
            name, 1, "E-CSV", f"two columns are called {twice[0]}", "give one of them another name"
        )
    if len(heads) > MOST_COLUMNS:
        fact = f"has {len(heads)} columns, more than {MOST_COLUMNS}"
        raise _refusal(name, 1, "E-LARGE", fact, "keep the columns that the chart needs")
    if len(heads) == 1 and re.search(r"[;；，\t]", heads[0]):
        raise _refusal(name, 1, "E-CSV", "has one column", "part the cells by commas (,)")
    if rows > MOST_ROWS:
        fact = f"has {rows} rows, more than {MOST_ROWS}"
        raise _refusal(name, 0, "E-LARGE", fact, "keep the rows that the chart needs")


def _lines(name: str, text: str) -> list[int]:
    """The number of the line on which each row begins; a cell in quotation marks may hold several lines."""
    reader = csv.reader(
        io.StringIO(text, newline="")
    )  # a carriage return alone ends a row too, as pandas has it
    found, before = [], 0
    try:
        for _ in reader:
            found.append(before + 1)
            before = reader.line_num
    except csv.Error:
        fact = f"a cell has more than {csv.field_size_limit()} characters"
        raise _refusal(name, before + 1, "E-CSV", fact, "shorten it, or close its quotation mark") from None
    return found


def _refusal(name: str, line: int, code: str, fact: str, fix: str) -> SitegenError:
    return SitegenError(Problem(name, line, 0, code, fact, fix))
