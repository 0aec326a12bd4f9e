"""Numbers of other texts in a text: whatever stands behind them moves, and nothing is left that points elsewhere."""

from decimal import Decimal

from chart_facts import claim
from hypothesis import given
from hypothesis import strategies as st

from sitegen.citations import with_numbers
from sitegen.model import Article, Cite, Facts, Paragraph, Person, Quotation
from sitegen.text import NUMBER

WORDS = {"punctuation.comma": "，", "status.actual": "已发生", "status.planned": "预计"}
KNOWN = {
    "a1-00000001": claim(1, "a1", raw="36.5亿元", value=Decimal(3650000000), unit="CNY", bound="exact"),
    "a1-00000002": claim(2, "a1", raw="3", value=Decimal(3), unit="家", bound="about"),
    "a1-00000003": claim(3, "a1", raw="7个", review="rejected"),
}


def story(text: str, *ids: str, raw: str = "") -> Facts:
    """An article of one paragraph, and in it the number raw."""
    cites = tuple(Cite(id_, 6, 1, 0) for id_ in ids)
    html = text
    for id_ in ids:
        html = html.replace(NUMBER, f'<a href="claim:{id_}">\0</a>', 1)
    html = f'<p data-p="0">{html}</p>\n'.replace("\0", NUMBER)
    start = text.index(raw)
    own = claim(9, "a9", raw=raw, start=start, end=start + len(raw), quote=text)
    people = (Person("甲", None, None, "a9", (Quotation(0, text),)),)
    article = Article(
        "a9", "s.md", "题", (), None, (Paragraph(text, (5, 9), ((0, 5), (start, 9))),), html=html, cites=cites
    )
    return Facts(article, (own,) if raw else (), people=people)


@given(
    st.lists(st.sampled_from(["甲", "，", "8万吨之外", "。"]) | st.just(NUMBER), max_size=12),
    st.lists(st.sampled_from(["乙", "、", NUMBER]), max_size=12),
)
def test_every_offset_and_quotation_holds_in_the_new_text(before: list[str], after: list[str]) -> None:
    text = "".join([*before, "12亿元", *after])
    ids = [list(KNOWN)[n % 2] for n in range(text.count(NUMBER))]
    (found,), problems = with_numbers([story(text, *ids, raw="12亿元")], KNOWN, WORDS)
    (paragraph,), (own,) = found.article.paragraphs, found.claims
    assert () == problems
    assert NUMBER not in paragraph.text + (found.article.html or "")
    assert "12亿元" == paragraph.text[own.start : own.end]
    assert paragraph.text == own.quote == found.people[0].quotes[0].text
    assert 9 == paragraph.line_at(own.start)
    assert 5 == paragraph.line_at(0) or not before
    expected = text
    for id_ in ids:
        expected = expected.replace(NUMBER, {"a1-00000001": "36.5亿元", "a1-00000002": "约3家"}[id_], 1)
    assert expected == paragraph.text


def test_the_link_says_label_and_status() -> None:
    (found,), _ = with_numbers([story(f"达{NUMBER}。", "a1-00000001")], KNOWN, WORDS)
    link = '<a class="n actual" href="claim:a1-00000001" data-claim="a1-00000001" title="签约项目，已发生">36.5亿元</a>'
    assert f'<p data-p="0">达{link}。</p>\n' == found.article.html


def test_what_cannot_be_cited_is_told_with_what_was_meant() -> None:
    facts = [story(f"{NUMBER}{NUMBER}{NUMBER}", "a1-00000003", "a7-00000001", "a1-9")]
    _, problems = with_numbers(facts, KNOWN, WORDS)
    assert ["E-CLAIM"] * 3 == [each.code for each in problems]
    assert "rejected" in problems[0].message
    assert ["did you mean a1-00000001?"] * 2 == [each.fix for each in problems[1:]]
    assert (problems[0],) == with_numbers(facts, KNOWN, WORDS, lambda claim: True)[1]
