"""An article while its page is read: it grows line by line, then it is frozen."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sitegen.loaders import bylines as signing
from sitegen.loaders import dates
from sitegen.loaders.headlines import join_title, kicker_text, split_kicker
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import Line
from sitegen.loaders.parts import Part
from sitegen.loaders.written_by import reporters
from sitegen.model import Article, Note, Paragraph
from sitegen.places import gazetteer

_PLACE_LINE = 30  # characters of a line that names a place with those above it


@dataclass
class Draft:
    """What was read of an article so far. note: it is an editor's note.  table: a table with a heading of its
    own.
    """

    note: bool = False
    table: bool = False
    kickers: list[Line] = field(default_factory=list)
    headline: list[Line] = field(default_factory=list)
    bylines: list[Line] = field(default_factory=list)
    signed: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)  # number of the line, its authors
    paragraphs: list[Line] = field(default_factory=list)
    subheads: list[Note] = field(default_factory=list)
    captions: list[Note] = field(default_factory=list)
    furniture: list[Note] = field(default_factory=list)
    printed: str | None = None  # ISO day of publication
    dateline: signing.Dateline | None = None
    open: bool = False  # the last paragraph may go on
    over: bool = False  # a line said that the article has ended
    resumed: bool = False  # a line said that it began elsewhere
    beginning: "Draft | None" = None  # there

    @property
    def untold(self) -> bool:
        """Whether it has a headline and no text yet."""
        return bool(self.headline) and not self.paragraphs

    @property
    def headed(self) -> bool:
        """Whether a heading stands at its end, with no text below it."""
        return bool(self.subheads) and self.subheads[-1].before == len(self.paragraphs)

    @property
    def editors(self) -> bool:
        """Whether it is an editor's note without a headline of its own."""
        return self.note and not self.kickers

    @property
    def authors(self) -> tuple[str, ...]:
        """Those who signed, each once, in the order in which they were found."""
        return tuple(dict.fromkeys(author for _, authors in self.signed for author in authors))

    def sign(self, authors: Sequence[str], number: int) -> None:
        """Adds the authors that the line with this number names."""
        if authors:
            self.signed.append((number, tuple(authors)))

    def mark(self, line: Line) -> Note:
        """The line as a note that stands where the article now ends."""
        return Note(line.text, line.number, len(self.paragraphs))

    def add_byline(self, part: Part) -> None:
        """Takes up a line that only says who wrote."""
        self.sign(part.authors, part.line.number)
        self.bylines.append(part.line)
        if self.dateline is None:
            self.dateline = signing.signature(part.text)

    def add_furniture(self, part: Part) -> None:
        """Takes up a line of furniture; above the text it may give the day and the author."""
        if not self.paragraphs or dates.only_day(part.text):
            self.printed = self.printed or dates.printed_day(part.text)
        if not self.authors:
            self.sign(signing.named_author(part.text), part.line.number)
        if part.kind == "end" and self.paragraphs:
            self.over = True
        self.furniture.append(self.mark(part.line))

    def add_head(self, part: Part) -> None:
        """Takes up one line of the headline."""
        if part.kind in ("furniture", "end"):
            self.add_furniture(part)
        elif part.kind in ("kicker", "note") and not self.headline:
            self.kickers.append(part.line)
        else:
            self.headline.append(part.line)

    def title(self) -> tuple[str | None, str | None]:
        """(title, kicker)."""
        if self.editors:
            return layout().note_title, None
        kickers = [line.text for line in self.kickers]
        lines = [line.text for line in self.headline]
        split = split_kicker(lines[0]) if lines else None
        if split:
            kickers.append(split[0])
            lines[0] = split[1]
        if not lines:
            return kicker_text(kickers), None
        return join_title(lines) or None, kicker_text(kickers)

    def printed_year(self) -> int | None:
        """The year of its dateline or of its printed day."""
        if self.dateline and self.dateline.year:
            return self.dateline.year
        return int(self.printed[:4]) if self.printed else None

    def latest(self, title: str | None) -> tuple[int, int] | None:
        """The latest (year, month) of which it speaks as past or present; see dates.latest."""
        year = self.printed_year()
        return (year, 0) if year else dates.latest((line.text for line in self.paragraphs), title)

    def freeze(self, source: str, title: str | None, kicker: str | None, year: int | None) -> Article:
        """The article, without its id. year: what 今年 means in it."""
        head = self.dateline
        lead = signing.dateline(self.paragraphs[0].text) if self.paragraphs else None
        day = dates.dateline_day(head.year, head.month, head.day, year) if head else None
        texts = [line.text for line in self.paragraphs]
        day = day or self.printed or dates.held_day(line.text for line in self.headline)
        if lead:
            texts[0] = texts[0][reporters(texts[0], lead.end)[0] :]
        day = day or dates.event_day(texts, year, note=self.editors)
        printed = sorted(self.kickers + self.headline, key=lambda line: line.number)
        first = (self.headline or self.kickers or self.paragraphs)[:1]
        heads = [note for note in self.captions if _heads_list(note.text)]
        return Article(
            id="",
            source=source,
            title=title,
            authors=self.authors,
            date=day,
            paragraphs=tuple(_paragraph(line) for line in self.paragraphs),
            kicker=kicker,
            title_line=first[0].number if first else 0,
            year=int(day[:4]) if day else year,
            subheads=tuple(sorted([*self.subheads, *heads], key=lambda note: note.line)),
            captions=tuple(note for note in self.captions if note not in heads),
            furniture=tuple(self.furniture),
            headline=tuple(Note(line.text, line.number) for line in printed),
            byline=tuple(Note(line.text, line.number) for line in self.bylines),
        )


def _heads_list(text: str) -> bool:
    """Whether behind a mark (▲) stands a place and nothing else: no caption, the head of a list."""
    name = text[1:].strip()
    found = gazetteer().mentions(name) if not text[:1].isalnum() and len(text) <= _PLACE_LINE else ()
    return (
        bool(found) and found[-1].end == len(name) and "".join(name[m.start : m.end] for m in found) == name
    )


def shifted(note: Note, by: int) -> Note:
    """The note, so many paragraphs lower down, or at the article's head."""
    return replace(note, before=max(note.before + by, 0))


def _paragraph(line: Line) -> Paragraph:
    return Paragraph(line.text, (line.number, line.breaks[-1][1]), line.breaks)
