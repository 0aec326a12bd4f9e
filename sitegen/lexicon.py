"""Words and rules that come as data: YAML and tab-separated files of the package, with the words that a site adds to them."""

import json
import sys
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

from sitegen.cache import digest, name_words
from sitegen.documents import LOADER
from sitegen.problems import Problem, SitegenError


class LexiconError(SitegenError):
    """A lexicon file that cannot be used; its problems name the file, the line and what to do."""


class _Loader(LOADER):  # type: ignore[misc]  # one of two classes, as libyaml is there or not
    """Safe loader that keeps dates as text and refuses a key that stands twice in one mapping."""

    yaml_implicit_resolvers = {  # noqa: RUF012  as the base class has it
        first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
        for first, found in LOADER.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002  as PyYAML calls it
        first: dict[Hashable, int] = {}
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, Hashable):
                raise _Refused(line, "E301", "a key that is a list or mapping", "write the key as plain text")
            if key in first:
                fact = f"the key {key!r} stands twice, first in line {first[key]}"
                raise _Refused(line, "E302", fact, "delete one of the two, or join what they hold")
            first[key] = line
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return found


class _Refused(Exception):  # noqa: N818  caught in this module, never seen outside
    """Reason to refuse a file, before its name is known: line, code, fact, remedy."""


def parse_yaml(text: str, name: str) -> Any:
    """Parse a YAML text; name is the file's name for messages. Raises LexiconError.

    Dates stay text (2025-06-10 is a str), numbers and booleans outside quotation marks do not.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  a safe loader, see above
    except _Refused as refused:
        line, code, fact, remedy = refused.args
        raise LexiconError(Problem(name, line, 0, code, fact, remedy)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, col = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        fact = f"no valid YAML: {error.problem or error.context or 'unreadable'}"
        remedy = "mend this line; text with a colon, #, or a leading special sign needs quotation marks"
        raise LexiconError(Problem(name, line, col, "E303", fact, remedy)) from None
    except yaml.YAMLError as error:
        fact = f"no valid YAML: {str(error).splitlines()[0]}"
        raise LexiconError(Problem(name, 0, 0, "E303", fact, "save the file as UTF-8 text")) from None


@dataclass(frozen=True, slots=True)
class Words:
    """What a site adds to the packaged words, checked. added: path of a file in sitegen/data → what is added to its content:
    to a mapping keys, to a list items, to a text words.
    """

    added: Mapping[str, Any] = field(default_factory=dict)

    def version(self) -> str:
        """A name for them, "" for none."""
        return digest([json.dumps(self.added, ensure_ascii=False).encode()]) if self.added else ""


_used = Words()
_Cached = type(cache(lambda: None))


def use(words: Words) -> None:
    """Let these words count in this process and in those that it forks, instead of the ones of the site before."""
    global _used  # every matcher is made from packaged(), deep below those who know the site
    if words.version() != _used.version():
        _used = words
        name_words(words.version())
        _forget()


def used() -> Words:
    """The words that count now."""
    return _used


def _forget() -> None:
    """Empty every cache of the program: nearly all of them hold something made from words, and one forgotten would be wrong."""
    for name, module in list(sys.modules.items()):
        if name.startswith("sitegen.") and name != "sitegen.cache":  # the program itself has not changed
            for each in list(vars(module).values()):
                if isinstance(each, _Cached):
                    each.cache_clear()


@cache
def packaged(name: str) -> Any:
    """Read a YAML file of sitegen/data, by its path there ("units.yml"), once, with what the site adds. Not to be changed."""
    found = original(name)
    return _joined(found, _used.added[name]) if name in _used.added else found


@cache
def original(name: str) -> Any:
    """The same without what a site adds."""
    return parse_yaml(packaged_text(name), name)


def _joined(first: Any, more: Any) -> Any:
    if isinstance(first, dict):
        return first | {
            key: _joined(first[key], each) if key in first else each for key, each in more.items()
        }
    return [*first, *more] if isinstance(first, list) else f"{first} {more}"


@cache
def packaged_text(name: str) -> str:
    """Read the text of a file of sitegen/data, by its path there. Raises LexiconError where there is none."""
    resource = resources.files("sitegen").joinpath("data", *name.split("/"))
    try:
        return resource.read_text(encoding="utf-8")
    except OSError:
        fact = "missing from the installed package"
        problem = Problem(f"sitegen/data/{name}", 0, 0, "E306", fact, "install sitegen again")
        raise LexiconError(problem) from None


@cache
def packaged_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read the rows of a tab-separated file of sitegen/data: no blank lines, no comments, cells stripped."""
    lines = packaged_text(name).splitlines()
    return tuple(
        tuple(cell.strip() for cell in line.split("\t"))
        for line in lines
        if line.strip() and not line.startswith("#")
    )


def packaged_names(folder: str) -> tuple[str, ...]:
    """List the names ("kinds/signing.yml") of the YAML files in a folder of sitegen/data, sorted."""
    found = resources.files("sitegen").joinpath("data", *folder.split("/"))
    if not found.is_dir():
        return ()
    return tuple(sorted(f"{folder}/{item.name}" for item in found.iterdir() if item.name.endswith(".yml")))
