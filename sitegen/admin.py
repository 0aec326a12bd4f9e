"""`sitegen new admin`: the files with which editors write in a browser."""

from pathlib import Path

import click

from sitegen.options import on_site


@click.command("admin")
@click.option(
    "--backend",
    type=click.Choice(["github", "gitlab"]),
    default="github",
    help="Where the site's repository is.",
)
@click.option("--repo", default="OWNER/NAME", help="The repository there.")
@click.option("--branch", default="main", help="The branch that is published.")
@on_site
def command(*, backend: str, repo: str, branch: str, config: Path | None) -> None:
    """Write admin/, with which editors write articles in a browser (Sveltia CMS); its script is brought by hand."""
    from sitegen.cms import new_admin
    from sitegen.workspace import open_site

    site = open_site(config, Path.cwd())
    for path in new_admin(site.root, {"name": backend, "repo": repo, "branch": branch}):
        click.echo(path)
