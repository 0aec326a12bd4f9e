"""YAML that a person wrote, with the line of every key: what site.yml and the reviews are read with.

Unlike plain YAML it refuses a key that stands twice, and it never turns a word into something else: a date,
12:30, 017 and yes stay the text that was typed; only true, false, null, whole numbers and decimal fractions
get a type of their own.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from sitegen.hidden import hidden
from sitegen.problems import Problem, SitegenError

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # of libyaml, where it is there
_MAX_DEPTH = 8
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_FRACTION = re.compile(r"-?[0-9]+\.[0-9]+")

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """value: dicts, lists, str, int, float, bool, None.  lines, columns: path of keys and indexes → line in the file and
    column in it, from 1.
    """

    value: Any
    lines: dict[Path, int]
    columns: dict[Path, int]

    def line(self, *path: str | int) -> int:
        """The line of the thing at path, or of the nearest thing around it."""
        return self.lines.get(self._near(path), 1)

    def column(self, *path: str | int) -> int:
        """Its column there."""
        return self.columns.get(self._near(path), 1)

    def _near(self, path: Path) -> Path:
        return next((path[:n] for n in range(len(path), -1, -1) if path[:n] in self.lines), ())


def read_document(text: str, file: str, *, repeats: bool = False, any_text: bool = False) -> Document:
    """The one YAML document in text; None for an empty one. Raises SitegenError with file and line.

    repeats: a text that was given a name (&q1 "…") may be repeated by it (*q1); lists and mappings may never.
    any_text: also what shows something else than it says (sitegen.hidden), as a page may that was refused.
    """
    text = text.removeprefix("\ufeff")
    try:
        _check_events(text, file, repeats=repeats, any_text=any_text)
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, col = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        what = error.problem or "cannot be read"
        raise _refused(
            file, line, f"no valid YAML: {what}", "quote the text or mend the indentation", col
        ) from None
    except yaml.YAMLError as error:
        what = str(error).splitlines()[0]
        raise _refused(file, 0, f"no valid YAML: {what}", "remove what is no text") from None
    marks: dict[Path, tuple[int, int]] = {(): (1, 1)}
    value = None if node is None else _value(node, (), marks, file)
    lines, columns = ({path: mark[n] for path, mark in marks.items()} for n in (0, 1))
    return Document(value, lines, columns)


def _check_events(text: str, file: str, *, repeats: bool, any_text: bool) -> None:
    """Refuse what people do not write and machines choke on: aliases, deep nesting, several documents, hidden marks."""
    depth = documents = 0
    texts: set[str] = set()
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.ScalarEvent) and event.anchor:
            texts.add(event.anchor)
        if isinstance(event, yaml.ScalarEvent) and not any_text and (found := hidden(event.value)):
            raise _refused(file, line, found.fact, found.fix, code=found.code)
        if isinstance(event, yaml.AliasEvent) and not (repeats and event.anchor in texts):
            raise _refused(file, line, f"*{event.anchor} repeats another value", "write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > _MAX_DEPTH:
            raise _refused(file, line, "lists are nested too deeply", "write them side by side")
        if documents > 1:
            raise _refused(file, line, "a second YAML document begins", "delete the line ---")


def _value(node: yaml.Node, path: Path, marks: dict[Path, tuple[int, int]], file: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_at(item, (*path, index), marks, file) for index, item in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise _refused(file, line, "a key must be a word", "write `key: value`")
        key = str(key_node.value)
        if key in found:
            first = marks[(*path, key)][0]
            fact, fix = f"{key} stands here and on line {first}", "keep one of the two"
            raise _refused(file, line, fact, fix, key_node.start_mark.column + 1, "E-KEY")
        marks[(*path, key)] = line, key_node.start_mark.column + 1
        found[key] = _value(value_node, (*path, key), marks, file)
    return found


def _at(node: yaml.Node, path: Path, marks: dict[Path, tuple[int, int]], file: str) -> Any:
    marks[path] = node.start_mark.line + 1, node.start_mark.column + 1
    return _value(node, path, marks, file)


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    text = str(node.value)
    if node.style:  # quoted or a block: text, whatever it looks like
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text) if len(text) < 4000 else text
    return float(text) if _FRACTION.fullmatch(text) else text


def _refused(
    file: str, line: int, message: str, fix: str, col: int = 0, code: str = "E-YAML"
) -> SitegenError:
    return SitegenError(Problem(file, line, col, code, message, fix))


def is_day(value: Any) -> bool:
    """Whether it is a day written as 2025-06-12."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
