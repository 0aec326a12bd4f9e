"""Articles that are cut off and go on lower down on the same page (下转第三版 … 上接第一版): put together again."""

from collections.abc import Sequence

from sitegen.loaders.draft import Draft, shifted
from sitegen.loaders.join import closed
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import merge
from sitegen.loaders.parts import Part
from sitegen.text import fold

_TITLE_MIN = 4  # characters of a headline that name its article where it goes on


def resumes(part: Part) -> bool:
    """Whether a line says that what follows began elsewhere (上接第一版)."""
    return part.kind == "furniture" and bool(layout().resumes.match(part.line.folded))


def named(text: str, drafts: Sequence[Draft]) -> Draft | None:
    """The one article whose headline a line at a joint repeats, or begins; None where there is none."""
    words = _squeezed(text.strip("《》"))
    if len(words) < _TITLE_MIN:
        return None
    found = [
        draft for draft in drafts if any(_squeezed(line.text).startswith(words) for line in draft.headline)
    ]
    return found[0] if len(found) == 1 else None


def rejoin(drafts: list[Draft]) -> list[Draft]:
    """The drafts, those that go on joined to their beginnings.

    Where the joint does not name its article, there must be one beginning and one rest: else they stay apart.
    """
    rests = [draft for draft in drafts if draft.resumed]
    open_ends = [draft for draft in drafts if _leaves(draft)]
    unnamed = [draft for draft in rests if draft.beginning is None]
    taken = [draft.beginning for draft in rests if draft.beginning]
    free = [draft for draft in open_ends if not any(draft is one for one in taken)]
    if len(unnamed) == len(free) == 1 and drafts.index(free[0]) < drafts.index(unnamed[0]):
        unnamed[0].beginning = free[0]
    for rest in rests:
        if rest.beginning:
            _append(rest.beginning, rest)
    return [draft for draft in drafts if not (draft.resumed and draft.beginning)]


def _leaves(draft: Draft) -> bool:
    """Whether an article says that it goes on elsewhere."""
    return any(layout().leaves.match(fold(note.text)) for note in draft.furniture)


def _append(first: Draft, rest: Draft) -> None:
    """Adds the rest of an article to its beginning; a sentence cut in two is made whole."""
    shift = len(first.paragraphs)
    later = list(rest.paragraphs)
    if later and first.paragraphs and not closed(first.paragraphs[-1].text):
        first.paragraphs[-1] = merge(first.paragraphs[-1], later.pop(0))
        shift -= 1
    first.paragraphs += later
    first.subheads += [shifted(note, shift) for note in rest.subheads]
    first.captions += [shifted(note, shift) for note in rest.captions]
    first.furniture += [shifted(note, shift) for note in rest.furniture]
    first.bylines += rest.bylines
    first.signed += rest.signed


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())
