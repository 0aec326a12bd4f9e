"""The parts of invented articles: headlines, bylines, paragraphs, captions, of many habits (noisy_words.yml)."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

import yaml

Role = Literal["head", "byline", "text", "more", "subhead", "caption", "furniture"]


@dataclass
class Piece:
    """What is printed in one go. role "more": the rest of a paragraph that something interrupts."""

    role: Role
    text: str
    lines: tuple[int, int] = (0, 0)


@dataclass
class Truth:
    """An article as it was composed; furniture among its pieces belongs to the page, not to it."""

    pieces: list[Piece] = field(default_factory=list)
    note: bool = False

    def add(self, role: Role, text: str) -> None:
        """One more piece."""
        self.pieces.append(Piece(role, text))

    def of(self, *roles: Role) -> list[Piece]:
        """Its pieces of these roles."""
        return [piece for piece in self.pieces if piece.role in roles]

    def paragraphs(self) -> list[str]:
        """Its paragraphs made whole again, without white space."""
        whole: list[str] = []
        for piece in self.of("text", "more"):
            text = squeeze(piece.text)
            if piece.role == "more":
                whole[-1] += text
            else:
                whole.append(text)
        return whole


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@cache
def words() -> dict[str, list[str]]:
    """The grammar."""
    data = yaml.safe_load((Path(__file__).parent / "noisy_words.yml").read_text(encoding="utf-8"))
    return {name: [str(word) for word in found] for name, found in data.items()}


def say(rng: Random, name: str) -> str:
    """A word of that name with its slots filled."""
    return re.sub(r"\{(\w+)\}", lambda match: say(rng, match[1]), rng.choice(words()[name]))


def one(rng: Random, *choices: str) -> str:
    return rng.choice(choices)


def spaced(rng: Random, name: str) -> str:
    """A name of two characters is often printed with a blank between them."""
    return f"{name[0]}{one(rng, ' ', '　')}{name[1]}" if len(name) == 2 and rng.random() < 0.6 else name


def people(rng: Random, most: int) -> str:
    joint = one(rng, " ", "　", "、")
    names = [say(rng, "person") for _ in range(rng.randint(1, most))]
    return joint.join(names) if joint == "、" else joint.join(spaced(rng, name) for name in names)


# ---- the parts of an article


def headline(rng: Random, truth: Truth) -> None:
    """A headline of one of many habits: line above, broken, paired, with subtitle, with the name of a column."""
    title, habit = say(rng, "title"), rng.random()
    if habit < 0.10:
        truth.add("head", one(rng, "【{}】", "[{}]", "〔{}〕").format(say(rng, "column")))
    elif habit < 0.18:
        title = f"{say(rng, 'column')}{one(rng, '｜', '丨', ' | ')}{title}"
    elif habit < 0.26:
        truth.add("head", say(rng, "lead_in"))
    elif habit < 0.34:
        title = f"{title}{one(rng, ' ', '　')}{say(rng, 'lead_in')}"
    if 0.86 < habit < 0.9:
        title = f"{one(rng, '🌾', '📢 ', '🔥', '✨')}{title}"
    places = [
        at for at in range(3, len(title) - 2) if not re.fullmatch(r"[\d.]\S|\S[\d.]", title[at - 1 : at + 1])
    ]
    if habit > 0.9 and places:  # broken by the page, but in no number
        at = rng.choice(places)
        truth.add("head", title[:at])
        truth.add("head", title[at:])
    else:
        truth.add("head", title)
    if rng.random() < 0.25:
        truth.add("head", one(rng, "——", "— —", "——", "──") + say(rng, "subtitle"))


def byline(rng: Random, *, start: bool) -> str:
    """A line that says who wrote. start: it stands below the headline, not at the end."""
    who, other, third = people(rng, 3), people(rng, 2), say(rng, "person")
    house = one(rng, "本报", "本报", say(rng, "paper"), "本刊", "")
    mark = one(rng, "", "", "□", "■", "○", "◎ ", "□ ", "● ")
    forms = [
        f"{mark}{house or '本报'}记者 {who}",
        f"{mark}{house or '本报'}记者　{who}　通讯员　{other}",
        f"{one(rng, '□', '◎', '□ ')}{who}",
        f"{house}记者 {who} 文/图",
        f"文/图 {house or '本报'}记者 {who}",
        f"通讯员 {other} {house or '本报'}记者 {who}",
        f"{house or '本报'}{one(rng, '首席', '见习', '特约', '全媒体')}记者 {who}",
        f"{house or '本报'}记者 {who} 摄影报道",
        f"作者：{third}",
        f"撰文：{third} 摄影：{say(rng, 'person')}",
        f"{one(rng, '文', '采写')}｜{house or '本报'}记者 {who}",
        f"（{house or '本报'}记者 {who}）",
        f"本报评论员 {third}",
    ]  # fmt: skip
    return rng.choice(forms if start else [forms[11], f"（{who}）", f"（记者 {who} 通讯员 {other}）"])


def opening(rng: Random) -> str:
    """The head of a news item: 本报讯, 新华社…电."""
    who = people(rng, 2)
    day, city = f"{say(rng, 'month')}月{say(rng, 'day')}日", say(rng, "city")
    brackets = one(rng, "（{}）", "({})")
    return rng.choice(
        [
            "本报讯" + brackets.format(f"记者 {who}"),
            "本报讯" + brackets.format(f"记者{who} 通讯员{people(rng, 1)}") + one(rng, "", " "),
            f"本报{city}{day}讯" + brackets.format(f"记者 {who}"),
            f"新华社{city}{day}电" + brackets.format(f"记者{who}"),
            f"据新华社{city}{day}电 ",
            f"本报{city}{day}电 " + brackets.format(f"记者 {who}"),
            f"中新社{city}{day}电 " + brackets.format(f"记者 {who}"),
        ]
    )


def paragraph(rng: Random, most: int = 4) -> str:
    return "".join(say(rng, "sentence") for _ in range(rng.randint(1, most)))


def caption(rng: Random) -> str:
    """A picture's caption or credit as print writes it."""
    text, who = say(rng, "caption"), say(rng, "person")
    house = one(rng, "本报", "新华社", "")
    return rng.choice(
        [
            f"▲{text}。",
            f"图为{text}。",
            f"图为{text}。{house or '本报'}记者 {who} 摄",
            f"{one(rng, '左图', '上图', '下图', '右图')}：{text}。",
            f"{text}。{house}记者 {who} 摄",
            f"{text}。（资料图片）",
            f"{text}。{who} 摄",
            f"（本文图片由{say(rng, 'org')}提供）",
            f"△{text}（{who} 摄）",
            f"图片说明：{text}",
        ]
    )


