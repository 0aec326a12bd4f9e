"""What neighbouring numbers of a sentence tell of each other, once each has been read: kinds, labels, ids.

texts: the paragraphs of the article, in which the claims have their offsets.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sitegen.extract.reasons import BARE, FROM_TO, Because, because, told_again
from sitegen.lexicon import packaged
from sitegen.matchers.changes import change_verbs
from sitegen.matchers.kinds import BY_UNIT, counts_else
from sitegen.model import Claim

_AGREED = re.compile(
    r"(?:总投资|投资总额|计划投资|协议投资|投资额|合同金额|总金额|金额)(?:达|达到|约|超|超过|近|为|共|共计)*\Z"
)
_NEAR = 24  # characters between a number of agreements and their money


def listed_money(claims: Sequence[Claim]) -> list[Claim]:
    """工业项目4个、投资33.1亿元；农业1个、2.9亿元: money of which nothing is said is what the money before it is.

    Before it: in its sentence, or in the sentence before where its own opens with 其中.
    """
    done: list[Claim] = []
    for claim in claims:
        if _is_bare(claim) and claim.unit == "CNY" and claim.value >= _SUM:
            model = next(
                (c for c in reversed(done[-_LISTED:]) if c.unit == "CNY" and _goes_on(c, claim)), None
            )
            if model and model.kind != "growth" and not _is_bare(model):
                why = because("what the money before it in the list is", model)
                told = () if claim.why == BARE else told_again(claim, "kind", why)
                claim = replace(claim, kind=model.kind, why=told)
        done.append(claim)
    return done


_SUM = 10_000  # yuan; less is a price
_LISTED = 6  # numbers back to which a list reaches


def _is_bare(claim: Claim) -> bool:
    """Whether no word said what kind the number is."""
    return any(each.field == "kind" and each.rule == BY_UNIT for each in claim.why)


def _goes_on(earlier: Claim, claim: Claim) -> bool:
    same = earlier.paragraph == claim.paragraph
    return same and (earlier.quote == claim.quote or claim.quote.startswith("其中"))


def signed_money(claims: Sequence[Claim], texts: Sequence[str]) -> list[Claim]:
    """16个项目签约，总投资142.8亿元: money right behind a number of agreements, in its sentence, is theirs."""
    done: list[Claim] = []
    for claim in claims:
        before = done[-1] if done else None
        follows = before is not None and _same_sentence(before, claim) and claim.start - before.end < _NEAR
        if (
            before is not None
            and follows
            and (before.kind, claim.kind) == ("signing", "investment")
            and before.unit != claim.unit
            and _AGREED.search(texts[claim.paragraph], before.end, claim.start)
        ):
            why = told_again(claim, "kind", because("money right behind a number of agreements", before))
            claim = replace(claim, kind="signing", why=why)
        done.append(claim)
    return done


def signed_parts(claims: Sequence[Claim], texts: Sequence[str]) -> list[Claim]:
    """签约项目48个，其中电子信息16个; 从落点看，甲县19个、326.5亿元: parts of what was signed were signed, on the same day.

    Only numbers of which nothing else is said, behind words that part the whole.
    """
    done: list[Claim] = []
    signed: dict[str | None, Claim] = {}  # the last whole of each unit
    for claim in claims:
        whole = signed.get(claim.unit)
        part = False
        if (
            claim.unit in _SIGNED
            and claim.status == "actual"
            and _is_bare(claim)
            and not counts_else(texts[claim.paragraph], claim.end)
            and _is_part(whole, claim, texts)
        ):
            rule = "a part of what was signed"
            why = because(rule, whole, whole.paragraph) if whole else Because(rule)
            told = () if claim.why == BARE else told_again(claim, "kind", why)
            claim = replace(
                claim, kind="signing", period=claim.period or (whole.period if whole else None), why=told
            )
            part = True
        if claim.kind == "signing" and not part:
            signed[claim.unit] = claim
        done.append(claim)
    return done


_SIGNED = ("个", "项", "CNY", "USD")
_SIGNED_ONES = re.compile(r"在?(?:签约|签下)的?[一-鿿]{0,4}项目(?:里|中|当中)")
_PARTS = re.compile(
    rf"其中|(?:从|按)[一-鿿]{{1,8}}?(?:来?看|分)[,，]|分[一-鿿]{{1,4}}看[,，]|{_SIGNED_ONES.pattern}|(?:上述|这些|全部)[一-鿿]{{0,4}}项目(?:里|中|当中)"
)


def begun_parts(claims: Sequence[Claim], texts: Sequence[str]) -> list[Claim]:
    """新开工项目63个，其中十亿元以上9个: a bare count behind 其中 is a part of what was begun, in the same sentence."""
    done: list[Claim] = []
    for claim in claims:
        before = done[-1] if done else None
        if (
            before is not None
            and before.kind == "progress"
            and before.unit == claim.unit
            and claim.unit in _SIGNED[:2]
            and _is_bare(claim)
            and _same_sentence(before, claim)
            and not counts_else(texts[claim.paragraph], claim.end)
            and _ONLY_PART.search(texts[claim.paragraph], before.end, claim.start)
        ):
            why = because("a part of what was begun", before)
            told = () if claim.why == BARE else told_again(claim, "kind", why)
            claim = replace(claim, kind="progress", status=before.status, why=told)
        done.append(claim)
    return done


_ONLY_PART = re.compile(r"其中[^,，；;。]{0,12}\Z")


def _is_part(whole: Claim | None, claim: Claim, texts: Sequence[str]) -> bool:
    """Whether words between the whole and the number part it, in one sentence or at the head of the number's own."""
    if whole is None or _SIGNED_ONES.match(claim.quote):
        return _SIGNED_ONES.match(claim.quote) is not None
    if _same_sentence(whole, claim):
        return _PARTS.search(texts[claim.paragraph], whole.start, claim.start) is not None
    return whole.paragraph >= claim.paragraph - 1 and _PARTS.match(claim.quote) is not None


