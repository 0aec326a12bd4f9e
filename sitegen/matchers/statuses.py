"""How sure a number is: actual, planned or target, by the words before it in its sentence. Words: data/status.yml."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from sitegen.lexicon import packaged
from sitegen.model import Status
from sitegen.text import Span, begins, either

_BY_YEAR = (
    r"(?<!计划)(?<!预计)(?<!预测)(?<!有望)(?<!拟)(?<!将)(?<!排)(?<!排到)(?<!延续)(?<!持续)到了?"
    r"(?:“?十[四五六]五”?末|(?P<year>20\d\d)年(?:底|末)?)(?!的|\d)"
)


@cache
def _pattern() -> re.Pattern[str]:
    data = packaged("status.yml")
    roles = ("local", "not_reset", "neutral", "target", "planned", "reset", "listed")
    first = begins((*data["shapes_begin"], ";", "将", *(word for role in roles for word in data[role])))
    shapes = {role: "|".join(data["shapes"][role]) for role in ("past", "target", "planned")}
    future = rf"(?<![把即])将(?={either(data['future_verbs'])})"
    return re.compile(
        rf"{first}(?:(?P<cut>;)|(?P<local>{either(data['local'])})|(?P<none>{shapes['past']}|{either(data['not_reset'])}|{either(data['neutral'])})"
        rf"|(?P<listed>{either(data['listed'])})|(?P<by>{_BY_YEAR})|(?P<target>{shapes['target']}|{either(data['target'])})"
        rf"|(?P<planned>{shapes['planned']}|{either(data['planned'])}|{future})|(?P<reset>{either(data['reset'])}))"
    )


def status_at(folded: str, start: int, sentence: Span, now: int | None = None) -> tuple[Status, str]:
    """The status that holds at start and the word that set it.

    A ； ends it where the next clause opens with a subject of its own; 目标是： governs its whole list. now: the article's
    year; 到2030年 sets a target where that is to come.
    """
    status: Status = "actual"
    word, listed, crossed = "", False, False
    for match in _marks(folded, sentence, start):
        role = match.lastgroup if match.lastgroup != "year" else "by"
        if role == "cut":
            crossed = True
            if not listed and not _same_subject(folded, match.start(), start):
                status, word = "actual", ""
        elif role == "by":
            if match["year"] is None or now is None or int(match["year"]) > now:
                status = "planned" if _FORECAST.search(folded, sentence.start, start) else "target"
                word = match[0]
        elif role in {"target", "listed"}:
            status, word, listed = "target", match[0], listed or role == "listed"
        elif role == "local":
            built = match[0].startswith("设计") and _runs(folded, sentence)
            if not built and not _PASSED.search(folded, match.end(), start):
                return "planned", match[0]
        elif role == "planned":
            if status == "actual" or crossed:
                status, word = "planned", match[0]
        elif role == "reset":
            status, word = "actual", match[0]
    near = max(sentence.start, start - _LONGEST)
    plan = _OF_PLAN.search(folded, near, start) if folded.endswith(_PLANS, near, start) else None
    if plan:
        return ("planned" if plan["plan"] else "target"), plan[0]
    if _AIMED.search(folded, max(near, start - 2), start):
        return "target", "冲"
    if status != "actual" and _BASE.search(folded, near, start):
        return "actual", ""
    return status, word


_LONGEST = 60  # characters of a mark and of what it looks at around it


def _marks(folded: str, sentence: Span, start: int) -> Iterable[re.Match[str]]:
    """The words of status before start, in order, as if the sentence ended there.

    In a long sentence with many numbers only the last of them are looked for anew.
    """
    if start - sentence.start < 4 * _LONGEST:
        return _pattern().finditer(folded, sentence.start, start)
    marks = _all_marks(folded, sentence)
    sure = marks[: bisect_right(marks, start - _LONGEST, key=re.Match.end)]
    begin = sure[-1].end() if sure else sentence.start
    return chain(sure, _pattern().finditer(folded, max(begin, start - 2 * _LONGEST), start))


@lru_cache(maxsize=16)
def _all_marks(folded: str, sentence: Span) -> tuple[re.Match[str], ...]:
    return tuple(_pattern().finditer(folded, *sentence))


_FORECAST = re.compile(r"预测|预计|预期|有望|或将|或可|测算")
_PASSED = re.compile(
    r"已|实际|(?:[0-9]|[一二三四五六七八九十百千万亿两]{2,})[^年月日]*?[,;。]"
)  # a number and the end of its clause or list
_PLANS = ("计划", "目标", "任务")
_OF_PLAN = re.compile(r"完成[^,;。0-9]{0,6}(?:(?P<plan>计划)|目标(?:任务)?)\Z")  # 完成年计划560万吨的75%
_AIMED = re.compile(r"(?:冲|奔)(?:着|向)?\Z")  # 产量冲200万辆
_BASE = re.compile(
    r"(?:(?:从|由)(?:目前|现在|现有|眼下|当前|如今|去年|前年)的?|(?:比|较)[^,;。0-9]{1,8}的)\Z"
)


@cache
def _behind() -> re.Pattern[str]:
    data = packaged("status.yml")["behind"]
    return re.compile(
        rf"(?<!已)(?:{'|'.join(data['says'])})(?:于|在)?[^,;。、]{{0,8}}?(?:{'|'.join(data['done'])})"
    )


def planned_behind(folded: str, end: int, until: int, limit: int) -> str:
    """The words behind a number that say its works are still to come (计划明年建成); "" for none.

    In [end, until), the number's own clause, or at the head of the next one, before limit.
    """
    found = _behind().search(folded, end, until)
    if found is None and folded[until - 1 : until] == ",":
        found = _behind().match(folded, until, limit)
    return found[0] if found else ""


def done_behind(folded: str, end: int) -> bool:
    """Whether the words right behind a number say that all of it is done: 首期30亿元已全部到位,."""
    return _done().match(folded, end) is not None


@cache
def _done() -> re.Pattern[str]:
    done = "|".join(packaged("status.yml")["behind"]["done"])
    return re.compile(rf"[一-鿿]{{0,4}}?已经?[一-鿿]{{0,4}}?(?:到位|完成|{done})[一-鿿]{{0,2}}(?:[,;。)]|$)")


@cache
def _works() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = packaged("status.yml")["works"]
    named, running, ahead = ("|".join(data[role]) for role in ("names", "running", "ahead"))
    return (
        re.compile(rf"[^,;。、]{{0,18}}?(?:{named})"),
        re.compile(
            rf"(?:预计|计划|拟|有望|力争|将于|(?<!已)将)[^,;。]{{1,14}}?(?:{running})"  # 预计明年10月投产
            rf"|(?<!预计)(?<!将)(?<!将于)(?<!计划)(?<!可)(?P<runs>{running})(?!后|以后|之后)"
        ),
        re.compile(ahead),
    )


def works_ahead(folded: str, start: int, end: int, sentence: Span, *, yearly: bool) -> str:
    """What shows that the works of a capacity at [start, end) are not running yet; "" for none.

    They are named behind it (年产80万吨烯烃项目开工), or before it where it is yearly (新建一座茶厂，年加工红茶60吨).
    """
    named, _, ahead = _works()
    behind = named.match(folded, end) is not None
    if not (behind or yearly) or _runs(folded, sentence):
        return ""
    part = max(sentence.start, folded.rfind(";", sentence.start, start) + 1)
    found = (
        ahead.search(folded, sentence.start, sentence.end) if behind else ahead.search(folded, part, start)
    )
    return found[0] if found else ""


def _runs(folded: str, sentence: Span) -> bool:
    """Whether the sentence shows works that run."""
    return any(match["runs"] for match in _works()[1].finditer(folded, *sentence))


def _same_subject(folded: str, cut: int, start: int) -> bool:
    """After ； the status goes on where the next clause opens without a subject of its own (a bare list), or with 可."""
    behind = (
        folded[cut : folded.find(";", cut + 1, start)]
        if ";" in folded[cut + 1 : start]
        else folded[cut:start]
    )
    return bool(_GOES_ON.match(behind) or _CAN.search(behind))


_GOES_ON = re.compile(r";\s*(?:\d|其余|剩下|另外|其中|到|在|年|每年|可|并|[一-鿿]{0,4}[一二三1-3]期)")
_CAN = re.compile(r"(?:年|日|每年|每天|一年)?可(?:年|日|新增|产|供|减|节|替|消|处|实现|带动|吸纳|提供|再)")
