"""The recipes for publishing do what they say, as far as a machine without a network can tell: their files are parsed, their
commands are run on a new site, and what they would upload is looked at. Not tried: the services themselves and pip's downloads.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import ROOT, tree

RECIPES = ROOT / "docs/recipes"
LOCKS = ("requirements-build.lock", "requirements.lock")
# Stands for rsync where the machine has none: knows the options that the recipe uses, and what they do to folders.
RSYNC = """
import shutil, sys
from pathlib import Path
options, paths = [a for a in sys.argv[1:] if a.startswith("-")], [Path(a) for a in sys.argv[1:] if not a.startswith("-")]
known = {"--recursive", "--times", "--checksum", "--delete-delay", "--delay-updates", "--exclude=/.sitegen"}
assert set(options) == known and len(paths) == 2, sys.argv
source, target = paths
there = {p.relative_to(source) for p in source.rglob("*") if p.relative_to(source) != Path(".sitegen")}
for name in sorted(there):
    if (source / name).is_dir():
        (target / name).mkdir(parents=True, exist_ok=True)
    else:
        shutil.copy2(source / name, target / name)
for path in sorted(target.rglob("*"), reverse=True):
    if path.relative_to(target) not in there:
        path.rmdir() if path.is_dir() else path.unlink()
"""


def _script(path: Path, python: str) -> None:
    path.write_text(f"#!{sys.executable}\n{python}", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder for PATH: sitegen as it is here, and a python whose pip notes what it is asked to install."""
    folder = tmp_path / "bin"
    folder.mkdir()
    _script(folder / "sitegen", "from sitegen.cli import main\nmain()\n")
    noted = tmp_path / "pip.txt"
    _script(
        folder / "python",
        f"import sys\nassert sys.argv[1:4] == ['-m', 'pip', 'install'], sys.argv\n"
        f"open({str(noted)!r}, 'a').write(' '.join(sys.argv[4:]) + chr(10))\n",
    )
    if shutil.which("rsync") is None:
        _script(folder / "rsync", RSYNC)
    return folder


def _run(script: str, site: Path, programs: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("CI", "SOURCE_DATE_EPOCH")},
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        **more,
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=site, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture
def site(tmp_path: Path, programs: Path) -> Path:
    """A new site as it is committed: with its facts, and with vendor/ as the README says."""
    site = tmp_path / "site"
    done = _run(f"sitegen init {site} && cd {site} && sitegen build", tmp_path, programs)
    assert 0 == done.returncode, done.stderr
    shutil.rmtree(site / "build")
    shutil.rmtree(site / ".sitegen")
    (site / "vendor").mkdir()
    for name in LOCKS:
        shutil.copy(ROOT / name, site / "vendor")
    (site / "vendor/sitegen-0.1.0-py3-none-any.whl").touch()
    return site


def _parsed(name: str) -> Any:
    return yaml.safe_load((RECIPES / name).read_text("utf-8"))


def _flat(lines: list[Any]) -> list[str]:
    return [text for each in lines for text in ([each] if isinstance(each, str) else _flat(each))]


def _installed(noted: Path) -> None:
    """Every dependency is asked for with its hash, by a file that is there; sitegen itself brings none."""
    asked = noted.read_text("utf-8").splitlines()
    assert [f"vendor/{name}" for name in LOCKS] == [line.split()[-1] for line in asked[:-1]]
    assert all("--require-hashes" in line for line in asked[:-1])
    assert "--no-deps vendor/sitegen-0.1.0-py3-none-any.whl" == asked[-1]


