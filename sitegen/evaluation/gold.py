"""The answer that an editor wrote by hand for one page, as records. Shape only: reading.py reads it, scoring.py uses it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float | bool | None
Answers = tuple[Value, ...]
"""What the gold accepts for one field: the editor's answer first, then those that are as good (KEY_alt, also)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One record of the gold.

    line: where it stands in the gold's file.  answers: field → what is accepted, the editor's own answer first; a field
    that the editor left out has (None,).  optional: it counts neither for nor against.
    """

    line: int
    optional: bool
    answers: Mapping[str, Answers]

    def first(self, name: str) -> Value:
        """The editor's own answer."""
        return self.answers[name][0]

    def text(self, name: str) -> str:
        """The editor's own answer as text, "" for null."""
        value = self.first(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class GoldArticle(Expected):
    """An article. authors: who must be named; authors_optional: who may be."""

    authors: tuple[str, ...] = ()
    authors_optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldClaim(Expected):
    """A number. raw: as printed; before: the characters printed right before it."""

    raw: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class GoldPair:
    """A place that has an industry. places, words: names of the place and of the industry that are equally good."""

    line: int
    optional: bool
    places: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldContradiction:
    """Something that cannot be true as printed. raws: the numbers that a warning about it would name."""

    line: int
    why: str
    raws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """All answers for one page. file: as the user would type it; page: name of the page's file, if the gold says it."""

    file: str
    page: str | None = None
    articles: tuple[GoldArticle, ...] = ()
    claims: tuple[GoldClaim, ...] = ()
    projects: tuple[Expected, ...] = ()
    pairs: tuple[GoldPair, ...] = ()
    people: tuple[Expected, ...] = ()
    contradictions: tuple[GoldContradiction, ...] = field(default=())
