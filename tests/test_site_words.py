"""A site's own words, content/lexicon: what they add to the packaged ones, what is refused, and that they count for their site alone."""

import ast
import json
import os
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import ROOT, make_site, sitegen, sitegen_process, tree

from sitegen import pipeline, serve
from sitegen.archive.part import Part, make_part, version
from sitegen.cache import Cache
from sitegen.extract import extract
from sitegen.extract.people_words import grammar
from sitegen.industries import industry_list
from sitegen.lexicon import Words, original, packaged, use
from sitegen.loaders import load
from sitegen.model import Facts
from sitegen.places import gazetteer
from sitegen.problems import SitegenError
from sitegen.site_words import SHAPES, lexicon_schema, read_words, use_words
from sitegen.workspace import open_site

LACE = "industries: {lace: {name: 抽纱刺绣, aliases: [抽纱绣品], parent: textiles, gbt: '17'}}\n"
TEXT = "包头市抽纱绣品产值12亿元。"
NEWS = f"""---
title: "绣品走俏"
date: "2025-04-03"
---

{TEXT}
"""


def site_with(root: Path, **files: str) -> Path:
    """A site with an article on embroidery and files of words (name without .yml)."""
    site = make_site(root)
    (site / "content/articles/lace.md").write_text(NEWS, "utf-8")
    (site / "content/lexicon").mkdir()
    for name, text in files.items():
        (site / f"content/lexicon/{name}.yml").write_text(text, "utf-8")
    return site


def facts_of(text: str) -> Facts:
    (article,) = load("p.txt", f"头条新闻今日发布\n\n{text}\n".encode()).articles
    return extract(article)


def refused(name: str, text: str) -> list[str]:
    """The lines for a file with this text."""
    with pytest.raises(SitegenError) as error:
        read_words({name: text})
    return [str(problem) for problem in error.value.problems]


def test_an_industry_of_the_sites_own_and_more_aliases_of_a_packaged_one() -> None:
    assert () == industry_list().mentions("抽纱绣品和凤尾纱料")
    use(read_words({"industries.yml": LACE + "  # more\n"}))
    assert [("lace", "抽纱绣品")] == [
        (m.id, m.printed) for m in industry_list().mentions("抽纱绣品和凤尾纱料")
    ]
    entry = industry_list().get("lace")
    assert entry
    assert (entry.name, entry.parent, entry.aliases) == ("抽纱刺绣", "textiles", ("抽纱绣品",))
    assert "17" == industry_list().divisions["lace"]
    before = original("industries.yml")["industries"]["textiles"]["aliases"]
    use(read_words({"industries.yml": f"industries: {{textiles: {{aliases: [凤尾纱料, {before[0]}]}}}}"}))
    assert [("textiles", "凤尾纱料")] == [
        (m.id, m.printed) for m in industry_list().mentions("抽纱绣品和凤尾纱料")
    ]
    assert (*before, "凤尾纱料") == industry_list().entries["textiles"].aliases


def test_other_names_of_places_and_parks() -> None:
    text = "草原钢城和青色之丘园签约。"
    assert [] == [m.name for m in gazetteer().mentions(text)]
    use(read_words({"places.yml": "aliases: {草原钢城: 包头市}\nparks: [青色之丘园]\n"}))
    assert [("包头市", "150200"), ("青色之丘园", None)] == [
        (m.name, m.code) for m in gazetteer().mentions(text)
    ]


def test_a_paper_says_where_its_page_is_at_home() -> None:
    page = "漠南晚报\n\n招商会举行\n\n全市签约项目12个，投资36.5亿元。\n".encode()
    assert [None] == [article.home for article in load("p.txt", page).articles]
    use(read_words({"papers.yml": "漠南晚报: 包头市\n"}))
    assert ["包头市"] == [article.home for article in load("p.txt", page).articles]
    use(read_words({"papers.yml": "漠南晚报: ''\n"}))
    assert "" == packaged("papers.yml")["漠南晚报"]


