"""From files to facts: each source by itself, in as many processes as there are, and then all of them together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sitegen.ahead import spread
from sitegen.cache import Cache, version
from sitegen.model import Article, Facts, Warning
from sitegen.problems import ConfigError, Problem, SitegenError
from sitegen.shelf import shelf
from sitegen.store import stands
from sitegen.workspace import EDITED, SourceFile, located, read_source, stamp_of

_OPENING = 30  # characters that tell two texts under one headline apart
_READ = tuple[tuple[Facts, ...], tuple[Warning, ...], tuple[Problem, ...]]  # what is kept of a reading


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sources say. facts: in the order of the sources; warnings: of pages, not of an article;
    problems: sources that cannot be used; unread: those of them of which nothing could be read.
    """

    facts: tuple[Facts, ...]
    warnings: tuple[Warning, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[SourceFile, ...] = ()


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


class _Named:
    """The names of readings in the store. While the process lives, a file is not read again that the system says nobody has touched
    since it was found the same twice: a change in the very moment of the first look cannot hide behind it.
    """

    def __init__(self, store: Cache) -> None:
        self.store, self.version = store, version()
        self.before: dict[str, tuple[object, str, bool]] = store.objects.get("named", {})
        self.now: dict[str, tuple[object, str, bool]] = {}

    def __call__(self, source: SourceFile) -> tuple[str, bytes | None]:
        """The name, and the file's bytes where it was read. Raises SitegenError where it cannot be."""
        stamp = (self.version, source.name, stamp_of(source))
        path = str(source.path)
        known, name, sure = self.before.get(path, (None, "", False))
        data = None
        if known != stamp or not sure:
            data = read_source(source)
            name = self.store.key("reading", source.name, data)
        self.now[path] = (stamp, name, known == stamp)
        return name, data

    def close(self) -> None:
        """End a run: forget what is gone."""
        self.store.objects["named"] = self.now


def _read_all(sources: Sequence[SourceFile], store: Cache, jobs: int) -> list[Reading | SitegenError]:
    """What each source says: as an earlier run found it in these very bytes, or read anew, which is shared among processes."""
    kept = shelf(store, "reading", _READ)
    named = _Named(store)
    found: list[Reading | SitegenError | None] = []
    missing: list[tuple[str, str, bytes]] = []
    for source in sources:
        try:
            name, data = named(source)
            parts = kept.find(name)
            if parts is None:
                if data is None:  # the bytes may be others than those that were named
                    data = read_source(source)
                    name = store.key("reading", source.name, data)
                missing.append((name, source.name, data))
        except SitegenError as error:
            found.append(error)
            continue
        found.append(parts and Reading(*parts))
    named.close()
    # the first one loads the words that all processes need, once
    readings = [read_page(*missing[0][1:])] if missing else []
    readings += spread(lambda each: read_page(*each[1:]), missing[1:], jobs)
    for (name, _, _), reading in zip(missing, readings, strict=True):
        kept.keep(name, (reading.facts, reading.warnings, reading.problems))
    kept.close()
    made = iter(readings)
    return [each or next(made) for each in found]


def read_pages(sources: Iterable[SourceFile], store: Cache | None = None, jobs: int = 1) -> Reading:
    """What all sources say together; two articles with one id are a problem. store: keeps what each of them says; jobs:
    processes that share the work.
    """
    listed = tuple(sources)
    return gathered(listed, _read_all(listed, store or Cache(), jobs))


def gathered(sources: Iterable[SourceFile], readings: Iterable[Reading | SitegenError]) -> Reading:
    """The readings of the sources as one, as read_pages says."""
    facts: list[Facts] = []
    warnings: list[Warning] = []
    problems: list[Problem] = []
    unread: list[SourceFile] = []
    places: dict[str, str] = {}
    known: dict[str, Article] = {}
    for source, reading in zip(sources, readings, strict=True):
        if isinstance(reading, SitegenError):
            problems += reading.problems
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


def usable(reading: Reading) -> Reading:
    """The reading, unless a source could not be read; then raises SitegenError with all that is wrong.

    A path that is not there or may not be read is a matter of usage: ConfigError.
    """
    if errors(reading.problems):
        error = ConfigError if any(each.code == "E-READ" for each in reading.problems) else SitegenError
        raise error(*reading.problems)
    return reading


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that end a run."""
    return [each for each in problems if each.level == "error"]
