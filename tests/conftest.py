"""What all tests share: the end of every run prints the figures of the gold, and the tests that were left out.

Only tests marked `browser` may be left out, where there is no Chromium; SITEGEN_BROWSER=required makes that a failure.
"""

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from crawl import Crawl
from sites import ROOT, copy_site, sitegen

from sitegen.lexicon import Words, use

SHOWN = ("title_f1", "start", "end", "precision", "recall", "f1", "strict_f1", "bound", "status", "kind", "place", "period", "per",
         "projects_f1", "place_industry_f1", "people_f1", "contradictions")  # fmt: skip


class Told:
    """What the tests of all processes have told: which were left out, and the figures of the gold."""

    def __init__(self) -> None:
        self.left_out: list[str] = []
        self.figures: dict[str, dict[str, Any]] = {}


TOLD = Told()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips itself fails, unless it needs a browser and none is required."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        browser = item.get_closest_marker("browser") is not None
        if browser and os.environ.get("SITEGEN_BROWSER") != "required":
            report.user_properties.append(("left out", item.nodeid))
        else:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was left out: {report.longrepr[-1]}"
    return report


@pytest.hookimpl
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Gather what tests in any process have to say at the end of the run."""
    for name, value in report.user_properties if report.when != "setup" or report.skipped else ():
        if name == "left out":
            TOLD.left_out.append(str(value))
        elif name == "figures":
            TOLD.figures |= dict([value])


@pytest.fixture(autouse=True)
def _packaged_words() -> None:
    """No words of the site that another test worked on."""
    use(Words())


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site, built once from its seeds and content; read it, leave it as it is."""
    return _built(tmp_path_factory.mktemp("published"), sorted((ROOT / "seeds").iterdir()))


@pytest.fixture(scope="session")
def published_from_others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with other papers' pages for seeds."""
    return _built(tmp_path_factory.mktemp("others"), sorted((ROOT / "tests/gold/pages").glob("*.txt")))


@pytest.fixture(scope="session")
def published_with_story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site with an editor's data story: charts of all types, numbers of other texts, a note."""
    site = copy_site(ROOT / "tests/story", tmp_path_factory.mktemp("story") / "site")
    return _built(site, sorted((ROOT / "seeds").iterdir()))


def _built(site: Path, seeds: list[Path]) -> Path:
    shutil.copytree(ROOT / "content", site / "content", dirs_exist_ok=True)
    (site / "seeds").mkdir()
    for file in seeds:
        shutil.copy(file, site / "seeds")
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    return site / "build"


@pytest.fixture(scope="session", params=["published", "published_from_others", "published_with_story"])
def crawl(request: pytest.FixtureRequest) -> Crawl:
    """Each of the three sites, read and parsed once."""
    return Crawl(request.getfixturevalue(request.param))


@pytest.fixture
def record_figures(request: pytest.FixtureRequest) -> Callable[[str, dict[str, Any]], None]:
    """Keep a score report to be printed after the run."""

    def record(name: str, report: dict[str, Any]) -> None:
        request.node.user_properties.append(("figures", (name, {key: report[key] for key in SHOWN})))

    return record


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if TOLD.figures:
        terminalreporter.section("extraction against gold")
    for name, report in sorted(TOLD.figures.items()):
        cells = (f"{key} {report[key]:.3f}" for key in SHOWN if report[key] is not None)
        terminalreporter.line(f"{name}: " + "  ".join(cells))
    if TOLD.left_out:
        terminalreporter.section("left out, since there is no Chromium")
    for name in sorted(TOLD.left_out):
        terminalreporter.line(name)
