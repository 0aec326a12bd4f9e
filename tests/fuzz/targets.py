"""What is fuzzed: each target takes any bytes as one kind of file, and either ends as it should or raises what is no SitegenError.

Used by tests/test_fuzz.py, a little in every run of the tests, and by tests/fuzz/run.py, for as long as one likes.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import yaml
from harm import page_harm

from sitegen.config import read_config
from sitegen.corrections import read_corrections
from sitegen.documents import read_document
from sitegen.loaders import load
from sitegen.pages.drawings import harm_of
from sitegen.problems import SitegenError
from sitegen.reading import read_page
from sitegen.reviews import apply_reviews, collect_reviews
from sitegen.store import dump_facts, load_facts

TOKENS: tuple[str, ...] = tuple(yaml.safe_load((Path(__file__).parent / "tokens.yml").read_text("utf-8")))
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


def newspaper(data: bytes) -> None:
    """A page of text: every number stands where its claim says."""
    read_page("x.txt", data)


def web_page(data: bytes) -> None:
    """A saved page."""
    read_page("x.html", data)


def article(data: bytes) -> None:
    """An article with front matter: what is published of its body is harmless."""
    for facts in read_page("x.md", data).facts:
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
    )
}


def _text(data: bytes) -> str:
    """As the program reads a file. Raises SitegenError for what is no UTF-8, as it does."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SitegenError from None


def tried(name: str, data: bytes) -> None:
    """Give the bytes to a target. Raises AssertionError for a hang or for anything that is written, and whatever is no SitegenError."""
    began = time.monotonic()
    with nothing_written():
        try:
            TARGETS[name](data)
        except SitegenError as error:
            for problem in error.problems:
                assert problem.code, problem
    took = time.monotonic() - began
    assert took < SECONDS, f"{name}: {took:.1f} s for {len(data)} bytes"


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
