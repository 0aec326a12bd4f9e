"""What a page was made from: the values it was given, named by a fingerprint, and what its template looked up beyond them.

A page that was made once need not be made again while both are the same.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache, cached_property
from operator import attrgetter
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sitegen.codec import UNFIT, encode
from sitegen.model import Article, Facts

_LARGE = frozenset({Facts, Article})  # shown by many pages, and there as long as the run is
_MANY = 64  # pieces of a record that is worth keeping too
_HOLDERS = (tuple, Union, UnionType)
_PLAIN = frozenset({str, bool, int, float, Decimal, type(None)})
_WATCHED = ("site", "addresses", "headlines", "charts")  # too large to be an input as a whole

Seen = dict[tuple[str, str], str]


class Fingerprints:
    """Fingerprints of values: equal values have equal ones, whatever objects they are made of.

    Pieces are parted by a byte that no UTF-8 text has, and each begins with its kind.
    """

    def __init__(self) -> None:
        self.known: dict[int, tuple[Any, bytes]] = {}
        self.older: dict[int, tuple[Any, bytes]] = {}
        self.getters: dict[type, Callable[[Any], Sequence[Any]]] = {}
        self.answers: dict[tuple[int, str, str], tuple[Any, str]] = {}

    def turn(self) -> None:
        """Begin a run: what the one before has asked for is still known, anything older is not."""
        self.older, self.known, self.answers = self.known, {}, {}

    def of(self, value: Any) -> str:
        """A short text. Raises TypeError for what has no plain content."""
        return hashlib.blake2b(self._bytes(value), digest_size=16).hexdigest()

    def _bytes(self, value: Any) -> bytes:
        out: list[bytes] = []
        self._feed(value, out)
        return b"\xff".join(out)

    def _feed(self, value: Any, out: list[bytes]) -> None:
        kind = type(value)
        if kind is str:
            out.append(b"s" + value.encode("utf-8", "surrogatepass"))
        elif kind is tuple or kind is list:
            self._sequence(value, out)
        elif kind in _PLAIN:
            out.append(repr(value).encode())
        elif kind in self.getters or is_dataclass(kind):
            self._record(value, kind, out)
        else:
            self._other(value, out)

    def _sequence(self, value: Sequence[Any], out: list[bytes]) -> None:
        kinds = {type(each) for each in value}
        if kinds <= _PLAIN:
            out.append(repr(tuple(value)).encode())
            return
        out.append(b"(%d" % len(value))
        kind: type | None = kinds.pop() if len(kinds) == 1 else None
        if kind and _is_small(kind) and (data := _encoded(value)):
            out += (kind.__qualname__.encode(), data)
            return
        for each in value:
            self._feed(each, out)

    def _record(self, value: Any, kind: type, out: list[bytes]) -> None:
        if _is_small(kind) and (data := _encoded(value)):
            out += (b"[" + kind.__qualname__.encode(), data)
            return
        if found := self.known.get(id(value)) or self.older.get(id(value)):
            self.known[id(value)] = found
            out.append(found[1])
            return
        inner = [b"[" + kind.__qualname__.encode()]
        if kind is Article and (data := _encoded(value)):
            inner.append(data)
        else:
            self._sequence(self._values(kind)(value), inner)
        if kind not in _LARGE and len(inner) < _MANY:
            out += inner
            return
        short = hashlib.blake2b(b"\xff".join(inner), digest_size=16).digest()
        self.known[id(value)] = (value, short)
        out.append(short)

    def _other(self, value: Any, out: list[bytes]) -> None:
        if isinstance(value, str):
            out.append(b"s" + value.encode("utf-8", "surrogatepass"))
        elif isinstance(value, Mapping):
            out.append(b"{%d" % len(value))
            for key, each in value.items():
                self._feed(key, out)
                self._feed(each, out)
        elif isinstance(value, Set):
            self._feed(sorted(value), out)
        elif isinstance(value, tuple):
            self._feed(tuple(value), out)
        elif callable(value):
            out.append(f"f{value.__module__}.{value.__qualname__}".encode())
        else:
            raise TypeError(f"{type(value).__name__} has no fingerprint")

    def _values(self, kind: type) -> Callable[[Any], Sequence[Any]]:
        """What gives the fields of a record."""
        if kind not in self.getters:
            names = [field.name for field in fields(kind)]
            get = (
                attrgetter(*names)
                if len(names) > 1
                else lambda value: [getattr(value, name) for name in names]
            )
            self.getters[kind] = get
        return self.getters[kind]

    def answer(self, whole: Any, name: str, key: str, found: Callable[[], Any]) -> str:
        """The fingerprint of what is found under a name and a key in a large thing, asked of it once; "" where it has none."""
        known = self.answers.get((id(whole), name, key))
        if known is None:
            try:
                known = whole, self.of(found())
            except TypeError:
                known = whole, ""
            self.answers[id(whole), name, key] = known
        return known[1]


def _encoded(value: Any) -> bytes:
    """Records as bytes at once, behind how many they are; b"" where that cannot be."""
    try:
        data = encode(value)
    except UNFIT:
        return b""
    return b"%d:" % len(data) + data


@cache
def _is_small(kind: Any) -> bool:
    """Whether records of a kind hold plain values and small records alone, by what is said of their fields."""
    if kind in _LARGE or not (is_dataclass(kind) or hasattr(kind, "_fields")):
        return False
    try:
        return all(map(_is_plain, get_type_hints(kind).values()))
    except NameError:
        return False


def _is_plain(said: Any) -> bool:
    if said in _PLAIN or said is Ellipsis or get_origin(said) is Literal:
        return True
    parts = get_args(said)
    return all(map(_is_plain, parts)) if get_origin(said) in _HOLDERS and parts else _is_small(said)


class Derived(Mapping[str, Any]):
    """A page's context of which a part is worked out when somebody asks for it, since a page that is not made anew needs none.

    given: what is there. inputs: all else that work reads, which changes nothing and reads nothing but them and given.
    """

    def __init__(
        self, given: Mapping[str, Any], inputs: object, work: Callable[[], Mapping[str, Any]]
    ) -> None:
        self.given, self.inputs, self.work = given, inputs, work

    def above(self, common: Mapping[str, Any]) -> "Derived":
        """The same with what is common to all pages below it."""
        return Derived({**common, **self.given}, self.inputs, self.work)

    def and_then(self, inputs: object, work: Callable[[dict[str, Any]], Mapping[str, Any]]) -> "Derived":
        """The same with what is worked out from all of it. inputs: what that reads besides."""

        def both() -> dict[str, Any]:
            found = {**self.given, **self.work()}
            return {**found, **work(found)}

        return Derived(self.given, (self.inputs, inputs), both)

    @cached_property
    def whole(self) -> dict[str, Any]:
        """All of it."""
        return {**self.given, **self.work()}

    def __getitem__(self, key: str) -> Any:
        return self.given[key] if key in self.given else self.whole[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


class Watch:
    """Stands before a page's context and notes what is looked up in the large things of it."""

    def __init__(self, context: Mapping[str, Any], fingerprints: Fingerprints) -> None:
        self.whole = context
        there, self.hidden = (
            (context.given, context.inputs) if isinstance(context, Derived) else (context, ())
        )
        self.large = {name: there[name] for name in _WATCHED if name in there}
        if not all(hasattr(each, "svg") for each in self.large.get("charts", ())):
            del self.large["charts"]
        self.given = {name: value for name, value in there.items() if name not in self.large}
        self.fingerprints = fingerprints
        self.seen: Seen = {}

    def context(self) -> dict[str, Any]:
        """The context to render with."""
        watched = {
            name: tuple(_Record(f"charts.{each.id}", each, self.note) for each in value)
            if name == "charts"
            else _Record(name, value, self.note)
            if name == "site"
            else _Lookup(name, value, self.note)
            for name, value in self.large.items()
        }
        return {**self.whole, **watched}

    def inputs(self) -> str:
        """The fingerprint of all that is not watched, and of which charts there are."""
        charts = [each.id for each in self.large.get("charts", ())]
        return self.fingerprints.of((tuple(self.given.items()), self.hidden, charts))

    def note(self, name: str, key: str) -> None:
        """Remember that something was looked up, and what was found."""
        if (name, key) not in self.seen:
            self.seen[name, key] = self.found(name, key)

    def found(self, name: str, key: str) -> str:
        """A fingerprint of what stands there now, "" where that has none. key: "" = the whole."""
        if name.startswith("charts."):
            whole = self.charts.get(name)
            return self.fingerprints.answer(whole, name, key, lambda: getattr(whole, key, None))
        whole = self.large.get(name.partition(".")[0])
        return self.fingerprints.answer(whole, name, key, lambda: self._value(whole, name, key))

    @cached_property
    def charts(self) -> dict[str, Any]:
        """The charts by the name under which they are noted."""
        return {f"charts.{each.id}": each for each in self.large.get("charts", ())}

    def _value(self, value: Any, name: str, key: str) -> Any:
        if rest := name.partition(".")[2]:
            value = getattr(value, rest, None)
        if not key:
            return value
        if isinstance(value, Mapping):
            return key in value, value.get(key)
        return value is not None and key in value


