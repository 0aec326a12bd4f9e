"""One spelling for what a reader means the same: full and half width, capital and small, traditional and simplified.

Every character becomes exactly one, so offsets in the folded text are those of the text.
"""

from collections.abc import Collection, Iterable
from functools import cache

from sitegen.text import fold

_LAST = "\uffff"  # scripts count characters beyond it twice
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


def folded(text: str) -> str:
    """The text as it is indexed and as a query is looked up; same length."""
    return fold(text).translate(_table())


def forms(alphabet: Collection[str]) -> tuple[str, str]:
    """Traditional characters whose simplified one is in the alphabet, and those, as two strings of one length."""
    pairs = sorted((chr(old), new) for old, new in _simplified().items() if new in alphabet)
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)


def changed(chars: Iterable[str]) -> tuple[str, str]:
    """What is folded among the characters of a site's texts, and all full-width ones, as two strings of one length."""
    every = "".join(chr(code) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000)
    known = {char for char, new in zip(every, fold(every), strict=True) if char != new} | set(chars)
    old = "".join(sorted(char for char in known if not char.isascii() and folded(char) != char))
    return old, folded(old)


class _Table(dict[int, str | int]):
    """Remembers what stays as it is too: translate is slow where a character is missing."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


@cache
def _table() -> _Table:
    lower = {code: low for code in range(0x250) if (low := chr(code).lower()) != chr(code) and len(low) == 1}
    return _Table({**lower, **_simplified()})


@cache
def _simplified() -> dict[int, str]:
    """Code point of a traditional character → its simplified one, where OpenCC gives one character for it alone.

    Loaded when a site's index is made, since nothing else needs it.
    """
    from opencc import OpenCC

    chars = [chr(code) for first, end in _HAN for code in range(first, end)]
    changed = OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return {
        ord(old): new
        for old, new in zip(chars, changed, strict=True)
        if len(new) == 1 and new != old and new <= _LAST
    }
