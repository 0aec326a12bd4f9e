"""Pagefind on the articles and queries of benchmarks/search.py: time and size of its index, what a query finds and reads.

    python benchmarks/pagefind.py [ARTICLES] [QUERIES]

Each query is asked as it stands and, as Pagefind wants exact words, in quotation marks. Needs Chromium and npm, and the network once.
"""

import functools
import gzip
import html
import http.server
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from browser import chromium
from search import invented, queried
from search_harness import lines_of

from sitegen.model import Facts
from sitegen.search.folding import folded
from sitegen.search.texts import in_order

ROOT = Path(__file__).parent.parent
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title><main data-pagefind-body>
<h1>{title}</h1>{body}</main></html>"""
ASK = """async (query) => {
  const pagefind = await import('/pagefind/pagefind.js');
  await pagefind.init();
  const before = performance.getEntriesByType('resource').length, began = performance.now();
  const found = await pagefind.search(query), took = performance.now() - began;
  const read = performance.getEntriesByType('resource').slice(before).reduce((sum, entry) => sum + entry.encodedBodySize, 0);
  return {found: found.results.map((result) => result.id), took, read};
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


def indexed(articles: Sequence[Facts], folder: Path, tool: Path) -> None:
    """Pages of the articles, in the order of the index, and Pagefind's files beside them."""
    for number, each in enumerate(in_order(articles)):
        body = "".join(f"<p>{html.escape(p.text)}</p>" for p in each.article.paragraphs)
        page = folder / f"{number}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE.format(title=html.escape(each.article.title or ""), body=body), encoding="utf-8")
    began = time.monotonic()
    subprocess.run([tool, "--site", folder], check=True, stdout=subprocess.DEVNULL)
    size = sum(path.stat().st_size for path in (folder / "pagefind").rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{len(articles)} articles; index {size / 1e6:.1f} MB, {time.monotonic() - began:.1f} s, {peak:.0f} MiB"
    )


def numbers(folder: Path) -> dict[str, int]:
    """The article of each result that Pagefind may name."""
    known = {}
    for path in (folder / "pagefind/fragment").iterdir():
        text = gzip.decompress(path.read_bytes()).decode()
        url = json.loads(text[text.index("{") :])["url"]
        known[path.name.split(".")[0]] = int(re.findall(r"\d+", url)[0])
    return known


def report(name: str, asked: Sequence[tuple[set[int], set[int], float, int]]) -> None:
    """asked: expected, found, milliseconds, bytes read, of each query."""
    hits = sum(len(expected & found) for expected, found, *_ in asked)
    recall, precision = (hits / sum(len(row[side]) for row in asked) for side in (0, 1))
    exact = sum(expected == found for expected, found, *_ in asked)
    took, read = sorted(row[2] for row in asked), sorted(row[3] for row in asked)
    print(f"{name}: {exact} of {len(asked)} queries exact, precision {precision:.3f}, recall {recall:.3f}; "
          f"ms: median {took[len(took) // 2]:.0f}, p95 {took[len(took) * 95 // 100]:.0f}; "
          f"read, bytes: median {read[len(read) // 2]:,}, most {read[-1]:,}")  # fmt: skip


def main() -> None:
    """Build, ask, print."""
    count, number = (int(given) for given in (*sys.argv[1:], "10000", "200")[:2])
    articles = invented(count)
    lines = lines_of(articles)
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        shutil.copytree(ROOT / "benchmarks/pagefind", Path(name) / "tool")
        subprocess.run(["npm", "ci", "--silent"], cwd=Path(name) / "tool", check=True)
        site = Path(name) / "site"
        indexed(articles, site, Path(name) / "tool/node_modules/.bin/pagefind")
        known = numbers(site)
        host = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))
        )
        threading.Thread(target=host.serve_forever, daemon=True).start()
        for form in ("{}", '"{}"'):
            asked = []
            for query in queried(articles, number):
                page = browser.new_page()  # of its own, so that nothing is read already
                page.goto(f"http://127.0.0.1:{host.server_port}/0/")
                answer = page.evaluate(ASK, form.format(query))
                page.close()
                expected = {at for at, own in enumerate(lines) if any(folded(query) in line for line in own)}
                asked.append(
                    (expected, {known[each] for each in answer["found"]}, answer["took"], answer["read"])
                )
            report(form.format("QUERY"), asked)
        host.shutdown()


if __name__ == "__main__":
    main()
