"""Newspaper pages made up with all the noise of print, whose truth is known. The same seed gives the same page.

A page is composed of pieces (a headline's line, a byline, a paragraph …) that a grammar of sentences invents
(noisy_words.yml, noisy_parts.py), and then printed: lines are broken, blanks and furniture strewn in, digits widened.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from noisy_parts import Piece, Truth, body, byline, ending, headline, one, opening, paragraph, say


@dataclass(frozen=True)
class NoisyPage:
    """text: as a file holds it.  articles: in order."""

    text: str
    articles: tuple[Truth, ...]


# ---- kinds of articles


def feature(rng: Random) -> Truth:
    """Headline, byline, text."""
    truth = Truth()
    headline(rng, truth)
    signed_below = rng.random() < 0.12
    lead = opening(rng) if signed_below else ""
    if not signed_below:
        truth.add("byline", byline(rng, start=True))
    body(rng, truth, lead=lead)
    ending(rng, truth)
    return truth


def brief(rng: Random) -> Truth:
    """A short news item with its dateline."""
    truth = Truth()
    truth.add("head", say(rng, "title"))
    truth.add("text", opening(rng) + paragraph(rng))
    if rng.random() < 0.3:
        truth.add("text", paragraph(rng))
    ending(rng, truth)
    return truth


def signed_below(rng: Random) -> Truth:
    """An article whose author stands in brackets behind its last sentence."""
    truth = Truth()
    headline(rng, truth)
    truth.add("text", opening(rng) + paragraph(rng))
    truth.add("text", paragraph(rng))
    truth.add("byline", byline(rng, start=False))
    return truth


def note(rng: Random) -> Truth:
    """An editor's note."""
    truth = Truth(note=True)
    truth.add("head", one(rng, "编者按", "编者按：", "【编者按】", "开栏的话"))
    truth.add("text", say(rng, "note"))
    return truth


def continued(rng: Random) -> Truth:
    """The rest of an article of another page."""
    truth = Truth()
    truth.add("furniture", f"（上接第{one(rng, '一', '1', '二')}版）")
    text = paragraph(rng, 3)
    truth.add("text", text[rng.randint(1, 6) :] if text[0] not in "“《" else text)
    truth.add("text", paragraph(rng))
    return truth


def articles(rng: Random) -> list[Truth]:
    """Two to five articles of mixed kinds, notes right before a feature."""
    found: list[Truth] = []
    kinds: list[Callable[[Random], Truth]] = [feature, feature, feature, brief, brief, signed_below]
    if rng.random() < 0.08:
        found.append(continued(rng))
    for _ in range(rng.randint(2, 5)):
        if rng.random() < 0.1:
            found += [note(rng), feature(rng)]
        else:
            found.append(rng.choice(kinds)(rng))
    return found


# ---- the page


def page(seed: int) -> NoisyPage:
    """The page of that seed."""
    rng = Random(seed)  # noqa: S311  drawn from a seed
    found = articles(rng)
    _strew(rng, found)
    return NoisyPage(_joined(rng, _habit(rng), found), tuple(found))


def shuffled(seed: int, order: Sequence[int]) -> tuple[str, tuple[str, ...]]:
    """The page of whole articles of that seed, without furniture of its own, in the order; and each article alone.

    order: of at least as many numbers as the page has articles; those too large are left out.
    """
    rng = Random(seed)  # noqa: S311  drawn from a seed
    found = [truth for truth in articles(rng) if truth.of("head")]
    habit = _habit(rng)
    blocks = [_block(rng, habit, truth) for truth in found]
    chosen = [blocks[at] for at in order if at < len(blocks)]
    gap = [""] * (habit.gap + habit.more)
    text = habit.newline.join(line for block in chosen for line in [*gap, *block])
    return text, tuple(habit.newline.join(block) for block in chosen)


