"""Counts to figures: precision, recall, F1 and accuracies. A figure is None where there was nothing to measure."""

from collections import Counter
from collections.abc import Mapping

from sitegen.evaluation.answers import ATTRIBUTES
from sitegen.problems import Problem

Figures = dict[str, float | None]

_F1 = {"title_f1": "title", "authors_f1": "authors"}
_OF_ARTICLES = ("start", "end", "date")
_SETS = {
    "projects_f1": "projects",
    "place_industry_f1": "pi",
    "people_f1": "people",
    "people_names_f1": "names",
}
FIGURES = (
    *_F1, *_OF_ARTICLES, "precision", "recall", "f1", "strict_f1", *ATTRIBUTES, *_SETS, "contradictions",
)  # fmt: skip


def figures(counts: Counter[str]) -> Figures:
    """All figures of a page, or of several whose counts were added up, in the order of FIGURES."""
    right, extra, missed = (counts[f"claims.{part}"] for part in ("tp", "fp", "fn"))
    found: Figures = {name: _f1(counts, kind) for name, kind in _F1.items()}
    found |= {name: _ratio(counts[name], counts["articles"]) for name in _OF_ARTICLES}
    found |= {"precision": _ratio(right, right + extra), "recall": _ratio(right, right + missed)}
    found |= {"f1": _f1(counts, "claims"), "strict_f1": _f1(counts, "strict")}
    found |= {name: _ratio(counts[f"attr.{name}"], right) for name in ATTRIBUTES}
    found |= {name: _f1(counts, kind) for name, kind in _SETS.items()}
    return {**found, "contradictions": _ratio(counts["contradictions.found"], counts["contradictions"])}


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(counts: Counter[str], kind: str) -> float | None:
    right, extra, missed = (counts[f"{kind}.{part}"] for part in ("tp", "fp", "fn"))
    return _ratio(2 * right, 2 * right + extra + missed)


def below(found: Figures, floors: Mapping[str, float]) -> tuple[Problem, ...]:
    """An error for each figure that is lower than its floor; one with nothing to measure is not."""
    fix = "mend the rules or the gold where the misses above say, or lower the floor"
    return tuple(
        Problem("", 0, 0, "E-FIGURE", f"{name} is {value:.3f}, less than {floor:g}", fix)
        for name, floor in floors.items()
        if (value := found[name]) is not None and value < floor
    )
