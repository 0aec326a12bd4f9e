"""What each line of a page is, seen by itself and by the space above it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sitegen.loaders import bylines, dates, headlines
from sitegen.loaders.headlines import is_kicker, subtitle
from sitegen.loaders.join import HEADING_MAX, UNIT_LINE, certain, closed, list_item, table_row
from sitegen.loaders.layout import layout
from sitegen.loaders.lines import ASIDE_MAX, Line, cut, usual_gap
from sitegen.loaders.names import likely_name, lone_name, names_column, plain_names
from sitegen.loaders.seams import breaks_word
from sitegen.loaders.written_by import head_byline, opens_signed
from sitegen.text import fold
from sitegen.units import unit_table

Kind = Literal[
    "note",
    "byline",
    "lead",
    "furniture",
    "end",
    "caption",
    "kicker",
    "subtitle",
    "short",
    "row",
    "cast",
    "text",
]

_LONG_HEADLINE = 60  # characters of the longest headline
_GAP_CAPTION_MAX = 80  # characters of a caption that only the space around it betrays
_CREDIT_MAX = 14  # characters of a credit on a line of its own
_SAME_LINE_BYLINE = re.compile(
    r"\s+(?=[□■◎●]\s*[^\s]|(?:本报|本网|新华社)?(?:特约|实习|见习)?(?:记者|通讯员)\s+\S+(?:\s+\S+)*$)"
)
_AMOUNT = re.compile(r"[\d.,%万亿]+(?![\d.,%万亿])")
_TELLS = re.compile(
    r"[\u4e00-\u9fff](?:说|表示|介绍|透露|告诉记者)[，,：:](?=[^“”]{4})"
)  # somebody speaks in a text
_ITEM = re.compile(  # a headline behind a mark, a wide blank: the text below is signed
    r"[●■▲◆★◎○□△◇☆▶►]\s?[^。；，、：\s]{6,14}(?:[，、：\s][^。；，、：\s]{2,12})?(?:\u3000|\s{2,})\s*"
)
_LABEL = re.compile(r"([\u4e00-\u9fff·]{2,4}):")
_PAGE_NUMBER = re.compile(r"[A-D]?\d{1,4}")  # alone, above the first article or below the last
_SECTION = re.compile(r"[A-D]?\d{1,2}\s{1,4}[\u4e00-\u9fff·]{2,6}")  # 02 要闻, above the first article
_MARK = re.compile(r"[▲△▼▽◀▶◄►↑↓←→⬆⬇]")
_DECORATION = re.compile(rf"[{headlines.EMOJI}\s]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A line and what it is. authors: of a byline.  heads: whether it may be a line of a headline.

    item: the headline of a short item, behind a mark, whose text and signature stand in the same printed line.
    """

    line: Line
    kind: Kind
    authors: tuple[str, ...] = ()
    heads: bool = False
    item: bool = False

    @property
    def text(self) -> str:
        """The printed text."""
        return self.line.text


def parts(lines: tuple[Line, ...]) -> tuple[Part, ...]:
    """The lines of a page with their kinds; a line that holds two things (headline and byline) becomes two
    parts.
    """
    usual = usual_gap(lines)
    pieces = [piece for line in lines for piece in _pieces(line)]
    found: list[Part] = []
    at_top, digest = True, False
    speakers = {name for name, count in Counter(map(_label, pieces)).items() if name and count > 1}
    words = layout()
    for at, piece in enumerate(pieces):
        before = found[-1] if found else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        part = _part(piece, before, after, usual)
        if after and after.number == piece.number and _ITEM.fullmatch(piece.text + "　"):
            part = Part(piece, "short", heads=True, item=True)
        if (at_top or after is None) and _PAGE_NUMBER.fullmatch(piece.folded):
            part = Part(piece, "furniture")
        if part.heads and (words.turn.match(piece.folded) or _label(piece) in speakers):
            part = replace(part, heads=False)
        digest = bool(words.digest.match(piece.folded)) or (
            digest and bool(words.digest_item.match(piece.folded))
        )
        if digest:
            part = Part(piece, "furniture")
        if part.kind == "short" and at_top and _SECTION.fullmatch(piece.folded):
            part = Part(piece, "furniture")
        at_top = at_top and part.kind in ("furniture", "end")
        found.append(part)
        if found[-1].kind == "short" and before and before.kind == "cast" and re.search(r"\s", piece.text):
            found[-1] = Part(piece, "cast")
    return tuple(_without_links(found))


def _label(line: Line) -> str:
    """The few characters before a colon with which a line opens, as the name of one who speaks does; or ""."""
    match = _LABEL.match(line.folded)
    return match[1] if match else ""


def _without_links(found: list[Part]) -> list[Part]:
    """The parts; the headlines of other articles, linked below a line that says so (相关阅读), become furniture.

    They end where furniture or the page ends: lines above a text are a headline of their own.
    """
    words = layout()
    done = list(found)
    for at, part in enumerate(found):
        if part.kind not in ("furniture", "end") or not words.related.match(part.line.folded):
            continue
        end = at + 1
        while end < len(found) and found[end].kind in ("short", "kicker") and not dated(found, end):
            end += 1
        if end == len(found) or found[end].kind in ("furniture", "end") or dated(found, end):
            done[at + 1 : end] = [Part(link.line, "furniture") for link in found[at + 1 : end]]
    return done