def body(rng: Random, truth: Truth, *, lead: str = "", least: int = 2) -> None:
    """Paragraphs, with subheads, captions that interrupt, lists, tables or questions."""
    count = rng.randint(least, 6)
    sections = rng.randint(2, 3) if count >= 5 and rng.random() < 0.5 else 0
    heads = sorted(rng.sample(range(1, count), sections)) if sections else []
    prefix = rng.choice(["", "", "{}、", "（{}）"])
    middle = rng.choice([None, None, None, _list, _table, _questions])
    at_middle = rng.randrange(count)
    for at in range(count):
        if at in heads:
            number = prefix.format("一二三四"[heads.index(at)])
            truth.add("subhead", number + say(rng, "subhead"))
        text = (lead if at == 0 else "") + paragraph(rng)
        if at and rng.random() < 0.12:
            _interrupted(rng, truth, text)
        else:
            truth.add("text", text)
            if rng.random() < 0.12:
                truth.add("caption", caption(rng))
        if middle and at == at_middle and at + 1 < count and at + 1 not in heads:
            middle(rng, truth)


def _interrupted(rng: Random, truth: Truth, text: str) -> None:
    """A caption stands in the middle of a sentence."""
    places = [at for at in range(5, len(text) - 4) if re.match(r"\w\w", text[at - 1 : at + 1])]
    at = rng.choice(places)
    truth.add("text", text[:at])
    truth.add("caption", caption(rng))
    truth.add("more", text[at:])


def _list(rng: Random, truth: Truth) -> None:
    mark = one(rng, "●", "■ ", "·", "★", "✅", "📌", "▶")
    for number in range(1, rng.randint(3, 4)):
        opened = one(rng, mark, mark) if rng.random() < 0.9 else f"{number}."
        truth.add("text", f"{opened}{say(rng, 'item')}{one(rng, '；', '。')}")


def _table(rng: Random, truth: Truth) -> None:
    gap = one(rng, "  ", "\t", "　　")
    unit = say(rng, "unit")
    truth.add("text", gap.join(["名称", f"数量（{unit}）", "比上年"]))
    for _ in range(rng.randint(2, 4)):
        truth.add("text", gap.join([say(rng, "place"), say(rng, "n"), f"{say(rng, 'n')}%"]))


def _questions(rng: Random, truth: Truth) -> None:
    asks, tells = rng.choice([("问：", "答："), ("记者：", f"{say(rng, 'person')}："), ("Q：", "A：")])
    for _ in range(rng.randint(1, 3)):
        truth.add("text", asks + say(rng, "question"))
        truth.add("text", tells + paragraph(rng, 2))


def ending(rng: Random, truth: Truth) -> None:
    """What may stand below an article: editors, jump line, source."""
    if rng.random() < 0.35:
        truth.add("furniture", aside(rng))


def aside(rng: Random) -> str:
    """Furniture that stands below articles."""
    page = one(rng, "二", "三", "四", "5", "6", "08")
    return rng.choice(
        [
            f"（下转第{page}版）",
            f"下转第{page}版",
            f"责任编辑：{say(rng, 'person')}",
            f"责编 {say(rng, 'person')} 版式 {say(rng, 'person')}",
            f"编辑：{say(rng, 'person')}　校对：{say(rng, 'person')}",
            f"来源：{say(rng, 'paper')}",
            f"来源：{say(rng, 'paper')}　阅读：{say(rng, 'n')}",
            f"点击量：{rng.randint(12, 99999)}",
            "（完）",
            "◆◆◆",
            "———————",
        ]
    )
