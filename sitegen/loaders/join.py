"""Which lines are pieces of one paragraph: the repair of paragraphs that a page's columns broke."""

import re

from sitegen.loaders.layout import layout
from sitegen.loaders.seams import breaks_word
from sitegen.text import fold

HEADING_MAX = 38  # characters; longer lines without a full stop are text
PARAGRAPH_MAX = 8_000  # characters; no paragraph grows beyond that, so a page without full stops stays cheap
_TAIL = 400  # characters of a paragraph that say whether it is finished
_CLOSED = re.compile(r"(?:[。！？!?…;；:：❗❓‼]\ufe0f?|——|(?<![\d０-９])[.])[”’』」）)\]】\"]*$")
_UNIT = re.compile(
    r"[万亿千百十元吨个家户%‰倍度兆米公亩平立方斤台辆套条项年月日号点届第余多美吉瓦\d.]|[a-zA-Z]{1,3}"
)


def closed(text: str) -> bool:
    """Whether a line ends like a paragraph: after a full stop, a colon, a dash that announces the next lines."""
    tail = text[-12:].rstrip()
    return bool(_CLOSED.search(tail)) or (text[:1] in "(（" and tail[-1:] in ")）")


def list_item(text: str) -> bool:
    """Whether a line begins with a bullet, a number or an emoji: such a line begins a paragraph."""
    return bool(_ITEM.match(fold(text)))


_ITEM = re.compile(
    r"[\U0001F000-\U0001FAFF\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2b00-\u2bff\u00b7\u2022●○■□◆◇★☆▲△※]"
    r"|\d{1,2}[.、)\ufe0f\u20e3](?!\d)|\(?[一二三四五六七八九十]{1,3}[、)]|\([\d一二三四五六七八九十]{1,2}\)"
    r"|第[一二三四五六七八九十百\d]{1,3}[条章节]|[①-⑳]|[-*—]\s"
)


_SUM_ROW = re.compile(
    r"\s*[合总小共]\s*计[\s\u3000]+[\d０-９.,，]+\s*$"
)  # the last row, its middle fields empty


UNIT_LINE = re.compile(r"[(（]?\s*(?:[^:：()（）。]{1,16}\s)?(?:计量)?单位\s*[:：].{1,40}")  # above a table


def table_row(text: str) -> bool:
    """Whether a line is a row of a table: three cells or more between tabs or wide blanks, or bars."""
    if _SUM_ROW.match(text):
        return True
    cells = [cell for cell in re.split(r"\t+|\u3000+|\s{2,}|[|｜]", text.strip()) if cell.strip()]
    if all(len(cell) == 1 for cell in cells):
        return False  # a headline of spaced characters
    return len(cells) >= 3 and not re.search(r"[。！？]", text) and max(map(len, cells)) <= 40


def continues(left: str, right: str) -> bool:
    """Whether right goes on with the paragraph that left began; both are lines of running text or pieces of
    it.
    """
    if not left or not right or len(left) > PARAGRAPH_MAX or closed(left) or starts_paragraph(right):
        return False
    left = left[-_TAIL:]
    if certain(left, right):
        return True
    if left[-1] in "”’』」）)】":
        return bool(re.search(r"[，,。]", left)) and fold(right)[0] not in "“‘(" and _flows(left, right)
    if layout().fresh.match(fold(right)) and not breaks_word(left, right):
        return False  # a full stop was forgotten
    return len(left) > HEADING_MAX or bool(re.search("[。；]", left)) or fragment(left, right)


def certain(left: str, right: str) -> bool:
    """Whether the seam alone shows that the two belong together: a comma, a cut number, a character that
    clings.
    """
    tail, head = fold(left)[-1], fold(right)
    words = layout()
    if tail in ",、" or head[0] in ",、。;:!?%)”’》】」』" or head[0] in words.clinging:
        return True
    if tail.isdigit() and _UNIT.match(head):
        return True
    if (
        left.count("“") > left.count("”")
        or fold(left).count("(") > fold(left).count(")")
        or left.count("《") > left.count("》")
    ):
        return True
    return tail in words.dangling or left.endswith(words.dangling_words)


def fragment(left: str, right: str) -> bool:
    """Whether a short line without a full stop is the beginning of a broken paragraph, and no heading."""
    if not left or not right or closed(left) or starts_paragraph(right):
        return False
    if list_item(left) and not re.search("[，,]", left):
        return False
    head = fold(right)
    if fold(left)[-1] in ",、" or head[0] in ",、。;:!?%)”’》】」』" or head[0] in layout().clinging:
        return True
    if fold(left)[-1].isdigit() and _UNIT.match(head) and not head[0].isdigit():
        return True
    if "，" in left and (left[-1].isdigit() or _STUMP.match(right)):
        return True
    if _SAYS.search(left) or left.count("“") > left.count("”") or left.count("《") > left.count("》"):
        return True
    return _sentence_like(left) or _cut_amount(left, right) or breaks_word(left, right)


_STUMP = re.compile(
    r"[^“”‘’（(《。，？！]{1,6}。"
)  # the last word of a sentence: no paragraph begins with it
_SAYS = re.compile(r"，”[^。，！？“”]{1,12}$")  # “…，”薛一鸣 | 告诉记者


def starts_paragraph(text: str) -> bool:
    """Whether a line can only be the first of a paragraph: a list item, a row, a speaker."""
    return list_item(text) or table_row(text) or bool(layout().speaker.match(fold(text)))


_COUNTED = re.compile(r",.*\d[万亿]?[个家座条项名位种台套户]$")  # …,出口到11个 | 国家
_AMOUNT = re.compile(r"[\d.]+(?![年月日岁点时:/])[^\s\d,;、。]{1,4}[,;、。]")


def _cut_amount(left: str, right: str) -> bool:
    """Whether an amount follows on a line that waits for one: …,引进企业 | 320家,…"""
    if _COUNTED.search(fold(left)):
        return True
    if not _AMOUNT.match(fold(right)):
        return False
    return left.endswith(layout().counting) or bool(re.search("[，,]", left))


def _sentence_like(left: str) -> bool:
    """Whether a short line reads like the beginning of a sentence rather than like a heading."""
    words = layout()
    clauses = [clause for clause in re.split(r"[,、]", fold(left)) if clause]
    comma = bool(re.search(r"[,?!]", fold(left)[:-1]))
    if fold(left)[-1] in words.dangling and (comma or left.startswith(words.openers)):
        return True
    lengths = [len(clause) for clause in clauses]
    if left.startswith(words.openers) and fold(left).count(",") >= 2 and max(lengths) - min(lengths) > 1:
        return True  # clauses of a heading are made alike
    if comma and len(clauses[-1]) <= 2 and len(clauses[0]) > 2:
        return True
    if comma and left.startswith(words.openers) and abs(len(clauses[0]) - len(clauses[-1])) > 1:
        return True
    return left.startswith(words.openers) and left[-1] in words.dangling


def _flows(left: str, right: str) -> bool:
    """After a closing quotation mark without a full stop: whether left is an unfinished sentence."""
    last = re.split(r"[。！？]", left)[-1]
    return len(last) > 4 and not right.startswith(layout().openers)
