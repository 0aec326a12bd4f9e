"""A build that refuses does so once and completely: sixteen defects of a site, all told in one run at their lines."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from sites import ARTICLE, make_site, sitegen, tree

from sitegen.reading import read_pages
from sitegen.store import dump_facts, file_name
from sitegen.workspace import list_sources, open_site

HEAD = '---\ntitle: "{}"\ndate: "2025-05-0{}"\n'
LINKS = "去年全市粮食产量达到31万吨。\n\n详见[某页](/nowhere/)和[方法](/method/#none)。\n\n图在此：![港口](/images/none.png)\n"

# file → text; what is wrong with it stands below
SPOILT = {
    "content/articles/yaml.md": '---\ntitle: "a\n---\n\n文。\n',
    "content/articles/key.md": HEAD.format("某镇的路", 1) + "titel: b\n---\n\n路长3公里。\n",
    "content/articles/title.md": '---\ndate: "2025-05-02"\n---\n\n签约投资3亿元。\n',
    "content/articles/day.md": '---\ntitle: "某日"\ndate: "2025-02-30"\n---\n\n签约投资4亿元。\n',
    "content/articles/place.md": HEAD.format("某地的新事", 3)
    + "places: [不存在市]\n---\n\n签约投资5亿元。\n",
    "content/articles/links.md": HEAD.format("链接种种", 4) + "---\n\n" + LINKS,
    "content/articles/alt.md": HEAD.format("无言的图", 5) + "---\n\n投资7亿元。\n\n![](/images/there.png)\n",
    "content/articles/one.md": HEAD.format("第一篇", 6) + "slug: 包头\n---\n\n投资8亿元。\n",
    "content/articles/two.md": HEAD.format("第二篇", 7) + "slug: 包头\n---\n\n投资9亿元。\n",
    "content/articles/half.md": HEAD.format("第三篇", 8) + "slug: PV-2025\n---\n\n投资11亿元。\n",
    "content/articles/full.md": HEAD.format("第四篇", 9) + "slug: pv-２０２５\n---\n\n投资12亿元。\n",
    "content/articles/short.md": HEAD.format("第五篇", 9) + "---\n\n投资13亿元。\n\n{{< figure x >}}\n",
    "content/reviews/unit.yml": "CLAIM:\n  verdict: edited\n  who: 甲\n  when: '2025-06-12'\n  fields: {unit: 亿圆}\n",
    "content/reviews/orphan.yml": "a-1:\n  verdict: rejected\n  who: 甲\n  when: '2025-06-12'\n",
    "templates/404.html": '{% extends "base.html" %}\n{% set heading = 1 %}{% block main %}\n{{ nowhere.to }}\n{% endblock %}\n',
}
EXPECTED = {
    "content/articles/yaml.md:3 E-YAML",  # broken YAML: a quotation mark is never closed
    "content/articles/key.md:4 E-KEY",  # misspelled key
    "content/articles/title.md:1 E-KEY",  # missing title
    "content/articles/day.md:3 E-TYPE",  # bad date
    "content/articles/place.md:4 W-PLACE",  # unknown place
    "content/reviews/unit.yml:5 E-REVIEW",  # bad unit
    "content/facts/p01--ID.yml:23 E-STALE",  # quote mismatch
    "content/articles/links.md:8 E-LINK",  # dead link
    "content/articles/links.md:8 E-ANCHOR",  # dead anchor
    "content/articles/links.md:10 E-IMAGE",  # missing image
    "content/articles/alt.md:8 W-ALT",  # missing alt
    "content/articles/two.md:4 E-ADDRESS",  # duplicate URL
    "content/articles/half.md:4 E-ADDRESS",  # a slug that is hardly told from another
    "templates/404.html:3 E-TEMPLATE-UNDEFINED",  # undefined template variable
    "content/reviews/orphan.yml:1 W-REVIEW-ORPHAN",  # a verdict on a fact that is not there
    "content/articles/short.md:8 E-SHORTCODE",  # unmatched shortcode
}


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A site that was built once and then spoilt in sixteen ways."""
    site = make_site(tmp_path / "site")
    (site / "content/images").mkdir()
    (site / "content/images/there.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (site / "content/pages").mkdir()
    (site / "content/pages/method.md").write_text('---\ntitle: "方法"\n---\n\n## 口径\n\n逐句。\n', "utf-8")
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    (facts,) = (site / "content/facts").glob("p01--*.yml")
    claim = facts.stem.rpartition("--")[2] + "-12345678"
    for name, text in SPOILT.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text.replace("CLAIM", claim), "utf-8")
    facts.write_text(
        facts.read_text("utf-8").replace("签约投资36.5亿元，涵盖", "签约投资38亿元，涵盖", 1), "utf-8"
    )
    reading = read_pages(list_sources(open_site(site, site)))
    for (
        each
    ) in reading.facts:  # as if they had been committed, so that only the one that was spoilt is out of date
        path = site / "content/facts" / file_name(each.article)
        if not path.exists():
            path.write_text(dump_facts(each), "utf-8")
    return site


