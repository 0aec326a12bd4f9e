"""What the checks found, as `sitegen check` prints it: records with how grave they are, lines, annotations."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from sitegen.checks import finding_id
from sitegen.diagnostics import as_github
from sitegen.model import GRAVE, Facts, Warning
from sitegen.problems import Problem

Severity = Literal["error", "warning", "info", "ignore"]
Record = dict[str, Any]
# What a program is told of a finding; the rest of a record is for the lines that people read.
PRINTED = ("code", "verdict", "severity", "message", "working", "claims", "source", "line", "suggestion")


def severity(warning: Warning, validation: Mapping[str, str]) -> Severity:
    """How grave a finding is: what `validation:` says of its code; a warning where it says nothing. Agreements, doubts and
    what an editor has judged are never more than information.
    """
    level = validation.get(warning.code, "warning")
    if level == "ignore":
        return "ignore"
    if warning.verdict not in GRAVE or warning.settled:
        return "info"
    return "error" if level == "error" else "warning"


def finding_record(warning: Warning, path: str, validation: Mapping[str, str]) -> Record:
    """One finding. path: the file, as a user would type it."""
    return {
        "id": finding_id(warning),
        "code": warning.code,
        "verdict": warning.verdict,
        "severity": severity(warning, validation),
        "message": warning.message,
        "working": warning.working,
        "claims": list(warning.claims),
        "source": path,
        "line": warning.line,
        "suggestion": warning.suggestion,
        "settled": warning.settled,
    }


def finding_records(
    facts: Sequence[Facts], validation: Mapping[str, str], paths: Mapping[str, str]
) -> tuple[Record, ...]:
    """All findings on the facts but those that the settings ignore, in their order. paths: name of a source → its path."""
    found = (w for each in facts for w in each.warnings if w.verdict)
    records = (finding_record(w, paths.get(w.source, w.source), validation) for w in found)
    return tuple(record for record in records if record["severity"] != "ignore")


def errors_of(
    facts: Sequence[Facts], validation: Mapping[str, str], paths: Mapping[str, str]
) -> list[Problem]:
    """The findings that the settings call errors, as problems that stop a build. paths: name of a source → its path."""
    return [
        _problem(each) for each in finding_records(facts, validation, paths) if each["severity"] == "error"
    ]


def _problem(record: Record) -> Problem:
    level: Literal["error", "warning"] = "error" if record["severity"] == "error" else "warning"
    return Problem(record["source"], record["line"], 0, record["code"], _said(record), _remedy(record), level)


def _remedy(record: Record) -> str:
    """What an editor can do: a number is judged by the id of its claim, a finding on words alone by its own."""
    return (
        f"correct it, or judge {record['claims'][0] if record['claims'] else record['id']} in content/reviews"
    )


def _said(record: Record) -> str:
    meant = f"；或为{record['suggestion']}" if record["suggestion"] else ""
    return f"{record['message']}（{record['working']}）{meant}"


def printed(records: Sequence[Record], form: str, *, verbose: bool = False) -> Iterator[str]:
    """The findings in the form asked for: text and github name what is grave, with verbose all; json always all."""
    if form == "json":
        told = [{name: record[name] for name in PRINTED} for record in records]
        yield json.dumps({"findings": told}, ensure_ascii=False, indent=1)
        return
    shown = [each for each in records if verbose or each["severity"] in ("error", "warning")]
    if form == "github":
        if shown:
            yield as_github(_problem(each) for each in shown)
        return
    for each in shown:
        fix = f"; {_remedy(each)}" if each["severity"] in ("error", "warning") else ""
        yield f"{each['source']}:{each['line']}: {each['severity']} {each['code']} {each['verdict']}: {_said(each)}{fix}"


def summary(records: Sequence[Record]) -> str:
    """How many findings of each verdict there are: 3 differ, 1 implausible, 20 agree, 4 cannot tell."""
    counts = dict.fromkeys((*GRAVE, "agrees", "cannot tell"), 0)
    for each in records:
        counts[each["verdict"]] += 1
    return (
        ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if number)
        or "no numbers to compare"
    )


def waiting(records: Sequence[Record]) -> str:
    """How many findings an editor should look at."""
    count = sum(each["severity"] in ("error", "warning") for each in records)
    return f"{count} finding{'s' if count > 1 else ''} to look at" if count else "Nothing is wrong"
