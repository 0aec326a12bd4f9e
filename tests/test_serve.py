"""The preview as a process of its own: drafts, reload, the last good page under an error, nothing written."""

import asyncio
import json
import os
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import WAIT, Server, serving
from sites import make_site, sitegen, tree

from sitegen.pipeline import Report
from sitegen.problems import Problem, SitegenError
from sitegen.run import Early
from sitegen.serve import Preview
from sitegen.workspace import Workspace, open_site


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    site = make_site(tmp_path_factory.mktemp("serve") / "site")
    sitegen("new", "article", "草稿", cwd=site)
    with serving(site) as found:
        yield found


def test_pages_are_served_as_they_will_stand_with_drafts(server: Server) -> None:
    status, home = server.get("")
    assert (200, True) == (status, "试验账本" in home)
    assert "草稿" in server.get("articles/")[1]
    assert "草稿" in server.get("articles")[1]
    assert 404 == server.get("nothing/here/")[0]
    assert "包头市" in server.get("places/%E5%8C%85%E5%A4%B4%E5%B8%82/")[1]
    records = json.loads(server.get("data/facts.json")[1])
    assert 3 == len(records["articles"])


def test_nothing_is_written_into_the_site(server: Server) -> None:
    assert {"content", "seeds"} == set(os.listdir(server.site))
    assert not (server.site / "content/facts").exists()


def test_another_host_name_is_refused(server: Server) -> None:
    """A page elsewhere must not read drafts through a name that it points at this machine."""
    assert 400 == server.get("", Host="evil.example")[0]


def test_a_way_out_of_the_site_is_not_found(server: Server) -> None:
    assert 404 == server.get("..%2f..%2fcontent/site.yml")[0]
    assert 404 == server.get("../content/site.yml")[0]


def test_an_error_lies_over_the_last_good_page_and_a_repair_reloads_it(server: Server) -> None:
    before = tree(server.site)
    template = server.site / "templates/home.html"
    template.parent.mkdir()
    # A folder that was not there when the preview began is found by the next change in the others.
    config = server.site / "content/site.yml"
    config.write_text('title: "改名"\n', encoding="utf-8")
    server.until("", "改名")
    template.write_text("<p>\n{{ nowhere.to }}\n</p>\n", encoding="utf-8")
    page = server.until("", "E-TEMPLATE-UNDEFINED")
    assert "templates/home.html:2" in page
    assert "改名" in page
    version = page.split('data-version="')[1].split('"')[0]
    with urllib.request.urlopen(f"{server.url}__sitegen/events?version={version}", timeout=WAIT) as events:
        template.unlink()
        saved = time.monotonic()
        line = next(line for line in events if line.startswith(b"event:"))
        waited = time.monotonic() - saved
    assert b"event: built\n" == line
    assert waited < WAIT
    assert "E-TEMPLATE-UNDEFINED" not in server.get("")[1]
    config.write_bytes(before["content/site.yml"])
    template.parent.rmdir()
    server.until("", "试验账本")
    assert before == tree(server.site)


def test_a_port_that_is_taken_is_one_line_and_exit_2(server: Server) -> None:
    port = server.url.rstrip("/").rpartition(":")[2]
    done = sitegen("serve", "-p", port, cwd=server.site)
    assert (2, "", 1) == (done.code, done.out, len(done.err.splitlines()))
    assert f"127.0.0.1:{port} cannot be had" in done.err


def test_at_the_event_that_tells_of_an_edit_the_page_has_it_and_keeps_it(server: Server) -> None:
    """While the rest of its build goes on and when that has ended."""
    path = server.site / "content/articles/2025-04-02-pv.md"
    text = path.read_text("utf-8")
    server.quiet()
    before = server.get("articles/")[1].partition('data-version="')[2].partition('"')[0]
    path.write_text(text.replace("又上台阶", "再上台阶"), "utf-8")
    assert "event: built" in server.get(f"__sitegen/events?version={before}")[1]
    assert "再上台阶" in server.get("articles/")[1]
    server.quiet()
    assert "再上台阶" in server.get("articles/")[1]
    path.write_text(text, "utf-8")
    server.until("articles/", "又上台阶")


@pytest.mark.parametrize("fails", [False, True], ids=["good", "wrong"])
def test_pages_are_seen_before_their_build_has_ended(fails: bool, tmp_path: Path) -> None:
    """The version that an open page waits for rises when there is something to see, and again when all of it is."""
    site, end = open_site(make_site(tmp_path / "site"), tmp_path), threading.Event()
    old, new = ({"index.html": text, "a.csv": b"1"} for text in (b"<body>old</body>", b"<body>new</body>"))

    def build(early: Early) -> tuple[Workspace, Report]:
        early(lambda before: {**before, "index.html": new["index.html"]})
        assert end.wait(WAIT)
        if fails:
            raise SitegenError(Problem("a.md", 1, 0, "E-LINK", "leads nowhere", "mend it"))
        return site, Report(new, (), {}, 1, 1, 0, (), (), 0.0)

    def home(preview: Preview) -> str:
        found = preview.page("")
        assert found is not None
        return found[2].decode()

    async def edit() -> None:
        preview = Preview(build, site, Report(old, (), {}, 1, 1, 0, (), (), 0.0), version=7)
        task = asyncio.create_task(preview.renew())
        async with asyncio.timeout(WAIT), preview.changed:
            await preview.changed.wait()
        assert (8, True, False) == (preview.version, "new" in home(preview), task.done())
        assert preview.page("a.csv") == (200, "text/csv", b"1")
        end.set()
        await task
        assert 9 == preview.version
        assert ("old" if fails else "new", fails) == (
            "old" if "old" in home(preview) else "new",
            "leads nowhere" in home(preview),
        )

    asyncio.run(edit())
