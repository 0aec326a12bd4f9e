"""Results of earlier runs, kept in a folder under the hash of all that they were made from. Safe to delete at any time.

An entry is JSON, packed, or plain bytes, behind its checksum; one that is damaged in any way is as good as none. What is written appears
whole or not at all. Nothing here raises: a cache that cannot be used is no reason to fail.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sys
import zlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

FOLDER = ".sitegen"
_ENTRIES = "cache"
_DIGEST = 16  # bytes of a checksum
_SPARE = 3  # entries that no run used may be so many times those that this one used
_LIBRARIES = (
    "jinja2",
    "markdown",
    "msgspec",
    "nh3",
    "jieba",
    "plotly",
    "pandas",
    "pyyaml",
    "selectolax",
    "ahocorasick-rs",
    "numpy",
    "opencc",
    "resvg-py",
)
_BESIDE = "templates"  # the default theme where the package is run from a checkout


def digest(parts: Iterable[bytes]) -> str:
    """A name for a sequence of byte strings; other bytes or other borders between them have another."""
    state = hashlib.blake2b(digest_size=20)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.hexdigest()


@cache
def code_version() -> str:
    """A name for the program as it is: its sources, its words, its theme, Python and the libraries."""
    package = Path(__file__).parent
    parts = [sys.version.encode()]
    for root in (package, package.parent / _BESIDE):
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                path = Path(folder, name)
                parts += [path.relative_to(root).as_posix().encode(), path.read_bytes()]
    for library in _LIBRARIES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            parts.append(f"{library} {metadata.version(library)}".encode())
    return digest(parts)


_words = [""]  # name of the words that a site adds to those of the program


def name_words(name: str) -> None:
    """Tell which words a site adds from now on; "" for none."""
    _words[0] = name


def version() -> str:
    """A name for the program as it is, with the words that count now."""
    return digest([code_version().encode(), _words[0].encode()]) if _words[0] else code_version()


class Cache:
    """The entries of a site. folder: the site's own; None: kept in memory alone.  writes: whether new entries go to disk."""

    def __init__(self, root: Path | None = None, *, writes: bool = True) -> None:
        self.folder = None if root is None else root / FOLDER / _ENTRIES
        self.writes = writes and root is not None
        self.memory: dict[str, bytes] = {}
        self.objects: dict[str, Any] = {}  # what others keep while the process lives
        self.used: set[str] = set()

    def key(self, kind: str, *parts: str | bytes) -> str:
        """The name of an entry: kind, the program as it is with the site's words, and all that the result depends on."""
        given = [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]
        return f"{kind}-{digest([version().encode(), *given])}"

    def get(self, key: str) -> Any:
        """What was stored, None where there is nothing that can be trusted."""
        return _value(self.get_bytes(key) or b"")

    def put(self, key: str, value: Any) -> None:
        """Store a value of lists, dicts and plain values."""
        self.put_bytes(key, _packed(value))

    def get_bytes(self, key: str) -> bytes | None:
        """The bytes that were stored, None where there are none that can be trusted."""
        self.used.add(key)
        data = self.memory.get(key)
        if data is None and self.folder is not None:
            with contextlib.suppress(OSError):
                data = self._path(key).read_bytes()
        if data is None or hashlib.blake2b(data[_DIGEST:], digest_size=_DIGEST).digest() != data[:_DIGEST]:
            return None
        return data[_DIGEST:]

    def put_bytes(self, key: str, body: bytes) -> None:
        """Store bytes as they are."""
        self.used.add(key)
        data = hashlib.blake2b(body, digest_size=_DIGEST).digest() + body
        if not self.writes:
            self.memory[key] = data
            return
        path = self._path(key)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def prune(self) -> None:
        """Delete what was not used since the store was made or last pruned. On disk only where there is more of it than a few
        times what was used: so an edit that is taken back finds its entries, and the folder does not grow for ever.
        """
        self.memory = {key: data for key, data in self.memory.items() if key in self.used}
        if self.writes and self.folder is not None:
            with contextlib.suppress(OSError):
                found = [Path(folder, name) for folder, _, names in os.walk(self.folder) for name in names]
                if len(found) > (_SPARE + 1) * len(self.used) + 100:
                    for path in found:
                        if path.name not in self.used:
                            path.unlink(missing_ok=True)
        self.used = set()

    def _path(self, key: str) -> Path:
        assert self.folder is not None  # noqa: S101  asked for only where there is one
        return self.folder / key[-2:] / key


def _packed(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _value(data: bytes) -> Any:
    try:
        return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    except (ValueError, zlib.error):
        return None


def remove(root: Path) -> None:
    """Delete all that is kept for the site."""
    shutil.rmtree(root / FOLDER / _ENTRIES, ignore_errors=True)
