"""Signed and begun: of so many projects signed, how many have started. One dot a project."""

from collections.abc import Sequence
from decimal import Decimal

from sitegen.amounts import amount, is_count
from sitegen.charts import figures, rows
from sitegen.charts.base import Cell, Chart, Column, Figure
from sitegen.charts.words import Words, sentence
from sitegen.tables import Quantity, Tables

ID, GROUP = "progress", "signings"
_NEAR = 1  # paragraphs between a signing and its progress
_MOST = 400  # dots; beyond, a dot stands for 10, 100, …
Pair = tuple[Quantity, tuple[Quantity, ...], tuple[Quantity, ...]]  # whole, parts largest first, rates


def build(tables: Tables, words: Words) -> Chart | None:
    """The largest signing whose progress is reported; None where no progress can be set against a signing."""
    pairs = sorted(_pairs(tables, words), key=lambda pair: -pair[0].value)
    if not pairs:
        return None
    whole, parts, rates = pairs[0]
    part = parts[0]
    rest = whole.value - part.value
    sizes = (format(whole.value, "f"), format(part.value, "f"), format(rest, "f"))
    working = words("progress.working", whole=sizes[0], part=sizes[1], rest=sizes[2])
    rest_cell = Cell(amount(rest, whole.unit), (*whole.claims, *part.claims), derived=working, exact=sizes[2])
    on = words("progress.filled", label=rows.label(part, tables), count=part.text)
    off = words("progress.open", count=rest_cell.text)
    each, figure = _figure(whole, part, on, off)
    extra = words("progress.each", count=each, unit=whole.unit or "") if each > 1 else ""
    shown = [id_ for item in (whole, *parts, *rates) for id_ in item.claims]
    return rows.finish(
        id_=ID,
        group=GROUP,
        headline=_headline(whole, part, tables, words),
        unit=whole.unit or "",
        note=rows.source_note(shown, tables, words, extra),
        summary=_summary(whole, part, rates, rest_cell, tables, words),
        figure=figure,
        columns=_columns(words),
        rows=[row for pair in pairs for row in _rows(pair, words)],
        words=words,
    )


def _pairs(tables: Tables, words: Words) -> list[Pair]:
    """Each counted signing with the counts and rates of progress about it, the counts largest first."""
    wholes = [
        q for q in tables.of_kinds("signing") if is_count(q.unit) and q.status == "actual" and q.value > 0
    ]
    by_place: dict[str | None, list[Quantity]] = {}
    for whole in wholes:
        by_place.setdefault(whole.place, []).append(whole)
    parts: dict[Quantity, list[Quantity]] = {}
    for item in tables.of_kinds("progress"):
        found_whole = _whole_of(item, by_place.get(item.place, []), tables, words)
        if found_whole and item.status == "actual":
            parts.setdefault(found_whole, []).append(item)
    found = []
    for whole, about in parts.items():
        counts = tuple(sorted((q for q in about if q.unit == whole.unit), key=lambda item: -item.value))
        if counts:
            found.append((whole, counts, tuple(item for item in about if item.unit == "%")))
    return found


def _whole_of(part: Quantity, wholes: Sequence[Quantity], tables: Tables, words: Words) -> Quantity | None:
    """The signing that a progress is about: that of the same event, else the nearest one printed before it.

    The nearest must stand at most _NEAR paragraphs above and count the same noun (项目); None where nothing
    fits.
    """
    fits = [q for q in wholes if part.unit == "%" or (q.unit == part.unit and 0 < part.value <= q.value)]
    if part.subject:
        same = [w for w in fits if w.subject == part.subject and w.label != part.label]
        if same:
            return max(same, key=lambda whole: whole.value)
    here = tables.claim(part.claims[0])
    noun = _split(part.label, words)[1]
    before: list[tuple[int, int, Quantity]] = []
    for whole in fits:
        if (
            whole.label == part.label
            or (whole.subject and part.subject)
            or (part.unit != "%" and (not noun or noun != _split(whole.label, words)[1]))
        ):
            continue
        for id_ in whole.claims:
            there = tables.claim(id_)
            near = there.article == here.article and 0 <= here.paragraph - there.paragraph <= _NEAR
            if near and (there.paragraph, there.start) < (here.paragraph, here.start):
                before.append((there.paragraph, there.start, whole))
    return max(before, key=lambda entry: entry[:2])[2] if before else None


