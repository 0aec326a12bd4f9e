"""A verdict in the text of a reviews file, with the smallest change: lines that say something else keep every byte.

The text is edited where the parser says that things stand; it is never written anew from what was read. What comes out is
read again, and refused unless it says what it should and nothing else.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

import yaml

from sitegen.documents import LOADER, read_document
from sitegen.problems import Problem, SitegenError
from sitegen.reviews import KEYS, NUMBERS, VERDICTS

Entry = Mapping[str, Any]  # what stands below a claim's id: verdict, who, when, why, fields

_BOM = "\ufeff"
_COMMA_BEHIND, _COMMA_BEFORE = re.compile(r"\s*,[ \t]*"), re.compile(r",\s*\Z")


class _Splice(NamedTuple):
    """text[start:end] gives way to new."""

    start: int
    end: int
    new: str


class _Pair(NamedTuple):
    """A key and its value, as the parser found them."""

    key: yaml.Node
    value: yaml.Node


def with_entry(text: str, claim: str, entry: Entry | None, file: str) -> str:
    """The text with this verdict on the claim; None takes the claim's verdict away. file: its name for messages.

    Raises SitegenError where the text is no list of verdicts, or where the change cannot be made without another.
    """
    body = text.lstrip(_BOM)
    mark = text[: len(text) - len(body)]
    before = _verdicts(body, file)
    root = yaml.compose(body, Loader=LOADER)
    after = _spliced(body, sorted(_changes(body, root, claim, entry)))
    wanted = {key: value for key, value in before.items() if key != claim or entry is not None}
    if entry is not None:
        wanted[claim] = entry
    try:
        found = _verdicts(after, file)
    except SitegenError:
        found = {}
    if list(found) != list(wanted) or not all(_same("", found[key], wanted[key]) for key in wanted):
        fix = "write the verdict by hand, one key a line"
        fact = f"the verdict on {claim} cannot be written here without touching what stands around it"
        raise SitegenError(Problem(file, 0, 0, "E-REVIEW", fact, fix))
    return mark + after


def entries_in(text: str, file: str) -> Mapping[str, Entry]:
    """What stands in the text, by claim. Raises SitegenError where it is no list of verdicts."""
    return _verdicts(text.removeprefix(_BOM), file)


def _verdicts(text: str, file: str) -> dict[str, Any]:
    value = read_document(text, file).value
    if value is None or isinstance(value, dict):
        return value or {}
    fix = "write one claim id a paragraph, with its verdict"
    raise SitegenError(Problem(file, 1, 0, "E-REVIEW", "is no list of verdicts", fix))


def _spliced(text: str, splices: list[_Splice]) -> str:
    for splice in reversed(splices):
        text = text[: splice.start] + splice.new + text[splice.end :]
    return text


def _changes(text: str, root: yaml.Node | None, claim: str, entry: Entry | None) -> Iterator[_Splice]:
    """What must change at the top of the file."""
    pairs = _pairs(root)
    old = next((pair for pair in pairs if pair.key.value == claim), None)
    if old is None and entry is not None:
        yield _appended(text, root, claim, entry)
    elif old is not None and entry is None:
        yield from _removed(text, root, pairs, old, alone=True)
    elif old is not None and entry is not None:
        yield from _edited(text, old.value, entry, KEYS)


def _pairs(node: yaml.Node | None) -> list[_Pair]:
    return [_Pair(*pair) for pair in node.value] if isinstance(node, yaml.MappingNode) else []


def _in_braces(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _appended(text: str, root: yaml.Node | None, claim: str, entry: Entry) -> _Splice:
    """A new entry behind all others."""
    if root is not None and _in_braces(root):
        return _added_in_braces(text, root, _pairs(root), {claim: _flow(entry)})
    newline, indent = _newline(text), " " * (root.start_mark.column if root else 0)
    lines = [f"{indent}{claim}:", *(f"{indent}  {key}: {_flow(entry[key])}" for key in KEYS if key in entry)]
    above = "" if not text or text.endswith(2 * newline) else newline  # a blank line, or the end of the last
    return _Splice(len(text), len(text), above + newline.join(lines) + newline)


def _edited(text: str, node: yaml.Node, entry: Entry, order: tuple[str, ...]) -> Iterator[_Splice]:
    """What must change so that a mapping says what entry says: values where they stand, then keys that go or come."""
    pairs = _pairs(node)
    kept = [pair for pair in pairs if pair.key.value in entry]
    if not kept or (_in_braces(node) and len(kept) < len(pairs)):
        start, end = node.start_mark.index, _end(text, node)
        said = "".join(_newline(text) + line.rstrip("\r\n") for line in _comments(text[start:end]))
        blank = "" if start < end else " "  # behind the colon of a key without a value
        yield _Splice(start, end, blank + _rebuilt(text, kept, entry, order) + said)
        return
    for pair in pairs:
        name = str(pair.key.value)
        if name not in entry:
            yield from _removed(text, node, pairs, pair)
        elif isinstance(pair.value, yaml.MappingNode) and isinstance(entry[name], Mapping) and entry[name]:
            yield from _edited(text, pair.value, entry[name], tuple(entry[name]))
        elif not _stands(text, pair, entry):
            yield _replaced(text, pair, _flow(entry[name]))
    known = {str(pair.key.value) for pair in pairs}
    new = {name: _flow(entry[name]) for name in order if name in entry and name not in known}
    if new and _in_braces(node):
        yield _added_in_braces(text, node, pairs, new)
    elif new:
        yield from _added_lines(text, kept, new, order)


def _stands(text: str, pair: _Pair, entry: Entry) -> bool:
    name = str(pair.key.value)
    return isinstance(pair.value, yaml.ScalarNode) and _same(name, _read(text, pair.value), entry[name])


def _rebuilt(text: str, kept: list[_Pair], entry: Entry, order: tuple[str, ...]) -> str:
    """A mapping in braces: what stays as it was written, then what is new."""
    old = {
        str(pair.key.value): text[pair.key.start_mark.index : _end(text, pair.value)]
        for pair in kept
        if _stands(text, pair, entry)
    }
    names = [*(str(pair.key.value) for pair in kept), *order]
    said = (old.get(name, f"{name}: {_flow(entry[name])}") for name in dict.fromkeys(names) if name in entry)
    return "{" + ", ".join(said) + "}"


def _read(text: str, node: yaml.ScalarNode) -> Any:
    """What the value says, as the reviews are read."""
    source = text[node.start_mark.index : _end(text, node)]
    return str(node.value) if node.style else read_document(source, "").value


def _replaced(text: str, pair: _Pair, new: str) -> _Splice:
    start, end = pair.value.start_mark.index, _end(text, pair.value)
    if start < end:
        return _Splice(start, end, new)
    behind = text.index(":", pair.key.end_mark.index) + 1  # a key without a value
    return _Splice(behind, behind, f" {new}")


def _removed(
    text: str, node: yaml.Node | None, pairs: list[_Pair], pair: _Pair, *, alone: bool = False
) -> Iterator[_Splice]:
    """Take a key away with its value; comments that have a line of their own stay. alone: with the blank line above it."""
    start, end = pair.key.start_mark.index, max(_end(text, pair.value), pair.key.end_mark.index + 1)
    if _in_braces(node):
        behind = _COMMA_BEHIND.match(text, end)
        before = _COMMA_BEFORE.search(text, 0, start)
        if behind and pair is not pairs[-1]:
            yield _Splice(start, behind.end(), "")
        else:
            yield _Splice(before.start() if before else start, end, "")
        return
    first, last = _line_start(text, start), _line_end(text, end)
    newline = _newline(text)
    if alone and text.endswith(2 * newline, 0, first) and text[last : last + 1] in ("", "\r", "\n"):
        first -= len(newline)
    yield _Splice(first, last, "".join(_comments(text[first:last])))


def _comments(text: str) -> list[str]:
    """The lines that are nothing but a comment, with their ends."""
    return [line for line in text.splitlines(keepends=True) if line.lstrip().startswith("#")]


def _added_in_braces(text: str, node: yaml.Node, pairs: list[_Pair], new: Mapping[str, str]) -> _Splice:
    at = max(_end(text, pairs[-1].value), pairs[-1].key.end_mark.index + 1) if pairs else 0
    at = at or node.start_mark.index + 1
    said = ", ".join(f"{name}: {value}" for name, value in new.items())
    return _Splice(at, at, f"{', ' if pairs else ''}{said}")


def _added_lines(
    text: str, kept: list[_Pair], new: Mapping[str, str], order: tuple[str, ...]
) -> Iterator[_Splice]:
    """New lines, each behind the last of the keys that come before it."""
    newline = _newline(text)
    groups: dict[int, list[str]] = {}
    for name, value in new.items():
        above = [pair for pair in kept if _rank(pair, order) < order.index(name)] or kept[:1]
        ends = [_line_end(text, max(_end(text, p.value), p.key.end_mark.index + 1)) for p in above]
        indent = " " * kept[0].key.start_mark.column
        groups.setdefault(max(ends), []).append(f"{indent}{name}: {value}{newline}")
    for at, lines in groups.items():
        yield _Splice(at, at, ("" if text[:at].endswith("\n") else newline) + "".join(lines))


def _rank(pair: _Pair, order: tuple[str, ...]) -> int:
    return order.index(str(pair.key.value)) if pair.key.value in order else -1


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of the node stands, without what follows a block: blank lines and comments."""
    if isinstance(node, yaml.CollectionNode) and not _in_braces(node) and node.value:
        last = node.value[-1]
        return max(_end(text, each) for each in (last if isinstance(last, tuple) else (last,)))
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip())


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if value is None:
        return "null"
    if not isinstance(value, str):
        return str(value)
    return value if value in VERDICTS else '"' + "".join(map(_escaped, value)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable() or char == "\u3000":
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _same(name: str, one: Any, other: Any) -> bool:
    """Whether two values say the same: a number may stand with quotation marks or without."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(key, one[key], other[key]) for key in one)
    if name in NUMBERS and one is not None and other is not None:
        try:
            return Decimal(str(one)) == Decimal(str(other))
        except InvalidOperation:
            return str(one) == str(other)
    return type(one) is type(other) and bool(one == other)
