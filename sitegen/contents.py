"""The files of a site while it is made: pages are brought when somebody asks for them, so that a large site fits in memory."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stowed:
    """Bytes that lie elsewhere. name: theirs, as name_of gives it; bring: gets them."""

    name: str
    bring: Callable[[], bytes]


def name_of(data: bytes) -> str:
    """A name for bytes: equal ones have equal names."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


class Contents(Mapping[str, bytes]):
    """Path in the site → content, in the order of the paths."""

    def __init__(self, files: Mapping[str, bytes | Stowed]) -> None:
        self._files = dict(sorted(files.items()))

    def __getitem__(self, path: str) -> bytes:
        found = self._files[path]
        return found.bring() if isinstance(found, Stowed) else found

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def name(self, path: str) -> str:
        """The name of a file's bytes, which need not be brought for it."""
        found = self._files[path]
        return found.name if isinstance(found, Stowed) else name_of(found)
