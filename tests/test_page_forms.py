"""Lines of a page's furniture, bylines and names of columns in many forms, each in the same page of two articles."""

from pathlib import Path

import pytest
import yaml

from sitegen.loaders import load
from sitegen.model import Article

FORMS = yaml.safe_load((Path(__file__).parent / "page_forms.yml").read_text("utf-8"))
TITLE = "豆腐坊里的“三代账”"
FIRST = "清晨六点，老街的豆腐坊冒起了热气，掌柜老严把第一板豆腐抬上案子，门外已经排了十几个人，都是二十年的老主顾。"
SECOND = "“卖的就是这口热乎气。”老严说，去年卖出豆腐26万斤，比前年多了三成，今年还想在县城开一家分店。"
BYLINE = "本报记者 秦川"
OTHER = "渡口的灯又亮了"
NEXT = f"{OTHER}\n\n本报讯（记者 沙鸥）昨晚，停航两年的东津渡恢复夜航，首日载客320人次。\n"
CUT = 37  # characters of the first paragraph above the line that stands inside its sentence


def read(*blocks: str) -> tuple[Article, ...]:
    """The articles of a page of these blocks, with blank lines between; nothing of it is lost."""
    page = load("page.txt", "\n\n".join(blocks).encode())
    assert page.residue == ""
    return page.articles


def whole(articles: tuple[Article, ...]) -> None:
    """Both articles have their headlines, authors and paragraphs, and nothing else."""
    assert [TITLE, OTHER] == [article.title for article in articles]
    assert [("秦川",), ("沙鸥",)] == [article.authors for article in articles]
    assert [FIRST, SECOND] == [paragraph.text for paragraph in articles[0].paragraphs]
    assert len(articles[1].paragraphs) == 1


@pytest.mark.parametrize("line", FORMS["heads"])
def test_a_line_above_the_first_headline_is_none(line: str) -> None:
    whole(read(line, TITLE, BYLINE, FIRST, SECOND, NEXT))
    whole(read(f"晚间新报\n2019年11月18日 星期一\n{line}", TITLE, BYLINE, FIRST, SECOND, NEXT))


@pytest.mark.parametrize("line", FORMS["feet"])
def test_a_line_below_the_last_text_is_no_text(line: str) -> None:
    whole(read(TITLE, BYLINE, FIRST, SECOND, NEXT, line))


@pytest.mark.parametrize("line", FORMS["middles"])
def test_a_line_between_paragraphs_or_inside_one_parts_nothing(line: str) -> None:
    whole(read(TITLE, BYLINE, FIRST, line, SECOND, NEXT))
    whole(read(TITLE, BYLINE, FIRST[:CUT], line, FIRST[CUT:], SECOND, NEXT))


@pytest.mark.parametrize("line", FORMS["columns"])
def test_the_name_of_a_column_begins_an_article_and_is_no_headline(line: str) -> None:
    for name in (line, f"■{line}", f"【{line}】"):
        articles = read(NEXT, name, TITLE, BYLINE, FIRST, SECOND)
        assert [OTHER, TITLE] == [article.title for article in articles]
        articles = read(NEXT, name, TITLE, FIRST, SECOND)
        assert [OTHER, TITLE] == [article.title for article in articles]


@pytest.mark.parametrize(("line", "authors"), FORMS["bylines"].items())
def test_a_byline_between_headline_and_text(line: str, authors: list[str]) -> None:
    articles = read(TITLE, line, FIRST, SECOND, NEXT)
    assert [TITLE, OTHER] == [article.title for article in articles]
    assert sorted(authors) == sorted(articles[0].authors)
    assert [FIRST, SECOND] == [paragraph.text for paragraph in articles[0].paragraphs]


@pytest.mark.parametrize(("line", "authors"), FORMS["ends"].items())
def test_a_signature_at_the_end(line: str, authors: list[str]) -> None:
    below = read(TITLE, FIRST, SECOND, line, NEXT)
    assert [SECOND] == [paragraph.text for paragraph in below[0].paragraphs[1:]]
    behind = read(TITLE, FIRST, SECOND + line, NEXT) if line[0] == "（" else below
    for articles in (below, behind):
        assert [TITLE, OTHER] == [article.title for article in articles]
        assert sorted(authors) == sorted(articles[0].authors)
