"""Articles of a page: headline, authors, day, and where each begins and ends."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sitegen.evaluation.answers import begins, ends, squeeze
from sitegen.evaluation.gold import GoldArticle
from sitegen.evaluation.matching import first_and_last, has_title, match_articles
from sitegen.evaluation.misses import Difference, Miss
from sitegen.evaluation.printed import PrintedPage
from sitegen.model import Article

_SHOWN = 14  # characters of a beginning or an end


def score_articles(
    gold: Sequence[GoldArticle], page: PrintedPage, read: Sequence[Article], counts: Counter[str]
) -> Iterator[Miss]:
    """Adds to counts and yields what is wrong."""
    pairs = match_articles(gold, read)
    for index, expected in enumerate(gold):
        if expected.optional:
            continue
        counts["articles"] += 1
        article = read[pairs[index]] if index in pairs else None
        differences = _compared(expected, article, counts)
        printed = expected.text("title") or expected.text("starts")
        if article is None:
            line = page.line_with(expected.text("starts")) or page.line_with(printed)
            yield Miss("missed", "article", line, expected.line, printed)
        elif differences:
            yield Miss("differs", "article", article.title_line, expected.line, printed, "", differences)
    matched = {at: gold[index] for index, at in pairs.items()}
    for at, article in enumerate(read):
        if at not in matched:
            counts["title.fp"] += 1
            counts["authors.fp"] += len(article.authors)
            yield Miss("extra", "article", article.title_line, 0, article.title or first_and_last(article)[0])
        elif not matched[at].optional and not has_title(article, matched[at]):
            counts["title.fp"] += 1


def _compared(expected: GoldArticle, article: Article | None, counts: Counter[str]) -> tuple[Difference, ...]:
    names = {squeeze(name) for name in expected.authors}
    spare = {squeeze(name) for name in expected.authors_optional} - names
    read = {squeeze(name) for name in (article.authors if article else ())} - spare - {""}
    counts["authors.tp"] += len(names & read)
    counts["authors.fn"] += len(names - read)
    counts["authors.fp"] += len(read - names)
    right = article is not None and has_title(article, expected)
    counts["title.tp" if right else "title.fn"] += 1
    if article is None:
        return ()
    first, last = first_and_last(article)
    answers = expected.answers
    checks = {
        "title": (right, article.title),
        "authors": (names == read, ", ".join(article.authors)),
        "start": (begins(first, answers["starts"]), first[:_SHOWN]),
        "end": (ends(last, answers["ends"]), last[-_SHOWN:]),
        "date": (any((article.date or "") == str(day or "") for day in answers["date"]), article.date),
    }
    for name in ("start", "end", "date"):
        counts[name] += checks[name][0]
    wanted = {
        **answers,
        "start": answers["starts"],
        "end": answers["ends"],
        "authors": (", ".join(expected.authors),),
    }
    return tuple(Difference(name, wanted[name], value) for name, (fine, value) in checks.items() if not fine)
