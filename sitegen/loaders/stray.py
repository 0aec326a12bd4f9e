"""Lines that look like an article of their own and belong to the one beside them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sitegen.loaders.draft import Draft
from sitegen.loaders.headlines import bare
from sitegen.model import Note

_COLUMN_MAX = 10  # characters of a column's name


def without_strays(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that hold no text of their own.

    Furniture alone goes to the article before it, or to the next at the head of a page; a short name above an
    editor's note is furniture of the note.
    """
    kept: list[Draft] = []
    waiting: list[Note] = []
    for at, draft in enumerate(drafts):
        after = drafts[at + 1] if at + 1 < len(drafts) else None
        if _furniture_only(draft):
            if kept:
                end = len(kept[-1].paragraphs)
                kept[-1].furniture += [replace(note, before=end) for note in draft.furniture]
                continue
            if after:
                waiting += draft.furniture
                continue
        if after and after.note and not draft.note and _name_only(draft):
            waiting += [
                Note(line.text, line.number) for line in draft.kickers + draft.headline
            ] + draft.furniture
            continue
        draft.furniture[:0] = [replace(note, before=0) for note in waiting]
        waiting = []
        kept.append(draft)
    return kept


def _furniture_only(draft: Draft) -> bool:
    """Whether a draft holds nothing but furniture."""
    text = draft.headline or draft.kickers or draft.paragraphs or draft.bylines
    return bool(draft.furniture) and not (text or draft.subheads or draft.captions or draft.beginning)


def _name_only(draft: Draft) -> bool:
    """Whether a draft is only a line with a column's name."""
    if draft.paragraphs or draft.bylines or draft.subheads or draft.captions:
        return False
    lines = draft.kickers + draft.headline
    if draft.kickers and not draft.headline:
        return True
    return (
        len(lines) == 1
        and len(bare(lines[0].text)) <= _COLUMN_MAX
        and not re.search("[，。！？：]", lines[0].text)
    )
