"""Whether a line was broken inside a word, by the frequencies of a word list. Only for lines that nothing
else decides.
"""

import math
import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_REACH = 4  # characters looked at on each side of the seam
_SINGLE = 2000  # stands for the count of any single character
_TOTAL = math.log(6.0e7)


def breaks_word(left: str, right: str) -> bool:
    """Whether the likeliest reading of the characters around the seam has a word that crosses it."""
    left, right = _han_tail(left[-_REACH:]), _han_head(right[:_REACH])
    return bool(left and right) and _crossed(left, right)


@lru_cache(maxsize=20_000)
def _crossed(left: str, right: str) -> bool:
    return _best(left + right, None) > _best(left + right, len(left)) + 1e-9


def _best(text: str, wall: int | None) -> float:
    """Log probability of the best cut of text into words; with a wall, no word crosses it."""
    best = [0.0] + [-math.inf] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 4), end):
            if wall is not None and start < wall < end:
                continue
            word = text[start:end]
            count = frequency(word) if end - start > 1 else _SINGLE
            if count:
                best[end] = max(best[end], best[start] + math.log(count) - _TOTAL)
    return best[-1]


@cache
def _list() -> bytes:
    """The word list that the word segmenter brings with it: lines of word, count, class, ordered by their
    bytes.
    """
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        return b""
    return Path(spec.origin).with_name("dict.txt").read_bytes()


@lru_cache(maxsize=50_000)
def frequency(word: str) -> int:
    """How often a word is used; 0 for one that is not listed. Halves the file, so that nothing has to be
    parsed.
    """
    data, key = _list(), word.encode() + b" "
    low, high = 0, len(data)
    while low < high:
        start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        line = data[start:end]
        if line.startswith(key):
            return int(line.split(b" ")[1])
        if line < key:
            low = end + 1
        else:
            high = start
    return 0


def _han_tail(text: str) -> str:
    match = re.search(rf"[\u4e00-\u9fff]{{1,{_REACH}}}$", text)
    return match.group(0) if match else ""


def _han_head(text: str) -> str:
    match = re.match(rf"[\u4e00-\u9fff]{{1,{_REACH}}}", text)
    return match.group(0) if match else ""
