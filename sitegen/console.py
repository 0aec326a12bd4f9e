"""What the user sees: results on standard output, problems and progress on standard error. Colour only on a
terminal.
"""

import contextlib
import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator

import click

from sitegen.diagnostics import as_github, as_json, as_text, ranked
from sitegen.problems import Problem

_COLOURS = {"error": "red", "warning": "yellow"}


def set_up() -> None:
    """Prepare the process of a command: its output, and how often Python looks for garbage.

    The lexicons are a million objects that live to the end; looking through them again and again took 5 % of the time.
    """
    gc.set_threshold(50_000, 20, 100)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Chinese must come out whole whatever the locale says
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


class Console:
    """Prints in the form that the user chose: form is text, json or github."""

    def __init__(self, form: str = "text", *, quiet: bool = False, verbose: bool = False) -> None:
        self.form, self.quiet, self.verbose = form, quiet, verbose

    def say(self, text: str, *, diagnostic: bool = False) -> None:
        """One line of result, nothing where the user wants quiet; diagnostic: on standard error."""
        if not self.quiet:
            click.echo(text, err=diagnostic)

    def problems(self, problems: Iterable[Problem]) -> None:
        """All problems by place; as JSON an empty list too, so that a program finds what it expects."""
        found = ranked(problems, {})
        if self.form == "json":
            click.echo(as_json(found), err=True)
        elif found:
            colour = _coloured if self.form == "text" and _colourful() else None
            click.echo(as_github(found) if self.form == "github" else as_text(found, colour), err=True)

    def report(self, problems: Iterable[Problem], doubts: Iterable[Problem]) -> None:
        """What a run that went well has to say: its warnings, and with verbose each doubt about a source."""
        self.problems([*problems, *(doubts if self.verbose else ())])

    @contextlib.contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """A line that says what is being done, on a terminal only; yields what is to be told each step."""
        if self.quiet or self.form != "text" or not sys.stderr.isatty():
            yield lambda step: None
            return
        from rich.console import Console as Terminal
        from rich.live import Live

        # Without a thread of its own, so that the work may be shared with a second process.
        with Live(console=Terminal(stderr=True), auto_refresh=False, transient=True) as live:
            yield lambda step: live.update(f"{step} …", refresh=True)


def _coloured(text: str, level: str) -> str:
    return click.style(text, fg=_COLOURS[level], bold=True)


def _colourful() -> bool:
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
