"""From an empty folder to a published article with a chart, by the commands of the README and nothing else."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
from harm import harm_in
from sites import ROOT

README = (ROOT / "README.md").read_text("utf-8")
TEXT = "截至3月底，包头市光伏装机规模达到450万千瓦，占全市电力总装机的38%。包头市签约项目12个，签约投资36.5亿元。\n"


def told(begin: str) -> str:
    """The command of the README that begins so, as it stands there."""
    blocks = "\n".join(re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL))
    found = [line for line in blocks.splitlines() if line.startswith(begin)]
    found += re.findall(rf"`({re.escape(begin)}[^`]*)`", README)
    assert found, f"the README does not say {begin}"
    return found[0]


@pytest.fixture
def path(tmp_path: Path) -> str:
    """PATH with the command `sitegen`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "sitegen").write_text(f"#!{sys.executable}\nfrom sitegen.cli import main\nmain()\n", "utf-8")
    (folder / "sitegen").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_the_way_from_an_empty_folder_to_a_published_article(tmp_path: Path, path: str) -> None:
    def run(command: str, cwd: Path) -> str:
        known = {name: value for name, value in os.environ.items() if name not in ("CI", "SOURCE_DATE_EPOCH")}
        environment = {**known, "PATH": path, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            shlex.split(command), cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )
        assert 0 == done.returncode, (command, done.stderr)
        return done.stdout

    home = tmp_path / "home"
    home.mkdir()
    run(told("sitegen init my-site"), home)
    run(told("sitegen build -c my-site"), home)
    site = home / "my-site"
    draft = site / run(told("sitegen new article"), site).strip()
    text = draft.read_text("utf-8")
    assert "draft: true" in text
    draft.write_text(re.sub(r"^draft: true.*\n", "", text, flags=re.MULTILINE) + "\n" + TEXT, "utf-8")
    run(told("sitegen build --base-url"), site)

    public = site / "public"
    title = shlex.split(told("sitegen new article"))[-1]
    pages = {
        file.relative_to(public).as_posix(): html5lib.parse(
            file.read_text("utf-8"), namespaceHTMLElements=False
        )
        for file in public.rglob("*.html")
    }
    (article,) = [
        name
        for name, page in pages.items()
        if name.startswith("articles/a") and title in _said(page, ".//article//h1")
    ]
    marks = {"".join(mark.itertext()) for mark in pages[article].iter("mark")}
    assert {"450万千瓦", "38%", "12个", "36.5亿元"} <= marks
    charts = [name for name in pages if re.fullmatch(r"charts/[\w-]+/index\.html", name)]
    assert charts
    drawn = [name for name in charts if article.removesuffix("index.html") in _leads_to(pages[name])]
    assert drawn, "no chart draws a number of the article"
    assert [] == [each for each in harm_in(public) if "loads https://example.org/ledger/" not in each
                  and "a script: https://example.org/ledger/" not in each]  # fmt: skip


def _said(page: object, path: str) -> list[str]:
    return ["".join(each.itertext()) for each in page.iterfind(path)]


def _leads_to(page: object) -> str:
    return " ".join(link.get("href", "") for link in page.iter("a"))
