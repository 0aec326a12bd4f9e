"""Who wrote it: bylines, datelines and the reporters whom they name."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sitegen.lexicon import packaged
from sitegen.loaders.dates import figures, small
from sitegen.loaders.layout import HAN, either, layout
from sitegen.loaders.names import (
    EVERYDAY,
    NAME,
    is_name,
    likely_name,
    names_column,
    names_in,
    no_name,
    sure_names,
)
from sitegen.loaders.seams import frequency
from sitegen.loaders.sent_from import starts_with_place, without_places
from sitegen.text import fold

_MAX = 110  # characters; a longer line is no byline
_DATELINE_HEAD = re.compile(rf"^[{HAN}·]{{2,12}}?(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日\s*(?:电|讯)\s*")
_OPEN_AUTHORS = re.compile(rf"\s*(?:本报)?(?:记者|通讯员)((?:\s+[{HAN}·]{{1,8}}(?=\s)){{1,6}})\s+")
_OFFICE = re.compile(r"(?<=[^()\s])\([^()]{2,16}\)$")  # □ X(市文联)
_ADDRESS = re.compile(r"\s*(?:[\w.-]+@[\w.-]+|\d[\d-]{6,})\s*$")  # of a reporter's mail or telephone
_TOKEN = re.compile(rf"{NAME}|[A-Za-z.]+")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The head of a news item: 本报北京6月10日讯(记者 X). end: where the text proper begins. Days are None where not
    printed.
    """

    end: int
    year: int | None
    month: int | None
    day: int | None
    authors: tuple[str, ...]


_YEAR = r"(?:\d{4}|[一二][九〇零○][〇零○一二三四五六七八九]{2})"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"  # of a day or month, in figures or words


@dataclass(frozen=True, slots=True)
class _Words:
    marks_sure: str
    marks: str
    role: re.Pattern[str]
    titled_house: re.Pattern[str]
    written: frozenset[str]
    tasks: frozenset[str]
    compiled: frozenset[str]
    photographed: frozenset[str]
    column_verbs: str
    bodies: re.Pattern[str]
    signer: re.Pattern[str]
    official: re.Pattern[str]
    dateline: re.Pattern[str]


@cache
def _words() -> _Words:
    data = packaged("layout.yml")["byline"]
    house = rf"(?:{either(data['houses'])}|[{HAN}A-Za-z]{{1,8}}?{either(data['house_endings'])})"
    written = either(data["written"])
    modifiers = rf"(?:{either(data['modifiers'])})*"
    post = rf"(?:驻[{HAN}]{{2,6}}?)?"
    sure = either(data["writers_sure"])
    free = rf"(?:^|(?<=[/:|丨]))(?:(?!{sure})[{HAN}A-Za-z《》-]){{2,16}}?{post}{modifiers}{sure}"
    writer = rf"{free}|(?:{house}\s*)?{post}{modifiers}{either(data['writers'])}"
    other = rf"(?:{house})?{modifiers}{either(data['others'])}"
    written = rf"{either(data['recorded'])}|(?!{either(data['modifiers'])}){written}"
    role = rf"(?P<written>{written})|(?P<writer>{writer})|(?P<other>{other})|(?P<house>{house})"
    dateline = (
        rf"[□■●◎]?\s*[(\[【]?(?:据)?(?:{house}|[{HAN}]{{2,8}}(?=讯\s*\((?:{either(data['modifiers'])})*(?:{either(data['writers_sure'])})))[{HAN}·\s]{{0,12}}?(?:(?P<year>{_YEAR})年)?(?:(?P<month>{_NUMBER})月)?"
        rf"(?:(?P<day>{_NUMBER})日)?\s*(?(day)[{HAN}]{{0,8}}?)(?:专?电|讯|消息)(?![{HAN}]*[息号])[)\]】]?\s*(?:\((?P<who>[^()]{{1,80}})\))?\s*[:,]?"
    )
    return _Words(
        marks_sure=data["marks_sure"],
        marks=data["marks"],
        role=re.compile(role),
        titled_house=re.compile(rf"《([{HAN}]{{2,12}})》(?={modifiers}{sure})"),
        written=frozenset(data["written"]),
        tasks=frozenset(data["tasks"]),
        compiled=frozenset(data["compiled"]),
        photographed=frozenset(data["photographed"]),
        column_verbs=data["column_verbs"],
        bodies=re.compile(rf"[{HAN}]{{2,24}}{either(data['bodies'])}"),
        signer=re.compile(
            rf"(?:[{HAN}]{{2,9}}[省市县区旗州镇乡村])?{either(data['signers'])}[\s:]+(?P<names>{NAME}(?:[\s、]+{NAME})*)"
        ),
        official=re.compile(rf"[{HAN}、·]{{0,30}}{either(data['offices'])}\s+(?P<name>{NAME}(?:\s{NAME})?)"),
        dateline=re.compile(dateline),
    )