def test_a_title_of_an_office() -> None:
    text = "“产量还会增加。”天丰公司首席织染官李建国说。"
    assert "首席织染官" not in [person.title for person in facts_of(text).people]
    use(read_words({"people.yml": "titles: [首席织染官]\n"}))
    assert ["首席织染官"] == [person.title for person in facts_of(text).people]


WRONG = [tuple(each.values()) for each in yaml.safe_load((ROOT / "tests/site_words.yml").read_text("utf-8"))]


@pytest.mark.parametrize(("name", "text", "line"), WRONG)
def test_what_is_wrong_is_told_at_its_line(name: str, text: str, line: str) -> None:
    assert f"{name}:{line}" in refused(name, text)


def test_a_list_without_end_is_refused() -> None:
    many = ", ".join(f"职务{number}" for number in range(6000))
    (line,) = refused("people.yml", f"titles: [{many}]")
    assert "people.yml:1:1: E-LEXICON titles has 6000 entries, more than 5000; leave some out" == line


def test_thousands_of_faults_and_of_parents_are_told_soon() -> None:
    began = time.monotonic()
    assert 4000 == len(
        refused("places.yml", "aliases:\n" + "".join(f"  地方{n}: 某{n}市\n" for n in range(4000)))
    )
    rows = "".join(f"  a{n}: {{name: 行业{n}, parent: a{n + 1}}}\n" for n in range(4000))
    lines = refused("industries.yml", f"industries:\n{rows}  a4000: {{name: 末业}}\n")
    assert (
        "industries.yml:2:19: E-LEXICON a0 has too many parents above one another; write another parent"
        in lines
    )
    assert time.monotonic() - began < 30


def test_empty_files_and_words_that_are_known_add_nothing(tmp_path: Path) -> None:
    assert Words() == read_words(dict.fromkeys(SHAPES, "# nothing yet\n"))
    site = site_with(tmp_path, places="aliases: {包头: 包头市}\n", papers="新民晚报: 上海市\n")
    use_words(open_site(site, site))
    assert original("place_words.yml")["aliases"] == packaged("place_words.yml")["aliases"]
    assert original("papers.yml") == packaged("papers.yml")


def test_unknown_large_and_unreadable_files(tmp_path: Path) -> None:
    site = site_with(tmp_path, paper="x: y\n", places="#" * 1_000_001)
    (site / "content/lexicon/industries.yml").write_bytes(b"industries: {}\n\xff")
    (site / "content/lexicon/.hidden").write_text("x", "utf-8")
    done = sitegen("build", cwd=site)
    lines = [
        "content/lexicon/industries.yml:2: E-ENCODING is no UTF-8 text; save it as UTF-8",
        "content/lexicon/paper.yml: E-LEXICON-KEY is no file of words; did you mean papers.yml?",
        "content/lexicon/places.yml: E-LARGE has 1.0 MB, more than the 1 MB that such a file may have; split it, or take it away",
    ]
    assert (1, lines) == (done.code, done.err.splitlines())
    assert not (site / "build").exists()


def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site")
    (tmp_path / "papers.yml").write_text("漠南晚报: 包头市\n", "utf-8")
    (site / "content/lexicon/papers.yml").symlink_to(tmp_path / "papers.yml")
    done = sitegen("check", "seeds/p01.txt", cwd=site)
    assert 1 == done.code
    assert "content/lexicon/papers.yml: E-OUTSIDE" in done.err


def test_the_site_has_its_industry_in_facts_and_on_a_page(tmp_path: Path) -> None:
    site = site_with(tmp_path, industries=LACE)
    assert 0 == sitegen("build", cwd=site).code
    facts = next((site / "content/facts").glob("*lace*")).read_text("utf-8")
    assert "industry: lace" in facts
    assert any("抽纱刺绣" in name for name in tree(site / "build") if name.startswith("industries/")) or (
        "抽纱刺绣" in (site / "build/industries/lace/index.html").read_text("utf-8")
    )


