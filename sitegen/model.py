"""The records that every stage passes on: frozen, typed, without behaviour beyond their own shape.

Fields, their values and their meaning are those of the data contract (docs/records.md). Offsets count code points, half
open: paragraph.text[claim.start:claim.end] == claim.raw, always. Numbers are Decimal.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

Bound = Literal["exact", "at_least", "at_most", "about"]
Status = Literal["actual", "planned", "target"]
STATUSES: tuple[Status, ...] = ("actual", "planned", "target")
Kind = Literal[
    "signing", "investment", "financing", "progress", "capacity", "output", "value", "resource", "environment",
    "share", "growth", "count",
]  # fmt: skip
Review = Literal["auto", "confirmed", "edited", "rejected", "questioned"]
Level = Literal["province", "prefecture", "county", "park"]
Stage = Literal["signed", "construction", "operation", "pilot", "planned"]
Verdict = Literal["agrees", "differs", "implausible", "cannot tell"]
GRAVE: tuple[Verdict, ...] = ("differs", "implausible")  # they tell a reader not to rely on a number


HEADLINE = -1  # in the place of a paragraph's number, where words stand in the headline


class Reason(NamedTuple):
    """Why a field reads as it does. A tuple, since every field of every claim has one.

    rule: in a few words.  start, end: the words that decided, as offsets in the text of the paragraph (HEADLINE: of the
    title); 0, 0 where no printed words did.  words, line: those that stand in no paragraph (a byline), and where.
    """

    field: str
    rule: str
    start: int = 0
    end: int = 0
    paragraph: int = 0
    words: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph made whole again.

    lines: first and last line in the source file, from 1.  breaks: (offset in text, source line) of each printed
    line, the first is (0, lines[0]); so a claim finds the line where it begins.
    """

    text: str
    lines: tuple[int, int]
    breaks: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int:
        """The source line on which the character at offset stands."""
        return max((line for start, line in self.breaks if start <= offset), default=self.lines[0])


@dataclass(frozen=True, slots=True)
class Note:
    """A piece of a page that is no paragraph: subhead, caption, furniture.

    before: index of the paragraph that follows it (len(paragraphs) when it stands last).
    """

    text: str
    line: int
    before: int = 0


@dataclass(frozen=True, slots=True)
class Meta:
    """Front matter of an editor's article, beyond what every article has. Empty for a newspaper page."""

    slug: str | None = None
    summary: str | None = None
    source: str | None = None
    source_url: str | None = None
    tags: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    image: str | None = None
    image_alt: str | None = None
    draft: bool = False
    corrections: tuple[tuple[str, str], ...] = ()  # (ISO date, what was wrong and is now right)


CHART_TYPES = ("bar", "line", "matrix")


@dataclass(frozen=True, slots=True)
class Condition:
    """A row must have one of the values in the column, or a value that compares so. sign: = != > < >= <=; line, col: where
    the column is named.
    """

    column: str
    sign: str
    values: tuple[str, ...]
    line: int
    col: int


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart that an editor describes in a text. line: of its fence; spots: key, line and column of each value."""

    line: int
    table: str
    x: str
    y: str
    title: str
    type: str
    by: str | None = None
    unit: str | None = None
    source: str | None = None
    note: str | None = None
    id: str | None = None
    where: tuple[Condition, ...] = ()
    top: int | None = None
    spots: tuple[tuple[str, int, int], ...] = ()

    def spot(self, key: str) -> tuple[int, int]:
        """Line and column of a key's value, of the fence where it is not there."""
        return next(((line, col) for name, line, col in self.spots if name == key), (self.line, 1))


