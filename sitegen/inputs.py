"""What a page was made from: the values it was given, named by a fingerprint, and what its template looked up beyond them.

A page that was made once need not be made again while both are the same.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from sitegen.model import Article, Claim, Facts, Person, Project, Warning

_KEPT = (
    Facts,
    Article,
    Claim,
    Person,
    Project,
    Warning,
)  # shared by many pages, and there as long as the run is
_MANY = 64  # pieces of a record that is worth keeping too
_PLAIN = frozenset({str, bool, int, float, Decimal, type(None)})
_WATCHED = ("site", "addresses", "headlines", "charts")  # too large to be an input as a whole

Seen = dict[tuple[str, str], str]


class Fingerprints:
    """Fingerprints of values: equal values have equal ones, whatever objects they are made of.

    Pieces are parted by a byte that no UTF-8 text has, and each begins with its kind.
    """

    def __init__(self) -> None:
        self.known: dict[int, tuple[Any, bytes]] = {}
        self.getters: dict[type, Callable[[Any], Sequence[Any]]] = {}
        self.answers: dict[tuple[int, str, str], tuple[Any, str]] = {}

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
        elif is_dataclass(kind):
            self._record(value, kind, out)
        else:
            self._other(value, out)

    def _sequence(self, value: Sequence[Any], out: list[bytes]) -> None:
        if all(type(each) in _PLAIN or each == () for each in value):
            out.append(repr(tuple(value)).encode())
            return
        out.append(b"(%d" % len(value))
        for each in value:
            self._feed(each, out)

    def _record(self, value: Any, kind: type, out: list[bytes]) -> None:
        if found := self.known.get(id(value)):
            out.append(found[1])
            return
        inner = [b"[" + kind.__qualname__.encode()]
        self._sequence(self._values(kind)(value), inner)
        if kind not in _KEPT and len(inner) < _MANY:
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
        whole = self.large.get(name.partition(".")[0])
        return self.fingerprints.answer(whole, name, key, lambda: self._value(name, key))

    def _value(self, name: str, key: str) -> Any:
        head, _, rest = name.partition(".")
        value: Any = self.large.get(head)
        if head == "charts":
            value = next((chart for chart in value or () if chart.id == rest), None)
            return getattr(value, key, None)
        if rest:
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