def test_the_bytes_are_those_of_a_process_that_never_had_other_words(tmp_path: Path) -> None:
    site = site_with(tmp_path / "a", industries=LACE, people="titles: [首席织染官]\n")
    other = site_with(tmp_path / "b", industries="industries: {pearls: {name: 抽纱绣品}}\n", places="aliases: {达茂旗2025年: 赤峰市}\n")  # fmt: skip
    assert 0 == sitegen("extract", cwd=site).code
    for each in (other, site):
        assert 0 == sitegen("build", "--no-cache", cwd=each).code
    before = tree(site / "build"), tree(site / "content/facts")
    assert 0 == sitegen_process("build", "--no-cache", cwd=site).code
    assert before == (tree(site / "build"), tree(site / "content/facts"))
    assert tree(site / "content/facts") != tree(other / "content/facts")


def test_words_are_part_of_what_is_kept_and_of_whether_anything_changed(tmp_path: Path) -> None:
    site = site_with(tmp_path, industries=LACE)
    store = Cache(site)
    before = store.key("reading", "x")
    use(read_words({"industries.yml": LACE}))
    with_words = store.key("reading", "x")
    assert before != with_words
    use(Words())
    assert before == store.key("reading", "x")
    report = [pipeline.build(open_site(site, site), pipeline.Options(jobs=1)).files for _ in range(2)]
    assert report[0]
    assert not report[1]
    (site / "content/lexicon/industries.yml").unlink()
    assert pipeline.build(open_site(site, site), pipeline.Options(jobs=1)).files