def dated(found: Sequence[Part], at: int, kinds: tuple[str, ...] = ("text", "lead", "byline")) -> bool:
    """Whether a full day stands below a line, alone or with the source, and below that a part of these kinds."""
    if at + 2 >= len(found) or found[at + 1].kind not in ("furniture", "end"):
        return False
    return found[at + 2].kind in kinds and dates.printed_day(found[at + 1].text) is not None


def headingish(text: str) -> bool:
    """Whether a line has the shape of a heading: short, no full stop inside, no comma at its end."""
    bare = _DECORATION.sub("", text)
    if not 1 < len(bare) <= HEADING_MAX or table_row(text):
        return False
    return not re.search(r"[。；;]|[，,、：:][”’]?$", bare)


def _part(line: Line, before: Part | None, after: Line | None, usual: int) -> Part:
    text, folded, words = line.text, line.folded, layout()
    if _note(line):
        return Part(line, "note")
    if words.cast.match(folded):
        return Part(line, "cast")
    if len(text) <= ASIDE_MAX:
        if text[0] in "(（" and (authors := bylines.byline(text)) and any(map(likely_name, authors)):
            return Part(line, "byline", authors)
        if words.article_end.match(folded):
            return Part(line, "end")
        if words.furniture.match(folded) or _running_head(folded):
            return Part(line, "furniture")
    if _cast(line, before):
        return Part(line, "cast")
    captioned = len(text) <= 260 and _captioned(line, before, after)
    authors = bylines.byline(text)
    below = before is not None and (before.heads or before.kind == "byline")
    if authors and before is not None and not below and words.credits.match(folded):
        return Part(line, "end")
    pictures = bylines.credit(text) or (authors == () and not below)
    if authors is not None and not (captioned and pictures):
        return Part(line, "byline", authors)
    if (text[0] in "(（" or (before is not None and before.heads)) and bylines.issued_by(text):
        return Part(line, "byline")
    if before is not None and (before.heads or _day_line(before)) and (names := bylines.official(text)):
        return Part(line, "byline", names)
    alone = before is not None and (
        before.heads if _long(after) else before.kind == "text" and closed(before.text)
    )
    if alone and (names := lone_name(text)):
        return Part(line, "byline", names)
    if before is not None and before.kind == "subtitle" and (names := plain_names(text)):
        return Part(line, "byline", names)
    if captioned or _credited(line, before, after):
        return Part(line, "caption")
    if bylines.dateline(text) or opens_signed(text):
        return Part(line, "lead")
    if _set_off(line, before, after, usual):
        return Part(line, "caption")
    if is_kicker(text) and not subtitle(text):
        return Part(line, "kicker", heads=True)
    if table_row(text):
        return Part(line, "row")
    if _long_headline(line, before, after, usual):
        return Part(line, "short", heads=True)
    if text[0] == "【" and before and after and before.text[0] == after.text[0] == "【":
        return Part(line, "text")  # 【市民提问】…, 【部门回复】…: turns of a conversation
    if headingish(text):
        kind: Kind = "subtitle" if subtitle(text) else "short"
        return Part(line, kind, heads=kind == "subtitle" or _heads(text) or _signed(text, after))
    return Part(line, "text")


def _long_headline(line: Line, before: Part | None, after: Line | None, usual: int) -> bool:
    """Whether a line longer than most headlines is one: at the head of the page or set apart, with no full stop, above
    what only stands below a headline.
    """
    text = line.text
    if (
        after is None
        or not HEADING_MAX < len(text) <= _LONG_HEADLINE
        or re.search(r"[。；;！？!?]|[，,、：:的]$", text)
    ):
        return False
    if list_item(text) or re.search("[，,、].*[，,、]", text) or certain(text, after.text):
        return False
    told = dates.printed_day(after.text) is not None and len(after.text) <= _LONG_HEADLINE
    told = told or _says_who(after)
    if before is None or before.kind in ("furniture", "end"):
        return told or (
            len(after.text) > len(text)
            and (after.indent or after.gap > 0)
            and not breaks_word(text, after.text)
        )
    if not closed(before.text):
        return False
    return told or (
        line.gap > usual and not line.indent and (after.indent or bool(layout().news.match(after.folded)))
    )


def _cast(line: Line, before: Part | None) -> bool:
    """Whether a line below a headline says where somebody spoke and who: 地点:…, 发布人:…, and those named after them."""
    if before is None or not (before.heads or before.kind in ("cast", "furniture", "byline")):
        return False
    if layout().cast_line.match(line.folded):
        return True
    return before.kind == "cast" and bool(bylines.official(line.text))


def _heads(text: str) -> bool:
    """Whether a short line may be part of a headline: no list item, unless an emoji or a mark opens it."""
    opened = _DECORATION.match(text[:3])
    bare = text[opened.end() :] if opened else text
    if UNIT_LINE.fullmatch(text):
        return False
    if layout().roundup.match(fold(headlines.bare(text))):
        return True
    if _TELLS.search(text):
        return False
    if amount_only(text) or _exclaims(text):
        return False
    return not list_item(bare) and (bare == text or not re.search("[:：｜|]", bare))


