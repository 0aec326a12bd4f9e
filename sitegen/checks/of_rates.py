"""Rates and the numbers near them that may make them: a share of which part and whole, a change from which number to which."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from sitegen.checks.base import Said, either, is_size, last_piece, words
from sitegen.checks.equations import Equation, Sure, growth, increase, share
from sitegen.checks.increments import is_increment
from sitegen.checks.vicinity import Near, is_base, is_earlier, of_kind, patterns

_LEAD = 24  # characters before a number that say what it is of


def changes(around: Near, chain: Sequence[Said]) -> Iterator[Equation | None]:
    """Growths and falls that the rate may be of; chain: all numbers of the article."""
    rate = around.said
    pure = patterns().change.fullmatch(rate.lead) is not None
    real = any(word in rate.sentence.text for word in words("increments")["real"])
    falls = rate.claim.value < 0 or any(word in rate.lead for word in words("growth")["falls"])
    same = [s for s in (*around.before, *around.behind[:2]) if is_size(s.claim.unit) and s.claim.value > 0]
    for pair in combinations(same, 2):
        first = pair[0].claim
        if first.unit != pair[1].claim.unit:
            continue
        next_ = [s for s in same if s.claim.unit == first.unit][:2]
        asked = pure and not real and all(s in next_ for s in pair)
        for one, other in (pair, pair[::-1]):
            sure: Sure = "sure" if one.sentence is other.sentence is rate.sentence else "told"
            based = is_base(other) and one.claim.per in {None, other.claim.per}
            near_ = pair[0] in same[:4] and pair[1] in same[:4] and (based or one.claim.per is not None)
            far: Sure = "far" if near_ and not real and one.claim.per == other.claim.per else "fit"
            yield growth(rate, one, other, sure if asked and based else far, falls=falls)
            if rate.claim.unit == "times":
                multiple = re.search("(?:是|为|相当于|达到)[^,;。、]*的$", rate.lead) is not None
                told: Sure = "far" if multiple and all(s in next_ for s in pair) else "fit"
                yield share(rate, one, other, told)
            came = is_increment(one.lead)
            alone = around.at > 0 and one is chain[around.at - 1] and not is_base(one) and not is_base(other)
            yield increase(rate, one, other, sure if asked and came and alone else "fit", falls=falls)
            if came:
                yield share(rate, one, other, "fit")


def shares(around: Near, chain: Sequence[Said]) -> Iterator[Equation | None]:
    """Parts and wholes that the rate may be of; chain: all numbers of the article."""
    rate = around.said
    sizes = [s for s in around.before if is_size(s.claim.unit) and s.claim.value > 0]
    prev = sizes[0] if sizes and around.at and sizes[0] is chain[around.at - 1] else None
    match = patterns().share.search(rate.lead)
    of_prev = prev is not None and rate.lead.strip() in {"的", "的比例达", "的比重达", "的比例为"}
    of_prev |= prev is not None and "占" in prev.lead and len(last_piece(rate.lead)) < 6 and not match
    named = patterns().rate.search(rate.lead) is not None and not any(
        word in rate.lead for word in words("relations")["rate_not"]
    )
    behind = [s for s in around.behind[:4] if is_size(s.claim.unit) and s.claim.value > 0]
    named = named and _speaks_of(rate, [*sizes[:4], *behind])
    if of_prev and prev is not None:
        yield from _of_whole(around, [prev], sizes[1:], behind, ("sure", "told"))
    whole = re.sub(f"^{either(words('portions')['before'])}", "", match["whole"]) if match else ""
    part = match["part"].removeprefix("其中") if match else ""
    regions = (*words("portions")["regions"], *words("relations")["regions"])
    local = match is not None and match["whole"] in regions
    if match and not of_prev and not local:
        called = [s for s in sizes[:3] if len(part) < 2 or part[-4:] in s.lead][:1]
        after = [s for s in behind[:1] if s.sentence is rate.sentence and len(s.lead) < 4]
        wholes = [s for s in sizes[sizes.index(called[0]) + 1 :] if _called(s, whole)] if called else []
        yield from _of_whole(around, wholes, called, [], ("sure", "told"))
        if len(whole) > 1:
            far = [s for s in (*around.behind, *around.above) if _named(s, whole) and is_size(s.claim.unit)]
            yield from _of_whole(around, far, [*after, *called][:1], [], ("told", "told"))
        yield from _of_whole(around, [*sizes, *around.above[:9]], after, [], ("far", "far"))
    if named:
        of, of_it, _ = last_piece(rate.lead).partition("的")  # 各项贷款的不良率
        wholes = [s for s in (*sizes, *around.above) if of_it and len(of) > 2 and of in s.lead]
        yield from _of_whole(around, wholes[:2], behind[:1], [], ("told", "told"))
        plain_ = [s for s in sizes if not is_earlier(s)]
        if (
            re.fullmatch("[,、]?[^,;。、]{0,4}(?:率|比重|比例|占比|份额)[^,;。、]*", rate.lead)
            and plain_[:1] == [prev]
            and "其中" not in rate.lead
        ):
            yield from _of_whole(around, plain_[1:2], plain_[:1], [], ("sure", "told"))
        pairs_ = [s for s in behind if not patterns().each.search(last_piece(s.lead))]
        yield from _of_whole(
            around, [*pairs_[:1], *sizes[:3]], [*pairs_[1:2], *pairs_[:1]], [], ("far", "far")
        )
        yield from _of_whole(around, sizes[:5], sizes[:5], [], ("far", "far"))
    pairs = [*sizes, *behind[:2]]
    asked: Sure = "far" if of_prev or (match and not local and len(part) < 2 and prev is not None) else "fit"
    yield from _of_whole(around, pairs, pairs[:3], [], (asked, asked))
    yield from (
        share(rate, one, other, "fit", rest=True)
        for one in pairs for other in pairs if one is not other and of_kind(one.claim, other.claim)
    )  # fmt: skip
    yield from _of_whole(around, around.above, pairs[:3], [], (asked, asked))


def _speaks_of(rate: Said, sizes: Sequence[Said]) -> bool:
    """Whether the name of the rate has a sign in common with what stands before the numbers: 机采率 with 机采153万亩, 订单率 with none."""
    stem = re.search("([^,;。、的]{1,4})率", last_piece(rate.lead))
    return stem is None or any(char in said.lead[-_LEAD:] for char in stem[1] for said in sizes)


def _of_whole(
    around: Near,
    wholes: Sequence[Said],
    parts: Sequence[Said],
    behind: Sequence[Said],
    sure: tuple[Sure, Sure],
) -> Iterator[Equation | None]:
    """Shares of the wholes, the first of them with the part that is next to it as sure as the first says, others as the second."""
    first = True
    for whole in wholes:
        for part in (*parts, *behind):
            if part is whole or not of_kind(part.claim, whole.claim) or whole.claim.value <= 0:
                continue
            level = (
                sure[0] if first and part not in behind and part.sentence is around.said.sentence else sure[1]
            )
            if is_increment(part.lead) or is_increment(whole.lead):
                level = "fit"
            if level != "fit" and part.claim.status != whole.claim.status and "计划" not in whole.lead:
                level = "far"
            first = False
            yield share(around.said, part, whole, level)


def _called(said: Said, whole: str) -> bool:
    """Whether the number may be the whole: called so, or the whole has no name of its own."""
    stem = re.sub("^[总全]|[数量额]$", "", whole)
    return len(stem) < 2 or whole in words("rates")["named_last"] or _named(said, whole)


def _named(said: Said, whole: str) -> bool:
    stem = re.sub("^总|^全[省市县区]?|总?[数量额]$", "", whole) or whole
    lead = said.lead[-24:]
    return stem[-2:] in lead or stem[:2] in lead
