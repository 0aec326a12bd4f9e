"""Members of one set that are told apart: 9个市州中7个正增长、3个负增长; 15个矿中，12个盈利，其余3个亏损."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from sitegen.amounts import is_count
from sitegen.checks.base import Said, Sentence, chains, either, last_piece, plain, words
from sitegen.checks.sums import sum_finding
from sitegen.model import Warning


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
        for at, whole in enumerate(chain[:-2]):
            if not is_count(whole.claim.unit) or whole.claim.value < 2:
                continue
            if _within().fullmatch(chain[at + 1].lead):
                yield from _of_set(whole, chain[at + 1 :])
            elif _done().fullmatch(chain[at + 1].lead) or _halves(chain[at + 1], chain[at + 2]):
                yield from _of_set(whole, chain[at + 1 : at + 3])


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
    """Whether the verb ends the words before the number or stands behind it, and no other verb holds it in itself."""
    return re.search(rf"(?:^|[^不未正负]){re.escape(verb)}", text) is not None
