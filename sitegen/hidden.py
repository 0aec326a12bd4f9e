"""Characters that nobody sees and that make a text look like another one: found, so that the text is refused."""

import re
from typing import NamedTuple

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # in no XML, no terminal
# Marks that turn the direction in which text is shown: 5.63 between two of them looks like 36.5.
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_NONE = "\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufeff"
_DIGIT = "0-9０-９零〇一二三四五六七八九十百千万亿两"
# One that has no width, between two digits: 3 and 6.5 look like 36.5. Elsewhere such marks come with copied text and do no harm.
_PARTED = re.compile(
    rf"[{_DIGIT}.,．，点][{_NONE}]+(?=[{_DIGIT}.．点])|[{_DIGIT}][{_NONE}]+(?=[,，][{_NONE}]*[0-9０-９])"
)
_ANY = re.compile(f"[{_CONTROL.pattern[1:-1]}{_BIDI.pattern[1:-1]}{_NONE}]")  # most texts have none


class Hidden(NamedTuple):
    """Where such a character stands, the code of the problem, what is wrong and what to do."""

    offset: int
    code: str
    fact: str
    fix: str


def hidden(text: str) -> Hidden | None:
    """The first character of the text that shows readers something else than what is read, or None."""
    if not _ANY.search(text):
        return None
    control = _CONTROL.search(text)
    if control:
        fact = f"a character that no text has stands here (U+{ord(control[0]):04X})"
        return Hidden(control.start(), "E-CONTROL", fact, "delete it")
    if text.isascii():
        return None
    found = _BIDI.search(text)
    if found:
        fact = f"a mark that turns the direction of the text stands here (U+{ord(found[0]):04X})"
        return Hidden(found.start(), "E-BIDI", fact, "delete it")
    parted = _PARTED.search(text)
    if parted:
        at = parted.start() + 1
        fact = f"a character that nobody sees (U+{ord(text[at]):04X}) parts a number"
        return Hidden(at, "E-INVISIBLE", fact, "delete it")
    return None