@lru_cache(maxsize=1024)  # every stage asks for the lines of the page at hand
def byline(text: str) -> tuple[str, ...] | None:
    """The authors that a whole line names, () for a byline without a person (本报评论员), None where it is no
    byline.
    """
    words = _words()
    folded = words.titled_house.sub(r"\1", fold(text)).strip()
    if not folded or len(folded) > _MAX or re.search(r"[。!?;“”《》]", folded):
        return None
    mark = folded[0] if folded[0] in words.marks_sure + words.marks else ""
    body = folded.lstrip(words.marks_sure + words.marks + " ").strip()
    bracketed = re.fullmatch(r"[(【\[]\s*(.*?)\s*[)】\]]", body)
    if bracketed:
        body = _DATELINE_HEAD.sub("", bracketed.group(1))
    if mark and mark in words.marks_sure:
        body = _OFFICE.sub("", body)
    body = without_places(_ADDRESS.sub("", body).rstrip(":"))
    if re.match(rf"(?:记者|通讯员)[{words.column_verbs}]", body):
        return None  # 记者走乡村 is a column
    signed = words.signer.fullmatch(body)
    if signed:
        return sure_names(signed["names"])
    parts = _parts(body)
    if parts is None:
        return None
    has_role = any(kind != "names" for kind, _ in parts)
    if not has_role:
        if not mark and not bracketed:
            return None
        names = names_in(body)
        if not names or len(names) > 6 or names_column(body):
            return None
        if mark and mark in words.marks_sure:
            return names if all(is_name(name, strict=False) for name in names) else None
        if "【" in text and any(map(frequency, names)):
            return None  # 【项目】 is a column
        if len(names) > 1 and starts_with_place(names[0]) and likely_name(names[1]):
            names = names[1:]  # (北仑 虞善芬)
        if len(names) > 1 and any(is_name(name, strict=True) for name in names):
            return names if all(is_name(name, strict=False) and len(name) <= 4 for name in names) else None
        return names if all(is_name(name, strict=True) for name in names) else None
    if [task.rstrip(":/|丨") in words.compiled for kind, task in parts if kind != "names"] == [True]:
        return sure_names(parts[-1][1])  # 整理:X, and nobody else
    if not any(kind in ("writer", "written") for kind, _ in parts):
        return None  # photographers and editors only
    authors = _authors(parts)
    if authors is None:
        return None
    if (
        bracketed
        and "【" in folded[:2] + text[:2]
        and not all(is_name(name, strict=True) or "·" in name for name in authors)
    ):
        return None  # 【记者走乡村】 is a column
    if not authors and not re.search("评论员|记者", body):
        return None
    return authors


def house(text: str) -> bool:
    """Whether a whole line is the name of a house (四川日报)."""
    match = _words().role.fullmatch(fold(text).strip())
    return match is not None and match.lastgroup == "house"


def credit(text: str) -> bool:
    """Whether a byline ends as a photographer's credit (… 摄) and nobody is said to have written."""
    folded = fold(text).rstrip(" )。.")
    return folded.endswith(tuple(_words().photographed)) and not folded.endswith(tuple(_words().written))


