"""A gold file to its records; whatever is wrong with it is told at its line, all of it in one run."""

from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.config import suggestion
from sitegen.documents import Document, Path, read_document
from sitegen.evaluation.answers import number
from sitegen.evaluation.gold import (
    Answers,
    Expected,
    Gold,
    GoldArticle,
    GoldClaim,
    GoldContradiction,
    GoldPair,
)
from sitegen.evaluation.keys import LISTS, PAGE_NOTES, PAIR, Key, Shape
from sitegen.problems import Problem, SitegenError

_PAGE = "page"


def read_gold(text: str, file: str) -> Gold | None:
    """The gold in a YAML text; None for some other YAML, which has none of a gold's lists.

    file: its path for messages. Raises SitegenError with every unknown key, missing field and wrong value.
    """
    document = read_document(text, file, repeats=True)
    if not isinstance(document.value, dict) or not document.value.keys() & {"claims", "articles"}:
        return None
    problems = list(_problems(document, file))
    if problems:
        raise SitegenError(*problems)
    return _gold(document, file)


def _problems(document: Document, file: str) -> Iterator[Problem]:
    known = [_PAGE, *LISTS, *sorted(PAGE_NOTES)]
    for key, value in document.value.items():
        line = document.line(key)
        if key not in known:
            yield Problem(file, line, 0, "E-GOLD-KEY", f"unknown key {key}", suggestion(key, known))
        elif key == _PAGE and not isinstance(value, str):
            yield Problem(file, line, 0, "E-GOLD-VALUE", "page is no name of a file", 'write page: "p01.txt"')
        elif key in LISTS and value is not None:
            yield from _list_problems(key, value, document, file)
    if "claims" not in document.value:
        fix = "write the numbers of the page, or `claims: []` where it has none"
        yield Problem(file, 1, 0, "E-GOLD-VALUE", "claims are missing", fix)


def _list_problems(name: str, value: Any, document: Document, file: str) -> Iterator[Problem]:
    shape = LISTS[name]
    if not isinstance(value, list):
        fix = f"write one record a line: - {shape.says}"
        yield Problem(file, document.line(name), 0, "E-GOLD-VALUE", f"{name} is no list", fix)
        return
    for index, record in enumerate(value):
        path = (name, index)
        if isinstance(record, dict):
            yield from _record_problems(record, shape, path, document, file)
        elif not (shape is PAIR and _is_pair(record)):
            fact = f"this is no record of {name}"
            yield Problem(file, document.line(*path), 0, "E-GOLD-VALUE", fact, f"write {shape.says}")


def _is_pair(record: Any) -> bool:
    return (
        isinstance(record, list)
        and len(record) >= 2
        and all(isinstance(each, str) and each for each in record)
    )


def _record_problems(
    record: Mapping[str, Any], shape: Shape, path: Path, document: Document, file: str
) -> Iterator[Problem]:
    allowed = shape.allowed()
    for name, value in record.items():
        line = document.line(*path, name)
        if name not in allowed:
            yield Problem(file, line, 0, "E-GOLD-KEY", f"unknown key {name}", suggestion(name, allowed))
        elif name == "also":
            yield from _also_problems(value, shape, (*path, name), document, file)
        elif wrong := _wrong(shape.keys.get(name), value):
            yield Problem(file, line, 0, "E-GOLD-VALUE", f"{name} {wrong[0]}", wrong[1])
        elif name.endswith("_alt") and name not in shape.keys:
            yield from _list_of(name.removesuffix("_alt"), value, shape, line, file)
    for name, key in shape.keys.items():
        if key.required and name not in record:
            fact = f"{name} is missing"
            yield Problem(file, document.line(*path), 0, "E-GOLD-VALUE", fact, f"write {shape.says}")


