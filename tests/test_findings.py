"""`sitegen check PATH`: findings as records, how grave they are, and editors' verdicts that settle them."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from test_checks import facts_of

from sitegen.checks import check, checked, finding_id
from sitegen.cli import main
from sitegen.findings import finding_records, severity
from sitegen.pages.base import accused
from sitegen.schemas import schemas

WRONG = "全年签约项目250个，已开工项目205个，开工率92%。"
PAGE = f"城建提速\n\n本报讯（记者 王一）{WRONG}\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as done:
        main(arguments)
    return int(done.value.code or 0), capsys.readouterr().out


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_without_a_site_is_checked(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "check", page.name)
    assert 1 == code
    assert 0 == run(capsys, "check", page.name, "--no-strict")[0]
    assert "page.txt:3: warning C-RATE differs" in out
    assert "205个 ÷ 250个 = 82%，原文92%" in out


def test_json_holds_every_field_of_every_finding(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "check", page.name, "--format", "json")[1])["findings"]
    wanted = {"code", "verdict", "severity", "message", "working", "claims", "source", "line", "suggestion"}
    assert all(wanted == set(each) for each in found)
    jsonschema.validate({"findings": found}, schemas()["findings"])
    rate = next(each for each in found if each["code"] == "C-RATE")
    assert ("differs", "warning", "page.txt", 3) == tuple(
        rate[n] for n in ("verdict", "severity", "source", "line")
    )
    assert 3 == len(rate["claims"])


def test_a_finding_on_words_says_by_which_id_it_is_judged(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text("简讯\n\n市财政厅局长李明说，今年将加大投入。\n", encoding="utf-8")
    out = run(capsys, "check", page.name)[1]
    wrong = next(
        w for w in check([facts_of("市财政厅局长李明说，今年将加大投入。")]) if w.verdict == "differs"
    )
    assert f"; correct it, or judge {wrong.code.lower()}-" in out


def test_a_site_tells_what_waits_for_an_editor(
    page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)  # there the facts would have to be written already
    root = page.parent
    (root / "content").mkdir()
    (root / "seeds").mkdir()
    (root / "content" / "site.yml").write_text("title: 测试\n", encoding="utf-8")
    page.rename(root / "seeds" / page.name)
    code, out = run(capsys, "check")
    assert (0, True, True) == (
        code,
        "seeds/page.txt:3: warning C-RATE differs" in out,
        "1 finding to look at." in out,
    )
    assert (
        "::warning file=seeds/page.txt,line=3,title=C-RATE::" in run(capsys, "check", "--format", "github")[1]
    )


def test_github_annotates_the_line(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        "::warning file=page.txt,line=3,title=C-RATE::"
        in run(capsys, "check", page.name, "--format", "github")[1]
    )


def test_settings_of_the_site_make_a_finding_an_error(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (page.parent / "content").mkdir()
    settings = page.parent / "content" / "site.yml"
    settings.write_text("title: 测试\nvalidation: {C-RATE: error}\n", encoding="utf-8")
    code, out = run(capsys, "check", page.name)
    assert (1, True) == (code, "error C-RATE" in out)
    settings.write_text("title: 测试\nvalidation: {C-RATE: ignore}\n", encoding="utf-8")
    assert (0, "") == run(capsys, "check", page.name)


def test_a_slip_comes_with_the_reading_that_fits() -> None:
    facts = facts_of("全县电站装机82.5万千瓦，其中光伏49.5万千瓦、水电33万千瓦，光伏占90%。")
    warning = next(w for w in check([facts]) if w.code == "C-RATE" and w.verdict == "differs")
    assert "60%" == warning.suggestion


@pytest.mark.parametrize("verdict", ["confirmed", "edited"])
def test_a_verdict_on_the_number_settles_its_finding(verdict: str) -> None:
    facts = facts_of(WRONG)
    wrong = next(w for w in check([facts]) if w.verdict == "differs")
    judged = tuple(replace(c, review=verdict) if c.id == wrong.claim else c for c in facts.claims)
    after = checked([replace(facts, claims=judged)])
    assert frozenset() == accused(after)
    assert ["info"] * len(after[0].warnings) == [severity(w, {"C-RATE": "error"}) for w in after[0].warnings]


def test_a_finding_on_words_is_settled_by_its_own_name() -> None:
    facts = facts_of("市财政厅局长李明说，今年将加大投入。")
    wrong = next(w for w in check([facts]) if w.verdict == "differs")
    open_, closed = (checked([facts], judged)[0].warnings[0] for judged in ((), (finding_id(wrong),)))
    assert (False, True) == (open_.settled, closed.settled)


def test_a_verdict_on_another_number_settles_nothing() -> None:
    facts = facts_of(WRONG)
    wrong = next(w for w in check([facts]) if w.verdict == "differs")
    judged = tuple(c if c.id == wrong.claim else replace(c, review="confirmed") for c in facts.claims)
    records = finding_records(checked([replace(facts, claims=judged)]), {}, {})
    assert ["warning"] == [each["severity"] for each in records if each["verdict"] == "differs"]
