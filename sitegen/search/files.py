"""The index as scripts, since a page opened from a disk may not fetch: small ones, of which a query reads only a few.

Every script calls sitegenPart(name, value). What the page does with them stands in assets/search.js:

- index: how often each character stands in the texts, and what the others are called.
- after-N: a piece of Suffixes.after, from which the run of a word is found.
- where-N: for each suffix in that piece of the order, in which head or part it stands.
- often-N: for words that stand there too often for that, their heads and parts at once.
- words-N: what jieba says of a word: articles that are about it. pick-NAME: articles by place, industry, kind ...
- text-N: a part of an article with its numbers. forms: traditional characters, for a query with one the texts lack.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from sitegen.cache import Cache
from sitegen.model import Facts
from sitegen.search.coding import chosen, fixed, rising, varied
from sitegen.search.folding import changed, folded, forms
from sitegen.search.neighbours import Words
from sitegen.search.sorting import sort_lines
from sitegen.search.suffixes import Suffixes, frequent
from sitegen.search.texts import Part, choices, head_lines, in_order, parts

FOLDER = "search"
BLOCK = 2048  # suffixes in a script
OFTEN = 8192  # a word that stands oftener has its articles listed
LONGEST = 40  # characters of such a word
FILE_CHARS = 16_000
ABOUT = 12  # words by which an article is weighed

Files = Iterator[tuple[str, Any]]


def search_files(
    facts: Sequence[Facts],
    found: Mapping[str, Words],
    industries: Mapping[str, str] | None = None,
    store: Cache | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The index as (path in the site, script). industries: id → name; store: keeps the order of suffixes."""
    ordered = in_order(facts)
    listed = [part for number, each in enumerate(ordered) for part in parts(number, each)]
    lines = [head_lines(each.article) for each in ordered] + [part.lines for part in listed]
    alphabet, suffixes, fields, separators = _sorted(
        [[folded(line) for line in each] for each in lines], store or Cache()
    )
    old, new = forms(alphabet)
    often, often_firsts = _split(_often(alphabet, suffixes, fields, separators, len(lines)))
    words, words_firsts = _split(_about(ordered, found))
    yield _script("index", {
        "articles": len(ordered),
        "parts": _part_numbers(listed),
        "alphabet": "".join(alphabet),
        "counts": varied(_counts(alphabet, suffixes, separators)),
        "separators": separators,
        "block": BLOCK,
        "width": _width(len(lines)),
        "firsts": fixed(suffixes.after[separators::BLOCK], _width(len(suffixes.order))),
        "firstWidth": _width(len(suffixes.order)),
        "often": often_firsts,
        "limit": OFTEN,
        "words": words_firsts,
        "fold": changed(set("".join(line for each in lines for line in each))),
    })  # fmt: skip
    yield _script("forms", [old, new])
    yield from (_script(f"often-{number}", value) for number, value in enumerate(often))
    yield from (_script(f"words-{number}", value) for number, value in enumerate(words))
    for number, at in enumerate(range(separators, len(suffixes.order), BLOCK)):
        yield _script(f"after-{number}", rising(suffixes.after[at : at + BLOCK]))
        yield _script(f"where-{number}", fixed(fields[suffixes.order[at : at + BLOCK]], _width(len(lines))))
    yield from (_script(f"pick-{name}", value) for name, value in _picks(ordered, industries or {}))
    yield from (_script(f"text-{number}", part.shown) for number, part in enumerate(listed))


def _script(name: str, value: object) -> tuple[str, bytes]:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{FOLDER}/{name}.js", f'sitegenPart("{name}",{body});\n'.encode()


def _sorted(texts: Sequence[Sequence[str]], store: Cache) -> tuple[list[str], Suffixes, Any, int]:
    """The characters of all texts in order, all their suffixes in order, for each place of the whole the number of its
    text, and how many lines there are: each ends in a symbol of its own, smaller than any character.
    """
    joined = ["\n".join(text) + "\n" for text in texts if text] or ["\n"]
    text = "".join(joined)
    whole = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.int64)
    fields = np.repeat([n for n, text in enumerate(texts) if text] or [0], [len(text) for text in joined])
    ends = whole == ord("\n")
    codes = np.unique(whole[~ends])
    separators = int(ends.sum())
    symbols = np.where(ends, np.cumsum(ends) - 1, separators + np.searchsorted(codes, whole))
    return (
        [chr(code) for code in codes],
        sort_lines(text.split("\n")[:-1], symbols, store),
        fields,
        separators,
    )


def _counts(alphabet: Sequence[str], suffixes: Suffixes, separators: int) -> list[int]:
    return [int(n) for n in np.bincount(suffixes.symbols, minlength=separators + len(alphabet))[separators:]]


def _width(size: int) -> int:
    return max(1, -(-max(1, size - 1).bit_length() // 6))


def _part_numbers(listed: Sequence[Part]) -> list[list[int]]:
    """Articles of more than one part, as [number, how many more]."""
    more: dict[int, int] = defaultdict(int)
    for before, part in pairwise(listed):
        more[part.article] += before.article == part.article
    return [[article, count] for article, count in more.items() if count]


def _often(
    alphabet: Sequence[str], suffixes: Suffixes, fields: Any, separators: int, size: int
) -> list[tuple[str, str]]:
    found = []
    for start, end, length in frequent(suffixes, first=separators, most=OFTEN, longest=LONGEST):
        at = int(suffixes.order[start])
        word = "".join(alphabet[symbol - separators] for symbol in suffixes.symbols[at : at + length])
        where = np.unique(fields[suffixes.order[start:end]]).tolist()
        found.append((word, chosen(where, size)))
    return sorted(found)


def _about(ordered: Sequence[Facts], found: Mapping[str, Words]) -> list[tuple[str, str]]:
    """For each word that an article is about, the gaps between such articles and, behind each, its weight of 31."""
    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, each in enumerate(ordered):
        own = found.get(each.article.id)
        for word, weight in list((own.weights if own and own.weights else {}).items())[:ABOUT]:
            holders[folded(word)].append((number, round(31 * weight)))
    return [
        (word, varied(n for gap, weight in _with_gaps(pairs) for n in (gap, weight)))
        for word, pairs in sorted(holders.items())
    ]


def _with_gaps(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    before = 0
    for number, weight in pairs:
        yield number - before, weight
        before = number


def _split(entries: Sequence[tuple[str, str]]) -> tuple[list[dict[str, str]], list[str]]:
    """Entries in order of their keys in files of about FILE_CHARS, and the first key of each."""
    files: list[dict[str, str]] = []
    size = FILE_CHARS
    for key, value in entries:
        if size >= FILE_CHARS:
            files.append({})
            size = 0
        files[-1][key] = value
        size += len(key) + len(value)
    return files, [next(iter(file)) for file in files]


def _picks(ordered: Sequence[Facts], industries: Mapping[str, str]) -> Files:
    """For each thing that articles can be chosen by: its values, most frequent first, with name and articles."""
    groups: dict[str, dict[str, list[int]]] = {
        name: {} for name in ("place", "industry", "kind", "year", "period", "amount", "tag")
    }
    for number, each in enumerate(ordered):
        for name, values in choices(each).items():
            for value in values:
                groups[name].setdefault(value, []).append(number)
    for name, group in groups.items():
        order = sorted(group, key=lambda value: (-len(group[value]), value))
        yield (
            name,
            [
                [
                    value,
                    industries.get(value, "") if name == "industry" else "",
                    chosen(group[value], len(ordered)),
                ]
                for value in order
            ],
        )
