"""Who may ask: the browser that was given the token, from our own pages. Everyone else gets a sentence.

Other pages in the same browser can send requests here (by a form, an image, a name that they point at 127.0.0.1), and
so can other users of the machine; `Host`, `Origin` and the token tell them from the reviewer.
"""

from __future__ import annotations

import secrets
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LARGEST: Final = 64 * 1024
"""Bytes of a request's body; an approved sentence needs a hundredth of it."""
_SAFE = frozenset({"GET", "HEAD"})
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ENTRY = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>Review</title>'


class Guard:
    """Stands before the application; a request that it refuses never arrives there."""

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        """`token` opens the door, `port` is where the server listens."""
        self._app, self._token, self._cookie = app, token.encode(), f"bulletin-{port}"
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] != "http":  # nothing else is spoken here; the server closes it
            return
        request = Request(scope)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            await send(message)

        answer = self._answer(request) or self._app
        await answer(scope, receive, sealed)

    def _answer(self, request: Request) -> Response | None:
        """What is answered here: a refusal, or the way in; None for what may pass."""
        if request.headers.get("host") not in self._hosts:
            return _refused("This is not the address that the server was started at.")
        offered = request.query_params.get("token")
        if request.url.path == "/" and request.method in _SAFE and offered is not None:
            return self._entry() if self._is_token(offered) else _refused("This is not the token that was printed.")
        if not self._is_token(request.cookies.get(self._cookie, "")):
            return _refused("Open the address that “bulletin serve” printed: it has the token.")
        return self._strange(request)

    def _entry(self) -> Response:
        """Sets the cookie and goes on to an address without the token.

        By a page, not a redirect: after a link on another page a browser sends a strict cookie only from our own.
        """
        response = HTMLResponse(_ENTRY)
        response.set_cookie(self._cookie, self._token.decode(), httponly=True, samesite="strict")
        return response

    def _is_token(self, offered: str) -> bool:
        return secrets.compare_digest(offered.encode("utf-8", "surrogateescape"), self._token)

    def _strange(self, request: Request) -> Response | None:
        """A refusal of what our own pages never send."""
        headers = request.headers
        ours, origin = f"http://{headers['host']}", headers.get("origin")
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"} or origin not in {None, ours}:
            return _refused("A page of another site cannot ask here.")
        if request.method in _SAFE:
            return None
        if origin is None:
            return _refused("A change that does not say from which page it comes is not made.")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return _refused("Changes are sent as JSON.", 415)
        length = headers.get("content-length", "")
        if "transfer-encoding" in headers or not (length.isascii() and length.isdecimal()):
            return _refused("How long the request is must be said.", 411)
        return _refused("The request is too long.", 413) if int(length[:9]) > _LARGEST else None


def _refused(sentence: str, status: int = 403) -> Response:
    return PlainTextResponse(sentence + "\n", status)
