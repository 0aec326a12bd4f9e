"""The words of all articles, cut once: what jieba found in a text is kept for the next run."""

from collections.abc import Callable, Collection, Sequence

from sitegen.cache import Cache
from sitegen.codec import decode, encode
from sitegen.model import Facts
from sitegen.search import (
    Counted,
    Words,
    article_text,
    code_text,
    count_words,
    cutter,
    labels,
    vocabulary,
    words,
)

Found = tuple[dict[str, Words], Collection[str]]


def kept_words(
    store: Cache, facts: Sequence[Facts], language: str, terms: Sequence[str]
) -> Callable[[], Found]:
    """A function that gives the words of each article, and those that a chart's headline must not be broken in. It may run in
    another process; which entries it uses is known here.
    """
    fixed = sorted(set(terms))
    named = "\n".join(fixed)
    keys = {
        each.article.id: store.key("words", named, article_text(each.article), code_text(each.article))
        for each in facts
    }
    said = labels(facts)
    heads = store.key("vocabulary", named, language, "\n".join(said))
    store.used.update([*keys.values(), heads])

    def find() -> Found:
        counted = {each.article.id: _counted(store, keys[each.article.id], each, fixed) for each in facts}
        vocabulary_ = store.get(heads)
        if not isinstance(vocabulary_, list) or not all(isinstance(word, str) for word in vocabulary_):
            vocabulary_ = sorted(vocabulary(said, language, fixed))
            store.put(heads, vocabulary_)
        return words(facts, fixed, counted), frozenset(vocabulary_)

    return find


def _counted(store: Cache, key: str, facts: Facts, terms: Sequence[str]) -> Counted:
    found = store.get(key)
    try:
        if found is not None:
            kept: Counted = decode(Counted, found)
            return kept
    except (TypeError, ValueError, KeyError, ArithmeticError):
        pass
    counted = count_words(facts.article, cutter(frozenset(terms)))
    store.put(key, encode(counted))
    return counted
