"""Rows as Parquet: the columns of each table, and files whose bytes depend on the rows alone."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from sitegen.archive.rows import fault_rows, rows_of
from sitegen.problems import Problem

_GROUP = 8_000_000  # bytes of pages whose rows are held in memory before they are written
_TEXT, _NUMBER, _DOUBLE = pa.string(), pa.int32(), pa.float64()
_NOTES = pa.list_(pa.struct({"text": _TEXT, "line": _NUMBER, "before": _NUMBER}))
_TYPES = {
    **dict.fromkeys(("line", "column", "title_line", "paragraph", "start", "end"), _NUMBER),
    **dict.fromkeys(("value", "value_max"), _DOUBLE),
    **dict.fromkeys(("authors", "companies", "claims"), pa.list_(_TEXT)),
    **dict.fromkeys(("subheads", "captions", "furniture"), _NOTES),
    "paragraphs": pa.list_(pa.struct({"text": _TEXT, "lines": pa.list_(_NUMBER)})),
    "quotes": pa.list_(pa.struct({"paragraph": _NUMBER, "text": _TEXT})),
}  # every other column is text
_COLUMNS = {
    "articles": "source id title title_line kicker authors date paragraphs subheads captions furniture meta",
    "claims": "source id article paragraph start end raw value value_max unit per bound status kind label of place industry "
    "period subject quote speaker review",
    "projects": "source id article paragraph name companies place industry stage investment claims quote",
    "people": "source name title organisation article paragraph quotes",
    "place_industries": "source place level industry article paragraph",
    "warnings": "source line code message claim article verdict working claims suggestion",
    "problems": "source line column level code message fix",
}
SCHEMAS = {
    table: pa.schema([(name, _TYPES.get(name, _TEXT)) for name in columns.split()])
    for table, columns in _COLUMNS.items()
}


class Writer:
    """The files of one part, open until the block ends. rows: of each table so far."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self.rows = dict.fromkeys(SCHEMAS, 0)
        self._files = {
            table: pq.ParquetWriter(paths[table], schema, compression="zstd", compression_level=3)
            for table, schema in SCHEMAS.items()
        }
        self._waiting: dict[str, list[pa.Table]] = {table: [] for table in SCHEMAS}
        self._bytes = 0

    def add(self, name: str, content: bytes | tuple[Problem, ...]) -> None:
        """The rows of the next page."""
        for table, found in _tables(name, content).items():
            self._waiting[table].append(found)
            self.rows[table] += found.num_rows
        self._bytes += len(content)
        if self._bytes >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        for table, waiting in self._waiting.items():
            if waiting:
                self._files[table].write_table(pa.concat_tables(waiting).combine_chunks())
                waiting.clear()
        self._bytes = 0

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            for file in self._files.values():
                file.close()


def _tables(name: str, content: bytes | tuple[Problem, ...]) -> dict[str, pa.Table]:
    """The tables in which the page has rows. What cannot be put into one is a fault of the program, told as such."""
    try:
        found = rows_of(name, content)
        return {table: pa.Table.from_pylist(rows, SCHEMAS[table]) for table, rows in found.items() if rows}
    except MemoryError:  # says nothing of the page, and another machine would give another table
        raise
    except Exception as error:  # one page of millions does not stop the others
        return {"problems": pa.Table.from_pylist(fault_rows(name, error), SCHEMAS["problems"])}
