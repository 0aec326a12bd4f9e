"""What the documents say is so: commands, options, settings, examples, paths. Their commands are run as they stand."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import click
import pytest
import yaml
from sites import ROOT, Run, copy_site, sitegen

from sitegen.cli import program
from sitegen.config import Config
from sitegen.loaders import load
from sitegen.loaders.charts import KEYS
from sitegen.loaders.front_matter import FRONT_MATTER
from sitegen.model import CHART_TYPES, Bound, Claim, Kind, Review, Status
from sitegen.problems import ConfigError, SitegenError
from sitegen.reviews import FIELDS, VERDICTS, read_reviews
from sitegen.workspace import SEED_KEYS

MANUALS = ("README.md", "README.zh-CN.md")
DOCUMENTS = (
    *MANUALS,
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/records.md",
    "docs/places.md",
    "docs/scale.md",
    "docs/speed.md",
)
TEXTS = {name: (ROOT / name).read_text("utf-8") for name in DOCUMENTS}
LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")
# What sets the environment up or goes on until it is stopped: tried by .ci/run and by tests/test_serve.py.
NOT_RUN = ("make site", "make test", ". .venv/bin/activate", "sitegen serve")


def blocks(name: str, language: str) -> list[str]:
    """The fenced blocks of a document in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXTS[name], re.MULTILINE | re.DOTALL)


def table(name: str, head: str) -> list[list[str]]:
    """The rows below the table head that begins with `head`, cell by cell."""
    lines = TEXTS[name].splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(f"| {head} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def code(text: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", text)


def commands(group: click.Group, name: str = "sitegen") -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def usage(name: str, command: click.Command) -> str:
    """The command with its arguments, as its help shows them."""
    arguments = [
        p.make_metavar(click.Context(command)) for p in command.params if isinstance(p, click.Argument)
    ]
    return " ".join([name, *arguments])


def options(command: click.Command) -> list[str]:
    found = [p for p in command.params if isinstance(p, click.Option)]
    return sorted(name for option in found for name in (*option.opts, *option.secondary_opts))


def test_every_command_is_in_the_readme_with_all_its_options() -> None:
    expected = {usage(name, command): options(command) for name, command in commands(program)}
    assert expected == {code(row[0])[0]: sorted(code(row[2])) for row in table("README.md", "command")}


def test_every_option_is_explained_and_every_explained_one_exists() -> None:
    expected = {option for _, command in commands(program) for option in options(command)} - {"--print"}
    assert expected == {option for row in table("README.md", "option") for option in code(row[0])}


def test_the_table_of_settings_is_that_of_the_code() -> None:
    default = Config()
    expected = [
        [f"`{s.name}`", f"`{json.dumps(getattr(default, s.name), ensure_ascii=False)}`"]
        for s in fields(Config)
    ]
    assert expected == [row[:2] for row in table("README.md", "setting")]


def test_the_exit_codes_are_those_of_the_code() -> None:
    printed = [int(row[0]) for row in table("README.md", "exit code")]
    assert [0, SitegenError.exit_code, ConfigError.exit_code, 130] == printed
    assert all(str(number) in (program.help or "") for number in printed)


def test_the_readme_lists_every_key_of_the_front_matter() -> None:
    sentence = TEXTS["README.md"].split("Its front matter may have ")[1].split("; `sitegen schema")[0]
    assert [field.name for field in FRONT_MATTER] == code(sentence)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Every command of both manuals, run in a copy of the project's site in the order in which a reader meets them."""
    site = tmp_path_factory.mktemp("manual")
    for name in ("seeds", "content", "tests/gold/pages"):
        copy_site(ROOT / name, site / name)
    lines = [line for name in MANUALS for block in blocks(name, "sh") for line in block.splitlines()]
    done: dict[str, Run] = {}
    for line in dict.fromkeys(lines):
        if line not in NOT_RUN:
            word, *arguments = shlex.split(line)
            assert "sitegen" == word, line
            done[line] = sitegen(*arguments, cwd=site)
    return done


