"""What `sitegen init` and `sitegen new article` write. Texts are in sitegen/data/scaffold; nothing is ever
overwritten.
"""

import json
import re
import unicodedata
from datetime import date
from pathlib import Path

from sitegen.lexicon import packaged_text
from sitegen.problems import ConfigError, Problem
from sitegen.publish import shown, write_file
from sitegen.workspace import ARTICLES, CONFIG, Workspace, find_root

_SLUG_LENGTH = 40


def new_site(folder: Path, day: date) -> tuple[str, ...]:
    """Write a site that builds into folder and return the paths written.

    Raises ConfigError where one of its files is there already; then nothing is written.
    """
    files = {
        CONFIG: packaged_text("scaffold/site.yml"),
        f"{ARTICLES}/{day.isoformat()}-welcome.md": packaged_text("scaffold/article.md").replace(
            "{date}", day.isoformat()
        ),
        "content/data/grain.csv": packaged_text("scaffold/grain.csv"),
        "seeds/sample.txt": packaged_text("scaffold/page.txt"),
        ".gitignore": "/build/\n/.sitegen/\n",
    }
    present = [name for name in files if name != ".gitignore" and (folder / name).exists()]
    if find_root(folder) == folder.resolve():
        present = [CONFIG]
    if folder.exists() and not folder.is_dir():
        present = ["."]
    if present:
        fix = "name another folder, or go on with the site that is there"
        raise ConfigError(
            *(Problem(shown(folder / name), 0, 0, "E-EXISTS", "is there already", fix) for name in present)
        )
    written = [name for name in files if not (folder / name).exists()]
    for name in written:
        write_file(folder / name, files[name].encode())
    return tuple(shown(folder / name) for name in written)


def new_article(site: Workspace, title: str, day: date) -> str:
    """Write a draft with this title and return its path. Raises ConfigError where the file exists."""
    title = " ".join(title.split())
    if not title:
        raise ConfigError(
            Problem("", 0, 0, "E-USAGE", "the title is empty", 'write `sitegen new article "标题"`')
        )
    path = site.root / ARTICLES / f"{day.isoformat()}-{slug(title)}.md"
    if path.exists():
        fix = "edit it, or choose another title"
        raise ConfigError(Problem(shown(path), 0, 0, "E-EXISTS", "is there already", fix))
    text = packaged_text("scaffold/new.md").replace("{date}", day.isoformat())
    write_file(path, text.replace("{title}", json.dumps(title, ensure_ascii=False)).encode())
    return shown(path)


def slug(title: str) -> str:
    """The title as part of a file name and an address: letters and digits of any script, parted by single
    hyphens.
    """
    plain = unicodedata.normalize("NFKC", title).lower()
    words = re.sub(r"[^\w]+", "-", plain).replace("_", "-")
    return re.sub(r"-+", "-", words)[:_SLUG_LENGTH].strip("-") or "article"
