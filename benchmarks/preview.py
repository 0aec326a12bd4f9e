"""How soon an edit is seen in the preview: python benchmarks/preview.py [articles ...].

Sites of synthetic articles (tests/tools/make_corpus.py), by default of 1,000. `sitegen serve` shows the site; one figure of an article is
changed on disk, and its page is asked for as an open page would: at the event that tells of it. Printed are the seconds from the
change to the page that has it and to the end of the build (the median, the least and the most of seven edits), the processor seconds
of both, and the load of the machine. Where Chromium is there, the page is then open in it, and the same is printed for seven edits
until the figure stands in that page; the processor seconds are those of the preview alone. Nothing here is asserted.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from edits import ENVIRONMENT, ROOT, build, make

sys.path.append(str(ROOT / "tests"))
from browser import CHROMIUM, chromium

EDITS = 7


class Seen(NamedTuple):
    """Seconds until the page showed the edit and until the build had ended, and the processor's for both."""

    page: float
    whole: float
    page_work: float
    whole_work: float


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=600) as answer:
        return str(answer.read().decode())


def work(pid: int) -> float:
    """Processor seconds of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def address_of(home: str, title: str) -> str:
    found = re.search(rf'href="([^"]*)"[^<>]*>(?:<[^<>]*>)*{re.escape(title)}', fetch(f"{home}articles/"))
    if not found:
        sys.exit(f"{title} is not in the list of articles")
    return urljoin(f"{home}articles/", found[1])


def edit(process: "subprocess.Popen[str]", home: str, path: Path, number: int, browser: Any = None) -> Seen:
    """Write another figure at the end of the article and wait for it. browser: in which to wait for it."""
    text = path.read_text("utf-8")
    (title,) = re.findall(r'^title: "?([^"\n]*)', text, re.MULTILINE)[:1]
    page = address_of(home, title)
    (version,) = re.findall(r'data-version="(\d+)"', fetch(page))[:1]
    figure = f"{7000 + number}.{number}万吨"
    tab = browser and browser.new_page()
    if tab:
        tab.goto(page)
        time.sleep(1)  # until the page listens, and the preview is at rest
    began, before = time.perf_counter(), work(process.pid)
    path.write_text(f"{text}\n\n全年产量{figure}。\n", "utf-8")
    if tab:
        tab.get_by_text(figure).first.wait_for(state="attached")
    else:
        fetch(f"{home}__sitegen/events?version={version}")
        if figure not in fetch(page):
            sys.exit(f"the page that was told of does not have {figure}")
    seen = time.perf_counter() - began, work(process.pid) - before
    if tab:
        tab.close()
    assert process.stderr is not None
    process.stderr.readline()  # "built … files": the build has ended
    return Seen(seen[0], time.perf_counter() - began, seen[1], work(process.pid) - before)


def measure(site: Path) -> tuple[list[Seen], list[Seen]]:
    """Edits that are asked for, and edits that a browser shows."""
    environment = {**ENVIRONMENT, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sitegen", "serve", "-p", "0"]
    with subprocess.Popen(
        command, cwd=site, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        home = process.stdout.readline().strip()
        process.stderr.readline(), process.stderr.readline()  # the first build, the address of the desk
        fetch(home)
        time.sleep(1)  # until the folders are watched
        paths = sorted((site / "content/articles").glob("*.md"))
        try:
            asked = [edit(process, home, paths[number * 7], number) for number in range(EDITS)]
            return asked, seen_in_browser(process, home, paths)
        finally:
            process.terminate()


def seen_in_browser(process: "subprocess.Popen[str]", home: str, paths: list[Path]) -> list[Seen]:
    if CHROMIUM is None:
        return []
    with chromium() as browser:
        return [edit(process, home, paths[n * 7 + 3], EDITS + n, browser) for n in range(EDITS)]


def main() -> None:
    print(f"{'articles':>10}  {'':12}{'median s':>9}{'least':>8}{'most':>8}{'CPU s':>8}{'load':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for count in [int(word) for word in sys.argv[1:]] or [1_000]:
            site = make(Path(folder), count)
            build(site)
            asked, shown = measure(site)
            for name, walls, works in (
                ("page seen", [each.page for each in asked], [each.page_work for each in asked]),
                ("build ended", [each.whole for each in asked], [each.whole_work for each in asked]),
                ("in Chromium", [each.page for each in shown], [each.page_work for each in shown]),
            ):
                if not walls:
                    continue
                middle, cpu, load = statistics.median(walls), statistics.median(works), os.getloadavg()[0]
                print(
                    f"{count:10,}  {name:12}{middle:9.2f}{min(walls):8.2f}{max(walls):8.2f}{cpu:8.2f}{load:7.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
