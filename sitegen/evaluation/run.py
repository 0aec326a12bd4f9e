"""The order of an evaluation: gold files of a folder, their pages, what the program reads on them, the comparison."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sitegen.checks import checked
from sitegen.evaluation.gold import Gold
from sitegen.evaluation.misses import Miss
from sitegen.evaluation.printed import PrintedPage, locate_gold
from sitegen.evaluation.reading import read_gold
from sitegen.evaluation.scoring import Score, score_page
from sitegen.loaders import printed_lines
from sitegen.problems import ConfigError, Problem, SitegenError
from sitegen.publish import shown
from sitegen.reading import read_pages, usable
from sitegen.workspace import SUFFIXES, SourceFile, files_in, read_source, unreadable

_GOLD = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class PageScore:
    """One page. name: the stem of its gold's file; page: its path as the user would type it."""

    name: str
    page: str
    gold: str
    counts: Counter[str]
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All pages by name. problems: doubts about the gold that did not stop the run."""

    pages: tuple[PageScore, ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> Counter[str]:
        """The counts of all pages together: a long page weighs more."""
        return sum((each.counts for each in self.pages), Counter())


def evaluate(folder: Path, pages: Path | None = None, only: Collection[str] = ()) -> Evaluation:
    """Compare every gold file in folder with what the program reads on its page.

    pages: folder of the pages, the same if left out.  only: stems of the gold files wanted, all if empty.
    Raises SitegenError with all that is wrong with the gold, or with a page, before anything is compared.
    """
    problems: list[Problem] = []
    found: list[PageScore] = []
    for path in _gold_files(folder, only):
        try:
            gold = read_gold(_text(path), shown(path))
            if gold is None:
                continue
            source = _page_of(gold, path.stem, pages or folder)
            page = PrintedPage(printed_lines(source.name, read_source(source)))
            doubts = _unplaced(gold, page, source.shown)
            problems += doubts
            if not any(each.level == "error" for each in doubts):
                score = _score(gold, page, source)
                found.append(PageScore(path.stem, source.shown, gold.file, score.counts, score.misses))
        except ConfigError:
            raise
        except SitegenError as error:
            problems += error.problems
    if any(each.level == "error" for each in problems):
        raise SitegenError(*problems)
    if not found:
        fix = "put NAME.yaml beside NAME.txt, or begin with `sitegen eval --draft PAGE`"
        raise SitegenError(Problem(shown(folder), 0, 0, "E-GOLD-NONE", "holds no gold", fix))
    return Evaluation(tuple(found), tuple(problems))


def _gold_files(folder: Path, only: Collection[str]) -> list[Path]:
    if not folder.is_dir():
        fix = "name the folder that holds the gold files"
        raise ConfigError(Problem(shown(folder), 0, 0, "E-USAGE", "is no folder", fix))
    files = [path for path in files_in(folder, *_GOLD) if path.parent == folder]
    unknown = sorted(set(only) - {path.stem for path in files})
    if unknown:
        fact = f"there is no gold file {', '.join(unknown)}"
        raise ConfigError(
            Problem("--only", 0, 0, "E-USAGE", fact, "give names without .yaml, commas between")
        )
    return [path for path in files if not only or path.stem in only]


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None


def _page_of(gold: Gold, stem: str, folder: Path) -> SourceFile:
    """The page beside its gold: the file with the same stem, else the one that `page:` names."""
    names = [*(f"{stem}{suffix}" for suffix in SUFFIXES), *([gold.page] if gold.page else [])]
    path = next((folder / name for name in names if (folder / name).is_file()), None)
    if path is None:
        fact = f"there is no page {gold.page or names[0]} in {shown(folder)}"
        fix = "put the page there, name its folder with --pages, or its file with page:"
        raise SitegenError(Problem(gold.file, 1, 0, "E-GOLD-PAGE", fact, fix))
    return SourceFile(path, shown(path), path.name)


def _unplaced(gold: Gold, page: PrintedPage, shown_page: str) -> list[Problem]:
    """An error for each number that the page does not print."""
    fix = "copy raw from the page as it is printed there, and before from the characters right before it"
    return [
        Problem(
            gold.file, claim.line, 0, "E-GOLD-RAW", f"{claim.before}{claim.raw} is not on {shown_page}", fix
        )
        for claim, place in zip(gold.claims, locate_gold(page, gold.claims), strict=True)
        if place is None
    ]


def _score(gold: Gold, page: PrintedPage, source: SourceFile) -> Score:
    reading = usable(read_pages([source]))
    return score_page(gold, page, checked(reading.facts), reading.warnings)
