"""What one run of the program carries from step to step beside the site itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sitegen.cache import Cache
from sitegen.memo import Memo
from sitegen.model import Claim, Warning
from sitegen.proof import Unread
from sitegen.workspace import SourceFile

Early = Callable[[Callable[[Mapping[str, bytes]], Mapping[str, bytes]]], None]
Tick = Callable[[str], None]  # told the name of each step as it begins


@dataclass(frozen=True, slots=True)
class Run:
    """warnings: of pages, not of an article; drafts: with running text that is a draft; unread: what could not be read.

    tick: told the name of each step as it begins; sources: the files of the site; claims: all numbers of the texts that are
    published, by id, rejected ones too; memo: knows what pure functions gave before; early: is given a function from the files of
    before to those with the new pages, each made when it is asked for.
    """

    warnings: tuple[Warning, ...] = ()
    drafts: bool = False
    unread: Unread = field(default_factory=Unread)
    tick: Tick = lambda step: None
    sources: tuple[SourceFile, ...] = ()
    claims: Mapping[str, Claim] = field(default_factory=dict)
    memo: Memo = field(default_factory=Memo)
    early: Early | None = None

    @property
    def store(self) -> Cache:
        """Where what was made is kept."""
        return self.memo.store

    @property
    def jobs(self) -> int:
        """Processes that share the work."""
        return self.memo.jobs
