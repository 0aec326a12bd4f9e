"""The YAML between the first two --- lines of an editor's article: read, checked, every fault reported with
its place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

import yaml

from sitegen.documents import LOADER
from sitegen.hidden import hidden
from sitegen.problems import Problem

_FENCE = re.compile(r"-{3,}[ \t]*$")
_END = re.compile(r"(?:-{3,}|\.{3})[ \t]*$")
_MAX_BYTES = 100_000
_MAX_DEPTH = 8
MAX_TEXT = 2000  # characters of one value
# Latin and Chinese letters only: in other scripts there are letters that nobody tells from these
SLUG = r"[A-Za-z0-9_\-\u3007\u3400-\u4dbf\u4e00-\u9fff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+"
ADDRESS = r"""https?://[^\s/"'<>\\`{}|^]+[^\s"'<>\\`{}|^]*"""
ALIAS = r"""/(?![/.])(?!.*(?:\.\.|//|/\.|%))[^\s?#\\"'<>]+"""
PICTURE = r"""(?!//)(?!.*\.\.)[^\s:?#\\"<>]+"""

FieldType = Literal["text", "date", "texts", "flag", "address", "slug", "paths", "path", "corrections"]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the front matter. type: how its value is written.  doc: what it is for, for editors and the
    JSON Schema.
    """

    name: str
    type: FieldType
    doc: str
    required: bool = False


FRONT_MATTER: tuple[Field, ...] = (
    Field("title", "text", "Headline of the article.", required=True),
    Field("date", "date", "Day of publication, as 2025-06-10."),
    Field("authors", "texts", "Who wrote it; one name or a list. The key author means the same."),
    Field("source", "text", "Paper or office from which the article was taken."),
    Field("source_url", "address", "Address of the original, beginning with http:// or https://."),
    Field(
        "slug", "slug", "Last part of the article's address: letters, digits, hyphens, Chinese characters."
    ),
    Field("summary", "text", "One or two sentences for lists, feeds and search engines."),
    Field("tags", "texts", "Subjects of the article; one or a list."),
    Field("places", "texts", "Places that the article is about, beside those found in its text."),
    Field("industries", "texts", "Industries that the article is about, beside those found in its text."),
    Field("draft", "flag", "true keeps the article out of the site unless drafts are asked for."),
    Field("aliases", "paths", "Former addresses of the article on this site, each beginning with /."),
    Field("image", "path", "Picture for the head of the article and for cards: a file of this site."),
    Field("image_alt", "text", "What the picture shows, in words, for those who do not see it."),
    Field("corrections", "corrections", "What was wrong and is now right: a list of date and text."),
)
SYNONYMS = {"author": "authors"}
CORRECTION_KEYS = ("date", "text")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file says. values: by key, text, tuples and flags.  body_line: where the text
    begins, from 1.
    """

    values: dict[str, Any]
    lines: dict[str, int]
    body_line: int
    problems: tuple[Problem, ...]


def read_front_matter(name: str, lines: list[str]) -> FrontMatter:
    """The front matter of a file's lines. Never raises: what is wrong stands in problems, each with line and
    column.
    """
    if not lines or not _FENCE.match(lines[0]):
        fix = "begin the file with a line ---, then title: …, then a line ---"
        return FrontMatter({}, {}, 1, (Problem(name, 1, 1, "E-FRONT", "the front matter is missing", fix),))
    end = next((at for at in range(1, len(lines)) if _END.match(lines[at])), None)
    if end is None:
        fix = "put a line --- below the last key"
        return FrontMatter(
            {}, {}, len(lines) + 1, (Problem(name, 1, 1, "E-FRONT", "the front matter has no end", fix),)
        )
    text = "\n".join(lines[1:end]) + "\n"
    root, problem = composed(name, text, 2, "the front matter")
    if problem:
        return FrontMatter({}, {}, end + 2, (problem,))
    reader = _Reader(name)
    reader.read(root)
    return FrontMatter(reader.values, reader.lines, end + 2, tuple(sorted(reader.problems)))


