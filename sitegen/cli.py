"""The `sitegen` command: reads what the user typed, runs the pipeline, prints. Everything heavy is imported
where it is used.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from sitegen import __version__, admin
from sitegen.archive_command import archive
from sitegen.console import Console, set_up
from sitegen.options import PATH, console_of, diagnostics, on_site, prepared, run, site_around
from sitegen.problems import ConfigError, Problem, SitegenError

EXIT_USAGE, EXIT_INTERRUPTED = 2, 130


class _Program(click.Group):
    """Prints what the user can mend as one line each, in the form that was asked for, and exits with its
    code.
    """

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SitegenError as error:
            console = ctx.obj if isinstance(ctx.obj, Console) else Console()
            console.problems(error.problems)
            ctx.exit(error.exit_code)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "--version", prog_name="sitegen")
def program() -> None:
    """Turn newspaper pages into a data site on which every number opens the sentence that says it.

    Exit codes: 0 done; 1 something in the content or the build is wrong; 2 the command or the settings are;
    130 stopped.
    """


@program.command()
@run
@click.option("-o", "--output", type=PATH, help="Folder for the finished site.")
@click.option("--no-cache", is_flag=True, help="Make everything anew.")
@diagnostics
def build(*, output: Path | None, no_cache: bool, **given: Any) -> None:
    """Build the site; the old one stands until the new one is complete."""
    from sitegen import pipeline
    from sitegen.cache import Cache
    from sitegen.publish import shown

    console, site, options = prepared(given, output=output)
    with console.progress() as tick:
        report = pipeline.build(site, options, tick, Cache() if no_cache else None)
    console.report(report.problems, report.doubts)
    console.say(f"{_summary(report)} Open {shown(site.output / 'index.html')}")


@program.command()
@click.argument("paths", nargs=-1, type=PATH)
@run
@diagnostics
def check(paths: tuple[Path, ...], **given: Any) -> None:
    """Hold the numbers of pages (PATHS) against each other and against arithmetic; a site is not needed.

    Without PATHS: do all that build does and write nothing.
    """
    if paths:
        _check_pages(paths, given)
        return
    from sitegen import findings, pipeline

    console, site, options = prepared(given, keep_facts=True)
    with console.progress() as tick:
        report = pipeline.make(site, options, tick)
    console.report(report.problems, report.doubts)
    records = findings.finding_records(report.checked, site.config.validation, report.paths)
    _print_lines(findings.printed(records, given["report"], verbose=given["verbose"]))
    if given["report"] != "json":
        console.say(f"{_summary(report)} {findings.waiting(records)}.")


def _check_pages(paths: tuple[Path, ...], given: dict[str, Any]) -> None:
    """Print what the checks find on pages; exit with 1 where the site's settings call one of the findings an error."""
    from sitegen import findings, pipeline
    from sitegen.workspace import named_sources

    console, site = console_of(given), site_around(given["config"])
    records = pipeline.check_pages(named_sources(paths), site)
    _print_lines(findings.printed(records, given["report"], verbose=given["verbose"]))
    console.say(f"{findings.summary(records)}.", diagnostic=True)
    strict = given["strict"] and any(each["severity"] == "warning" for each in records)
    if strict or any(each["severity"] == "error" for each in records):
        click.get_current_context().exit(1)


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _summary(report: Any) -> str:
    doubts = f", {len(report.doubts)} doubts (-v lists them)" if report.doubts else ""
    return f"{report.pages} pages, {report.articles} articles, {report.claims} numbers{doubts}, {report.seconds:.1f} s."