@dataclass(frozen=True, slots=True)
class Cite:
    """A number of another text that an editor's text prints: [[claim:ID]]. paragraph: in which it stands, or subhead; None
    and None: in a place that is neither.
    """

    claim: str
    line: int
    col: int
    paragraph: int | None = None
    subhead: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page, or one markdown file.

    source: file name.  title: None for a headless block.  year: the year that 今年 means here, from the article, else from
    the page it stands on, else None.  home: the place that 全市 means where the article names none.
    html: body of a markdown article, sanitised, each element that holds paragraph n marked data-p="n" and with exactly
    that paragraph's text; None for a newspaper page.  charts: those that its text describes, where html has
    <figure data-chart="n">.  cites: numbers of other texts, in the order of the text.
    """

    id: str
    source: str
    title: str | None
    authors: tuple[str, ...]
    date: str | None
    paragraphs: tuple[Paragraph, ...]
    kicker: str | None = None
    title_line: int = 0
    year: int | None = None
    subheads: tuple[Note, ...] = ()
    captions: tuple[Note, ...] = ()
    furniture: tuple[Note, ...] = ()
    html: str | None = None
    home: str | None = None
    meta: Meta = field(default_factory=Meta)
    headline: tuple[Note, ...] = ()  # as printed: the lines from which title and kicker were read
    byline: tuple[Note, ...] = ()  # as printed: the lines that only say who wrote it
    charts: tuple[ChartBlock, ...] = ()
    cites: tuple[Cite, ...] = ()
    why: tuple[Reason, ...] = field(default=(), compare=False)  # as of a claim: of title, authors, date

    def __hash__(self) -> int:
        """Of what tells articles apart, since every stage that remembers an article asks for it."""
        return hash((self.id, self.source, self.title_line))

    @property
    def written(self) -> int | None:
        """The year in which it was written, or None where neither the article nor its page says."""
        return int(self.date[:4]) if self.date else self.year

    @property
    def address(self) -> str:
        """Last part of its page's address, /articles/ADDRESS/: the slug that an editor chose, else the id."""
        return self.meta.slug or self.id


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a source asserts. value is in unit, multiplied out; a fall is negative; see docs/records.md."""

    id: str
    article: str
    paragraph: int
    start: int
    end: int
    raw: str
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    per: str | None
    bound: Bound
    status: Status
    kind: Kind
    label: str
    of: str | None
    place: str | None
    industry: str | None
    period: str | None
    subject: str | None
    quote: str
    speaker: str | None
    review: Review = "auto"
    why: tuple[Reason, ...] = ()  # one for each field, for `extract --explain` and `explain`; not published


@dataclass(frozen=True, slots=True)
class Project:
    """A named thing that is being built, signed or run. investment: id of the claim with its cost, or None."""

    id: str
    article: str
    paragraph: int
    name: str
    companies: tuple[str, ...]
    place: str | None
    industry: str | None
    stage: Stage | None
    investment: str | None
    claims: tuple[str, ...]
    quote: str
    why: tuple[Reason, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class PlaceIndustry:
    """The text says that the place has, builds, forms or promotes the industry. industry: id; place: full name."""

    place: str
    industry: str
    article: str
    paragraph: int
    why: tuple[Reason, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks that a named person says; text without the marks."""

    paragraph: int
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks or reports in one article, office as printed. quotes may be empty."""

    name: str
    title: str | None
    organisation: str | None
    article: str
    quotes: tuple[Quotation, ...] = ()
    paragraph: int = 0
    why: tuple[Reason, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that could not be read, or a finding of a check (then verdict, working and claims are set)."""

    code: str
    message: str
    source: str
    line: int
    claim: str | None = None
    article: str | None = None
    verdict: Verdict | None = None
    working: str | None = None
    claims: tuple[str, ...] = ()
    suggestion: str | None = None  # what may have been meant: a reading that fits, never applied
    settled: bool = (
        False  # an editor has judged the number, or the finding itself: nobody is troubled with it again
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read from one article."""

    article: Article
    claims: tuple[Claim, ...] = ()
    projects: tuple[Project, ...] = ()
    place_industries: tuple[PlaceIndustry, ...] = ()
    people: tuple[Person, ...] = ()
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer. code: national division code; parent: code of the division above, "" at the top."""

    code: str
    name: str
    level: Level
    parent: str
    short: str | None  # short name that may stand alone in a text, or None


@dataclass(frozen=True, slots=True)
class Industry:
    """An entry of the industry list. parent: id of a broader entry, or None. cluster: one of the ten clusters."""

    id: str
    name: str
    aliases: tuple[str, ...]
    parent: str | None
    cluster: bool = False
