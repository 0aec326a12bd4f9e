"""A small site of its own for tests of the whole program, and the program run on it as a user runs it."""

import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.cli import main

ROOT = Path(__file__).parent.parent

PAGE = """招商大会签约12个项目

本报记者 赵一

3月18日，达茂旗2025年招商大会举行。大会共签约项目12个，签约投资36.5亿元，涵盖新材料、现代物流等领域。

“去年签约的8个项目已经开工6个。”达茂旗发展和改革局局长钱二说，今年全旗工业增加值力争增长8%以上。
"""

ARTICLE = """---
title: "光伏装机又上台阶"
date: "2025-04-02"
authors: ["孙三"]
---

截至3月底，包头市光伏装机规模达到450万千瓦，占全市电力总装机的38%。

到2027年，新材料产业产值将达到100亿元。
"""


@dataclass(frozen=True)
class Run:
    """How a command ended. code: its exit code; out, err: what it printed."""

    code: int
    out: str
    err: str


def make_site(root: Path) -> Path:
    """A site with one newspaper page and one article."""
    files = {
        "content/site.yml": 'title: "试验账本"\n',
        "content/articles/2025-04-02-pv.md": ARTICLE,
        "seeds/p01.txt": PAGE,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def sitegen(*arguments: object, cwd: Path) -> Run:
    """The command, run in this process with the user's folder and no CI around it."""
    out, err, here = io.StringIO(), io.StringIO(), Path.cwd()
    code = 0
    with _environment("CI", None), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        os.chdir(cwd)
        try:
            main([str(each) for each in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        finally:
            os.chdir(here)
    return Run(code, out.getvalue(), err.getvalue())


def sitegen_process(*arguments: object, cwd: Path, script: str = "", **environment: str) -> Run:
    """The command as a process of its own; script: Python to run instead of it."""
    variables = {name: value for name, value in os.environ.items() if name not in ("CI", "SOURCE_DATE_EPOCH")}
    variables |= {"PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, *(["-c", script] if script else ["-m", "sitegen"]), *map(str, arguments)]
    done = subprocess.run(
        command, cwd=cwd, env=variables, capture_output=True, text=True, timeout=120, check=False
    )
    return Run(done.returncode, done.stdout, done.stderr)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below folder with its content, but what is kept between builds."""
    kept = folder / ".sitegen"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and kept not in path.parents
    }


def copy_site(site: Path, target: Path) -> Path:
    """The site once more, to be spoilt."""
    return Path(shutil.copytree(site, target))


@contextlib.contextmanager
def _environment(name: str, value: str | None) -> Iterator[None]:
    before = os.environ.pop(name, None)
    if value is not None:
        os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before
