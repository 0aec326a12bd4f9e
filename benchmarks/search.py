"""Search at scale: how many bytes a query reads, how long it takes, and whether it finds exactly what stands there.

    python benchmarks/search.py [ARTICLES] [QUERIES]

The articles are made of sentences of the gold's pages, in an order drawn by lot. Needs Chromium.
"""

import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from browser import chromium
from search_harness import ask, gold_articles, lines_of, searchable, stretches

from sitegen.model import Facts, Paragraph
from sitegen.text import sentences

PARAGRAPHS, SENTENCES = 7, 3


def invented(count: int) -> list[Facts]:
    """Articles of seven paragraphs of three sentences each, about 1,000 characters."""
    chance = random.Random(10)
    real = gold_articles()
    texts = [p.text for each in real for p in each.article.paragraphs]
    said = [text[s.start : s.end] for text in texts for s in sentences(text)]
    titles = [each.article.title or "编者按" for each in real]
    made = []
    for number in range(count):
        paragraphs = tuple(
            Paragraph("".join(chance.choices(said, k=SENTENCES)), (n, n)) for n in range(1, PARAGRAPHS + 1)
        )
        half = chance.choice(titles)
        title = half[: len(half) // 2] + chance.choice(titles)[-8:]
        date = f"{chance.randint(2001, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        article = replace(
            real[0].article, id=f"a{number:010d}", title=title, date=date, paragraphs=paragraphs
        )
        made.append(Facts(article))
    return made


def queried(articles: list[Facts], number: int) -> list[str]:
    """Stretches of two to four characters, and of one and six."""
    return [
        *stretches(articles, (2, 3, 4), number * 3 // 4, 1),
        *stretches(articles, (1, 6), number // 4, 2),
    ]


def main() -> None:
    """Build, ask, print."""
    count, number = (int(given) for given in (*sys.argv[1:], "10000", "200")[:2])
    articles = invented(count)
    chars = sum(len(p.text) for each in articles for p in each.article.paragraphs)
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        began = time.monotonic()
        address = searchable(articles, Path(name))
        sizes = {path.name: path.stat().st_size for path in (Path(name) / "search").iterdir()}
        print(f"{count} articles, {chars / 1e6:.1f} million characters; index {sum(sizes.values()) / 1e6:.1f} MB "
              f"in {len(sizes)} files, {time.monotonic() - began:.1f} s; index.js {sizes['index.js'] / 1e3:.0f} KB")  # fmt: skip
        lines = lines_of(articles)
        queries = queried(articles, number)
        read, took, wrong = [], [], []
        for query in queries:  # a page of its own for each, so that nothing is read already
            page = browser.new_page()
            loaded: list[int] = []
            page.on("request", lambda asked, into=loaded: into.append(sizes.get(asked.url.split("/")[-1], 0)))
            page.goto(address.as_uri())
            answers = ask(page, [query], lines)
            wrong += answers.wrong
            read.append((sum(loaded), query))
            took += ask(page, [query], lines).took
            page.close()
        read.sort()
        took.sort()
        print(f"{len(queries)} queries, wrong: {len(wrong)} {wrong[:3]}")
        print(f"read, bytes: median {read[len(read) // 2][0]:,}, most {read[-1][0]:,} ({read[-1][1]}); "
              f"with everything read, ms: median {took[len(took) // 2]:.0f}, p95 {took[len(took) * 95 // 100]:.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
