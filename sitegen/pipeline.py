"""The order of work from files to a published site. It alone reads the clock, walks folders and writes.

Every step is a pure function of what the step before gave it; `build`, `check` and `serve` all run this one
path.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.ahead import ahead
from sitegen.checks import checked
from sitegen.corrections import NAME as CORRECTIONS
from sitegen.corrections import Correction, read_corrections, with_corrections
from sitegen.corrections import strays as unknown
from sitegen.diagnostics import as_problem, ranked
from sitegen.findings import errors_of, finding_records
from sitegen.model import Article, Facts, Warning
from sitegen.problems import ConfigError, Problem, SitegenError
from sitegen.proof import Unread, proofs
from sitegen.publish import shown, write_file, write_site
from sitegen.reviews import Verdict, apply_reviews, collect_reviews, orphans, read_reviews, without_rejected
from sitegen.store import Refresh, refresh, stale, stands, written_for
from sitegen.strings import load as load_strings
from sitegen.workspace import (
    EDITED,
    FACTS,
    REVIEWS,
    SourceFile,
    Workspace,
    list_sources,
    located,
    read_source,
    read_texts,
    strays,
    unreadable,
)

_OPENING = 30  # characters that tell two texts under one headline apart
Tick = Callable[[str], None]  # told the name of each step as it begins


@dataclass(frozen=True, slots=True)
class Options:
    """How to run. drafts: with articles that are no more than a draft; frozen: refuse facts that are not up
    to date instead of refreshing them; strict: a warning is as bad as an error; keep_facts: leave
    content/facts alone (check, serve).
    """

    drafts: bool = False
    frozen: bool = False
    strict: bool = False
    keep_facts: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sources say. facts: in the order of the sources; warnings: of pages, not of an article;
    problems: sources that cannot be used; unread: those of them of which nothing could be read.
    """

    facts: tuple[Facts, ...]
    warnings: tuple[Warning, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. files: path in the site → content.

    checked: the facts that may be counted, with their findings; paths: name of a source → its path.
    problems: warnings only, since an error ends the run; doubts: what could not be read in the sources.
    """

    files: dict[str, bytes]
    facts: tuple[Facts, ...]
    checked: tuple[Facts, ...]
    paths: dict[str, str]
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    seconds: float


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


def read_page(name: str, data: bytes) -> Reading:
    """Everything that one source says: a pure function of its name and bytes, fit for a pool of processes.

    What makes the source unusable comes back as problems, so that one run can report them all.
    """
    from sitegen.extract import extract
    from sitegen.loaders import load

    try:
        page = load(name, data)
        facts = tuple(extract(article) for article in page.articles)
    except SitegenError as error:
        return Reading((), problems=error.problems)
    problems = (*page.problems, *(each for fact in facts for each in _misplaced(name, fact)))
    if not facts and not problems:
        problems = (
            Problem(name, 1, 0, "E-EMPTY", "holds no text", "delete the file, or save the page again"),
        )
    lost = (
        (Warning("W-LOST", f"not understood and not shown: {page.residue}", name, 1),) if page.residue else ()
    )
    return Reading(facts, (*page.warnings, *lost), problems)


def _misplaced(name: str, facts: Facts) -> Iterator[Problem]:
    """An error for each number that its article does not print where it should; nothing is published then."""
    fix = "this is a fault of sitegen: please report it with the page"
    for claim in facts.claims:
        if not stands(claim, facts.article):
            line = facts.article.title_line or 1
            message = f"{claim.raw} of claim {claim.id} is not in the sentence that it quotes"
            yield Problem(name, line, 0, "E-QUOTE", message, fix)


def _told_apart(facts: Facts, other: Article | None) -> Facts:
    """Two texts under one headline and byline, as of a weekly column, are two articles: the later one's id counts its
    opening too. The same text twice, or one slug twice, keeps the id, and that is a problem.
    """
    article = facts.article
    if other is None or article.meta.slug or _opening(article) == _opening(other):
        return facts
    from sitegen.extract import extract
    from sitegen.loaders.ids import article_id

    apart = article_id(f"{article.id} {_opening(article)}", article.authors, "")
    return extract(replace(article, id=apart))


def _opening(article: Article) -> str:
    return article.paragraphs[0].text[:_OPENING] if article.paragraphs else ""


def read_pages(sources: Iterable[SourceFile]) -> Reading:
    """What all sources say together; two articles with one id are a problem."""
    facts: list[Facts] = []
    warnings: list[Warning] = []
    problems: list[Problem] = []
    unread: list[SourceFile] = []
    places: dict[str, str] = {}
    known: dict[str, Article] = {}
    for source in sources:
        try:
            reading = read_page(source.name, read_source(source))
        except SitegenError as error:
            problems += error.problems
            unread.append(source)
            continue
        unread += [source] if not reading.facts else []
        read = tuple(_told_apart(each, known.get(each.article.id)) for each in reading.facts)
        warnings += reading.warnings
        problems += located(reading.problems, source)
        known |= {each.article.id: each.article for each in reversed(read)}
        for each in read:
            article = each.article
            if article.id not in places:
                facts.append(each)
            else:
                name = article.title or article.id
                message = f"article {name} has the same address as the one in {places[article.id]}"
                edited = source.name.lower().endswith(EDITED)
                fix = "remove one of the two" + (", or give it a slug of its own" if edited else "")
                problems.append(Problem(source.shown, article.title_line, 0, "E-ADDRESS", message, fix))
            places.setdefault(article.id, f"{source.shown}:{article.title_line}")
    return Reading(tuple(facts), tuple(warnings), tuple(problems), tuple(unread))


def read_reviewed(site: Workspace) -> tuple[tuple[Facts, ...], dict[str, Verdict], dict[str, str]]:
    """The facts as the editors left them, their verdicts, and where each article stands: its id → path of its
    file.

    Raises SitegenError where a source or a review cannot be used.
    """
    sources = list_sources(site)
    reading = usable(read_pages(sources))
    verdicts = read_reviews(read_texts(site.root / REVIEWS, ".yml"))
    shown_as = {source.name: source.shown for source in sources}
    paths = {each.article.id: shown_as[each.article.source] for each in reading.facts}
    return apply_reviews(reading.facts, verdicts), verdicts, paths


def check_pages(sources: Sequence[SourceFile], site: Workspace | None) -> tuple[dict[str, Any], ...]:
    """What the checks find on pages, as records; site: whose settings and verdicts count, None for pages without one.

    Raises SitegenError where a page or a review cannot be used.
    """
    reading = usable(read_pages(sources))
    verdicts = read_reviews(read_texts(site.root / REVIEWS, ".yml")) if site else {}
    found = checked(without_rejected(apply_reviews(reading.facts, verdicts)), verdicts)
    paths = {source.name: source.shown for source in sources}
    return finding_records(found, site.config.validation if site else {}, paths)


def refresh_facts(site: Workspace) -> Refresh:
    """Bring content/facts up to date with the sources and say what changed. Raises SitegenError before
    anything is written.
    """
    reading = usable(read_pages(list_sources(site)))
    change = refresh(_stored(site), reading.facts)
    _store(site, change)
    return change


def _stored(site: Workspace) -> dict[str, str]:
    return {Path(name).name: text for name, text in read_texts(site.root / FACTS, ".yml").items()}


def _store(site: Workspace, change: Refresh) -> None:
    folder = site.root / FACTS
    for name, text in sorted(change.changed.items()):
        write_file(folder / name, text.encode())
    for name in change.removed:
        (folder / name).unlink(missing_ok=True)


def build(site: Workspace, options: Options, tick: Tick = lambda step: None) -> Report:
    """Build the site and put it in the old one's place; on any error the old one stands (SitegenError)."""
    report = make(site, options, tick)
    tick("writing")
    write_site(site.output, report.files)
    return report


def make(site: Workspace, options: Options, tick: Tick = lambda step: None) -> Report:
    """Do all that build does but write the site. Raises SitegenError with all problems of the whole site at once.

    What cannot be read is left out and the rest is looked at all the same; content/facts is written only where nothing is
    wrong.
    """
    began = time.monotonic()
    tick("reading")
    sources = list_sources(site)
    reading = read_pages(sources)
    old = _stored(site)
    unread, old = _unread(reading.unread, old)
    problems = [*reading.problems, *strays(site), *proofs(reading.facts, _texts(sources))]
    verdicts, wrong = _verdicts(site)
    problems += wrong
    corrections, wrong = _corrections(site)
    problems += wrong
    change = refresh(old, reading.facts)
    judged = {id_: each for id_, each in verdicts.items() if id_.rpartition("-")[0] not in unread.articles}
    problems += orphans(reading.facts, judged)
    problems += unknown(reading.facts, corrections)
    problems += stale(shown(site.root / FACTS), old, change) if options.frozen else ()
    codes = site.config.validation
    doubts = _doubts(reading, sources)
    problems += [each for each in doubts if codes.get(each.code) == "error"]
    facts = apply_reviews(reading.facts, verdicts)
    facts = tuple(each for each in facts if options.drafts or not each.article.meta.draft)
    facts = with_corrections(facts, corrections, load_strings(site.config.language).words["correction.said"])
    files: dict[str, bytes] = {}
    found = facts
    if facts or not reading.unread:
        tick("checking")
        found = checked(without_rejected(facts), verdicts)
        problems += errors_of(found, codes, sources)
        files, wrong = _files(site, found, reading.warnings, tick, drafts=options.drafts, unread=unread)
        problems += wrong
    kept = _refuse(problems, site, options)
    if not options.frozen and not options.keep_facts:
        _store(site, change)
    paths = {source.name: source.shown for source in sources}
    return Report(files, facts, found, paths, kept, ranked(doubts, codes), time.monotonic() - began)


def _corrections(site: Workspace) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    path = site.root / CORRECTIONS
    if not path.is_file():
        return (), ()
    try:
        return read_corrections(path.read_bytes().decode("utf-8-sig"), shown(path)), ()
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


def _texts(sources: Iterable[SourceFile]) -> dict[str, tuple[str, str]]:
    """What editors wrote: name of a source → its path and its text."""
    edited = (source for source in sources if source.name.lower().endswith(EDITED))
    return {source.name: (source.shown, source.path.read_text("utf-8", "replace")) for source in edited}


def _files(
    site: Workspace,
    facts: Sequence[Facts],
    warnings: Sequence[Warning],
    tick: Tick,
    *,
    drafts: bool,
    unread: Unread,
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    from sitegen.records import to_json
    from sitegen.search import vocabulary, words

    records = to_json(facts, warnings=warnings)
    terms = [each["name"] for each in records["places"]]
    terms += [name for each in records["industries"] for name in (each["name"], *each["aliases"])]
    language = site.config.language
    # a second of work, done while pandas and Plotly are loaded
    found = ahead(lambda: (words(facts, terms), vocabulary(facts, language, terms)))
    from sitegen.assembly import assemble

    return assemble(site, facts, records, found, warnings=warnings, drafts=drafts, unread=unread, tick=tick)


def usable(reading: Reading) -> Reading:
    """The reading, unless a source could not be read; then raises SitegenError with all that is wrong.

    A path that is not there or may not be read is a matter of usage: ConfigError.
    """
    if _errors(reading.problems):
        error = ConfigError if any(each.code == "E-READ" for each in reading.problems) else SitegenError
        raise error(*reading.problems)
    return reading


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [each for each in problems if each.level == "error"]


def _doubts(reading: Reading, sources: Iterable[SourceFile]) -> list[Problem]:
    paths = {source.name: source.shown for source in sources}
    found = (*reading.warnings, *(warning for each in reading.facts for warning in each.warnings))
    return [as_problem(warning, paths) for warning in found]


def _refuse(problems: Sequence[Problem], site: Workspace, options: Options) -> tuple[Problem, ...]:
    """The warnings that may stand; raises SitegenError with all problems where one of them may not."""
    kept = ranked(problems, site.config.validation)
    if any(each.level == "error" or options.strict for each in kept):
        raise SitegenError(*kept)
    return kept
