"""How sure a number is: actual, planned or target, by the words before it in its sentence. Words: data/status.yml."""

import re
from functools import cache

from sitegen.lexicon import packaged
from sitegen.model import Status
from sitegen.text import Span, begins


@cache
def _pattern() -> re.Pattern[str]:
    data = packaged("status.yml")

    def either(words: list[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    roles = ("local", "not_reset", "neutral", "target", "planned", "reset")
    first = begins(("将", *(word for role in roles for word in data[role])))
    future = rf"(?<![把即])将(?={either(data['future_verbs'])})"
    return re.compile(
        rf"{first}(?:(?P<local>{either(data['local'])})|(?P<none>{either(data['not_reset'])}|{either(data['neutral'])})|(?P<target>{either(data['target'])})"
        rf"|(?P<planned>{either(data['planned'])}|{future})|(?P<reset>{either(data['reset'])}))"
    )


def status_at(folded: str, start: int, sentence: Span) -> tuple[Status, str]:
    """The status that holds at start and the word that set it. ; ends what 已 and the like began, not what 预计 began."""
    status: Status = "actual"
    word = ""
    for match in _pattern().finditer(folded, sentence.start, start):
        if match.lastgroup == "target":
            status, word = "target", match[0]
        elif match.lastgroup == "local":
            if not re.search(r"[0-9][^年月日]", folded[match.end() : start]):
                return "planned", match[0]
        elif match.lastgroup == "planned":
            if status == "actual":
                status, word = "planned", match[0]
        elif match.lastgroup == "reset":
            status, word = "actual", match[0]
    if status != "actual" and (cut := folded.rfind(";", sentence.start, start)) >= 0:
        set_at = folded.rfind(word, sentence.start, start)
        if set_at < cut and not _same_subject(folded, cut, start):
            return "actual", ""
    return status, word


@cache
def _behind() -> re.Pattern[str]:
    data = packaged("status.yml")["behind"]
    return re.compile(
        rf"(?<!已)(?:{'|'.join(data['says'])})(?:于|在)?[^,;。、]{{0,8}}?(?:{'|'.join(data['done'])})"
    )


def planned_behind(folded: str, end: int, until: int) -> str:
    """The words behind a number, in [end, until), that say its works are still to come (计划明年建成); "" for none."""
    found = _behind().search(folded, end, until)
    return found[0] if found else ""


def _same_subject(folded: str, cut: int, start: int) -> bool:
    """After ； the status goes on where the next clause opens without a subject of its own (a bare list)."""
    return bool(re.match(r";\s*(?:其中|到|在|年|每年|可|并|[一-鿿]{0,4}[一二三1-3]期)", folded[cut:start]))
