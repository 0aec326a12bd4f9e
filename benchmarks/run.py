"""How fast sitegen is, measured: python benchmarks/run.py [articles]. Medians of five runs; nothing here is asserted.

Prints characters a second of loading and of extraction on synthetic articles (tests/tools/make_corpus.py), and the wall
and processor seconds of whole commands: --help, and a build of the two seeds from nothing.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sitegen.console import set_up
from sitegen.extract import extract
from sitegen.loaders import load

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def command(*words: str) -> tuple[float, float]:
    """Wall and processor seconds of one run of sitegen."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = seconds(
        lambda: subprocess.run(
            [sys.executable, "-m", "sitegen", *words], cwd=ROOT, check=True, capture_output=True
        )
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        corpus = ROOT / "tests" / "tools" / "make_corpus.py"
        subprocess.run([sys.executable, str(corpus), str(count), folder], check=True)
        pages = [(path.name, path.read_bytes()) for path in sorted(Path(folder, "articles").glob("*.md"))]
        characters = sum(len(data.decode()) for _, data in pages)
        articles = [article for name, data in pages for article in load(name, data).articles]
        set_up()  # as every command does
        extract(articles[0])  # words are loaded once, before the clock starts
        loading = statistics.median(seconds(lambda: [load(*page) for page in pages]) for _ in range(RUNS))
        reading = statistics.median(
            seconds(lambda: [extract(article) for article in articles]) for _ in range(RUNS)
        )
        print(f"{count} articles, {characters:,} characters")
        print(f"load     {characters / loading:12,.0f} characters/s")
        print(f"extract  {characters / reading:12,.0f} characters/s")
        print(f"both     {characters / (loading + reading):12,.0f} characters/s")
        for words in (["--help"], ["build", "--output", str(Path(folder, "site"))]):
            runs = [command(*words) for _ in range(RUNS)]
            wall, processor = (statistics.median(column) for column in zip(*runs, strict=True))
            print(f"sitegen {words[0]:8} {wall:6.2f} s wall, {processor:6.2f} s processor")


if __name__ == "__main__":
    main()
