"""Pages with all the noise of print (noisy_pages.py): nothing is lost, nothing stands twice, articles end where they end."""

from collections import Counter
from functools import cache

import pytest
from noisy_pages import NoisyPage, page
from noisy_parts import Truth, squeeze

from sitegen.loaders import Page, load
from sitegen.model import Article, Note, Paragraph

SEEDS = range(300)


@cache
def made(seed: int) -> tuple[NoisyPage, Page]:
    noisy = page(seed)
    return noisy, load("page.txt", noisy.text.encode())


def chunks(found: Page) -> list[tuple[int, str]]:
    """All that the loaded page holds, as (line, text without white space), in the order of the lines."""
    pieces: list[tuple[int, str]] = []
    for article in found.articles:
        for group in (
            article.headline,
            article.byline,
            article.subheads,
            article.captions,
            article.furniture,
        ):
            pieces += [(note.line, squeeze(note.text)) for note in group]
        for paragraph in article.paragraphs:
            ends = [start for start, _ in paragraph.breaks[1:]] + [len(paragraph.text)]
            pieces += [
                (line, squeeze(paragraph.text[start:end]))
                for (start, line), end in zip(paragraph.breaks, ends, strict=True)
            ]
    return sorted(pieces)


def misplaced(text: str, found: Page) -> str:
    """What of the text does not stand exactly once, and in its place, in the loaded page; "" if all does."""
    left = chunks(found)
    rest = squeeze(text.replace("\u200b", "").replace("\ufeff", ""))
    while left:
        near = [chunk for chunk in left[:6] if rest.startswith(chunk[1])]
        if not near:
            return f"{left[0]} is not what follows: {rest[:20]}"
        best = max(near, key=lambda chunk: (-chunk[0], len(chunk[1])))
        left.remove(best)
        rest = rest[len(best[1]) :]
    return rest


def starts(article: Article) -> int:
    return min(note.line for note in (*article.headline, *article.byline, *_lines(article.paragraphs[:1])))


def _lines(paragraphs: tuple[Paragraph, ...]) -> list[Note]:
    return [Note("", paragraph.lines[0]) for paragraph in paragraphs]


def bounds(found: Page) -> set[tuple[str, int, str]]:
    """Where the loaded articles begin (line) and end (line, last characters)."""
    begin = {("start", starts(article), "") for article in found.articles}
    last = [article.paragraphs[-1] for article in found.articles if article.paragraphs]
    return begin | {("end", paragraph.lines[1], squeeze(paragraph.text)[-6:]) for paragraph in last}


def true_bounds(truths: tuple[Truth, ...]) -> set[tuple[str, int, str]]:
    begin = {("start", truth.of("head", "byline", "text")[0].lines[0], "") for truth in truths}
    return begin | {
        ("end", truth.of("text", "more")[-1].lines[1], truth.paragraphs()[-1][-6:]) for truth in truths
    }


def f1(hits: int, found: int, true: int) -> float:
    return 2 * hits / (found + true)


def score() -> dict[str, float]:
    """F1 over all pages: where articles begin and end, and the texts of each kind."""
    hits, found, true = Counter[str](), Counter[str](), Counter[str]()

    def count(name: str, read: list[object], wanted: list[object]) -> None:
        hits[name] += sum((Counter(read) & Counter(wanted)).values())
        found[name] += len(read)
        true[name] += len(wanted)

    for seed in SEEDS:
        noisy, loaded = made(seed)
        count("boundaries", [*bounds(loaded)], [*true_bounds(noisy.articles)])
        articles, truths = loaded.articles, noisy.articles
        count("titles", [squeeze("".join(n.text for n in a.headline)) for a in articles if a.headline],
              [squeeze("".join(p.text for p in t.of("head"))) for t in truths if t.of("head")])  # fmt: skip
        count("paragraphs", [squeeze(p.text) for a in articles for p in a.paragraphs],
              [text for t in truths for text in t.paragraphs()])  # fmt: skip
        for name, role in (("subheads", "subhead"), ("captions", "caption"), ("furniture", "furniture"), ("byline", "byline")):  # fmt: skip
            count(name, [squeeze(n.text) for a in articles for n in getattr(a, name)],
                  [squeeze(p.text) for t in truths for p in t.of(role)])  # fmt: skip
    return {name: f1(hits[name], found[name], true[name]) for name in true}


@pytest.mark.parametrize("first", range(0, len(SEEDS), 50))
def test_every_character_stands_in_exactly_one_place(first: int) -> None:
    for seed in range(first, first + 50):
        noisy, loaded = made(seed)
        assert "" == misplaced(noisy.text, loaded), seed
        assert "" == loaded.residue, seed


def test_articles_begin_and_end_where_they_do() -> None:
    figures = score()
    print({name: round(value, 3) for name, value in figures.items()})
    assert figures["boundaries"] >= 0.95, figures


def test_the_same_seed_gives_the_same_page_and_no_two_are_alike() -> None:
    assert page(7).text == page(7).text
    texts = [page(seed).text for seed in SEEDS]
    assert len(set(texts)) == len(texts)
    lines = Counter(line for text in texts for line in set(text.split()) if len(line) > 40)
    assert max(lines.values()) == 1
