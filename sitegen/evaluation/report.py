"""An evaluation as text for an editor and as JSON for a program."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sitegen.evaluation.figures import FIGURES, Figures, figures
from sitegen.evaluation.misses import Difference, Miss
from sitegen.evaluation.run import Evaluation, PageScore
from sitegen.records import number

_COLUMNS = {
    "title": "title_f1", "auth": "authors_f1", "start": "start", "end": "end", "date": "date", "P": "precision",
    "R": "recall", "F1": "f1", "strict": "strict_f1", "bound": "bound", "status": "status", "kind": "kind",
    "place": "place", "period": "period", "per": "per", "max": "value_max", "proj": "projects_f1",
    "pi": "place_industry_f1", "people": "people_f1", "contra": "contradictions",
}  # fmt: skip
_NAME = 14


def as_text(found: Evaluation) -> str:
    """The table, one line a page and one for all; then every miss, page by page."""
    lines = [_row("page", list(_COLUMNS))]
    lines += [_row(page.name, _cells(figures(page.counts))) for page in found.pages]
    lines.append(_row("all", _cells(figures(found.counts))))
    for page in found.pages:
        for miss in page.misses:
            lines += ["", *_miss_lines(page, miss)]
    return "\n".join(lines) + "\n"


def _row(name: str, cells: list[str]) -> str:
    return f"{name[: _NAME - 1]:{_NAME}}" + " ".join(f"{cell:>6}" for cell in cells)


def _cells(found: Figures) -> list[str]:
    return ["-" if (value := found[name]) is None else f"{value:.3f}" for name in _COLUMNS.values()]


_SAYS = {"missed": "not found", "extra": "not in the gold", "differs": "read otherwise"}


def _miss_lines(page: PageScore, miss: Miss) -> Iterator[str]:
    """page:line, what; its sentence; field: expected ≠ read; where the gold says so."""
    place = f"{page.page}:{miss.line}" if miss.line else page.page
    yield f"{place}: {miss.record} {miss.printed}: {_SAYS[miss.verdict]}"
    if miss.sentence:
        yield f"    {miss.sentence}"
    for each in miss.differences:
        yield f"    {_difference(each)}"
    if miss.gold_line:
        yield f"    {page.gold}:{miss.gold_line}"


def _difference(each: Difference) -> str:
    answers = list(dict.fromkeys(_word(answer) for answer in each.expected))
    return f"{each.field}: {' or '.join(answers)} ≠ {_word(each.read)}"


def _word(value: object) -> str:
    plain = _plain(value)
    return "–" if plain in (None, "") else str(plain)


def _plain(value: object) -> Any:
    return number(value) if isinstance(value, Decimal) else value


def as_json(found: Evaluation) -> dict[str, Any]:
    """Figures and misses of each page, and the figures of all; ready for json.dumps."""
    return {
        "totals": _figures_record(found.counts),
        "pages": [
            {
                "name": page.name,
                "page": page.page,
                "gold": page.gold,
                **_figures_record(page.counts),
                "misses": [_miss_record(miss) for miss in page.misses],
            }
            for page in found.pages
        ],
    }


def _figures_record(counts: Any) -> dict[str, Any]:
    values = figures(counts)
    return {
        "figures": {name: values[name] for name in FIGURES},
        "counts": {name: count for name, count in sorted(counts.items()) if count},
    }


def _miss_record(miss: Miss) -> dict[str, Any]:
    record = asdict(miss)
    record["differences"] = [
        {
            "field": each.field,
            "expected": [_plain(answer) for answer in each.expected],
            "read": _plain(each.read),
        }
        for each in miss.differences
    ]
    return record