@program.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--format", "form", type=click.Choice(["yaml", "json"]), help="What to print; yaml if you name PATHs."
)
@click.option(
    "--explain",
    is_flag=True,
    help="Say for each field which rule and which printed words gave it: text, or json.",
)
@on_site
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def extract(
    paths: tuple[Path, ...], *, form: str | None, explain: bool, config: Path | None, quiet: bool
) -> None:
    """Read pages (.txt, .html) and articles (.md) and print their facts; without PATH refresh the site's
    content/facts.
    """
    from sitegen import pipeline
    from sitegen.publish import shown
    from sitegen.reading import read_pages, usable
    from sitegen.workspace import FACTS, list_sources, named_sources, open_site

    if explain and form == "yaml":
        fix = "leave --format out, or write --format json"
        raise ConfigError(Problem("--explain", 0, 0, "E-USAGE", "reasons are printed as text or JSON", fix))
    console = Console("text", quiet=quiet)
    around = site_around(config)
    site = None if paths else around or open_site(config, Path.cwd())
    if site is not None:
        change = pipeline.refresh_facts(site)
        done = f"{len(change.changed)} written, {len(change.removed)} removed, {change.kept} as they were."
        console.say(f"{shown(site.root / FACTS)}: {done}", diagnostic=explain or form is not None)
        if form is None and not explain:
            return
    reading = usable(read_pages(list_sources(site) if site else named_sources(paths)))
    console.problems(reading.problems)
    if explain or form == "json":
        from sitegen.checks import checked
        from sitegen.records import to_json

        facts = checked(reading.facts)
        if explain:
            from sitegen.evidence import explained

            facts = tuple(explained(each) for each in facts)
        records = to_json(facts, warnings=reading.warnings, explain=explain)
        if form == "json":
            _print_json(records)
        else:
            from sitegen.explain import reasons_as_lines

            click.echo(reasons_as_lines(records), nl=False)
    else:
        from sitegen.store import dump_facts

        click.echo("---\n".join(dump_facts(each) for each in reading.facts), nl=False)


def _print_json(records: object) -> None:
    """Print as it is encoded: the facts of a large page are never held as one text."""
    sys.stdout.writelines(json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(records))
    sys.stdout.write("\n")


program.add_command(archive)


@program.command("eval")
@click.argument("gold_dir", type=PATH, required=False)
@click.option("--pages", type=PATH, help="Folder of the pages, where they do not stand beside their gold.")
@click.option("--only", metavar="NAMES", default="", help="Gold files to use, without .yaml, commas between.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--at-least",
    "floors",
    metavar="FIGURE=NUMBER",
    multiple=True,
    help="Fail where a figure of all pages together is lower: strict_f1=0.85. May be given several times.",
)
@click.option(
    "--draft",
    metavar="PAGE",
    type=PATH,
    help="Draft the gold of a page from what is read on it: print it, or write it into GOLD_DIR.",
)
def eval_command(
    *, gold_dir: Path | None, pages: Path | None, only: str, form: str, floors: tuple[str, ...], draft: Path | None
) -> None:  # fmt: skip
    """Compare what is read on pages with the right answers that an editor wrote down in GOLD_DIR."""
    from sitegen import evaluation

    site_around(None)
    if draft is not None:
        click.echo(evaluation.write_draft(draft, gold_dir), nl=False)
        return
    if gold_dir is None:
        fix = "name the folder with the gold files, or a page with --draft"
        raise ConfigError(Problem("", 0, 0, "E-USAGE", "GOLD_DIR is missing", fix))
    wanted = _floors(floors, evaluation.FIGURES)
    found = evaluation.evaluate(gold_dir, pages, [name for name in only.split(",") if name])
    if form == "json":
        click.echo(json.dumps(evaluation.as_json(found), ensure_ascii=False, indent=1))
    else:
        click.echo(evaluation.as_text(found), nl=False)
    failed = evaluation.below(evaluation.figures(found.counts), wanted)
    if failed:
        raise SitegenError(*failed)


def _floors(given: Iterable[str], known: Iterable[str]) -> dict[str, float]:
    """What --at-least says: figure → number. Raises ConfigError for an unknown figure or no number from 0 to 1."""
    found = {}
    for each in given:
        name, _, text = each.partition("=")
        fix = f"write FIGURE=NUMBER, the number from 0 to 1; figures are {', '.join(known)}"
        try:
            floor = float(text)
        except ValueError:
            floor = -1
        if name not in known or not 0 <= floor <= 1:
            raise ConfigError(
                Problem("--at-least", 0, 0, "E-USAGE", f"{each} names no figure and number", fix)
            )
        found[name] = floor
    return found


@program.command()
@click.argument("folder", type=PATH, default=".")
def init(folder: Path) -> None:
    """Make a new site in FOLDER (default: here), with a sample page and article; it builds at once."""
    from sitegen.pipeline import today
    from sitegen.scaffold import new_site

    for path in new_site(folder, today("Asia/Shanghai")):
        click.echo(path)


