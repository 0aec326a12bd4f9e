"""Killed at any moment, a run leaves the old site, whole facts and the reviews; the next build is that of a clean one.

SITEGEN_KILLS says how many runs of the real program are killed.
"""

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from sites import ARTICLE, ROOT, make_site, sitegen, tree

from sitegen.lock import locked

KILLS = int(os.environ.get("SITEGEN_KILLS", "12"))


def start(site: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.Popen(
        [sys.executable, "-m", "sitegen", *arguments],
        cwd=site,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_killed_at_random_moments_everything_is_whole_and_the_next_build_is_clean(tmp_path: Path) -> None:
    random_ = random.Random(7)  # noqa: S311  drawn from a seed
    site = make_site(tmp_path / "site")
    for number in range(36):
        text = ARTICLE.replace("光伏装机又上台阶", f"光伏新闻第{number}号").replace("450", str(400 + number))
        (site / f"content/articles/a{number:02}.md").write_text(text, "utf-8")
    assert 0 == sitegen("build", cwd=site).code
    (facts,) = (site / "content/facts").glob("p01--*.yml")
    claim = facts.read_text("utf-8").partition("claims:")[2].split("id: ")[1].split("\n")[0]
    (site / "content/reviews").mkdir()
    (site / "content/reviews/r.yml").write_text(
        f"{claim}: {{verdict: confirmed, who: 甲, when: '2025-06-12'}}\n", "utf-8"
    )
    assert 0 == sitegen("build", cwd=site).code
    old = tree(site / "build")
    reviews = tree(site / "content/reviews")
    killed = number = 0
    length = {"build": 30.0, "extract": 30.0}  # seconds of the last run that was let end
    while killed < KILLS:
        number += 1
        for index in random_.sample(range(36), 12):
            path = site / f"content/articles/a{index:02}.md"
            path.write_text(re.sub(r"\d+%", f"{random_.randint(10, 90)}%", path.read_text("utf-8")), "utf-8")
        command = random_.choice(["build", "build", "extract"])
        began = time.monotonic()
        process = start(site, command)
        try:
            process.wait(random_.uniform(0.1, 1.1 * length[command]))
            length[command] = time.monotonic() - began
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        new = site.parent / f"new{number}"
        now = tree(site / "build")
        assert reviews == tree(site / "content/reviews")
        for path in (site / "content/facts").glob("*.yml"):
            assert yaml.safe_load(path.read_text("utf-8"))["article"] == path.stem.rpartition("--")[2]
        if now != old:  # then it is the new one, whole
            assert 0 == sitegen("build", "--no-cache", "-o", new, cwd=site).code
            assert tree(new) == now, "half a site"
            old = now
        if number % 6 == 5:
            done = sitegen("build", cwd=site)
            assert 0 == done.code, done.err
            assert 0 == sitegen("build", "--no-cache", "-o", new, cwd=site).code
            old = tree(site / "build")
            assert tree(new) == old
            left = [
                path.name
                for path in site.rglob(".*")
                if path.name != ".sitegen" and path.parent.name != ".sitegen"
            ]
            assert [] == left, "a killed run left something behind"


def test_two_runs_at_once_are_refused_with_the_one_that_works(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    with locked(site):
        before = tree(site)
        for command in ("build", "extract"):
            done = sitegen(command, cwd=site)
            line = f"sitegen: E-LOCKED another run works on this site (process {os.getpid()}); wait until it has ended\n"
            assert (1, line) == (done.code, done.err)
        assert before == tree(site)
    assert 0 == sitegen("build", cwd=site).code


def test_a_lock_that_a_killed_run_held_holds_nobody_up(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    script = "import os, sys, signal; from pathlib import Path; from sitegen.lock import locked\n"
    script += "with locked(Path('.')): os.kill(os.getpid(), signal.SIGKILL)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=site, env=environment, check=False)
    assert -signal.SIGKILL == done.returncode
    assert 0 == sitegen("build", cwd=site).code


def test_a_site_that_may_not_be_written_is_built_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No lock and no cache can be had there, which is no reason to fail."""
    site = make_site(tmp_path / "site")
    assert 0 == sitegen("extract", cwd=site).code
    (site / ".sitegen/lock").unlink()
    (site / ".sitegen").rmdir() if not any((site / ".sitegen").iterdir()) else None
    made = Path.mkdir

    def mkdir(path: Path, *given: object, **named: object) -> None:
        if ".sitegen" in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        made(path, *given, **named)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    done = sitegen("build", "--frozen", "-o", tmp_path / "out", cwd=site)
    assert (0, "") == (done.code, done.err)
