"""What pure functions gave for the same things before: by the fingerprint of what they are given, all of one kind in one entry.

So much is asked of each article or page that an entry of the store for each answer would cost more than most answers do.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sitegen.ahead import spread
from sitegen.cache import Cache
from sitegen.codec import decode, encode
from sitegen.inputs import Fingerprints

T = TypeVar("T")


class Memo:
    """Answers of this run and the one before. store: where they are kept; jobs: processes that share what is not known."""

    def __init__(self, store: Cache | None = None, jobs: int = 1) -> None:
        self.store, self.jobs = store or Cache(), jobs
        self.fingerprints = Fingerprints()

    def each(self, kind: str, answer: Any, work: Callable[[T], Any], items: Sequence[T]) -> list[Any]:
        """What work gives for each item. kind: the name of work; answer: the type of what it gives, for the codec.

        work must be pure, and read nothing but its item and the program's own data.
        """
        key = self.store.key("memo", kind)
        before = self.store.get(key)
        known: dict[str, Any] = before if isinstance(before, dict) else {}
        names = [self.fingerprints.of(item) for item in items]
        found = {name: _read(answer, known[name]) for name in names if name in known}
        missing = {name: item for name, item in zip(names, items, strict=True) if found.get(name) is None}
        made = dict(zip(missing, spread(work, list(missing.values()), self.jobs), strict=True))
        if made or len(found) < len(known):
            kept = {name: known[name] for name in names if name not in made}
            self.store.put(key, kept | {name: encode(each) for name, each in made.items()})
        return [made[name] if name in made else found[name] for name in names]


def _read(answer: Any, entry: Any) -> Any:
    """What was kept, None for what is not of that type."""
    try:
        return decode(answer, entry)
    except (TypeError, ValueError, KeyError, ArithmeticError):
        return None
