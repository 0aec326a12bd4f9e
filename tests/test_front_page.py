"""What stands on the front: nothing twice, nothing in doubt, no finding that is none; headlines that break well."""

import re
from dataclasses import replace

from small_site import NEWS, TEXT, Cell, chart, claim, news, site, story
from test_pages import publish

from sitegen import search
from sitegen.model import Warning
from sitegen.pages import site_pages
from sitegen.pages.base import tally
from sitegen.pages.findings import findings
from sitegen.pages.home import front, key_numbers, tall, teaser
from sitegen.pages.phrases import runs, tied


def _finding(verdict: str, *claims: str) -> Warning:
    return Warning("W-X", "查到", "p1.txt", 5, claims[0], NEWS, verdict, "1 = 1", claims)


def _ids(*numbers: int) -> list[str]:
    return [f"{NEWS}-{number:08x}" for number in numbers]


def _with(*warnings: Warning) -> object:
    return site(facts=(replace(news(), warnings=warnings), story()))


def test_the_impossible_comes_first_and_one_number_is_told_of_once() -> None:
    one, two, three = _ids(1, 2, 3)
    whole = _with(
        _finding("agrees", one, two, three),
        _finding("differs", two, three),
        _finding("implausible", two),
        _finding("differs", one),
    )
    shown = teaser(findings(whole))
    assert [("implausible", (two,)), ("differs", (one,))] == [(each.verdict, each.ids) for each in shown]


def test_agreement_of_fewer_than_three_numbers_is_no_news() -> None:
    one, two, three = _ids(1, 2, 3)
    assert () == teaser(findings(_with(_finding("agrees", one, two))))
    assert 1 == len(teaser(findings(_with(_finding("agrees", one, two, three)))))


def test_key_figures_leave_out_small_counts_doubted_numbers_and_rates_of_nothing() -> None:
    extra = (
        claim(NEWS, 31, 0, TEXT[0], "40个", "9", "场", kind="count", label="对接活动", period="2024"),
        claim(NEWS, 32, 0, TEXT[0], "40个", "10", "%", kind="share", label="保留率"),
        claim(NEWS, 33, 0, TEXT[0], "40个", "50", "t", kind="output", label="产量", period="2024"),
        claim(
            NEWS,
            34,
            0,
            TEXT[0],
            "40个",
            "60",
            "t",
            kind="resource",
            label="储量",
            period="2024",
            review="questioned",
        ),
        claim(NEWS, 35, 0, TEXT[0], "40个", "70", "kW", kind="capacity", label="装机", period="2024"),
    )
    facts = replace(news(), claims=extra, warnings=(_finding("differs", extra[2].id),), projects=())
    assert [extra[4].id] == [key.claim.id for key in key_numbers(site(facts=(facts,)), ())]


def test_below_the_lead_stand_charts_of_other_sections_with_other_numbers() -> None:
    base = chart()
    lead = base
    again = replace(base, id="signings", group="signings", sources=("x", "y", "z"))
    same = replace(base, id="money", group="money")
    echo = replace(base, id="values", group="time", sources=("x", "y"))
    other = replace(base, id="capacity", group="capacity", sources=("x", "y"), summary=(Cell("另一件"),))
    assert (other,) == front(lead, [again, same, echo, other])


def test_the_front_says_how_many_of_all_numbers_happened() -> None:
    whole = site()
    text = publish(whole)["index.html"].decode("utf-8")
    strip = text[text.index('<div class="balance">') :]
    shares = [int(share) for share in re.findall(r"flex-grow:(\d+)", strip)]
    assert len(shares) > 1
    assert len(whole.claims) == sum(shares)
    assert shares == [count for _, count in tally(whole.claims.values())]


def test_key_numbers_stand_beside_a_drawing_that_is_high() -> None:
    low = chart()
    high = replace(low, svg='<div class="drawing"><svg class="narrow" viewBox="0 0 350 600"></svg></div>')
    assert [False, True] == [tall(low), tall(high)]


def test_a_number_in_doubt_says_so_in_words_where_it_is_marked_and_where_it_is_linked() -> None:
    one = _ids(1)[0]
    files = publish(_with(_finding("implausible", one)))
    article = files[f"articles/{NEWS}/index.html"].decode()
    mark = article[article.index('<mark id="c-00000001"') : article.index('<mark id="c-00000002"')]
    assert '<a class="q" href="#d-00000001"' in mark
    assert ">存疑</a>" in mark
    linked = files["places/沙洲市/index.html"].decode().split(f'data-claim="{one}">40个</a>')[1:]
    assert linked
    assert all(after.startswith('<a class="q" ') for after in linked)


def test_a_headline_breaks_between_words_and_keeps_numbers_with_their_measure() -> None:
    cut = search.cut_by(frozenset(["签约", "资金", "已经", "落实", "内蒙古", "年签"]))
    pieces = search.headline_pieces("内蒙古签约6笔资金，3笔已经落实", cut)
    assert ("内蒙古", "签约", "6笔", "资金，", "3笔", "已经", "落实") == pieces


def test_the_pieces_of_a_headline_are_shared_out_among_its_cells() -> None:
    cells = (Cell("签约"), Cell("6", derived="六笔"), Cell("笔资金"))
    found = runs(cells, ("签约", "6笔", "资金"))
    assert [(("签约",), False), (("6",), True), (("笔", "资金"), False)] == [
        (run.parts, run.opens) for run in found
    ]


def test_a_counted_number_takes_its_measure_word_along() -> None:
    found = tied(
        (Cell("共"), Cell("3", derived="三笔"), Cell("笔已签约，"), Cell("3亿元", ("c",)), Cell("落实"))
    )
    assert [("共", ""), ("3", "笔"), ("已签约，", ""), ("3亿元", ""), ("落实", "")] == [
        (run.parts[0], run.tail) for run in found
    ]


def test_every_page_gets_the_headlines_of_the_charts() -> None:
    specs = site_pages(replace(site(), headlines={"progress": ("签约",)}))
    assert all("headlines" in spec.context for spec in specs)
