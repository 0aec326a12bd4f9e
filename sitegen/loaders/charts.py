"""Chart blocks in an editor's text: a fence ```chart with YAML, cut out of the Markdown and read into a ChartBlock.

What a block says is checked here as far as the text alone tells; whether its table and columns are there is for those
who have the tables.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml

from sitegen.loaders.code import Fenced, fenced
from sitegen.loaders.front_matter import composed
from sitegen.model import CHART_TYPES, ChartBlock, Condition
from sitegen.problems import Problem

MOST = 40  # charts of one text
_WORDS = re.compile(r"\{?\.?chart\}?")  # behind the fence
_TITLE = 120
_TEXT = 400
_CONDITIONS = 12
_COMPARISON = re.compile(r"(?P<sign>!=|>=|<=|>|<)\s*(?P<value>.*)$", re.DOTALL)
ID = "^[a-z][a-z0-9-]{1,39}$"


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a chart block. doc: what it is for, for editors and the JSON Schema."""

    name: str
    doc: str
    required: bool = False


KEYS: tuple[Key, ...] = (
    Key("table", "A table of the site's data package (claims, investments …), or a file of content/data/, NAME.csv.",
        required=True),
    Key("title", "What the chart finds, in a sentence; numbers of the chart in it lead to their sources.", required=True),
    Key("x", "Column that names each bar, point or row.", required=True),
    Key("y", "Column of numbers, or count for how many rows there are.", required=True),
    Key("type", f"How it is drawn: {', '.join(CHART_TYPES)}; bar where nothing is said."),
    Key("by", "Column that parts the rows: a panel of bars, a line or a column of cells for each of its values."),
    Key("where", "Which rows: column: value, a list of values, or a comparison such as \">= 100\"."),
    Key("unit", "What a file's numbers are measured in, as printed: 万吨, 亿元, %."),
    Key("source", "Who says so: for a file of content/data, where it must stand."),
    Key("note", "A sentence below the chart."),
    Key("top", "How many bars, the longest first."),
    Key("id", "Last part of the chart's address: small letters, digits and hyphens."),
)  # fmt: skip
_NAMES = [key.name for key in KEYS]


@dataclass(frozen=True, slots=True)
class Cut:
    """A text without its chart blocks. lines: as many as before, a mark in place of each block that can be used; marks: of
    these, in order; nobody can write one by hand.
    """

    lines: tuple[str, ...]
    marks: tuple[str, ...]
    blocks: tuple[ChartBlock, ...]
    problems: tuple[Problem, ...]


def cut_charts(name: str, lines: Sequence[str], first: int) -> Cut:
    """Takes the chart blocks out of the lines of a body. first: number of the first line in the file.

    A block that cannot be used is a problem.
    """
    kept: list[str] = list(lines)
    marks: list[str] = []
    blocks: list[ChartBlock] = []
    problems: list[Problem] = []
    salt = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    for fence in fenced(lines):
        if not _WORDS.fullmatch(fence.info):
            continue
        at, stop = fence.first, len(lines) if fence.last is None else fence.last
        fault = _shape(name, first + at, fence, count=len(blocks))
        block, wrong = (None, [fault]) if fault else read_block(name, lines[at + 1 : stop], first + at + 1)
        problems += wrong
        kept[at : stop + 1] = [""] * len(kept[at : stop + 1])
        if block:
            marks.append(f"{salt}-{len(marks)}")
            blocks.append(block)
            kept[at] = f'\n<figure data-chart="{marks[-1]}"></figure>\n'
        if fence.last is None:
            break
    return Cut(tuple(kept), tuple(marks), tuple(blocks), tuple(problems))


def _shape(name: str, line: int, fence: Fenced, count: int) -> Problem | None:
    col = len(fence.margin) + 1
    if fence.last is None:
        fix = f"put a line {fence.fence} below its last key"
        return Problem(name, line, col, "E-CHART", "the chart block has no end", fix)
    if fence.margin:
        fix = "begin each of its lines at the margin"
        return Problem(name, line, col, "E-CHART", "the chart block stands in a list or a quotation", fix)
    if count >= MOST:
        fix = "make two articles of it"
        return Problem(name, line, col, "E-CHART", f"the text has more than {MOST} charts", fix)
    return None


def read_block(name: str, lines: Sequence[str], first: int) -> tuple[ChartBlock | None, list[Problem]]:
    """The chart that the YAML in lines describes, or None with the problems; first: number of the first line in the file."""
    text = "\n".join(lines) + "\n"
    root, problem = composed(name, text, first, "the chart block")
    if problem:
        return None, [problem]
    reader = _Reader(name, first)
    block = reader.block(root)
    return (None if reader.problems else block), sorted(reader.problems)