def composed(name: str, text: str, first: int, what: str) -> tuple[Any, Problem | None]:
    """The root node of the YAML, and why it cannot be read at all, or None. Aliases are refused, since a few lines of them
    can fill a memory. first: number of its first line in the file; what: its name for the writer.
    """
    if len(text.encode("utf-8", "surrogatepass")) > _MAX_BYTES:
        fact = f"{what} is over {_MAX_BYTES // 1000} kB"
        return None, Problem(name, first, 1, "E-FRONT", fact, "keep the text below it")
    try:
        problem = _refused(name, text, first) if _MARKED.search(text) else None
        return (None, problem) if problem else (yaml.compose(text, Loader=LOADER), None)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, col = (mark.line + first, mark.column + 1) if mark else (first, 1)
        fact = " ".join(str(part) for part in (error.context, error.problem) if part)
        fix = "put the value in quotation marks, and indent with blanks"
        return None, Problem(name, line, col, "E-YAML", f"this is no YAML ({fact})", fix)
    except yaml.YAMLError as error:
        fact = f"this is no YAML ({' '.join(str(error).split())})"
        return None, Problem(name, first, 1, "E-YAML", fact, "delete odd characters")


# Without any of these no value is repeated or named, no second document begins, and no list stands eight deep in others.
_MARKED = re.compile(r"[*&\[{]|^(?:---|\.\.\.|%)|^ {4}|[-?:][ \t]+[-?:](?:\s|$)|\t", re.MULTILINE)


def _refused(name: str, text: str, first: int) -> Problem | None:
    """What of the YAML's structure is refused. Raises YAMLError."""
    depth, anchors = 0, set[str]()
    for event in yaml.parse(text, Loader=LOADER):
        mark: Any = event.start_mark
        line, col = mark.line + first, mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            return Problem(
                name, line, col, "E-YAML", f"*{event.anchor} repeats another value", "write the value out"
            )
        anchor = getattr(event, "anchor", None)
        if anchor in anchors:
            fact = f"&{anchor} names two values"
            return Problem(name, line, col, "E-YAML", fact, "delete &… : nothing needs it here")
        anchors |= {anchor} if anchor else set()
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        if depth > _MAX_DEPTH:
            return Problem(
                name, line, col, "E-YAML", "lists are nested too deeply", "write them side by side"
            )
        if isinstance(event, yaml.DocumentStartEvent) and line > first and event.explicit:
            return Problem(name, line, col, "E-YAML", "a second YAML document begins", "delete the line ---")
    return None


