"""What a build costs from nothing, with nothing changed and after one edit: python benchmarks/edits.py [articles ...].

Sites of synthetic articles (tests/tools/make_corpus.py), by default of 100, 1,000 and 10,000. Printed are wall and processor
seconds (of all processes together) and the largest process in MiB; of edits and of builds without a change the median of five.
Each edit changes one figure of one article. Nothing here is asserted.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
# as an installed program runs, whose modules are compiled once
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


class Cost(NamedTuple):
    """wall, processor: seconds; memory: MiB."""

    wall: float
    processor: float
    memory: float


def build(site: Path) -> Cost:
    environment = {**ENVIRONMENT, "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "sitegen", "build", "-q"], cwd=site, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the build ended with {process.returncode}")
    wall = time.perf_counter() - began
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def make(folder: Path, count: int) -> Path:
    site = folder / str(count)
    corpus = ROOT / "tests" / "tools" / "make_corpus.py"
    subprocess.run([sys.executable, str(corpus), str(count), str(site / "content")], check=True)
    (site / "content/facts.json").unlink()
    (site / "content/site.yml").write_text('title: "Corpus"\nseeds_dir: null\n', "utf-8")
    return site


def edit(site: Path, number: int) -> None:
    path = sorted((site / "content/articles").glob("*.md"))[number * 7]
    head, mark, text = path.read_text("utf-8").rpartition("%")
    path.write_text(f"{head}{number}{mark}{text}", "utf-8")


def median(costs: list[Cost]) -> Cost:
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or [100, 1_000, 10_000]
    print(f"{'articles':>10}  {'build':18}{'wall s':>9}{'CPU s':>9}{'MiB':>7}{'ms/article':>12}")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            site = make(Path(folder), count)
            costs = {"from nothing": build(site)}
            costs["nothing changed"] = median([build(site) for _ in range(RUNS)])
            edits = []
            for number in range(RUNS):
                edit(site, number)
                edits.append(build(site))
            costs["one edit"] = median(edits)
            for name, cost in costs.items():
                each = cost.wall / count * 1000
                print(
                    f"{count:10,}  {name:18}{cost.wall:9.2f}{cost.processor:9.2f}{cost.memory:7.0f}{each:12.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
