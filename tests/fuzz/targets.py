"""What is fuzzed: each target takes any bytes as one kind of file, and either ends as it should or raises what is no SitegenError.

Used by tests/test_fuzz.py, a little in every run of the tests, and by tests/fuzz/run.py, for as long as one likes.
"""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any
from xml.etree import ElementTree

import yaml
from chart_facts import small
from harm import page_harm

from sitegen.charts import words as chart_words
from sitegen.charts.story import DataFile, StorySources, build_story
from sitegen.config import read_config
from sitegen.corrections import read_corrections
from sitegen.desk.entries import with_entry
from sitegen.documents import read_document
from sitegen.loaders import load
from sitegen.model import ChartBlock, Facts
from sitegen.pages.drawings import harm_of
from sitegen.problems import SitegenError
from sitegen.reading import read_page
from sitegen.reviews import apply_reviews, collect_reviews
from sitegen.site_words import SHAPES, read_words
from sitegen.store import dump_facts, load_facts
from sitegen.tables import build_tables
from sitegen.tables.files import LINE, read_csv


def _data(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))


TOKENS: tuple[str, ...] = tuple(_data("tokens.yml"))
SECONDS = 10  # for one input of a few thousand characters
# What is a problem of its own, so that nothing is published: a picture elsewhere, a mark that turns; and links to claims.
_TOLD = ("<img> loads", "a mark that turns", "<a> leads to claim:")
_POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'\">"
_KNOWN = read_page(
    "p.txt", "大会签约9个项目\n\n本报记者 赵一\n\n3月18日，达茂旗签约投资3.5亿元。\n".encode()
).facts[0]
_ARTICLE = load(
    "p.txt", "大会签约9个项目\n\n本报记者 赵一\n\n3月18日，达茂旗签约投资3.5亿元。\n".encode()
).articles[0]
_CSV = "年份,地区,产量\n2021,包头市,100.5\n2022,包头市,110\n2021,赤峰市,600\n".encode()
_TABLES, _WORDS = build_tables(small()), chart_words("zh-CN")
_ENTRY = {"verdict": "edited", "who": "a", "when": "2025-06-12", "fields": {"place": "包头市"}}
RIGHT: dict[str, list[bytes]] = {
    name: [text.encode() for text in texts] for name, texts in _data("right.yml").items()
} | {"facts": [dump_facts(_KNOWN).encode()]}


def _read(name: str, data: bytes) -> tuple[Facts, ...]:
    """What a page says. Raises SitegenError where it is refused; AssertionError where a number stands elsewhere than it says."""
    reading = read_page(name, data)
    assert not [each for each in reading.problems if each.code == "E-QUOTE"]
    if reading.problems:
        raise SitegenError(*reading.problems)
    return reading.facts


def newspaper(data: bytes) -> None:
    """A page of text."""
    _read("x.txt", data)


def web_page(data: bytes) -> None:
    """A saved page."""
    _read("x.html", data)


def article(data: bytes) -> None:
    """An article with front matter: what is published of its body is harmless."""
    for facts in _read("x.md", data):
        page = f"<!doctype html><html><head>{_POLICY}</head><body>{facts.article.html}</body></html>"
        found = [harm for harm in page_harm(page) if not harm.startswith(_TOLD)]
        assert not found, found


def body(data: bytes) -> None:
    """The same, with a front matter that is right."""
    article(b"---\ntitle: a\n---\n\n" + data)


def front_matter(data: bytes) -> None:
    """The same, with a body that is right."""
    article(b"---\n" + data + b"\n---\n\n\xe7\xad\xbe\xe7\xba\xa63\xe4\xba\xbf\xe5\x85\x83\xe3\x80\x82\n")


def settings(data: bytes) -> None:
    """site.yml."""
    read_config(_text(data), "site.yml")


def review(data: bytes) -> None:
    """A file of verdicts: those that are accepted can be applied and told."""
    text = _text(data)
    claim = _KNOWN.claims[0].id
    for each in (
        text,
        f"{claim}:\n  verdict: edited\n  who: a\n  when: '2025-01-02'\n  fields: {{{text}}}\n",
    ):
        verdicts, _ = collect_reviews({"r.yml": each})
        for facts in apply_reviews([_KNOWN], verdicts):
            for one in facts.claims:
                assert len(format(one.value, "f")) < 100


def correction(data: bytes) -> None:
    """corrections.yml."""
    read_corrections(_text(data), "corrections.yml")


def document(data: bytes) -> None:
    """Any YAML that people write."""
    read_document(_text(data), "x.yml", repeats=bool(data[:1] == b"&"))


def facts(data: bytes) -> None:
    """A file of facts that somebody edited: the bytes as they are, or put into a right one."""
    text = _text(data)
    right = dump_facts(_KNOWN)
    at = sum(data[:4]) * 7 % (len(right) + 1)
    for each in (text, right[:at] + text + right[at:]):
        try:
            load_facts(each, "f.yml", _ARTICLE)
        except SitegenError:
            continue


def drawing(data: bytes) -> None:
    """A picture of an editor's: a judgement comes back."""
    harm_of(data)


