# ruff: noqa: S311 - edits are drawn from a seed, nothing is kept secret
"""Incremental equals clean: after every edit, whatever it is, a build on top of the last one gives the bytes of a build from
nothing; what is kept may be damaged or deleted; only changed files are written.
"""

import os
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sites import ARTICLE, PAGE, make_site, tree

from sitegen import ahead, pipeline
from sitegen.cache import Cache, digest
from sitegen.codec import encode
from sitegen.pipeline import Options
from sitegen.problems import SitegenError
from sitegen.serve import builder
from sitegen.unchanged import inputs_of
from sitegen.workspace import open_site

EDITS = int(os.environ.get("SITEGEN_EDITS", "60"))  # .ci/run makes 100
SEED = 20250612
TOLD = """---
title: "图说"
---

```chart
table: t.csv
x: 年
y: 产量
type: line
source: "统计局"
title: "产量"
```

```chart
table: claims
x: kind
y: count
title: "数字的类别"
```
"""
OPTIONS = Options(jobs=1)
PREVIEWED = Options(drafts=True, keep_facts=True, jobs=1)
KINDS = {
    "dictionary", "memo", "neighbours", "page", "pages", "painting", "reading", "site", "stamps", "suffixes", "vocabulary", "words",
}  # fmt: skip
PLACES = ("包头市", "赤峰市", "通辽市")
WORDS = ("光伏", "风电", "稀土", "奶业")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """All in this process, where words are loaded once."""
    monkeypatch.setattr(ahead, "_may_fork", lambda: False)


def build(site: Path, store: Cache | None = None) -> None:
    pipeline.build(open_site(site, site), OPTIONS, store=store)


def article(random_: random.Random, title: str) -> str:
    """An article that the checks, charts and links of the site have something to do with."""
    place, word = random_.choice(PLACES), random_.choice(WORDS)
    body = (
        f"{place}{word}产业投资{random_.randint(2, 90)}亿元，同比增长{random_.randint(1, 30)}%。\n\n"
        f"到2027年，**{word}**产值将达到{random_.randint(100, 900)}亿元。"
    )
    image = 'image: "/images/a.png"\nimage_alt: "图"\n' if random_.random() < 0.2 else ""
    draft = "draft: true\n" if random_.random() < 0.1 else ""
    date = f"2025-0{random_.randint(1, 9)}-1{random_.randint(0, 9)}"
    return f'---\ntitle: "{title}"\ndate: "{date}"\nauthors: ["孙三"]\n{image}{draft}---\n\n{body}\n'


