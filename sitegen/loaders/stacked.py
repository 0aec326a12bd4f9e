"""Articles printed one below the other without bylines: which of the lines between their texts are headlines.

No sign decides alone. Each one that speaks for a headline or for a subhead is weighed, and the sum decides.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen.loaders.draft import Draft
from sitegen.loaders.join import closed, list_item
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import Line, usual_gap
from sitegen.loaders.topics import Topic, covered, pairs
from sitegen.model import Note
from sitegen.places import gazetteer
from sitegen.text import fold

# What each sign weighs; found on pages put together from articles of known bounds. Above zero: a headline.
_WEIGHTS = {
    "always": -0.1,
    "little text": -1.8,  # below, too little to say what it is about
    "same topic": -20.0,  # share of the rarer words that the texts above and below have in common
    "title below": -10.5,  # share of the title's words in the text below
    "own words below": 6.0,  # share of the line's words in the text below
    "length": 0.08,  # each character
    "short": -0.8,  # each character below the length of a headline
    "signed": -1.4,  # a byline or a dateline stands above the article around it
    "wide gap": 1.5,  # more blank lines above it than above paragraphs
    "widest gap": 2.0,  # more than above other such lines
    "not indented": 1.7,  # though paragraphs are
    "others indented": 0.2,  # and other such lines too
    "news": 1.4,  # the text below opens as news does
    "day": 2.0,  # or with a day
    "item": -4.6,  # the line is numbered or marked
    "alike": -1.9,  # made as its neighbours are
    "each more": -0.1,  # such lines in the same stretch
    "new place": 3.4,  # it names a place that the text above does not
    "elsewhere": 0.9,  # the text below opens at such a place
    "same place": -1.0,  # one or the other names a place of the text above
}
_OPENING = 100  # characters
_MANY = 6  # more lines than that say no more
_ECHO = 0.5  # of its words in the text below; more say no more
_SAME = 0.2  # of the words in common; more say no more
_TITLE = 0.4
_LITTLE = 40  # pairs of characters
_SHORT = 9  # characters of a headline, at the least
_LENGTH = 26  # characters; longer lines are no more of a headline
_PART = re.compile(r"^[【\[〔]|[①-⑳]|^(?i:part)\b|^表\s*[\d一二三四五:：]|[(（]?单位[:：]")
_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together between two paragraphs. before: number of the paragraph that follows."""

    notes: tuple[Note, ...]
    before: int

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(note.text for note in self.notes)


def blocks(draft: Draft) -> list[Block]:
    """The subheads of a draft that stand between its paragraphs, those put together that stand together."""
    found: dict[int, list[Note]] = {}
    for note in draft.subheads:
        if 0 < note.before < len(draft.paragraphs):
            found.setdefault(note.before, []).append(note)
    return [Block(tuple(notes), before) for before, notes in sorted(found.items())]


def headlines(draft: Draft, lines: Mapping[int, Line]) -> list[Block]:
    """The blocks of a draft that are headlines of further articles. lines: of the page, by number."""
    found = blocks(draft)
    space = _space(draft, found, lines)
    title = " ".join(line.text for line in draft.headline)
    text, topic, heads = title, Topic(), []
    topic.add(pairs(title))
    first = 0
    for at, block in enumerate(found):
        end = found[at + 1].before if at + 1 < len(found) else len(draft.paragraphs)
        above = " ".join(line.text for line in draft.paragraphs[first : block.before])
        below = pairs(" ".join(line.text for line in draft.paragraphs[block.before : end]))
        topic.add(pairs(above))
        text += above
        first = block.before
        signs = _layout_signs(space, found, at, lines.get(block.notes[0].line))
        signs |= _text_signs(draft, block, text)
        signs["little text"] = float(len(below) < _LITTLE)
        signs["same topic"] = min(topic.shared(below), _SAME)
        signs["title below"] = min(covered(pairs(title), below), _TITLE)
        signs["own words below"] = min(covered(pairs(block.text), below), _ECHO)
        if closed(draft.paragraphs[block.before - 1].text) and _sum(signs) > 0:
            heads.append(block)
            title = text = block.text
            topic = Topic()
        topic.add(pairs(block.text))
    return heads


def _sum(signs: Mapping[str, float]) -> float:
    return sum(weight * signs.get(name, 0.0) for name, weight in _WEIGHTS.items())


@dataclass(frozen=True, slots=True)
class _Space:
    """How a draft is printed. usual: blank lines above most paragraphs.  least: the fewest above its blocks.

    indented: most paragraphs are.  heads_indented: some block is.
    """

    usual: int
    least: int
    indented: bool
    heads_indented: bool


def _space(draft: Draft, found: Sequence[Block], lines: Mapping[int, Line]) -> _Space:
    """How a draft with these blocks is printed."""
    heads = [lines[block.notes[0].line] for block in found if block.notes[0].line in lines]
    return _Space(
        usual=usual_gap(draft.paragraphs),
        least=min((line.gap for line in heads), default=0),
        indented=2 * sum(paragraph.indent for paragraph in draft.paragraphs) > len(draft.paragraphs),
        heads_indented=any(line.indent for line in heads),
    )


def _layout_signs(space: _Space, found: Sequence[Block], at: int, line: Line | None) -> dict[str, float]:
    """What the space around a block and its neighbours say. line: its first, as printed."""
    near = [block for block in found[max(0, at - 1) : at + 2] if block is not found[at]]
    out = space.indented and line is not None and not line.indent
    return {
        "always": 1.0,
        "wide gap": float(line is not None and line.gap > space.usual),
        "widest gap": float(line is not None and line.gap > space.least),
        "not indented": float(out),
        "others indented": float(out and space.heads_indented),
        "alike": float(_labelled(found[at]) or any(alike(block.text, found[at].text) for block in near)),
        "each more": float(min(len(found), _MANY)),
    }


def _text_signs(draft: Draft, block: Block, above: str) -> dict[str, float]:
    """What a block's words and those right below it say."""
    first = draft.paragraphs[0]
    opening = fold(draft.paragraphs[block.before].text)
    places, below = _places(block.text), _places(draft.paragraphs[block.before].text[:_OPENING])
    return {
        "length": float(min(len(block.text), _LENGTH)),
        "short": float(max(0, _SHORT - len(block.text))),
        "signed": float(bool(draft.dateline) or any(line.number < first.number for line in draft.bylines)),
        "news": float(bool(layout().news.match(opening))),
        "day": float(bool(_DAY.match(opening))),
        "item": float(any(list_item(note.text) or _PART.search(note.text) for note in block.notes)),
        "new place": float(bool(places) and not any(place in above for place in places)),
        "elsewhere": float(bool(below) and not any(place in above for place in below)),
        "same place": float(any(place in above for place in (*below, *places))),
    }


def _places(text: str) -> list[str]:
    """The places that a text names, as printed."""
    return [text[place.start : place.end] for place in gazetteer().mentions(text)]


def _labelled(block: Block) -> bool:
    """Whether each of several lines has a label of its own (客商:…, 业主:…), as the parts of one article have."""
    return len(block.notes) > 1 and all(re.search("[：:]", note.text) for note in block.notes)


def alike(one: str, other: str) -> bool:
    """Whether two lines are made alike, as the subheads of one article are: as long, or with the same first or
    last character.
    """
    return abs(len(one) - len(other)) <= 1 or one[0] == other[0] or one[-1] == other[-1]
