"""The review desk over HTTP, as forms without scripts use it: what it shows, what it writes, what it refuses."""

import os
import re
import shutil
import urllib.request
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from serving import Desk, Server, serving
from sites import make_site, tree

from sitegen.lock import locked
from sitegen.reviews import SPANS, wrong_field


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(make_site(tmp_path_factory.mktemp("desk") / "site")) as found:
        yield found


@pytest.fixture
def server(running: Server) -> Server:
    """The preview of a site without any verdicts."""
    shutil.rmtree(running.site / "content/reviews", ignore_errors=True)
    return running


@pytest.fixture
def desk(server: Server) -> Desk:
    return Desk(server, "招商大会")


def changes(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, list[str]]:
    """By file, the lines that went and came."""
    found = {}
    for name in sorted(before.keys() | after.keys()):
        old, new = (each.get(name, b"").decode().splitlines(keepends=True) for each in (before, after))
        lines = [line for line in unified_diff(old, new, n=0) if not line.startswith(("---", "+++", "@@"))]
        if lines:
            found[name] = lines
    return found


def test_the_list_counts_what_waits_and_leads_to_each_article(desk: Desk) -> None:
    page = desk.server.get("_review/")[1]
    rows = dict(
        re.findall(r'<a href="/_review/(\w+)/">.*?<td class="num open[^>]*>(\d+)</td>', page, re.DOTALL)
    )
    assert str(len(desk.cards)) == rows[desk.article]
    desk.judge("36.5亿元", "questioned", why="口径不明")
    page = desk.server.get("_review/")[1]
    row = page.partition(f"/_review/{desk.article}/")[2].partition("</tr>")[0]
    assert ["0", "1", str(len(desk.cards) - 1), str(len(desk.cards))] == re.findall(r">(\d+)</td>", row)
    assert desk.server.ask(desk.path.rstrip("/"), {}).address.endswith(desk.path)


def test_an_article_stands_there_with_every_number_marked_and_its_fields_beside_it(desk: Desk) -> None:
    marks = re.findall(r'<a class="n \w+ is-auto[^"]*" id="m-(\w+)" href="#c-\1">([^<]+)</a>', desk.page)
    assert [*desk.cards] == [hash_ for hash_, _ in marks]
    assert {"12个", "36.5亿元", "8个", "6个", "8%"} <= {raw for _, raw in marks}
    plain = re.sub(r"<[^>]+>", "", desk.page)
    assert "大会共签约项目12个,签约投资36.5亿元" in plain.replace("，", ",")
    form = desk.form("36.5亿元", "edited")
    assert ("3650000000", "CNY", "signing", "actual", "exact", "签约投资") == tuple(
        form[name] for name in ("value", "unit", "kind", "status", "bound", "label")
    )
    assert {"of", "place", "period", "per", "value_max", "industry", "subject", "speaker"} <= form.keys()


def test_pages_of_the_preview_lead_to_the_desk(desk: Desk) -> None:
    assert f'href="/{desk.path}"' in desk.server.get(f"articles/{desk.article}/")[1]
    assert 'href="/_review/"' in desk.server.get("places/")[1]


@pytest.mark.parametrize(
    ("verdict", "entered", "lines"),
    [
        ("confirmed", {}, ['  who: "李娜"']),
        ("rejected", {"why": "是“去年”的"}, ["  verdict: rejected", '  why: "是“去年”的"']),
        ("questioned", {}, ["  verdict: questioned"]),
        (
            "edited",
            {"status": "planned", "place": "", "why": "意向"},
            ["  verdict: edited", '  fields: {status: "planned", place: null}'],
        ),
    ],
)
def test_a_verdict_is_one_file_and_eight_lines_at_most_and_leads_on(
    desk: Desk, verdict: str, entered: dict[str, str], lines: list[str]
) -> None:
    before = tree(desk.server.site)
    answer = desk.judge("36.5亿元", verdict, **entered)
    found = changes(before, tree(desk.server.site))
    assert [f"content/reviews/{desk.article}.yml"] == [*found]
    (changed,) = found.values()
    assert len(changed) <= 8
    assert all(f"+{line}\n" in changed for line in lines)
    assert 200 == answer.status
    order = [*desk.cards]
    assert order[order.index(desk.hash_of("36.5亿元")) + 1] == urlsplit(answer.address).fragment.removeprefix(
        "c-"
    )
    assert f'is-{verdict}" id="c-{desk.hash_of("36.5亿元")}"' in answer.text


