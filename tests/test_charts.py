"""Every chart says what it found, where from, and in which unit; its drawing is whole, safe, and the same
every time.
"""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

import pytest
from chart_facts import claim, facts, hostile, many, small

from sitegen.charts import CHARTS, Cell, Chart, ChartError, build_charts, figure_json, plotly_script
from sitegen.charts.drawing.svg import cut, text_width, wrap
from sitegen.charts.rows import finish
from sitegen.charts.words import words
from sitegen.model import Facts, PlaceIndustry
from sitegen.tables import build_tables

SVG = "{http://www.w3.org/2000/svg}"
LOTS = {"small": small, "many": many, "hostile": hostile}


def charts_of(lot: Sequence[Facts]) -> dict[str, Chart]:
    return {chart.id: chart for chart in build_charts(build_tables(lot))}


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Chart]]:
    return {name: charts_of(lot()) for name, lot in LOTS.items()}


def drawings(chart: Chart) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(chart.svg))  # noqa: S314  our own text


def all_texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in all_texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in all_texts(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("id_", [id_ for id_, _ in CHARTS])
class TestEveryChart:
    def test_is_made_from_a_site_that_has_all_kinds_of_numbers(
        self, id_: str, made: dict[str, dict[str, Chart]]
    ) -> None:
        assert id_ in made["small"]

    def test_has_title_unit_note_summary_and_table(self, id_: str, made: dict[str, dict[str, Chart]]) -> None:
        for charts in made.values():
            if id_ in charts:
                chart = charts[id_]
                assert all((chart.title, chart.unit, chart.note, chart.rows))
                assert chart.title == "".join(cell.text for cell in chart.headline)
                assert all(len(row) == len(chart.columns) for row in chart.rows)
                assert "".join(cell.text for cell in chart.summary).endswith("。")

    def test_shows_no_number_without_claim_or_working(
        self, id_: str, made: dict[str, dict[str, Chart]]
    ) -> None:
        chart = made["small"][id_]
        for cell in (*chart.summary, *chart.headline, *(cell for row in chart.rows for cell in row)):
            if cell.exact is not None:
                assert cell.claims or cell.derived
            elif cell.claims == () and cell.derived is None:
                dates = re.sub(r"\d{4}年(\d+月)?(\d+日)?|2021鲁西", "", cell.text)
                assert not re.search(r"\d", dates), cell

    def test_summary_numbers_stand_in_the_table_or_say_how_they_were_counted(
        self, id_: str, made: dict[str, dict[str, Chart]]
    ) -> None:
        chart = made["small"][id_]
        listed = {cell.text for row in chart.rows for cell in row}
        assert [] == [
            cell for cell in chart.summary if cell.exact and cell.text not in listed and not cell.derived
        ]

    def test_drawings_are_well_formed_with_title_and_description(
        self, id_: str, made: dict[str, dict[str, Chart]]
    ) -> None:
        for charts in made.values():
            if id_ not in charts:
                continue
            wide, narrow = drawings(charts[id_])
            for svg in (wide, narrow):
                picture = svg.find(f"{SVG}svg")
                assert picture is not None
                title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
                assert title is not None
                assert charts[id_].title == title.text
                assert description is not None
                assert "".join(cell.text for cell in charts[id_].summary) == description.text
                assert "img" == picture.get("role")
                assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
                assert [] == list(picture.iter(f"{SVG}a"))

    def test_ids_are_unique_and_references_resolve(self, id_: str, made: dict[str, dict[str, Chart]]) -> None:
        for charts in made.values():
            text = "".join(chart.svg for chart in charts.values())
            ids = re.findall(r' id="([^"]+)"', text)
            assert len(ids) == len(set(ids))
            assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)

    def test_every_mark_is_a_link_to_its_claim_or_to_the_table(
        self, id_: str, made: dict[str, dict[str, Chart]]
    ) -> None:
        chart = made["small"][id_]
        known = set(chart.sources)
        for svg in drawings(chart):
            links = [a.get("href", "") for a in svg.iter(f"{SVG}a")]
            assert links
            for href in links:
                assert href == f"/charts/{id_}/#t-{id_}" or href.removeprefix("claim:") in known
            inside = {id(mark) for a in svg.iter(f"{SVG}a") for mark in a.iter()}
            marks = [
                node
                for node in svg.iter()
                if "c-num" in node.get("class", "") or "c-actual" in node.get("class", "")
            ]
            assert all(id(mark) in inside for mark in marks)

    def test_nothing_is_drawn_outside_the_paper(self, id_: str, made: dict[str, dict[str, Chart]]) -> None:
        for charts in made.values():
            for svg in drawings(charts[id_]) if id_ in charts else ():
                _, _, width, height = map(float, svg.get("viewBox", "").split())
                for rect in svg.iter(f"{SVG}rect"):
                    x, y, w, h = (float(rect.get(key, "0")) for key in ("x", "y", "width", "height"))
                    assert -0.1 <= x <= x + w <= width + 0.6
                    assert -0.1 <= y <= y + h <= height + 0.6
                for node in svg.iter(f"{SVG}text"):
                    start = float(node.get("x", "0"))
                    size = text_width(node.text or "", 11.0)
                    if node.get("text-anchor") is None:
                        assert 0 <= start <= width + 1 - size, node.text

    def test_axes_and_hovers_never_say_g_m_or_k(self, id_: str, made: dict[str, dict[str, Chart]]) -> None:
        figure = made["small"][id_].figure
        assert [] == [text for text in all_texts(figure) if re.search(r"\d[GMk]\b", text)]
        for key, axis in figure["layout"].items():
            if re.match("[xy]axis", key) and axis.get("visible", True):
                assert axis["ticktext"]

    def test_figure_has_no_template_and_json_is_safe_in_a_page(
        self, id_: str, made: dict[str, dict[str, Chart]]
    ) -> None:
        for charts in made.values():
            if id_ in charts:
                text = figure_json(charts[id_].figure)
                assert "template" not in charts[id_].figure["layout"]
                assert "<" not in text
                assert charts[id_].figure == json.loads(text)

    def test_is_the_same_every_time(self, id_: str, made: dict[str, dict[str, Chart]]) -> None:
        assert made["small"][id_] == charts_of(small())[id_]

    def test_is_absent_from_a_site_without_numbers(self, id_: str, made: dict[str, dict[str, Chart]]) -> None:
        assert id_ not in charts_of([])
        assert id_ not in charts_of([facts()])