def test_the_workflow_for_github_builds_and_uploads_the_site(
    site: Path, programs: Path, tmp_path: Path
) -> None:
    flow = _parsed("github-pages.yml")
    assert {"push", "pull_request"} == set(flow[True])  # YAML 1.1 reads the key `on` as true
    assert {"contents": "read"} == flow["permissions"]
    steps = flow["jobs"]["build"]["steps"]
    run = "\n".join(step["run"] for step in steps if "run" in step)
    assert "${{" not in run  # what comes from outside stands in the environment, never in a command
    done = _run(run, site, programs, CI="true", GITHUB_ACTIONS="true", ADDRESS="https://a.example/b")
    assert 0 == done.returncode, done.stderr
    _installed(tmp_path / "pip.txt")
    uploaded = next(step["with"]["path"] for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    assert 'href="https://a.example/b/"' in (site / uploaded / "index.html").read_text("utf-8")
    publish = flow["jobs"]["publish"]
    assert ("build", "github.event_name == 'push'") == (publish["needs"], publish["if"])
    assert {"pages": "write", "id-token": "write"} == publish["permissions"]
    assert all(
        re.fullmatch(r"actions/[\w-]+@v\d+", s["uses"]) for s in (*steps, *publish["steps"]) if "uses" in s
    )


def test_a_pull_request_is_built_without_an_address(site: Path, programs: Path) -> None:
    steps = _parsed("github-pages.yml")["jobs"]["build"]["steps"]
    run = next(step["run"] for step in steps if step.get("name") == "Build")
    done = _run(run, site, programs, CI="true", ADDRESS="")
    assert 0 == done.returncode, done.stderr
    (site / "content/articles/x.md").write_text("---\ntitel: x\n---\n\n签约投资3亿元。\n", "utf-8")
    done = _run(run, site, programs, CI="true", ADDRESS="")
    assert 1 == done.returncode
    assert "::error file=content/articles/x.md,line=2," in done.stdout + done.stderr


@pytest.mark.parametrize("job", ["check", "pages"])
def test_each_job_for_gitlab_runs(job: str, site: Path, programs: Path, tmp_path: Path) -> None:
    wanted = _parsed("gitlab-ci.yml")[job]
    run = "\n".join(_flat(wanted["script"]))
    done = _run(run, site, programs, CI="true", CI_PAGES_URL="https://g.example/x")
    assert 0 == done.returncode, done.stderr
    _installed(tmp_path / "pip.txt")
    if job == "pages":
        assert ["public"] == wanted["artifacts"]["paths"]
        assert 'href="https://g.example/x/"' in (site / "public/index.html").read_text("utf-8")


def test_facts_that_were_not_committed_stop_every_recipe(site: Path, programs: Path) -> None:
    shutil.rmtree(site / "content/facts")
    for run in ("sitegen build --output public", "sitegen check"):
        done = _run(run, site, programs, CI="true")
        assert (1, True) == (done.returncode, "E-STALE" in done.stderr), done.stderr


def test_the_script_copies_the_site_and_takes_away_what_is_gone(
    site: Path, programs: Path, tmp_path: Path
) -> None:
    served = tmp_path / "www"
    served.mkdir()
    script = f"sh {RECIPES / 'publish.sh'} {served}/ https://www.example.org/"
    done = _run(script, site, programs)
    assert 0 == done.returncode, done.stderr
    first = tree(served)
    assert first == {k: v for k, v in tree(site / "build").items() if k != ".sitegen"}
    assert b"https://www.example.org/" in first["feed.xml"]
    next((site / "content/articles").iterdir()).unlink()
    done = _run(script, site, programs)
    assert 0 == done.returncode, done.stderr
    second = tree(served)
    assert second == {k: v for k, v in tree(site / "build").items() if k != ".sitegen"}
    assert set(first) - set(second)


def test_a_site_that_does_not_build_is_not_copied(site: Path, programs: Path, tmp_path: Path) -> None:
    (site / "seeds/sample.txt").unlink()
    served = tmp_path / "www"
    served.mkdir()
    done = _run(f"sh {RECIPES / 'publish.sh'} {served}/", site, programs)
    assert 0 != done.returncode
    assert {} == tree(served)


def test_the_script_says_what_it_wants(programs: Path, site: Path) -> None:
    done = _run(f"sh {RECIPES / 'publish.sh'}", site, programs)
    assert 0 != done.returncode
    assert "write where the site goes" in done.stderr
