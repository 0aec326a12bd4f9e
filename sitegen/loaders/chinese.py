"""What Chinese editors write that Markdown's reader does not take as it is meant: extensions for the one reader of markup.py."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTextInlineProcessor
from markdown.preprocessors import Preprocessor

_ITEM = re.compile(r" *(?P<mark>[-*+]|\d{1,3}\.) +\S")
_NO_TEXT = re.compile(r"[>|#]|\[\^| {4}|\t")  # begins a line of a quotation, table, heading, note or code
_LINK = r"\[(?P<words>[^\[\]\n]{1,200})\]（(?P<to>(?:https?://|/)[^\s（）]{1,500})）"
_STRUCK = r"~~(?P<words>[^~\s](?:[^~\n]*[^~\s])?)~~"
_TIMES = r"(?<=\d)(\*)(?=\d)"
_CIRCLED = [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]  # ① to ㊿


def circled(number: int) -> str:
    """The mark of a note: ①, and from 51 on 〔51〕. No rule takes it for a number of the text."""
    return chr(_CIRCLED[number - 1]) if 0 < number <= len(_CIRCLED) else f"〔{number}〕"


class Chinese(Extension):
    """Lists right below a paragraph, [words]（address）, ~~struck~~, 2*3 as it stands."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the name that markdown calls
        """Adds what this extension is for."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "~"]
        lists = _Lists(md)
        md.preprocessors.register(lists, "lists", 15)  # behind code and HTML, which are put aside by then
        md.inlinePatterns.register(SimpleTextInlineProcessor(_TIMES, md), "times", 185)
        md.inlinePatterns.register(_Link(_LINK, md), "wide-link", 172)
        md.inlinePatterns.register(_Struck(_STRUCK, md), "struck", 65)


class _Lists(Preprocessor):
    """Lists as they are meant: one may begin right below a paragraph, and what stands further in than its item, by two blanks
    or more, lies inside it (Markdown's reader wants four).
    """

    def run(self, lines: list[str]) -> list[str]:
        """The lines with a blank line before each list and with four blanks for each level."""
        out: list[str] = []
        levels: list[int] = []  # blanks before the items that the line lies in
        bullets: dict[int, bool] = {}  # level → whether its items have bullets, not numbers
        for line in lines:
            blanks = len(line) - len(line.lstrip(" "))
            item = _ITEM.match(line)
            if item and (levels or (blanks < 4 and self._may_begin(item, out))):
                if not levels:
                    bullets.clear()
                    out += [""] if out and out[-1].strip() else []
                levels = [level for level in levels if level < blanks]
                bullet = not item["mark"][:-1]
                if levels or bullets.get(0, bullet) == bullet:
                    out.append(" " * 4 * len(levels) + line.lstrip(" "))
                else:  # a list of another kind begins
                    out += ["", line.lstrip(" ")]
                bullets[len(levels)] = bullet
                levels.append(blanks)
                continue
            opens = line.strip() and out and not out[-1].strip()
            if levels and opens:  # a paragraph of its own: whose is it?
                levels = [level for level in levels if level < blanks]
                inner = 4 * len(levels)
                line = " " * inner + line.lstrip(" ") if levels and blanks < inner else line
            out.append(line)
        return out

    def _may_begin(self, item: re.Match[str], before: list[str]) -> bool:
        """Whether an item may begin a list: below a blank line any, below a paragraph a bullet or the number 1."""
        above = before[-1] if before else ""
        return not above.strip() or (not _NO_TEXT.match(above) and item["mark"] in ("-", "*", "+", "1."))


class _Link(InlineProcessor):
    """A link whose brackets came from a Chinese keyboard."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  as markdown calls it
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """The link, and what it takes the place of."""
        link = Element("a", {"href": self.unescape(m["to"])})
        link.text = m["words"]
        return link, m.start(0), m.end(0)


class _Struck(InlineProcessor):
    """Words that are struck out."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  as markdown calls it
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """The words, and what they take the place of."""
        struck = Element("del")
        struck.text = m["words"]
        return struck, m.start(0), m.end(0)