def test_one_number_makes_a_chart_only_where_one_says_something() -> None:
    lone = claim(1, value="500000000", raw="5亿元", unit="CNY", label="签约投资", period="2021")
    assert ["signings", "money"] == list(charts_of([facts(lone)]))


def test_hostile_words_stay_words(made: dict[str, dict[str, Chart]]) -> None:
    for chart in made["hostile"].values():
        assert "<script" not in chart.svg
        assert not any("<script" in text for text in all_texts(chart.figure))


def test_a_crowd_shows_the_largest_and_says_how_many_are_left(made: dict[str, dict[str, Chart]]) -> None:
    for id_ in ("money", "capacity", "timeline", "signings"):
        chart = made["many"][id_]
        assert re.search(r"另有\d+项见数据表", chart.note), id_
        drawn = sum(len(trace["x"]) for trace in chart.figure["data"])
        assert len(chart.rows) == drawn + int(re.search(r"另有(\d+)项", chart.note)[1])


def test_units_never_share_an_axis(made: dict[str, dict[str, Chart]]) -> None:
    for name, charts in made.items():
        units = {known.id: (known.unit, known.per) for entry in LOTS[name]() for known in entry.claims}
        for id_ in ("signings", "money", "capacity", "values"):
            panels: dict[str, set[tuple[str | None, str | None]]] = {}
            for trace in charts[id_].figure["data"] if id_ in charts else ():
                known = {units[claim_id] for ids in trace["customdata"] for claim_id in ids}
                panels.setdefault(trace["yaxis"], set()).update(known)
            assert all(len(found) == 1 for found in panels.values()), (id_, panels)


def test_progress_counts_what_is_left(made: dict[str, dict[str, Chart]]) -> None:
    chart = made["small"]["progress"]
    assert "2021年签约的90个项目，60个已开工" == chart.title
    rest = next(cell for cell in chart.summary if cell.text == "30个")
    assert "90 − 60 = 30" == rest.derived
    assert [60, 30] == [len(trace["x"]) for trace in chart.figure["data"]]


def test_progress_of_another_event_is_not_set_against_a_signing() -> None:
    whole = claim(1, value=90, raw="90个", subject="甲会")
    part = claim(2, value=60, raw="60个", kind="progress", label="已开工", subject="乙会")
    assert "progress" not in charts_of([facts(whole, part)])


def test_places_of_one_event_add_up_with_their_working(made: dict[str, dict[str, Chart]]) -> None:
    total = next(cell for cell in made["small"]["signings"].summary if cell.derived)
    assert ("125个", "90 + 35 = 125") == (total.text, total.derived)
    assert {"a00-00000001", "a01-00000001", "a00-00000005"} == set(total.claims)


def test_a_sum_of_a_year_and_one_for_good_are_not_added() -> None:
    once = claim(1, value=90, raw="90个", subject="甲会", place="聊城市")
    yearly = claim(2, value=35, raw="35个", subject="甲会", place="菏泽市", per="year")
    assert not any(cell.derived for cell in charts_of([facts(once, yearly)])["signings"].summary)


def test_a_map_needs_a_grid_and_two_places_on_it() -> None:
    pair = [PlaceIndustry(place, "chemicals", "a00", 0) for place in ("聊城市", "菏泽市", "包头市")]
    assert "tiles" not in charts_of([facts(place_industries=tuple(pair))])
    pair.append(PlaceIndustry("准格尔旗", "coal-chemicals", "a00", 0))
    chart = charts_of([facts(place_industries=tuple(pair))])["tiles"]
    assert {"鄂尔多斯市", "包头市"} == {row[0].text for row in chart.rows if row[1].text != "0"}


