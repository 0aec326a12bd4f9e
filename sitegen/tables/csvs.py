"""Tables as CSV, and their data dictionary.

UTF-8 with a byte order mark: without it the spreadsheet that most Chinese newsrooms use reads the file as GBK
and shows nonsense; readers of data (pandas, Frictionless with encoding utf-8-sig) take it off. Lines end in
CRLF, as RFC 4180 says.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from sitegen.tables.frames import Table

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠|%")  # a spreadsheet runs, or may run, a text that begins so


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[bool]) -> str:
    """Rows as CSV text without byte order mark. Texts that a spreadsheet would run are kept from it by a
    leading '.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([text if plain else harmless(text) for text, plain in zip(row, numeric, strict=True)])
    return out.getvalue()


def harmless(text: str) -> str:
    """The text, with ' before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text[:1] in _FORMULA and text else text


def csv_bytes(table: Table) -> bytes:
    """The table's published fields as CSV. Same table, same bytes."""
    names = [field.name for field in table.fields]
    numeric = [field.type in ("integer", "number") for field in table.fields]
    rows = (["" if row[name] is None else str(row[name]) for name in names] for row in table.rows)
    return csv_text(names, rows, numeric).encode("utf-8-sig")


def dictionary(table: Table) -> list[dict[str, Any]]:
    """The table's fields as a Frictionless table schema lists them, units with them."""
    entries = []
    for field in table.fields:
        entry: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.doc}
        if field.unit:
            entry["unit"] = field.unit
        if field.required:
            entry["constraints"] = {"required": True}
        entries.append(entry)
    return entries
