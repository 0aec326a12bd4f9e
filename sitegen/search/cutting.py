"""Words of single articles by jieba, and headlines in pieces. They weigh the order of what the search finds, and never decide what
it finds.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

from sitegen.lexicon import packaged, packaged_names
from sitegen.model import Article, Facts
from sitegen.search import dictionary
from sitegen.text import fold

_CODE = re.compile(r"<code[^>]*>(.*?)</code>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_HOLE = re.compile(r"\{\w+\}")
_RARE = 3  # the least frequency in the dictionary; terms that it lacks count as this rare
_THINGS = ("n", "vn", "j")  # tags of nouns, verbal nouns and short names
_PERSON = "nr"

Weights = Mapping[str, float]
Cut = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What one article alone tells: a pure function of its text and the terms, to be stored by their hash.

    weights: name of a thing, of two characters or more → how frequent here and rare in the language, sorted
    by word and rounded.  title: its headline in pieces.
    """

    weights: Mapping[str, float]
    title: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cutter:
    """jieba's cut, without guesses at words that its dictionary lacks, and what the dictionary says of a
    word.

    rarity: word → 0 (common in the language) upwards; None for a word that names no thing.
    """

    cut: Cut
    rarity: Callable[[str], float | None]


@cache
def cutter(terms: frozenset[str] = frozenset()) -> Cutter:
    """Jieba with its own dictionary and the terms, each kept whole. Loads jieba, about a second, once."""
    return _cutter(terms, dictionary.whole())


def cutter_of(terms: frozenset[str], texts: Iterable[str], kept: Mapping[str, str]) -> Cutter:
    """The same, for these texts alone and sooner. kept: as dictionary.entries gives them."""
    return _cutter(terms, dictionary.part(kept, [*terms, *texts]))


def _cutter(terms: frozenset[str], words: dictionary.Dictionary) -> Cutter:
    import jieba

    tokenizer = jieba.Tokenizer()
    frequencies = dict(words.frequencies)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, words.total, True
    top = math.log(tokenizer.total)
    rarities = {term: top - math.log(max(frequencies.get(term, 0), _RARE)) for term in terms}
    for term in sorted(terms):
        if len(term) > 1:
            tokenizer.add_word(term)

    def rarity(word: str) -> float | None:
        if word in rarities or (word.isascii() and word.isalpha()):
            return rarities.get(word, top - math.log(_RARE))
        tag = words.tags.get(word, "")
        if not tag.startswith(_THINGS) or tag == _PERSON:
            return None
        return top - math.log(max(frequencies[word], _RARE))

    return Cutter(lambda text: tokenizer.lcut(text, HMM=False), rarity)


def count_words(article: Article, cutter: Cutter) -> Counted:
    """Cut an article into words: names of things with their weight, what is code aside, and the headline."""
    weights = {}
    told = Counter(cutter.cut(fold(article_text(article)))) - Counter(cutter.cut(fold(code_text(article))))
    for word, number in sorted(told.items()):
        rarity = cutter.rarity(word) if len(word) > 1 else None
        if rarity is not None:
            weights[word] = round((1 + math.log(number)) * rarity, 4)
    return Counted(weights, headline_pieces(article.title or "", cutter.cut))


def headline_pieces(title: str, cut: Cut) -> tuple[str, ...]:
    """Cut a headline where a line may end: between words, never before a comma, behind a bracket or before 的."""
    marks = packaged("headlines.yml")
    pieces: list[str] = []
    joins = False
    for word in cut(title):
        leans_back = word[0] in marks["never_starts_a_line"] or word in marks["leans_back"] or word.isspace()
        leans_back = leans_back or bool(pieces and pieces[-1][-1].isdigit())  # a number keeps its unit
        if pieces and (joins or leans_back):
            pieces[-1] += word
        else:
            pieces.append(word)
        lone = len(word) == 1 and not leans_back and word not in marks["never_ends_a_line"]
        joins = word in marks["never_ends_a_line"] or (lone and not word.isascii())
    return tuple(pieces)


def labels(facts: Sequence[Facts]) -> tuple[str, ...]:
    """What the numbers of all articles say they are, each once."""
    return tuple(
        sorted({text for each in facts for claim in each.claims for text in (claim.label, claim.of or "")})
    )


def vocabulary(texts: Iterable[str], cut: Cut, terms: Iterable[str] = ()) -> frozenset[str]:
    """The words of two characters or more that a chart's headline may hold, which a line must not be broken in: those of
    the phrases, cut, and the terms.
    """
    return frozenset(word for text in texts for word in cut(text) if len(word) > 1) | frozenset(terms)


def phrases(said: Iterable[str], language: str) -> list[str]:
    """What a chart's headline may say: labels, and the charts' own phrases."""
    texts = set(said)
    texts.update(
        _phrases(packaged(charts) if (charts := f"charts/{language}.yml") in packaged_names("charts") else {})
    )
    return sorted(texts)


def _phrases(tree: Any) -> Iterator[str]:
    """Every text in a tree of words."""
    if isinstance(tree, str):
        yield from _HOLE.split(tree)
    else:
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from _phrases(value)


def cut_by(vocabulary: Collection[str]) -> Callable[[str], list[str]]:
    """A cut of texts into words of the vocabulary, the longest first; what it lacks is cut into characters, a number or
    a Latin word kept whole.
    """
    longest = max(map(len, vocabulary), default=1)

    def cut(text: str) -> list[str]:
        words: list[str] = []
        at = 0
        while at < len(text):
            end = next(
                (e for e in range(min(len(text), at + longest), at + 1, -1) if text[at:e] in vocabulary),
                at + 1,
            )
            if end == at + 1 and words and _runs_on(words[-1][-1], text[at]):
                words[-1] += text[at]
            else:
                words.append(text[at:end])
            at = end
        return words

    return cut


def _runs_on(before: str, after: str) -> bool:
    return all(char.isascii() and (char.isalnum() or char in ".,%") for char in (before, after))


def article_text(article: Article) -> str:
    """What is searched in an article: headline, subheads, paragraphs, captions, one a line."""
    notes = [note.text for note in (*article.subheads, *article.captions)]
    return "\n".join([article.title or "", *(paragraph.text for paragraph in article.paragraphs), *notes])


def searched_text(article: Article) -> str:
    """All that is cut of an article: what is searched and what is code, as they are cut, and the headline as it is printed."""
    return "\n".join([fold(article_text(article)), fold(code_text(article)), article.title or ""])


def code_text(article: Article) -> str:
    """What an editor's article shows as code, names of files and commands, one a line; "" for a newspaper page."""
    return "\n".join(unescape(_TAG.sub("", code)) for code in _CODE.findall(article.html or ""))
