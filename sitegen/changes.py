"""`sitegen diff`: what a reader would see change between a commit and the files as they are."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path

from sitegen.corrections import NAME, Correction, read_corrections
from sitegen.model import Claim, Facts
from sitegen.pipeline import Options, Report, make
from sitegen.problems import ConfigError, Problem
from sitegen.workspace import CONFIG, Workspace, open_site

_FRAMES = "embed/"
_ALIKE = 0.6  # so much of a sentence stays where a number in it is corrected


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes. what: number, total, chart or address; name: its id or path; was, now: None where it is
    not there. article: names of the article that it stands in; claims: ids before and after; figure: a number that was
    published is another one now or gone, not only what is told of it.
    """

    what: str
    name: str
    was: str | None
    now: str | None
    article: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    figure: bool = False


def diff(site: Workspace, ref: str) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """What changes for a reader since a commit, and what is wrong with it: a published number that changes without an entry
    in corrections.yml, an address that is gone. Raises ConfigError where git does not know the commit.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _checked_out(site.root, ref, root)
        before = make(open_site(root / CONFIG, root), Options(keep_facts=True))
    after = make(site, Options(keep_facts=True))
    path = site.root / NAME
    corrections = read_corrections(path.read_text("utf-8-sig")) if path.is_file() else ()
    changes = tuple(compared(before, after))
    return changes, tuple(_problems(changes, corrections))


def _checked_out(root: Path, ref: str, folder: Path) -> None:
    """The files of a commit below the site's folder, put into another folder."""
    command = ["git", "-C", str(root), "archive", "--format=tar", "--end-of-options", ref]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  no shell, and a name that begins with - is no option
    except OSError:
        raise ConfigError(Problem("git", 0, 0, "E-GIT", "is not there", "install git")) from None
    if done.returncode:
        fact = done.stderr.decode("utf-8", "replace").strip().splitlines()
        fix = "name a commit, branch or tag of the repository that the site is in"
        raise ConfigError(Problem(ref, 0, 0, "E-GIT", fact[0] if fact else "cannot be read", fix))
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    if not (folder / CONFIG).is_file():
        raise ConfigError(
            Problem(ref, 0, 0, "E-GIT", f"has no {CONFIG}", "name a commit in which the site was there")
        )


def compared(before: Report, after: Report) -> Iterator[Change]:
    """All changes between two runs: numbers, totals, charts, addresses."""
    yield from _numbers(before.checked, after.checked)
    yield from _values("total", totals(before.checked), totals(after.checked))
    yield from _values("chart", _charts(before.files), _charts(after.files))
    yield from _values("address", _addresses(before.files), _addresses(after.files))


def _numbers(before: Sequence[Facts], after: Sequence[Facts]) -> Iterator[Change]:
    new = {each.article.id: each for each in after}
    old = {each.article.id: each for each in before}
    for id_ in dict.fromkeys((*old, *new)):
        first, second = old.get(id_), new.get(id_)
        names = tuple(
            dict.fromkeys(n for f in (first, second) if f for n in (f.article.id, f.article.address))
        )
        if first and second is None:  # its address is gone, which says all
            continue
        yield from _of_article(first.claims if first else (), second.claims if second else (), names)


def _of_article(before: Sequence[Claim], after: Sequence[Claim], names: tuple[str, ...]) -> Iterator[Change]:
    new = {c.id: c for c in after}
    pairs = [(claim, new[claim.id]) for claim in before if claim.id in new]
    kept = {claim.id for claim, _ in pairs}
    gone = [c for c in before if c.id not in kept]
    come = [c for c in after if c.id not in kept]
    for claim in sorted(gone, key=lambda each: not any(_said(each) == _said(c) for c in come)):
        other = max(come, key=lambda each: _likeness(claim, each), default=None)
        if other is None or _likeness(claim, other) < _ALIKE:
            yield Change("number", claim.id, _said(claim), None, names, (claim.id,), figure=True)
            continue
        come.remove(other)
        pairs.append((claim, other))
    for claim, other in pairs:
        if _said(claim) != _said(other):
            ids = tuple(dict.fromkeys((claim.id, other.id)))
            yield Change(
                "number",
                claim.id,
                _said(claim),
                _said(other),
                names,
                ids,
                figure=_figure(claim) != _figure(other),
            )
    for claim in come:
        yield Change("number", claim.id, None, _said(claim), names, (claim.id,))


def _figure(claim: Claim) -> tuple[object, ...]:
    """The number itself, without what is told of it."""
    return (claim.value, claim.value_max, claim.unit)


def _likeness(one: Claim, other: Claim) -> float:
    """How much of the sentence is the same, 0 where the two measure different things."""
    if (one.unit, one.kind) != (other.unit, other.kind):
        return 0
    same = 1 if _said(one) == _said(other) and one.label == other.label else 0
    return same + SequenceMatcher(None, one.quote, other.quote, autojunk=False).ratio()


def _said(claim: Claim) -> str:
    """The number and what a reader is told of it; the number alone comes first."""
    told = (claim.value, claim.value_max, claim.unit, claim.place, claim.period, claim.status)
    return f"{claim.raw} ({', '.join(str(each) for each in told if each is not None)})"


def totals(facts: Sequence[Facts]) -> dict[str, str]:
    """Each total that `sitegen explain` knows, under its name there with unit and status behind it."""
    from sitegen.pages.base import accused
    from sitegen.tables import build_tables, place_totals

    tables = build_tables(facts, doubtful=accused(facts))
    return {
        f"{each.fact} {each.total.unit}{f'/{each.total.per}' if each.total.per else ''} {each.status}": format(
            each.total.value, "f"
        )
        for each in place_totals(tables.quantities, tables.geography)
    }


def _charts(files: Mapping[str, bytes]) -> dict[str, str]:
    names = (name for name in files if name.startswith("data/charts/") and name.endswith(".csv"))
    return {Path(name).stem: sha256(files[name]).hexdigest()[:12] for name in names}


def _addresses(files: Mapping[str, bytes]) -> dict[str, str]:
    """Of pages. A frame of a chart as it is now bears the numbers in its address: that it goes with them is meant."""
    pages = (name for name in files if name.endswith(".html") and not name.startswith(_FRAMES))
    return {f"/{name.removesuffix('index.html')}": "there" for name in pages}


def _values(what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was != now:
            yield Change(what, name, was, now)


def _problems(changes: Sequence[Change], corrections: Sequence[Correction]) -> Iterator[Problem]:
    for each in changes:
        if each.what == "address" and each.now is None:
            fix = "give the article that is there now this address in `aliases:`"
            yield Problem("", 0, 0, "E-ADDRESS-GONE", f"the published address {each.name} is gone", fix)
        if each.figure and each.was is not None:
            was, now = each.was.split(" (")[0], each.now.split(" (")[0] if each.now else None
            if not any(entry.covers(each.article, was, now, each.claims) for entry in corrections):
                fact = f"the published number {was} of {each.article[-1]} " + (
                    f"is now {now}" if now else "is gone"
                )
                fix = f"say in {NAME} what was wrong and what is right"
                yield Problem(NAME, 0, 0, "E-CORRECTION-MISSING", fact, fix)


def as_lines(changes: Sequence[Change]) -> Iterator[str]:
    """One line a change: + new, - gone, ~ other than it was."""
    for each in changes:
        sign = "+" if each.was is None else "-" if each.now is None else "~"
        told = f"{each.was} → {each.now}" if sign == "~" else (each.was or each.now or "")
        bare = each.what in ("address", "chart")
        yield f"{sign} {each.what} {each.name}" + ("" if bare else f": {told}")
