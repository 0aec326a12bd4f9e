"""The review desk in Chromium: by keyboard, by finger, without scripts, beside an editor who saves files."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, CLIPPED, FAINT, chromium
from serving import Server, serving
from sites import make_site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
LEAST_CONTRAST = 4.5
LEAST_TARGET = 24  # CSS pixels that a finger needs, as WCAG AA asks
CURRENT = ".verdict.current"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The preview of a site under version control."""
    site = make_site(tmp_path_factory.mktemp("desk") / "site")
    _git(site, "init", "-q")
    _git(site, "add", ".")
    _commit(site)
    _git(site, "tag", "first")
    with serving(site) as found:
        yield found


@pytest.fixture
def server(running: Server) -> Server:
    """The preview of the site as it was at first."""
    _git(running.site, "add", ".")
    if _git(running.site, "diff", "--cached", "--name-only", "first"):
        _git(running.site, "reset", "-q", "--hard", "first")
        running.quiet()
    return running


def _git(site: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=site, capture_output=True, text=True, check=True)
    return done.stdout


def _commit(site: Path) -> None:
    _git(site, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x")


def _changed(server: Server) -> tuple[list[str], int]:
    """The files that differ from the last commit, and how many lines came or went; then they are committed."""
    _git(server.site, "add", "content")
    rows = [line.split("\t") for line in _git(server.site, "diff", "--cached", "--numstat").splitlines()]
    _commit(server.site)
    return [name for _, _, name in rows], sum(int(new) + int(old) for new, old, _ in rows)


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    """The desk's page of the article with the most numbers, and what it complains of, which must be nothing."""
    found = browser.new_page(viewport={"width": 1280, "height": 900})
    heard: list[str] = []
    found.on("pageerror", lambda error: heard.append(str(error)))
    found.goto(server.url + "_review/")
    with found.expect_navigation():
        found.locator(".queue a", has_text="招商大会").click()
    yield found
    found.close()
    assert [] == heard


def _press(page: Any, key: str) -> None:
    """A key that sends a form, and the page that comes of it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_by_keyboard_alone_numbers_are_accepted_edited_rejected_questioned_and_taken_back(
    page: Any, server: Server
) -> None:
    raws = page.locator(".verdict h2 .n").all_inner_texts()
    page.locator("[name=who]").first.fill("")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert raws[0] == page.locator(f"{CURRENT} h2 .n").inner_text()
    assert raws[0] == page.locator(".text .current").inner_text()
    _press(page, "a")
    assert ("who", "true") == tuple(
        page.evaluate("[document.activeElement.name, document.activeElement.getAttribute('aria-invalid')]")
    )
    assert "" == _git(server.site, "status", "--porcelain", "content")
    page.keyboard.type("李娜")
    page.keyboard.press("Escape")
    _press(page, "a")
    name = _only(server, 5)
    assert raws[1] == page.locator(f"{CURRENT} h2 .n").inner_text()
    page.keyboard.press("e")
    page.locator(f"{CURRENT} [name=place]").fill("包头市")
    page.locator(f"{CURRENT} [name=status]").select_option("planned")
    page.locator(f"{CURRENT} [name=place]").press("Enter")  # a slip of the finger decides nothing
    assert "" == _git(server.site, "status", "--porcelain", "content")
    with page.expect_navigation():
        page.locator(f"{CURRENT} button[value=edited]").click()
    assert name == _only(server, 6)
    assert "包头市" in page.locator(".verdict.is-edited .was").last.inner_text()
    _press(page, "r")
    assert name == _only(server, 5)
    _press(page, "q")
    assert name == _only(server, 5)
    assert ["confirmed", "edited", "rejected", "questioned"] == page.eval_on_selector_all(
        ".verdict", "all => all.map(each => each.dataset.state)"
    )[:4]
    for _ in range(2 if len(raws) > 4 else 1):
        page.keyboard.press("k")
    _press(page, "u")
    assert name == _only(server, 5)


def _only(server: Server, lines: int) -> str:
    """The one file that changed, by so many lines at most."""
    names, count = _changed(server)
    assert len(names) == 1
    assert names[0].startswith("content/reviews/")
    assert 0 < count <= min(lines, 8)
    return names[0]


def test_the_page_comes_anew_when_a_file_is_saved_but_not_over_what_is_being_typed(
    page: Any, server: Server
) -> None:
    seed = server.site / "seeds/p01.txt"
    text = seed.read_text("utf-8")
    seed.write_text(text.replace("36.5亿元", "37.5亿元"), "utf-8")
    page.wait_for_selector(".text >> text=37.5亿元")
    page.locator(".verdict [name=why]").first.fill("我正在写")
    seed.write_text(text, "utf-8")
    page.wait_for_selector(".fresh:not([hidden])")
    assert "我正在写" == page.locator(".verdict [name=why]").first.input_value()
    page.locator(".fresh a").click()
    page.wait_for_selector(".text >> text=36.5亿元")


def test_what_is_typed_beside_one_number_stays_when_another_is_judged(page: Any) -> None:
    page.locator("[name=who]").first.fill("李娜")
    second = page.locator(".verdict").nth(1)
    second.locator("summary").click()
    second.locator("[name=place]").fill("包头市")
    second.locator("[name=why]").fill("原文说的是市")
    page.locator(".verdict").first.locator("button[value=confirmed]").focus()
    with page.expect_navigation():
        page.locator(".verdict").first.locator("button[value=confirmed]").click()
    second = page.locator(".verdict").nth(1)
    assert ("包头市", "原文说的是市") == tuple(
        second.locator(f"[name={name}]").input_value() for name in ("place", "why")
    )
    assert second.locator(".kept").is_visible()
    with page.expect_navigation():
        second.locator("button[value=rejected]").click()
    fault = page.locator(".verdict").nth(1).locator(".fault")
    assert "您改了下面的内容" in fault.inner_text()
    with page.expect_navigation():
        fault.locator(".drop").click()
    second = page.locator(".verdict").nth(1)
    assert "包头市" != second.locator("[name=place]").input_value()
    assert second.get_attribute("class").split()[-1] == "current"


def test_an_edit_is_cleared_saved_and_taken_back_by_keyboard(page: Any, server: Server) -> None:
    page.locator("[name=who]").first.fill("李娜")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    place = page.locator(f"{CURRENT} [name=place]")
    was = place.input_value()
    place.fill("包头市")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    assert was == place.input_value()
    place.fill("包头市")
    with page.expect_navigation():
        place.press("Control+Enter")
    _only(server, 6)
    assert "12个 已修改" == page.locator(".just b").inner_text()
    _press(page, "z")
    assert page.locator(".just").is_hidden()
    assert 0 == page.locator(".verdict.is-edited").count()
    _changed(server)


def test_only_what_is_asked_for_is_shown_and_gone_through(page: Any, server: Server) -> None:
    page.locator("[name=who]").first.fill("李娜")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    _press(page, "q")
    page.keyboard.press("f")
    page.keyboard.press("f")
    assert "存疑 1" == page.locator(".choose [aria-pressed=true]").inner_text()
    assert 1 == page.locator(".verdict:visible").count()
    page.reload()
    assert 1 == page.locator(".verdict:visible").count(), "the choice stays"
    page.locator(".choose [data-show=auto]").click()
    left = page.locator(".verdict:visible").count()
    assert page.locator(".verdict").count() - 1 == left
    for _ in range(left):
        page.keyboard.press("n")
        _press(page, "a")
    assert page.locator(".nothing").is_visible()
    before = page.url
    _press(page, "n")  # nothing is left here
    assert before.partition("#")[0] != page.url.partition("#")[0]
    _changed(server)


def test_a_verdict_and_a_saved_file_show_in_a_page_of_the_site_that_is_open(
    browser: Any, page: Any, server: Server
) -> None:
    article = page.url.rstrip("/").rpartition("/")[2]
    site = browser.new_page()
    site.goto(f"{server.url}articles/{article}/")
    page.locator(".verdict [name=who]").first.fill("李娜")
    with page.expect_navigation():
        page.locator(".verdict button[value=questioned]").first.click()
    site.wait_for_selector("text=编辑存疑", state="attached")
    template = server.site / "templates/article.html"
    template.parent.mkdir()
    (server.site / "content/site.yml").write_text('title: "改名"\n', "utf-8")
    site.wait_for_selector(".mast >> text=改名")
    template.write_text("<p>\n{{ nowhere }}\n", "utf-8")
    site.wait_for_selector("[role=alert] >> text=templates/article.html:2")
    assert site.locator("main .body").is_visible(), "the last good page stays below"
    page.wait_for_selector("[role=alert] >> text=templates/article.html:2")
    template.unlink()
    site.wait_for_selector("[role=alert]", state="detached")
    page.wait_for_selector("[role=alert]", state="detached")
    site.close()


def test_a_page_of_another_site_cannot_send_a_verdict(browser: Any, page: Any, server: Server) -> None:
    """With all that it could know, the token even: neither by a form nor by reading the page."""
    form = page.eval_on_selector(".verdict form", "form => Object.fromEntries(new FormData(form).entries())")
    context = browser.new_context()
    other = context.new_page()
    context.route(
        "http://evil.example/**",
        lambda route: route.fulfill(
            body=f"""<form method=post action="{page.url}">"""
            + "".join(
                f'<input name="{name}" value="{value}">' for name, value in {**form, "who": "x"}.items()
            )
            + '<button name="verdict" value="confirmed">x</button></form>',
            content_type="text/html",
        ),
    )
    other.goto("http://evil.example/")
    fetched = other.evaluate(
        "async (url) => { try { return await (await fetch(url)).text(); } catch (error) { return 'refused'; } }",
        page.url,
    )
    assert "refused" == fetched
    with other.expect_response("**/_review/**") as answer:
        other.locator("button").click()
    assert 403 == answer.value.status
    assert "" == _git(server.site, "status", "--porcelain", "content")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_word_can_be_read_and_every_button_be_hit(page: Any, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.keyboard.press("j")
    page.keyboard.press("e")
    faults = [page.evaluate(FAINT, LEAST_CONTRAST), page.evaluate(CLIPPED)]
    small = page.eval_on_selector_all(
        ".verdict button:not([hidden]), .verdict input:not([type=hidden]), .verdict select, .verdict summary",
        "(all, least) => all.filter(each => each.checkVisibility() && each.getBoundingClientRect().height < least)"
        ".map(each => each.outerHTML)",
        LEAST_TARGET,
    )
    assert [[], [], []] == [*faults, small]
    unnamed = page.eval_on_selector_all(
        ".verdict :is(input:not([type=hidden]), select)",
        "all => all.filter(each => !each.labels.length || !each.labels[0].textContent.trim()).length",
    )
    assert 0 == unnamed
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_a_number_leads_to_its_form_and_the_form_works(
    browser: Any, page: Any, server: Server
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    plain = context.new_page()
    plain.goto(page.url.partition("#")[0])
    plain.locator(".text a.n").nth(1).click()
    card = plain.locator(".verdict:target")
    assert plain.locator(".text a.n").nth(1).inner_text() == card.locator("h2 .n").inner_text()
    card.locator("summary").click()
    card.locator("[name=who]").fill("李娜")
    card.locator("[name=value]").fill("三亿")
    card.locator("button[value=edited]").click()
    wrong = plain.locator("[aria-invalid]")
    assert ("value", "三亿") == (wrong.get_attribute("name"), wrong.input_value())
    wrong.fill("300000000")
    with plain.expect_navigation():
        plain.locator("details[open] button[value=edited]").click()
    assert 1 == plain.locator(".verdict.is-edited").count()
    assert server.site.joinpath(_only(server, 6)).is_file()
    context.close()
