"""The preview: the site with drafts, built in memory by the same pipeline, shown on this machine, renewed on
every save, with the editors' review desk below it.

While something is wrong the last good pages stay and the problems lie over them. The preview writes nothing anywhere; the
desk writes verdicts into content/reviews.
"""

import asyncio
import html
import mimetypes
import os
import socket
import sys
import threading
import traceback
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import click
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import Change, awatch

from sitegen.cache import Cache
from sitegen.desk import ADDRESS as DESK
from sitegen.desk import desk_link, desk_routes
from sitegen.diagnostics import as_text
from sitegen.lexicon import packaged_text
from sitegen.pipeline import Options, Report, make
from sitegen.problems import ConfigError, Problem, SitegenError
from sitegen.run import Early
from sitegen.workspace import FACTS, Workspace, open_site

Pages = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]
_OPTIONS = Options(drafts=True, keep_facts=True)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_TURN = 0.0005  # seconds for which a build may keep an answer waiting, at each step of it
_COURTESY = 0.3  # seconds for which a build waits at most until a page is shown that somebody looks at
_BEAT = 15  # seconds after which a silent stream of events says that it is still there


@dataclass
class Preview:
    """What is shown now. site, report: of the last good build; version: counts what was shown; builds: those that have ended;
    error: what is wrong, "" where nothing is; desk: whether pages lead to the review desk;
    early: the files while a build goes on whose pages can be seen already; listening: how many open pages wait for a change;
    shown: set when one of them has been given a page.
    """

    build: Callable[[Early], tuple[Workspace, Report]]
    site: Workspace
    report: Report | None = None
    error: str = ""
    version: int = 0
    builds: int = 0
    desk: bool = False
    early: Mapping[str, bytes] | None = None
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    listening: int = 0
    shown: threading.Event = field(default_factory=threading.Event)

    async def renew(self) -> None:
        """Build in a thread; keep the last good build where that fails; tell everyone who waits, as soon as there is a page to be
        seen and again when the whole site is made, or something turns out to be wrong.
        """
        site, report, error = self.site, self.report, ""
        loop = asyncio.get_running_loop()

        async def seen(pages: Pages) -> None:
            async with self.changed:
                self.early, self.error, self.version = pages(self.files), "", self.version + 1
                self.changed.notify_all()

        def early(pages: Pages) -> None:
            self.shown.clear()
            asyncio.run_coroutine_threadsafe(seen(pages), loop)
            if self.listening:  # the rest of the build would only take turns with the answer
                self.shown.wait(_COURTESY)

        try:
            site, report = await asyncio.to_thread(self.build, early)
        except SitegenError as wrong:
            error = as_text(wrong.problems)
        except Exception:  # a bug of ours must not end the preview
            error = traceback.format_exc()
        async with self.changed:
            # Also where all went well: pictures, styles, data and the desk are those of the whole build only now.
            self.site, self.report, self.error = site, report, error
            self.version, self.builds, self.early = self.version + 1, self.builds + 1, None
            self.changed.notify_all()

    @property
    def files(self) -> Mapping[str, bytes]:
        """Path in the site → content; empty where no build was good yet."""
        return self.early if self.early is not None else self.report.files if self.report else {}

    def body(self, name: str) -> bytes | None:
        """The content of a file, None where there is none. A page that fails before its build has ended is as it was."""
        try:
            return self.files.get(name)
        except SitegenError:
            return self.report.files.get(name) if self.report else None

    def page(self, path: str) -> tuple[int, str, bytes] | None:
        """Status, type and content of what stands at a path without its first slash; None where a slash is
        missing.
        """
        name = path + "index.html" if not path or path.endswith("/") else path
        if name not in self.files and f"{path}/index.html" in self.files:
            return None
        status = 200 if name in self.files else 404 if self.files else 503
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        body = self.body(name)
        if body is None or kind == "text/html":
            kind, body = (
                "text/html",
                self._live(body or self.body("404.html") or packaged_text("serve/empty.html").encode(), name),
            )
        return status, kind, body

    def _live(self, page: bytes, name: str) -> bytes:
        script = f'<script src="/__sitegen/live.js" data-version="{self.version}"></script>'
        over = (
            packaged_text("serve/overlay.html").replace("{problems}", html.escape(self.error))
            if self.error
            else ""
        )
        over += desk_link(self, name) if self.desk else ""
        before, end, after = page.rpartition(b"</body>")
        return (
            (before + over.encode() + script.encode() + end + after)
            if end
            else page + (over + script).encode()
        )


