"""Headlines: the printed lines above a text, put together to kicker and title."""

import re

from sitegen.loaders.layout import HAN, layout
from sitegen.loaders.seams import breaks_word
from sitegen.text import fold

EMOJI = r"\U0001F000-\U0001FAFF\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3"
_DECOR = EMOJI + "※"
_DECORATION = re.compile(rf"^[{_DECOR}\s]+|[{_DECOR}\s]+$")
_QUOTED = re.compile("“[^“”]{1,8}”")  # no deck of its own
_AROUND = re.compile(rf"^[{_DECOR}【\[〔『「◎□■◆●○◇★☆▲△▼\s]+|[{_DECOR}】\]〕』」｜|丨\s]+$")


def subtitle(text: str) -> bool:
    """Whether a line is a subtitle, which begins with a dash."""
    return bool(re.match(r"\s*(?:——|—|──|――|--|－－)\s*\S", text))


def join_title(lines: list[str]) -> str:
    """The title that the printed lines make: joined where the page broke it, blanks beside ： and —— dropped.

    Lines that were one phrase are joined without a blank, decks of their own with one. Emojis around it are
    left out.
    """
    title = ""
    for line in lines:
        line = _spaced_out(_DECORATION.sub("", line))
        if not line:
            continue
        if title and not _one_phrase(title, line):
            title += " "
        title += line
    title = re.sub(r"\s+", " ", title)
    return re.sub(r"\s*(——|：|:(?!\d)|──)\s*", r"\1", title).strip()


def bare(text: str) -> str:
    """The words of a short line without blanks, and without the marks and brackets around them (◎ 短　波 → 短波)."""
    return "".join(_AROUND.sub("", text).split())


def split_kicker(text: str) -> tuple[str, str] | None:
    """(kicker, rest) of a headline line that begins with one (时政｜…, 【深读】…), None where it does not."""
    folded = fold(text)
    for pattern in layout().kicker_prefixes:
        match = pattern.match(folded)
        if match:
            return text[match.start("kicker") : match.end("kicker")], text[match.end() :]
    return None


def kicker_text(lines: list[str]) -> str | None:
    """The kicker that the printed lines make, without its brackets; None without lines."""
    words = [
        re.sub(r"^[【\[〔『「]\s*(.*?)\s*[】\]〕』」]$", r"\1", line.strip(" \u3000｜|丨")) for line in lines
    ]
    return " ".join(word for word in words if word) or None


def is_kicker(text: str) -> bool:
    """Whether a line above a headline is a column's name and no part of the headline."""
    return bool(layout().kicker.match(fold(text)))


def _one_phrase(left: str, right: str) -> bool:
    """Whether the second line goes on with the phrase of the first."""
    words = layout()
    if subtitle(right) or re.search(r"[：:—，、,]$", left) or fold(right)[0] in ",、:!?)”’》":
        return True
    if left[-1].isdigit() and re.match(r"[\d.万亿千百元吨个家%]", fold(right)):
        return True
    if left[-1] in words.dangling or fold(right)[0] in words.clinging:
        return True
    if left.count("“") > left.count("”") or left.count("《") > left.count("》"):
        return True
    if _QUOTED.fullmatch(right):
        return True
    return breaks_word(left, right)


def _spaced_out(line: str) -> str:
    """The line without blanks between single characters (蒙 古 马 精 神)."""
    line = line.strip()
    tokens = line.split()
    if len(tokens) == 2 and len(line) <= 4 and layout().roundup.match(fold("".join(tokens))):
        return "".join(tokens)
    if len(tokens) >= 3 and all(len(token) == 1 and re.match(rf"[{HAN}“”、，]", token) for token in tokens):
        return "".join(tokens)
    return line
