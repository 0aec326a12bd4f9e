"""What the commands have in common: options for the site, the run and how problems are printed."""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sitegen.console import Console
from sitegen.diagnostics import FORMATS

_CI = ("1", "true", "yes")

Command = Callable[..., Any]


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in _CI


def _all(*decorators: Callable[[Command], Command]) -> Callable[[Command], Command]:
    return lambda command: functools.reduce(lambda done, each: each(done), reversed(decorators), command)


PATH: Any = click.Path(path_type=Path)
diagnostics = _all(
    click.option(
        "--format", "report", type=click.Choice(FORMATS), default="text",
        show_default=True, help="How problems are printed, on standard error.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print problems only."),
    click.option("-v", "--verbose", is_flag=True, help="Print what could not be read in the sources, too."),
)  # fmt: skip
on_site = click.option("-c", "--config", type=PATH, help="The site's content/site.yml, or its folder.")
run = _all(
    on_site,
    click.option("--base-url", help="Address at which the site will stand."),
    click.option("-D", "--drafts", is_flag=True, help="With drafts."),
    click.option(
        "--frozen", is_flag=True, help="Fail where content/facts is not up to date (default where CI is set)."
    ),
    click.option("--strict/--no-strict", default=True, show_default=True, help="Fail on warnings."),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(0),
        default=0,
        help="Processes that share the work; 0: one a core.",
    ),
)


def console_of(given: dict[str, Any]) -> Console:
    """The console that was asked for; what goes wrong from now on is printed by it too."""
    console = Console(given["report"], quiet=given["quiet"], verbose=given["verbose"])
    click.get_current_context().find_root().obj = console
    return console


def site_around(config: Path | None) -> Any:
    """The site that is named, else the one around the current folder, None where there is none; its own words count from now on."""
    from sitegen.site_words import use_words
    from sitegen.workspace import find_root, open_site

    here = Path.cwd()
    site = open_site(config, here) if config or find_root(here) else None
    use_words(site)
    return site


def prepared(
    given: dict[str, Any], *, output: Path | None = None, keep_facts: bool = False
) -> tuple[Console, Any, Any]:
    """The console, the site and the options of a run that were asked for. Raises ConfigError without a site."""
    from sitegen.pipeline import Options
    from sitegen.workspace import open_site

    console = console_of(given)
    site = open_site(given["config"], Path.cwd(), output=output, base_url=given["base_url"])
    options = Options(
        given["drafts"], given["frozen"] or _in_ci(), given["strict"], keep_facts, given["jobs"]
    )
    return console, site, options
