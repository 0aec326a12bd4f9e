"""Who speaks, in which office, and what their words are."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from speech_article import article

from sitegen.extract.names import name_ends, offices
from sitegen.extract.people import people, speaker_at
from sitegen.extract.people_words import grammar
from sitegen.lexicon import packaged
from sitegen.loaders import load
from sitegen.model import Note

CASES: list[dict[str, Any]] = packaged("people.yml")["cases"]
LINES = [
    line.split(" =>")
    for line in (Path(__file__).parent / "cases" / "people.txt").read_text("utf-8").splitlines()[1:]
]
GOLD = Path(__file__).parent / "gold"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][0][:16])
def test_packaged_case(case: dict[str, Any]) -> None:
    found = people(article(case["text"]))
    shown = [f"{p.name} | {p.title or '-'} | {p.organisation or '-'}" for p in found]
    quotes = [f"{p.name}：{quote.text}" for p in found for quote in p.quotes]
    assert case["people"] == shown
    assert case.get("quotes", []) == quotes


@pytest.mark.parametrize(("text", "expected"), LINES, ids=lambda part: part[:16])
def test_who_speaks_in_a_line_and_in_which_office(text: str, expected: str) -> None:
    found = people(article(text.split("¶")))
    wanted = [part.strip().split("|") for part in expected.split(";") if part.strip()]
    assert [name for name, _ in wanted] == [person.name for person in found]
    offices_found = [f"{person.organisation or ''}{person.title or ''}" for person in found]
    assert all(got.endswith(title) for (_, title), got in zip(wanted, offices_found, strict=True)), (
        offices_found
    )


@pytest.mark.parametrize("page", sorted((GOLD / "seeds").glob("*.yaml")), ids=lambda page: page.stem[:3])
def test_a_seeds_people_and_their_words_are_all_found(page: Path) -> None:
    gold = yaml.safe_load(page.read_text("utf-8"))
    loaded = load(gold["page"], page.with_suffix(".txt").read_bytes())
    expected = {(p["article"], p["name"]): [quote["text"] for quote in p["quotes"]] for p in gold["people"]}
    found = {
        (number, person.name): [quote.text for quote in person.quotes]
        for number, each in enumerate(loaded.articles)
        for person in people(each)
    }
    assert expected == found


def test_a_quotation_lies_in_its_paragraph_word_for_word() -> None:
    made = article(["开场。", "“电价降了３分，”公司财务总监吴敏说，“一年省下200万元。”"])
    (person,) = people(made)
    assert ["电价降了３分", "一年省下200万元。"] == [quote.text for quote in person.quotes]
    assert all(quote.text in made.paragraphs[quote.paragraph].text for quote in person.quotes)


def test_the_speaker_of_an_offset_is_who_says_that_sentence() -> None:
    text = (
        "全县有3家企业。县长周正介绍，今年新增5家，明年再增2家。"
        "“还差8家。”工业局局长万里说。一位干部说，有9家。"
    )
    made = article([text])
    speaker = speaker_at(made, people(made))
    expected = {"3家": None, "5家": "周正", "2家": "周正", "8家": "万里", "9家": None}
    assert expected == {raw: speaker(0, text.index(raw)) for raw in expected}


def test_an_answer_in_an_interview_belongs_to_the_guest_until_the_next_head() -> None:
    made = article(
        [
            "记者：多少？",
            "副市长何平：去年10个。",
            "今年20个。",
            "记者：明年呢？",
            "何平：30个。",
            "主持人：再见，40人。",
        ]
    )
    speaker = speaker_at(made, people(made))
    said = {1: "10个", 2: "20个", 4: "30个", 5: "40人"}
    found = {n: speaker(n, made.paragraphs[n].text.index(raw)) for n, raw in said.items()}
    assert {1: "何平", 2: "何平", 4: "何平", 5: None} == found


def test_who_signs_a_report_with_an_office_reports_it() -> None:
    made = replace(article(["一年来，全市生产总值增长5.2%。"]), byline=(Note("福州市市长　吴承志", 3, 0),))
    (person,) = people(made)
    assert ("吴承志", "市长", "福州市", ()) == (
        person.name,
        person.title,
        person.organisation,
        person.quotes,
    )


def test_a_reporter_in_the_byline_is_no_speaker() -> None:
    made = replace(article(["一年来，全市生产总值增长5.2%。"]), byline=(Note("本报记者　葛小云", 3, 0),))
    assert () == people(made)


def test_no_people_means_no_speaker() -> None:
    assert speaker_at(article(["相关负责人说，有3家。"]), ())(0, 7) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张雷在会上说", "张雷"),
        ("左世全就此作演讲", "左世全"),
        ("付杰认为", "付杰"),
        ("王作安作报告", "王作安"),
        ("欧阳明高作报告", "欧阳明高"),
        ("其木格笑着说", "其木格"),
        ("娜仁高娃：好", "娜仁高娃"),
        ("阿不都热合曼·尼亚孜说", "阿不都热合曼·尼亚孜"),
        ("高度评价", ""),
        ("方面表示", ""),
        ("老杨说", ""),
        ("黄女士说", ""),
        ("笑着说", ""),
    ],
)
def test_a_name_ends_where_speech_begins(text: str, name: str) -> None:
    ends = name_ends(text, 0, office="主任")
    assert name == (text[: ends[0]] if ends else "")


def test_the_first_office_gives_title_and_organisation() -> None:
    (office,) = (
        o for o in offices("中国钢铁协会副秘书长、冶金标准研究院党委书记、院长张龙强说") if o.name == 25
    )
    assert ("副秘书长", "中国钢铁协会") == (office.title, office.organisation)


def test_words_of_speech_are_seen_by_the_first_glance() -> None:
    data = packaged("people.yml")
    spoken = (data["speech"] + " " + data["talk"]).split()
    assert [] == [word for word in spoken if not grammar().cue.search(word)]