def test_all_sixteen_are_told_at_their_lines_in_one_run_and_the_old_site_stands(spoilt: Path) -> None:
    before = tree(spoilt)
    done = sitegen("build", "--frozen", cwd=spoilt)
    told = {re.sub(r"(:\d+)(?::\d+)?:( [EW]-[A-Z-]+) .*", r"\1\2", line) for line in done.err.splitlines()}
    assert (1, "") == (done.code, done.out)
    assert EXPECTED == {re.sub(r"--a\w+\.yml", "--ID.yml", line) for line in told}, done.err
    assert 16 == len(done.err.splitlines()) == len(EXPECTED)
    assert before == tree(spoilt)


def test_the_same_as_json_fits_the_published_schema(spoilt: Path) -> None:
    done = sitegen("build", "--frozen", "--format", "json", cwd=spoilt)
    told = json.loads(done.err)
    jsonschema.validate(told, json.loads(sitegen("schema", "problems", cwd=spoilt).out))
    assert (1, 16) == (done.code, len(told["problems"]))
    assert all(each["line"] and each["message"] and each["fix"] for each in told["problems"])


def test_the_same_for_github_stands_beside_the_lines(spoilt: Path) -> None:
    lines = sitegen("build", "--frozen", "--format", "github", cwd=spoilt).err.splitlines()
    assert 16 == len(lines)
    assert all(
        re.match(r"::(error|warning) file=[^,]+,line=\d+,.*title=[EW]-[A-Z-]+::\S", line) for line in lines
    )
    assert (
        "::error file=content/articles/key.md,line=4,col=1,title=E-KEY::the key titel is unknown; write title"
        in lines
    )


def test_what_may_stand_in_an_unreadable_article_is_not_called_missing(tmp_path: Path) -> None:
    """One line is wrong, one line is told: not each link, verdict and file of facts that leads to the article."""
    site = make_site(tmp_path / "site")
    article = site / "content/articles/2025-04-02-pv.md"
    article.write_text(ARTICLE.replace("---\n\n", "slug: pv\n---\n\n", 1), "utf-8")
    other = '---\ntitle: "另一篇"\n---\n\n见[前文](/articles/pv/)和[包头](/places/包头市/)。\n'
    (site / "content/articles/other.md").write_text(other, "utf-8")
    assert 0 == sitegen("build", cwd=site).code
    (facts,) = (site / "content/facts").glob("2025-04-02-pv--*.yml")
    claim = re.search(r"- id: (\S+)", facts.read_text("utf-8").partition("claims:")[2])
    assert claim
    (site / "content/reviews").mkdir()
    (site / "content/reviews/r.yml").write_text(
        f"{claim[1]}: {{verdict: confirmed, who: 甲, when: '2025-06-12'}}\n", "utf-8"
    )
    assert 0 == sitegen("build", "--frozen", cwd=site).code
    article.write_text(article.read_text("utf-8").replace("authors:", "autors:"), "utf-8")
    done = sitegen("build", "--frozen", cwd=site)
    assert 1 == len(done.err.splitlines()), done.err
    assert done.err.startswith("content/articles/2025-04-02-pv.md:4:1: E-KEY")