def official(text: str) -> tuple[str, ...]:
    """The author of a signed contribution: a line of office and name (某市市长 李某某); () for any other line."""
    line = fold(text).strip(" □■()")
    match = _words().official.fullmatch(line)
    body, _, rest = line.partition(" ")
    if not match and rest and issued_by(body):
        names = names_in(rest)
        return names if len(names) <= 4 and all(likely_name(name) for name in names) else ()
    names = names_in(match["name"]) if match else ()
    return names if len(names) == 1 and is_name(names[0], strict=False) else ()


def issued_by(text: str) -> bool:
    """Whether a whole line only names the offices that issue the text (X市统计局 国家统计局X调查队)."""
    names = fold(text).strip(" ()").split()
    bodies = all(_words().bodies.fullmatch(name) and not _ACTS.search(name) for name in names)
    return 0 < len(names) <= 4 and bodies


_ACTS = re.compile("[把被让给进请为了]")  # X社把课堂搬进展厅 says what was done, and names no office


_AUTHOR = re.compile(
    rf"(?:作者|记者|撰文|撰稿|采写|整理|文)\s*[:|丨/]\s*(?:(?:本报|本网|本台)?记者\s*)?"
    rf"({NAME}(?:[、, ]+{NAME}(?![{HAN}]*\s*[:/]))*)"
)


def named_author(text: str) -> tuple[str, ...]:
    """Authors in a line of particulars below a headline (2025-06-11 来源:X 作者:Y)."""
    match = _AUTHOR.search(fold(text))
    names = names_in(match.group(1)) if match else ()
    return (
        names
        if all((is_name(name, strict=False) and len(name) <= 4) or "·" in name for name in names)
        else ()
    )


def dateline(text: str) -> Dateline | None:
    """The dateline with which a paragraph begins, or None."""
    words = _words()
    match = words.dateline.match(fold(text[:160]))
    if not match:
        return None
    month, day = (small(match[key]) if match[key] else None for key in ("month", "day"))
    year = int(figures(match["year"])) if match["year"] else None
    named = None if match["who"] else _OPEN_AUTHORS.match(fold(text[:200]), match.end())
    authors = bracket(match["who"]) if match["who"] else names_in(named.group(1)) if named else ()
    return Dateline(match.end(), year, month, day, authors or ())


def signature(text: str) -> Dateline | None:
    """The dateline in a byline that stands in brackets at the end of a text (本报西宁3月9日电 记者 X), or None."""
    found = dateline(text.strip("()（） "))
    return found if found and found.day else None


def bracket(inside: str) -> tuple[str, ...] | None:
    """The authors in the words between two brackets, None where they are no byline: 记者 X 通讯员 Y; X Y."""
    if not inside.strip() or len(inside) > _MAX:
        return None
    return byline(f"({inside})")


_LAST_BRACKET = re.compile(r"[(（]([^()（）]{2,80})[)）]\s*[。.]?$")


def trailing(text: str, *, last: bool = False) -> tuple[int, tuple[str, ...]] | None:
    """Where a bracketed byline after the last sentence of a text begins, and its authors; None where there is
    none.

    last: no text follows, so that any bracket with a name's length and no word in it is one.
    """
    match = _LAST_BRACKET.search(text)
    if not match or match.start() == 0 or layout().furniture.match(fold(match.group(0))):
        return None
    before = fold(text[: match.start()]).rstrip()
    if not before or before[-1] not in "。!?…”":
        return None
    inside = fold(match.group(1)).strip()
    authors = bracket(match.group(1)) or (_rare_name(inside) if last and before[-1] in "。!?" else ())
    return (match.start(), authors) if authors else None


def _rare_name(inside: str) -> tuple[str, ...]:
    """A name whose family name is rare or that has none (檀昌明, 洛桑曲珍): what is no word stands alone behind the last stop."""
    words = _words()
    house = words.role.match(inside)  # 本报综合
    known = frequency(inside) >= EVERYDAY or no_name(inside) or (house and len(house.group(0)) > 1)
    return () if known or not re.fullmatch(rf"[{HAN}]{{2,4}}", inside) else (inside,)


