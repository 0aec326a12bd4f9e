"""Rendering: links come out relative and are checked; a template's fault is named by file and line."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sitegen import sandbox, strings
from sitegen.cache import Cache
from sitegen.contents import Contents
from sitegen.problems import SitegenError
from sitegen.render import OnDemand, assets, default_theme, render, url_of


@dataclass(frozen=True)
class Page:
    path: str
    template: str = "page.html"
    context: Mapping[str, object] = field(default_factory=dict)
    article: str | None = None
    anywhere: bool = False
    origin: str = ""


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text("{{ body|safe }}", "utf-8")
    return folder


def made(theme: Path, *pages: Page, base_url: str = "", files: tuple[str, ...] = ()) -> dict[str, str]:
    words = strings.load("zh-CN")
    found = render(pages, theme_dirs=[theme], strings=words, base_url=base_url, files=files)
    return {path: data.decode("utf-8") for path, data in found}


def problem(theme: Path, *pages: Page) -> str:
    with pytest.raises(SitegenError) as caught:
        made(theme, *pages)
    return str(caught.value)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/", "../../index.html"),
        ("/places/包头市/", "../../places/%E5%8C%85%E5%A4%B4%E5%B8%82/index.html"),
        ("/places/%E5%8C%85%E5%A4%B4%E5%B8%82/", "../../places/%E5%8C%85%E5%A4%B4%E5%B8%82/index.html"),
        ("/places/包头市/#甲", "../../places/%E5%8C%85%E5%A4%B4%E5%B8%82/index.html#%E7%94%B2"),
        ("claim:a1-0f", "../../articles/a1/index.html#c-0f"),
        ("/data/x.csv", "../../data/x.csv"),
        ("/search/?q=1&amp;p=2", "../../search/index.html?q=1&amp;p=2"),
        ("#top", "#top"),
        ("../", "../../charts/index.html"),
        ("/charts/one/#top", "#top"),
        ("https://example.org/a?b=1&amp;c", "https://example.org/a?b=1&amp;c"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("//example.org/", "//example.org/"),
    ],
)
def test_links_come_out_relative_with_index_and_encoded(theme: Path, link: str, expected: str) -> None:
    pages = (
        Page("charts/one/index.html", context={"body": f'<a class="n" href="{link}" id="top">x</a>'}),
        Page("index.html", context={"body": ""}),
        Page("charts/index.html", context={"body": ""}),
        Page("search/index.html", context={"body": ""}),
        Page("places/包头市/index.html", context={"body": '<p id="甲">'}),
        Page("articles/a1/index.html", context={"body": '<mark id="c-0f">'}, article="a1"),
    )
    html = made(theme, *pages, files=("data/x.csv",))["charts/one/index.html"]
    assert f'<a class="n" href="{expected}" id="top">x</a>' == html


def test_src_action_and_links_in_drawings_are_rewritten_too(theme: Path) -> None:
    body = '<svg><a aria-label="x" href="/a/"><g/></a></svg><script src="/b.js"></script><form action="/a/"></form>'
    html = made(theme, Page("a/index.html", context={"body": body}), files=("b.js",))["a/index.html"]
    assert 'href="../a/index.html"' in html
    assert 'src="../b.js"' in html
    assert 'action="../a/index.html"' in html


def test_what_only_looks_like_a_link_in_the_text_stays(theme: Path) -> None:
    body = '<p>write href=&#34;/nowhere/&#34; and href="/nowhere/" here</p>'
    assert body == made(theme, Page("index.html", context={"body": body}))["index.html"]


def test_a_dead_link_a_dead_anchor_and_a_dead_claim_are_told_once_each_and_together(theme: Path) -> None:
    body = '<a href="/no/">x</a><a href="/a/#no">x</a><a href="claim:zz-01">x</a><a href="#gone">y</a>'
    text = problem(
        theme,
        Page("index.html", context={"body": body}, origin="content/pages/x.md"),
        Page("a/index.html", context={"body": '<a href="/no/">x</a>'}),
    )
    lines = text.splitlines()
    assert 4 == len(lines)
    assert any(
        "content/pages/x.md: E-LINK the page index.html (and 1 more) links to /no/index.html" in line
        for line in lines
    )
    assert any("E-ANCHOR" in line and "/a/index.html#no" in line for line in lines)
    assert any("E-ANCHOR" in line and "/index.html#gone" in line for line in lines)
    assert any("E-CLAIM-LINK" in line and "'zz-01'" in line for line in lines)


def test_two_pages_with_one_address_are_refused_also_where_only_case_differs(theme: Path) -> None:
    one = Page("places/A/index.html", context={"body": ""}, origin="one.md")
    two = Page("places/a/index.html", context={"body": ""}, origin="two.md")
    text = problem(theme, one, two)
    assert (
        "two.md: E-ADDRESS /places/a/index.html of two.md is hardly told from /places/A/index.html of one.md"
        in text
    )


@pytest.mark.parametrize(
    "path",
    ["../out/index.html", "a/../../index.html", "/index.html", "a//index.html", "a/./index.html", "长" * 90],
)
def test_an_address_outside_the_site_is_refused(path: str, theme: Path) -> None:
    text = problem(theme, Page(path, context={"body": ""}, origin="one.md"))
    assert f"one.md: E-ADDRESS /{path} is no address of a page of this site; " in text


def test_a_page_cannot_lie_below_a_file(theme: Path) -> None:
    page = Page("feed.xml/index.html", context={"body": ""}, origin="one.md")
    with pytest.raises(SitegenError) as caught:
        made(theme, page, files=("feed.xml",))
    assert "one.md: E-ADDRESS /feed.xml/index.html lies below /feed.xml, which is a file" in str(caught.value)


def test_hidden_files_and_backups_of_editors_are_not_published(theme: Path) -> None:
    (theme / "assets").mkdir()
    for name in (".DS_Store", "style.css~", "style.css"):
        (theme / "assets" / name).write_text("", "utf-8")
    assert [("assets/style.css", b"")] == list(assets([theme]))


def test_a_stylesheet_that_is_no_utf8_is_told_with_its_line(theme: Path) -> None:
    (theme / "assets").mkdir()
    (theme / "assets/own.css").write_bytes(b"a {}\n\xff\xfe")
    text = problem(theme, Page("index.html", context={"body": ""}))
    assert "templates/assets/own.css:2: E-TEMPLATE this stylesheet is no UTF-8 text; save it as UTF-8" == text


def test_an_undefined_variable_names_template_and_line(theme: Path) -> None:
    (theme / "page.html").write_text("<p>\n{{ nothing }}\n", "utf-8")
    assert "templates/page.html:2: E-TEMPLATE-UNDEFINED" in problem(theme, Page("index.html"))


def test_an_undefined_variable_in_a_macro_names_the_macros_file(theme: Path) -> None:
    (theme / "macros.html").write_text("{% macro x(a) %}\n\n{{ a.b.c }}{% endmacro %}", "utf-8")
    (theme / "page.html").write_text('{% import "macros.html" as m %}{{ m.x({}) }}', "utf-8")
    text = problem(theme, Page("index.html"))
    assert "templates/macros.html:3: E-TEMPLATE-UNDEFINED" in text


def test_a_syntax_error_names_template_and_line(theme: Path) -> None:
    (theme / "page.html").write_text("<p>\n\n{% if %}\n", "utf-8")
    assert "templates/page.html:3: E-TEMPLATE-SYNTAX" in problem(theme, Page("index.html"))


def test_a_missing_template_is_named_with_the_place_that_wants_it(theme: Path) -> None:
    (theme / "page.html").write_text('\n{% include "none.html" %}', "utf-8")
    text = problem(theme, Page("index.html"))
    assert "templates/page.html:2: E-TEMPLATE" in text
    assert "'none.html'" in text


def test_a_line_that_fails_is_named(theme: Path) -> None:
    (theme / "page.html").write_text("\n\n{{ 1 / 0 }}", "utf-8")
    assert "templates/page.html:3: E-TEMPLATE" in problem(theme, Page("index.html"))


def test_an_unknown_word_is_named_with_the_templates_line(theme: Path) -> None:
    (theme / "page.html").write_text("\n{{ t('no.such') }}", "utf-8")
    text = problem(theme, Page("index.html"))
    assert "templates/page.html:2: E-STRINGS" in text
    assert "no.such" in text


def test_a_template_that_is_no_utf8_is_told(theme: Path) -> None:
    (theme / "page.html").write_bytes("这一页的模板".encode("gb18030"))
    assert "page.html: E-TEMPLATE" in problem(theme, Page("index.html"))


def test_values_are_escaped(theme: Path) -> None:
    (theme / "page.html").write_text('<p title="{{ body }}">{{ body }}</p>', "utf-8")
    html = made(theme, Page("index.html", context={"body": '"<script>&'}))["index.html"]
    assert '<p title="&#34;&lt;script&gt;&amp;">&#34;&lt;script&gt;&amp;</p>' == html


def test_a_page_served_anywhere_links_by_full_address_when_there_is_one(theme: Path) -> None:
    pages = (
        Page("404.html", context={"body": '<a href="/">x</a><a href="#a" id="a">y</a>'}, anywhere=True),
        Page("index.html", context={"body": ""}),
    )
    assert (
        'href="https://h.example/s/index.html"'
        in made(theme, *pages, base_url="https://h.example/s/")["404.html"]
    )
    assert '<a href="#a"' in made(theme, *pages, base_url="https://h.example/s/")["404.html"]
    assert 'href="index.html"' in made(theme, *pages)["404.html"]


def test_a_sites_own_theme_replaces_file_by_file(tmp_path: Path, theme: Path) -> None:
    own = tmp_path / "own"
    (own / "assets").mkdir(parents=True)
    (theme / "assets").mkdir()
    (theme / "assets" / "a.css").write_text("theme", "utf-8")
    (theme / "assets" / "b.css").write_text("theme", "utf-8")
    (own / "assets" / "b.css").write_text("own", "utf-8")
    (own / "page.html").write_text("own", "utf-8")
    assert {"assets/a.css": b"theme", "assets/b.css": b"own"} == dict(assets([own, theme]))
    words = strings.load("zh-CN")
    assert [("index.html", b"own")] == list(
        render([Page("index.html")], theme_dirs=[own, theme], strings=words)
    )


def test_the_packaged_theme_is_found_and_whole() -> None:
    names = {file.name for file in default_theme().glob("*.html")}
    assert {"base.html", "macros.html", "home.html", "article.html", "place.html", "404.html"} <= names
    assert {"assets/style.css", "assets/charts.css", "assets/site.js"} <= {
        path for path, _ in assets([default_theme()])
    }


def test_addresses_of_paths() -> None:
    assert "places/%E5%8C%85/" == url_of("places/包/index.html")
    assert "" == url_of("index.html")
    assert "404.html" == url_of("404.html")


def test_the_stylesheet_asks_for_nothing_from_elsewhere() -> None:
    for path, data in assets([default_theme()]):
        if path.endswith((".css", ".js", ".svg")):
            text = data.decode("utf-8").replace("http://www.w3.org/2000/svg", "")
            assert "http://" not in text, path
            assert "https://" not in text, path
            assert "@import" not in text, path


def test_render_reads_no_clock_and_no_environment(theme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page("index.html", context={"body": "x"})
    first = made(theme, page)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.chdir(os.sep)
    assert first == made(theme, page)


def test_a_page_whose_kept_text_is_damaged_or_gone_is_made_again(theme: Path, tmp_path: Path) -> None:
    def build() -> dict[str, bytes]:
        store, words = Cache(tmp_path), strings.load("zh-CN")
        pages = [Page(f"{name}.html", context={"body": f"数字{name}"}) for name in "abc"]
        return dict(Contents(dict(render(pages, theme_dirs=[theme], strings=words, store=store))))

    first = build()
    kept = sorted(path for path in tmp_path.rglob("page-*") if path.is_file())
    assert 3 == len(kept)
    for spoilt in (
        b"",
        kept[1].read_bytes()[:-1],
        kept[1].read_bytes(),
    ):  # nothing, half of it, that of another page
        kept[0].write_bytes(spoilt)
        assert first == build()
    kept[2].unlink()
    assert first == build()


def test_pages_on_demand_stand_before_what_was_there(theme: Path) -> None:
    (theme / "wrong.html").write_text("{{ nowhere.to }}", "utf-8")
    pages = [Page("a.html", context={"body": '<a href="/b.html">x</a>'}), Page("w.html", "wrong.html")]
    before = {"a.html": b"old", "data.csv": b"1"}
    found = OnDemand(pages, before, theme_dirs=[theme], strings=strings.load("zh-CN"), base_url="")
    assert b'<a href="b.html">x</a>' == found["a.html"]
    assert (b"1", None) == (found["data.csv"], found.get("gone.html"))
    assert (["a.html", "w.html", "data.csv"], 3) == (list(found), len(found))
    with pytest.raises(SitegenError, match="nowhere"):
        found["w.html"]


@pytest.mark.parametrize(
    "endless",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    ],
)
def test_a_page_that_takes_for_ever_is_told_at_its_line(
    theme: Path, monkeypatch: pytest.MonkeyPatch, endless: str
) -> None:
    monkeypatch.setattr(sandbox, "_SECONDS", 1)
    (theme / "page.html").write_text(f"<p>\n\n{endless}\n", "utf-8")
    said = problem(theme, Page("x/index.html"))
    assert said.startswith("templates/page.html:3: E-TEMPLATE")
    assert "more than 1 s" in said


def test_a_page_that_wants_all_the_memory_is_told_at_its_line(
    theme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_MEMORY", 1 << 27)
    doubled = "{% set ns = namespace(x='aaaaaaaa') %}\n{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}"
    (theme / "page.html").write_text(doubled, "utf-8")
    said = problem(theme, Page("x/index.html"))
    assert said.startswith("templates/page.html:2: E-TEMPLATE")
    assert "of memory" in said


def test_loops_of_a_sites_own_templates_are_as_jinja_has_them(theme: Path) -> None:
    loops = (
        "{% for a in 'abc' %}{{ loop.index }}/{{ loop.length }}{% if not loop.last %},{% endif %}{% else %}x{% endfor %}"
        ";{% for a in [] %}a{% else %}none{% endfor %};{% for a, b in {'k': 1}.items() %}{{ a }}{{ b }}{% endfor %}"
        ";{% for a in [[1, [2]], [3]] recursive %}{% if a is iterable %}({{ loop(a) }}){% else %}{{ a }}{% endif %}{% endfor %}"
    )
    (theme / "page.html").write_text(loops, "utf-8")
    (page,) = made(theme, Page("x/index.html")).values()
    assert "1/3,2/3,3/3;none;k1;(1(2))(3)" == page