def application(preview: Preview, folders: Callable[[], list[Path]], *, host: str, watch: bool) -> Starlette:
    """The web application that shows the preview. folders: what to watch, asked again after each change."""

    async def show(request: Request) -> Response:
        found = preview.page(request.path_params["path"])
        if found is None:
            return RedirectResponse(request.url.path + "/")
        status, kind, body = found
        preview.shown.set()
        charset = (
            "; charset=utf-8"
            if kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
            else ""
        )
        return Response(body, status, {"Cache-Control": "no-store", "Content-Type": kind + charset})

    async def live(_: Request) -> Response:
        return Response(packaged_text("serve/live.js"), media_type="text/javascript")

    async def events(request: Request) -> Response:
        asked = request.query_params
        counter: Literal["version", "builds"] = "builds" if "builds" in asked else "version"
        return StreamingResponse(
            _stream(preview, counter, asked.get(counter, "")), media_type="text/event-stream"
        )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(_watch(preview, folders)) if watch else None
        yield
        if task:
            task.cancel()

    routes = [
        Route("/__sitegen/events", events),
        Route("/__sitegen/live.js", live),
        *desk_routes(preview, on=preview.desk, watched=watch),
        Route("/{path:path}", show),
    ]
    # no other site may read drafts through this machine
    hosts = ["127.0.0.1", "localhost", "[::1]"] if host in _LOOPBACK else ["*"]
    return Starlette(
        routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts)], lifespan=lifespan
    )


async def _stream(preview: Preview, counter: Literal["version", "builds"], known: str) -> AsyncIterator[str]:
    """One event as soon as the counter says other than is known; until then a sign of life now and then. The review desk,
    which shows what builds have read, waits for builds.
    """
    looks = counter == "version"
    preview.listening += looks
    try:
        while str(getattr(preview, counter)) == known:
            async with preview.changed:
                try:
                    await asyncio.wait_for(preview.changed.wait(), _BEAT)
                except TimeoutError:
                    yield ": still here\n\n"
    finally:
        preview.listening -= looks
    yield f"event: built\ndata: {getattr(preview, counter)}\n\n"


async def _watch(preview: Preview, folders: Callable[[], list[Path]]) -> None:
    missed = False  # whether something may stand in a new folder that was written before anybody watched it
    while True:
        now = folders()
        async for changes in awatch(
            *now, watch_filter=_matters, debounce=300, step=50, rust_timeout=200, yield_on_timeout=True
        ):
            if changes or missed:
                missed = False
                await preview.renew()
                _tell(preview)
            if folders() != now:
                missed = True
                break


def _matters(change: Change, path: str) -> bool:
    """Not hidden files, not editors' backups, not the facts that extraction writes."""
    name = os.path.basename(path)
    return (
        not name.startswith((".", "#"))
        and not name.endswith(("~", ".tmp"))
        and f"/{FACTS}/" not in Path(path).as_posix()
    )


def _tell(preview: Preview) -> None:
    click.echo(preview.error or f"built {len(preview.files)} files", err=True)


def watched(site: Workspace) -> list[Path]:
    """The folders that feed the site, as far as they are there."""
    folders = [site.root / "content", site.root / "templates", *([site.seeds] if site.seeds else [])]
    return [folder for folder in folders if folder.is_dir()]


def builder(config: Path) -> Callable[[Early | None], tuple[Workspace, Report]]:
    """A function that builds the site of this site.yml anew, settings included, and shows its pages early to whom it is given."""
    store = Cache(config.parent.parent, writes=False)

    def build(early: Early | None = None) -> tuple[Workspace, Report]:
        site = open_site(config, Path.cwd())
        report = make(site, _OPTIONS, store=store, early=early)
        store.prune()
        return site, report

    return build


def run(site: Workspace, *, host: str, port: int, browse: bool, reload: bool) -> None:
    """Show the site until interrupted. Raises ConfigError where host and port cannot be had."""
    listener = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
    preview = Preview(builder(site.config_file), site, desk=host in _LOOPBACK)
    asyncio.run(preview.renew())
    preview.changed = asyncio.Condition()
    _tell(preview)
    click.echo(address)
    sys.stdout.flush()
    if preview.desk:
        click.echo(f"review desk: {address}{DESK.lstrip('/')}", err=True)
    else:
        click.echo("review desk: off, since this is open to other machines", err=True)
    if browse:
        webbrowser.open(address)
    app = application(preview, lambda: watched(site), host=host, watch=reload)
    sys.setswitchinterval(_TURN)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        fix = "choose another with -p, or -p 0 for any free one"
        raise ConfigError(
            Problem("", 0, 0, "E-SERVE", f"{host}:{port} cannot be had: {reason}", fix)
        ) from None
    return listener
