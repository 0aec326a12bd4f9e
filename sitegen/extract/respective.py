"""Lists that run side by side: 绵阳、宜宾、德阳分别达到a、b和c says which number is whose."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from sitegen.extract.place_mentions import one_of
from sitegen.extract.reading import Reading, between
from sitegen.matchers.tokens import Quantity
from sitegen.places import PlaceMention
from sitegen.text import Span

_RESPECTIVELY = re.compile(r"分别|依次")
_LISTED = re.compile(r"[一-鿿]{0,10}?(?:[、和及与]|以及)")  # 合肥市新型显示、芜湖市机器人
_NEXT = re.compile(r"[、和及与]|以及|[、和及与,](?!合计|总计|共计|总共|占)[一-鿿]{1,3}")
_COUNTED = 18  # characters between the last of the places and 分别: 三市进出口额, 轨道交通装备3个基地产值


@cache
def _joins() -> re.Pattern[str]:
    """What may stand between a list of places and 分别."""
    return re.compile(rf"[^,;。]*(?:(?:{one_of('behind_list')}),)?")


def is_respective(folded: str, sentence: Span) -> bool:
    """Whether the sentence has one of the words that set lists side by side."""
    return _RESPECTIVELY.search(folded, *sentence) is not None


def respective(reading: Reading, places: Sequence[PlaceMention], sentence: Span) -> dict[int, PlaceMention]:
    """Whose each number is, by the number's offset, where a list of places meets lists of numbers of its length."""
    found: dict[int, PlaceMention] = {}
    inside = between(places, *sentence)
    cuts = [match.start() for match in _RESPECTIVELY.finditer(reading.folded, *sentence)]
    for cut, until in pairwise([*cuts, sentence.end]):
        owners = _owners(reading.folded, inside, cut)
        if len(owners) < 2:
            continue
        stop = min((m.start for m in between(inside, cut, until)), default=until)
        for run in _runs(reading.folded, reading.quantities_in(Span(cut, stop))):
            if len(run) == len(owners):
                found.update((quantity.start, owner) for quantity, owner in zip(run, owners, strict=True))
    return found


def _owners(folded: str, places: Sequence[PlaceMention], cut: int) -> list[PlaceMention]:
    """The places of the list that ends right before cut."""
    run: list[PlaceMention] = []
    for place in reversed([m for m in places if m.end <= cut]):
        if run and not _LISTED.fullmatch(folded, place.end, run[0].start):
            break
        if not run and (cut - place.end > _COUNTED or not _joins().fullmatch(folded, place.end, cut)):
            break
        run.insert(0, place)
    return run


def _runs(folded: str, quantities: Sequence[Quantity]) -> list[list[Quantity]]:
    """The quantities by lists: a、b和c."""
    runs: list[list[Quantity]] = []
    for quantity in quantities:
        last = runs[-1][-1] if runs else None
        if (
            last
            and last.dimension == quantity.dimension
            and _NEXT.fullmatch(folded[last.end : quantity.start])
        ):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    return runs