def _figure(whole: Quantity, part: Quantity, on: str, off: str) -> tuple[int, Figure]:
    each = 1
    while whole.value / each > _MOST:
        each *= 10
    filled = int(part.value / each)
    dots = -int(-whole.value // each)
    return each, figures.dots((filled, on, part.claims), (dots - filled, off, (*whole.claims, *part.claims)))


def _split(label: str, words: Words) -> tuple[str, str]:
    """What is said and of what: 签约项目 → (签约, 项目); 已开工项目 → (已开工, 项目); the noun is "" where
    unknown.
    """
    for noun in words.get("progress.nouns"):
        if label.endswith(noun) and len(label) > len(noun):
            return label.removesuffix(noun), noun
        if label.startswith(noun) and len(label) > len(noun):
            return label.removeprefix(noun), noun
    return label, ""


def _headline(whole: Quantity, part: Quantity, tables: Tables, words: Words) -> tuple[Cell, ...]:
    done, noun = _split(rows.label(whole, tables), words)
    part_done, _ = _split(rows.label(part, tables), words)
    period = words.year(whole.period)
    numbers = {"whole": rows.number(whole), "part": rows.number(part)}
    if noun:
        return words.cells(
            "progress.title", period=period, done=done, noun=noun, part_done=part_done, **numbers
        )
    labels = {"label": rows.label(whole, tables), "part_label": rows.label(part, tables)}
    return words.cells("progress.title_plain", period=period, **labels, **numbers)


def _summary(
    whole: Quantity, part: Quantity, rates: tuple[Quantity, ...], rest: Cell, tables: Tables, words: Words
) -> tuple[Cell, ...]:
    when = words("progress.until", period=words.period(part.period)) if part.period else ""
    pieces = [
        words.cells(
            "progress.summary",
            place=whole.place or "",
            period=words.period(whole.period),
            label=rows.label(whole, tables),
            whole=rows.number(whole),
        ),
        words.cells(
            "progress.summary_part", when=when, label=rows.label(part, tables), part=rows.number(part)
        ),
    ]
    pieces += [
        words.cells("progress.summary_rate", label=rows.label(rate, tables), rate=rows.number(rate))
        for rate in rates[:1]
    ]
    pieces.append(words.cells("progress.rest_plain", rest=rest))
    return sentence(*pieces)


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column("place", words("column.place")),
        Column("what", words("column.what")),
        Column("value", words("column.value"), numeric=True),
        Column("period", words("column.period")),
        Column("subject", words("column.subject")),
    )


def _rows(pair: Pair, words: Words) -> list[tuple[Cell, ...]]:
    whole, parts, rates = pair
    place = rows.place_cell(whole.place, words)
    found = [
        (
            place,
            Cell(item.label),
            rows.number(item),
            Cell(words.period(item.period)),
            Cell(whole.subject or ""),
        )
        for item in (whole, *parts, *rates)
    ]
    rest = whole.value - parts[0].value
    sizes = (format(whole.value, "f"), format(parts[0].value, "f"), format(rest, "f"))
    working = words("progress.working", whole=sizes[0], part=sizes[1], rest=sizes[2])
    cell = Cell(
        amount(rest, whole.unit),
        (*whole.claims, *parts[0].claims),
        derived=working,
        exact=format(Decimal(rest), "f"),
    )
    return [*found, (place, Cell(words("column.rest")), cell, Cell(""), Cell(whole.subject or ""))]
