"""What an archive costs: python benchmarks/cluster.py [pages ...] (default: 100 1000 10000). Nothing here is asserted.

Synthetic articles (tests/tools/make_corpus.py) as newspaper pages, made into an archive by one and by two workers of a Dask
scheduler on loopback. Processor seconds are those of workers that have loaded their words; they hardly depend on what else the
machine does, as the wall clock does. At last, what a list of a million pages takes, and what the search of one site takes.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from clusters import ENVIRONMENT, Cluster  # noqa: E402  beside the tests, which use it too

LISTED = 1_000_000
SEARCHED = (1_000, 4_000)
WARM = 30  # pages of the first run, so that each worker has loaded its words before it is measured
PEAK = """
import re, sys, time
from pathlib import Path
def peak():
    return int(re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1]) / 1024
"""
LIST = f"""{PEAK}
from sitegen.archive.listing import grouped
before, start = peak(), time.process_time()
groups = grouped(Path(sys.argv[1]), Path(sys.argv[2]), lambda count: 1024)
print(peak() - before, time.process_time() - start)
"""
SEARCH = f"""{PEAK}
sys.path[:0] = sys.argv[2:]
from search import invented
from sitegen.search import search_files
articles = invented(int(sys.argv[1]))
characters = sum(len(each.text) for fact in articles for each in fact.article.paragraphs)
before, start = peak(), time.process_time()
size = sum(len(data) for _, data in search_files(articles, {{}}))
print(characters, size, time.process_time() - start, peak() - before)
"""


def make_pages(folder: Path, count: int) -> tuple[Path, int]:
    """So many pages of one article each, and their characters."""
    corpus = ROOT / "tests" / "tools" / "make_corpus.py"
    subprocess.run(
        [sys.executable, str(corpus), str(count), str(folder / "corpus")], check=True, capture_output=True
    )
    pages = folder / "pages"
    pages.mkdir()
    characters = 0
    for path in sorted((folder / "corpus/articles").glob("*.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        title = re.search(r'title: "?([^"\n]+)', head)
        text = f"{title[1] if title else path.stem}\n\n本报记者 张建国\n" + re.sub(
            r"(?m)^#+ *|\*\*", "", body
        )
        characters += len(text)
        (pages / f"{path.stem}.txt").write_text(text, "utf-8")
    return pages, characters


def run(cluster: Cluster, pages: Path, out: Path) -> tuple[float, float, float, float]:
    """Seconds of the clock, processor seconds of the workers and of the command, MiB of the largest worker's peak."""
    workers = [psutil.Process(each.pid) for each in cluster.processes[1:]]

    def used() -> float:
        return sum(each.cpu_times().user + each.cpu_times().system for each in workers)

    before, start, mine = used(), time.perf_counter(), os.times()
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "archive",
        "--quiet",
        pages,
        out,
        "--scheduler",
        cluster.address,
    ]
    subprocess.run(command, env=ENVIRONMENT, check=True)
    wall, after = time.perf_counter() - start, os.times()
    command_seconds = after.children_user + after.children_system - mine.children_user - mine.children_system
    peaks = [re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{each.pid}/status").read_text()) for each in workers]
    return wall, used() - before, command_seconds, max(int(peak[1]) / 1024 for peak in peaks if peak)


def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages, characters = make_pages(folder, count)
        (folder / "warm").mkdir()
        for path in sorted(pages.iterdir())[:WARM]:
            (folder / "warm" / path.name).write_bytes(path.read_bytes())
        for workers in (1, 2):
            (folder / f"logs{workers}").mkdir()
            with Cluster(folder / f"logs{workers}", workers) as cluster:
                run(cluster, folder / "warm", folder / f"warm{workers}")
                out = folder / f"out{workers}"
                wall, processor, command, peak = run(cluster, pages, out)
                again = run(cluster, pages, out)
            print(
                f"{count:6} pages {workers} workers {wall:7.1f} s wall {processor:7.1f} s processor of workers "
                f"{command:5.1f} s of the command {count / processor:6.1f} pages and {characters / processor:8,.0f} characters "
                f"a processor second, {peak:5.0f} MiB peak of a worker; again: {again[1]:5.2f} s of workers",
                flush=True,
            )
        sizes = {
            table.name: sum(path.stat().st_size for path in table.iterdir()) / count
            for table in sorted((folder / "out1").iterdir())
            if table.is_dir() and not table.name.startswith(".")
        }
        print(
            f"{'':6} bytes a page: {characters / count:.0f} characters in, {sum(sizes.values()):.0f} out:",
            end=" ",
        )
        print(", ".join(f"{table} {size:.0f}" for table, size in sizes.items()), flush=True)


def figures(script: str, *arguments: str) -> list[float]:
    """The numbers that a script prints, run in a process of its own."""
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    return [float(each) for each in done.stdout.split()]


def measure_list() -> None:
    with tempfile.TemporaryDirectory() as name:
        listed = Path(name, "list")
        lines = (f"{1950 + n % 75}/{n % 12 + 1:02}/{n % 28 + 1:02}/page-{n:08}.txt\n" for n in range(LISTED))
        listed.write_text("".join(lines), "utf-8")
        memory, seconds = figures(LIST, name, str(listed))
        print(f"a list of {LISTED:,} pages: {memory:.0f} MiB, {seconds:.1f} s processor")


def measure_search(count: int) -> None:
    characters, size, seconds, memory = figures(
        SEARCH, str(count), str(ROOT / "benchmarks"), str(ROOT / "tests")
    )
    print(
        f"search of {count:,} articles of {characters / count:.0f} characters: {size / count:.0f} bytes an article, "
        f"{seconds:.1f} s processor, {memory:.0f} MiB"
    )


def main() -> None:
    for count in map(int, sys.argv[1:] or ("100", "1000", "10000")):
        measure(count)
    measure_list()
    for count in SEARCHED:
        measure_search(count)


if __name__ == "__main__":
    main()
