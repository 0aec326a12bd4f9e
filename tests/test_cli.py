"""The command line: every verb run for real in a temporary folder; exit codes; what goes where; what --help
loads.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
import yaml
from sites import ARTICLE, PAGE, ROOT, copy_site, make_site, sitegen, sitegen_process, tree

VERBS = ("archive", "build", "check", "clean", "config", "explain", "extract", "init", "new", "schema", "serve")  # fmt: skip
HEAVY = ("pandas", "plotly", "jieba", "jinja2", "markdown", "numpy", "starlette", "uvicorn", "rich", "pyarrow",
         "distributed")  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a finished build; tests that change it take a copy."""
    site = make_site(tmp_path_factory.mktemp("good") / "site")
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    return site


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, tmp_path: Path) -> None:
    done = sitegen(verb, "--help", cwd=tmp_path)
    assert (0, "") == (done.code, done.err)
    assert f"Usage: sitegen {verb}" in done.out
    assert f"  {verb} " in sitegen("--help", cwd=tmp_path).out


def test_help_and_version_load_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom sitegen.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = sitegen_process(cwd=tmp_path, script=script)
    assert "[]" == done.out.splitlines()[-1]


def test_extraction_loads_no_part_of_drawing_or_rendering(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(PAGE, encoding="utf-8")
    script = (
        "import sys\nfrom sitegen.cli import main\n"
        "try:\n    main(['extract', 'p.txt', '--format', 'json'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('pandas', 'plotly', 'jinja2', 'jieba') if name in sys.modules])"
    )
    assert "[]" == sitegen_process(cwd=tmp_path, script=script).out.splitlines()[-1]


def test_version_is_that_of_the_package(tmp_path: Path) -> None:
    from sitegen import __version__

    assert f"sitegen, version {__version__}\n" == sitegen("--version", cwd=tmp_path).out


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build", "--nonsense"],
        ["extract", "--format", "xml"],
        ["new"],
        ["schema", "x"],
        ["serve", "-p", "99999"],
        ["build"],
        ["build", "-c", "nowhere"],
        ["extract"],
        ["extract", "."],
        ["extract", "--explain", "."],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2_and_prints_no_result(arguments: list[str], tmp_path: Path) -> None:
    done = sitegen(*arguments, cwd=tmp_path)
    assert (2, "") == (done.code, done.out)
    assert "Traceback" not in done.err
    assert done.err


def test_extract_works_without_a_site_and_merges_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    done = sitegen("extract", "p.txt", "a.md", "--format", "json", cwd=tmp_path)
    assert (0, "") == (done.code, done.err)
    records = json.loads(done.out)
    assert ["articles", "claims", "projects", "places", "people", "industries", "warnings"] == list(records)
    assert ["p.txt", "a.md"] == [each["source"] for each in records["articles"]]
    texts = {each["id"]: [p["text"] for p in each["paragraphs"]] for each in records["articles"]}
    assert len(records["claims"]) >= 5
    for claim in records["claims"]:
        assert claim["raw"] == texts[claim["article"]][claim["paragraph"]][claim["start"] : claim["end"]]
    assert ["a.md", "p.txt"] == sorted(os.listdir(tmp_path))


def test_pages_of_a_folder_are_known_by_their_path_in_it(tmp_path: Path) -> None:
    """As in a site's seeds, where two pages of two years may have one file name."""
    for year in ("2024", "2025"):
        (tmp_path / "pages" / year).mkdir(parents=True)
        (tmp_path / "pages" / year / "p01.txt").write_text(f"{year}年" + PAGE, encoding="utf-8")
    found = json.loads(sitegen("extract", "pages", "--format", "json", cwd=tmp_path).out)
    assert ["2024/p01.txt", "2025/p01.txt"] == [each["source"] for each in found["articles"]]
    assert 2 == len({each["id"] for each in found["articles"]})


def test_extract_prints_yaml_that_fits_its_schema(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(PAGE, encoding="utf-8")
    facts = list(yaml.safe_load_all(sitegen("extract", ".", cwd=tmp_path).out))
    assert 1 == len(facts)
    schema = json.loads(sitegen("schema", "facts", cwd=tmp_path).out)
    jsonschema.validate(facts[0], schema)


def test_extract_in_a_site_refreshes_its_facts(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    facts = site / "content/facts"
    before = tree(facts)
    (site / "seeds/p01.txt").write_text(PAGE.replace("36.5亿元", "37亿元"), encoding="utf-8")
    done = sitegen("extract", cwd=site / "content")
    assert (0, "../content/facts: 1 written, 0 removed, 1 as they were.\n".replace("../content/", "")) == (
        done.code,
        done.out,
    )
    changed = [name for name, data in tree(facts).items() if data != before.get(name)]
    assert 1 == len(changed)
    assert 'value: "3700000000"' in (facts / changed[0]).read_text("utf-8")
    (site / "seeds/p01.txt").write_text(PAGE, encoding="utf-8")
    sitegen("extract", cwd=site)
    assert before == tree(facts)


def test_facts_of_a_source_that_vanished_are_removed_and_an_editors_file_stays(
    built: Path, tmp_path: Path
) -> None:
    site = copy_site(built, tmp_path / "site")
    (site / "content/facts/notes.yml").write_text("# mine\n", encoding="utf-8")
    (site / "content/articles/2025-04-02-pv.md").unlink()
    assert "0 written, 1 removed, 1 as they were." in sitegen("extract", cwd=site).out
    assert ["notes.yml", "p01"] == sorted(name.split("--")[0] for name in os.listdir(site / "content/facts"))


def test_build_says_in_a_line_what_it_made_and_quiet_says_nothing(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    done = sitegen("build", cwd=site)
    assert 1 == len(done.out.splitlines())
    assert " pages, 2 articles, " in done.out
    assert done.out.endswith("Open build/index.html\n")
    assert "" == done.err
    assert ("", "") == (sitegen("build", "-q", cwd=site).out, sitegen("build", "-q", cwd=site).err)


def test_build_from_elsewhere_to_elsewhere(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    before = tree(site)
    done = sitegen(
        "build",
        "-c",
        "site/content/site.yml",
        "-o",
        "out/site",
        "--base-url",
        "https://example.org/x",
        cwd=tmp_path,
    )
    assert (0, "out/site/index.html") == (done.code, done.out.split()[-1])
    assert b"https://example.org/x/" in (tmp_path / "out/site/sitemap.xml").read_bytes()
    assert before == tree(site)
    assert 2 == sitegen("build", "-c", "site", "--base-url", "example", cwd=tmp_path).code


def test_drafts_are_built_only_when_asked_for(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    path = sitegen("new", "article", "还没有写完：第二稿", cwd=site).out.strip()
    article = (site / path).read_text("utf-8")
    assert "draft: true" in article
    (site / path).write_text(article + "\n签约投资77亿元。\n", encoding="utf-8")
    sitegen("build", cwd=site)
    assert not any("77亿元".encode() in data for data in tree(site / "build").values())
    sitegen("build", "-D", cwd=site)
    assert any("77亿元".encode() in data for data in tree(site / "build").values())


def test_running_text_that_is_a_draft_is_built_only_when_asked_for(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    (site / "content/pages").mkdir()
    (site / "content/pages/plans.md").write_text(
        '---\ntitle: "计划"\ndraft: true\n---\n\n还不能说。\n', "utf-8"
    )
    for arguments, expected in (((), False), (("-D",), True)):
        assert 0 == sitegen("build", *arguments, cwd=site).code
        assert expected == (site / "build/plans/index.html").exists()


def test_totals_are_those_of_the_site_with_drafts_only_when_asked_for(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    path = site / sitegen("new", "article", "第二稿", cwd=site).out.strip()
    path.write_text(path.read_text("utf-8") + "\n2025年，乌海市签约投资77亿元。\n", encoding="utf-8")
    fact = "total:signing:乌海市"
    assert 2 == sitegen("explain", fact, cwd=site).code
    assert "7700000000" in sitegen("explain", fact, "-D", cwd=site).out


def test_a_number_at_odds_with_others_is_in_no_explained_total_as_in_no_chart(
    built: Path, tmp_path: Path
) -> None:
    site = copy_site(built, tmp_path / "site")
    text = "2024年，乌海市各园区分别完成产值3亿元、4亿元和5亿元，合计{}亿元。"
    for total, expected in (("12", True), ("91", False)):
        page = f"乌海园区晒出成绩单\n\n本报记者 周六\n\n{text.format(total)}\n"
        (site / "seeds/q.txt").write_text(page, encoding="utf-8")
        records = json.loads(sitegen("extract", "seeds/q.txt", "--format", "json", cwd=site).out)
        whole = next(each for each in records["claims"] if each["raw"] == f"{total}亿元")
        told = sitegen("explain", f"total:{whole['kind']}:乌海市", cwd=site)
        assert (0, expected) == (told.code, whole["id"] in told.out), told.out + told.err


def test_a_page_among_articles_and_an_article_among_pages_are_told(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    (site / "seeds/x.md").write_text(ARTICLE, "utf-8")
    (site / "seeds/README.md").write_text("pages of a paper", "utf-8")
    (site / "content/articles/y.txt").write_text(PAGE, "utf-8")
    done = sitegen("check", "--no-strict", cwd=site)
    expected = [
        "content/articles/y.txt: W-STRAY is not read here; move it to seeds/",
        "seeds/x.md: W-STRAY is not read here; move it to content/articles/",
    ]
    assert (0, expected) == (done.code, done.err.splitlines())
    assert 1 == sitegen("check", "--strict", cwd=site).code


def test_check_finds_what_build_finds_and_writes_nothing(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    before = tree(site)
    assert 0 == sitegen("check", cwd=site).code
    (site / "seeds/x.txt").write_bytes(b"\0")
    assert (sitegen("build", cwd=site).code, sitegen("build", cwd=site).err) == (
        1,
        sitegen("check", cwd=site).err,
    )
    (site / "seeds/x.txt").unlink()
    (site / "seeds/p01.txt").write_text(PAGE.replace("36.5", "37.5"), encoding="utf-8")
    assert 0 == sitegen("check", cwd=site).code
    (site / "seeds/p01.txt").write_text(PAGE, encoding="utf-8")
    assert before == tree(site)


@pytest.mark.parametrize("how", ["--frozen", "CI"])
def test_frozen_facts_that_are_stale_fail_the_build_and_stay(how: str, built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    (site / "seeds/p01.txt").write_text(PAGE.replace("36.5亿元", "37亿元"), encoding="utf-8")
    before = tree(site)
    done = (
        sitegen_process("build", cwd=site, CI="true")
        if how == "CI"
        else sitegen("build", "--frozen", cwd=site)
    )
    assert 1 == done.code
    (line,) = done.err.splitlines()
    assert line.startswith("content/facts/p01--")
    assert "E-STALE is not what the source says now; run `sitegen extract`" in line
    assert before == tree(site)


def test_strict_turns_a_warning_into_a_failure(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    (site / "content/reviews").mkdir(exist_ok=True)
    (site / "content/reviews/r.yml").write_text(
        "a-1: {verdict: rejected, who: 甲, when: '2025-01-02'}\n", encoding="utf-8"
    )
    done = sitegen("build", "--no-strict", cwd=site)
    assert (0, True) == (done.code, "content/reviews/r.yml:1: W-REVIEW-ORPHAN" in done.err)
    assert 1 == sitegen("build", cwd=site).code
    (site / "content/site.yml").write_text("validation: {W-REVIEW-ORPHAN: ignore}\n", encoding="utf-8")
    assert (0, "") == (
        sitegen("build", "--strict", cwd=site).code,
        sitegen("build", "--strict", cwd=site).err,
    )
    (site / "content/site.yml").write_text("validation: {W-REVIEW-ORPHAN: error}\n", encoding="utf-8")
    assert 1 == sitegen("build", "--no-strict", cwd=site).code


def test_problems_as_json_and_for_github(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    (site / "content/site.yml").write_text("titel: a, b\n", encoding="utf-8")
    found = json.loads(sitegen("check", "--format", "json", cwd=site).err)["problems"]
    assert [("content/site.yml", 1, "E-CONFIG-KEY", "error")] == [
        (p["file"], p["line"], p["code"], p["level"]) for p in found
    ]
    line = (
        "::error file=content/site.yml,line=1,title=E-CONFIG-KEY::unknown setting titel; did you mean title?"
    )
    assert line == sitegen("check", "--format", "github", cwd=site).err.strip()
    (site / "content/site.yml").write_text("", encoding="utf-8")
    assert {"problems": []} == json.loads(sitegen("check", "--format", "json", cwd=site).err)


def test_explain_leads_to_the_line_and_says_how_it_was_read(built: Path) -> None:
    records = json.loads(sitegen("extract", "seeds", "--format", "json", cwd=built).out)
    claim = next(each for each in records["claims"] if each["raw"] == "36.5亿元")
    text = sitegen("explain", claim["id"], cwd=built).out
    for expected in ("seeds/p01.txt:5", claim["quote"], "3650000000", "CNY", "auto"):
        assert expected in text
    found = json.loads(
        sitegen("explain", f"total:signing:{claim['place']}", "--format", "json", cwd=built).out
    )
    money = next(each for each in found["totals"] if each["unit"] == "CNY")
    assert (3650000000, [claim["id"]]) == (money["value"], [each["id"] for each in money["addends"]])
    wrong = sitegen("explain", claim["id"][:-1] + "x", cwd=built)
    assert (2, True) == (wrong.code, f"did you mean {claim['id']}?" in wrong.err)


def test_clean_removes_the_build_and_nothing_else(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    sources = {name: data for name, data in tree(site).items() if not name.startswith("build/")}
    assert "build: removed\n" == sitegen("clean", cwd=site).out
    assert sources == tree(site)
    assert "build: there is nothing to remove\n" == sitegen("clean", cwd=site).out


def test_a_new_site_builds_passes_its_check_and_takes_articles(tmp_path: Path) -> None:
    done = sitegen("init", "fresh", cwd=tmp_path)
    site = tmp_path / "fresh"
    assert sorted(done.out.split()) == sorted(f"fresh/{name}" for name in tree(site))
    for command in (["check", "--strict"], ["build", "--strict"], ["build", "--frozen"]):
        done = sitegen(*command, cwd=site)
        assert (0, "") == (done.code, done.err)
    again = sitegen("init", "fresh", cwd=tmp_path)
    assert (2, True) == (again.code, "is there already" in again.err)


def test_new_article_prints_its_path_and_overwrites_nothing(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = copy_site(built, tmp_path / "site")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1749571199")  # 2025-06-10 23:59:59 in Shanghai
    done = sitegen("new", "article", '引号"与/斜线：包头', cwd=site / "seeds")
    path = site / "content/articles/2025-06-10-引号-与-斜线-包头.md"
    assert str(path) == os.path.normpath(site / "seeds" / done.out.strip())
    assert '引号"与/斜线：包头' == yaml.safe_load(path.read_text("utf-8").split("---")[1])["title"]
    before = path.read_bytes()
    assert 2 == sitegen("new", "article", '引号"与/斜线：包头', cwd=site).code
    assert before == path.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert 2 == sitegen("new", "article", "x", cwd=site).code


def test_schemas_are_sound_and_fit_what_the_program_writes(built: Path) -> None:
    schemas = json.loads(sitegen("schema", cwd=built).out)
    assert [
        "front_matter",
        "chart",
        "site",
        "facts",
        "reviews",
        "corrections",
        "lexicon",
        "findings",
        "problems",
    ] == list(schemas)
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for path in sorted((built / "content/facts").glob("*.yml")):
        jsonschema.validate(yaml.safe_load(path.read_text("utf-8")), schemas["facts"])
    jsonschema.validate(yaml.safe_load(ARTICLE.split("---")[1]), schemas["front_matter"])
    entry = {
        "verdict": "edited",
        "who": "甲",
        "when": "2025-01-02",
        "fields": {"value": "3", "kind": "signing"},
    }
    jsonschema.validate({"a-1": entry}, schemas["reviews"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"a-1": {**entry, "fields": {"kind": "money"}}}, schemas["reviews"])
    put_right = {"article": "a-1", "date": "2025-07-01", "was": "36.5亿元", "now": "38.5亿元"}
    jsonschema.validate([put_right], schemas["corrections"])
    for wrong in (
        {**put_right, "date": "7月1日"},
        {**put_right, "wy": "x"},
        {"article": "a-1"},
        {**put_right, "now": " "},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([wrong], schemas["corrections"])


def test_config_prints_every_setting(built: Path) -> None:
    assert "content/site.yml: nothing is wrong\n" == sitegen("config", cwd=built).out
    printed = yaml.safe_load(sitegen("config", "--print", cwd=built).out)
    assert ("试验账本", "build") == (printed["title"], printed["output_dir"])


def test_chinese_comes_out_as_utf_8_in_any_locale(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(PAGE, encoding="utf-8")
    done = sitegen_process("extract", "p.txt", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert (0, "") == (done.code, done.err)
    assert "招商大会签约12个项目" in done.out


def test_a_reader_that_stops_listening_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(PAGE * 200, encoding="utf-8")
    command = f"{sys.executable} -m sitegen extract p.txt --format json | head -c 10"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "" == done.stderr


def test_an_interrupt_exits_130_without_a_traceback(tmp_path: Path) -> None:
    script = (
        "import signal, sitegen.reading, time\nfrom sitegen.cli import main\n"
        # a shell starts what runs in its background with the signal ignored
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sitegen.reading.read_pages = lambda *given: print('ready', flush=True) or time.sleep(60)\n"
        "main(['extract', 'p.txt'])"
    )
    (tmp_path / "p.txt").write_text(PAGE, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert "ready\n" == process.stdout.readline()
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert (130, "stopped") == (process.returncode, err.strip())
