"""Authors named inside running text: at the head of a paragraph, or behind its last sentence."""

import re

from sitegen.loaders.bylines import bracket, byline, trailing
from sitegen.loaders.layout import HAN, layout
from sitegen.loaders.names import likely_name
from sitegen.text import fold

_NAMES = rf"[{HAN}]{{2,4}}(?:[、 ]+[{HAN}]{{2,4}}){{0,3}}"
_HEAD = re.compile(
    rf"[□■◎●◆⊙]\s*(?:本报|本网|本刊|本台|[{HAN}]{{2,6}}报)?(?:特约|见习|实习|首席|全媒体)?记者\s+(?P<names>{_NAMES})\s+(?=[^\s].{{20}})"
)
_REPORTS = re.compile(
    rf"(?:本报|[{HAN}]{{2,6}}报)?(?:特约|见习|实习|首席|全媒体)?记者\s*(?P<names>[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}}){{0,3}}?)\s*(?:报道|发自|从[^,。]{{2,24}}(?:获悉|了解到|得知))"
)
_REPORTED = re.compile(r"\s*(?P<who>[^,。:;“”()]{4,60}?报道)(?:\s*[,:]|\s)\s*")
_TOLD = re.compile(
    r"(?:[^。,()]{0,16}(?:讯|消息|电)\s*[:,]?\s*)?\((?P<who>(?:本报|本网)?(?:特约|见习|实习)?(?:记者|通讯员)[^()]{1,60})\)"
)
_TAIL = re.compile(r"(?<=[。！？!?”])\s*(?P<who>[^。！？!?”，,；;：:]{1,36})$")
_TAIL_MAX = 40  # characters of a signature without brackets
_LONG = 30  # characters of a paragraph that may end with one


def head_byline(text: str) -> int | None:
    """Where the text begins that follows a marked byline on its own line (⊙本报记者 X 上周,…), or None."""
    match = _HEAD.match(fold(text))
    return match.end() if match and all(likely_name(name) for name in _listed(match["names"])) else None


def reporters(text: str, start: int) -> tuple[int, tuple[str, ...]]:
    """Authors whom the words behind a dateline, which ends at `start`, name, and where the text proper begins:
    本报讯 记者X 通讯员Y报道, 记者X从Z获悉.
    """
    words = fold(text[start : start + 80])
    whole = _REPORTED.match(words)
    names = byline(whole["who"]) if whole else None
    if whole and names:
        return start + whole.end(), names
    match = _REPORTS.match(words.lstrip())
    names = _listed(match["names"]) if match else ()
    return start, names if all(likely_name(name) for name in names) else ()


def told(text: str) -> tuple[str, ...]:
    """Authors in the brackets with which a paragraph opens: 又讯(记者 X), 3月17日消息:(记者 X)."""
    match = _TOLD.match(fold(text[:120]))
    return bracket(match["who"]) or () if match else ()


def opens_signed(text: str) -> bool:
    """Whether a paragraph opens with its reporter in brackets, as an item does whose dateline is left out."""
    return text[:1] in "(（" and len(text) > _LONG and bool(told(text))


def signature_at_end(text: str, *, last: bool) -> tuple[int, tuple[str, ...]] | None:
    """Where a byline behind the last sentence of a text begins, in brackets or without, and its authors; or None.

    last: no text follows; elsewhere a name behind a full stop begins the next sentence.
    """
    found = trailing(text, last=last)
    if found or len(text) < _LONG or not last:
        return found
    match = _TAIL.search(text[-_TAIL_MAX:])
    if not match:
        return None
    who = match["who"].strip()
    if layout().furniture.match(fold(who)):
        return None
    authors = byline(who) or ()
    if not authors:
        names = _listed(fold(who))
        authors = names if len(names) == 1 and len(who) <= 3 and likely_name(who) else ()
    start = max(0, len(text) - _TAIL_MAX) + match.start()
    return (start, authors) if authors else None


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name for name in re.split("[、 ]+", names) if name)