class Editor:
    """Edits a site at random; every edit leaves it fit to be built."""

    def __init__(self, site: Path, seed: int) -> None:
        self.site, self.random, self.count = site, random.Random(seed), 0
        self.before: dict[str, bytes] | None = None
        self.edits: tuple[Callable[[], object], ...] = (
            self.write, self.write, self.change, self.change, self.rename, self.delete, self.page, self.review,
            self.template, self.configuration, self.picture, self.prose, self.table, self.lexicon, self.revert, self.lose_output, self.damage,
        )  # fmt: skip

    def sources(self) -> dict[str, bytes]:
        found = tree(self.site)
        return {
            name: data for name, data in found.items() if not name.startswith(("build/", "content/facts/"))
        }

    def edit(self) -> str:
        """Make one edit and say which."""
        edit = self.random.choice(self.edits)
        now = self.sources()
        edit()
        if edit != self.revert:
            self.before = now
        return edit.__name__

    def articles(self) -> list[Path]:
        return sorted((self.site / "content/articles").glob("*.md"))

    def write(self) -> None:
        if len(self.articles()) > 6:
            self.delete()
            return
        self.count += 1
        path = self.site / f"content/articles/n{self.count}.md"
        path.write_text(article(self.random, f"新闻第{self.count}号"), "utf-8")

    def change(self) -> None:
        path = self.random.choice(self.articles())
        title = path.read_text("utf-8").split('"')[1]
        path.write_text(article(self.random, title), "utf-8")

    def rename(self) -> None:
        path = self.random.choice(self.articles())
        self.count += 1
        path.rename(path.with_name(f"r{self.count}.md"))

    def delete(self) -> None:
        if len(self.articles()) > 3:
            self.random.choice(self.articles()).unlink()

    def page(self) -> None:
        number = self.random.randint(10, 99)
        (self.site / "seeds/p01.txt").write_text(PAGE.replace("36.5", str(number)), "utf-8")

    def review(self) -> None:
        """A verdict on some number; on one that is gone later it is a warning, which is no part of the site."""
        facts = "".join(
            path.read_text("utf-8") for path in sorted((self.site / "content/facts").glob("*.yml"))
        )
        claims = [part.split("\n")[0] for part in facts.partition("claims:")[2].split("  - id: ")[1:]]
        claims = [claim for claim in claims if claim.count("-") == 1]
        verdict = self.random.choice(["confirmed", "questioned", "rejected", "edited"])
        fields = ", fields: {place: 包头市}" if verdict == "edited" else ""
        text = f"{self.random.choice(claims)}: {{verdict: {verdict}, who: 甲, when: '2025-06-12'{fields}}}\n"
        (self.site / "content/reviews").mkdir(exist_ok=True)
        (self.site / "content/reviews/r.yml").write_text(text, "utf-8")

    def template(self) -> None:
        """A template of the site's own that looks at the whole site, other words in it each time, or none."""
        path = self.site / "templates/404.html"
        path.unlink(missing_ok=True)
        if self.random.random() < 0.7:
            path.parent.mkdir(exist_ok=True)
            path.write_text(
                '{% extends "base.html" %}\n{% set heading = "x" %}{% block main %}\n'
                f"{{{{ site.facts|length }}}} {self.random.random()} {{{{ site.claims|length }}}}\n{{% endblock %}}\n",
                "utf-8",
            )

    def configuration(self) -> None:
        title, url = self.random.choice("甲乙丙"), self.random.choice(["", "https://example.org/x/"])
        text = f'title: "{title}"\nbase_url: "{url}"\nvalidation: {{W-REVIEW-ORPHAN: ignore}}\n'
        (self.site / "content/site.yml").write_text(text, "utf-8")

    def picture(self) -> None:
        (self.site / "content/images/a.png").write_bytes(self.random.randbytes(40))

    def prose(self) -> None:
        path = self.site / "content/pages/about.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'---\ntitle: "关于{self.random.randint(1, 9)}"\n---\n\n## 我们\n\n文。\n', "utf-8")

    def table(self) -> None:
        """Other numbers in a file of content/data, from which a page draws a chart beside one of the site's own numbers."""
        (self.site / "content/data").mkdir(exist_ok=True)
        numbers = "".join(f"202{n},{self.random.randint(1, 99)}\n" for n in range(4))
        (self.site / "content/data/t.csv").write_text(f"年,产量\n{numbers}", "utf-8")
        path = self.site / "content/pages/told.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(TOLD, "utf-8")

    def lexicon(self) -> None:
        """Other words of the site's own, which change what is read in every text; or none."""
        folder = self.site / "content/lexicon"
        shutil.rmtree(folder, ignore_errors=True)
        if self.random.random() < 0.8:
            folder.mkdir()
            words = {
                "industries.yml": [
                    "industries: {energy: {aliases: [装机规模]}}",
                    "industries: {fairs: {name: 招商展会, aliases: [招商大会], parent: services}}",
                ],
                "places.yml": ["aliases: {本报: 固阳县}", "parks: [招商大会]"],
                "papers.yml": ["招商大会: 赤峰市", "招商大会: ''"],
                "people.yml": ["titles: [创业者]"],
            }
            name = self.random.choice(sorted(words))
            (folder / name).write_text(self.random.choice(words[name]), "utf-8")

    def revert(self) -> None:
        """All sources as they were before the last edit."""
        for name in self.sources().keys() - (self.before or self.sources()).keys():
            (self.site / name).unlink()
        for name, data in (self.before or {}).items():
            (self.site / name).parent.mkdir(parents=True, exist_ok=True)
            (self.site / name).write_bytes(data)

    def lose_output(self) -> None:
        """Somebody deletes or spoils the finished site, which may be replaced at any time."""
        if self.random.random() < 0.5:
            shutil.rmtree(self.site / "build")
        else:
            (self.site / "build/index.html").write_text("spoilt", "utf-8")

    def damage(self) -> None:
        """Entries of the cache are spoilt, cut short, emptied or gone."""
        entries = sorted(path for path in (self.site / ".sitegen/cache").rglob("*-*") if path.is_file())
        for path in self.random.sample(entries, min(8, len(entries))):
            data = path.read_bytes()
            spoilt = [
                b"",
                data[: len(data) // 2],
                data[:-1] + b"\0",
                bytes(reversed(data)),
                b"\0" * len(data),
            ]
            path.write_bytes(self.random.choice(spoilt))
        if self.random.random() < 0.2:
            shutil.rmtree(self.site / ".sitegen")


def edited_site(folder: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> tuple[Path, Editor]:
    """A built site with three articles of its editor, who takes the claims to judge from its facts; it is the working directory."""
    site = make_site(folder / "site")
    monkeypatch.chdir(site)
    (site / "content/images").mkdir()
    (site / "content/images/a.png").write_bytes(b"1")
    (site / "content/site.yml").write_text('title: "t"\nvalidation: {W-REVIEW-ORPHAN: ignore}\n', "utf-8")
    editor = Editor(site, seed)
    for number in range(3):
        (site / f"content/articles/{number}.md").write_text(
            article(editor.random, f"旧闻第{number}号"), "utf-8"
        )
    build(site)
    return site, editor


def test_after_each_of_many_random_edits_the_tree_is_that_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, editor = edited_site(tmp_path, monkeypatch, SEED)
    cleaned: dict[
        str, tuple[dict[str, bytes], dict[str, bytes]]
    ] = {}  # what a build from nothing makes of the same sources
    for number in range(EDITS):
        what = editor.edit()
        sources = digest(part for name, data in editor.sources().items() for part in (name.encode(), data))
        build(site)
        one = tree(site)
        if sources not in cleaned:
            shutil.rmtree(tmp_path / "clean", ignore_errors=True)
            pipeline.build(open_site(site, site, output=tmp_path / "clean"), OPTIONS, store=Cache())
            cleaned[sources] = tree(site / "content/facts"), tree(tmp_path / "clean")
        facts, clean = cleaned[sources]
        assert facts == tree(site / "content/facts"), f"edit {number}: {what}"
        built = {name.removeprefix("build/"): data for name, data in one.items() if name.startswith("build/")}
        differ = [name for name in built.keys() | clean.keys() if built.get(name) != clean.get(name)]
        assert [] == differ, f"edit {number}: {what}"


def test_the_preview_shows_after_each_edit_what_a_build_from_nothing_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both the pages that are seen while the build goes on and all files at its end, in one process that lives on."""
    site, editor = edited_site(tmp_path, monkeypatch, SEED + 1)
    renew = builder(site / "content/site.yml")
    for number in range(EDITS // 5):
        what, seen = editor.edit(), dict[str, bytes]()

        def early(
            pages: Callable[[Mapping[str, bytes]], Mapping[str, bytes]], seen: dict[str, bytes] = seen
        ) -> None:
            seen.update(pages({}))

        files = dict(renew(early)[1].files)
        clean = dict(pipeline.make(open_site(site, site), PREVIEWED, store=Cache()).files)
        differ = [name for name in files.keys() | clean.keys() if files.get(name) != clean.get(name)]
        assert [] == differ, f"edit {number}: {what}"
        pages = {name: data for name, data in clean.items() if name.endswith(".html")}
        assert [] == [name for name in pages.keys() | seen.keys() if pages.get(name) != seen.get(name)], what


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of change of every file."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    found = {path.relative_to(folder).as_posix(): path.stat() for path in files}
    return {name: (status.st_ino, status.st_mtime_ns) for name, status in found.items()}


def test_only_changed_files_are_written_and_none_where_nothing_changed(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    build(site)
    before = stamps(site)
    build(site)
    assert before == stamps(site)
    first, old = stamps(site / "build"), tree(site / "build")
    path = site / "content/articles/2025-04-02-pv.md"
    path.write_text(ARTICLE.replace("450万千瓦", "451万千瓦"), "utf-8")
    build(site)
    second, new = stamps(site / "build"), tree(site / "build")
    assert {name for name in new if new[name] != old.get(name)} == {
        name for name in second if second[name] != first.get(name)
    }
    assert new != old


def test_a_change_in_a_linked_folder_is_seen(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    (site / "content" / "articles").rename(site / "elsewhere")
    (site / "content" / "articles").symlink_to(site / "elsewhere", target_is_directory=True)
    before = inputs_of(open_site(None, site), Options())
    source = site / "elsewhere/2025-04-02-pv.md"
    source.write_text(source.read_text("utf-8") + "\n全县签约项目12个。\n", "utf-8")
    assert before != inputs_of(open_site(None, site), Options())


def test_what_is_kept_is_no_code_and_closed_to_git(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    build(site)
    assert "*\n" == (site / ".sitegen/.gitignore").read_text("utf-8")
    entries = [path for path in (site / ".sitegen/cache").rglob("*-*") if path.is_file()]
    assert KINDS == {path.name.split("-")[0] for path in entries}
    assert [] == list((site / ".sitegen").rglob("*.tmp"))


def test_an_entry_whose_checksum_is_right_and_whose_shape_is_not_is_made_again(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    build(site)
    before = tree(site)
    store = Cache(site)
    for path in sorted((site / ".sitegen/cache").rglob("*-*")):
        if path.is_file():
            store.put_bytes(path.name, encode({"seen": 1} if "page" in path.name else [1, {"a": None}, "x"]))
    build(site)
    assert before == tree(site)


def test_jobs_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    trees = []
    for jobs in (1, 3):
        site = make_site(tmp_path / str(jobs))
        (site / "content/images").mkdir()
        (site / "content/images/a.png").write_bytes(b"1")
        for number in range(40):
            text = article(random.Random(number), f"新闻第{number}号")
            (site / f"content/articles/{number}.md").write_text(text, "utf-8")
        monkeypatch.chdir(site)
        pipeline.build(open_site(site, site), Options(jobs=jobs))
        trees.append(tree(site))
    assert trees[0] == trees[1]


def test_a_link_to_a_number_that_was_not_there_is_mended_when_its_article_comes(tmp_path: Path) -> None:
    """What a page says of a number's link is kept only as long as the number's article is where it was, or nowhere."""
    site = make_site(tmp_path / "site")
    draft = site / "content/articles/later.md"
    text = '---\ntitle: "后来的报道"\nslug: later\ndate: "2025-06-12"\n---\n\n包头市光伏产业投资36亿元。\n'
    draft.write_text(text, "utf-8")
    build(site)
    claim = next(
        line.split("id:")[1].strip()
        for path in (site / "content/facts").glob("*.yml")
        for line in path.read_text("utf-8").splitlines()
        if "后来的报道" in path.read_text("utf-8") and line.strip().startswith("- id:")
    )
    (site / "content/pages").mkdir(exist_ok=True)
    (site / "content/pages/why.md").write_text(
        f'---\ntitle: "为什么"\n---\n\n[这里](claim:{claim})\n', "utf-8"
    )
    draft.write_text(text.replace("---\n\n", "draft: true\n---\n\n"), "utf-8")
    with pytest.raises(SitegenError, match="E-CLAIM-LINK"):
        build(site)
    draft.write_text(text, "utf-8")
    build(site)
