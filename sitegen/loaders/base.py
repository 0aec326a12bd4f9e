"""What every loader returns."""

from dataclasses import dataclass

from sitegen.model import Article, Warning
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True)
class Page:
    """One source file, read.

    articles: in reading order.  warnings: doubts about the reading.  problems: what the writer of the file
    should mend.
    residue: characters of the file (without white space) that ended nowhere; empty, or the loader is wrong.
    """

    source: str
    articles: tuple[Article, ...]
    warnings: tuple[Warning, ...] = ()
    problems: tuple[Problem, ...] = ()
    residue: str = ""
