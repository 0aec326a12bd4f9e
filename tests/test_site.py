"""The project's own site as it is published: every page there and well formed, every link to something, nothing from
elsewhere, built without a network.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

from crawl import Crawl
from site_html import local, target, words
from sites import ROOT, copy_site, sitegen_process, tree

SHARED = ("index.html", "404.html", "about/index.html", "method/index.html", "articles/index.html", "charts/index.html",
          "places/index.html", "industries/index.html", "projects/index.html", "people/index.html",
          "checks/index.html", "data/index.html", "search/index.html")  # fmt: skip
ELSEWHERE = re.compile(r"(?:https?:)?//|data:|javascript:", re.IGNORECASE)


def test_every_page_type_is_built(crawl: Crawl) -> None:
    assert set(SHARED) <= crawl.pages.keys()
    used = {tie["industry"] for place in crawl.records["places"] for tie in place["industries"]}
    used |= {claim["industry"] for claim in crawl.records["claims"] if claim["industry"]}
    wanted = [f"articles/{article['id']}/index.html" for article in crawl.records["articles"]]
    wanted += [f"places/{place['name']}/index.html" for place in crawl.records["places"]]
    wanted += [f"industries/{industry}/index.html" for industry in used]
    assert len(wanted) > 20
    assert [] == [path for path in wanted if path not in crawl.pages]


def test_every_link_and_anchor_resolves_and_nothing_comes_from_elsewhere(crawl: Crawl) -> None:
    allowed = _outgoing(ROOT)
    checked = 0
    for path, page in crawl.pages.items():
        for chain in page.chains:
            element = chain[-1]
            for name, link in element.attrib.items():
                if name.rpartition("}")[2] not in ("href", "src", "action", "poster", "srcset", "data"):
                    continue
                if local(element) == "a" and link in allowed:
                    continue
                assert not ELSEWHERE.match(link), (path, link)
                there, anchor = target(path, link)
                assert there in crawl.files, (path, link)
                if anchor:
                    assert anchor in crawl.pages[there].by_id, (path, link)
                checked += 1
            assert "url(http" not in element.get("style", "")
            for used in re.findall(r"url\(#([^)]+)\)", element.get("style", "") + element.get("fill", "")):
                assert used in page.by_id, (path, used)
        assert not page.all("iframe", "object", "embed", "base")
    assert checked > 1000


def _outgoing(root: Path) -> set[str]:
    """Addresses elsewhere that the project's own content names; only they may be linked, and only by a link."""
    texts = [
        path.read_text("utf-8") for folder in ("content", "seeds") for path in (root / folder).rglob("*.*")
    ]
    return {link for text in texts for link in re.findall(r"https?://[^\s\"'<>)]+", text)}


def test_stylesheets_and_own_scripts_fetch_nothing_from_elsewhere(crawl: Crawl) -> None:
    own = {path: data.decode("utf-8") for path, data in crawl.files.items()
           if path.endswith((".css", ".js")) and not path.endswith("plotly.min.js")}  # fmt: skip
    assert {
        "assets/style.css",
        "assets/charts.css",
        "assets/site.js",
        "assets/search.js",
        "assets/charts.js",
    } <= own.keys()
    for path, text in own.items():
        assert [] == re.findall(r"@import|url\((?!#)[^)]*\)|https?://|\bfetch\(|XMLHttpRequest", text), path


def test_no_page_has_a_fault_of_form(crawl: Crawl) -> None:
    """Valid to the parser of browsers; one headline, a language, a title and a description of its own, ids unique."""
    for path, page in crawl.pages.items():
        assert (path, []) == (path, page.parsed[1])
        twice = sorted({id_ for id_ in page.ids if page.ids.count(id_) > 1})
        assert (path, []) == (path, twice)
        assert (path, 1) == (path, len(page.all("h1")))
        assert words(page.all("h1")[0]).strip()
        assert "zh-CN" == page.all("html")[0].get("lang")
        assert words(page.all("title")[0]).strip()
        said = [meta.get("content", "") for meta in page.all("meta") if meta.get("name") == "description"]
        assert (path, 1) == (path, len(said))
        assert said[0].strip()
        levels = [int(local(each)[1]) for each in page.all("h1", "h2", "h3", "h4")]
        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), (
            path,
            levels,
        )
        assert all("alt" in each.attrib for each in page.all("img")), path
        for described in (chain[-1] for chain in page.chains if chain[-1].get("aria-describedby")):
            assert described.get("aria-describedby") in page.by_id
        for labelled in (chain[-1] for chain in page.chains if chain[-1].get("aria-labelledby")):
            assert set(labelled.get("aria-labelledby", "").split()) <= page.by_id.keys()


def test_titles_tell_pages_apart(crawl: Crawl) -> None:
    titles: dict[str, list[str]] = {}
    for path, page in crawl.pages.items():
        titles.setdefault(words(page.root.find("head/title")), []).append(path)
    assert [] == [paths for paths in titles.values() if len(paths) > 1]


def test_the_feed_the_sitemap_and_robots_name_the_sites_pages(crawl: Crawl) -> None:
    import feedparser

    feed = feedparser.parse(crawl.files["feed.xml"])
    assert not feed.bozo
    assert b'xml:lang="zh-CN"' in crawl.files["feed.xml"]
    assert len(crawl.records["articles"]) == len(feed.entries) == len({entry.id for entry in feed.entries})
    for entry in feed.entries:
        assert unquote(entry.link) in crawl.files
        assert entry.updated_parsed
        assert entry.content[0].value.strip()
    listed = re.findall(r"<loc>([^<]+)</loc>", crawl.files["sitemap.xml"].decode("utf-8"))
    found = {path for path in crawl.files if path.endswith(".html") and not path.startswith("embed/")}
    assert found - {"404.html", "search/index.html"} == {unquote(path) for path in listed}
    assert len(listed) == len(set(listed))
    assert b"User-agent: *\nAllow: /\n" == crawl.files["robots.txt"]


NO_NETWORK = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise RuntimeError(f"wants the network: {arguments}")

sys.addaudithook(refuse)
sys.argv = ["sitegen", "build"]
from sitegen.cli import main
main()
"""


def test_a_build_needs_no_network(published: Path, tmp_path: Path) -> None:
    """Any address looked up ends the build; where the machine can do so, it is also cut off from every network."""
    alone = ["unshare", "--map-root-user", "--net"]
    can = shutil.which(alone[0]) is not None and 0 == subprocess.run([*alone, "true"], check=False).returncode
    assert can or os.environ.get("SITEGEN_BROWSER") != "required", (
        "unshare cannot cut a process off the network here"
    )
    for name in ("seeds", "content"):
        copy_site(ROOT / name, tmp_path / name)
    command = [*(alone if can else []), sys.executable, "-c", NO_NETWORK]
    done = sitegen_process(cwd=tmp_path, script=f"import os\nos.execvp({command[0]!r}, {command!r})")
    assert 0 == done.code, done.err
    assert tree(published) == tree(tmp_path / "build")
