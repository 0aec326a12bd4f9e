"""Lighthouse on the home page, the longest article, a chart, the search and the table of numbers, served from this machine: scores and bytes.

    python benchmarks/lighthouse.py [RUNS] [--no-performance]

A phone with a slow network, as Lighthouse plays it by default; medians of 5 runs unless told otherwise. Needs Chromium and
npm, and the network once. Performance depends on what else the machine does: run it alone, or leave it out; the other scores
are the same on any machine.
"""

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from browser import CHROMIUM, FLAGS

ROOT = Path(__file__).parent.parent
CATEGORIES = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
METRICS = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


class Host(http.server.SimpleHTTPRequestHandler):
    """A static host as sites stand on: text goes out packed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = path.read_bytes() if found else (Path(self.directory) / "404.html").read_bytes()
        packed = path.suffix in PACKED or not found
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", f"{self.guess_type(path) if found else 'text/html'}; charset=utf-8")
        if packed:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the folder is shown."""
    folder.mkdir()
    host = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(folder)))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{host.server_port}/"
    finally:
        host.shutdown()


def installed(folder: Path) -> Path:
    """The command, installed from the lock file."""
    shutil.copytree(ROOT / "benchmarks/lighthouse", folder)
    subprocess.run(
        ["npm", "ci", "--silent"], cwd=folder, check=True, env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    )
    return folder / "node_modules/.bin/lighthouse"


def measured(command: Path, url: str, bars: Mapping[str, int]) -> dict[str, Any]:
    """The report of one run on the categories of the bars."""
    only = ",".join(bars)
    flags = " ".join(["--headless=new", *FLAGS])
    done = subprocess.run(
        [command, url, "--quiet", "--output=json", f"--only-categories={only}", f"--chrome-flags={flags}"],
        check=True, capture_output=True, env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
    )  # fmt: skip
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def failed(report: dict[str, Any]) -> set[str]:
    """Audits that cost a score, of the categories that are to be whole."""
    refs = [
        ref
        for name, category in report["categories"].items()
        if name != "performance"
        for ref in category["auditRefs"]
    ]
    audits = report["audits"]
    return {ref["id"] for ref in refs if ref["weight"] and audits[ref["id"]]["score"] not in (1, None)}


def row(name: str, reports: list[dict[str, Any]], bars: Mapping[str, int]) -> tuple[str, bool]:
    """A line of the table, and whether every bar is reached. Times and bytes belong to performance."""
    scores = {key: statistics.median(100 * r["categories"][key]["score"] for r in reports) for key in bars}
    reached = all(scores[key] >= least for key, least in bars.items())
    cells = [name, *(f"{value:.0f}" for value in scores.values())]
    if "performance" not in bars:
        return "| " + " | ".join(cells) + " |", reached
    metrics = [statistics.median(r["audits"][key]["numericValue"] for r in reports) for key in METRICS]
    size = statistics.median(r["audits"]["total-byte-weight"]["numericValue"] for r in reports)
    cells += [f"{metrics[0]:.0f} ms", f"{metrics[1]:.0f} ms", f"{metrics[2]:.3f}", f"{size / 1000:.0f} KB"]
    return "| " + " | ".join(cells) + " |", reached


def main() -> None:
    """Build, serve, measure, print; exit code 1 where a bar is missed."""
    parser = argparse.ArgumentParser(usage=(__doc__ or "").split("\n\n")[1].strip())
    parser.add_argument("runs", nargs="?", type=int, default=5)
    parser.add_argument("--no-performance", action="store_true")
    asked = parser.parse_args()
    bars = {
        key: least for key, least in CATEGORIES.items() if key != "performance" or not asked.no_performance
    }
    with tempfile.TemporaryDirectory() as name, served(Path(name) / "site") as address:
        command = installed(Path(name) / "tool")
        site = Path(name) / "site"
        build = [sys.executable, "-m", "sitegen", "build", "--quiet", "--base-url", address, "-o", site]
        subprocess.run(build, cwd=ROOT, check=True)
        article = max(
            (site / "articles").glob("*/index.html"), key=lambda path: path.stat().st_size
        ).parent.name
        chart = max((site / "charts").glob("*/index.html"), key=lambda path: path.stat().st_size).parent.name
        heads = ["page", *bars, *([] if asked.no_performance else ["LCP", "TBT", "CLS", "over the wire"])]
        print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
        whole = True
        for page in ("", f"articles/{article}/", f"charts/{chart}/", "search/", "numbers/"):
            reports = [measured(command, address + page, bars) for _ in range(asked.runs)]
            line, reached = row("/" + page, reports, bars)
            print(line, *sorted(set().union(*map(failed, reports))), flush=True)
            whole &= reached
    sys.exit(0 if whole else 1)


if __name__ == "__main__":
    main()