def chart(data: bytes) -> None:
    """A chart block in a text: a harmless drawing of the site's numbers or of a file."""
    page = load("x.md", b"---\ntitle: a\n---\n\n```chart\n" + data + b"\n```\n")
    if page.problems:
        raise SitegenError(*page.problems)
    for block in page.articles[0].charts:
        _drawn(block, _CSV)


def table(data: bytes) -> None:
    """A file of content/data, and a chart of its first and its last column."""
    heads = [str(head) for head in read_csv("grain.csv", data).columns if head != LINE] or ["a"]
    block = {"table": "grain.csv", "x": heads[0], "y": heads[-1], "unit": "吨", "source": "a", "title": "a"}
    text = f"---\ntitle: a\n---\n\n```chart\n{json.dumps(block, ensure_ascii=False)}\n```\n"
    for each in load("x.md", text.encode("utf-8", "surrogatepass")).articles:
        for chart in each.charts:
            _drawn(chart, data)


def _drawn(block: ChartBlock, csv: bytes) -> None:
    def file_of(name: str) -> DataFile | None:
        return DataFile(name, read_csv(name, csv)) if name == "grain.csv" else None

    drawn, problems = build_story(
        block, "a-1", "x.md", StorySources(_TABLES, _WORDS, file_of, ("grain.csv",))
    )
    if problems:
        raise SitegenError(*problems)
    assert drawn
    ElementTree.fromstring(drawn.svg)  # noqa: S314  our own


def words(data: bytes) -> None:
    """Each of the files of content/lexicon."""
    text, refused = _text(data), []
    for name in SHAPES:
        try:
            read_words({name: text})
        except SitegenError as error:
            refused += error.problems
    if {each.file for each in refused} == set(SHAPES):
        raise SitegenError(*refused)


def entry(data: bytes) -> None:
    """A file of verdicts at the desk: a verdict comes into it, is changed and goes, and every line about others stays."""
    text, claim = _text(data), "a1b2c3d4e5f-0f1e2d3c"
    if collect_reviews({"r.yml": text})[1]:
        raise SitegenError
    with_entry(with_entry(text, claim, _ENTRY, "r.yml"), claim, None, "r.yml")
    after = with_entry(
        with_entry(text, other := "b1b2c3d4e5f-0f1e2d3c", _ENTRY, "r.yml"), other, None, "r.yml"
    )
    assert text.split() == after.split(), (text, after)


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (
        newspaper,
        web_page,
        article,
        body,
        front_matter,
        settings,
        review,
        correction,
        document,
        facts,
        drawing,
        chart,
        table,
        words,
        entry,
    )
}


def _text(data: bytes) -> str:
    """As the program reads a file. Raises SitegenError for what is no UTF-8, as it does."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SitegenError from None


def tried(name: str, data: bytes) -> bool:
    """Give the bytes to a target; whether they were taken, not refused. Raises AssertionError for a hang or for anything that is
    written, and whatever is no SitegenError.
    """
    with nothing_written(), at_most(SECONDS):
        try:
            TARGETS[name](data)
        except SitegenError as error:
            for problem in error.problems:
                assert problem.code, problem
            return False
    return True


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Raises AssertionError, where the program then is, once it has taken so much of the processor's time."""

    def rung(_: int, where: FrameType | None) -> None:
        raise AssertionError(f"still at work after {seconds} s")

    before = signal.signal(signal.SIGVTALRM, rung)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


_writes: list[str] | None = None


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if _writes is None:
        return
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        _writes.append(str(arguments[0]))
    elif event in (
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.symlink",
        "os.system",
        "subprocess.Popen",
        "socket.connect",
    ):
        _writes.append(f"{event} {arguments}")


sys.addaudithook(_heard)


@contextmanager
def nothing_written() -> Iterator[None]:
    """Nothing may be written, run or called while it lasts."""
    global _writes  # an audit hook cannot be taken away again, so it asks whether it is wanted
    _writes = []
    try:
        yield
        assert not _writes, _writes
    finally:
        _writes = None


def mixed(random: Random, length: int) -> bytes:
    """Tokens of all kinds of files in any order, now and then cut, repeated or with bytes that are none."""
    parts = [random.choice(TOKENS) for _ in range(random.randrange(1, length))]
    if random.random() < 0.2:
        at = random.randrange(len(parts))
        parts[at] *= random.randrange(2, 200)
    data = "".join(parts).encode("utf-8", "surrogatepass")
    if random.random() < 0.2:
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.randbytes(random.randrange(1, 4)) + data[at:]
    return data if random.random() < 0.9 else data[: random.randrange(len(data) + 1)]


def broken(random: Random, name: str) -> bytes:
    """A right file of the target's kind with one to four pieces taken out, doubled, or put in."""
    data = random.choice(RIGHT[name]).decode()
    for _ in range(random.randrange(1, 5)):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.choice((0, 0, 1, 3, 20)))
        new = "".join(random.choice(TOKENS) for _ in range(random.randrange(4)))
        data = data[:at] + random.choice((new, data[at:end] * 2, "")) + data[end:]
    return data.encode("utf-8", "surrogatepass")
