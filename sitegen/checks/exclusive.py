"""Members of one set that are told apart: 9个市州中7个正增长、3个负增长; 15个矿中，12个盈利，其余3个亏损."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import takewhile

from sitegen.amounts import is_count
from sitegen.checks.base import Range, Said, Sentence, chains, either, last_piece, plain, words
from sitegen.checks.misprints import turned
from sitegen.checks.sums import sum_finding
from sitegen.model import Warning

_SHORT = 6  # characters of a kind: 基础设施


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"[^,;。、\d]{{0,12}}?{either(words('exclusive')['within'])},?[^,;。、\d]{{0,8}}")


@cache
def _done() -> re.Pattern[str]:
    """118项，已完工93项，在建25项: the set itself is followed by what became of it."""
    return re.compile(rf"[,、](?:其中)?{either(words('exclusive')['done'])}[^,;。、\d]{{1,5}}")


def exclusive(sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Findings on sets whose members are told apart; sentences: those of one article, in order."""
    for chain in chains(sentences):
        yield from _among(chain)
        yield from _mixed(chain)
        for at, whole in enumerate(chain[:-2]):
            if not is_count(whole.claim.unit) or whole.claim.value < 2:
                continue
            if _within().fullmatch(chain[at + 1].lead):
                yield from _of_set(whole, chain[at + 1 :])
            elif _done().fullmatch(chain[at + 1].lead) or _halves(chain[at + 1], chain[at + 2]):
                yield from _of_set(whole, chain[at + 1 : at + 3])


def _among(chain: Sequence[Said]) -> Iterator[Warning]:
    """签约项目中，工业23个，基础设施11个，商贸8个: kinds of what was counted before, three or more, called by nouns alone."""
    persons = words("units")["persons"]  # who are many things at once
    for at, first in enumerate(chain):
        if not at or not is_count(first.claim.unit) or not _kinds().search(first.lead):
            continue
        parts = [said for said in _row(chain[at:]) if said.claim.unit == first.claim.unit]
        names = [last_piece(said.lead).removeprefix("其中") for said in parts]
        short = all(0 < len(name) <= _SHORT for name in names)
        over = any(word in name for word in words("partitions")["overlap"] for name in names)
        wholes = [said for said in chain[max(0, at - 4) : at] if said.claim.unit == first.claim.unit]
        if len(parts) < 3 or not wholes or not short or over or first.claim.unit in persons:
            continue
        whole, claims = wholes[-1], [said.claim for said in parts]
        total = sum((each.value for each in claims), Decimal(0))
        most = max(each.value for each in claims)
        if plain(whole.claim, *claims) and most < whole.claim.value <= total:
            yield sum_finding(claims, whole.claim, whole.sentence, agrees=total == whole.claim.value)


def _row(chain: Sequence[Said]) -> list[Said]:
    """The counts with which a chain begins, as far as they follow each other in one sentence."""
    sentence = chain[0].sentence
    return list(takewhile(lambda said: is_count(said.claim.unit) and said.sentence is sentence, chain))


def _mixed(chain: Sequence[Said]) -> Iterator[Warning]:
    """项目95个，包括学校41所、水厂14座和道路15条: members of other measure words, which make the whole or would, but for a slip."""
    for at, whole in enumerate(chain[:-3]):
        first = chain[at + 1]
        if whole.claim.unit not in words("units")["things"] or not _members().search(first.lead):
            continue
        claims = [said.claim for said in _row(chain[at + 1 :])] if first.sentence is whole.sentence else []
        if len(claims) < 3 or len({claim.unit for claim in claims}) < 2 or not plain(whole.claim, *claims):
            continue
        total = sum((each.value for each in claims), Decimal(0))
        if total == whole.claim.value or turned(whole.claim, Range(total, total)) is not None:
            yield sum_finding(claims, whole.claim, whole.sentence, agrees=total == whole.claim.value)


@cache
def _members() -> re.Pattern[str]:
    return re.compile(f"[,:]{either(words('exclusive')['members'])}")


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[,;。])[^,;。、\d]{{2,8}}{either(words('exclusive')['within'])},[^,;。、\d]{{1,8}}$"
    )


def _of_set(whole: Said, behind: Sequence[Said]) -> Iterator[Warning]:
    members: list[Said] = []
    for said in behind:
        if said.sentence is not whole.sentence or ";" in said.lead:
            break
        if said.claim.unit == whole.claim.unit:
            members.append(said)
        if any(word in said.lead for word in words("exclusive")["rest"]):
            break
    if len(members) < 2 or not plain(whole.claim, *(said.claim for said in members)):
        return
    parts = [said.claim for said in members]
    total = sum((each.value for each in parts), Decimal(0))
    last = members[-1].lead
    closed = any(word in last for word in words("exclusive")["rest"])
    closed |= _halves(members[0], members[-1])
    apart = closed or any(word in last for word in words("exclusive")["more"]) or _opposed(members)
    if apart and (total >= whole.claim.value or closed):
        yield sum_finding(parts, whole.claim, whole.sentence, agrees=total == whole.claim.value)


def _halves(first: Said, second: Said) -> bool:
    """其中已收榨75家，仍在生产7家: who has and who has not yet."""
    data, before, behind = words("exclusive"), last_piece(first.lead), last_piece(second.lead)
    return (
        first.sentence is second.sentence and "其中" in first.lead
        and any(word in before for word in data["done"]) and any(word in behind for word in data["not_yet"])
    )  # fmt: skip


def _opposed(members: Sequence[Said]) -> bool:
    """Whether what is said of the first member and of another cannot both be true of one."""
    said = [_said_of(each) for each in members]
    return any(
        any(_does(text, one) for text in said) and any(_does(text, other) for text in said)
        for one, other in words("exclusive")["opposites"]
    )


def _said_of(member: Said) -> str:
    """The words before and behind the number, of its own clause."""
    text, claim = member.sentence.text, member.claim
    before = re.split("[,;。、:]", text[member.sentence.span.start : claim.start])[-1]
    return f"{before} {re.split('[,;。、（(]', text[claim.end : claim.end + 12])[0]}"


def _does(text: str, verb: str) -> bool:
    """Whether the verb stands among the words and none holds it in itself that says the opposite: 增长 in 负增长."""
    return re.search(rf"(?:^|[^不未正负]){re.escape(verb)}", text) is not None
