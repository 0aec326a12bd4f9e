"""Recall of findings on seeded slips and false alarms on sound pages: python tests/tools/check_bench.py [SEED] [-v]."""

import re
import sys
from collections import Counter
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from seeded_slips import Slip, articles, slips

from sitegen.checks import check
from sitegen.model import Warning
from sitegen.reading import read_page

TESTS = Path(__file__).resolve().parents[1]
GRAVE = ("differs", "implausible")


def alarms(name: str, page: str) -> list[tuple[Warning, set[str]]]:
    """The grave findings on a page, each with the printed numbers that it names."""
    facts = read_page(f"{name}.txt", page.encode()).facts
    raws = {claim.id: claim.raw for each in facts for claim in each.claims}
    return [(w, {raws[c] for c in w.claims}) for w in check(facts) if w.verdict in GRAVE]


def caught(slip: Slip) -> bool:
    """Whether an alarm on the page names the misprinted number; of a date, a span of time or the title, which are no claims, in
    its words.
    """
    number = re.match(r"[\d.]+", slip.wrong)
    digits = number.group() if number else slip.wrong
    for warning, raws in alarms(slip.name, dated(slip.page, slip.day)):
        words = f"{warning.message} {warning.working}" if slip.kind in {"year", "date", "title"} else " ".join(raws)
        if re.search(rf"(?<![\d.]){re.escape(digits)}(?![\d.])", words):
            return True
    return False


def main(seed: int, *, verbose: bool) -> None:
    """Print recall by kind of slip, and the alarms on true pages."""
    made, hit = Counter[str](), Counter[str]()
    for slip in slips(articles(), seed):
        found = caught(slip)
        made[slip.kind] += 1
        hit[slip.kind] += found
        if verbose and not found:
            print(f"missed {slip.name} {slip.kind}: {slip.raw} → {slip.wrong}")
    for kind in sorted(made):
        print(f"{kind}: {hit[kind]} of {made[kind]}")
    print(
        f"recall {sum(hit.values())} of {sum(made.values())} = {sum(hit.values()) / sum(made.values()):.3f}"
    )
    wrong = [(a["name"], w) for a in articles() for w, _ in alarms(a["name"], dated(a["text"], a["day"]))]
    pages, more = false_alarms_on_gold()
    print(f"false alarms: {len(wrong)} on {len(articles())} true articles, {len(more)} on {pages} gold pages")
    for name, warning in [*wrong, *more]:
        print(f"  {name} {warning.code} {warning.message}: {warning.working}")


def dated(page: str, day: str) -> str:
    """The page with the day of its paper above it."""
    year, month, date = day.split("-")
    return f"{year}年{int(month)}月{int(date)}日\n\n{page}"


def false_alarms_on_gold() -> tuple[int, list[tuple[str, Warning]]]:
    """How many gold pages there are, and the alarms on them that touch no listed contradiction."""
    found, pages = [], 0
    for path in sorted((TESTS / "gold").glob("*/*.yaml")):
        if path.parent.name == "seeds":
            continue
        pages += 1
        gold = yaml.safe_load(path.read_text("utf-8"))
        listed = {str(raw) for each in gold.get("contradictions") or [] for raw in each["raws"]}
        text = path.with_suffix(".txt")
        found += [
            (path.stem, w) for w, raws in alarms(text.stem, text.read_text("utf-8")) if not raws & listed
        ]
    return pages, found


if __name__ == "__main__":
    numbers = [each for each in sys.argv[1:] if each.isdigit()]
    main(int(numbers[0]) if numbers else 1, verbose="-v" in sys.argv)