def test_the_commands_of_the_manuals_do_their_work(runs: dict[str, Run]) -> None:
    assert len(runs) >= 8
    assert {} == {line: run.err for line, run in runs.items() if run.code != 0}


def test_the_examples_of_facts_are_what_the_program_says(runs: dict[str, Run]) -> None:
    claim = yaml.safe_load(blocks("README.md", "yaml")[0])[0]
    assert blocks("README.md", "yaml")[0] in blocks("README.zh-CN.md", "yaml")
    printed = next(run.out for line, run in runs.items() if line.endswith("--format json"))
    records = {each["id"]: each for each in json.loads(printed)["claims"]}
    found = records[claim["id"]]
    shown = json.loads(blocks("README.md", "json")[0])
    assert {"subject", "quote"} == found.keys() - shown.keys()
    assert shown == {name: found[name] for name in shown}
    as_json = {name: str(found[name]) if name == "value" else found[name] for name in claim if name != "at"}
    assert {name: value for name, value in claim.items() if name != "at"} == as_json


def test_the_reviews_in_the_manuals_are_accepted() -> None:
    examples = [text for name in MANUALS for text in blocks(name, "yaml") if "verdict:" in text]
    assert len(MANUALS) == len(examples)
    for text in examples:
        assert ["edited"] == [verdict.verdict for verdict in read_reviews({"r.yml": text}).values()]


def test_the_manuals_name_every_verdict_and_every_field_that_can_be_edited() -> None:
    assert sorted(VERDICTS) == sorted(row[0] for row in table("README.md", "verdict"))
    assert sorted(VERDICTS) == sorted(code(row[0])[0] for row in table("README.zh-CN.md", "verdict"))
    sentence = TEXTS["README.zh-CN.md"].split("里能改的有：")[1].split("。")[0]
    assert set(FIELDS) == set(code(sentence))


def test_the_article_in_the_manual_is_read_without_a_complaint() -> None:
    (text,) = blocks("README.zh-CN.md", "markdown")
    page = load("manual.md", text.encode())
    assert () == (*page.problems, *page.warnings)
    assert [("光伏装机又上台阶", ("孙三",))] == [(each.title, each.authors) for each in page.articles]
    corrections = next(block for block in blocks("README.zh-CN.md", "yaml") if "corrections:" in block)
    again = load("manual.md", text.replace("summary:", f"{corrections}summary:").encode())
    assert () == again.problems
    assert [("2025-07-01", "签约项目应为12个，原误作13个。")] == list(again.articles[0].meta.corrections)


def stories(name: str) -> list[str]:
    """The articles with a chart block, which stand between longer fences."""
    return re.findall(r"^````markdown\n(.*?)^````$", TEXTS[name], re.MULTILINE | re.DOTALL)


def test_the_readme_lists_every_key_of_a_chart() -> None:
    rows = table("README.md", "key")
    assert {key.name for key in KEYS} == {name for row in rows for name in code(row[0])}
    assert list(CHART_TYPES) == code(next(row[1] for row in rows if row[0] == "`type`"))[: len(CHART_TYPES)]


def test_the_charts_of_the_manuals_are_drawn(tmp_path: Path) -> None:
    for name in ("seeds", "content"):
        copy_site(ROOT / name, tmp_path / name)
    (tmp_path / "content/articles").mkdir(exist_ok=True)
    for number, (text,) in enumerate(map(stories, MANUALS)):
        path = tmp_path / f"content/articles/{number}.md"
        path.write_text(text.replace('title: "', f'title: "{number}'), "utf-8")
    done = sitegen("build", cwd=tmp_path)
    assert (0, "") == (done.code, done.err)
    charts = [path.read_text("utf-8-sig") for path in (tmp_path / "build/data/charts").glob("a*-1.csv")]
    assert 2 == len(charts)
    assert all("456570000000" in chart for chart in charts)


