"""The desk's answers to requests: a list, an article, a verdict that comes in."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Protocol

import jinja2
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sitegen.desk.folder import ChangedError, Folder
from sitegen.desk.forms import UNDO, Filled, check, filled, unsaved
from sitegen.desk.guard import HEADERS, RefusedError, read_form
from sitegen.desk.views import FILTERS, Notice, choices, counts, next_article, next_open, parts, rows
from sitegen.diagnostics import as_text
from sitegen.industries import industry_list
from sitegen.lexicon import packaged_text
from sitegen.model import Claim, Facts
from sitegen.pipeline import Report, today
from sitegen.problems import SitegenError
from sitegen.render import assets, default_theme
from sitegen.reviews import CHOICES, Verdict
from sitegen.strings import Strings
from sitegen.strings import load as load_strings
from sitegen.workspace import Workspace

ADDRESS = "/_review/"
_STATIC = {"desk.css": "text/css", "desk.js": "text/javascript"}
_THEME = {"style.css": "text/css", "icon.svg": "image/svg+xml"}


class Preview(Protocol):
    """What the desk needs of the preview: the site as it was last built without an error, and to have it built anew."""

    @property
    def site(self) -> Workspace:
        """The site with its settings."""

    @property
    def report(self) -> Report | None:
        """The last good build."""

    @property
    def error(self) -> str:
        """What is wrong since, "" for nothing."""

    @property
    def builds(self) -> int:
        """How many builds have ended."""

    async def renew(self) -> None:
        """Build the site anew."""


@dataclass
class _Desk:
    """watched: whether somebody else builds the site when a file changes. token: known to the pages of this run alone."""

    preview: Preview
    watched: bool
    folder: Folder
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    who: str = ""  # the editor who wrote the last verdict of this run
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    building: asyncio.Lock = field(default_factory=asyncio.Lock)
    builds: set[asyncio.Task[None]] = field(default_factory=set)

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """A page of the desk."""
        common = {
            "site": self.preview.site.config,
            "error": self.preview.error,
            "builds": self.preview.builds,
        }
        text = _fill(template, self.preview.site, {**common, "token": self.token, **values})
        return Response(text, status, HEADERS, "text/html")

    def facts(self, article: str) -> Facts:
        """What the program read from an article. Raises RefusedError where there is none of this id."""
        report = self.preview.report
        found = next((each for each in (report.read if report else ()) if each.article.id == article), None)
        if found is None:
            raise RefusedError(404, "nothing")
        return found

    def list(self, only: str) -> Response:
        """The articles with numbers. only: one of FILTERS, what must wait in each; anything else stands for no choice."""
        report, now = self.preview.report, self.folder.read()
        found = rows(report.read, report.checked, now) if report else ()
        shown = [row for row in found if only not in FILTERS or getattr(row, only)]
        values: dict[str, object] = {"rows": shown, "only": only, "filters": FILTERS, "counts": counts(found)}
        return self.page("list.html", 200, broken=as_text(now.broken), **values)

    def article(self, facts: Facts, status: int = 200, notice: Notice | None = None) -> Response:
        """An article with its numbers. notice: of a form that was not taken."""
        report, now = self.preview.report, self.folder.read()
        assert report is not None  # noqa: S101  facts are of a report
        values = {
            "facts": facts,
            "parts": parts(facts, report.checked, now, notice),
            "who": notice.form.entered.get("who", "") if notice else self.who,
            "lists": choices(report.read),
            "choices": CHOICES,
            "industries": industry_list().entries.values(),
            "onward": next_article(report.read, facts.article.id, now),
            "broken": as_text(now.broken),
        }
        return self.page("article.html", status, **values)

    async def judge(self, article: str, request: Request) -> Response:
        """Take a form: write its verdict and lead on to the next number, or show what is wrong with it."""
        form = filled(await read_form(request, self.token))
        facts = self.facts(article)
        claim = next((each for each in facts.claims if each.id == form.claim), None)
        if claim is None:
            raise RefusedError(404, "nothing")
        async with self.turn:
            try:
                wrong = await asyncio.to_thread(self.write, claim, form)
            except ChangedError as error:
                return self.article(
                    facts, 409, Notice(form, {"changed": "changed"}, _said(error), stale=True)
                )
            except SitegenError as error:
                return self.article(facts, 503, Notice(form, said=_said(error)))
        if wrong:
            return self.article(facts, 422, Notice(form, wrong))
        self.who = form.entered.get("who") or self.who
        if not self.watched:
            self.build()
        found = parts(facts, (), self.folder.read())
        onward = claim.id if form.action == UNDO else next_open(found, claim.id)
        return RedirectResponse(f"{ADDRESS}{facts.article.id}/#c-{onward.rpartition('-')[2]}", 303, HEADERS)

    def write(self, claim: Claim, form: Filled) -> dict[str, str]:
        """Do what the form says; what is wrong with it, field by field, and then nothing was written."""
        standing = self.folder.read()
        if standing.mark(claim) == form.seen and (
            lost := unsaved(form, _shown(claim, standing.verdict(claim.id)))
        ):
            return lost
        if form.action == UNDO:
            self.folder.undo(claim, form.seen)
            return {}
        checked = check(form, claim, today(self.preview.site.config.timezone).isoformat())
        if not checked.wrong:
            self.folder.write(claim, checked.entry, form.seen)
        return dict(checked.wrong)

    def build(self) -> None:
        """Have the preview built, one build after the other."""

        async def renew() -> None:
            async with self.building:
                await self.preview.renew()

        task = asyncio.create_task(renew())
        self.builds.add(task)
        task.add_done_callback(self.builds.discard)


def _words(site: Workspace) -> Strings:
    """The words of the site's language, with what the site lays over them."""
    try:
        return load_strings(site.config.language, [site.root / "templates", default_theme()])
    except SitegenError:  # the build says so
        return load_strings(site.config.language)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: packaged_text(f"desk/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _fill(template: str, site: Workspace, values: Mapping[str, object]) -> str:
    return _environment().get_template(template).render(values, t=_words(site), home=ADDRESS)


def _shown(claim: Claim, verdict: Verdict | None) -> Claim:
    """The claim with the verdict on it."""
    return replace(claim, **verdict.fields) if verdict else claim


def desk_link(preview: Preview, path: str) -> str:
    """What leads from a page of the preview to the desk: from an article to its numbers. path: of the page in the site."""
    place = path.removeprefix("articles/").removesuffix("/index.html")
    read = preview.report.read if preview.report and place != path else ()
    article = next((f"{each.article.id}/" for each in read if each.article.address == place), "")
    return _fill("link.html", preview.site, {"article": article})


def _said(error: SitegenError) -> tuple[str, ...]:
    return tuple(as_text([each]) for each in error.problems)


def desk_routes(preview: Preview, *, on: bool, watched: bool) -> list[BaseRoute]:
    """The desk's addresses. on: False where other machines are let in, then each address only says that the desk is off."""
    desk = _Desk(preview, watched, Folder(preview.site.root))

    def answer(
        work: Callable[[Request], Awaitable[Response]],
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            try:
                if not on:
                    raise RefusedError(403, "off")
                return await work(request)
            except RefusedError as refused:
                words = _words(preview.site)(f"desk.refused-{refused.key}")
                return PlainTextResponse(words + "\n", refused.status, HEADERS)
            except SitegenError as error:  # a folder that cannot be listed
                return PlainTextResponse(as_text(error.problems) + "\n", 503, HEADERS)

        return answered

    async def show_list(request: Request) -> Response:
        return desk.list(request.query_params.get("only", ""))

    async def show_article(request: Request) -> Response:
        article = request.path_params["article"]
        if request.method == "POST":
            return await desk.judge(article, request)
        return desk.article(desk.facts(article))

    async def show_file(request: Request) -> Response:
        name = request.path_params["name"]
        if name in _THEME:  # the site's own, also where it could not be built yet
            theme = [preview.site.root / "templates", default_theme()]
            return Response(dict(assets(theme)).get(f"assets/{name}", b""), 200, HEADERS, _THEME[name])
        if name not in _STATIC:
            raise RefusedError(404, "nothing")
        return Response(packaged_text(f"desk/{name}"), 200, HEADERS, _STATIC[name])

    async def lead(request: Request) -> Response:
        return RedirectResponse(request.url.path + "/")

    return [
        Route(ADDRESS, answer(show_list)),
        Route(ADDRESS + "-/{name}", answer(show_file)),
        Route(ADDRESS + "{article}/", answer(show_article), methods=["GET", "POST"]),
        Route(ADDRESS + "{article}", answer(lead)),
        Route(ADDRESS[:-1], answer(lead)),
    ]
