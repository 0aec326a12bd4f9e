"""What a subhead says of the paragraphs under it: the year that they report on, or that they are plans."""

from dataclasses import dataclass

from sitegen.lexicon import packaged
from sitegen.model import Article, Status
from sitegen.periods import Anchor, dates
from sitegen.text import fold


@dataclass(frozen=True, slots=True)
class Section:
    """status: planned under 2024年工作安排, target under 主要目标.  period: ISO period that the subhead names, else None."""

    status: Status = "actual"
    period: str | None = None

    @property
    def reported(self) -> str | None:
        """What 2023年工作回顾 reports on."""
        return self.period if self.status == "actual" else None

    @property
    def planned_for(self) -> str | None:
        """The time for which 2024年工作安排 announces things."""
        return None if self.status == "actual" else self.period


def sections(article: Article) -> tuple[Section, ...]:
    """One for each paragraph: that of the last subhead before it."""
    anchor = Anchor(article.year, article.date)
    found = [Section()] * len(article.paragraphs)
    subheads = sorted(article.subheads, key=lambda note: note.before)
    ends = [*(note.before for note in subheads), len(found)][1:]
    for subhead, end in zip(subheads, ends, strict=True):
        text = fold(subhead.text)
        spans = [date.iso for date in dates(text, anchor) if date.iso]
        section = Section(_status(text), spans[0] if spans else None)
        found[subhead.before : end] = [section] * (end - subhead.before)
    return tuple(found)


def _status(subhead: str) -> Status:
    words = packaged("status.yml")
    if any(word in subhead for word in words["sections_of_targets"]):
        return "target"
    return "planned" if any(word in subhead for word in words["sections"]) else "actual"
