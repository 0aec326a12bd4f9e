"""Tables: a number counts once, a total is exact and never adds a whole to its part, every row knows its
claims.
"""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from chart_facts import EVENT, claim, facts, hostile, many, small
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import Warning as Finding
from sitegen.tables import Quantity, Table, build_tables, csv_bytes, dictionary, quantities, total
from sitegen.tables.frames import LIST


def contains(whole: str, part: str) -> bool:
    return (whole, part) in {
        ("山东省", "聊城市"),
        ("山东省", "菏泽市"),
        ("聊城市", "莘县"),
        ("山东省", "莘县"),
    }


def found(*claims: object) -> tuple[Quantity, ...]:
    return quantities(claims)


def rows(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_bytes(table).decode("utf-8-sig"))))


def test_a_number_printed_in_two_articles_counts_once_and_keeps_both_claims() -> None:
    tables = build_tables(small())
    signed = [q for q in tables.quantities if q.text == "90个"]
    assert [("a00-00000001", "a01-00000001")] == [q.claims for q in signed]
    assert "2021-05-06" == signed[0].period


@pytest.mark.parametrize(
    "other",
    [
        {"value": 91},
        {"unit": "家"},
        {"place": "菏泽市"},
        {"status": "target"},
        {"period": "2022", "article": "a01"},
        {"subject": "另一场活动"},
        {"label": "入库纳税企业名录"},
        {"kind": "count"},
        {"industry": "steel"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_difference_in_any_part_makes_two_numbers(other: dict[str, object]) -> None:
    one = claim(1, value=90, subject=EVENT, period="2021", industry="chemicals")
    assert 2 == len(found(one, replace(one, **{"id": "a00-x", "quote": "别句。", **other})))


def test_two_equal_numbers_of_one_sentence_are_two_things_unless_named_alike() -> None:
    one = claim(1, label="新材料项目", value=10)
    assert 2 == len(found(one, replace(one, id="x", label="新能源项目")))
    assert 1 == len(found(one, replace(one, id="x")))


def test_rejected_questioned_and_impossible_numbers_are_in_the_table_but_in_no_quantity() -> None:
    bad = [
        claim(n, value=n + 1, review=review)
        for n, review in enumerate(("rejected", "questioned", "auto", "auto"))
    ]
    finding = Finding("W-X", "不可能", "lx-2021.txt", 3, claim=bad[2].id, verdict="implausible")
    tables = build_tables([facts(*bad, warnings=(finding,))], doubtful=[])
    assert 4 == len(tables.claims)
    assert [4] == [q.value for q in tables.quantities]
    assert tuple(c.id for c in bad[:3]) == tables.left_out
    assert () == build_tables([facts(bad[3])], doubtful=[bad[3].id]).quantities


def test_a_total_is_the_exact_sum_of_its_addends() -> None:
    parts = found(
        claim(1, value="0.1"),
        claim(2, value="0.2", place="菏泽市"),
        claim(3, value="99999999999999999999999999999.7", place="包头市"),
    )
    added = total(parts, contains)
    assert added is not None
    assert Decimal("100000000000000000000000000000.0") == added.value
    assert "exact" == added.bound
    assert ("a00-00000001", "a00-00000002", "a00-00000003") == added.claims


@given(
    st.lists(st.decimals(min_value=0, max_value=10**20, places=4, allow_nan=False), min_size=1, max_size=12)
)
def test_any_total_equals_its_working(values: list[Decimal]) -> None:
    added = total(found(*(claim(n, value=v, place=f"地{n}") for n, v in enumerate(values))), contains)
    assert added is not None
    left, _, right = added.working.partition(" = ")
    scaled = [int(Decimal(part).scaleb(4)) for part in left.split(" + ")]
    assert sum(scaled) == int(Decimal(right).scaleb(4)) == int(added.value.scaleb(4))


def test_a_part_is_never_added_to_its_whole() -> None:
    parts = found(claim(1, value=100, place="山东省"), claim(2, value=40), claim(3, value=5, place="莘县"))
    added = total(parts, contains)
    assert added is not None
    assert (Decimal(100), ("a00-00000002", "a00-00000003")) == (added.value, added.left_out)
    assert "exact" == added.bound


def test_a_part_larger_than_its_whole_gives_no_total() -> None:
    assert total(found(claim(1, value=20, place="山东省"), claim(2, value=42)), contains) is None


def test_of_one_place_the_largest_counts_and_the_total_is_a_lower_bound() -> None:
    added = total(
        found(claim(1, value=12), claim(2, value=30, label="全部签约"), claim(3, value=8, place="菏泽市")),
        contains,
    )
    assert added is not None
    assert (Decimal(38), "at_least") == (added.value, added.bound)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (("exact", "exact"), "exact"),
        (("exact", "at_least"), "at_least"),
        (("at_most", "exact"), "at_most"),
        (("at_least", "at_most"), "about"),
        (("about", "exact"), "about"),
    ],
)
def test_bounds_carry_over_to_the_total(bounds: tuple[str, str], expected: str) -> None:
    parts = found(claim(1, bound=bounds[0]), claim(2, bound=bounds[1], place="菏泽市"))
    added = total(parts, contains)
    assert added is not None
    assert expected == added.bound


def test_a_range_gives_a_total_with_an_upper_end() -> None:
    added = total(found(claim(1, value=3, value_max=5), claim(2, value=2, place="菏泽市")), contains)
    assert added is not None
    assert (Decimal(5), Decimal(7)) == (added.value, added.value_max)


@pytest.mark.parametrize("units", [("CNY", "USD"), ("个", "家"), ("%", "%"), ("pp", "pp")])
def test_units_that_do_not_add_are_refused(units: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="cannot be added"):
        total(found(claim(1, unit=units[0]), claim(2, unit=units[1], place="菏泽市")), contains)


def test_every_row_names_its_claims_and_where_they_are_printed() -> None:
    for entries in (small(), many(120)):
        tables = build_tables(entries)
        ids = set(tables.sources.claims)
        for table in (tables.signings, tables.capacity, tables.investments):
            assert len(table)
            for row in rows(table):
                assert set(row["claims"].split(LIST)) <= ids
                assert ("lx-2021.txt", True) == (row["source"], row["line"] in "345")


def test_the_line_is_that_of_the_number_not_of_the_paragraph() -> None:
    assert ["4"] == [row["line"] for row in rows(build_tables(small()).claims) if row["id"] == "a00-00000001"]


def test_values_in_the_csv_are_exact() -> None:
    long = "123456789012345678901234.5678"
    assert [long] == [row["value"] for row in rows(build_tables([facts(claim(1, value=long))]).claims)]


def test_a_spreadsheet_runs_nothing_of_a_csv() -> None:
    tables = build_tables(hostile())
    text = [row for table in tables.published for row in rows(table)]
    cells = [value for row in text for key, value in row.items() if key not in ("value", "value_max")]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert [] == [cell for cell in cells if cell[:1] in tuple("=+-@＝")]
    minus = build_tables([facts(claim(1, value=-90, unit="%", raw="90%"))])
    assert ["-90"] == [row["value"] for row in rows(minus.claims)]


def test_every_published_column_is_in_the_dictionary_in_order() -> None:
    for table in build_tables(small()).published:
        header = csv_bytes(table).decode("utf-8-sig").splitlines()[0].split(",")
        assert [entry["name"] for entry in dictionary(table)] == header
        assert all(entry["description"] for entry in dictionary(table))


def test_no_articles_give_empty_tables_with_their_columns() -> None:
    tables = build_tables([])
    assert [0] * 7 == [len(table) for table in tables.published]
    assert csv_bytes(tables.claims).startswith("\ufeffid,article,title".encode())


def test_projects_carry_their_investment_and_people_their_first_words() -> None:
    tables = build_tables(small())
    assert [("30000000000", "CNY", "a00-00000006", "甲公司; 乙公司")] == [
        (row["investment"], row["unit"], row["claims"], row["companies"]) for row in rows(tables.projects)
    ]
    assert [("李四", "1", "好。")] == [
        (row["name"], row["quotes"], row["quote"]) for row in rows(tables.people)
    ]


def test_the_same_facts_give_the_same_bytes() -> None:
    one, two = build_tables(many()), build_tables(many())
    assert [csv_bytes(table) for table in one.published] == [csv_bytes(table) for table in two.published]


def test_an_event_of_a_year_has_one_number_whatever_the_date_of_the_sentence_that_looks_back() -> None:
    event = {"value": 160, "subject": "2023对接会"}
    first, again = claim(1, period="2023", **event), claim(2, period="2025-05", label="签约项目中", **event)
    assert [("2023", ("a00-00000001", "a00-00000002"))] == [(q.period, q.claims) for q in found(first, again)]
    firm = {"value": 160, "subject": "鲁西钢铁公司"}
    assert 2 == len(found(claim(1, period="2023", **firm), claim(2, period="2024", **firm)))