def _also_problems(value: Any, shape: Shape, path: Path, document: Document, file: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        fix = "write also: {KEY: [further answers]}"
        yield Problem(file, document.line(*path), 0, "E-GOLD-VALUE", "also has no keys", fix)
        return
    plain = [*shape.keys, *shape.notes]
    for name, answers in value.items():
        line = document.line(*path, name)
        if name in plain:
            yield from _list_of(name, answers, shape, line, file)
        else:
            yield Problem(file, line, 0, "E-GOLD-KEY", f"unknown key {name}", suggestion(name, sorted(plain)))


def _list_of(name: str, value: Any, shape: Shape, line: int, file: str) -> Iterator[Problem]:
    """Further answers: a list, each of them as the field itself would have it."""
    if not isinstance(value, list):
        fix = f"write {name}_alt: [answer, answer]"
        yield Problem(file, line, 0, "E-GOLD-VALUE", f"the further answers for {name} are no list", fix)
        return
    for each in value:
        wrong = _wrong(shape.keys.get(name), each)
        if wrong:
            yield Problem(file, line, 0, "E-GOLD-VALUE", f"a further answer for {name} {wrong[0]}", wrong[1])


def _wrong(key: Key | None, value: Any) -> tuple[str, str] | None:
    """What is wrong with a value and what to do, or None. key: None for a note, which may be anything."""
    if key is None or (value is None and key.nullable):
        return None
    if key.form == "texts":
        fine = isinstance(value, list) and all(isinstance(each, str | int | float) for each in value)
        return None if fine else ("is no list of words", 'write ["…", "…"], or [] for none')
    if key.form == "flag":
        return None if isinstance(value, bool) else (f"is {value}", "write true or false")
    if key.form == "number":
        return None if number(value) is not None else (f"{value} is no number", "write digits: 456570000000")
    if isinstance(value, list | dict | bool) or value in (None, ""):
        return "is no text", 'write it in quotation marks, or null where there is none: "…"'
    if key.choices and value not in key.choices:
        return f"{value} is none of its words", suggestion(str(value), list(key.choices))
    return None


def _gold(document: Document, file: str) -> Gold:
    found = {name: _records(document, name) for name in LISTS}
    return Gold(
        file,
        document.value.get(_PAGE),
        articles=tuple(
            GoldArticle(
                line, _optional(record), _answers(record, "articles"),
                _texts(record.get("authors")), _texts(record.get("authors_optional")),
            )
            for line, record in found["articles"]
        ),
        claims=tuple(
            GoldClaim(
                line, _optional(record), _answers(record, "claims"),
                str(record["raw"]), str(record.get("before") or ""),
            )
            for line, record in found["claims"]
        ),
        projects=tuple(_expected(line, record, "projects") for line, record in found["projects"]),
        pairs=tuple(
            [_pair(line, record, optional=False) for line, record in found["place_industries"]]
            + [_pair(line, record, optional=True) for line, record in found["place_industries_optional"]]
        ),
        people=tuple(_expected(line, record, "people") for line, record in found["people"]),
        contradictions=tuple(
            GoldContradiction(line, str(record.get("why") or ""), _texts(record["raws"]))
            for line, record in found["contradictions"]
        ),
    )  # fmt: skip


def _records(document: Document, name: str) -> list[tuple[int, Any]]:
    """The records of a list, each with its line."""
    return [
        (document.line(name, index), record) for index, record in enumerate(document.value.get(name) or ())
    ]


def _expected(line: int, record: Mapping[str, Any], name: str) -> Expected:
    return Expected(line, _optional(record), _answers(record, name))


def _answers(record: Mapping[str, Any], name: str) -> dict[str, Answers]:
    also = record.get("also") or {}
    return {
        key: (record.get(key), *(record.get(f"{key}_alt") or ()), *(also.get(key) or ()))
        for key, each in LISTS[name].keys.items()
        if each.form in ("text", "number")
    }


def _optional(record: Mapping[str, Any]) -> bool:
    return record.get("optional") is True


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(str(each) for each in values or ())


def _pair(line: int, record: Any, *, optional: bool) -> GoldPair:
    """[place, industry, other words for it …], or the same with names."""
    if isinstance(record, list):
        return GoldPair(line, optional, (record[0],), tuple(record[1:]))
    places = (str(record["place"]), *_texts(record.get("place_alt")))
    words = (str(record["industry"]), *_texts(record.get("alt")))
    return GoldPair(line, optional or _optional(record), places, words)
