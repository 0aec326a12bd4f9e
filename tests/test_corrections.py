"""A published number that changes needs a correction, which readers see; `sitegen diff` says what changes."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sites import make_site, sitegen

from sitegen.corrections import read_corrections
from sitegen.problems import SitegenError

PAGE = "seeds/p01.txt"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in a repository with one commit."""
    root = make_site(tmp_path / "site")
    (root / ".gitignore").write_text("build/\n", encoding="utf-8")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "begin"]):
        git(root, *command)
    return root


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def change(root: Path, was: str, now: str) -> None:
    path = root / PAGE
    path.write_text(path.read_text("utf-8").replace(was, now), encoding="utf-8")


def article(root: Path) -> str:
    records = json.loads(sitegen("extract", PAGE, "--format", "json", cwd=root).out)
    return str(records["articles"][0]["id"])


def correct(root: Path, **more: str) -> None:
    entry = {
        "article": article(root),
        "date": "2025-07-01",
        "was": "36.5亿元",
        "now": "38.5亿元",
        "why": "笔误。",
        **more,
    }
    lines = [f'  {key}: "{value}"' for key, value in entry.items()]
    (root / "content/corrections.yml").write_text("\n".join(["-", *lines, ""]), encoding="utf-8")


def test_nothing_changes_where_nothing_was_changed(site: Path) -> None:
    done = sitegen("diff", "HEAD", cwd=site)
    assert (0, "") == (done.code, done.out)


def test_a_published_number_that_changes_needs_a_correction(site: Path) -> None:
    change(site, "36.5亿元", "38.5亿元")
    done = sitegen("diff", "HEAD", cwd=site)
    assert 1 == done.code
    assert "E-CORRECTION-MISSING the published number 36.5亿元" in done.err
    assert "is now 38.5亿元; say in content/corrections.yml" in done.err
    correct(site)
    again = sitegen("diff", "HEAD", cwd=site)
    assert (0, "") == (again.code, again.err)
    assert "36.5亿元" in again.out
    assert "38.5亿元" in again.out


def test_numbers_totals_and_charts_that_change_are_told(site: Path) -> None:
    change(site, "36.5亿元", "38.5亿元")
    found = json.loads(sitegen("diff", "HEAD", "--format", "json", cwd=site).out)["changes"]
    kinds = {each["what"] for each in found}
    assert {"number", "total", "chart"} <= kinds
    totals = [(each["was"], each["now"]) for each in found if each["what"] == "total"]
    assert ("3650000000", "3850000000") in totals


def test_a_correction_of_another_number_does_not_cover_it(site: Path) -> None:
    change(site, "36.5亿元", "38.5亿元")
    correct(site, was="12个")
    assert 1 == sitegen("diff", "HEAD", cwd=site).code


def test_a_new_number_needs_no_correction(site: Path) -> None:
    change(site, "涵盖新材料", "到位资金3.2亿元，涵盖新材料")
    done = sitegen("diff", "HEAD", cwd=site)
    assert (0, True) == (done.code, "+ number" in done.out), done.err


def test_an_edited_value_needs_a_correction_too(site: Path) -> None:
    records = json.loads(sitegen("extract", PAGE, "--format", "json", cwd=site).out)
    claim = next(each["id"] for each in records["claims"] if each["raw"] == "36.5亿元")
    review = f'{claim}: {{verdict: edited, who: "李", when: "2025-07-01", why: "笔误", fields: {{value: "3850000000"}}}}\n'
    (site / "content/reviews").mkdir()
    (site / "content/reviews/r.yml").write_text(review, encoding="utf-8")
    assert 1 == sitegen("diff", "HEAD", cwd=site).code
    correct(site, claim=claim)
    assert 0 == sitegen("diff", "HEAD", cwd=site).code


def test_an_address_that_vanishes_needs_an_alias(site: Path) -> None:
    path = site / "content/articles/2025-04-02-pv.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("光伏装机又上台阶", "光伏装机再上台阶"), encoding="utf-8")
    done = sitegen("diff", "HEAD", cwd=site)
    gone = [line for line in done.err.splitlines() if "E-ADDRESS-GONE" in line]
    assert (1, 1) == (done.code, len(gone))
    address = gone[0].split("address ")[1].split(" is gone")[0]
    path.write_text(
        path.read_text("utf-8").replace("authors:", f'aliases: ["{address}"]\nauthors:'), encoding="utf-8"
    )
    assert 0 == sitegen("diff", "HEAD", cwd=site).code


def test_a_commit_that_git_does_not_know_is_a_matter_of_usage(site: Path) -> None:
    done = sitegen("diff", "nowhere", cwd=site)
    assert (2, True) == (done.code, "E-GIT" in done.err)


def _all(record: Any, name: str) -> list[Any]:
    """All that stands under a name, anywhere in a record."""
    if isinstance(record, list):
        return [found for each in record for found in _all(each, name)]
    if not isinstance(record, dict):
        return []
    return list(record.get(name, ())) + [found for each in record.values() for found in _all(each, name)]


def test_readers_see_a_correction_on_the_article_its_page_the_feed_and_in_json_ld(site: Path) -> None:
    change(site, "36.5亿元", "38.5亿元")
    correct(site)
    assert 0 == sitegen("build", cwd=site).code
    said = "“36.5亿元”应为“38.5亿元”。笔误。"
    page = (site / f"build/articles/{article(site)}/index.html").read_text("utf-8")
    assert said in page
    record = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert [("CorrectionComment", "2025-07-01", said)] == [
        (each["@type"], each["datePublished"], each["text"]) for each in _all(record, "correction")
    ]
    assert said in (site / "build/corrections/index.html").read_text("utf-8")
    assert said in (site / "build/corrections.xml").read_text("utf-8")


def test_without_corrections_there_is_no_page_of_them(site: Path) -> None:
    assert 0 == sitegen("build", cwd=site).code
    assert not (site / "build/corrections.xml").exists()
    assert not (site / "build/corrections").exists()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("a: b\n", "is no list of corrections"),
        ("- x\n", "an entry is no list of keys"),
        ('- {article: "a", date: "2025-07-01", was: "1", now: "2", wy: "x"}\n', "unknown key wy"),
        ('- {article: "a", date: "2025-7-1", was: "1", now: "2"}\n', "2025-7-1 is no day"),
        ('- {article: "a", date: "2025-07-01", was: "1"}\n', "lacks now"),
        ('- {article: "a", date: "2025-07-01", was: 1, now: "2"}\n', "was is no text"),
    ],
)
def test_a_faulty_entry_is_told(text: str, fact: str) -> None:
    with pytest.raises(SitegenError, match=fact):
        read_corrections(text)


def test_a_correction_of_an_article_that_is_not_there_is_a_warning(site: Path) -> None:
    correct(site, article="a000")
    done = sitegen("build", "--no-strict", cwd=site)
    assert (0, True) == (
        done.code,
        "content/corrections.yml:2: W-CORRECTION there is no article a000" in done.err,
    )
