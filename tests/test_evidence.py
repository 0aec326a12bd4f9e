"""Every field that is read says by which rule and which printed words, and asking changes nothing."""

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sites import make_site, sitegen

from sitegen.evidence import explained
from sitegen.extract import extract
from sitegen.loaders import load
from sitegen.model import Claim, Facts, Reason
from sitegen.records import to_json

PAGES = sorted((Path(__file__).parent / "gold").glob("*/*.txt"))
FIELDS = ("value", "unit", "per", "bound", "status", "kind", "label", "of", "place", "industry", "period", "subject", "speaker")  # fmt: skip


@cache
def facts() -> tuple[Facts, ...]:
    return tuple(extract(a) for path in PAGES for a in load(path.name, path.read_bytes()).articles)


@cache
def asked() -> tuple[Facts, ...]:
    return tuple(explained(each) for each in facts())


def reasons(name: str) -> list[tuple[Facts, Claim, Reason, str]]:
    """Each claim with its reason for a field and the words of that reason."""
    found = []
    for each in asked():
        texts = [paragraph.text for paragraph in each.article.paragraphs] + [each.article.title or ""]
        for claim in each.claims:
            (reason,) = [why for why in claim.why if why.field == name]
            found.append((each, claim, reason, texts[reason.paragraph][reason.start : reason.end]))
    return found


def test_asking_changes_nothing_but_the_reasons() -> None:
    def bare(each: Facts) -> Facts:
        return replace(each, claims=tuple(replace(claim, why=()) for claim in each.claims))

    assert [bare(each) for each in facts()] == [bare(each) for each in asked()]


def test_nothing_is_kept_where_nobody_asks() -> None:
    kept = [why for each in facts() for claim in each.claims for why in claim.why]
    assert {"change", "kind"} >= {why.field for why in kept}  # what a neighbour's label or kind depends on
    assert all(why.end == 0 for why in kept)


def test_every_field_of_every_claim_has_one_reason() -> None:
    for each in asked():
        for claim in each.claims:
            assert list(FIELDS) == [why.field for why in claim.why if why.field != "change"], claim.raw


def test_all_offsets_lie_in_their_text() -> None:
    for each in asked():
        texts = [paragraph.text for paragraph in each.article.paragraphs] + [each.article.title or ""]
        records = (each.article, *each.claims, *each.projects, *each.people, *each.place_industries)
        for why in (why for record in records for why in record.why):
            assert 0 <= why.start <= why.end <= len(texts[why.paragraph]), why
            assert why.rule


@pytest.mark.parametrize("name", ["of", "speaker"])
def test_a_printed_name_is_found_where_it_stands(name: str) -> None:
    for _, claim, reason, words in reasons(name):
        value = getattr(claim, name)
        assert (value or "") == words or (value and not words), (claim.raw, reason)
    shown = [words for _, claim, _, words in reasons(name) if getattr(claim, name)]
    assert sum(map(bool, shown)) >= 0.95 * len(shown)


@pytest.mark.parametrize(("name", "default", "share"), [
    ("bound", "exact", 1), ("per", None, 0.95), ("place", None, 0.97), ("industry", None, 1), ("period", None, 0.9),
    ("status", "actual", 0.85), ("subject", None, 0.9), ("value", "", 1), ("label", "", 1), ("unit", None, 0.97), ("kind", "count", 0.8),
])  # fmt: skip
def test_what_is_not_the_default_points_at_words(name: str, default: str | None, share: float) -> None:
    set_here = [
        (claim, why, words) for _, claim, why, words in reasons(name) if getattr(claim, name) != default
    ]
    assert set_here
    silent = Counter(why.rule for _, why, words in set_here if not words)
    assert sum(silent.values()) <= (1 - share) * len(set_here), silent


def test_the_words_say_what_the_field_says() -> None:
    for _, claim, reason, words in reasons("value"):
        assert any(char.isdigit() for char in words) or words, (claim.raw, reason)
    for each, claim, reason, words in reasons("industry"):
        assert (claim.industry is None) == (not words) or claim.industry is None, (each.article.title, reason)
    for _, claim, _, words in reasons("subject"):
        assert not words or claim.subject == words


