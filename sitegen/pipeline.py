"""The order of work from files to a published site. It alone reads the clock and decides what is written; below it only
workspace and assembly read a site's files, and publish, cache and lock write.

Every step is a pure function of what the step before gave it; `build`, `check` and `serve` all run this one
path.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.ahead import ahead, cores
from sitegen.cache import Cache
from sitegen.checks import checked
from sitegen.citations import with_numbers
from sitegen.corrections import NAME as CORRECTIONS
from sitegen.corrections import Correction, read_corrections, with_corrections
from sitegen.corrections import strays as unknown
from sitegen.diagnostics import as_problem, ranked
from sitegen.findings import errors_of, finding_records
from sitegen.lock import locked
from sitegen.memo import Memo
from sitegen.model import Facts
from sitegen.problems import ConfigError, Problem, SitegenError
from sitegen.proof import Unread, proofs
from sitegen.publish import shown, sweep_folder, write_file, write_site
from sitegen.reading import Reading, read_pages, usable
from sitegen.reviews import Verdict, apply_reviews, collect_reviews, orphans, read_reviews, without_rejected
from sitegen.run import Early, Run, Tick
from sitegen.site_words import use_words
from sitegen.store import Refresh, refresh, stale, written_for
from sitegen.strings import load as load_strings
from sitegen.unchanged import Standing, facts_of, inputs_of, outputs_of, recall, recall_stamps, remember
from sitegen.workspace import (
    EDITED,
    FACTS,
    REVIEWS,
    SourceFile,
    Workspace,
    list_sources,
    outside,
    read_bounded,
    read_texts,
    shown_paths,
    strays,
    unreadable,
)


@dataclass(frozen=True, slots=True)
class Options:
    """How to run. drafts: with articles that are no more than a draft; frozen: refuse facts that are not up
    to date instead of refreshing them; strict: a warning is as bad as an error; keep_facts: leave
    content/facts alone (check, serve, diff); jobs: processes that share the work, 0 = as many as the machine has cores.
    """

    drafts: bool = False
    frozen: bool = False
    strict: bool = False
    keep_facts: bool = False
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. files: path in the site → content, empty where nothing had changed; pages, articles, claims: how many.

    read: the facts as the program read them, before any verdict; checked: those that may be counted, with their findings;
    paths: name of a source → its path.
    problems: warnings only, since an error ends the run; doubts: what could not be read in the sources.
    """

    files: Mapping[str, bytes]
    checked: tuple[Facts, ...]
    paths: dict[str, str]
    pages: int
    articles: int
    claims: int
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    seconds: float
    read: tuple[Facts, ...] = ()


