"""Whether a line was broken inside a word, by the frequencies of a word list. Only for lines that nothing else decides."""

import math
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_REACH = 4  # characters looked at on each side of the seam
_ENTRY = re.compile(r"^(\S{2,4}) (\d+)", re.MULTILINE)
_TOTAL = math.log(6.0e7)


def breaks_word(left: str, right: str) -> bool:
    """Whether the likeliest reading of the characters around the seam has a word that crosses it."""
    left, right = _han_tail(left), _han_head(right)
    if not left or not right:
        return False
    return _best(left + right, None) > _best(left + right, len(left)) + 1e-9


def _best(text: str, wall: int | None) -> float:
    """Log probability of the best cut of text into words; with a wall, no word crosses it."""
    words = _frequencies()
    best = [0.0] + [-math.inf] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 4), end):
            if wall is not None and start < wall < end:
                continue
            word = text[start:end]
            count = words.get(word, 0) if end - start > 1 else 2000
            if count:
                best[end] = max(best[end], best[start] + math.log(count) - _TOTAL)
    return best[-1]


@cache
def _frequencies() -> dict[str, int]:
    """Words of two to four characters and how often they are used: the list that the word segmenter brings with it."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        return {}
    text = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8")
    return {word: int(count) for word, count in _ENTRY.findall(text)}


def _han_tail(text: str) -> str:
    match = re.search(rf"[\u4e00-\u9fff]{{1,{_REACH}}}$", text)
    return match.group(0) if match else ""


def _han_head(text: str) -> str:
    match = re.match(rf"[\u4e00-\u9fff]{{1,{_REACH}}}", text)
    return match.group(0) if match else ""
