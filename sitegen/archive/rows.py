"""What one page says, as rows of the tables: the records that `sitegen extract PAGE --format json` prints of it."""

import json
import traceback
from pathlib import Path

from sitegen.checks import checked
from sitegen.problems import Problem
from sitegen.reading import gathered, read_page
from sitegen.records import Record, to_json
from sitegen.workspace import SourceFile

Rows = dict[str, list[Record]]  # of each table


def rows_of(name: str, content: bytes | tuple[Problem, ...]) -> Rows:
    """The rows that a page gives. content: its bytes, or why it cannot be read."""
    if not isinstance(content, bytes):
        return {"problems": _problems(name, content)}
    reading = gathered([SourceFile(Path(name), name, name)], [read_page(name, content)])
    records = to_json(checked(reading.facts), warnings=reading.warnings)
    pairs = [
        {"place": place["name"], "level": place["level"], **pair}
        for place in records["places"]
        for pair in place["industries"]
    ]
    rows = {
        "articles": [_article(each) for each in records["articles"]],
        "claims": [_claim(each) for each in records["claims"]],
        "projects": records["projects"],
        "people": records["people"],
        "place_industries": pairs,
        "warnings": records["warnings"],
    }
    for table in rows.values():
        for record in table:
            record["source"] = name
    return {**rows, "problems": _problems(name, reading.problems)}


def _article(record: Record) -> Record:
    """meta, which has other fields in other articles, is JSON in a text."""
    meta = record.get("meta")
    return {**record, "meta": json.dumps(meta, ensure_ascii=False) if meta else None}


def _claim(record: Record) -> Record:
    """Numbers as doubles: Parquet refuses an integer that a double does not hold to the last digit."""
    return record | {
        key: None if record[key] is None else float(record[key]) for key in ("value", "value_max")
    }


def fault_rows(name: str, error: Exception) -> list[Record]:
    """The row of problems for a page on which the program itself fails, with the place in the program."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    fact = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
    fix = "this is a fault of sitegen: please report it with the page"
    return _problems(name, (Problem(name, 0, 0, "E-FAULT", fact, fix),))


def _problems(name: str, problems: tuple[Problem, ...]) -> list[Record]:
    source = name.encode("utf-8", "backslashreplace").decode()  # a name may be no UTF-8
    return [
        {"source": source, "line": each.line, "column": each.col, "level": each.level, "code": each.code,
         "message": each.message, "fix": each.fix}
        for each in problems
    ]  # fmt: skip
