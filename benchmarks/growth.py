"""How the time and the memory of a page grow with its length: python benchmarks/growth.py [words of a case's name ...].

Each case is loaded and read at two sizes, the second four times the first. Printed are the processor seconds of both, the
ratio of the times per character (1 is linear growth, 4 is quadratic) and the most memory that the program held with the
larger one, words and all. Nothing here is asserted.
"""

import resource
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from sitegen.extract import extract
from sitegen.loaders import load
from sitegen.problems import SitegenError

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 60  # processor seconds of a case
STEP = 4  # the second size is so many times the first
PROSE = "全市新能源产业产值达到1234.5亿元，同比增长8.7%，其中风电装机300万千瓦，新增就业2.1万人"
NUMBER = "投资五亿元建设项目"


def newspaper(size: int) -> str:
    """Pages of the gold sets one after the other, with at least so many characters."""
    pages = [path.read_text("utf-8") for path in sorted(ROOT.glob("tests/gold/*/*.txt"))]
    text = "\n\n".join(pages)
    return "\n\n".join([text] * (size // len(text) + 1))[:size]


def table(rows: int) -> str:
    """A Markdown table of so many rows."""
    return "| 项目 | 投资（亿元） | 增长 |\n|---|---|---|\n" + "| 风电项目 | 12.5 | 8.7% |\n" * rows


def words_of(text: str) -> str:
    """The same table as it is printed in a newspaper."""
    return text.replace("|---|---|---|\n", "").replace("|", "")


# name of the file, larger size, size → text
CASES: dict[str, tuple[str, int, Callable[[int], str]]] = {
    "newspaper page of 5 MB": ("a.txt", 1_700_000, newspaper),
    "one article of 5 MB": ("a.md", 1_700_000, lambda n: f"{PROSE}。{PROSE}。\n\n" * (n // len(PROSE) // 2)),
    "one article of newspaper text, 5 MB": ("a.md", 1_700_000, lambda n: newspaper(n).replace("\n", "\n\n")),
    "one line without a full stop, 5 MB": ("a.txt", 1_700_000, lambda n: f"{PROSE}，" * (n // len(PROSE))),
    "one paragraph without a full stop": ("a.md", 400_000, lambda n: f"{PROSE}，" * (n // len(PROSE))),
    "one line without any mark": ("a.txt", 400_000, lambda n: "风电项目" * (n // 4)),
    "digits": ("a.txt", 100_000, lambda n: "7" * n),
    "digits and blanks": ("a.txt", 100_000, lambda n: "7 " * (n // 2)),
    "digits and dots": ("a.txt", 100_000, lambda n: "7." * (n // 2)),
    "Chinese numerals": ("a.txt", 100_000, lambda n: "七" * n),
    "Chinese scales": ("a.txt", 100_000, lambda n: "万亿" * (n // 2)),
    "brackets": ("a.txt", 50_000, lambda n: "（" * n),
    "square brackets": ("a.md", 50_000, lambda n: "[" * n),
    "asterisks": ("a.md", 50_000, lambda n: "*a " * (n // 3)),
    "opening marks of a tag": ("a.md", 50_000, lambda n: "<a" * (n // 2)),
    "backticks": ("a.md", 50_000, lambda n: "` " * (n // 2)),
    "opening quotation marks": ("a.txt", 100_000, lambda n: "“" * n),
    "closing quotation marks": ("a.md", 100_000, lambda n: "”" * n),
    "title marks": ("a.txt", 100_000, lambda n: "《" * n),
    "commas": ("a.txt", 100_000, lambda n: "，" * n),
    "full stops": ("a.txt", 100_000, lambda n: "。" * n),
    "colons": ("a.txt", 100_000, lambda n: "：" * n),
    "blanks": ("a.md", 100_000, lambda n: "字" + " " * n + "字"),
    "numbers in quotations never closed": ("a.txt", 30_000, lambda n: f"“{NUMBER}，" * n),
    "numbers in one quotation never closed": ("a.txt", 30_000, lambda n: "“" + f"{NUMBER}，" * n),
    "numbers in one quotation, Markdown": ("a.md", 30_000, lambda n: "“" + f"{NUMBER}，" * n),
    "a name said often": ("a.txt", 10_000, lambda n: "市长张建国说，投资5亿元。" * n),
    "many names": ("a.txt", 5_000, lambda n: "".join(f"市长张{chr(0x4E00 + i)}国说，投资{i}亿元。" for i in range(n))),
    "many projects": ("a.txt", 5_000, lambda n: "".join(f"赤峰市投资5亿元的{chr(0x4E00 + i)}源风电项目开工。" for i in range(n))),
    "many places": ("a.txt", 20_000, lambda n: "赤峰市、通辽市、" * n),
    "many firms": ("a.txt", 10_000, lambda n: "赤峰新源有限公司、" * n),
    "many dates": ("a.txt", 20_000, lambda n: "2024年5月，" * n),
    "events": ("a.txt", 10_000, lambda n: "2024赤峰大会上，" * n),
    "headings": ("a.md", 10_000, lambda n: "## 字\n\n字。\n\n" * n),
    "table": ("a.md", 10_000, table),
    "table of a newspaper": ("a.txt", 10_000, lambda n: words_of(table(n))),
    "short lines": ("a.txt", 100_000, lambda n: "字\n" * n),
    "empty lines": ("a.txt", 100_000, lambda n: "\n" * n + "字"),
    "bylines": ("a.txt", 10_000, lambda n: "本报记者 张建国\n" * n),
    "quoted blocks": ("a.md", 300, lambda n: ">" * n + "字"),
    "links": ("a.md", 10_000, lambda n: "[字](https://example.com/a)字，" * n),
    "paragraphs of links": ("a.md", 10_000, lambda n: "[字](https://example.com/a)字，\n\n" * n),
}  # fmt: skip


def measured(name: str, text: str) -> tuple[float, float]:
    """Processor seconds and MB at most, in a process of its own, so that no case adds to another's memory."""
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        return pool.submit(taken, name, text).result()


def taken(name: str, text: str) -> tuple[float, float]:
    """Processor seconds of loading and reading, and the peak of this process in MB."""
    if name.endswith(".md"):
        text = f"---\ntitle: 风电项目\ndate: 2025-06-10\nsource: 报\n---\n\n{text}"
    data = text.encode()
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    start = time.process_time()
    for article in load(name, data).articles:
        extract(article)
    spent = time.process_time() - start
    signal.setitimer(signal.ITIMER_PROF, 0)
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def stop(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    signal.signal(signal.SIGPROF, stop)
    extract(load("a.txt", newspaper(20_000).encode()).articles[0])  # words are loaded before the clock starts
    for title, (name, size, make) in CASES.items():
        if sys.argv[1:] and not any(word in title for word in sys.argv[1:]):
            continue
        small, large = make(size // STEP), make(size)
        print(f"{title:40}{len(large):10,} characters ", end="", flush=True)
        try:
            (first, _), (second, peak) = measured(name, small), measured(name, large)
        except TimeoutError:
            print(f"over {LIMIT} s")
            continue
        except SitegenError as error:
            print(f"refused, {error.problems[0].code}")
            continue
        ratio = (second / len(large)) / max(first / len(small), 1e-9)
        print(f"{first:7.2f} s {second:7.2f} s   ratio {ratio:4.1f}  {peak:5.0f} MB")


if __name__ == "__main__":
    main()