PAGE = """3月18日，固阳县2025年招商大会举行

本报记者 赵一

2025年3月18日，固阳县招商大会举行。包头市计划总投资超过36.5亿元建设制氢项目，年产绿氢约2万吨，占全市的12%。

“去年全县新材料产值同比下降了8%。”县长钱二说，力争明年达到50亿元。
"""


def explain(tmp_path: Path, *more: str) -> Any:
    (tmp_path / "p.txt").write_text(PAGE, "utf-8")
    return sitegen("extract", "p.txt", "--explain", *more, cwd=tmp_path)


def test_each_rule_names_its_own_words(tmp_path: Path) -> None:
    records = json.loads(explain(tmp_path, "--format", "json").out)
    texts = {(a["id"], n): p["text"] for a in records["articles"] for n, p in enumerate(a["paragraphs"])}
    for claim in records["claims"]:
        for why in claim["why"]:
            assert {"field", "rule", "words", "start", "end", "paragraph", "line"} == why.keys()
            if why["paragraph"] is not None:
                assert why["words"] == texts[claim["article"], why["paragraph"]][why["start"] : why["end"]]
                assert why["line"] == (5 if why["paragraph"] == 0 else 7)
    said = {c["raw"]: {why["field"]: why["words"] for why in c["why"]} for c in records["claims"]}
    money, mass, share = said["36.5亿元"], said["2万吨"], said["12%"]
    expected = {
        "value": "36.5亿",
        "unit": "元",
        "bound": "超过",
        "status": "计划总投资",
        "kind": "计划总投资",
        "place": "包头市",
        "speaker": None,
    }
    assert expected == {name: money[name] for name in expected}
    assert ("年产", "约") == (mass["per"], mass["bound"])
    assert "全市" == share["of"]
    fall = said["8%"]
    assert ("下降", "下降", "去年", "新材料", "钱二") == tuple(
        fall[f] for f in ("value", "kind", "period", "industry", "speaker")
    )
    assert "力争" == said["50亿元"]["status"]


def test_the_other_records_say_where_their_words_stand(tmp_path: Path) -> None:
    records = json.loads(explain(tmp_path, "--format", "json").out)
    article = {why["field"]: (why["words"], why["line"]) for why in records["articles"][0]["why"]}
    assert ("本报记者 赵一", 3) == article["authors"]
    assert ("3月18日", 5) == article["date"]
    assert 1 == article["title"][1]
    person = {why["field"]: why["words"] for why in records["people"][0]["why"]}
    assert ("钱二", "县长") == (person["name"], person["title"])
    pairs = [pair for place in records["places"] for pair in place["industries"]]
    assert pairs
    assert all({"place", "industry"} <= {why["field"] for why in pair["why"]} for pair in pairs)
    assert all(project["why"] for project in records["projects"])


def test_the_text_has_a_line_a_field(tmp_path: Path) -> None:
    run = explain(tmp_path)
    assert 0 == run.code
    assert "  bound: at_least ← a word of bound: “超过” (line 5, characters " in run.out
    assert "  authors: the byline: “本报记者 赵一” (line 3)\n" in run.out


def test_plain_facts_have_no_reasons(tmp_path: Path) -> None:
    explain(tmp_path)
    out = json.loads(sitegen("extract", "p.txt", "--format", "json", cwd=tmp_path).out)
    assert '"why"' not in json.dumps(out)
    refused = explain(tmp_path, "--format", "yaml")
    assert (2, True) == (refused.code, "E-USAGE reasons are printed as text or JSON" in refused.err)


def test_a_site_explains_all_its_articles_and_one_number(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    run = sitegen("extract", "--explain", cwd=site)
    assert (0, True) == (run.code, "title: 光伏装机又上台阶 ← the front matter\n" in run.out)
    claim = next(line.split()[-1] for line in run.out.splitlines() if line.startswith("claim 36.5亿元"))
    one = sitegen("explain", claim, cwd=site)
    assert "  kind: the weightiest word of a kind" in one.out


def test_json_of_facts_that_were_not_explained_has_empty_reasons() -> None:
    assert [] == to_json(facts()[:1], explain=True)["articles"][0]["why"]