def decorated(text: str) -> bool:
    """Whether an emoji or a mark opens the line."""
    return bool(_DECORATION.match(text[:1]))


def amount_only(text: str) -> bool:
    """Whether a line holds a number with its unit and nothing else, as those of infographics do."""
    amount = _AMOUNT.match(fold(text))
    return amount is not None and fold(text)[amount.end() :] in {"", *unit_table()}


def _signed(text: str, after: Line | None) -> bool:
    """Whether an emoji opens a short line that a byline or a dateline follows."""
    if after is None or not decorated(text) or closed(text):
        return False
    return _says_who(after)


def _says_who(line: Line) -> bool:
    """Whether a line is a byline with a name, or opens with a dateline."""
    return bool(bylines.byline(line.text) or bylines.dateline(line.text))


def _exclaims(text: str) -> bool:
    """Whether a short line is a whole sentence with its clauses that ends with a call or a question."""
    return closed(text) and len(re.findall("[，,]", text)) >= 2


def _set_off(line: Line, before: Part | None, after: Line | None, usual: int) -> bool:
    """Whether a short line stands in a gap of the text, as pictures with their captions leave one."""
    if (
        before is None
        or before.kind in ("note", "byline", "kicker", "subtitle")
        or line.gap < usual + 2
        or after is None
    ):
        return False
    if len(line.text) > _GAP_CAPTION_MAX or list_item(line.text) or (before.heads and before.kind == "short"):
        return False
    stopped = closed(line.text) and line.text[-1] not in "？?！!：:；;"
    return stopped or line.text.endswith(layout().caption_endings)


def _running_head(folded: str) -> bool:
    """Whether a line is a page's running head: a full day of publication and short words beside it."""
    if len(folded) > 80 or re.search("[。!?,]", folded):
        return False
    words = folded.split()
    days = [word for word in words if dates.printed_day(word)]
    return len(days) == 1 and len(words) > 1 and all(len(word) <= 10 for word in words if word not in days)


def _long(line: Line | None) -> bool:
    """Whether a line is a text's, longer than any headline's."""
    return line is not None and len(line.text) > HEADING_MAX


def _credited(line: Line, before: Part | None, after: Line | None) -> bool:
    """Whether a short line stands apart from the text above it and right above a picture's credit (资料图)."""
    if before is None or after is None or before.heads or not after.gap < line.gap:
        return False
    credit = len(after.text) <= _CREDIT_MAX and layout().caption.match(after.folded)
    return bool(credit) and len(line.text) <= _GAP_CAPTION_MAX and not list_item(line.text)


def _captioned(line: Line, before: Part | None, after: Line | None) -> bool:
    """Whether a line says itself that it is a caption. Lines that open with the same arrow one after another
    are a list.
    """
    if not layout().caption.match(line.folded):
        return False
    mark = line.text[0]
    if not _MARK.match(mark) or layout().caption_sure.search(line.text):
        return True
    return not (after and after.text[0] == mark) and not (before and before.text[0] == mark)


def _day_line(part: Part) -> bool:
    """Whether a line in brackets gives the day of a speech or a report."""
    return part.kind == "furniture" and part.text[0] in "(（" and dates.printed_day(part.text) is not None


def _note(line: Line) -> bool:
    match = layout().note.match(line.folded)
    return match is not None and not match["rest"]


def _pieces(line: Line) -> list[Line]:
    """A line cut where two things stand in it: 编者按 and its text, headline and byline."""
    jump = layout().jump.search(line.folded)
    if jump and len(line.text) > jump.end() - jump.start():
        around = (cut(line, 0, jump.start()), cut(line, *jump.span()), cut(line, jump.end(), len(line.text)))
        if not around[0].text or not around[2].text:
            return [piece for piece in around if piece.text]
    item = _ITEM.match(line.text)
    if item and len(line.text) - item.end() > HEADING_MAX and bylines.trailing(line.text, last=True):
        return [cut(line, 0, item.end()), cut(line, item.end(), len(line.text))]
    signed = head_byline(line.text)
    if signed:
        return [cut(line, 0, signed), cut(line, signed, len(line.text))]
    note = layout().note.match(line.folded)
    apart = note and re.match(r"\u3000|\s{2}", line.text[len(note["label"].rstrip()) :])
    if note and note["rest"] and (note["colon"] or line.text[0] in "【[〔(（" or apart):
        return [cut(line, 0, note.end()), cut(line, note.end(), len(line.text))]
    if len(line.text) <= 80:
        whole = bylines.byline(line.text) is not None
        for match in _SAME_LINE_BYLINE.finditer(line.text):
            head, tail = line.text[: match.start()], line.text[match.end() :]
            if whole and (not names_column(head) or bylines.house(head)):
                continue
            if headingish(head) and bylines.byline(head) is None and bylines.byline(tail):
                return [cut(line, 0, match.start()), cut(line, match.end(), len(line.text))]
    return [line]