class _Record:
    """A record whose attributes are noted as they are asked for; of a mapping or a set, what is asked of it."""

    def __init__(self, name: str, value: Any, note: Callable[[str, str], None]) -> None:
        self._name, self._value, self._note = name, value, note

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(self._value, attribute)
        if self._name.startswith("charts."):
            self._note(self._name, attribute)
            return value
        name = f"{self._name}.{attribute}"
        if isinstance(value, Mapping | Set):
            return _Lookup(name, value, self._note)
        self._note(name, "")
        return value


class _Lookup:
    """A mapping or a set: single keys are noted, and everything else that is done with it as the whole."""

    def __init__(self, name: str, value: Any, note: Callable[[str, str], None]) -> None:
        self._name, self._value, self._note = name, value, note

    def __contains__(self, key: object) -> bool:
        self._note(self._name, str(key))
        return key in self._value

    def __getitem__(self, key: str) -> Any:
        self._note(self._name, str(key))
        return self._value[key]

    def get(self, key: str, default: Any = None) -> Any:
        """As of a mapping."""
        self._note(self._name, str(key))
        return self._value.get(key, default)

    def __iter__(self) -> Iterator[Any]:
        self._note(self._name, "")
        return iter(self._value)

    def __len__(self) -> int:
        self._note(self._name, "")
        return len(self._value)

    def __getattr__(self, attribute: str) -> Any:
        self._note(self._name, "")
        return getattr(self._value, attribute)