class _Reader:
    """Reads the composed YAML by the schema and collects problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []

    def read(self, root: Any) -> None:
        """Fills values, lines and problems from the root node."""
        if isinstance(root, yaml.MappingNode):
            for key_node, node in root.value:
                self._key(key_node, node)
        elif root is not None:
            self._problem(
                root, "E-FRONT", "the front matter is no list of keys", "write lines such as title: …"
            )
        for field in FRONT_MATTER:
            if field.required and field.name not in self.lines:
                self.problems.append(
                    Problem(
                        self.name,
                        1,
                        1,
                        "E-KEY",
                        f"the key {field.name} is missing",
                        f"add a line {field.name}: …",
                    )
                )
        if self.values.get("image") and not self.values.get("image_alt"):
            self.problems.append(
                Problem(
                    self.name,
                    self.lines["image"],
                    1,
                    "W-ALT",
                    "the image has no image_alt",
                    "say what it shows",
                    "warning",
                )
            )

    def _key(self, key_node: Any, node: Any) -> None:
        printed = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        key = SYNONYMS.get(printed, printed)
        field = next((field for field in FRONT_MATTER if field.name == key), None)
        if field is None:
            names = [field.name for field in FRONT_MATTER]
            near = get_close_matches(printed, [*names, *SYNONYMS], n=1, cutoff=0.6)
            fix = f"write {near[0]}" if near else f"use one of {', '.join(names)}"
            self._problem(key_node, "E-KEY", f"the key {printed or '(none)'} is unknown", fix)
            return
        if key in self.lines:
            fact = f"the key {key} stands twice, first in line {self.lines[key]}"
            self._problem(key_node, "E-KEY", fact, "delete one of the two")
            return
        self.lines[key] = key_node.start_mark.line + 2
        if _empty(node) and not field.required:
            return
        value = _READERS[field.type](self, field.name, node)
        if value is not None:
            self.values[key] = value

    def _problem(self, node: Any, code: str, fact: str, fix: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.name, mark.line + 2, mark.column + 1, code, fact, fix))

    def text(self, key: str, node: Any) -> str | None:
        """A scalar as printed; true, false and nothing are no text unless they stand in quotation marks."""
        tag = node.tag.rpartition(":")[2] if isinstance(node, yaml.ScalarNode) else "list"
        if tag not in ("str", "int", "float", "timestamp"):
            fact = f"{key} must be text, not {_KINDS.get(tag, 'a list or mapping')}"
            self._problem(
                node, "E-TYPE", fact, "put it in quotation marks" if tag == "bool" else f"write {key}: …"
            )
            return None
        value = " ".join(str(node.value).split())
        if not value:
            self._problem(node, "E-TYPE", f"{key} is empty", f"write {key}: …, or delete the line")
            return None
        if len(value) > MAX_TEXT:
            fact = f"{key} has {len(value)} characters, more than {MAX_TEXT}"
            self._problem(node, "E-TYPE", fact, "shorten it; long text stands below the front matter")
            return None
        if found := hidden(value):
            self._problem(node, found.code, found.fact, found.fix)
            return None
        return value

    def texts(self, key: str, node: Any) -> tuple[str, ...] | None:
        """One text, or a list of them."""
        if isinstance(node, yaml.SequenceNode):
            found = [self.text(key, item) for item in node.value]
            return tuple(dict.fromkeys(value for value in found if value is not None))
        value = self.text(key, node)
        return None if value is None else (value,)

    def flag(self, key: str, node: Any) -> bool | None:
        """A yes or no, written true or false."""
        if isinstance(node, yaml.ScalarNode) and node.value.lower() in ("true", "false"):
            return bool(node.value.lower() == "true")
        self._problem(node, "E-TYPE", f"{key} must be true or false", f"write {key}: true")
        return None

    def day(self, key: str, node: Any) -> str | None:
        """An ISO day; a clock time after it is dropped."""
        value = self.text(key, node)
        if value is None:
            return None
        match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{1,2}:\d{2}.*)?", value)
        try:
            return date.fromisoformat(match.group(1) if match else value).isoformat()
        except ValueError:
            self._problem(node, "E-TYPE", f"{key} {value!r} is no day", "write it as 2025-06-10")
            return None

    def shaped(self, pattern: str, fix: str) -> Callable[[str, Any], str | None]:
        """A reader of texts of one shape."""

        def read(key: str, node: Any) -> str | None:
            value = self.text(key, node)
            if value is None or re.fullmatch(pattern, value):
                return value
            self._problem(node, "E-TYPE", f"{key} {value!r} cannot be used", fix)
            return None

        return read

    def paths(self, key: str, node: Any) -> tuple[str, ...] | None:
        """Addresses on this site."""
        read = self.shaped(
            ALIAS,
            "begin it with /, name a page, leave out .. // % ? # quotation marks and names that begin with a dot",
        )
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found = [read(key, item) for item in nodes]
        return tuple(value for value in found if value is not None)

    def corrections(self, key: str, node: Any) -> tuple[tuple[str, str], ...] | None:
        """A list of mappings with date and text."""
        if not isinstance(node, yaml.SequenceNode):
            self._problem(
                node, "E-TYPE", f"{key} must be a list", "write - date: 2025-06-10 and below it text: …"
            )
            return None
        return tuple(pair for item in node.value if (pair := self._correction(item)))

    def _correction(self, item: Any) -> tuple[str, str] | None:
        found: dict[str, str | None] = {}
        if isinstance(item, yaml.MappingNode):
            for key_node, node in item.value:
                if key_node.value not in CORRECTION_KEYS:
                    fact = f"a correction has no {key_node.value}"
                    self._problem(key_node, "E-KEY", fact, "use date and text")
                    continue
                read = self.day if key_node.value == "date" else self.text
                found[key_node.value] = read(key_node.value, node)
        if set(found) != set(CORRECTION_KEYS):
            self._problem(
                item,
                "E-TYPE",
                "a correction needs date and text",
                "write - date: 2025-06-10 and below it text: …",
            )
            return None
        day, text = found["date"], found["text"]
        return (day, text) if day and text else None


_KINDS = {"bool": "true or false", "null": "nothing"}
_READERS: dict[FieldType, Callable[[_Reader, str, Any], Any]] = {
    "text": _Reader.text,
    "texts": _Reader.texts,
    "flag": _Reader.flag,
    "date": _Reader.day,
    "paths": _Reader.paths,
    "corrections": _Reader.corrections,
    "address": lambda reader, key, node: reader.shaped(
        ADDRESS, "begin it with https://, leave out blanks, quotation marks and brackets"
    )(key, node),
    "slug": lambda reader, key, node: reader.shaped(
        SLUG, "use the letters a to z, digits, hyphens, Chinese characters"
    )(key, node),
    "path": lambda reader, key, node: reader.shaped(PICTURE, "name a file of this site, without :, ? and ..")(
        key, node
    ),
}


def _empty(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")
