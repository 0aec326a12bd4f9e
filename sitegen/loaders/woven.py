"""An article that the page cut off in the middle of a sentence, and whose rest stands below another article."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sitegen.loaders.draft import Draft
from sitegen.loaders.join import closed, starts_paragraph
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import merge
from sitegen.loaders.seams import breaks_word
from sitegen.loaders.topics import Topic, pairs
from sitegen.text import fold

_TRIES = 6  # places at which the rest is looked for
_CUT_MIN = 12  # characters of a paragraph that is cut off
_NEARER = 0.02  # how much more the rest must share with its beginning than with the article above it
_MUCH_NEARER = 0.06  # where neither a word that crosses the seam nor a picture at it shows the place
_SEAM = 0.1  # what a word that crosses the seam, or a picture at it, counts beside that


def rewoven(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts; a rest that stands at the end of the next one went back to its beginning."""
    for first, second in pairwise(drafts):
        at = _rest(first, second)
        if at is not None:
            _move(first, second, at)
    return list(drafts)


def _rest(first: Draft, second: Draft) -> int | None:
    """The paragraph of the second article with which the first goes on; None where nothing shows one."""
    if not _cut_off(first) or second.note or second.table or second.resumed:
        return None
    left = first.paragraphs[-1].text
    marked = {note.before for note in (*second.captions, *second.furniture)}
    places = [
        at
        for at in range(1, len(second.paragraphs))
        if closed(second.paragraphs[at - 1].text) and _may_go_on(left, second.paragraphs[at].text)
    ]
    places.sort(key=lambda at: (not breaks_word(left, second.paragraphs[at].text), at not in marked, at))
    whole = Topic()
    whole.add(pairs(" ".join(line.text for line in (*first.headline, *first.paragraphs))))
    best: tuple[float, int] | None = None
    for at in places[:_TRIES]:
        above = Topic()
        above.add(pairs(" ".join(line.text for line in (*second.headline, *second.paragraphs[:at]))))
        rest = pairs(" ".join(line.text for line in second.paragraphs[at:]))
        nearer = whole.shared(rest) - above.shared(rest)
        word = breaks_word(left, second.paragraphs[at].text)
        if nearer <= (_NEARER if word or at in marked else _MUCH_NEARER):
            continue
        nearer += _SEAM * (word + (at in marked))
        if best is None or nearer > best[0]:
            best = nearer, at
    return best[1] if best else None


def _cut_off(draft: Draft) -> bool:
    """Whether an article's last paragraph is no whole sentence."""
    if draft.note or draft.table or draft.over or not draft.paragraphs:
        return False
    last = draft.paragraphs[-1].text
    return (
        len(last) >= _CUT_MIN
        and not closed(last)
        and last[-1] not in "”’』」）)】"
        and not starts_paragraph(last)
    )


def _may_go_on(left: str, right: str) -> bool:
    """Whether a paragraph may begin in the middle of a sentence."""
    if starts_paragraph(right) or right[0] in "“‘《（(【" or layout().fresh.match(fold(right)):
        return False
    return breaks_word(left, right) or not right.startswith(layout().openers)


def _move(first: Draft, second: Draft, at: int) -> None:
    """Takes the paragraphs from `at` on, and what stands among them, from the second article to the first."""
    line = second.paragraphs[at].number
    shift = len(first.paragraphs) - at - 1
    first.paragraphs[-1] = merge(first.paragraphs[-1], second.paragraphs[at])
    first.paragraphs += second.paragraphs[at + 1 :]
    second.paragraphs = second.paragraphs[:at]
    for mine, other in (
        (first.subheads, second.subheads),
        (first.captions, second.captions),
        (first.furniture, second.furniture),
    ):
        mine += [replace(note, before=note.before + shift) for note in other if note.line > line]
        other[:] = [note for note in other if note.line <= line]
