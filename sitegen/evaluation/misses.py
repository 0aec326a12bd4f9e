"""A place where what was read and what the gold says part, as a record that an editor can act on."""

from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["missed", "extra", "differs"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field. expected: the answers accepted, the editor's own first.  read: what the program says."""

    field: str
    expected: tuple[object, ...]
    read: object


@dataclass(frozen=True, slots=True)
class Miss:
    """verdict: missed (the gold has it, the program not), extra (the reverse), differs (fields are wrong).

    record: claim, article, project …  line: on the page, 0 where it is not printed.  gold_line: in the gold's file, 0
    for what the gold has not.  printed: the number, headline or name.  sentence: where it stands, the number in 【】.
    """

    verdict: Verdict
    record: str
    line: int
    gold_line: int
    printed: str
    sentence: str = ""
    differences: tuple[Difference, ...] = field(default=())
