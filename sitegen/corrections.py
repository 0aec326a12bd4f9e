"""What was published wrong and is now right, content/corrections.yml: read, checked, put on the articles.

A list, one entry a correction:

    - article: a852b4a898f       # id or slug of the article
      date: "2025-07-01"         # the day on which it was put right
      was: "36.5亿元"
      now: "38.5亿元"
      why: "记者笔误"             # may be missing
      claim: a852b4a898f-2a6e23e5   # the number, by the id that it had or has; may be missing
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sitegen.config import suggestion
from sitegen.documents import Document, is_day, read_document
from sitegen.model import Facts
from sitegen.problems import Problem, SitegenError

NAME = "content/corrections.yml"
KEYS = ("article", "date", "was", "now", "why", "claim")
REQUIRED = ("article", "date", "was", "now")


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry. article: id or slug; date: ISO day; was, now: as printed; why, claim: "" where it does not say."""

    article: str
    date: str
    was: str
    now: str
    why: str = ""
    claim: str = ""
    line: int = 0

    def covers(self, article: Sequence[str], was: str, now: str | None, claims: Sequence[str]) -> bool:
        """Whether it is about this change: of an article with these names, by its claim or by its words.

        now: None for a number that is gone.
        """
        if self.article not in article:
            return False
        return self.claim in claims if self.claim else self.was == was and (now is None or self.now == now)


def read_corrections(text: str, file: str = NAME) -> tuple[Correction, ...]:
    """The entries of the file, in its order. Raises SitegenError with every problem."""
    document = read_document(text, file)
    entries = [] if document.value is None else document.value
    if not isinstance(entries, list):
        raise SitegenError(
            _refused(file, 1, "is no list of corrections", "begin each entry with `- article:`")
        )
    problems = [each for at, entry in enumerate(entries) for each in _problems(at, entry, document, file)]
    if problems:
        raise SitegenError(*problems)
    return tuple(Correction(**entry, line=document.line(at)) for at, entry in enumerate(entries))


def _problems(at: int, entry: Any, document: Document, file: str) -> Iterator[Problem]:
    line = document.line(at)
    if not isinstance(entry, dict):
        yield _refused(file, line, "an entry is no list of keys", "write article, date, was and now below it")
        return
    for key, value in entry.items():
        if key not in KEYS:
            yield _refused(
                file, document.line(at, key), f"unknown key {key}", suggestion(str(key), list(KEYS))
            )
        elif not isinstance(value, str) or not value.strip():
            yield _refused(file, document.line(at, key), f"{key} is no text", "put it in quotation marks")
        elif key == "date" and not is_day(value):
            yield _refused(file, document.line(at, key), f"{value} is no day", 'write it as "2025-06-12"')
    for key in REQUIRED:
        if key not in entry:
            yield _refused(file, line, f"a correction lacks {key}", f"add `{key}:` to it")


def _refused(file: str, line: int, message: str, fix: str) -> Problem:
    return Problem(file, line, 0, "E-CORRECTION", message, fix)


def with_corrections(
    facts: Sequence[Facts], corrections: Sequence[Correction], words: str
) -> tuple[Facts, ...]:
    """The facts, each article with the corrections that are about it, oldest first.

    words: how a correction is said, with gaps for was, now and why.
    """
    if not corrections:
        return tuple(facts)
    filed: dict[str, list[tuple[str, str]]] = {}
    for each in corrections:
        said = words.format(was=each.was, now=each.now, why=each.why).strip()
        filed.setdefault(each.article, []).append((each.date, said))
    return tuple(_corrected(each, filed) for each in facts)


def _corrected(facts: Facts, filed: Mapping[str, Sequence[tuple[str, str]]]) -> Facts:
    article = facts.article
    found = [pair for name in dict.fromkeys((article.id, article.address)) for pair in filed.get(name, ())]
    if not found:
        return facts
    meta = replace(article.meta, corrections=tuple(sorted({*article.meta.corrections, *found})))
    return replace(facts, article=replace(article, meta=meta))


def strays(facts: Sequence[Facts], corrections: Sequence[Correction]) -> tuple[Problem, ...]:
    """A warning for each correction of an article that the site does not have."""
    known = {name for each in facts for name in (each.article.id, each.article.address)}
    fix = "write the id or the slug of an article, as the last part of its address"
    return tuple(
        Problem(NAME, each.line, 0, "W-CORRECTION", f"there is no article {each.article}", fix, "warning")
        for each in corrections
        if each.article not in known
    )
