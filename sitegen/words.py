"""The words of all articles, cut once: what jieba found in a text is kept for the next run."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sitegen.cache import Cache, digest
from sitegen.codec import decode, encode
from sitegen.memo import Memo
from sitegen.model import Article, Facts
from sitegen.search import (
    Counted,
    Cutter,
    Told,
    Words,
    article_text,
    code_text,
    count_words,
    cutter,
    cutter_of,
    entries,
    labels,
    phrases,
    searched_text,
    vocabulary,
)
from sitegen.search.dictionary import TOTAL
from sitegen.shelf import shelf

Found = tuple[Mapping[str, Words], Collection[str]]
_FEW = 32  # texts that are cut sooner than the whole dictionary is read


def kept_words(
    memo: Memo, facts: Sequence[Facts], language: str, terms: Sequence[str]
) -> Callable[[], Found]:
    """A function that gives the words of each article, and those that a chart's headline must not be broken in. It may run in
    another process; which entries it uses is known here.
    """
    store, fixed = memo.store, frozenset(terms)
    named = digest(term.encode("utf-8", "surrogatepass") for term in sorted(fixed))
    texts = memo.own("texts", _named, [each.article for each in facts])
    names = {
        each.article.id: store.key("words", named, text) for each, text in zip(facts, texts, strict=True)
    }
    kept = shelf(store, "words", Counted)
    said = phrases(labels(facts), language)
    heads = store.key("vocabulary", named, *said)
    store.used.update([heads, store.key("dictionary"), store.key("neighbours")])

    def find() -> Found:
        counted = {id_: kept.find(name) for id_, name in names.items()}
        missing = [each for each in facts if counted[each.article.id] is None]
        known = store.get(heads)
        if lost := not isinstance(known, list) or not all(isinstance(word, str) for word in known):
            known = []
        if missing or lost:
            texts = [*(searched_text(each.article) for each in missing), *(said if lost else ())]
            cut = _cutter(store, fixed, texts) if len(missing) < _FEW else cutter(fixed)
            for each in missing:
                counted[each.article.id] = count_words(each.article, cut)
                kept.keep(names[each.article.id], counted[each.article.id])
            if lost:
                known = sorted(vocabulary(said, cut.cut, fixed))
                store.put(heads, known)
        kept.close()
        return _words(store, counted), frozenset(known)

    return find


def _named(article: Article) -> str:
    return digest(
        text.encode("utf-8", "surrogatepass") for text in (article_text(article), code_text(article))
    )


def _cutter(store: Cache, terms: frozenset[str], texts: Iterable[str]) -> Cutter:
    if "dictionary" not in store.objects:
        store.objects["dictionary"] = _dictionary(store)
    return cutter_of(terms, texts, store.objects["dictionary"])


def _dictionary(store: Cache) -> dict[str, str]:
    key = store.key("dictionary")
    try:
        found: dict[str, str] = decode(dict[str, str], store.get_bytes(key) or b"")
        if found[TOTAL].isdecimal():
            return found
    except (ValueError, KeyError):  # nothing, or nothing that is ours
        pass
    found = entries()
    store.put_bytes(key, encode(found))
    return found


def _words(store: Cache, counted: Mapping[str, Counted]) -> Mapping[str, Words]:
    """The words of all articles together, from the run before where it found the same in each of them."""
    if not store.writes:  # a process that lives on, or is never asked again
        found = store.objects["neighbours"] = Told(counted, store.objects.get("neighbours"))
        return found
    key = store.key("neighbours")
    name = digest(part for id_, each in counted.items() for part in (id_.encode(), encode(each))).encode()
    data = store.get_bytes(key) or b""
    try:
        if data.startswith(name):
            kept: dict[str, Words] = decode(dict[str, Words], data[len(name) :])
            return kept
    except ValueError:  # whole, and not ours
        pass
    made = Told(counted).whole()
    store.put_bytes(key, name + encode(made))
    return made
