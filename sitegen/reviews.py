"""Editors' verdicts on claims, content/reviews/*.yml: read, checked, applied. Extraction never touches them.

`sitegen serve` writes them at its review desk. A file holds one entry a claim:

    a1b2c3d4e5-0f1e2d3c:
      verdict: edited            # confirmed, edited, rejected or questioned
      who: "李娜"
      when: "2025-06-12"
      why: "the sentence speaks of the park, not of the city"
      fields: {place: "大路工业园区"}   # only for edited: what is right instead
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from sitegen.config import suggestion
from sitegen.documents import Document, is_day, read_document
from sitegen.industries import industry_list
from sitegen.model import Bound, Claim, Facts, Kind, Review, Status
from sitegen.periods import is_period
from sitegen.problems import Problem, SitegenError
from sitegen.units import unit_table

VERDICTS = ("confirmed", "edited", "rejected", "questioned")
KEYS = ("verdict", "who", "when", "why", "fields")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "bound": get_args(Bound),
    "status": get_args(Status),
    "kind": get_args(Kind),
}
SPANS = (
    "year",
    "quarter",
    "month",
    "week",
    "day",
    "hour",
    "minute",
    "second",
)  # what a number may be per, beside units
NUMBERS = ("value", "value_max")
TEXTS = ("unit", "per", "label", "of", "place", "industry", "period", "subject", "speaker")
FIELDS = (*NUMBERS, *CHOICES, *TEXTS)
REQUIRED = ("value", "label", *CHOICES)
_NO_ADDRESS = re.compile(r"[/\\<>\"?#%\x00-\x1f]|^\.")
_LONGEST = 500  # characters of a text
_GREATEST = 30  # digits before the point or behind it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an editor decided about one claim, and where that is written. fields: name of a claim's field →
    its value.
    """

    claim: str
    verdict: Review
    who: str
    when: str
    why: str
    fields: Mapping[str, Any]
    file: str
    line: int


def read_reviews(files: Mapping[str, str]) -> dict[str, Verdict]:
    """The verdicts in the files (path → text), by claim id. Raises SitegenError with every problem of every
    file.
    """
    found, problems = collect_reviews(files)
    if problems:
        raise SitegenError(*problems)
    return found


def collect_reviews(files: Mapping[str, str]) -> tuple[dict[str, Verdict], tuple[Problem, ...]]:
    """The verdicts that can be used, and what is wrong with the others."""
    problems: list[Problem] = []
    found: dict[str, Verdict] = {}
    for file, text in files.items():
        try:
            document = read_document(text, file)
        except SitegenError as error:
            problems += error.problems
            continue
        if document.value is not None and not isinstance(document.value, dict):
            problems.append(
                _refused(
                    file, 1, "is no list of verdicts", "write one claim id a paragraph, with its verdict"
                )
            )
            continue
        for claim, entry in (document.value or {}).items():
            wrong = list(_problems(claim, entry, document, file, found))
            problems += wrong
            if not wrong:
                found[claim] = _verdict(claim, entry, file, document.line(claim))
    return found, tuple(problems)


def _refused(file: str, line: int, message: str, fix: str) -> Problem:
    return Problem(file, line, 0, "E-REVIEW", message, fix)


def _problems(
    claim: str, entry: Any, document: Document, file: str, found: Mapping[str, Verdict]
) -> Iterator[Problem]:
    line = document.line(claim)
    if claim in found:
        other = found[claim]
        yield _refused(
            file, line, f"{claim} has a verdict in {other.file}:{other.line} too", "keep one of the two"
        )
        return
    if not isinstance(entry, dict):
        yield _refused(file, line, f"{claim} has no verdict", "write `verdict:` below it")
        return
    for key, value in entry.items():
        at = document.line(claim, key)
        if key not in KEYS:
            yield _refused(file, at, f"unknown key {key}", suggestion(key, list(KEYS)))
        elif key == "verdict" and value not in VERDICTS:
            yield _refused(file, at, f"{value} is no verdict", f"write {', '.join(VERDICTS)}")
        elif key == "when" and not is_day(value):
            yield _refused(file, at, f"{value} is no day", 'write it as "2025-06-12"')
        elif key in ("who", "why") and not (isinstance(value, str) and value.strip()):
            yield _refused(file, at, f"{key} is no text", "put words in quotation marks")
    for key in ("verdict", "who", "when"):
        if key not in entry:
            yield _refused(file, line, f"the verdict on {claim} lacks {key}", f"add `{key}:` below it")
    yield from _field_problems(claim, entry, document, file)