def test_the_notes_of_a_page_in_the_manuals_have_known_keys() -> None:
    notes = next(yaml.safe_load(text) for text in blocks("README.zh-CN.md", "yaml") if "paper:" in text)
    assert all(set(note) <= set(SEED_KEYS) for note in notes.values())
    assert set(SEED_KEYS) <= set(code(TEXTS["README.md"].split("`seeds/seeds.yml`: ")[1].split(", below")[0]))


def test_the_codes_that_the_manual_explains_are_codes_of_the_program() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted((ROOT / "sitegen").rglob("*.py")))
    printed = {each for name in MANUALS for each in re.findall(r"\b[EW]-[A-Z][A-Z-]+\b", TEXTS[name])}
    assert printed
    assert set() == {each for each in printed if f'"{each}"' not in source}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paths_and_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", TEXTS[name])
    assert [] == [link for link in links if not (ROOT / name).parent.joinpath(link).exists()]
    written = [each for each in code(TEXTS[name]) if re.fullmatch(r"(?:\.?[a-z_]+/)[\w./-]*", each)]
    placeholders = re.compile(
        r"\b(?:NAME|SET|PAGE|ID)\b|^articles/|^build/|^content/(?:articles|data|reviews|facts|corrections|lexicon)\b"
    )
    assert [] == [each for each in written if not placeholders.search(each) and not (ROOT / each).exists()]


def test_the_contract_has_every_field_of_a_claim_and_every_choice() -> None:
    text = TEXTS["docs/records.md"].split("## Claims")[1]
    claims = text.split("| field |")[1].split("### Units")[0]
    described = [
        name for line in claims.splitlines() if line.startswith("| `") for name in code(line.split("|")[1])
    ]
    assert [field.name for field in fields(Claim)] == described
    kinds = text.split("### Kinds")[1].split("###")[0]
    assert set(get_args(Kind)) == {code(line)[0] for line in kinds.splitlines() if line.startswith("| `")}
    for choice in (Bound, Status, Review):
        assert set(get_args(choice)) <= set(code(claims)), choice


def test_the_picture_is_small() -> None:
    picture = (ROOT / "docs/home.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= 200_000


def test_the_documents_name_targets_that_the_makefile_has() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        word for name in DOCUMENTS for word in re.findall(r"(?:`|^)make ([a-z]+)", TEXTS[name], re.MULTILINE)
    }
    assert {"site", "test", "lint", "lock"} <= named
    assert set() == named - targets


@pytest.mark.parametrize("name", LOCKS)
def test_locked_versions_have_hashes_and_name_no_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"\n(?=[a-z])", text.split("make lock\n")[1])
    assert entries
    assert [] == [entry for entry in entries if not re.match(r"[\w.-]+==[\w.]+.*\\\n +--hash=sha256:", entry)]
    assert [] == re.findall(r"https?:|--index|--extra|--find-links|^-", text, re.MULTILINE)


def test_what_the_project_wants_is_locked() -> None:
    wanted = project()
    for name, names in (("requirements.lock", wanted["run"]), ("requirements-dev.lock", wanted["run"] | wanted["dev"]),
                        ("requirements-build.lock", wanted["build"])):  # fmt: skip
        locked = set(re.findall(r"^([\w.-]+)==", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        assert set() == {each.lower() for each in names} - locked, name


def project() -> dict[str, set[str]]:
    """The names of the packages that pyproject.toml asks for, by group."""
    import tomllib

    data: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = {"run": data["project"]["dependencies"], **data["dependency-groups"]}
    return {group: {re.split(r"[<>=~!;\[ ]", each)[0] for each in found} for group, found in groups.items()}


def test_no_path_of_a_machine_stands_in_a_document() -> None:
    files = [*DOCUMENTS, "Makefile", ".ci/run", "pyproject.toml", *LOCKS]
    found = {
        name: re.findall(
            r"(?<![\w.])/(?:home|root|tmp|work|opt|Users)/\S*", Path(ROOT / name).read_text("utf-8")
        )
        for name in files
    }
    assert {} == {name: paths for name, paths in found.items() if paths}