def test_what_others_wrote_keeps_every_byte(desk: Desk) -> None:
    """A second verdict on the article goes beside the first, wherever that is; comments, quotation marks, CRLF stay, and so does
    who may write the file.
    """
    file = desk.server.site / "content/reviews/june.yml"
    file.parent.mkdir()
    text = f"# by hand\r\n{desk.article}-{desk.hash_of('8个')}:\r\n    who: 'x'   # he\r\n    verdict: confirmed\r\n    when: 2025-06-12\r\n"
    file.write_bytes(text.encode())
    file.chmod(0o660)
    desk.reload()
    before = tree(desk.server.site)
    desk.judge("36.5亿元", "confirmed")
    found = changes(before, tree(desk.server.site))
    assert ["content/reviews/june.yml"] == [*found]
    assert file.read_bytes().startswith(text.encode())
    assert 5 == file.read_bytes().removeprefix(text.encode()).count(b"\r\n")
    assert 0o660 == file.stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("entered", "field", "said"),
    [
        ({"value": "三十亿"}, "value", "请用阿拉伯数字写"),
        ({"value": "1e999999999"}, "value", "请用阿拉伯数字写"),
        ({"value_max": "NaN"}, "value_max", "请用阿拉伯数字写"),
        ({"value": ""}, "value", "这一项不能空着"),
        ({"label": " "}, "label", "这一项不能空着"),
        ({"unit": "两银子"}, "unit", "没有这个单位"),
        ({"period": "去年"}, "period", "请写成 2025、2025-06"),
        ({"place": "包头市/呼和浩特市"}, "place", "只写一个地点"),
        ({"industry": "乳业"}, "industry", "没有这个产业编号"),
        ({"kind": "money"}, "kind", "请在所列各项中选"),
        ({"place": "包头市", "who": ""}, "who", "请填上您的名字"),
        ({"place": "包头市" * 200}, "place", "太长了"),
        ({}, "fields", "没有一处与程序的读法不同"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_written(
    desk: Desk, entered: dict[str, str], field: str, said: str
) -> None:
    before = tree(desk.server.site)
    answer = desk.judge("36.5亿元", "edited", **entered)
    hash_ = desk.hash_of("36.5亿元")
    assert 422 == answer.status
    assert re.search(rf'id="w-{hash_}-{field}">{said}', answer.text)
    assert (field == "fields") != (f'aria-describedby="w-{hash_}-{field}"' in answer.text)
    assert 1 == answer.text.count('class="wrong"')
    if entered.get("place"):
        assert entered["place"] in answer.text, "what was entered is still there"
    assert before == tree(desk.server.site)


def test_a_changed_field_is_not_lost_by_pressing_accept(desk: Desk) -> None:
    answer = desk.judge("36.5亿元", "confirmed", place="包头市")
    assert (422, True) == (answer.status, "您改了下面的内容" in answer.text)
    assert not (desk.server.site / "content/reviews").exists()


@pytest.mark.parametrize("verdict", ["rejected", "questioned"])
def test_a_changed_field_is_not_lost_by_pressing_another_verdict(desk: Desk, verdict: str) -> None:
    answer = desk.judge("36.5亿元", verdict, place="包头市", why="口径不明")
    assert (422, True) == (answer.status, "您改了下面的内容" in answer.text)
    assert 'value="包头市"' in answer.text
    assert 'value="口径不明"' in answer.text
    assert not (desk.server.site / "content/reviews").exists()


def test_an_edited_number_can_be_rejected_and_taken_back_but_not_over_what_is_typed(desk: Desk) -> None:
    """What the form shows of an earlier edit is nothing that was typed."""
    desk.judge("36.5亿元", "edited", place="包头市", value_max="4000000000.0")
    for verdict, entered in (
        ("undo", {"place": "呼和浩特市"}),
        ("undo", {"why": "错了"}),
        ("rejected", {"of": "a"}),
    ):
        desk.reload()
        before = tree(desk.server.site)
        assert 422 == desk.judge("36.5亿元", verdict, **entered).status
        assert before == tree(desk.server.site)
    assert 200 == desk.judge("36.5亿元", "rejected").status
    desk.reload()
    assert "verdict is-rejected" in desk.cards[desk.hash_of("36.5亿元")][0]
    assert 200 == desk.judge("36.5亿元", "undo").status


def test_per_is_a_choice_of_what_a_claim_can_have(desk: Desk) -> None:
    card = desk.cards[desk.hash_of("36.5亿元")][0]
    offered = re.search(r'name="per">(.*?)</select>', card, re.DOTALL)
    assert offered
    values = re.findall(r'value="([^"]*)"', offered[1])
    assert ["", *SPANS] == values[: len(SPANS) + 1]
    assert all(not wrong_field("per", value or None) for value in values)
    answer = desk.judge("36.5亿元", "edited", per="每人")
    assert (422, True) == (answer.status, "请在所列各项中选" in answer.text)
    assert 200 == desk.judge("36.5亿元", "edited", per="year").status


def test_a_card_prints_its_number_once_and_its_reading_where_that_says_more(desk: Desk) -> None:
    for raw, times in (("36.5亿元", 1), ("8%", 2)):  # 至少8%
        card = desk.cards[desk.hash_of(raw)][0]
        assert times == card.partition("<h2>")[2].partition('<p class="quote">')[0].count(raw)


def test_the_list_says_how_far_one_is_and_shows_only_what_is_asked_for(desk: Desk) -> None:
    desk.judge("36.5亿元", "questioned")
    page = desk.server.get("_review/")[1]
    assert "已审 1 个" in page
    for only, titles in (("questioned", 1), ("open", 2), ("doubted", 0), ("x", 2)):
        page = desk.server.get(f"_review/?only={only}")[1]
        assert titles == page.count('<th scope="row">'), only


def test_an_article_leads_to_the_next_with_something_to_do(desk: Desk) -> None:
    onward = re.search(r'<p class="onward">.*?href="/_review/(\w+)/"', desk.page, re.DOTALL)
    assert onward
    assert onward[1] != desk.article
    other = Desk(desk.server, "光伏装机")
    assert other.article == onward[1]
    for hash_ in list(other.cards):
        raw = re.search(r'<a class="n[^>]*>([^<]+)</a>', other.cards[hash_][0])
        assert raw
        other.judge(raw[1], "confirmed")
        other.reload()
    desk.reload()
    assert '<p class="onward"><a href="/_review/">' in desk.page
    assert "这一篇的数字都审过了" in other.page


def test_an_edited_number_is_shown_as_edited_and_can_be_edited_again(desk: Desk) -> None:
    desk.judge("36.5亿元", "edited", place="包头市", period="2024")
    desk.reload()
    assert ("包头市", "2024") == tuple(desk.form("36.5亿元", "edited")[name] for name in ("place", "period"))
    before = tree(desk.server.site)
    desk.judge("36.5亿元", "edited", place="呼和浩特市")
    (changed,) = changes(before, tree(desk.server.site)).values()
    assert ['+  fields: {period: "2024", place: "呼和浩特市"}\n'] == [
        line for line in changed if line[0] == "+"
    ]


def test_a_verdict_that_somebody_else_wrote_meanwhile_is_seen_and_not_overwritten(desk: Desk) -> None:
    file = desk.server.site / f"content/reviews/{desk.article}.yml"
    file.parent.mkdir()
    text = (
        f'{desk.article}-{desk.hash_of("36.5亿元")}: {{verdict: rejected, who: 王五, when: "2025-06-12"}}\n'
    )
    file.write_text(text, "utf-8")
    answer = desk.judge("36.5亿元", "confirmed", why="我看过")
    assert (409, text) == (answer.status, file.read_text("utf-8"))
    assert "刚刚在别处改过" in answer.text
    assert "王五" in answer.text
    assert "我看过" in answer.text
    assert 409 == desk.judge("36.5亿元", "edited", place="包头市").status
    desk.reload()
    assert 200 == desk.judge("36.5亿元", "confirmed", why="我看过").status
    assert 'verdict: confirmed, who: "李娜"' in file.read_text("utf-8")


def test_a_file_that_was_saved_meanwhile_keeps_what_was_saved(desk: Desk) -> None:
    """The page is old, but what it says of this number still holds: both changes stand."""
    desk.judge("12个", "confirmed")
    desk.reload()
    file = desk.server.site / f"content/reviews/{desk.article}.yml"
    saved = (
        file.read_text("utf-8")
        + f'\n# added by hand\n{desk.article}-{desk.hash_of("6个")}: {{verdict: questioned, who: 王五, when: "2025-06-12"}}\n'
    )
    file.write_text(saved, "utf-8")
    assert 200 == desk.judge("36.5亿元", "rejected").status
    assert file.read_text("utf-8").startswith(saved)


def test_undo_brings_back_every_byte_and_then_the_verdict_before(desk: Desk) -> None:
    before = tree(desk.server.site)
    desk.judge("36.5亿元", "confirmed")
    desk.reload()
    first = tree(desk.server.site)
    desk.judge("36.5亿元", "rejected", why="不对")
    desk.reload()
    assert desk.judge("36.5亿元", "undo").address.endswith(f"#c-{desk.hash_of('36.5亿元')}")
    assert first == tree(desk.server.site)
    desk.reload()
    desk.judge("36.5亿元", "undo")
    assert before == tree(desk.server.site)


def test_undo_takes_back_one_verdict_only_where_others_have_written_since(desk: Desk) -> None:
    desk.judge("12个", "questioned")
    alone = tree(desk.server.site)
    desk.judge("36.5亿元", "confirmed")
    desk.judge("6个", "confirmed")
    desk.reload()
    desk.judge("6个", "undo")
    desk.reload()
    assert 200 == desk.judge("36.5亿元", "undo").status
    assert alone == tree(desk.server.site)


def test_the_preview_is_built_anew_after_a_verdict(desk: Desk) -> None:
    article = f"articles/{desk.article}/"
    desk.server.until(article, "编辑存疑", gone=True)
    desk.judge("36.5亿元", "questioned")
    desk.server.until(article, "编辑存疑")
    desk.reload()
    desk.judge("36.5亿元", "undo")
    desk.server.until(article, "编辑存疑", gone=True)


@pytest.mark.parametrize(
    ("headers", "form"),
    [
        ({"Origin": "http://evil.example"}, {}),
        ({"Origin": "http://127.0.0.1:1"}, {}),
        ({"Origin": "null"}, {}),
        ({"Origin": ""}, {}),
        ({"Sec_Fetch_Site": "cross-site"}, {}),
        ({"Sec_Fetch_Site": "same-site"}, {}),
        ({}, {"token": "x"}),
        ({}, {"token": ""}),
        ({}, {"token": "é"}),
    ],
)
def test_a_form_of_another_site_is_refused(desk: Desk, headers: dict[str, str], form: dict[str, str]) -> None:
    before = tree(desk.server.site)
    answer = desk.server.post(desk.path, {**desk.form("36.5亿元", "confirmed"), **form}, **headers)
    assert (403, before) == (answer.status, tree(desk.server.site))
    assert "token" not in answer.text


def test_a_form_without_an_origin_is_refused(desk: Desk) -> None:
    answer = desk.server.ask(desk.path, {}, desk.form("36.5亿元", "confirmed"))
    assert (403, False) == (answer.status, (desk.server.site / "content/reviews").exists())


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example"])
def test_a_name_that_somebody_points_at_this_machine_is_refused(desk: Desk, host: str) -> None:
    """Reading, which would give the token away, and writing."""
    form = desk.form("36.5亿元", "confirmed")
    assert 400 == desk.server.ask(desk.path, {"Host": host})[0]
    answer = desk.server.post(desk.path, form, Host=host, Origin=f"http://{host}")
    assert (400, False) == (answer.status, (desk.server.site / "content/reviews").exists())


def test_other_kinds_of_requests_are_refused(desk: Desk) -> None:
    form = desk.form("36.5亿元", "confirmed")
    assert 415 == desk.server.post(desk.path, form, Content_Type="text/plain").status
    assert 413 == desk.server.post(desk.path, {**form, "why": "x" * 100_000}).status
    assert 400 == desk.server.post(desk.path, {f"f{n}": "" for n in range(100)}).status
    assert 405 == desk.server.post("_review/", form).status
    assert not (desk.server.site / "content/reviews").exists()


@pytest.mark.parametrize(
    "claim",
    ["../../x", "a0000000000-00000000", "", "a: 1\nb", "{article}-00000000", "{article}", "{article}-../x"],
)
def test_a_number_that_is_not_in_the_article_is_refused(desk: Desk, claim: str) -> None:
    form = desk.form("36.5亿元", "confirmed", claim=claim.format(article=desk.article))
    before = tree(desk.server.site)
    assert (404, before) == (desk.server.post(desk.path, form).status, tree(desk.server.site))


@pytest.mark.parametrize(
    "article", ["..", "%2e%2e", "..%2f..%2fcontent", "nothing", "-/../list.html", "-/frame.html"]
)
def test_an_article_that_is_not_there_is_not_found(desk: Desk, article: str) -> None:
    assert 404 == desk.server.get(f"_review/{article}/")[0]
    assert desk.server.post(f"_review/{article}/", desk.form("36.5亿元", "confirmed")).status in (404, 405)
    assert not (desk.server.site / "content/reviews").exists()


def test_a_link_out_of_the_reviews_is_not_written_through(desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("# not of this site\n", "utf-8")
    folder = desk.server.site / "content/reviews"
    folder.mkdir()
    link = folder / f"{desk.article}.yml"
    link.symlink_to(outside)
    answer = desk.judge("36.5亿元", "confirmed")
    assert (503, True) == (answer.status, "leads out of the site" in answer.text)
    shutil.rmtree(folder)
    folder.symlink_to(tmp_path, target_is_directory=True)
    assert 503 == desk.judge("36.5亿元", "confirmed").status
    folder.unlink()
    assert "# not of this site\n" == outside.read_text("utf-8")
    assert ["outside.yml"] == os.listdir(tmp_path)


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(desk: Desk) -> None:
    file = desk.server.site / "content/reviews/broken.yml"
    file.parent.mkdir()
    file.write_text("a: {\n", "utf-8")
    before = tree(desk.server.site)
    answer = desk.judge("36.5亿元", "confirmed")
    assert (503, before) == (answer.status, tree(desk.server.site))
    assert "broken.yml:2" in answer.text
    assert "36.5亿元" in answer.text


def test_a_verdict_waits_for_a_run_that_holds_the_site_and_says_so_in_the_end(desk: Desk) -> None:
    with locked(desk.server.site):
        answer = desk.judge("36.5亿元", "confirmed")
    assert (503, True) == (answer.status, "another run works on this site" in answer.text)
    assert not (desk.server.site / "content/reviews").exists()
    assert 200 == desk.judge("36.5亿元", "confirmed").status


def test_nobody_can_frame_a_page_or_keep_it(desk: Desk) -> None:
    with urllib.request.urlopen(desk.server.url + desk.path) as answer:
        headers = answer.headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert ("no-store", "DENY") == (headers["Cache-Control"], headers["X-Frame-Options"])


def test_the_desk_is_off_where_other_machines_are_let_in(server: Server) -> None:
    desk = Desk(server, "招商大会")
    with serving(server.site, "--host", "0.0.0.0", "--no-livereload") as open_to_all:  # noqa: S104  that is the case
        port = open_to_all.url.rstrip("/").rpartition(":")[2]
        reached = open_to_all._replace(url=f"http://127.0.0.1:{port}/")
        status, home = reached.get("")
        assert (200, False) == (status, "_review" in home)
        status, text = reached.get(desk.path)
        assert (403, True) == (status, "审读台只对本机开放" in text)
        assert 403 == reached.post(desk.path, desk.form("36.5亿元", "confirmed")).status
    assert not (server.site / "content/reviews").exists()


def test_without_livereload_a_verdict_still_builds_the_preview(tmp_path: Path) -> None:
    with serving(make_site(tmp_path / "site"), "--no-livereload", "--host", "localhost") as found:
        desk = Desk(found, "招商大会")
        desk.judge("36.5亿元", "questioned")
        found.until(f"articles/{desk.article}/", "编辑存疑")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost:9000", "[::1]", "[::1]:9000"])
def test_every_name_of_this_machine_is_known(server: Server, name: str) -> None:
    assert [200, 200] == [server.ask(path, {"Host": name}).status for path in ("", "_review/")]