def test_frozen_facts_are_out_of_date_where_words_change_them(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    assert 0 == sitegen("build", cwd=site).code
    assert 0 == sitegen("build", "--frozen", cwd=site).code
    (site / "content/lexicon/industries.yml").write_text(LACE, "utf-8")
    done = sitegen("build", "--frozen", cwd=site)
    assert 1 == done.code
    assert "E-STALE" in done.err
    assert 0 == sitegen("extract", cwd=site).code
    assert 0 == sitegen("build", "--frozen", cwd=site).code


def test_pages_without_a_site_are_read_with_the_words_of_the_site_around(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", industries=LACE)
    page = tmp_path / "p02.txt"
    page.write_text(f"绣品走俏海内外市场\n\n{TEXT}\n", "utf-8")

    def industries(*arguments: object, cwd: Path) -> list[Any]:
        done = sitegen("extract", page, *arguments, cwd=cwd)
        assert 0 == done.code, done.err
        return [claim.get("industry") for claim in yaml.safe_load(done.out)["claims"]]

    assert ["lace"] == industries(cwd=site)
    assert [None] == industries(cwd=tmp_path)
    assert ["lace"] == industries("-c", site, cwd=tmp_path)


def test_a_worker_uses_the_words_that_come_with_its_part(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    (tmp_path / "pages").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "pages/p.txt").write_text(f"绣品走俏海内外市场\n\n{TEXT}\n", "utf-8")
    words = read_words({"industries.yml": LACE})
    use(words)
    part = Part(str(tmp_path / "pages"), str(tmp_path / "out"), 0, ("p.txt",), version(), words)
    use(Words())
    assert make_part(part).made
    assert not make_part(part).made
    rows = pq.read_table(tmp_path / "out/claims/part-00000.parquet").to_pylist()
    assert ["lace"] == [row["industry"] for row in rows]
    use(Words())
    assert make_part(Part(part.pages, part.out, 0, part.names, version())).made


def test_an_archive_is_made_with_the_words_of_the_named_site_in_all_processes(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    site = site_with(tmp_path / "site", industries=LACE)
    (tmp_path / "pages").mkdir()
    for number in range(4):
        text = f"绣品走俏海内外市场\n\n{TEXT}\n"
        (tmp_path / f"pages/p{number}.txt").write_text(text, "utf-8")
    command = ("archive", "pages", "out", "--partitions", "4", "-j", "2")
    for options, expected in ((("-c", "site"), {"lace"}), ((), {None})):
        assert 0 == sitegen_process(*command, *options, cwd=tmp_path).code
        found = [row["industry"] for path in (tmp_path / "out/claims").glob("*.parquet") for row in pq.read_table(path).to_pylist()]  # fmt: skip
        assert (4, expected) == (len(found), set(found))
    assert site.is_dir()


def test_the_schema_agrees_with_the_check() -> None:
    validator = jsonschema.Draft202012Validator(lexicon_schema())
    validator.check_schema(lexicon_schema())
    good = [LACE, "aliases: {草原钢城: 包头市}\nparks: [青色之丘园]", "漠南晚报: ''", "titles: [首席织染官]"]
    assert [True] * 4 == [validator.is_valid(yaml.safe_load(text)) for text in good]
    for name, text, line in WRONG:
        if " E-LEXICON " in line and "lead back" not in line and "no letter" not in line and text != "[]":
            shape = jsonschema.Draft202012Validator(SHAPES[name])
            assert not shape.is_valid(yaml.safe_load(text)), line
    printed = sitegen("schema", "lexicon", cwd=ROOT)
    assert lexicon_schema()["anyOf"] == json.loads(printed.out)["anyOf"]


def test_every_cache_of_the_program_can_be_found_and_emptied() -> None:
    """Words are made into tables and patterns behind caches; what is no attribute of a module would outlive a change of words."""
    for folder, _, names in os.walk(ROOT / "sitegen"):
        for name in (each for each in names if each.endswith(".py")):
            module = ast.parse(Path(folder, name).read_text("utf-8"))
            found = [
                node for node in ast.walk(module) if isinstance(node, ast.FunctionDef) and _is_cached(node)
            ]
            assert all(node in module.body for node in found), f"{folder}/{name}"


def _is_cached(function: ast.FunctionDef) -> bool:
    names = [ast.unparse(each).partition("(")[0].rpartition(".")[2] for each in function.decorator_list]
    return not {"cache", "lru_cache"}.isdisjoint(names)


def test_the_preview_takes_new_words_and_keeps_the_last_good_ones(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    assert site / "content" in serve.watched(open_site(site, site))
    build = serve.builder(site / "content/site.yml")
    assert "industries/lace/index.html" not in build()[1].files
    (site / "content/lexicon/industries.yml").write_text(LACE, "utf-8")
    assert "industries/lace/index.html" in build()[1].files
    (site / "content/lexicon/industries.yml").write_text(
        "industries: {textile: {aliases: [纱料]}}\n", "utf-8"
    )
    with pytest.raises(SitegenError):
        build()
    assert industry_list().get("lace")
    (site / "content/lexicon/industries.yml").unlink()
    assert "industries/lace/index.html" not in build()[1].files


@given(st.sampled_from(sorted(SHAPES)), st.text(max_size=60), st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_gives_words_or_problems(name: str, text: str, start: int, end: int) -> None:
    """A damaged file is refused with its lines, or what it adds can be used; nothing else happens."""
    good = {
        "industries.yml": LACE,
        "places.yml": "aliases: {草原钢城: 包头市}\nparks: [青色之丘园]\n",
        "papers.yml": "漠南晚报: 包头市\n",
        "people.yml": "titles: [首席织染官]\n",
    }[name]
    try:
        use(read_words({name: good[:start] + text + good[start + end :]}))
    except SitegenError as error:
        files = {problem.file for problem in error.problems}
    else:
        files = {name}
    assert {name} == files
    assert "包头市" in [place.name for place in gazetteer().mentions("包头市的汽车产业")]
    assert industry_list().mentions("包头市的汽车产业")
    assert grammar()