def _strew(rng: Random, found: list[Truth]) -> None:
    """Page furniture: above the first article, below the last, and anywhere between paragraphs."""
    day = f"20{rng.randint(10, 25)}年{say(rng, 'month')}月{say(rng, 'day')}日"
    top = [
        f"{say(rng, 'paper')}　{day}　星期{one(rng, *'一二三四五六日')}",
        f"{day} 星期{one(rng, *'一二三四五')} 第{rng.randint(1, 16):02}版 {one(rng, '要闻', '综合', '城事')}",
        f"第{rng.randint(1, 12)}版：{one(rng, '要闻', '民生', '文化')}",
        f"{rng.randint(1, 9):02} {one(rng, '要闻', '县域')}",
        f"A{rng.randint(1, 24):02}",
        f"本版编辑：{say(rng, 'person')}",
    ]
    low = [
        f"本版责编：{say(rng, 'person')}　美编：{say(rng, 'person')}",
        f"新闻热线：0{rng.randint(311, 999)}-{rng.randint(2000000, 8999999)}",
        f"印刷：{say(rng, 'city')}印务有限公司",
        "【广告】",
        f"国内统一刊号：CN {rng.randint(11, 65)}-00{rng.randint(10, 99)}　邮发代号：{rng.randint(1, 90)}-{rng.randint(1, 99)}",
        "上一篇　下一篇",
        "返回目录",
    ]
    for text in rng.sample(top, rng.randint(0, 3)):
        found[0].pieces.insert(0, Piece("furniture", text))
    for text in rng.sample(low, rng.randint(0, 3)):
        found[-1].add("furniture", text)
    if rng.random() < 0.2:
        for text in reversed(_digest(rng)):
            found[0].pieces.insert(0, Piece("furniture", text))
    if rng.random() < 0.3:
        truth = rng.choice(found)
        places = [
            at
            for at in range(1, len(truth.pieces))
            if truth.pieces[at - 1].role == "text" == truth.pieces[at].role
        ]
        stray = one(rng, "广告", f"— {rng.randint(1, 40)} —", f"第{rng.randint(2, 9)}版", "扫码看视频")
        if places:
            truth.pieces.insert(rng.choice(places), Piece("furniture", stray))


def _digest(rng: Random) -> list[str]:
    """What the other pages hold, as a front page announces it."""
    head = one(rng, "导读", "今日导读", "■ 导读", "【导读】", "要闻导读")
    mark = one(rng, "", "▶", "● ", "·")
    to = one(rng, "（详见第{}版）", "　{}版", "……{}版", " >>>{}版", "（{}版）")
    items = [
        mark + say(rng, "title") + to.format(f"{rng.randint(2, 16):02}") for _ in range(rng.randint(2, 4))
    ]
    return [head, *items]


@dataclass(frozen=True)
class _Habit:
    """How a page is printed."""

    gap: int
    more: int  # further blank lines between articles
    indent: str
    width: int  # characters to a line, 0 for lines as long as the paragraph
    broken: float  # share of the paragraphs broken anywhere
    trail: str
    wide: bool
    newline: str


def _habit(rng: Random) -> _Habit:
    width = rng.choice([0, 0, 0, 0, 18, 22, 26, 34])
    indent = one(rng, "", "　　", "    ", "　　") if not width else one(rng, "　　", "　　", "")
    gap = rng.choice([0, 1, 1, 2]) if not width else (0 if indent else 1)
    return _Habit(
        gap=gap,
        more=rng.choice([0, 0, 1, 2]),
        indent=indent,
        width=width,
        broken=0.0 if width else rng.choice([0, 0, 0.15, 0.3]),
        trail=one(rng, "", "", " ", "　"),
        wide=rng.random() < 0.2,
        newline=one(rng, "\n", "\n", "\r\n"),
    )


def _joined(rng: Random, habit: _Habit, found: Sequence[Truth]) -> str:
    """The articles as the text of a file; each piece is told on which lines it stands."""
    lines: list[str] = []
    for truth in found:
        if lines:
            lines += [""] * (habit.more + habit.gap)
        block = _block(rng, habit, truth)
        for piece in truth.pieces:
            piece.lines = (piece.lines[0] + len(lines), piece.lines[1] + len(lines))
        lines += block
    return habit.newline.join(lines) + one(rng, "", habit.newline)


def _block(rng: Random, habit: _Habit, truth: Truth) -> list[str]:
    """The lines of one article; its pieces are told their lines, counted from 1."""
    lines: list[str] = []
    for piece in truth.pieces:
        if habit.wide and rng.random() < 0.5:
            piece.text = piece.text.translate(
                {ord(str(d)): 0xFF10 + d for d in range(10)} | {ord("%"): 0xFF05}
            )
        first = 0
        for at, row in enumerate(_rows(rng, habit, piece)):
            lines += [""] * (habit.gap if lines and (at == 0 or not habit.width) else 0)
            lines.append(row + (habit.trail if rng.random() < 0.3 else ""))
            first = first or len(lines)
        piece.lines = (first, len(lines))
    return lines


def _rows(rng: Random, habit: _Habit, piece: Piece) -> list[str]:
    """The lines on which a piece is printed."""
    if piece.role not in ("text", "more"):
        return [piece.text]
    indent = habit.indent if piece.role == "text" else ""
    text = indent + piece.text
    if habit.width and "\t" not in text and "  " not in text.strip():
        return [text[at : at + habit.width] for at in range(0, len(text), habit.width)]
    if rng.random() < habit.broken and len(piece.text) > 30 and not re.search(r"\s", piece.text):
        at = rng.randint(8, len(piece.text) - 8) + len(indent)
        return [text[:at], text[at:]]
    return [text]
