"""The preview as a process of its own, and requests to it as a browser or somebody else would send them."""

import html
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sites import ROOT

WAIT = 30
_CARD = re.compile(r'<section class="verdict is-(\w+)" id="c-(\w+)".*?</section>', re.DOTALL)


class Answer(NamedTuple):
    """What came back. address: after redirects."""

    status: int
    text: str
    address: str


class Server(NamedTuple):
    """A running preview. url: its address."""

    site: Path
    url: str
    process: "subprocess.Popen[str]"

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of a page."""
        return self.ask(path, headers)[:2]

    def ask(self, path: str, headers: Mapping[str, str], form: Mapping[str, str] | None = None) -> Answer:
        """What a request brings; with a form it is a POST."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(self.url + path, data, dict(headers))
        try:
            with urllib.request.urlopen(request, timeout=WAIT) as answer:
                return Answer(answer.status, answer.read().decode(), answer.url)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(), error.url)

    def post(self, path: str, form: Mapping[str, str], **headers: str) -> Answer:
        """What a form of one of the preview's own pages brings; headers: what is different."""
        given = {"Origin": self.url.rstrip("/"), **headers}
        return self.ask(path, {name.replace("_", "-"): text for name, text in given.items()}, form)

    def until(self, path: str, wanted: str, *, gone: bool = False) -> str:
        """The page as soon as it holds the text; gone: as soon as it does not."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            text = self.get(path)[1]
            if (wanted in text) != gone:
                return text
            time.sleep(0.1)
        raise AssertionError(
            f"{wanted} did not {'go from' if gone else 'come up on'} {path}:\n{text[-2000:]}"
        )

    def quiet(self) -> None:
        """Come back when no build has ended for two seconds."""
        version, since, end = "", time.monotonic(), time.monotonic() + WAIT
        while time.monotonic() - since < 2:
            now = self.get("")[1].partition('data-version="')[2].partition('"')[0]
            if now != version:
                version, since = now, time.monotonic()
            assert time.monotonic() < end, "the preview is built again and again"
            time.sleep(0.2)


@contextmanager
def serving(site: Path, *options: str) -> Iterator[Server]:
    """`sitegen serve` on a free port, stopped in the end."""
    command = [sys.executable, "-m", "sitegen", "serve", "-p", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=site, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().strip()
        assert url.startswith("http://"), process.communicate()[1]
        yield Server(site, url, process)
    finally:
        process.terminate()
        process.communicate(timeout=WAIT)


class Desk:
    """The page of one article at the review desk. article: its id; title: a part of its title."""

    def __init__(self, server: Server, title: str) -> None:
        self.server = server
        rows = re.findall(r'<a href="/_review/(\w+)/">([^<]+)</a>', server.get("_review/")[1])
        self.article = next(id_ for id_, found in rows if title in found)
        self.reload()

    @property
    def path(self) -> str:
        return f"_review/{self.article}/"

    def reload(self) -> None:
        self.page = self.server.get(self.path)[1]
        self.cards = {found[2]: found for found in _CARD.finditer(self.page)}

    def hash_of(self, raw: str) -> str:
        return next(hash_ for hash_, found in self.cards.items() if f">{raw}</a>" in found[0])

    def form(self, raw: str, verdict: str, **entered: str) -> dict[str, str]:
        """The form of a number as a browser would send it, with what is entered."""
        card = self.cards[self.hash_of(raw)][0]
        inputs = re.findall(r'<input [^>]*?name="(\w+)"[^>]*? value="([^"]*)"', card)
        chosen = re.findall(r'<select [^>]*?name="(\w+)".*?<option value="(\w*)" selected>', card, re.DOTALL)
        given = {name: html.unescape(text) for name, text in (*inputs, *chosen)}
        return {**given, "verdict": verdict, "who": "李娜", **entered}

    def judge(self, raw: str, verdict: str, **entered: str) -> Answer:
        """Send the form of a number."""
        return self.server.post(self.path, self.form(raw, verdict, **entered))
