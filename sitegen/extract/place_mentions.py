"""What one mention of a place says: whether a number may be about it, and which name stands for it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import itemgetter

from sitegen.extract.reading import Reading, between
from sitegen.lexicon import packaged
from sitegen.places import PlaceMention, gazetteer
from sitegen.text import Span, either

SPEECH = 600  # characters of a quotation


@cache
def words(role: str) -> tuple[str, ...]:
    """The words of data/scope.yml in this role, the longest first."""
    return tuple(sorted(packaged("scope.yml")[role], key=len, reverse=True))


@cache
def one_of(role: str) -> str:
    """A pattern for one of them."""
    return either(words(role))


@cache
def _venue() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{0,10}}?(?:{one_of('venue')})")


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{0,10}}?(?:{one_of('rank')})")


_WITH = re.compile(r"(?:与|和|同|跟)[一-鿿]{0,3}$")
_RANKED = re.compile(r"(?:在|居|列|占|排|排名|位次)$")


def comes_from_there(folded: str, mention: PlaceMention) -> bool:
    """杭州的年轻人: whoever comes from a place is not there."""
    return not mention.in_organisation and folded.startswith(words("origin_after"), mention.end)


def is_partner(folded: str, mention: PlaceMention) -> bool:
    """该县与北京市结对: the second place of a pair; the sentence speaks of the first."""
    before = folded[max(0, mention.start - 5) : mention.start]
    return bool(_WITH.search(before)) and bool(_partner().match(folded, mention.end))


@cache
def _partner() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{0,4}}?(?:{one_of('partner')})")


def is_this_firm(reading: Reading, mention: PlaceMention) -> bool:
    """这家合肥公司 is no name, it says where the firm spoken of is."""
    before = reading.folded[max(0, mention.start - 2) : mention.start]
    return before in words("this_firm") and reading.folded.startswith(words("firms"), mention.end)


_LONGEST = 40  # characters of a person's name


def is_person(persons: Sequence[Span], mention: PlaceMention) -> bool:
    """王九江 is a person, not a city."""
    return any(
        name.end > mention.start and name.end - name.start > mention.end - mention.start
        for name in between(persons, mention.start - _LONGEST, mention.end)
    )


def resolved(mention: PlaceMention, known: frozenset[str]) -> PlaceMention:
    """满洲里铁路口岸 stands for 满洲里市: a place with a word for what every place has is the place itself.

    known: names of the article; a county that it does not name is not guessed from a short name.
    """
    if mention.level != "park":
        return mention
    whole = _full_park(mention.name, known)
    if whole:
        return mention._replace(name=whole)
    bare = re.sub(rf"(?:{one_of('generic')})$", "", mention.name)
    full = gazetteer().full_name(bare) if bare != mention.name else None
    sure = full in known or any(place.level != "county" for place in gazetteer().by_name(full or ""))
    return mention._replace(name=full) if full and sure else mention


def _full_park(name: str, known: frozenset[str]) -> str | None:
    """赤峰高新区 where the article also prints 赤峰高新技术产业开发区."""
    for short, forms in packaged("scope.yml")["park_forms"].items():
        for full in forms if name.endswith(short) else ():
            whole = f"{name.removesuffix(short)}{full}"
            if whole in known:
                return whole
    return None


def is_local(reading: Reading, mention: PlaceMention) -> bool:
    """An office, a school or a hospital of the place, not a firm that bears its name."""
    at = bisect_right(reading.organisations, mention.start, key=itemgetter(0)) - 1
    within = at >= 0 and mention.start < reading.organisations[at].end
    kind = reading.organisations[at].kind if within else "government"
    return mention.government or kind not in {"company", "association", "media"}


def in_speech(folded: str, offset: int) -> bool:
    """Inside quotation marks, or behind X介绍，/ X说： in its sentence."""
    low = max(0, offset - SPEECH)
    start = max(folded.rfind("。", low, offset), folded.rfind("!", low, offset), low - 1) + 1
    opened = folded.rfind("“", low, offset)
    if opened > folded.rfind("”", low, offset):
        return folded.find("”", offset, offset + SPEECH) - opened > 9
    return _said().search(folded, start, offset) is not None or _HEAD.match(folded) is not None


_HEAD = re.compile(r"[一-鿿·]{2,24}:")


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('speech')})[,:]")


_HEARD = re.compile(r"[一-鿿]{0,10}?(?:获悉|了解到|得知|看到)")  # 从X获悉 tells who said it and where
_SUMMED = re.compile(  # one of a list that is counted: 红山、松山、东山3个园
    r"(?:[、和][一-鿿]{2,6}){0,8}?(?:等|共)?[0-9二三四五六七八九十两]{1,3}(?:个|家|大|座|处|地|省|市|县|区|州|盟|旗)"
)
_WIRED = re.compile(
    r"(?:[一二\d][九〇零○一二三四五六七八\d]{3}年)?[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日?电"
)


_LIST = r"(?:[、和及][一-鿿]{2,8}?){0,8}?等?(?:全球|国内外|全国)?"  # the rest of a list of places
_MANY = "(?:多|各|[一二两三四五六七八九十]{1,3}|[0-9]{1,3})"


@cache
def _branches() -> re.Pattern[str]:
    """Behind a place where a firm has branches: 在天津、上海等多地设有研发中心."""
    where = rf"{_MANY}?(?:个?(?:{one_of('counted')})|地)?"
    return re.compile(
        rf"{_LIST}{where}(?:均|都|还)?(?:{one_of('has')})[^,;。]{{0,8}}?(?:{one_of('branches')})"
    )


@cache
def _partners() -> re.Pattern[str]:
    """Behind a place with whose people something is done: 同兰州、西宁等十一个城市的市场签约."""
    together = rf"[所家个][一-鿿]{{1,6}}?(?:{one_of('partner')})"  # 与西安8所高校结对
    return re.compile(rf"{_LIST}{_MANY}(?:个?(?:{one_of('counted')})|[多余]?{together})")


def is_dateline(folded: str, mention: PlaceMention) -> bool:
    """The seat of the agency or of its reporter (新华社北京2月3日电, 本报济南讯) says nothing of the news."""
    if _WIRED.match(folded, mention.end):
        return True
    before = folded[max(0, mention.start - 6) : mention.start]
    return before.endswith(words("dateline")) and folded.startswith(("讯", "电"), mention.end)


def is_topic(folded: str, mention: PlaceMention) -> bool:
    """False for a place in an organisation's name, a venue, an origin or destination, and the whole of a share."""
    if mention.in_organisation:
        return False
    before = folded[max(0, mention.start - 14) : mention.start]
    after = folded[mention.end : mention.end + 30]
    if is_dateline(folded, mention):
        return False
    ours = mention.anaphora and folded[mention.start] in "全我本"
    if (not ours and after.startswith(words("venue"))) or (before.endswith("在") and _venue().match(after)):
        return False
    if _branches().match(folded, mention.end):
        return False
    if before.endswith(("同", "与", "跟", "和")) and _partners().match(folded, mention.end):
        return False
    if before.endswith("从") and _HEARD.match(after):
        return True
    listed = _abroad().sub("", before) if before.endswith(("、", "和", "及", "与")) else before
    if not ours and listed.endswith(words("origin")) and not listed.endswith(words("not_origin")):
        return False
    if before.endswith(_WITH_WHOM) and mention.name in words("beside") and _partner().match(after):
        return False
    if mention.anaphora and before.endswith(words("payers")):
        return False
    if mention.anaphora and folded[mention.start] == "全" and _first_of().match(after):
        return False
    if (after[:1] in _DASHES or before[-1:] in _DASHES) and _line().match(after):
        return False
    if _RANKED.search(before) and _rank().match(after):
        return False
    if _SUMMED.match(after) and (before.endswith(("、", "和")) or after[:1] in set("、和")):
        return False
    if after.startswith(words("origin_after")) and not after.startswith(words("not_origin_after")):
        return False
    return not before.endswith(words("whole"))


