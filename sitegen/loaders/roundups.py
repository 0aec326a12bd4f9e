"""What the lines below a heading show it to be: the name of a table, or of a collection of short items."""

import re
from collections.abc import Sequence

from sitegen.loaders.headlines import bare
from sitegen.loaders.join import UNIT_LINE, list_item
from sitegen.loaders.layout import layout
from sitegen.loaders.parts import Part
from sitegen.text import fold

TABLE_NAME = re.compile(r"附?表\s*[\d一二三四五六七八九十]*\s*[:： 　]")  # a table of the article around it
_ITEM_HEAD = re.compile(r"[【\[▲●■◆★◎○□△☆◇▶►]|[\u4e00-\u9fff·]{2,10}(?::|\s{1,2}(?=[\u4e00-\u9fff\d]))")


def table_ahead(found: Sequence[Part], at: int) -> bool:
    """Whether a table of two rows or more follows right below the line at `at`."""
    rows = found[at + 1 : at + 4]
    if rows and UNIT_LINE.fullmatch(rows[0].text):
        rows = rows[1:]
    return len(rows) >= 2 and rows[0].kind == rows[1].kind == "row"


def roundup(found: Sequence[Part], at: int) -> bool:
    """Whether the line opens a collection of short items: its words say so, or its words and the items below."""
    part, words = found[at], layout()
    if found[at + 1].kind == "byline" or part.kind not in ("short", "kicker"):
        return False
    name = fold(bare(part.text))
    if words.roundup.match(part.line.folded) or words.roundup.match(name):
        return True
    if not words.briefs.match(name):
        return False
    return _items(found[at + 1 : at + 4]) or names_table(found, at)


def names_table(found: Sequence[Part], at: int) -> bool:
    """Whether a table's own title, and the table, follow below the name of a column (市场行情)."""
    if at + 1 >= len(found) or found[at].kind != "short" or found[at + 1].kind != "short":
        return False
    return bool(layout().briefs.match(fold(bare(found[at].text)))) and table_ahead(found, at + 1)


def _items(parts: Sequence[Part]) -> bool:
    """Whether two items or more stand here: with one mark, in brackets, or behind the names of places."""
    rows = [part.line.folded for part in parts if part.kind in ("text", "caption", "short")]
    if len(rows) < 2 or not all(_ITEM_HEAD.match(row) for row in rows[:2]):
        return False
    return rows[0][0] == rows[1][0] or not any(list_item(row) or row[0] in "【[" for row in rows[:2])
