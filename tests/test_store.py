"""Facts as YAML: they read back as they were, they read well, and a refresh changes no more than it must."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import model
from sitegen.model import (
    Article,
    Claim,
    Facts,
    Note,
    Paragraph,
    Person,
    PlaceIndustry,
    Project,
    Quotation,
    Warning,
)
from sitegen.problems import SitegenError
from sitegen.store import dump_facts, file_name, load_facts, refresh, stale, stands

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
ID = st.text("0123456789abcdef", min_size=8, max_size=8)
MAYBE = st.none() | TEXT
DECIMAL = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15)
COUNT = st.integers(0, 500)


@st.composite
def _facts(draw: st.DrawFn) -> Facts:
    paragraphs = tuple(
        Paragraph(text, (line, line + 2), ((0, line), (len(text) // 2, line + 2)))
        for line, text in enumerate(draw(st.lists(TEXT, min_size=1, max_size=3)), 1)
    )
    article_id = "a" + draw(ID)
    note = st.builds(Note, TEXT, COUNT, COUNT)
    article = Article(
        article_id,
        draw(TEXT),
        draw(MAYBE),
        tuple(draw(st.lists(TEXT, max_size=2))),
        draw(MAYBE),
        paragraphs,
        kicker=draw(MAYBE),
        captions=tuple(draw(st.lists(note, max_size=2))),
    )
    place = st.integers(0, len(paragraphs) - 1)
    return Facts(
        article,
        tuple(draw(st.lists(_claims(article), max_size=3))),
        tuple(draw(st.lists(_projects(article_id, place), max_size=2))),
        tuple(draw(st.lists(st.builds(PlaceIndustry, TEXT, TEXT, st.just(article_id), place), max_size=2))),
        tuple(draw(st.lists(_people(article_id, place), max_size=2))),
        tuple(draw(st.lists(_warnings(article), max_size=2))),
    )


@st.composite
def _claims(draw: st.DrawFn, article: Article) -> Claim:
    index = draw(st.integers(0, len(article.paragraphs) - 1))
    text = article.paragraphs[index].text
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    choice = {
        name: draw(st.sampled_from(get_args(getattr(model, name))))
        for name in ("Bound", "Status", "Kind", "Review")
    }
    return Claim(
        f"{article.id}-{draw(ID)}",
        article.id,
        index,
        start,
        end,
        text[start:end],
        draw(DECIMAL),
        draw(st.none() | DECIMAL),
        draw(MAYBE),
        draw(MAYBE),
        choice["Bound"],
        choice["Status"],
        choice["Kind"],
        draw(TEXT),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        text,
        draw(MAYBE),
        choice["Review"],
    )


def _projects(article: str, place: st.SearchStrategy[int]) -> st.SearchStrategy[Project]:
    some = st.lists(TEXT, max_size=2).map(tuple)
    stage = st.none() | st.sampled_from(get_args(model.Stage))
    return st.builds(
        Project,
        ID,
        st.just(article),
        place,
        TEXT,
        some,
        MAYBE,
        MAYBE,
        stage,
        MAYBE,
        some,
        TEXT,
    )


def _people(article: str, place: st.SearchStrategy[int]) -> st.SearchStrategy[Person]:
    quotes = st.lists(st.builds(Quotation, place, TEXT), max_size=2).map(tuple)
    return st.builds(Person, TEXT, MAYBE, MAYBE, st.just(article), quotes, place)


def _warnings(article: Article) -> st.SearchStrategy[Warning]:
    verdict = st.none() | st.sampled_from(get_args(model.Verdict))
    source = st.just(article.source) | TEXT
    claims = st.lists(TEXT, max_size=2).map(tuple)
    return st.builds(Warning, TEXT, TEXT, source, COUNT, MAYBE, MAYBE, verdict, MAYBE, claims)


@settings(max_examples=150, deadline=None)
@given(_facts())
def test_facts_read_back_as_they_were_written(facts: Facts) -> None:
    """Whatever the text holds: quotation marks, #, line separators, control characters, words that YAML takes
    for others.
    """
    assert facts == load_facts(dump_facts(facts), "x.yml", facts.article)


@settings(max_examples=60, deadline=None)
@given(_facts())
def test_any_other_yaml_reader_reads_the_same(facts: Facts) -> None:
    read = yaml.safe_load(dump_facts(facts))
    assert [claim.raw for claim in facts.claims] == [each["raw"] for each in read.get("claims", [])]
    assert [claim.value for claim in facts.claims] == [
        Decimal(each["value"]) for each in read.get("claims", [])
    ]
    assert (facts.article.title, facts.article.date) == (read["title"], read["date"])


def _article(*texts: str, source: str = "p01.txt", article_id: str = "a0123456789") -> Article:
    paragraphs = tuple(
        Paragraph(text, (2 * n + 3, 2 * n + 3), ((0, 2 * n + 3),)) for n, text in enumerate(texts)
    )
    return Article(article_id, source, "某县签约", ("张三",), "2025-06-10", paragraphs)


def _claim(article: Article, paragraph: int, raw: str, value: str, number: int) -> Claim:
    text = article.paragraphs[paragraph].text
    start = text.index(raw)
    return Claim(
        f"{article.id}-{number:08x}",
        article.id,
        paragraph,
        start,
        start + len(raw),
        raw,
        Decimal(value),
        None,
        "CNY",
        None,
        "at_least",
        "actual",
        "signing",
        "签约投资",
        None,
        "某县",
        None,
        "2025",
        None,
        text,
        None,
    )


ARTICLE = _article("签约投资超30亿元。", "完成投资5亿元。")
FACTS = Facts(
    ARTICLE, (_claim(ARTICLE, 0, "30亿元", "3000000000", 1), _claim(ARTICLE, 1, "5亿元", "500000000", 2))
)


def test_an_editor_reads_quote_line_number_and_value() -> None:
    lines = dump_facts(FACTS).splitlines()
    first = lines.index("  - id: a0123456789-00000001")
    expected = [
        '    raw: "30亿元"',
        '    value: "3000000000"',
        '    unit: "CNY"',
        "    bound: at_least",
        "    kind: signing",
        '    label: "签约投资"',
        '    place: "某县"',
        '    period: "2025"',
        '    quote: "签约投资超30亿元。"',
        "    at: {paragraph: 0, start: 5, end: 9, line: 3}",
    ]
    assert expected == lines[first + 1 : first + 11]


def test_a_small_number_and_a_huge_one_are_written_without_an_exponent() -> None:
    claim = replace(FACTS.claims[0], value=Decimal("1E+21"), value_max=Decimal("1E-9"))
    text = dump_facts(replace(FACTS, claims=(claim,)))
    assert f'value: "1{21 * "0"}"' in text
    assert 'value_max: "0.000000001"' in text


def test_one_changed_field_changes_one_line() -> None:
    changed = replace(FACTS.claims[0], place="某县某园区")
    before, after = (
        dump_facts(FACTS).splitlines(),
        dump_facts(replace(FACTS, claims=(changed, FACTS.claims[1]))).splitlines(),
    )
    assert 1 == sum(was != now for was, now in zip(before, after, strict=True))


def test_a_new_claim_only_adds_lines() -> None:
    before = dump_facts(replace(FACTS, claims=FACTS.claims[:1])).splitlines()
    after = dump_facts(FACTS).splitlines()
    assert before == after[: len(before)]


def test_the_file_is_named_after_its_source_and_the_articles_id() -> None:
    assert "p01--a0123456789.yml" == file_name(ARTICLE)
    assert "a-b--a0123456789.yml" == file_name(replace(ARTICLE, source="a:b.txt"))
    assert len(file_name(replace(ARTICLE, source="版" * 90 + ".txt")).encode()) <= 255


def test_a_refresh_writes_what_changed_and_removes_what_is_gone() -> None:
    other = Facts(_article("投资1亿元。", source="p02.txt", article_id="a1111111111"))
    gone = Facts(_article("投资2亿元。", source="p03.txt", article_id="a2222222222"))
    old = {file_name(each.article): dump_facts(each) for each in (FACTS, gone)}
    change = refresh({**old, "mine.yml": "# an editor's own file\n"}, [FACTS, other])
    assert {file_name(other.article): dump_facts(other)} == change.changed
    assert ("p03--a2222222222.yml",) == change.removed
    assert 1 == change.kept


def test_stale_facts_are_named_with_the_first_line_that_differs() -> None:
    old = {file_name(ARTICLE): dump_facts(FACTS).replace('"3000000000"', '"30"')}
    problems = stale("content/facts", old, refresh(old, [FACTS]))
    line = next(n for n, text in enumerate(dump_facts(FACTS).splitlines(), 1) if "3000000000" in text)
    assert [("content/facts/p01--a0123456789.yml", line)] == [(each.file, each.line) for each in problems]


def test_a_fact_that_was_cut_off_is_stale_too() -> None:
    old = {file_name(ARTICLE): dump_facts(replace(FACTS, claims=FACTS.claims[:1]))}
    assert ["E-STALE"] == [each.code for each in stale("f", old, refresh(old, [FACTS]))]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"start": 4}, False),
        ({"raw": "3亿元"}, False),
        ({"raw": "", "start": 5, "end": 5}, False),
        ({"paragraph": 1}, False),
        ({"paragraph": 9}, False),
        ({"quote": "投资"}, False),
        ({"quote": "超30亿元"}, True),
    ],
)
def test_a_number_stands_where_its_article_prints_it_inside_its_quote(
    change: dict[str, Any], expected: bool
) -> None:
    assert expected is stands(replace(FACTS.claims[0], **change), ARTICLE)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (dump_facts(FACTS).replace("30亿元", "31亿元"), "does not stand in p01.txt"),
        (
            dump_facts(FACTS).replace("a0123456789\nsource", "a9999999999\nsource"),
            "belongs to article a9999999999",
        ),
        (dump_facts(FACTS).replace('value: "5', 'value: "five'), "is no file of facts"),
        (dump_facts(FACTS).replace("paragraph: 1", "paragraph: 7"), "does not stand"),
        ("- 1\n", "is no file of facts"),
        ("a: [", "no valid YAML"),
    ],
)
def test_facts_that_the_article_does_not_bear_out_are_refused(text: str, what: str) -> None:
    with pytest.raises(SitegenError, match=what) as error:
        load_facts(text, "content/facts/x.yml", ARTICLE)
    assert "content/facts/x.yml" == error.value.problems[0].file