def shared_labels(claims: Sequence[Claim], texts: Sequence[str]) -> list[Claim]:
    """Labels that a number takes from those before it in its sentence.

    占全国的57% speaks of what the number before it measures, so does the second end of a from–to pair; 增长7.3% speaks
    of what grows, and 分别增长6.8%和15.2% of the two before it, each in turn.
    """
    done: list[Claim] = []
    for index, claim in enumerate(claims):
        label = "" if claim.raw.endswith(claim.label) else claim.label  # at worst a label is the unit
        bare = _bare(label) if claim.kind == "growth" else label
        model = _model(done, claims, index, bare, texts)
        shared = model.label if model else bare or claim.label
        if shared == claim.label:
            done.append(claim)
            continue
        why = claim.why
        if model:
            why = told_again(claim, "label", because("what the number before it measures", model))
        done.append(replace(claim, label=shared, why=why))
    return done


def _model(
    done: Sequence[Claim], claims: Sequence[Claim], index: int, bare: str, texts: Sequence[str]
) -> Claim | None:
    """The claim before it whose label the claim takes over, or None."""
    claim, before = claims[index], done[-1] if done else None
    if before is None or not _same_sentence(before, claim):
        return None
    between = texts[claim.paragraph][before.end : claim.start]
    if claim.of is not None and re.match(r"[^，,；;。]{0,4}[，,](?:约)?占", between):
        return before
    pair = any(each.rule == FROM_TO for each in claim.why)
    if pair and before.unit == claim.unit and claim.start - before.end <= 12:
        return before
    if claim.kind == "growth" and not pair and len(bare) < 2:
        return _grown(done, claims, index, texts)
    if not bare:
        return before
    return None


def _grown(done: Sequence[Claim], claims: Sequence[Claim], index: int, texts: Sequence[str]) -> Claim | None:
    """What a bare 增长7.3% belongs to: the number before the run of rates that it stands in, in the run's order."""
    first = index
    while first and claims[first - 1].kind == "growth" and _same_sentence(claims[first - 1], claims[index]):
        first -= 1
    last = index
    while (
        last + 1 < len(claims)
        and claims[last + 1].kind == "growth"
        and _joined(claims[last], claims[last + 1], texts)
    ):
        last += 1
    begin = first
    while begin and _same_sentence(claims[begin - 1], claims[index]):
        begin -= 1
    grown = [each for each in done[begin:first] if each.kind != "growth"]
    rates = last - first + 1
    if not grown:  # 提升至48.6%，提高2.1个百分点: a level that is itself the end of a change
        return done[first] if first < index else done[first - 1] if first else None
    return grown[-1] if len(grown) < rates else grown[len(grown) - rates + index - first]


def _joined(left: Claim, right: Claim, texts: Sequence[str]) -> bool:
    return _same_sentence(left, right) and texts[left.paragraph][left.end : right.start] in set("、和与及")


@cache
def _changes() -> re.Pattern[str]:
    lead = "|".join(packaged("changes.yml")["compared"])
    return re.compile(rf"(?:{lead})*(?:{change_verbs()})(?:了|到|至)?$|^(?:{lead})+$|^[%倍]$|^个百分点$")


def _bare(label: str) -> str:
    """The label without its verb of change; empty where nothing but the verb is left."""
    previous = None
    while previous != label:
        previous = label
        label = _changes().sub("", label)
    return label


def _same_sentence(left: Claim, right: Claim) -> bool:
    near = left.paragraph == right.paragraph and abs(right.start - left.start) <= len(left.quote)
    return near and left.quote == right.quote


class Ids:
    """Ids of the claims of an article, from the sentence and the printed number, so that an edit elsewhere changes none."""

    def __init__(self, article: str) -> None:
        self._article = article
        self._seen: Counter[tuple[str, str]] = Counter()

    def of(self, quote: str, raw: str) -> str:
        """The id of the next claim with that sentence and number, in the order of the article."""
        self._seen[quote, raw] += 1
        printed = f"{quote}|{raw}|{self._seen[quote, raw]}"
        return f"{self._article}-{hashlib.sha256(printed.encode()).hexdigest()[:8]}"
