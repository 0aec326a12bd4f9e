"""The names of papers, sections and columns that a page prints where headlines stand."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from sitegen.loaders.headlines import bare, join_title
from sitegen.loaders.join import closed, list_item
from sitegen.loaders.layout import layout
from sitegen.loaders.parts import Part
from sitegen.text import fold

_NAME_MAX = 12  # characters of a paper's or a column's name
_SECTION_MAX = 8  # characters of a line beside the day that is shorter than any headline
_LATIN = re.compile(r"[A-Za-z][A-Za-z .,&'\d-]{3,60}")
_EYEBROW = 4  # characters of a line above a headline that has its own
_SET_APART = 6  # characters of one that more space sets apart
_ANNOUNCED = re.compile(r"“([^“”]{2,12})”(?:的?(?:专栏|栏目|专题|专版|系列报道))")
_HEADLINE = 24  # characters; a longer line is a headline's
_WHOLE = 8  # characters of a headline, at the least
_COUNT = re.compile(r"[①-⑳\d（）()一二三四五六七八九十]+$")
_CLAUSE = 4  # characters of a clause of a headline
_BANNER = re.compile(
    r"责编|编辑|美编|校对|版式|星期|\d{1,2}月|\d\s*版|第.{1,3}[版期]|[〇零一二三四五六七八九]{4}年"
)
_SENTENCE = re.compile("[，。！？!?：:“”]")  # no name holds one of these
_HEADS = ("short", "kicker")
# what stands below a headline
_BELOW = ("byline", "lead", "subtitle", "short", "text", "cast", "furniture", "row")
_ENDS = ("furniture", "end")


def without_banner(found: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts of a page; names of papers and sections became furniture, names of columns kickers."""
    done = list(found)
    top = _top(done)
    for at, part in enumerate(done):
        latin = at < top and part.kind in _HEADS and _in_latin(part.text)
        if part.kind == "row" and _headline_row(done, at, top):
            done[at] = Part(part.line, "short", heads=True)
        elif latin or (part.kind == "row" and at < top and not _table(done, at)):
            done[at] = Part(part.line, "furniture")
    announced = {bare(name) for part in done for name in _ANNOUNCED.findall(part.text)}
    for at, part in enumerate(done):
        if part.kind in _HEADS and (_nameplate(done, at, top) or (at < top and _in_the_head(done, at))):
            done[at] = Part(part.line, "furniture")
        elif part.kind == "short" and _column(done, at, announced):
            done[at] = Part(part.line, "kicker", heads=True)
    return tuple(done)


def _in_latin(text: str) -> bool:
    """Whether a line is a name in Latin letters, with or without the paper's name beside it."""
    name = _LATIN.search(text)
    rest = bare(text.replace(name.group(0), "").strip("|丨/· ")) if name else text
    return not rest or (bool(name) and (len(rest) <= _EYEBROW or bool(layout().papers.match(fold(rest)))))


def _top(found: list[Part]) -> int:
    """How many parts stand above the page's first byline or text."""
    kinds = (*_HEADS, *_ENDS, "row")
    return next((at for at, part in enumerate(found) if part.kind not in kinds), len(found))


def _table(found: list[Part], at: int) -> bool:
    """Whether a row stands in a table, below or above another one."""
    return any(0 <= place < len(found) and found[place].kind == "row" for place in (at - 1, at + 1))


def _headline_row(found: list[Part], at: int, top: int) -> bool:
    """Whether what looks like a row of a table is a headline with wide blanks: alone, and above a byline or a dateline,
    or at the page's head in clauses of one length.
    """
    if _table(found, at) or at + 1 >= len(found) or _BANNER.search(found[at].line.folded):
        return False
    if found[at + 1].kind in ("byline", "lead", "subtitle"):
        return at == 0 or found[at - 1].kind not in ("text", "short") or closed(found[at - 1].text)
    clauses = {len(clause) for clause in found[at].text.split()}
    return (
        at < top and len(clauses) == 1 and found[at + 1].kind in ("short", "text") and min(clauses) >= _CLAUSE
    )