class _Reader:
    """Reads the composed YAML of one block and collects problems."""

    def __init__(self, name: str, first: int) -> None:
        self.name, self.first = name, first
        self.problems: list[Problem] = []
        self.spots: dict[str, tuple[int, int]] = {}
        self.meant: list[str] = []  # keys that are written wrongly

    def block(self, root: Any) -> ChartBlock:
        """What the root says; of no use where there are problems."""
        nodes: dict[str, Any] = {}
        if isinstance(root, yaml.MappingNode):
            for key_node, node in root.value:
                self._key(key_node, node, nodes)
        elif root is not None:
            self.problem(
                root, "E-CHART", "the chart block is no list of keys", "write lines such as table: claims"
            )
        known = {*self.spots, *self.meant}
        missing = [key.name for key in KEYS if key.required and key.name not in known]
        for key in missing if root is None or nodes or not self.problems else ():
            fact, fix = f"the chart block has no {key}", f"add a line {key}: …"
            self.problems.append(Problem(self.name, self.first - 1, 1, "E-KEY", fact, fix))
        texts = {
            key: self._text(key, node, _TITLE if key == "title" else _TEXT)
            for key, node in nodes.items()
            if key not in ("where", "top")
        }
        self._choices(texts, nodes)
        where = self._where(nodes["where"]) if "where" in nodes else ()
        top = self._top(nodes["top"]) if "top" in nodes else None
        return ChartBlock(
            line=self.first - 1,
            table=texts.get("table", ""),
            x=texts.get("x", ""),
            y=texts.get("y", ""),
            title=texts.get("title", ""),
            type=texts.get("type", CHART_TYPES[0]),
            by=texts.get("by"),
            unit=texts.get("unit"),
            source=texts.get("source"),
            note=texts.get("note"),
            id=texts.get("id"),
            where=where,
            top=top,
            spots=tuple((key, *spot) for key, spot in self.spots.items()),
        )

    def problem(self, node: Any, code: str, fact: str, fix: str) -> None:
        """Notes what is wrong at a node."""
        line, col = self._spot(node)
        self.problems.append(Problem(self.name, line, col, code, fact, fix))

    def _spot(self, node: Any) -> tuple[int, int]:
        return node.start_mark.line + self.first, node.start_mark.column + 1

    def _key(self, key_node: Any, node: Any, nodes: dict[str, Any]) -> None:
        printed = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        if printed not in _NAMES:
            near = get_close_matches(printed, _NAMES, n=1, cutoff=0.6)
            fix = f"did you mean {near[0]}?" if near else f"use one of {', '.join(_NAMES)}"
            self.meant += near
            self.problem(key_node, "E-KEY", f"a chart has no key {printed or '(none)'}", fix)
        elif printed in nodes:
            self.problem(key_node, "E-KEY", f"the key {printed} stands twice", "delete one of the two")
        else:
            nodes[printed], self.spots[printed] = node, self._spot(node)

    def _text(self, key: str, node: Any, most: int) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.tag.endswith((":null", ":bool")):
            self.problem(
                node, "E-TYPE", f"{key} must be text", f"write {key}: …, in quotation marks where it is odd"
            )
            return ""
        value = " ".join(str(node.value).split())
        if not value or len(value) > most:
            fact = f"{key} is empty" if not value else f"{key} has {len(value)} characters"
            self.problem(node, "E-TYPE", fact, f"write 1 to {most} characters")
        return value

    def _choices(self, texts: dict[str, str], nodes: dict[str, Any]) -> None:
        kind = texts.get("type")
        if kind and kind not in CHART_TYPES:
            near = get_close_matches(kind, CHART_TYPES, n=1, cutoff=0.6)
            fix = f"did you mean {near[0]}?" if near else f"use one of {', '.join(CHART_TYPES)}"
            self.problem(nodes["type"], "E-CHART-TYPE", f"there is no chart of the type {kind}", fix)
        if texts.get("id") and not re.match(ID, texts["id"]):
            fix = "write 2 to 40 small letters, digits and hyphens, a letter first"
            self.problem(nodes["id"], "E-TYPE", f"id {texts['id']!r} cannot be used", fix)
        if kind == "matrix" and "by" not in nodes and "x" in nodes:
            fix = "add a line by: with the column whose values are its columns"
            self.problem(nodes["type"], "E-KEY", "a matrix has no by", fix)
        if "top" in nodes and kind in CHART_TYPES[1:]:
            self.problem(nodes["top"], "E-KEY", f"top is for bars, not for a {kind}", "delete the line")

    def _top(self, node: Any) -> int | None:
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        if re.fullmatch(r"[1-9][0-9]{0,2}", value):
            return int(value)
        self.problem(node, "E-TYPE", "top must be a whole number from 1 to 999", "write top: 10")
        return None

    def _where(self, root: Any) -> tuple[Condition, ...]:
        if not isinstance(root, yaml.MappingNode) or not root.value:
            self.problem(root, "E-TYPE", "where must be a list of columns", "write where: {kind: signing}")
            return ()
        if len(root.value) > _CONDITIONS:
            self.problem(root, "E-TYPE", f"where has more than {_CONDITIONS} columns", "leave some out")
            return ()
        found = (self._condition(key, node) for key, node in root.value)
        return tuple(each for each in found if each is not None)

    def _condition(self, key_node: Any, node: Any) -> Condition | None:
        line, col = self._spot(key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            self.problem(key_node, "E-TYPE", "a column must be a word", "write where: {kind: signing}")
            return None
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not nodes or not all(isinstance(each, yaml.ScalarNode) for each in nodes):
            fix = f"write {key_node.value}: value, or {key_node.value}: [one, other]"
            self.problem(node, "E-TYPE", f"{key_node.value} must be a value or a list of values", fix)
            return None
        values = tuple("" if each.tag.endswith(":null") else str(each.value).strip() for each in nodes)
        compared = _COMPARISON.match(values[0]) if len(values) == 1 else None
        sign = compared["sign"] if compared else "="
        return Condition(str(key_node.value), sign, (compared["value"],) if compared else values, line, col)
