"""How long the checks take: python benchmarks/checks.py [ARTICLES]. Prints seconds of one core for a quarter, a half and all.

The articles are those of tests/slips, read once and copied under other ids and places, ten claims and more in each.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from seeded_slips import articles, slips

from sitegen.checks import check
from sitegen.model import Facts
from sitegen.reading import read_page

_PLACES = 2800  # about as many as there are counties


def copies() -> Iterator[Facts]:
    """Articles without end, half of them with a slip, no two with one id."""
    pages = [each["text"] for each in articles()] + [slip.page for slip in slips(articles(), 1)][::3]
    read = [facts for page in pages for facts in read_page("page.txt", page.encode()).facts]
    number = 0
    while True:
        for facts in read:
            number += 1
            name, place = f"a{number:010}", f"第{number % _PLACES}县"
            claims = tuple(
                replace(claim, id=f"{name}-{n:08}", article=name, place=place)
                for n, claim in enumerate(facts.claims)
            )
            article = replace(facts.article, id=name, source=f"{number}.txt")
            yield replace(facts, article=article, claims=claims)


def main(most: int) -> None:
    """Time the checks on a quarter, a half and all of the articles."""
    for count in (most // 4, most // 2, most):
        facts = list(islice(copies(), count))
        claims = sum(len(each.claims) for each in facts)
        began = time.process_time()
        found = len(check(facts))
        seconds = time.process_time() - began
        print(f"{count} articles, {claims} claims: {seconds:.1f} s, {found} findings")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