def today(timezone: str) -> date:
    """The day in the newsroom: now, or the moment that SOURCE_DATE_EPOCH names. Raises ConfigError for a bad
    one.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        problem = Problem(
            "SOURCE_DATE_EPOCH", 0, 0, "E-USAGE", f"{given} is no time", "give it in seconds since 1970"
        )
        raise ConfigError(problem) from None
    return moment.astimezone(ZoneInfo(timezone)).date()


def read_reviewed(site: Workspace) -> tuple[tuple[Facts, ...], dict[str, Verdict], dict[str, str]]:
    """The facts as the editors left them, their verdicts, and where each article stands: its id → path of its
    file.

    Raises SitegenError where a source or a review cannot be used.
    """
    _begin(site)
    sources = list_sources(site)
    reading = usable(read_pages(sources))
    verdicts = read_reviews(read_texts(site.root / REVIEWS, ".yml"))
    named = shown_paths(sources)
    paths = {each.article.id: named[each.article.source] for each in reading.facts}
    return apply_reviews(reading.facts, verdicts), verdicts, paths


def check_pages(sources: Sequence[SourceFile], site: Workspace | None) -> tuple[dict[str, Any], ...]:
    """What the checks find on pages, as records; site: whose settings and verdicts count, None for pages without one.

    Raises SitegenError where a page or a review cannot be used.
    """
    use_words(site)
    reading = usable(read_pages(sources))
    verdicts = read_reviews(read_texts(site.root / REVIEWS, ".yml")) if site else {}
    found = checked(without_rejected(apply_reviews(reading.facts, verdicts)), verdicts)
    return finding_records(found, site.config.validation if site else {}, shown_paths(sources))


def refresh_facts(site: Workspace) -> Refresh:
    """Bring content/facts up to date with the sources and say what changed. Raises SitegenError before
    anything is written.
    """
    with locked(site.root):
        store = Cache(site.root)
        _begin(site)
        reading = usable(read_pages(list_sources(site), store, cores()))
        change = refresh(_stored(site), reading.facts)
        _store(site, change)
    return change


def _begin(site: Workspace) -> None:
    """Raise SitegenError before a file is read that does not lie in the site's folder; let the site's own words count."""
    if problems := outside(site):
        raise SitegenError(*problems)
    use_words(site)


def _stored(site: Workspace) -> dict[str, str]:
    return {
        Path(name).name: text for name, text in read_texts(site.root / FACTS, ".yml", sys.maxsize).items()
    }


def _store(site: Workspace, change: Refresh) -> None:
    folder = site.root / FACTS
    sweep_folder(folder)
    for name, text in sorted(change.changed.items()):
        write_file(folder / name, text.encode())
    for name in change.removed:
        (folder / name).unlink(missing_ok=True)


def build(
    site: Workspace, options: Options, tick: Tick = lambda step: None, store: Cache | None = None
) -> Report:
    """Build the site and put it in the old one's place; on any error the old one stands (SitegenError).

    store: keeps what was made, by default in the site's folder. Where nothing has changed since the last build nothing is done.
    """
    began = time.monotonic()
    with locked(site.root):
        store = store or Cache(site.root)
        _begin(site)
        given, before = inputs_of(site, options), recall(store, site)
        if before and _stands(site, before, given):
            counts = before.pages, before.articles, before.claims
            return Report({}, (), {}, *counts, before.problems, before.doubts, time.monotonic() - began)
        report = _make(site, options, tick, store)
        tick("writing")
        stamps = write_site(site.output, report.files, recall_stamps(store, site))
        after = (facts_of(site), outputs_of(site.output), report.pages, report.articles, report.claims)
        remember(store, site, Standing(given, *after, report.problems, report.doubts), stamps)
        store.prune()
    return report


def _stands(site: Workspace, before: Standing, given: str) -> bool:
    same = (before.inputs, before.facts) == (given, facts_of(site))
    return same and before.outputs == outputs_of(site.output)


def make(
    site: Workspace,
    options: Options,
    tick: Tick = lambda step: None,
    store: Cache | None = None,
    early: Early | None = None,
) -> Report:
    """Do all that build does but write the site. Raises SitegenError with all problems of the whole site at once.

    What cannot be read is left out and the rest is looked at all the same; content/facts is written only where nothing is
    wrong. early: shown the pages as soon as they can be made, before all of them are, unless something is wrong by then.
    """
    _begin(site)
    return _make(site, options, tick, store or Cache(site.root, writes=False), early)


def _make(site: Workspace, options: Options, tick: Tick, store: Cache, early: Early | None = None) -> Report:
    began, jobs = time.monotonic(), options.jobs or cores()
    tick("reading")
    sources = list_sources(site)
    paths = shown_paths(sources)
    reading = read_pages(sources, store, jobs)
    compared = options.frozen or not options.keep_facts
    unread, old = _unread(reading.unread, _stored(site) if compared or reading.unread else {})
    verdicts, wrong = _verdicts(site)
    corrections, mistaken = _corrections(site)
    memo = Memo(store, jobs)
    change = refresh(old, reading.facts, memo) if compared else Refresh({}, (), 0)
    judged = {id_: each for id_, each in verdicts.items() if id_.rpartition("-")[0] not in unread.articles}
    codes, doubts = site.config.validation, _doubts(reading, paths)
    problems = [
        *reading.problems,
        *strays(site),
        *proofs(reading.facts, _texts(sources), memo),
        *wrong,
        *mistaken,
        *orphans(reading.facts, judged),
        *unknown(reading.facts, corrections),
        *(stale(shown(site.root / FACTS), old, change) if options.frozen else ()),
        *(each for each in doubts if codes.get(each.code) == "error"),
    ]
    facts = apply_reviews(reading.facts, verdicts)
    facts = tuple(each for each in facts if options.drafts or not each.article.meta.draft)
    facts = with_corrections(facts, corrections, load_strings(site.config.language).words["correction.said"])
    files: Mapping[str, bytes] = {}
    found = facts
    if facts or not reading.unread:
        tick("checking")
        found = checked(without_rejected(facts), verdicts, memo)
        problems += errors_of(found, codes, paths)
        known = {claim.id: claim for each in facts for claim in each.claims}
        found, unknown_numbers = with_numbers(
            found, known, load_strings(site.config.language).words, unread.may_have
        )
        problems += (replace(each, file=paths.get(each.file, each.file)) for each in unknown_numbers)
        early = early if not any(each.level == "error" for each in ranked(problems, codes)) else None
        warnings, listed = tuple(reading.warnings), tuple(sources)
        run = Run(warnings, options.drafts, unread, tick, listed, known, memo, early)
        files, wrong = _files(site, found, run)
        problems += wrong
    kept = _refuse(problems, site, options)
    if not options.frozen and not options.keep_facts:
        _store(site, change)
    pages = sum(name.endswith(".html") for name in files)
    counts = pages, len(facts), sum(len(each.claims) for each in facts)
    said = kept, ranked(doubts, codes), time.monotonic() - began
    return Report(files, found, paths, *counts, *said, reading.facts)


def _corrections(site: Workspace) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    path = site.root / CORRECTIONS
    if not path.is_file():
        return (), ()
    try:
        return read_corrections(read_bounded(path).decode("utf-8-sig"), shown(path)), ()
    except (OSError, UnicodeDecodeError) as error:
        return (), unreadable(path, error).problems
    except SitegenError as error:
        return (), error.problems


def _verdicts(site: Workspace) -> tuple[dict[str, Verdict], tuple[Problem, ...]]:
    try:
        return collect_reviews(read_texts(site.root / REVIEWS, ".yml"))
    except SitegenError as error:
        return {}, error.problems


def _unread(sources: Iterable[SourceFile], old: Mapping[str, str]) -> tuple[Unread, dict[str, str]]:
    """What could not be read, and the files of facts of all the rest: those of an unread source are not out of date."""
    names = {source.name for source in sources}
    held = {name for name, text in old.items() if names and written_for(text) in names}
    texts = tuple(source.path.read_text("utf-8", "replace") for source in sources if source.path.is_file())
    ids = frozenset(Path(name).stem.rpartition("--")[2] for name in held)
    return Unread(texts, ids), {name: text for name, text in old.items() if name not in held}


def _texts(sources: Iterable[SourceFile]) -> dict[str, tuple[str, Callable[[], str]]]:
    """What editors wrote: name of a source → its path and what reads its text."""
    edited = (source for source in sources if source.name.lower().endswith(EDITED))
    return {s.name: (s.shown, partial(s.path.read_text, "utf-8", "replace")) for s in edited}


def _files(
    site: Workspace, facts: Sequence[Facts], run: Run
) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    from sitegen.records import industries_of, names_of_places
    from sitegen.words import kept_words

    terms = [*names_of_places(facts)]
    terms += [name for each in industries_of(facts) for name in (each.name, *each.aliases)]
    # a second of work, done while pandas and Plotly are loaded
    found = ahead(kept_words(run.memo, facts, site.config.language, terms))
    from sitegen.assembly import assemble

    return assemble(site, facts, found, run)


def _doubts(reading: Reading, paths: Mapping[str, str]) -> list[Problem]:
    found = (*reading.warnings, *(warning for each in reading.facts for warning in each.warnings))
    return [as_problem(warning, paths) for warning in found]


def _refuse(problems: Sequence[Problem], site: Workspace, options: Options) -> tuple[Problem, ...]:
    """The warnings that may stand; raises SitegenError with all problems where one of them may not."""
    kept = ranked(problems, site.config.validation)
    if any(each.level == "error" or options.strict for each in kept):
        raise SitegenError(*kept)
    return kept
