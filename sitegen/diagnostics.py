"""Problems as the user asked for them: lines of text, one JSON object, or annotations of GitHub. Pure text,
no printing.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace

from sitegen.model import Warning
from sitegen.problems import Problem

FORMATS = ("text", "json", "github")


def as_text(problems: Iterable[Problem], colour: Callable[[str, str], str] | None = None) -> str:
    """One line a problem; colour: (text, level) → the text in the colour of its level."""
    lines = []
    for problem in problems:
        line = " ".join(str(problem).split("\n"))
        lines.append(line.replace(problem.code, colour(problem.code, problem.level), 1) if colour else line)
    return "\n".join(lines)


def as_json(problems: Iterable[Problem]) -> str:
    """One object with all problems, an empty list where there are none."""
    return json.dumps({"problems": [asdict(problem) for problem in problems]}, ensure_ascii=False)


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that put each problem beside its line in a pull request."""
    lines = []
    for problem in problems:
        place = {"file": problem.file, "line": problem.line, "col": problem.col, "title": problem.code}
        given = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
        lines.append(f"::{problem.level} {given}::{_escaped(f'{problem.message}; {problem.fix}')}")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def as_problem(doubt: Warning, paths: Mapping[str, str]) -> Problem:
    """A doubt about a source as a problem of the lowest grade. paths: name of a source → its path."""
    file = paths.get(doubt.source, doubt.source)
    fix = "look at the line; the site shows what was read"
    return Problem(file, doubt.line, 0, doubt.code, doubt.message, fix, "warning")


def ranked(problems: Iterable[Problem], validation: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems by place, each as grave as the site's settings say; ignored ones are left out."""
    levels = {problem: validation.get(problem.code, problem.level) for problem in problems}
    kept = [(problem, level) for problem, level in levels.items() if level != "ignore"]
    return tuple(
        sorted(replace(problem, level="error" if level == "error" else "warning") for problem, level in kept)
    )
