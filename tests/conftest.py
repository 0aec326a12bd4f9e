"""What all tests share: the figures of the gold are printed at the end of every run, so that CI shows them."""

from collections.abc import Callable
from typing import Any

import pytest

FIGURES = pytest.StashKey[dict[str, dict[str, Any]]]()
SHOWN = ("title_f1", "start", "end", "precision", "recall", "f1", "strict_f1", "bound", "status", "kind", "place", "period", "per",
         "projects_f1", "place_industry_f1", "people_f1", "contradictions")  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = {}


@pytest.fixture
def record_figures(request: pytest.FixtureRequest) -> Callable[[str, dict[str, Any]], None]:
    """Keep a score report to be printed after the run."""

    def record(name: str, report: dict[str, Any]) -> None:
        request.config.stash[FIGURES][name] = report

    return record


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    figures = config.stash[FIGURES]
    if not figures:
        return
    terminalreporter.section("extraction against gold")
    for name, report in figures.items():
        cells = (f"{key} {report[key]:.3f}" for key in SHOWN if report[key] is not None)
        terminalreporter.line(f"{name}: " + "  ".join(cells))
