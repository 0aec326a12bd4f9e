"""Bad input: one line with file, line, fact and remedy, exit 1 or 2, no traceback, and the old build as it
was.
"""

import errno
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from sites import ARTICLE, PAGE, copy_site, make_site, sitegen, sitegen_process, tree

ONE_LINE = re.compile(r"^(?P<place>\S.*?): (?P<code>E[\w-]*) (?P<fact>.+); (?P<fix>.+)$")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good site with a finished build, to be copied and spoilt."""
    site = make_site(tmp_path_factory.mktemp("good") / "site")
    done = sitegen("build", cwd=site)
    assert 0 == done.code, done.err
    return site


class Case(NamedTuple):
    """spoil: what goes wrong; place: how the one line begins; fact: a part of it; code: exit code."""

    name: str
    spoil: Callable[[Path], object]
    place: str
    fact: str
    code: int = 1


def _write(name: str, data: str | bytes) -> Callable[[Path], object]:
    def spoil(site: Path) -> None:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    return spoil


def _article(front_matter: str) -> Callable[[Path], object]:
    return _write("content/articles/x.md", f"---\n{front_matter}\n---\n\n签约投资3亿元。\n")


def _no_seeds(site: Path) -> None:
    (site / "seeds/p01.txt").unlink()
    (site / "seeds").rmdir()


CASES = [
    Case("missing seeds folder", _no_seeds, "seeds", "is not there"),
    Case(
        "empty seeds folder", lambda site: (site / "seeds/p01.txt").unlink(), "seeds", "has no newspaper page"
    ),
    Case(
        "a file that is no text",
        _write("seeds/x.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        "seeds/x.txt",
        "no text",
    ),
    Case(
        "an unknown encoding",
        _write("seeds/x.txt", "日本語のページ".encode("shift_jis")),
        "seeds/x.txt:1",
        "is neither",
    ),
    Case("an empty page", _write("seeds/x.txt", " \n\n\t\n"), "seeds/x.txt:1", "holds no text"),
    Case("a page of no bytes", _write("seeds/x.txt", b""), "seeds/x.txt:1", "holds no text"),
    Case(
        "a page of 5 MB",
        _write("seeds/x.txt", "版面文字。" * 340_000),
        "seeds/x.txt",
        "has 5.1 MB, more than",
    ),
    Case("front matter that is no YAML", _article("title: [x"), "content/articles/x.md:", "YAML"),
    Case(
        "an unknown key in it",
        _article('title: "a"\ndate: "2025-01-02"\ntitel: b'),
        "content/articles/x.md:4",
        "titel",
    ),
    Case(
        "a day that is none",
        _article('title: "a"\ndate: "2025-02-30"'),
        "content/articles/x.md:3",
        "2025-02-30",
    ),
    Case("an article without a title", _article('date: "2025-01-02"'), "content/articles/x.md:", "title"),
    Case(
        "two articles with one address",
        _write("content/articles/x.md", ARTICLE),
        "content/articles/x.md",
        "same address",
    ),
    Case(
        "an alias that leaves the site",
        _article('title: "a"\ndate: "2025-01-02"\naliases: ["/../../x"]'),
        "content/articles/x.md:4",
        "cannot be used",
    ),
    Case(
        "an alias of the root",
        _article('title: "a"\ndate: "2025-01-02"\naliases: ["/"]'),
        "content/articles/x.md:4",
        "cannot be used",
    ),
    Case(
        "an alias below a file",
        _article('title: "a"\ndate: "2025-01-02"\naliases: ["/feed.xml/"]'),
        "content/articles/x.md",
        "lies below /feed.xml",
    ),
    Case(
        "running text of no bytes", _write("content/pages/x.md", b""), "content/pages/x.md:1", "front matter"
    ),
    Case(
        "an unknown key in running text",
        _write("content/pages/x.md", '---\ntitle: "a"\ntitel: b\n---\n\n关于本站。\n'),
        "content/pages/x.md:3",
        "titel",
    ),
    Case(
        "a stylesheet that is no UTF-8",
        _write("templates/assets/style.css", b"\xff\xfe"),
        "templates/assets/style.css:1",
        "no UTF-8",
    ),
    Case(
        "a day of a page that is none",
        _write("seeds/seeds.yml", 'p01.txt:\n  paper: "日报"\n  day: "2025-02-30"\n'),
        "seeds/seeds.yml:3",
        "is no day",
    ),
    Case(
        "an address of a page that is none",
        _write("seeds/seeds.yml", 'p01.txt: {url: "javascript:alert(1)"}\n'),
        "seeds/seeds.yml:1",
        "is no address",
    ),
    Case(
        "a list for the name of a paper",
        _write("seeds/seeds.yml", "p01.txt: {paper: [a]}\n"),
        "seeds/seeds.yml:1",
        "is no text",
    ),
    Case("two pages that are the same", _write("seeds/q.txt", PAGE), "seeds/q.txt:1", "same address"),
    Case(
        "an undefined variable in a template",
        _write("templates/home.html", "<p>{{ nowhere.to }}</p>\n"),
        "templates/home.html:1",
        "nowhere",
    ),
    Case(
        "a template's syntax error",
        _write("templates/home.html", "<p>\n{% if %}\n</p>\n"),
        "templates/home.html:2",
        "cannot be read",
    ),
    Case(
        "a template that extends nothing",
        _write("templates/home.html", '{% extends "none.html" %}'),
        "templates/home.html",
        "none.html",
    ),
    Case(
        "an unknown setting",
        _write("content/site.yml", 'title: "a"\ntilte: b\n'),
        "content/site.yml:2",
        "tilte",
        2,
    ),
    Case(
        "settings that are no YAML", _write("content/site.yml", "title: 'a\n"), "content/site.yml:", "YAML", 2
    ),
    Case(
        "settings in another encoding",
        _write("content/site.yml", "title: 账本".encode("gb18030")),
        "content/site.yml:1",
        "is no UTF-8",
        2,
    ),
    Case(
        "output over the sources",
        _write("content/site.yml", "output_dir: content\n"),
        "content/site.yml",
        "output folder",
        2,
    ),
    Case(
        "a verdict that is none",
        _write("content/reviews/r.yml", "x-1:\n  verdict: maybe\n  who: a\n  when: '2025-01-02'\n"),
        "content/reviews/r.yml:2",
        "maybe is no verdict",
    ),
    Case(
        "an unknown page in seeds.yml",
        _write("seeds/seeds.yml", "q.txt: {paper: null}\n"),
        "seeds/seeds.yml:1",
        "q.txt",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_line_says_where_what_and_what_to_do(case: Case, built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    case.spoil(site)
    before = tree(site / "build")
    done = sitegen("build", cwd=site)
    lines = done.err.splitlines()
    assert (case.code, 1, "") == (done.code, len(lines), done.out), done.err
    found = ONE_LINE.match(lines[0])
    assert found, lines[0]
    assert found["place"].startswith(case.place), lines[0]
    assert case.fact in found["fact"], lines[0]
    assert before == tree(site / "build")
    assert [site / ".sitegen"] == list(site.glob(".*"))


def test_all_that_is_wrong_is_said_in_one_run(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    _write("seeds/x.txt", b"\0")(site)
    _write("seeds/y.txt", b"")(site)
    _article("title: [x")(site)
    _write("content/reviews/r.yml", "- 1\n")(site)
    done = sitegen("build", cwd=site)
    files = [line.split(":")[0] for line in done.err.splitlines()]
    assert ["content/articles/x.md", "content/reviews/r.yml", "seeds/x.txt", "seeds/y.txt"] == files


def test_a_name_that_nobody_can_print(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    (site / os.fsdecode(b"seeds/\xff.txt")).write_text(PAGE, encoding="utf-8")
    done = sitegen_process("build", cwd=site)
    assert (1, "") == (done.code, done.out)
    assert "E-NAME has a name that is no UTF-8" in done.err
    assert 1 == len(done.err.splitlines())


def test_a_pipe_among_the_pages_does_not_stop_the_build_for_ever(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    os.mkfifo(site / "seeds/x.txt")
    done = sitegen("build", cwd=site)
    assert (1, True) == (done.code, done.err.startswith("seeds/x.txt: E-READ is no file"))


def test_a_page_that_cannot_be_read_is_a_matter_of_usage(tmp_path: Path) -> None:
    done = sitegen("extract", "nowhere.txt", cwd=tmp_path)
    assert (2, "", 1) == (done.code, done.out, len(done.err.splitlines()))
    assert "nowhere.txt: E-READ cannot be read: no such file" in done.err


@pytest.mark.parametrize("output", ["/proc/nothing/build", "content/site.yml/build"])
def test_an_output_folder_that_cannot_be_written(output: str, built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    before = tree(site)
    done = sitegen("build", "-o", output, cwd=site)
    assert done.code in (1, 2)
    assert 1 == len(done.err.splitlines()), done.err
    assert "Traceback" not in done.err
    assert before == tree(site)


def test_a_folder_that_is_not_ours_is_never_replaced(built: Path, tmp_path: Path) -> None:
    site = copy_site(built, tmp_path / "site")
    precious = tmp_path / "photos"
    _write("photos/a.jpg", b"1")(tmp_path)
    done = sitegen("build", "-o", precious, cwd=site)
    assert 1 == done.code
    assert "was not made by sitegen" in done.err
    assert {"a.jpg": b"1"} == tree(precious)


@pytest.mark.parametrize(
    ("number", "fact"), [(errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "the disk is full")]
)
def test_a_full_disk_leaves_the_old_build(
    number: int, fact: str, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = copy_site(built, tmp_path / "site")
    before = tree(site / "build")
    _write("content/site.yml", 'title: "另一个账本"\n')(site)  # a new name on every page
    write = Path.write_bytes
    room = [60_000]

    def full(path: Path, data: bytes) -> int:
        if "build" in str(path):
            room[0] -= len(data)
            if room[0] < 0:
                raise OSError(number, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    done = sitegen("build", cwd=site)
    assert 1 == done.code
    assert fact in done.err
    assert 1 == len(done.err.splitlines())
    assert before == tree(site / "build")
    assert not list(site.glob(".build*"))


def test_a_write_that_the_system_refuses_half_way(built: Path, tmp_path: Path) -> None:
    """A limit on the size of files makes a real write fail in a real process, whoever runs the test."""
    site = copy_site(built, tmp_path / "site")
    before = tree(site / "build")
    largest = max(len(data) for data in before.values())
    shutil.rmtree(site / "build")
    shutil.copytree(built / "build", site / "build", ignore=shutil.ignore_patterns("plotly.min.js"))
    before = tree(site / "build")
    script = (
        "import resource, sys; from sitegen.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({largest - 1}, {largest - 1})); main(['build'])"
    )
    done = sitegen_process(cwd=site, script=script)
    assert 1 == done.code
    assert [
        "build: E-WRITE cannot be written: a file would be too large; raise the limit for files"
    ] == done.err.splitlines()
    assert before == tree(site / "build")
    assert not list(site.glob(".build*"))


def test_a_folder_that_cannot_be_listed_is_told_and_loses_no_facts(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = copy_site(built, tmp_path / "site")
    (site / "seeds/2025").mkdir()
    before = tree(site)
    listed = os.scandir

    def scandir(folder: str | Path) -> object:
        if str(folder).endswith("2025"):
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    done = sitegen("build", cwd=site)
    monkeypatch.undo()
    assert (2, True) == (
        done.code,
        done.err.startswith("seeds/2025: E-READ cannot be read: permission denied"),
    )
    assert before == tree(site)
