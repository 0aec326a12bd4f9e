"""What pure functions gave for the same things before, by the fingerprint of what they were given."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sitegen.ahead import spread
from sitegen.cache import Cache
from sitegen.inputs import Fingerprints
from sitegen.shelf import shelf

T = TypeVar("T")
R = TypeVar("R")


class Memo:
    """Answers of this run and the one before. store: where they are kept; jobs: processes that share what is not known."""

    def __init__(self, store: Cache | None = None, jobs: int = 1) -> None:
        self.store, self.jobs = store or Cache(), jobs
        self.fingerprints: Fingerprints = self.store.objects.setdefault("fingerprints", Fingerprints())
        self.fingerprints.turn()

    def own(self, kind: str, work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """The same for answers that are kept by this process alone, of the very objects that it was asked for before."""
        before: dict[int, tuple[T, R]] = self.store.objects.get(kind, {})
        now: dict[int, tuple[T, R]] = {}
        for item in items:
            known = before.get(id(item))
            now[id(item)] = known or (item, work(item))
        self.store.objects[kind] = now
        return [now[id(item)][1] for item in items]

    def each(self, kind: str, answer: Any, work: Callable[[T], Any], items: Sequence[T]) -> list[Any]:
        """What work gives for each item, never None. kind: the name of work; answer: the type of what it gives, for the codec.

        work must be pure, and read nothing but its item and the program's own data.
        """
        known = shelf(self.store, f"memo-{kind}", answer)
        names = [self.fingerprints.of(item) for item in items]
        found = {name: known.find(name) for name in names}
        missing = {name: item for name, item in zip(names, items, strict=True) if found[name] is None}
        for name, made in zip(missing, spread(work, list(missing.values()), self.jobs), strict=True):
            known.keep(name, made)
            found[name] = made
        known.close()
        return [found[name] for name in names]