def _parts(body: str) -> list[tuple[str, str]] | None:
    """A byline as (kind, words) in order, kinds writer, other, written, house, names; None where something
    else stands in it. An "other" keeps the mark behind it (图/, 视频:), which says that its names follow.
    """
    parts: list[tuple[str, str]] = []
    at = 0
    for match in _words().role.finditer(body):
        start, end = match.span()
        kind = match.lastgroup or ""
        if start < at or not _stands_alone(body, start, end, match.group(0)):
            continue
        if body[at:start].strip(" 、,/|丨:·-—"):
            if not parts and body[at:start].rstrip().endswith(","):
                return None  # 春耕时节,本报记者走进…
            parts.append(("names", body[at:start]))
        mark = body[end : end + 1] if kind == "other" and body[end : end + 1] in (*":/|丨",) else ""
        parts.append((kind, match.group(0) + mark))
        at = end
    if body[at:].strip(" 、,/|丨:·-—"):
        parts.append(("names", body[at:]))
    for kind, words in parts:
        if kind == "names" and not all(
            _TOKEN.fullmatch(token) for token in re.split(r"[\s、,/|丨:&—-]+", words) if token
        ):
            return None
    return parts


def _stands_alone(body: str, start: int, end: int, word: str) -> bool:
    """Whether a role word is one: a short one (文, 图, 摄) must not be part of a name (文静, 王文图)."""
    if len(word) > 1 and word not in ("图片", "文字"):
        return True
    before, after = body[start - 1 : start], body[end : end + 1]
    spaced = re.search(r"((?<!\S)\S[ \u3000]+)+$", body[:start])
    if spaced and len(spaced.group(0).split()) % 2 and not after.strip(" 、,"):
        return False  # 戴 文 is a name
    if (before and before not in " /、,|丨)(") or (after and after not in " /、,|丨:()"):
        return False
    single = re.match(r"(?:\s+\S(?!\S))+", body[end:])  # 图 雅 is a name, 图 王 强 is not
    return single is None or len(single.group(0).split()) % 2 == 0


def _authors(parts: list[tuple[str, str]]) -> tuple[str, ...] | None:
    """Names under a writer's role, or before a word that makes them writers (文/图); None where one is no name.

    A byline that begins with 文, 图 or 摄影 has its roles before the names; 图/本报记者 X is a photographer.
    """
    words = _words()
    authors: list[str] = []
    role = ""
    ahead = parts[0][0] in ("written", "other") or parts[0][1] in words.written | words.tasks
    for at, (kind, printed) in enumerate(parts):
        before = parts[at - 1] if at else ("", "")
        task = before[1].rstrip(":/|丨")
        if (
            kind == "writer"
            and before[0] == "other"
            and (ahead or before[1] != task)
            and task not in words.compiled
        ):
            continue
        if kind == "other" and (ahead or printed[-1] in ":/|丨"):
            role = "other"
        elif kind in ("writer", "other"):
            role = "writer" if kind == "writer" else "other"
            if kind == "other" and at and parts[at - 1][0] == "names" and printed in words.photographed:
                after = parts[at + 1][0] if at + 1 < len(parts) else ""
                if after != "names":  # X 摄: closes the names before it
                    continue
        elif kind == "written":
            role = "writer"
        elif kind == "names":
            follows = parts[at + 1] if at + 1 < len(parts) else ("", "")
            if ahead:
                writes = role != "other"
            elif follows[0] == "written":
                writes = True
            elif (
                follows[0] == "other"
                and follows[1] in words.photographed
                and not (at + 2 < len(parts) and parts[at + 2][0] == "names")
            ):
                writes = False
            else:
                writes = role != "other"
            names = names_in(printed)
            if not names or not all(is_name(name, strict=False) for name in names):
                return None
            if writes:
                authors += [name for name in names if name not in authors]
    return tuple(authors)
