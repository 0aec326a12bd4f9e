"""The borders of a site: nothing is read through a link that leads out of its folder, and nothing is written through one."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.cache import FOLDER
from sitegen.problems import Problem

_KEPT = (FOLDER, f"{FOLDER}/lock", f"{FOLDER}/.gitignore", f"{FOLDER}/cache")


def kept_outside(root: Path) -> tuple[Problem, ...]:
    """An error for each link in what is kept between builds: all of it is written."""
    entries = [root / name for name in _KEPT]
    entries += [Path(each.path) for each in _listed(root / _KEPT[-1])]
    return tuple(_problem(path) for path in entries if path.is_symlink())


def links_out(root: Path, folders: Iterable[Path]) -> tuple[Problem, ...]:
    """An error for each link at or below the folders that leads out of root, in a circle or nowhere; by path."""
    home = root.resolve()
    found = (link for folder in folders for link in _links(folder))
    return tuple(
        _problem(link) for link in sorted(set(found)) if not is_inside(link, home) and not _is_lock(link)
    )


def _is_lock(link: Path) -> bool:
    """Whether it is the kind of mark that an editor leaves beside a file it has open: hidden, and leading nowhere."""
    return link.name.startswith(".") and not link.exists()


def is_inside(path: Path, root: Path) -> bool:
    """Whether path, all links followed, is there below root."""
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # nothing there, or a link to itself
        return False


def _links(folder: Path) -> Iterator[Path]:
    if folder.is_symlink():
        yield folder
        return
    for entry in _listed(folder):
        if entry.is_symlink():
            yield Path(entry.path)
        elif entry.is_dir(follow_symlinks=False):
            yield from _links(Path(entry.path))


def _listed(folder: Path) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:  # whoever reads it will say so
        return []


def _problem(link: Path) -> Problem:
    here = Path(os.path.abspath(link))  # not as publish.shown has it, which would tell where the link leads
    name = here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here
    fact = "is a link that leads out of the site's folder"
    fix = (
        "put the file or the folder itself there, or move what it leads to into the site and link to it there"
    )
    return Problem(str(name), 0, 0, "E-OUTSIDE", fact, fix)
