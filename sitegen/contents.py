"""The files of a site while it is made: pages are kept small until somebody asks for them, so that a large site fits in memory."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes that are packed. small: as zlib packs them."""

    small: bytes

    def whole(self) -> bytes:
        """The bytes. Raises zlib.error for what was never packed."""
        return zlib.decompress(self.small)


def packed(data: bytes) -> Packed:
    """The bytes, packed."""
    return Packed(zlib.compress(data, 1))


class Contents(Mapping[str, bytes]):
    """Path in the site → content, in the order of the paths."""

    def __init__(self, files: Mapping[str, bytes | Packed]) -> None:
        self._files = dict(sorted(files.items()))

    def __getitem__(self, path: str) -> bytes:
        found = self._files[path]
        return found.whole() if isinstance(found, Packed) else found

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
