"""A site's own words, content/lexicon/*.yml: each file's shape is declared once, and from that it is checked and its JSON Schema
made; then what it says is held against the packaged words, to which it adds.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from sitegen.borders import links_out
from sitegen.config import suggestion
from sitegen.divisions import packaged_names
from sitegen.documents import Document, read_document
from sitegen.industries import claims
from sitegen.lexicon import Words, original, use
from sitegen.problems import Problem, SitegenError
from sitegen.publish import shown
from sitegen.text import fold
from sitegen.workspace import Workspace, texts_of, unreadable

LEXICON = "content/lexicon"
_MAX_BYTES = 1_000_000
_MAX_WORDS = 5000  # entries of one list or mapping
_GUESSED = 20  # faults of a file that are told with what was perhaps meant; to look for that takes long
_DEEPEST = 8  # industries above one another
_SHAPE, _KEY, _TWICE = "E-LEXICON", "E-LEXICON-KEY", "E-LEXICON-TWICE"

_WORD = {"type": "string", "minLength": 2, "maxLength": 40, "pattern": r"^\S(.*\S)?$"}
_WORDS = {"type": "array", "items": _WORD, "minItems": 1, "maxItems": _MAX_WORDS}
_ID = {"minLength": 2, "maxLength": 60, "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}
_PLACE = {"type": "string", "maxLength": 40}


def _mapping(keys: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": keys,
        "additionalProperties": values,
        "maxProperties": _MAX_WORDS,
    }


def _record(description: str, **properties: Any) -> dict[str, Any]:
    return {
        "description": description,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


_INDUSTRY = _record(
    "A new industry with name, or more aliases of a packaged one.",
    name={**_WORD, "description": "what the site calls it"},
    aliases={**_WORDS, "description": "words that mean it wherever they stand"},
    parent={"type": "string", "description": "id of the broader industry"},
    gbt={"type": "string", "pattern": "^[0-9]{2,3}$", "description": "division or group of GB/T 4754-2017"},
)
_TITLES = {**_WORDS, "items": {**_WORD, "pattern": "^[一-鿿A-Za-z0-9Ａ-Ｚａ-ｚ０-９]+$"}}
SHAPES: dict[str, dict[str, Any]] = {
    "industries.yml": _record("Industries by id.", industries=_mapping(_ID, _INDUSTRY)),
    "places.yml": _record(
        "Other names of places, and parks.",
        aliases={**_mapping(_WORD, _PLACE), "description": "printed name → full name of the division"},
        parks={**_WORDS, "description": "whole names of parks and zones"},
    ),
    "papers.yml": {
        "description": "What opens a paper's name above a page → full name of where it is at home; empty for a national one.",
        **_mapping(_WORD, _PLACE),
    },
    "people.yml": _record("Those who speak.", titles={**_TITLES, "description": "titles of offices"}),
}


def use_words(site: Workspace | None) -> Words:
    """Let the words of this site count from now on, in this process; without a site the packaged ones alone.

    Raises SitegenError with all that is wrong with them; then the words from before go on counting.
    """
    folder = site.root / LEXICON if site else None
    words = Words()
    if site and folder and (folder.is_symlink() or folder.is_dir()):
        if problems := links_out(site.root, [folder]):
            raise SitegenError(*problems)
        words = read_words(_texts(folder))
    use(words)
    return words


def _texts(folder: Path) -> dict[str, str]:
    """Path → text of each file. Raises SitegenError for what no program would read."""
    try:
        paths = [
            path
            for path in sorted(folder.iterdir())
            if not path.name.startswith(".") and not path.name.endswith("~")
        ]
    except OSError as error:
        raise unreadable(folder, error) from None
    strange = [path for path in paths if path.name not in SHAPES or not path.is_file()]
    problems = [
        Problem(shown(path), 0, 0, _KEY, "is no file of words", suggestion(path.name, list(SHAPES)))
        for path in strange
    ]
    found: dict[str, str] = {}
    try:
        found = texts_of([path for path in paths if path not in strange], _MAX_BYTES)
    except SitegenError as error:
        problems += error.problems
    if problems:
        raise SitegenError(*problems)
    return found


def read_words(texts: dict[str, str]) -> Words:
    """The words in the texts of the files, by path. Raises SitegenError with everything that is wrong."""
    added: dict[str, Any] = {}
    problems: list[Problem] = []
    for path, text in texts.items():
        name = Path(path).name
        try:
            document = read_document(text, path)
        except SitegenError as error:
            problems += error.problems
            continue
        if document.value is None:
            continue
        faults = list(_misshapen(SHAPES[name], document.value, ()))
        if not faults:
            added |= _MEANT[name](document.value, faults)
        problems += (_problem(path, document, fault) for fault in faults)
    if problems:
        raise SitegenError(*sorted(problems))
    return Words(added)


_At = tuple[str | int, ...]


class _Fault(NamedTuple):
    """What is wrong at a place in a document."""

    at: _At
    code: str
    fact: str
    fix: str


def _problem(path: str, document: Document, fault: _Fault) -> Problem:
    line, column = document.line(*fault.at), document.column(*fault.at)
    return Problem(path, line, column, fault.code, fault.fact, fault.fix)


def _misshapen(shape: dict[str, Any], value: Any, at: _At) -> Iterator[_Fault]:
    """Where a value has not the shape that a schema (of the few kinds above) says."""
    name = str(at[-1]) if at else "the file"
    kind = {"object": dict, "array": list, "string": str}[shape["type"]]
    if not isinstance(value, kind):
        fixes = {
            dict: "write `key: value`, one a line",
            list: "write [one, another]",
            str: "write text, in quotation marks",
        }
        yield _Fault(at, _SHAPE, f"{name} holds no {_CALLED[shape['type']]}", fixes[kind])
    elif isinstance(value, str):
        if fault := _wrong_text(shape, value):
            yield _Fault(at, _SHAPE, *fault)
    elif len(value) > shape.get("maxItems", shape.get("maxProperties", len(value))):
        yield _Fault(at, _SHAPE, f"{name} has {len(value)} entries, more than {_MAX_WORDS}", "leave some out")
    elif isinstance(value, list):
        if not value:
            yield _Fault(at, _SHAPE, f"{name} is empty", "write something or leave the line out")
        for index, each in enumerate(value):
            yield from _misshapen(shape["items"], each, (*at, index))
    else:
        known = shape.get("properties", {})
        for key, each in value.items():
            if known and key not in known:
                yield _Fault((*at, key), _KEY, f"unknown key {key[:40]}", suggestion(key, list(known)))
            elif not known and (fault := _wrong_text(shape["propertyNames"], key)):
                yield _Fault((*at, key), _SHAPE, *fault)
            else:
                yield from _misshapen(known.get(key) or shape["additionalProperties"], each, (*at, key))


_CALLED = {"object": "mapping", "array": "list", "string": "text"}


def _wrong_text(shape: dict[str, Any], text: str) -> tuple[str, str] | None:
    """What is wrong with a text and what to do."""
    least, most = shape.get("minLength", 0), shape.get("maxLength", _MAX_WORDS)
    if not least <= len(text) <= most:
        fact = (
            "a word is empty"
            if not text
            else f"{text[:most]} is too {'short' if len(text) < least else 'long'}"
        )
        return fact, f"write {least} to {most} characters"
    if "pattern" in shape and not re.fullmatch(shape["pattern"], text):
        return f"{text} is not written as it has to be", f"keep to the pattern {shape['pattern']}"
    if shape.get("minLength") and not any(each.isalpha() for each in text):
        return f"{text} has no letter", "write the word as it is printed"
    return None


def _industries(value: dict[str, Any], faults: list[_Fault]) -> dict[str, Any]:
    packaged: dict[str, dict[str, Any]] = original("industries.yml")["industries"]
    given: dict[str, dict[str, Any]] = value.get("industries", {})
    known, taken = packaged | given, claims(original("industries.yml"))
    added: dict[str, Any] = {}
    for id_, row in given.items():
        at: _At = ("industries", id_)
        if id_ in packaged:
            fix = f"leave it out, or make an industry of your own with the parent {id_}"
            fixed = (key for key in row if key != "aliases")
            faults += (_Fault((*at, key), _KEY, f"{id_} is packaged, and has a {key}", fix) for key in fixed)
        elif "name" not in row:
            fix = _near(id_, packaged, faults, "or write its name below it, if it is a new one")
            faults.append(_Fault(at, _KEY, f"there is no industry {id_}", fix))
        if (parent := row.get("parent")) is not None and parent not in known:
            fix = _near(parent, known, faults, "write the id of one in this file or of a packaged one")
            faults.append(_Fault((*at, "parent"), _KEY, f"there is no industry {parent}", fix))
        words: list[tuple[_At, str]] = []
        if id_ not in packaged and "name" in row:
            words.append(((*at, "name"), row["name"]))
        words += [((*at, "aliases", index), word) for index, word in enumerate(row.get("aliases", ()))]
        fresh = []
        for place, word in words:
            owner = taken.setdefault(word, id_)
            if owner != id_:
                fact = (
                    f"{word} stands for {owner} already"
                    if owner
                    else f"{word} is a word that means no industry"
                )
                faults.append(_Fault(place, _TWICE, fact, "keep one of the two" if owner else "leave it out"))
            fresh.append(word)
        before = {*packaged.get(id_, {}).get("aliases", ()), packaged.get(id_, row).get("name")}
        aliases = [word for word in dict.fromkeys(fresh) if word not in before]
        added[id_] = {**row, "aliases": aliases} if id_ not in packaged else {"aliases": aliases}
    for id_ in given:
        above = [id_]
        parent = given[id_].get("parent")
        while parent and parent not in above and len(above) < _DEEPEST:
            above.append(parent)
            parent = given.get(parent, {}).get("parent")
        if parent == id_ or len(above) == _DEEPEST:
            deep = f"{id_} has too many parents above one another"
            fact = f"the parents of {id_} lead back to it" if parent == id_ else deep
            faults.append(_Fault(("industries", id_, "parent"), _SHAPE, fact, "write another parent"))
    return {"industries.yml": {"industries": added}}


def _places(value: dict[str, Any], faults: list[_Fault]) -> dict[str, Any]:
    full, meant = packaged_names()
    aliases: dict[str, str] = {}
    parks: dict[str, None] = {}
    before = original("place_words.yml")
    for name, place in value.get("aliases", {}).items():
        at = ("aliases", name)
        other = before["aliases"].get(name, place)
        if place not in full:
            faults.append(_no_place(at, place, full, meant, faults))
        elif place not in meant.get(name, {place}) or other != place:
            owner = other if other != place else "、".join(sorted(meant[name]))
            faults.append(_Fault(at, _TWICE, f"{name} {_says(owner)}", "leave it out"))
        elif name not in meant:
            aliases[name] = place
    for index, name in enumerate(value.get("parks", ())):
        if name in meant or name in aliases:
            owner = aliases.get(name) or "、".join(sorted(meant[name]))
            faults.append(_Fault(("parks", index), _TWICE, f"{name} {_says(owner)}", "leave it out"))
        elif name not in before["parks"]["names"]:
            parks[name] = None
    return {"place_words.yml": {"aliases": aliases, "parks": {"names": list(parks)}}}


def _says(owner: str) -> str:
    return f"means {owner} already" if owner else "is a word that names no place"


def _papers(value: dict[str, Any], faults: list[_Fault]) -> dict[str, Any]:
    before: dict[str, str] = original("papers.yml")
    full, meant = packaged_names()
    found: dict[str, str] = {}
    for printed, place in value.items():
        name = fold(printed)
        at = (printed,)
        if place and place not in full:
            faults.append(_no_place(at, place, full, meant, faults))
        elif (other := found.get(name, before.get(name, place))) != place:
            where = f"is at home in {other}" if other else "is a national paper"
            faults.append(_Fault(at, _TWICE, f"{printed} {where} already", "leave it out"))
        found[name] = place
    return {"papers.yml": {name: place for name, place in found.items() if name not in before}}


def _people(value: dict[str, Any], faults: list[_Fault]) -> dict[str, Any]:
    data = original("people.yml")
    before = frozenset(data["titles"].split())
    titles: dict[str, None] = {}
    for index, printed in enumerate(value.get("titles", ())):
        title = fold(printed)
        if title in data["no_titles"]:
            fact = f"{printed} is a word that is no title of an office"
            faults.append(_Fault(("titles", index), _TWICE, fact, "leave it out"))
        if title not in before:
            titles[title] = None
    return {"people.yml": {"titles": " ".join(titles)}} if titles else {}


_Meant = Callable[[dict[str, Any], list[_Fault]], dict[str, Any]]
_MEANT: dict[str, _Meant] = {
    "industries.yml": _industries, "places.yml": _places, "papers.yml": _papers, "people.yml": _people,
}  # fmt: skip


def _no_place(
    at: _At, place: str, full: frozenset[str], meant: dict[str, frozenset[str]], faults: list[_Fault]
) -> _Fault:
    named = sorted(meant.get(place, ()))
    whole = "write the full name of a division"
    fix = f"did you mean {named[0]}?" if named else _near(place, full, faults, whole)
    return _Fault(at, _KEY, f"there is no place {place}" if place else f"{at[-1]} has no place", fix)


def _near(word: str, known: Iterable[str], faults: list[_Fault], otherwise: str) -> str:
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6) if len(faults) < _GUESSED else []
    return f"did you mean {near[0]}? {otherwise}" if near else otherwise


def lexicon_schema() -> dict[str, Any]:
    """JSON Schema of any of the files."""
    return {"title": "sitegen: a site's own words, content/lexicon/*.yml", "anyOf": list(SHAPES.values())}
