"""The way from files to a site: the same bytes anywhere, every number on its sentence, verdicts obeyed."""

import json
import os
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from sites import ARTICLE, ROOT, copy_site, make_site, sitegen, sitegen_process, tree

from sitegen.reading import read_pages
from sitegen.workspace import SourceFile


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a finished build; tests that change it take a copy."""
    site = make_site(tmp_path_factory.mktemp("good") / "site")
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    return site


def test_two_builds_anywhere_give_the_same_bytes(tmp_path: Path) -> None:
    """Other folder, time zone, locale, hash seed, umask, order in which the files were made."""
    first = make_site(tmp_path / "a")
    for name in ("seeds", "content"):
        shutil.copytree(ROOT / name, first / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("facts"))
    second = tmp_path / "另一个 文件夹" / "b"
    for name, data in reversed(tree(first).items()):
        (second / name).parent.mkdir(parents=True, exist_ok=True)
        (second / name).write_bytes(data)
    before = os.umask(0o077)
    try:
        one = sitegen_process("build", cwd=first, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    finally:
        os.umask(before)
    two = sitegen_process("build", cwd=second, TZ="America/Adak", LC_ALL="zh_CN.UTF-8", PYTHONHASHSEED="2")
    assert (0, 0) == (one.code, two.code), one.err + two.err
    left, right = tree(first), tree(second)
    assert left.keys() == right.keys()
    assert [] == [name for name in left if left[name] != right[name]]
    assert any(name.startswith("content/facts/") for name in left)


def test_a_second_build_changes_nothing(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    before = tree(site)
    assert 0 == sitegen("build", cwd=site).code
    assert before == tree(site)


def test_every_claim_has_its_mark_and_the_mark_is_its_number(built: Path) -> None:
    """On pages of newspapers and in articles of editors alike."""
    records = json.loads(sitegen("extract", "seeds", "content/articles", "--format", "json", cwd=built).out)
    assert len(records["claims"]) >= 7
    for claim in records["claims"]:
        page = (built / "build/articles" / claim["article"] / "index.html").read_text("utf-8")
        found = re.findall(rf'<mark id="c-{claim["id"][-8:]}"[^>]*>(.*?)</mark>', page)
        assert [claim["raw"]] == [unescape(text) for text in found]


def test_what_is_published_is_what_extract_prints(built: Path) -> None:
    printed = json.loads(sitegen("extract", "seeds", "content/articles", "--format", "json", cwd=built).out)
    published = json.loads((built / "build/data/facts.json").read_text("utf-8"))
    assert printed == {name: published[name] for name in printed}


def test_a_rejected_number_is_gone_from_the_site_and_an_edited_one_is_changed(
    built: Path, tmp_path: Path
) -> None:
    site = copy_site(built, tmp_path / "site")
    records = json.loads((site / "build/data/facts.json").read_text("utf-8"))
    ids = {each["raw"]: each["id"] for each in records["claims"]}
    (site / "content/reviews").mkdir(exist_ok=True)
    review = "{who: 甲, when: '2025-06-12', verdict: %s}\n"
    (site / "content/reviews/r.yml").write_text(
        f"{ids['36.5亿元']}: {review % 'rejected'}"
        f"{ids['12个']}: {review % 'edited, fields: {place: 包头市}'}",
        encoding="utf-8",
    )
    facts = tree(site / "content/facts")
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    claims = {
        each["raw"]: each
        for each in json.loads((site / "build/data/facts.json").read_text("utf-8"))["claims"]
    }
    assert "36.5亿元" not in claims
    assert ("包头市", "edited") == (claims["12个"]["place"], claims["12个"]["review"])
    assert ids["36.5亿元"][-8:].encode() not in b"".join(tree(site / "build").values())
    assert facts == tree(site / "content/facts")


def test_what_is_known_of_a_page_is_shown_with_it(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    (site / "seeds/seeds.yml").write_text(
        "p01.txt: {paper: 某地日报, day: '2025-03-19', url: null}\n", encoding="utf-8"
    )
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    article = next(
        each["id"]
        for each in json.loads((site / "build/data/facts.json").read_text("utf-8"))["articles"]
        if each["source"] == "p01.txt"
    )
    assert "某地日报" in (site / f"build/articles/{article}/index.html").read_text("utf-8")


def test_pages_of_two_years_may_have_one_file_name(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    for year in ("2024", "2025"):
        (site / "seeds" / year).mkdir()
        text = f"某县{year}年粮食产量公布\n\n本报记者 李四\n\n{year}年，达茂旗粮食产量达到{year[-1]}万吨。\n"
        (site / "seeds" / year / "p.txt").write_text(text, encoding="utf-8")
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    records = json.loads((site / "build/data/facts.json").read_text("utf-8"))
    assert {"2024/p.txt", "2025/p.txt"} < {each["source"] for each in records["articles"]}


def test_a_site_without_newspaper_pages_builds(tmp_path: Path) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/site.yml").write_text("seeds_dir: null\n", encoding="utf-8")
    (tmp_path / "content/articles/a.md").write_text(ARTICLE, encoding="utf-8")
    done = sitegen("build", "--strict", cwd=tmp_path)
    assert (0, "") == (done.code, done.err)


def test_an_article_without_any_number_builds(tmp_path: Path) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/site.yml").write_text("seeds_dir: null\n", encoding="utf-8")
    text = '---\ntitle: "春天来了"\n---\n\n草原上的花开了。\n'
    (tmp_path / "content/articles/a.md").write_text(text, encoding="utf-8")
    done = sitegen("build", "--strict", cwd=tmp_path)
    assert (0, "") == (done.code, done.err)


def test_the_projects_own_site_builds_from_its_seeds_without_a_warning(tmp_path: Path) -> None:
    for name in ("seeds", "content"):
        copy_site(ROOT / name, tmp_path / name)
    done = sitegen("build", "--strict", cwd=tmp_path)
    assert (0, "") == (done.code, done.err)
    assert "9 articles" in done.out


def test_two_texts_under_one_headline_and_byline_are_two_articles(tmp_path: Path) -> None:
    """A weekly column keeps its name and its author; only the same text twice is a clash."""
    sources = []
    for day, text in (("0603", "全市产值达31亿元，增长5%。"), ("0610", "全市新开工项目42个。")):
        path = tmp_path / f"{day}.txt"
        path.write_text(f"每周观察\n\n□本报记者 李明\n\n{text}\n", "utf-8")
        sources.append(SourceFile(path=path, name=path.name, shown=path.name))
    reading = read_pages(sources)
    assert () == reading.problems
    assert 2 == len({facts.article.id for facts in reading.facts})
    assert all(claim.article == facts.article.id for facts in reading.facts for claim in facts.claims)