def _eyebrow(text: str, below: Sequence[Part], announced: AbstractSet[str]) -> bool:
    """Whether a line of a few characters stands above a whole headline, of which it is no part (春耕正忙, 绿意渐浓①).

    A longer one must be announced as a column on the page, or stand further from the headline than its lines from each
    other.
    """
    name = _COUNT.sub("", text).strip()
    words, title = bare(name), join_title([part.text for part in below])
    if not 2 <= len(words) <= _NAME_MAX or len(bare(title)) < _WHOLE:
        return False
    if join_title([text, title]).count(" ") <= title.count(" "):
        return False
    gaps = [part.line.gap for part in below]
    if gaps[0] == 0 and words[-1] in layout().place_ends:
        return words in announced
    apart = (
        len(gaps) > 1 and gaps[0] > min(gaps[1:]) and len(words) <= _SET_APART and not re.search(r"\s", name)
    )
    return len(words) <= _EYEBROW or words in announced or apart


def _in_the_head(found: list[Part], at: int) -> bool:
    """Whether a line stands in one block with the day or the page's number above it, apart from the headline below."""
    if at == 0 or at + 1 >= len(found):
        return False
    above, part, below = found[at - 1 : at + 2]
    block = above.kind in _ENDS and part.line.gap == 0 and below.line.gap > 0
    return block and below.kind in _HEADS and len(part.text) < _HEADLINE


def _nameplate(found: list[Part], at: int, top: int) -> bool:
    """Whether a short line names the paper or the section: the day or the page's number stands beside it, and a
    headline follows.
    """
    text = bare(found[at].text)
    if len(text) > _NAME_MAX or _SENTENCE.search(text) or list_item(text):
        return False
    below = at + 1
    while below < len(found) and (found[below].kind in _ENDS or (below < top and _tiny(found[below]))):
        below += 1
    if below == len(found) or found[below].kind not in _HEADS or list_item(found[below].text):
        return False
    above = found[at - 1] if at else None
    between = [part.line.folded for part in found[at + 1 : below]]
    dated_below = any(layout().beside.search(line) for line in between[:3])
    dated_above = (
        above is not None and above.kind in _ENDS and bool(layout().beside.search(above.line.folded))
    )
    folded = fold(text)
    if dated_below and (layout().papers.match(folded) or layout().sections.match(folded)):
        return True
    if at >= top:
        return False
    shorter = len(text) <= _SECTION_MAX and len(bare(found[below].text)) > len(text)
    if dated_below:
        return shorter
    return dated_above and shorter and bool(layout().sections.match(folded))


def _tiny(part: Part) -> bool:
    """Whether a line is shorter than any headline at the head of a page: one more name beside the day."""
    return part.kind in _HEADS and len(bare(part.text)) <= _EYEBROW


def _column(found: list[Part], at: int, announced: AbstractSet[str]) -> bool:
    """Whether a short line is a column's name above a headline: marked, announced, or ending as such names do."""
    if at + 1 >= len(found):
        return False
    part, below = found[at], found[at + 1]
    text = bare(part.text)
    if below.kind != "short" or not below.heads or len(text) > _NAME_MAX or _SENTENCE.search(text):
        return False
    if list_item(below.text) and not below.item:
        return False
    end = at + 2
    while end < len(found) and found[end].heads and found[end].kind == "short":
        end += 1
    if len(bare("".join(part.text for part in found[at + 1 : end]))) <= len(text):
        return False
    follows = found[at + 2].kind if at + 2 < len(found) else ""
    marked = text != part.text and part.text[0] in "◎□■◆●○◇★☆▲"
    words, folded = layout(), fold(text)
    marked = marked or _eyebrow(part.text, found[at + 1 : end], announced)
    marked = marked or part.text.rstrip()[-1] in "｜|丨"
    named = any(names.match(folded) for names in (words.kicker, words.column_name, words.roundup))
    if follows == "row" and not named:
        return False  # the name of a table
    return (marked or named) and follows in _BELOW
