"""Attacks by texts, paths, YAML, templates, formulas, characters and sizes: refused at their line, or harmless on the site.

The attacks are data, tests/attacks/*.yml. Those that only add files are tried together in two sites, one that must build and
one that must be refused; those that change what a site has once get one of their own.
"""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from harm import harm_in, plain_texts
from sites import PAGE, Run, make_site, sitegen, tree

from sitegen.reading import read_page

FOLDER = Path(__file__).parent / "attacks"
KEYS = {"name", "alone", "files", "refused", "seen", "never"}
SECRET = "top-secret-81c7"  # noqa: S105  stands for what a machine has
SECONDS = 60  # on a machine that has other work; the slowest takes a tenth of it


@dataclass(frozen=True)
class Attack:
    """One attack. files: path → what stands there; refused: place and code; seen, never: on the pages of the site."""

    id: str
    name: str
    files: dict[str, Any]
    alone: bool
    refused: str
    seen: tuple[str, ...]
    never: tuple[str, ...]


def _attacks() -> Iterator[Attack]:
    for path in sorted(FOLDER.glob("*.yml")):
        for number, entry in enumerate(yaml.safe_load(path.read_text("utf-8")), 1):
            assert set(entry) <= KEYS, entry
            id_ = f"{path.stem}{number:02}"
            yield Attack(
                id_,
                entry["name"],
                {name.replace("@", id_): content for name, content in entry["files"].items()},
                entry.get("alone", False),
                entry.get("refused", "").replace("@", id_),
                tuple(entry.get("seen", ())),
                tuple(entry.get("never", ())),
            )


ATTACKS = tuple(_attacks())
CLAIM = read_page("p01.txt", PAGE.encode()).facts[0].claims[0]


def _lay(attack: Attack, site: Path) -> None:
    """Put the files of the attack into the site."""
    outside = str(site.parent / "outside")
    for name, content in attack.files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict) and "link" in content:
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
            path.symlink_to(content["link"].replace("{outside}", outside))
        elif isinstance(content, dict):
            path.write_bytes(bytes.fromhex(content["hex"]))
        else:
            parts = [content] if isinstance(content, str) else content
            text = "".join(part if isinstance(part, str) else part[0] * part[1] for part in parts)
            given = {
                "@": attack.id,
                "{outside}": outside,
                "{claim}": CLAIM.id,
                "{article}": CLAIM.article,
            }
            for gap, value in given.items():
                if gap != "@" or not attack.alone:
                    text = text.replace(gap, value)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))


def _site(folder: Path) -> Path:
    """A site beside a folder that it must neither read nor touch, which holds a finished site as well."""
    outside = folder / "outside"
    (outside / "site").mkdir(parents=True)
    (outside / "site/.sitegen").write_text("Made by sitegen.\n")
    for name in ("secret.txt", "secret.md", "secret.yml", "secret.png"):
        (outside / name).write_text(f'---\ntitle: "{SECRET}"\n---\n\n{SECRET}签约投资3亿元。\n', "utf-8")
    site = make_site(folder / "site")
    (site / "content/images").mkdir()
    (site / "content/images/p.png").write_bytes(b"a picture")
    return site


@dataclass(frozen=True)
class Outcome:
    """What came of a build. site: the finished site; moved: whether anything outside the site changed."""

    run: Run
    site: Path
    seconds: float
    moved: bool


def _built(site: Path) -> Outcome:
    outside = site.parent / "outside"
    before = tree(outside)
    began = time.monotonic()
    run = sitegen("build", cwd=site)
    seconds = time.monotonic() - began
    moved = before != tree(outside) or {"outside", "site"} != {each.name for each in site.parent.iterdir()}
    return Outcome(run, site / "build", seconds, moved)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The site with all attacks that must come to nothing."""
    site = _site(tmp_path_factory.mktemp("harmless"))
    for attack in ATTACKS:
        if not attack.alone and not attack.refused:
            _lay(attack, site)
    return _built(site)


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The site with all attacks that must be refused."""
    site = _site(tmp_path_factory.mktemp("refused"))
    for attack in ATTACKS:
        if not attack.alone and attack.refused:
            _lay(attack, site)
    return _built(site)


@pytest.fixture(scope="module")
def harm(harmless: Outcome) -> list[str]:
    """What is harmful in it."""
    return harm_in(harmless.site)


@pytest.fixture(scope="module")
def texts(harmless: Outcome) -> list[str]:
    """What its pages say."""
    return list(plain_texts(harmless.site))


def test_there_are_attacks_of_every_kind() -> None:
    assert {"markup", "paths", "yaml", "templates", "downloads", "unicode", "sizes"} == {
        path.stem for path in FOLDER.glob("*.yml")
    }
    assert len(ATTACKS) >= 60


TOGETHER = [each for each in ATTACKS if not each.alone]


@pytest.mark.parametrize("attack", [e for e in TOGETHER if e.refused], ids=lambda each: each.name)
def test_an_attack_among_others_is_refused_at_its_place(attack: Attack, refused: Outcome) -> None:
    _is_refused(attack, refused)


def test_nothing_on_a_site_with_attacks_can_run_or_load(harmless: Outcome, harm: list[str]) -> None:
    assert 0 == harmless.run.code, harmless.run.err
    assert [] == harm
    assert not harmless.moved
    assert harmless.seconds < SECONDS


@pytest.mark.parametrize("attack", [e for e in TOGETHER if not e.refused], ids=lambda each: each.name)
def test_an_attack_among_others_is_shown_as_plain_text(attack: Attack, texts: list[str]) -> None:
    for words in attack.seen:
        assert any(words in text for text in texts), words
    for words in attack.never:
        assert not [text for text in texts if words in text]


@pytest.mark.parametrize("attack", [e for e in ATTACKS if e.alone], ids=lambda each: each.name)
def test_an_attack_on_a_site_of_its_own(attack: Attack, tmp_path: Path) -> None:
    site = _site(tmp_path)
    _lay(attack, site)
    done = _built(site)
    if attack.refused:
        _is_refused(attack, done)
        return
    assert 0 == done.run.code, done.run.err
    assert [] == harm_in(done.site)
    assert not done.moved
    assert done.seconds < SECONDS
    texts = list(plain_texts(done.site))
    for words in attack.seen:
        assert any(words in text for text in texts), words
    for words in attack.never:
        assert not [text for text in texts if words in text]


def _is_refused(attack: Attack, done: Outcome) -> None:
    place, code = attack.refused.rsplit(" ", 1)
    lines = done.run.err.splitlines()
    assert done.run.code in (1, 2)
    assert [line for line in lines if line.startswith(f"{place}:") and f" {code}" in line], done.run.err[
        -3000:
    ]
    assert SECRET not in done.run.err
    assert all(line.isprintable() for line in lines)
    assert not (done.site / "index.html").exists()
    assert not done.moved
    assert done.seconds < SECONDS
