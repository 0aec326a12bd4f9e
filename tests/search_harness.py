"""Many queries put to a search page in Chromium, opened from disk, and what a plain reading of the texts would answer."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sites import ROOT
from small_site import site
from test_pages import publish

from sitegen import search
from sitegen.loaders import load
from sitegen.model import Facts
from sitegen.search.folding import folded
from sitegen.search.texts import head_lines, in_order

ASK = """async (queries) => {
  const form = document.querySelector('.find'), box = document.getElementById('q'), answers = [];
  for (const query of queries) {
    const before = new Set(performance.getEntriesByType('resource').map((entry) => entry.name)), began = performance.now();
    const answer = new Promise((done) => document.addEventListener('answered', (event) => done(event.detail), {once: true}));
    box.value = query;
    form.requestSubmit();
    const found = await answer;
    answers.push({query: found.query, articles: found.articles, took: performance.now() - began});
  }
  return answers;
}"""


@dataclass(frozen=True)
class Answers:
    """What the page found. wrong: queries whose articles are not those that hold the words; hits: all pairs of query and article."""

    wrong: list[tuple[str, set[int], set[int]]]
    hits: int
    took: list[float]


def gold_articles() -> list[Facts]:
    """Every article of the pages of the gold and of the seeds, without what was read from them."""
    files = sorted([*(ROOT / "tests/gold").glob("*/*.txt"), *(ROOT / "seeds").glob("*.txt")])
    found = (article for file in files for article in load(file.name, file.read_bytes()).articles)
    return list({article.id: Facts(article) for article in found}.values())


def searchable(facts: Sequence[Facts], folder: Path) -> Path:
    """A search page over the articles; its address."""
    files = {
        path: data
        for path, data in publish(site()).items()
        if path.startswith(("assets/", "search/index.html"))
    }
    files.update(search.search_files(facts, {}))
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder / "search/index.html"


def lines_of(facts: Sequence[Facts]) -> list[list[str]]:
    """What is searched in each article, folded, in the order of the index."""
    return [
        [
            folded(line)
            for line in (*head_lines(each.article), *search.article_text(each.article).split("\n")[1:])
        ]
        for each in in_order(facts)
    ]


def stretches(facts: Sequence[Facts], sizes: Sequence[int], count: int, seed: int) -> Iterator[str]:
    """Stretches of paragraphs and headlines taken at random, without blanks."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    lines = [
        line
        for each in facts
        for line in search.article_text(each.article).split("\n")
        if len(line) > max(sizes)
    ]
    while count:
        line, size = chance.choice(lines), chance.choice(sizes)
        at = chance.randrange(len(line) - size + 1)
        if not any(char.isspace() for char in line[at : at + size]):
            yield line[at : at + size]
            count -= 1


def ask(page: Any, queries: Sequence[str], lines: Sequence[Sequence[str]]) -> Answers:
    """Put the queries to an open search page."""
    wrong, hits, took = [], 0, []
    for answer in page.evaluate(ASK, list(queries)):
        wanted = folded(answer["query"]).split()
        expected = {
            number
            for number, own in enumerate(lines)
            if all(any(word in line for line in own) for word in wanted)
        }
        found = set(answer["articles"])
        hits += len(expected)
        took.append(answer["took"])
        if found != expected or len(found) != len(answer["articles"]):
            wrong.append((answer["query"], expected, found))
    return Answers(wrong, hits, took)
