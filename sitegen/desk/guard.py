"""Who may use the desk: whoever sits at this machine and has its own page open; no other site in the same browser.

A name of somebody else that points at this machine is refused before, for the whole preview, by sitegen.serve.
"""

import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_LARGEST = 64_000  # bytes of a form
_MOST_FIELDS = 40
_FORM = "application/x-www-form-urlencoded"


class RefusedError(Exception):
    """A request that is not answered. status: of HTTP; key: of the words that say why."""

    def __init__(self, status: int, key: str) -> None:
        self.status, self.key = status, key
        super().__init__(key)


async def read_form(request: Request, token: str) -> Mapping[str, str]:
    """The fields of a form that one of our own pages sent; the first of a name counts. Raises RefusedError for any other."""
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if (
        request.headers.get("origin") != own
        or request.headers.get("sec-fetch-site", "same-origin") != "same-origin"
    ):
        raise RefusedError(403, "origin")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise RefusedError(415, "form")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise RefusedError(413, "large")
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"
        )
    except (UnicodeDecodeError, ValueError):
        raise RefusedError(400, "form") from None
    form = dict(reversed(pairs))
    if not secrets.compare_digest(form.get("token", "").encode(), token.encode()):
        raise RefusedError(403, "token")
    return form
