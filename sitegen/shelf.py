"""Many small results of one kind, kept together in a few entries of the store: a file for each would cost more than most of them do.

A name stands for all that its value was made from. What a run has not asked for is gone after it.
"""

import zlib
from typing import Any

from sitegen.cache import Cache, version
from sitegen.codec import UNFIT, decode, encode

_SHARES = 64  # entries among which values are spread by their names: an edit writes few of them anew
_SHARE = dict[str, bytes]


class Shelf:
    """Values by name. While the process lives they stay as they are; in the store they are bytes of their type."""

    def __init__(self, store: Cache, kind: str, type_: Any, *parts: str) -> None:
        self.store, self.type, self.version = store, type_, (version(), *parts)
        self.keys = [store.key(kind, str(share), *parts) for share in range(_SHARES)]
        self.values: dict[str, Any] = {}  # of this process
        self.shares: dict[int, _SHARE] = {}  # as they were stored
        self.new: _SHARE = {}
        self.asked: set[str] = set()

    def find(self, name: str) -> Any:
        """The value under a name, None where there is none that can be trusted. name: ends in two hexadecimal digits."""
        self.asked.add(name)
        found = self.values.get(name)
        if found is None and (data := self._share(_number(name)).get(name)) is not None:
            try:
                found = self.values[name] = decode(self.type, zlib.decompress(data))
            except (ValueError, zlib.error):  # whole, and not ours
                return None
        return found

    def keep(self, name: str, value: Any) -> None:
        """Put a value there. One that cannot be written is kept by this process alone."""
        self.asked.add(name)
        self.values[name] = value
        if self.store.writes:
            try:
                self.new[name] = zlib.compress(encode(value), 1)
            except UNFIT:
                return

    def close(self) -> None:
        """End a run: write what is new, forget what was not asked for."""
        self.values = {name: each for name, each in self.values.items() if name in self.asked}
        if self.store.writes:
            for number, key in enumerate(self.keys):
                before = self._share(number)
                now = {name: data for name, data in before.items() if name in self.asked}
                now |= {name: data for name, data in self.new.items() if _number(name) == number}
                if now != before:
                    self.store.put_bytes(key, encode(now))
        self.new, self.shares, self.asked = {}, {}, set()

    def _share(self, number: int) -> _SHARE:
        if number not in self.shares:
            try:
                self.shares[number] = decode(_SHARE, self.store.get_bytes(self.keys[number]) or b"")
            except ValueError:
                self.shares[number] = {}
        return self.shares[number]


def shelf(store: Cache, kind: str, type_: Any, *parts: str) -> Shelf:
    """The shelf of a kind, the same one as long as the store lives. With other words of the program, or other parts of which all
    its values were made too, it is another.
    """
    found = store.objects.get(kind)
    if not isinstance(found, Shelf) or found.version != (version(), *parts):
        found = store.objects[kind] = Shelf(store, kind, type_, *parts)
    store.used.update(found.keys)
    return found


def _number(name: str) -> int:
    return int(name[-2:], 16) % _SHARES
