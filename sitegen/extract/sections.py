"""What a subhead says of the paragraphs under it: the year that they report on, or that they are plans."""

from dataclasses import dataclass

from sitegen.lexicon import packaged
from sitegen.model import Article
from sitegen.periods import Anchor, dates
from sitegen.text import fold


@dataclass(frozen=True, slots=True)
class Section:
    """planned: the paragraph stands under 2024年工作安排 and the like.  report: ISO period of 2023年工作回顾, else None."""

    planned: bool = False
    report: str | None = None


def sections(article: Article) -> tuple[Section, ...]:
    """One for each paragraph: that of the last subhead before it."""
    anchor = Anchor(article.year, article.date)
    found = [Section()] * len(article.paragraphs)
    subheads = sorted(article.subheads, key=lambda note: note.before)
    ends = [*(note.before for note in subheads), len(found)][1:]
    for subhead, end in zip(subheads, ends, strict=True):
        text = fold(subhead.text)
        planned = any(word in text for word in packaged("status.yml")["sections"])
        spans = [date.iso for date in dates(text, anchor) if date.iso]
        section = Section(planned, None if planned or not spans else spans[0])
        found[subhead.before : end] = [section] * (end - subhead.before)
    return tuple(found)
