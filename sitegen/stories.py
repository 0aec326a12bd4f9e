"""The charts of editors' texts, and the files of content/data that they may be drawn from."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sitegen.charts import Chart, words
from sitegen.charts.story import DataFile, StorySources, build_story
from sitegen.model import ChartBlock
from sitegen.problems import Problem, SitegenError
from sitegen.publish import shown
from sitegen.tables import Tables
from sitegen.tables.files import MOST_BYTES, read_csv
from sitegen.workspace import Workspace, files_in, unreadable

DATA = "content/data"
SUFFIX = ".csv"

# id of a text → its charts, None for one that cannot be drawn
StoryCharts = Mapping[str, tuple[Chart | None, ...]]


class DataFolder:
    """The CSV files of content/data, each read once."""

    def __init__(self, site: Workspace) -> None:
        folder = site.root / DATA
        home = folder.resolve()
        self.there = {
            path.name: path
            for path in files_in(folder, SUFFIX)
            if path.parent == folder and path.resolve().parent == home
        }
        self.read: dict[str, DataFile | SitegenError] = {}

    def __call__(self, name: str) -> DataFile | None:
        """The file of that name, None where it is not there. Raises SitegenError where it cannot be used."""
        if name not in self.there:
            return None
        if name not in self.read:
            try:
                self.read[name] = _read(self.there[name])
            except SitegenError as error:
                self.read[name] = error
        found = self.read[name]
        if isinstance(found, SitegenError):
            raise found
        return found


def _read(path: Path) -> DataFile:
    name = shown(path)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            fix = "put the table itself there"
            raise SitegenError(Problem(name, 0, 0, "E-READ", "is no file that can be read twice", fix))
        with path.open("rb") as file:  # a file that grows meanwhile is not read to its end
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    return DataFile(f"{DATA}/{os.path.basename(name)}", read_csv(name, data))


def story_charts(
    texts: Sequence[tuple[str, str, Sequence[ChartBlock]]],
    tables: Tables,
    site: Workspace,
    taken: Sequence[str],
) -> tuple[StoryCharts, tuple[Problem, ...]]:
    """The charts of each text, and what is wrong with those that cannot be drawn.

    texts: id, file and blocks of each; taken: ids of charts that are there already.
    """
    folder = DataFolder(site)
    sources = StorySources(tables, words(site.config.language), folder, tuple(sorted(folder.there)))
    told: dict[str, tuple[Chart | None, ...]] = {}
    problems: list[Problem] = []
    named = dict.fromkeys(taken, "")
    for id_, file, blocks in texts:
        charts: list[Chart | None] = []
        for block, chart_id in zip(blocks, _ids(id_, blocks), strict=True):
            if chart_id in named:
                fact = f"there is a chart {chart_id} already{named[chart_id]}"
                problems.append(Problem(file, *block.spot("id"), "E-CHART-ID", fact, "give it another id"))
                charts.append(None)
                continue
            named[chart_id] = f" ({file}:{block.line})"
            chart, wrong = build_story(block, chart_id, file, sources)
            charts.append(chart)
            problems += wrong
        told[id_] = tuple(charts)
    return told, tuple(problems)


def _ids(text: str, blocks: Sequence[ChartBlock]) -> Iterator[str]:
    """The id of each chart: its own, else that of its text and its number there."""
    for number, block in enumerate(blocks, 1):
        yield block.id or f"{text}-{number}"
