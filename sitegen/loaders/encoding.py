"""Bytes to text: byte order mark, UTF-8, GB18030, else a clear refusal. Nothing is ever replaced or dropped."""

import codecs
import re
from pathlib import PurePath

from sitegen.lexicon import packaged
from sitegen.problems import Problem, SitegenError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_REMEDY = "save the file as UTF-8"
_SAMPLE = 200_000  # characters looked at to judge a guess
_COMMON_SHARE = (
    0.8  # of the Han characters; Chinese prose has over 0.95, another encoding read as GB18030 under 0.6
)
_ENOUGH = 16  # Han characters from which on their frequency says something
_FREQUENT_SHARE = 0.3  # of the Han characters; Chinese prose has 0.7, Korean read as GB18030 0.15


def decode(name: str, data: bytes) -> str:
    """The text of a file, without byte order mark; line ends stay as they are.

    Raises SitegenError where the bytes are no text, or text in an encoding that cannot be told for certain.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(name, _strict(name, data[len(bom) :], encoding))
    if b"\0" in data:
        raise _refusal(name, "is no text file (it holds zero bytes)", "remove it, or save its text as UTF-8")
    try:
        return _checked(name, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        place = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or not _plausible(text[:_SAMPLE]):
        line = data.count(b"\n", 0, place) + 1
        raise _refusal(name, f"is neither UTF-8 (byte {place + 1} breaks it) nor GB18030", _REMEDY, line)
    return _checked(name, text)


def _strict(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refusal(name, f"says it is {encoding} but byte {error.start + 1} is not", _REMEDY) from error


def _checked(name: str, text: str) -> str:
    """The text, unless it holds control characters, which no page has."""
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise _refusal(
            name,
            f"is no text file (control character {ord(control[0]):#04x})",
            "remove it, or save it as text",
            line,
        )
    return text.removeprefix("\ufeff")


def _plausible(text: str) -> bool:
    """Whether text decoded as GB18030 reads like Chinese: nearly all of its Han are the common ones of GB
    2312, level 1.
    """
    common = rare = strange = 0
    for char in text:
        if "\u4e00" <= char <= "\u9fff":
            if _is_common(char):
                common += 1
            else:
                rare += 1
        elif "\ue000" <= char <= "\uf8ff" or "\u3400" <= char <= "\u4dbf" or char >= "\U00010000":
            strange += 1
    total = common + rare + strange
    if total < _ENOUGH:
        return total > 0 and common >= _COMMON_SHARE * total
    frequent = frozenset(packaged("layout.yml")["frequent"])
    usual = sum(char in frequent for char in text)
    return common >= _COMMON_SHARE * total and usual >= _FREQUENT_SHARE * total


def _is_common(char: str) -> bool:
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xB0 <= code[0] <= 0xD7


def _refusal(name: str, fact: str, fix: str, line: int = 0) -> SitegenError:
    return SitegenError(Problem(name, line, 0, "E-ENCODING", f"{PurePath(name).name} {fact}", fix))
