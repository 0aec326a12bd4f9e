"""The article's own words for what a number measures."""

import re
from functools import cache

from sitegen.lexicon import packaged
from sitegen.matchers.changes import change_verbs
from sitegen.matchers.tokens import COUNTED, Quantity
from sitegen.text import Span, either

_MARK = re.compile(r"[,，;；:：。！？、）)》”\s]")
_LONGEST = 20  # characters
_BEHIND = re.compile(r"(?:左右|以上|多|余)?(?:的)?([一-鿿A-Za-z“”·][一-鿿A-Za-z“”·、]{1,17})")


@cache
def _words(role: str) -> tuple[str, ...]:
    return tuple(sorted(packaged("labels.yml")[role], key=len, reverse=True))


def _either(role: str) -> str:
    return either(_words(role))


@cache
def _cut(role: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(role)})$" if role == "tail" else rf"^(?:{_either(role)})")


@cache
def _kept() -> tuple[str, ...]:
    return tuple(packaged("labels.yml")["keep"])


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_either('stops')})|的|有(?!量|限|色|机)|[{packaged('labels.yml')['single_stops']}]|、(?=[一-鿿]{{0,6}}$)"
    )


@cache
def _compared() -> re.Pattern[str]:
    return re.compile(rf"^.*?(?:{_either('compared')})[^,;。]{{1,12}}?(?=可|能|将|多|少|高|低|减|增|节)")


def label_of(
    text: str, quantity: Quantity, segment: Span, clause_end: int, names: tuple[Span, ...], kind: str
) -> str:
    """What is measured: for counted things the noun behind the measure word, else the words before the number.

    segment: from the number before, or the clause's start, to this number.  names: spans of places and dates, which name
    where and when and not what. Never empty: at worst the unit.
    """
    behind = _noun_behind(text, quantity, clause_end, kind)
    before = _noun_before(text, segment, names)
    if (
        quantity.dimension in COUNTED
        and len(behind) >= 2
        and not (kind in {"signing", "progress"} and before)
    ):
        return behind
    if quantity.dimension == "computing" or quantity.measure == "级":
        return behind or before or quantity.measure
    verbs = _words("verbs")
    if before in verbs or (behind and before in {"年", "每年", "日"}):
        return behind or before
    bare = before
    if before.startswith(verbs) and not before.startswith(_kept()):
        bare = next(before.removeprefix(verb) for verb in verbs if before.startswith(verb))
    return (bare if len(bare) >= 2 else before) or behind or quantity.measure or "数量"


def whole_of(text: str, folded: str, quantity: Quantity, clause: Span) -> str | None:
    """For a share, what it is a share of, as printed: the words between 占 and 的, else None. folded: the text, folded."""
    if quantity.dimension != "rate":
        return None
    match = _SHARE_OF.search(folded[clause.start : quantity.start])
    whole = _SHARES_BEFORE.sub("", match[1]) if match else ""
    if match is None or whole in {"", "比", "用"}:
        return None
    start = clause.start + match.start(1)
    return text[start : start + len(whole)]


_SHARE_OF = re.compile(
    r"占(?!有|用|地|比)(?:到|据|了|全部)?([^,;。占]{1,16}?)(?:的?(?:比重|比例)[^,;。占]{0,14}|的?(?:达|超|近|约|为|超过|达到|接近|的)*)$"
)
_SHARES_BEFORE = re.compile(r"的?(?:[0-9.]+%[、和及与])+$")  # 占全港货物的27.1%和12.2%


def _noun_behind(text: str, quantity: Quantity, clause_end: int, kind: str) -> str:
    match = _BEHIND.match(text, quantity.end, clause_end)
    if not match:
        return ""
    rest = match[1]
    if _changed_to().match(rest):
        return ""  # 由6.2件提高到14.5件
    if kind in {"signing", "progress"} and len(rest) <= 9 and match.end() >= clause_end - 1:
        return re.sub(
            r"[上中里内]$", "", rest.strip("“”、")
        )  # 20个项目集中签约: the verb says what was counted
    return re.sub(r"[上中里内和及与]$", "", _stop().split(rest)[0].strip("“”、")) or rest


@cache
def _changed_to() -> re.Pattern[str]:
    return re.compile(rf"(?:{change_verbs()})(?:到|至|为|成)")


def _noun_before(text: str, segment: Span, names: tuple[Span, ...]) -> str:
    pieces, at = [], segment.start
    for name in names:
        if segment.start <= name.start and name.end <= segment.end:
            pieces.append(text[at : name.start])
            at = name.end
    pieces.append(text[at : segment.end])
    kept = [trimmed for piece in pieces if len(trimmed := _trim(piece)) >= 2]
    return kept[-1] if kept else ""


def _trim(words: str) -> str:
    words = _MARK.split(words.rstrip("\t\u3000“‘《（( :：,，"))[-1].strip("“‘《（(的")
    behind = _compared().sub("", words) if _compared_word().search(words) else words
    label = _ends_cut(behind)
    if (
        len(label) < 2 and behind != words
    ):  # 亩均收益比上年减少120元: only the verb stands behind what is compared
        label = _ends_cut(_compared_word().split(words)[0])
    return label[-_LONGEST:]


@cache
def _compared_word() -> re.Pattern[str]:
    return re.compile(_either("compared"))


def _ends_cut(words: str) -> str:
    """The words without the verbs of bounds and dates at their ends."""
    previous = None
    while words != previous and words.endswith(_words("tail")) and not words.endswith(_kept()):
        previous = words
        words = _cut("tail").sub("", words)
    previous = None
    while (
        words != previous
        and len(words) > 2
        and words.startswith(_words("head"))
        and not words.startswith(_kept())
    ):
        previous = words
        words = _cut("head").sub("", words, count=1)
    return words
