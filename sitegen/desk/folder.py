"""The site's reviews on disk: what stands there about a claim, and a verdict put there without harming what others wrote."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sitegen.desk.entries import Entry, entries_in, with_entry
from sitegen.lock import locked
from sitegen.model import Claim
from sitegen.problems import Problem, SitegenError
from sitegen.publish import shown, sweep_folder, unwritable, write_file
from sitegen.reviews import FIELDS, Verdict, collect_reviews
from sitegen.workspace import REVIEWS, files_in, unreadable

_PATIENCE = 5.0  # seconds to wait for a build that holds the site's lock


class ChangedError(SitegenError):
    """What is on disk, or what the program reads, is no longer what the editor saw."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of reviews. text: with its byte order mark; entries: as they stand; verdicts: those of them that can be used."""

    text: str
    entries: Mapping[str, Entry]
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the files say at one moment. homes: claim → the file that says something of it; broken: files that cannot be read,
    in which there may be anything.
    """

    files: Mapping[Path, _File]
    homes: Mapping[str, Path]
    broken: tuple[Problem, ...] = ()

    def entry(self, claim: str) -> Entry | None:
        """What is written of the claim, whether it can be used or not."""
        path = self.homes.get(claim)
        return self.files[path].entries[claim] if path else None

    def verdict(self, claim: str) -> Verdict | None:
        """The verdict on the claim, None where there is none or none that can be used."""
        path = self.homes.get(claim)
        return self.files[path].verdicts.get(claim) if path else None

    def mark(self, claim: Claim) -> str:
        """A name for what an editor sees of a claim as the program read it: the reading, and what is written of it."""
        reading = [claim.raw, *(getattr(claim, name) for name in FIELDS)]
        seen = json.dumps([reading, self.entry(claim.id)], default=str)
        return sha256(seen.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Step:
    """What a verdict changed. before, after: bytes of the file, None for no file; entry: what had been said of the claim."""

    path: Path
    before: bytes | None
    after: bytes
    entry: Entry | None


@dataclass
class Folder:
    """content/reviews of one site. root: the site's folder."""

    root: Path
    _steps: dict[str, list[_Step]] = field(default_factory=dict)  # by claim, what this run wrote
    _known: dict[Path, _File] = field(default_factory=dict)

    def read(self) -> Standing:
        """What the files say now."""
        found: dict[Path, _File] = {}
        broken: list[Problem] = []
        for path in files_in(self.root / REVIEWS, ".yml"):
            try:
                found[path] = self._file(path)
            except (OSError, UnicodeDecodeError) as error:
                broken += unreadable(path, error).problems
            except SitegenError as error:
                broken += error.problems
        self._known = found
        homes = {claim: path for path in reversed(found) for claim in found[path].entries}
        return Standing(found, homes, tuple(broken))

    def _file(self, path: Path) -> _File:
        text, name = path.read_bytes().decode("utf-8"), shown(path)
        known = self._known.get(path)
        if known and known.text == text:
            return known
        entries = entries_in(text, name)
        return _File(text, entries, collect_reviews({name: text})[0])

    def write(self, claim: Claim, entry: Entry, seen: str) -> None:
        """Put a verdict on a claim, given as the program read it. seen: its mark when the editor decided.

        Raises ChangedError where something else stands there now, SitegenError where the file cannot be used or written.
        """
        with self._held(claim, seen) as now:
            path = now.homes.get(claim.id) or self._home(claim, now)
            text = now.files[path].text if path in now.files else None
            after = with_entry(text or "", claim.id, entry, shown(path))
            problems = collect_reviews({shown(path): after})[1]
            if problems:
                raise SitegenError(*problems)
            before = None if text is None else text.encode()
            self._replace(path, after.encode(), before)
            step = _Step(path, before, after.encode(), now.entry(claim.id))
            self._steps.setdefault(claim.id, []).append(step)

    def undo(self, claim: Claim, seen: str) -> None:
        """Take the verdict on a claim back: what stood before this run's last step, else nothing, stands there again.

        seen and errors: as for write.
        """
        with self._held(claim, seen) as now:
            path = now.homes.get(claim.id)
            if path is None:
                return
            steps, current = self._steps.get(claim.id), now.files[path].text.encode()
            step = steps[-1] if steps else None
            if step and (step.path, step.after) == (path, current):
                before = step.before
            else:  # others have written into the file since
                text = with_entry(current.decode(), claim.id, step.entry if step else None, shown(path))
                before = text.encode() if text.strip() else None
            self._replace(path, before, current)
            if steps:
                steps.pop()

    @contextmanager
    def _held(self, claim: Claim, seen: str) -> Iterator[Standing]:
        """What stands, under the lock that builds take, which is waited for."""
        end = time.monotonic() + _PATIENCE
        with ExitStack() as stack:
            while True:
                try:
                    stack.enter_context(locked(self.root))
                    break
                except SitegenError:
                    if time.monotonic() > end:
                        raise
                    time.sleep(0.05)
            now = self.read()
            if now.broken:
                raise SitegenError(*now.broken)
            if now.mark(claim) != seen:
                fact = f"{claim.raw} has another reading or another verdict than the one that you saw"
                raise _changed("", fact)
            yield now

    def _home(self, claim: Claim, now: Standing) -> Path:
        """Where a first verdict belongs: beside others on the same article, else in a file of the article's own."""
        begins = f"{claim.article}-"
        near = (
            path for path, file in now.files.items() if any(id_.startswith(begins) for id_ in file.entries)
        )
        return next(near, self.root / REVIEWS / f"{claim.article}.yml")

    def _replace(self, path: Path, data: bytes | None, before: bytes | None) -> None:
        """Put data in the file's place, None: take the file away. Only where it still is what it was: before."""
        home = (self.root / REVIEWS).resolve()
        inside = home.is_relative_to(self.root.resolve()) and path.resolve().is_relative_to(home)
        if not inside or path.is_symlink():
            fix = f"put a file of the site's own into {REVIEWS}"
            raise SitegenError(Problem(shown(path), 0, 0, "E-REVIEW", "leads out of the site's reviews", fix))
        try:
            if (path.read_bytes() if path.exists() else None) != before:
                raise _changed(shown(path), "was saved by somebody else in this moment")
            if data is None:
                path.unlink()
        except OSError as error:
            raise unwritable(path, error) from None
        if data is not None:
            sweep_folder(path.parent)
            write_file(path, data)


def _changed(file: str, fact: str) -> ChangedError:
    return ChangedError(Problem(file, 0, 0, "E-REVIEW-CHANGED", fact, "look at it and decide again"))