def test_status_is_shown_by_shape_and_said_in_words(made: dict[str, dict[str, Chart]]) -> None:
    chart = made["small"]["money"]
    assert ("k-actual", "k-planned", "k-target") == tuple(swatch for swatch, _ in chart.legend)
    assert all(f'class="c-{status}"' in chart.svg for status in ("actual", "planned", "target"))
    assert "预计" in chart.svg


def test_a_chart_without_summary_or_note_is_refused(made: dict[str, dict[str, Chart]]) -> None:
    good = made["small"]["money"]
    parts = {
        "id_": "money",
        "group": "money",
        "headline": (Cell("题"),),
        "unit": "元",
        "note": "注",
        "summary": (Cell("句。"),),
        "figure": good.figure,
        "columns": good.columns,
        "rows": good.rows,
        "words": words("zh-CN"),
    }
    assert finish(**parts).title == "题"
    for missing, name in (("summary", "summary"), ("note", "source note"), ("headline", "title")):
        with pytest.raises(ChartError, match=name):
            finish(**{**parts, missing: () if missing != "note" else ""})


def test_plotly_comes_from_the_installed_package() -> None:
    assert b"plotly.js" in plotly_script()[:400]


def test_text_is_measured_cut_and_broken_by_width() -> None:
    assert 28.0 == text_width("签约", 14)
    assert "签约…" == cut("签约投资总额", 10, 30)
    assert ("签约", "投资") == wrap("签约投资", 10, 20)
    assert all(text_width(part, 10) <= 60 for part in wrap("签约4565.7亿元的投资项目总额", 10, 60))
    assert not any(part.startswith((".", "7")) for part in wrap("签约4565.7亿元的投资", 10, 45, 5))


def test_progress_without_a_named_event_belongs_to_the_signing_printed_just_before() -> None:
    near = {"quote": "乙。", "start": 2}
    whole = claim(1, value=90, raw="90个", paragraph=0, period="2020")
    other = claim(
        2, value=300, raw="300个", paragraph=0, start=1, quote="丙。", label="意向签约项目", period="2021"
    )
    part = claim(3, value=60, raw="60个", kind="progress", label="已开工项目", **near)
    assert "2021年意向签约的300个项目，60个已开工" == charts_of([facts(whole, other, part)])["progress"].title
    assert "progress" not in charts_of(
        [facts(whole, claim(4, value=60, kind="progress", label="新建学校", **near))]
    )
    assert "progress" not in charts_of(
        [
            facts(whole),
            facts(
                claim(5, "a01", **{**near, "value": 60, "kind": "progress", "label": "已开工项目"}),
                article="a01",
            ),
        ]
    )


def test_a_number_that_looks_back_is_the_one_it_looks_back_at() -> None:
    first = claim(1, value=160, raw="160个", period="2023", subject="对接会")
    again = claim(2, value=160, raw="160个", period="2025-05", label="签约项目中")
    found = build_tables([facts(first, again)]).quantities
    assert [("2023", ("a00-00000001", "a00-00000002"))] == [(q.period, q.claims) for q in found]


def test_a_place_is_not_said_twice() -> None:
    money = claim(1, value="5e8", raw="5亿元", unit="CNY", label="聊城市投资总额", kind="investment")
    assert "聊城投资总额5亿元，是报道中最大的一项资金" == charts_of([facts(money)])["money"].title


def test_a_park_counts_for_the_city_whose_name_it_bears() -> None:
    pairs = [
        PlaceIndustry(place, "chemicals", "a00", 0) for place in ("苏州工业园区", "包头市", "无名开发区")
    ]
    other = PlaceIndustry("苏州市", "dairy", "a00", 0)
    rows = charts_of([facts(place_industries=(*pairs, other))])["matrix"].rows
    assert {"苏州市", "包头市", "无名开发区"} == {row[1].text for row in rows}


def test_charts_speak_english_on_an_english_site() -> None:
    """The same keys and holes in both languages; what the charts say of themselves has no Chinese stop."""
    chinese, english = (words(language).tree for language in ("zh-CN", "en"))
    assert shape(chinese) == shape(english)
    made = build_charts(build_tables(small()), "en")
    assert [chart.id for chart in build_charts(build_tables(small()))] == [chart.id for chart in made]
    money = next(chart for chart in made if chart.id == "money")
    assert "sums of money in the articles" in money.title
    for chart in made:
        said = "".join(cell.text for cell in chart.summary)
        assert not re.search("[。；，]", said + chart.note), chart.id


def shape(tree: object, key: str = "") -> dict[str, list[str]]:
    """Dotted keys of a tree of words, each with the holes of its text."""
    if isinstance(tree, dict):
        return {
            name: holes
            for part, value in tree.items()
            for name, holes in shape(value, f"{key}.{part}").items()
        }
    return {key: sorted(re.findall(r"\{\w+\}", str(tree)))}


def test_a_cell_of_any_length_is_cut_to_its_room() -> None:
    short = cut("," * 200_000, 10, 100)
    assert short.endswith(",…")
    assert 90 < text_width(short, 10) <= 100
