"""`sitegen archive`: what the user typed, and what is printed. The work is in sitegen.archive."""

from pathlib import Path

import click

from sitegen.console import Console
from sitegen.options import PATH, on_site, site_around
from sitegen.problems import ConfigError, Problem


@click.command()
@click.argument("pages_dir", type=PATH)
@click.argument("out_dir", type=PATH)
@click.option("--scheduler", metavar="ADDRESS", help="Let the workers of this Dask scheduler do it.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    help="Processes of this machine that share the work; 0: one a core.",
)
@click.option(
    "--partitions",
    type=click.IntRange(1, 99_999),
    help="Files of each table; a new archive has some power of two that suits its size.",
)
@click.option(
    "--list",
    "listed",
    metavar="FILE",
    type=PATH,
    help="Read these pages only: a line each, its path below PAGES_DIR.",
)
@on_site
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def archive(
    pages_dir: Path, out_dir: Path, *, scheduler: str | None, jobs: int | None, partitions: int | None, listed: Path | None,
    config: Path | None, quiet: bool,
) -> None:  # fmt: skip
    """Read all pages below PAGES_DIR into Parquet tables in OUT_DIR: for archives of up to millions of pages.

    A later run makes only what is missing or has changed. Pages that cannot be read are rows of the table of problems.
    """
    from sitegen.ahead import cores
    from sitegen.archive import archive as make
    from sitegen.publish import shown

    if scheduler and jobs is not None:
        fix = "leave one of the two out"
        raise ConfigError(Problem("--jobs", 0, 0, "E-USAGE", "the scheduler has workers of its own", fix))
    console = Console("text", quiet=quiet)
    site_around(config)
    with console.progress() as tick:
        report = make(
            pages_dir, out_dir, listed=listed, scheduler=scheduler, jobs=jobs or cores(), partitions=partitions, tick=tick
        )  # fmt: skip
    rows = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in report.rows.items())
    console.say(f"{report.pages} pages: {rows}.")
    made = f"{report.made} made, {report.parts - report.made} as they were"
    console.say(f"{shown(out_dir)}: {report.parts} parts, {made}.")
