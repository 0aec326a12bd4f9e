"""Records as JSON and back: a dataclass is the list of its fields, a Decimal the text of its digits. The type says what to
read, so that nothing in a file can name code to run.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

_AS_IT_IS = frozenset((str, int, float, bool, type(None)))  # nearly all values, known at a glance


def encode(value: Any) -> Any:
    """The value as lists, dicts and plain values."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value):
        kind: Any = type(value)
        return [encode(getattr(value, name)) for name in _names(kind)]
    if isinstance(value, Mapping):
        return {key: encode(each) for key, each in value.items()}
    return [encode(each) for each in value]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def decode(kind: Any, data: Any) -> Any:
    """The value of this type that encode gave. Raises ValueError, TypeError, KeyError or ArithmeticError for anything else."""
    return decoder(kind)(data)


@cache
def decoder(kind: Any) -> Callable[[Any], Any]:
    """What reads values of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Decimal:
        return Decimal
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _record(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (each for each in arguments if each is not type(None))
        read = decoder(inner)
        return _plain if read is _plain else lambda data: None if data is None else read(data)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            each = decoder(arguments[0])
            return tuple if each is _plain else lambda data: tuple(map(each, data))
        parts = tuple(map(decoder, arguments))
        return lambda data: tuple(part(item) for part, item in zip(parts, data, strict=True))
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        value = decoder(arguments[1])
        return dict if value is _plain else lambda data: {key: value(item) for key, item in data.items()}
    return _plain


def _record(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    names = kind._fields if hasattr(kind, "_fields") else _names(kind)
    readers = [decoder(hints[name]) for name in names]
    known = [(index, read) for index, read in enumerate(readers) if read is not _plain]
    count = len(names)

    def read(data: Any) -> Any:
        if len(data) != count:
            raise ValueError(f"{kind.__name__} has {count} fields, not {len(data)}")
        values = list(data)
        for index, each in known:
            values[index] = each(values[index])
        return kind(*values)

    return read


def _plain(data: Any) -> Any:
    return data
