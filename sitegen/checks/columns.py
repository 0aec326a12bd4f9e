"""A table's columns against the totals that its page prints elsewhere: 项目7个，总投资96.3亿元, and a table of seven rows."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sitegen.amounts import is_additive, is_count
from sitegen.checks.base import HALF, Range, Sentence, finding, like, plain, shown, step
from sitegen.checks.misprints import reading
from sitegen.model import Claim, Warning
from sitegen.text import fold

_BARE = re.compile(r"[\d.,]+")
_LEAST = 3  # rows that make a table


def columns(articles: Sequence[Sequence[Sentence]]) -> Iterator[Warning]:
    """Findings on totals of as many things as a table of the same page has rows. articles: the sentences of each."""
    tables: dict[str, list[tuple[tuple[Claim, ...], ...]]] = {}
    for sentences in articles:
        found = _table(sentences)
        if found:
            tables.setdefault(sentences[0].facts.article.source, []).append(found)
    for sentences in articles if tables else ():
        for table in tables.get(sentences[0].facts.article.source, []) if sentences else []:
            for sentence in sentences:
                yield from _held(sentence, table)


def _table(sentences: Sequence[Sentence]) -> tuple[tuple[Claim, ...], ...]:
    """The columns of bare numbers, from the left, of paragraphs that follow each other; empty where there is no table."""
    rows: list[tuple[Claim, ...]] = []
    paragraph = None
    for sentence in sentences:
        bare = tuple(c for c in sentence.claims if _BARE.fullmatch(fold(c.raw)) and is_additive(c.unit))
        if not bare or (rows and (len(bare) != len(rows[0]) or sentence.paragraph != (paragraph or 0) + 1)):
            if len(rows) >= _LEAST:
                break
            rows = []
            continue
        rows.append(bare)
        paragraph = sentence.paragraph
    return tuple(zip(*rows, strict=True)) if len(rows) >= _LEAST else ()


def _held(sentence: Sentence, table: Sequence[tuple[Claim, ...]]) -> Iterator[Warning]:
    """The sentence counts as many things as the table has rows; its first sums are held against the columns in order."""
    count = len(table[0])
    if any(c in column for c in sentence.claims for column in table):
        return
    if not any(is_count(c.unit) and c.value == count for c in sentence.claims):
        return
    totals = [c for c in sentence.claims if c.unit == table[0][0].unit and plain(c)]
    for total, column in zip(totals, table, strict=False):
        if all(c.unit == total.unit and plain(c) for c in column):
            yield from _judge(sentence, total, column)


def _judge(sentence: Sentence, total: Claim, column: Sequence[Claim]) -> Iterator[Warning]:
    made = sum((c.value for c in column), Decimal(0))
    width = sum((step(c) for c in column), step(total)) * HALF
    fits = abs(made - total.value) <= width
    meant = None if fits else reading([(total, Range(made, made))])
    if not fits and meant is None:
        return
    whole = like(made, total)
    working = f"{' + '.join(shown(c) for c in column)} = {whole}，原文{shown(total)}"
    verdict = "agrees" if fits else "differs"
    yield finding(
        "sums", verdict, "agrees" if fits else "differs", (total, *column), sentence.facts, working, suggestion=meant,
        sum=whole, total=shown(total),
    )  # fmt: skip