def _field_problems(claim: str, entry: Mapping[str, Any], document: Document, file: str) -> Iterator[Problem]:
    given, line = entry.get("fields"), document.line(claim, "fields")
    if (entry.get("verdict") == "edited") != bool(given):
        yield _refused(
            file,
            line,
            "edited and fields belong together",
            "say in fields what is right, or choose another verdict",
        )
    if given is None:
        return
    if not isinstance(given, dict):
        yield _refused(
            file, line, "fields is no list of a claim's fields", "write one `field: value` a line below it"
        )
        return
    for name, value in given.items():
        at = document.line(claim, "fields", name)
        if name not in FIELDS:
            yield _refused(file, at, f"a claim has no field {name} to edit", suggestion(name, list(FIELDS)))
        elif fix := wrong_field(name, value):
            yield _refused(file, at, f"{name} cannot be {'null' if value is None else value}", fix)


def wrong_field(name: str, value: Any) -> str | None:
    """What to write instead of a value that the field of a claim cannot have; None for one that it can."""
    if value is None:
        return "write its value" if name in REQUIRED else None
    if name in NUMBERS:
        return None if _decimal(value) is not None else 'write a number in quotation marks, "456570000000"'
    if not isinstance(value, str):
        return "put it in quotation marks"
    if len(value) > _LONGEST:
        return f"write at most {_LONGEST} characters"
    if name == "place" and _NO_ADDRESS.search(value):  # it is a part of an address
        return 'write one place, as 包头市, without / \\ < > " ? # % and without a dot at its head'
    if name == "period" and not is_period(value):
        return 'write it as "2025", "2025-06", "2025-06-10", "2024-01/2024-06" or "2026-2030"'
    if name in CHOICES and value not in CHOICES[name]:
        return f"write {', '.join(CHOICES[name])}"
    if name == "unit" and value not in _units():
        printed = unit_table().get(value)
        return f"write {printed.unit}" if printed else "write a unit of sitegen/data/units.yml"
    if name == "per" and not (value in SPANS or value in _units() or value in unit_table()):
        return f"write {', '.join(SPANS)} or a unit of sitegen/data/units.yml"
    if name == "industry" and value not in industry_list().entries:
        return "write an id of sitegen/data/industries.yml"
    return None


def _units() -> frozenset[str]:
    """Every unit that a claim can have, as the data contract writes it."""
    return frozenset(entry.unit for entry in unit_table().values())


def _decimal(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value)) if not isinstance(value, bool) else None
    except InvalidOperation:
        return None
    if found is None or not found.is_finite():
        return None
    exponent = found.as_tuple().exponent
    small = isinstance(exponent, int) and exponent >= -_GREATEST and found.adjusted() < _GREATEST
    return found if small else None


def _verdict(claim: str, entry: Mapping[str, Any], file: str, line: int) -> Verdict:
    fields = {
        name: _decimal(value) if name in NUMBERS else value
        for name, value in (entry.get("fields") or {}).items()
    }
    return Verdict(
        claim, entry["verdict"], entry["who"], entry["when"], entry.get("why", ""), fields, file, line
    )


def apply_reviews(facts: Sequence[Facts], verdicts: Mapping[str, Verdict]) -> tuple[Facts, ...]:
    """The facts as the editors left them: review is set, edited fields are replaced. A rejected claim stays,
    marked.
    """
    if not verdicts:
        return tuple(facts)
    return tuple(
        replace(each, claims=tuple(_reviewed(claim, verdicts) for claim in each.claims))
        if any(claim.id in verdicts for claim in each.claims)
        else each
        for each in facts
    )


def _reviewed(claim: Claim, verdicts: Mapping[str, Verdict]) -> Claim:
    verdict = verdicts.get(claim.id)
    return replace(claim, review=verdict.verdict, **verdict.fields) if verdict else claim


def without_rejected(facts: Sequence[Facts]) -> tuple[Facts, ...]:
    """The facts that may be counted: no rejected claim, and no project that still leans on one."""
    return tuple(
        _without_rejected(each) if any(c.review == "rejected" for c in each.claims) else each
        for each in facts
    )


def _without_rejected(facts: Facts) -> Facts:
    kept = tuple(claim for claim in facts.claims if claim.review != "rejected")
    ids = {claim.id for claim in kept}
    projects = tuple(
        replace(
            project,
            claims=tuple(claim for claim in project.claims if claim in ids),
            investment=project.investment if project.investment in ids else None,
        )
        for project in facts.projects
    )
    return replace(facts, claims=kept, projects=projects)


def orphans(facts: Sequence[Facts], verdicts: Mapping[str, Verdict]) -> tuple[Problem, ...]:
    """A warning for each verdict on a claim that is no longer there. Findings (c-…) come and go with the checks."""
    known = {claim.id for each in facts for claim in each.claims}
    known |= {each for each in verdicts if each.startswith("c-")}
    fix = "look at what the source says now, then move or delete the verdict"
    return tuple(
        Problem(
            each.file,
            each.line,
            0,
            "W-REVIEW-ORPHAN",
            f"no claim {each.claim} is left to judge",
            fix,
            "warning",
        )
        for each in verdicts.values()
        if each.claim not in known
    )
