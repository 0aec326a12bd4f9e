"""Any bytes as any kind of file: no traceback but a problem, no hang, nothing written, harmless HTML. tests/fuzz/run.py goes on."""

import itertools
from random import Random

import pytest
from fuzz.targets import RIGHT, TARGETS, TOKENS, at_most, broken, mixed, nothing_written, tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TEXTS = st.lists(st.one_of(st.sampled_from(TOKENS), st.text(max_size=4)), max_size=60).map("".join)
BOUNDED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
# Inputs at which something broke, and what was mended.
FOUND: list[tuple[str, bytes]] = [
    ("facts", b"&a \xe2\x84\x83\xe2\x80\x9d"),
    ("newspaper", b"onerror=title: " + b"\t" * 190 + b"x\xe3\x80\x82"),  # tabs that could be blanks or a name
    ("body", b"<pre><h1>a</h1></pre>\n\n## b"),  # headings that are no subheads: in code,
    ("body", b"# a <div><h1>b [[claim:x]]</h1></div>"),  # and in another
    # a number where a long run without a full stop is cut
    ("newspaper", f"签约项目\n\n{'甲' * 1190}达到三十二点五 包头市\n".encode()),
    ("newspaper", f"签约项目\n\n{'甲' * 1196}投资1,000亿元\n".encode()),
    # what could be a way through the pages of a site; many blanks behind a day
    ("newspaper", f"summary:{'>' * 82}\u3000*a万元──output_dir:  <![CDATA[（达到[)".encode()),
    ("newspaper", f"签约9个项目\n\n本报讯 3月1日{' ' * 4000}签约投资3亿元。\n".encode()),
    ("table", b"a\rM\n"),  # a carriage return alone,
    ("table", b'a,b\n"' + b"x" * 200_000 + b'",2\n'),  # a cell longer than the module csv reads
]


@pytest.mark.parametrize("name", TARGETS)
@given(text=TEXTS)
@BOUNDED
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    tried(name, text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=200))
@BOUNDED
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    tried(name, data)


@pytest.mark.parametrize("name", TARGETS)
def test_long_inputs_are_read_or_refused(name: str) -> None:
    for seed in range(20):
        tried(name, mixed(Random(seed), 400))  # noqa: S311  drawn from a seed


@pytest.mark.parametrize("name", TARGETS)
def test_right_files_are_read(name: str) -> None:
    assert all(tried(name, data) for data in RIGHT[name])


@pytest.mark.parametrize("name", TARGETS)
def test_right_files_with_a_few_pieces_broken_are_read_or_refused(name: str) -> None:
    for seed in range(60):
        tried(name, broken(Random(seed), name))  # noqa: S311  drawn from a seed


@pytest.mark.parametrize(("name", "data"), FOUND, ids=lambda each: repr(each)[:40])
def test_what_was_found_stays_mended(name: str, data: bytes) -> None:
    tried(name, data)


def test_what_is_written_is_noticed(tmp_path: object) -> None:
    with pytest.raises(AssertionError), nothing_written():
        open(f"{tmp_path}/x", "w").close()


def test_what_goes_on_for_ever_is_noticed() -> None:
    with pytest.raises(AssertionError, match="still at work"), at_most(1):
        any(False for _ in itertools.count())