_WITH_WHOM = ("同", "与", "跟", "和")


@cache
def _abroad() -> re.Pattern[str]:
    """Foreign members of a list before one of ours: 销往日本、香港."""
    return re.compile(rf"(?:(?:{one_of('foreign')}|{one_of('national')})[、和及与])+$")


_DASHES = frozenset("—–-")


@cache
def _first_of() -> re.Pattern[str]:
    return re.compile("|".join(words("first_of")))


@cache
def _line() -> re.Pattern[str]:
    """Behind a place at the end of a line, or on it."""
    return re.compile(rf"(?:[—–-]+[一-鿿]{{2,6}}){{0,3}}[ⅠⅡⅢⅣ一二三]?(?:{one_of('lines')})")


def division_of(mention: PlaceMention) -> str:
    """The name of the place; a park whose county or city is printed with it gives that, so that numbers of one park
    printed with and without its name stand together.
    """
    if mention.level != "park" or not mention.seated or mention.name in _areas():
        return mention.name
    above = gazetteer().get(mention.parent)
    return above.name if above and above.level != "province" else mention.name


@cache
def _areas() -> frozenset[str]:
    """State-level new areas (雄安新区) and other zones that work like a city."""
    ends = ("新区", "示范区", "实验区", "起步区", "合作区")
    return frozenset(name for name in packaged("place_words.yml")["parks"]["names"] if name.endswith(ends))


def holds(outer: str, inner: str) -> bool:
    """Whether a division of the first name holds one of the second, and is not the same."""
    g = gazetteer()
    return outer != inner and any(
        g.contains(high.code, low.code) for high in g.by_name(outer) for low in g.by_name(inner)
    )


def is_below(folded: str, above: PlaceMention, mention: PlaceMention) -> bool:
    """霞浦县三沙港: a short name right behind a county in another province is a town or port of that county."""
    short = mention.end - mention.start < len(mention.name)
    return bool(
        short
        and above.level == "county"
        and above.code
        and mention.code
        and above.code[:2] != mention.code[:2]
        and folded[above.end - 1] in "县市区旗"
    )


def is_nested(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether one of two places lies in the other, or both are one."""
    g = gazetteer()
    high, low = one.code or one.parent, other.code or other.parent
    return g.contains(high, low) or g.contains(low, high)