@program.group()
def new() -> None:
    """Begin something new."""


@new.command("article")
@click.argument("title")
@on_site
def new_article(title: str, config: Path | None) -> None:
    """Write an article with its front matter filled in and print its path."""
    from sitegen.pipeline import today
    from sitegen.scaffold import new_article as write
    from sitegen.workspace import open_site

    site = open_site(config, Path.cwd())
    click.echo(write(site, title, today(site.config.timezone)))


new.add_command(admin.command)


@program.command()
@click.argument("fact")
@on_site
@click.option("-D", "--drafts", is_flag=True, help="Totals and charts with drafts.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def explain(*, fact: str, config: Path | None, drafts: bool, form: str) -> None:
    """Say where a number comes from.

    FACT is the id of a claim, total:KIND:PLACE (total:signing:包头市) or chart:ID.
    """
    from sitegen.explain import as_lines
    from sitegen.explain import explain as explanation
    from sitegen.workspace import open_site

    found = explanation(open_site(config, Path.cwd()), fact, drafts=drafts)
    click.echo(
        json.dumps(found, ensure_ascii=False, indent=1) + "\n" if form == "json" else as_lines(found),
        nl=False,
    )


@program.command()
@click.argument("ref")
@on_site
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(*, ref: str, config: Path | None, form: str) -> None:
    """Say what a reader would see change since the commit REF: numbers, totals, charts, addresses.

    Fails where a published number changes without an entry in content/corrections.yml, or an address is gone.
    """
    from dataclasses import asdict

    from sitegen import changes
    from sitegen.workspace import open_site

    found, problems = changes.diff(open_site(config, Path.cwd()), ref)
    if form == "json":
        click.echo(json.dumps({"changes": [asdict(each) for each in found]}, ensure_ascii=False, indent=1))
    else:
        _print_lines(changes.as_lines(found))
    if problems:
        raise SitegenError(*problems)


@program.command()
@on_site
@click.option("-o", "--output", type=PATH, help="Folder of the finished site.")
def clean(config: Path | None, output: Path | None) -> None:
    """Remove the finished site and what is kept from earlier builds."""
    from sitegen.cache import remove
    from sitegen.publish import remove_site, shown
    from sitegen.workspace import open_site

    site = open_site(config, Path.cwd(), output=output)
    removed = remove_site(site.output)
    remove(site.root)
    click.echo(f"{shown(site.output)}: {'removed' if removed else 'there is nothing to remove'}")


@program.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema of front_matter, chart, site, facts, reviews, corrections, lexicon, findings or problems, or all."""
    from sitegen.schemas import schemas

    found = schemas()
    if name is not None and name not in found:
        fix = f"known are {', '.join(found)}"
        raise ConfigError(Problem("", 0, 0, "E-USAGE", f"there is no schema {name}", fix))
    click.echo(json.dumps(found[name] if name else found, ensure_ascii=False, indent=2))


@program.command("config")
@click.option("--print", "printed", is_flag=True, help="Print all settings with their explanation.")
@on_site
def config_command(*, printed: bool, config: Path | None) -> None:
    """Check the site's settings; --print shows them all, defaults included."""
    from sitegen.config import print_config
    from sitegen.publish import shown
    from sitegen.workspace import open_site

    site = open_site(config, Path.cwd())
    click.echo(
        print_config(site.config) if printed else f"{shown(site.config_file)}: nothing is wrong",
        nl=not printed,
    )


@program.command()
@on_site
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 takes any free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "browse", is_flag=True, help="Open the site in a browser.")
@click.option("--no-livereload", "still", is_flag=True, help="Do not reload pages when something changes.")
def serve(*, config: Path | None, port: int, host: str, browse: bool, still: bool) -> None:
    """Show the site with drafts while you write; it reloads when you save, and says what is wrong."""
    from sitegen.serve import run as show
    from sitegen.workspace import open_site

    show(open_site(config, Path.cwd()), host=host, port=port, browse=browse, reload=not still)


def main(arguments: Iterable[str] | None = None) -> None:
    """Run the command and exit with its code. What the user can mend is a line each, never a traceback."""
    set_up()
    try:
        code = program.main(
            None if arguments is None else list(arguments), prog_name="sitegen", standalone_mode=False
        )
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  what is left is for nobody
        sys.exit(0)
