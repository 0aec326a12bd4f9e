"""Misprints that arithmetic can find, put into true articles: a pure function of the articles and a seed.

The articles and the numbers in them that others printed beside them bind stand in tests/slips/*.yml, written before any
check saw them. Nothing here knows what sitegen can find.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

FOLDER = Path(__file__).parent / "slips"
EACH = 3  # slips an article: 20 articles hold 60


class Slip(NamedTuple):
    """One misprint. page: the whole page with it; start: where the number begins; raw, wrong: right and as misprinted."""

    name: str
    kind: str
    day: str
    page: str
    start: int
    raw: str
    wrong: str


def articles() -> list[dict[str, Any]]:
    """The true articles in their order."""
    return [each for path in sorted(FOLDER.glob("*.yml")) for each in yaml.safe_load(path.read_text("utf-8"))]


def slips(true: Sequence[dict[str, Any]], seed: int) -> list[Slip]:
    """Three misprints for each article, each alone on a copy of its page; the seed chooses numbers and digits."""
    found = []
    for article in true:
        random = Random(f"{article['name']} {seed}")  # noqa: S311  the same slips every time, no secret
        found += [_slip(article, target, random) for target in random.sample(article["slips"], EACH)]
    return found


def _slip(article: dict[str, Any], target: dict[str, Any], random: Random) -> Slip:
    text, raw = article["text"], target["raw"]
    places = [match.start() for match in re.finditer(rf"(?<![\d.]){re.escape(raw)}(?![\d.])", text)]
    start = places[target.get("at", 0)]
    wrong = target.get("to") or _misprinted(target, raw, random)
    page = text[:start] + wrong + text[start + len(raw) :]
    return Slip(article["name"], target["kind"], article["day"], page, start, raw, wrong)


def _misprinted(target: dict[str, Any], raw: str, random: Random) -> str:
    digits = re.match(r"[\d.]+", raw)
    number, rest = (digits.group(), raw[digits.end() :]) if digits else (raw, "")
    if target["kind"] == "hundredfold":
        return _moved(number, up=target.get("by") == "up" or random.random() < 0.5) + rest
    if target["kind"] == "digit":
        return _swapped(number, random) + rest
    return _replaced(number, random) + rest


def _moved(number: str, *, up: bool) -> str:
    """The point two places to the right, or to the left."""
    value = float(number) * 100 if up else float(number) / 100
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _swapped(number: str, random: Random) -> str:
    """Two neighbouring digits that differ, swapped; none at the front that would leave a 0 there."""
    at = [i for i, char in enumerate(number) if char.isdigit()]
    pairs = [(i, j) for i, j in pairwise(at) if number[i] != number[j]]
    pairs = [(i, j) for i, j in pairs if i or number[j] != "0"]
    if not pairs:
        return _replaced(number, random)
    i, j = random.choice(pairs)
    chars = list(number)
    chars[i], chars[j] = chars[j], chars[i]
    return "".join(chars)


def _replaced(number: str, random: Random) -> str:
    """One of the first two digits another one, as where 6 is taken for 8."""
    at = [i for i, char in enumerate(number) if char.isdigit()][:2]
    place = at[-1] if len(at) < 2 or random.random() < 0.6 else at[0]
    known = "123456789" if place == 0 else "0123456789"
    return number[:place] + random.choice([d for d in known if d != number[place]]) + number[place + 1 :]


_BLOCK = re.compile(r"^# (?P<name>\S+) (?P<day>\S+)\n", re.MULTILINE)
_MARK = re.compile(r"\[(?P<kind>\w+)\|(?P<raw>[^|\]]+)\|(?P<wrong>[^|\]]+)\]")


def marked(file: str) -> list[dict[str, Any]]:
    """The articles of a file of blocks as they should be printed: name, day, text, and the slips that are marked in them."""
    pieces = _BLOCK.split((FOLDER / file).read_text("utf-8"))[1:]
    return [_unmarked(*pieces[at : at + 3]) for at in range(0, len(pieces), 3)]


def _unmarked(name: str, day: str, text: str) -> dict[str, Any]:
    true, found = "", list[tuple[str, int, str, str]]()
    end = 0
    for match in _MARK.finditer(text):
        true += text[end : match.start()]
        found.append((match["kind"], len(true), match["raw"], match["wrong"]))
        true, end = true + match["raw"], match.end()
    true += text[end:]
    made = [
        Slip(name, kind, day, true[:start] + wrong + true[start + len(raw) :], start, raw, wrong)
        for kind, start, raw, wrong in found
    ]
    return {"name": name, "day": day, "text": true, "slips": made}
