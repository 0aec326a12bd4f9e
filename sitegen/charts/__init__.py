"""The charts of a site, one file each. To add one: write its file (ID, GROUP, build), name it in CHARTS."""

from collections.abc import Callable
from importlib import resources
from pathlib import Path

from sitegen.charts import clusters, matrix, money, progress, shares, signings, sizes, tiles, timeline, values
from sitegen.charts.base import Cell, Chart, ChartError, Column, figure_json
from sitegen.charts.words import Words, words
from sitegen.tables import Tables

__all__ = [
    "CHARTS",
    "Cell",
    "Chart",
    "ChartError",
    "Column",
    "build_charts",
    "figure_json",
    "plotly_script",
    "words",
]

Build = Callable[[Tables, Words], Chart | None]

CHARTS: tuple[tuple[str, Build], ...] = (
    (progress.ID, progress.build),
    (signings.ID, signings.build),
    (money.ID, money.build),
    (values.ID, values.build),
    (sizes.ID, sizes.build),
    (shares.ID, shares.build),
    (tiles.ID, tiles.build),
    (clusters.ID, clusters.build),
    (matrix.ID, matrix.build),
    (timeline.ID, timeline.build),
)


def build_charts(tables: Tables, language: str = "zh-CN") -> tuple[Chart, ...]:
    """Every chart for which the tables hold enough, in the order of CHARTS. Raises ChartError for one nobody
    could read.
    """
    known = words(language)
    charts = (build(tables, known) for _, build in CHARTS)
    return tuple(chart for chart in charts if chart is not None)


def plotly_script() -> bytes:
    """Plotly's own script as it came with the plotly package, for /assets/plotly.min.js."""
    return Path(str(resources.files("plotly"))).joinpath("package_data", "plotly.min.js").read_bytes()
