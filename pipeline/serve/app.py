"""What pages can ask: themselves, how things stand, and changes. Addresses are those of the folder `output/`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from pipeline import files, layout
from pipeline.errors import PipelineError
from pipeline.serve import page, sentences
from pipeline.serve.desk import Desk, Refused, Wish
from pipeline.serve.news import News
from pipeline.serve.sentences import Shown
from pipeline.serve.workshop import Workshop


class Application:
    """The endpoints over a desk and a workshop."""

    def __init__(self, desk: Desk, workshop: Workshop, news: News) -> None:
        """Holds what the endpoints need."""
        self._desk, self._workshop, self._news = desk, workshop, news

    def asgi(self) -> Starlette:
        """The application, without its guard."""
        return Starlette(
            routes=[
                Route("/", self.index),
                Route("/index.html", self.index),
                Route("/favicon.ico", lambda _request: Response(status_code=204)),  # browsers ask, and we have none
                Route("/api/news", self.news),
                Route("/api/progress", self.progress),
                Route("/api/{file}", self.own_file),
                Route("/api/{slug}/sentences", self.sentences),
                Route("/api/{slug}/{sentence}/matches", self.matches),
                _post("/api/{slug}/{sentence}/check", self.check),
                _post("/api/{slug}/{sentence}/approve", self.approve),
                _post("/api/{slug}/{sentence}/withdraw", self.withdraw),
                _post("/api/{slug}/undo/{change}", self.undo),
                Route("/report.html", self.overview),
                Route("/{slug}/{file}", self.bulletin),
            ],
            exception_handlers={Refused: _refusal, PipelineError: _failure, Exception: _surprise},
        )

    def index(self, _request: Request) -> Response:
        """The list of bulletins, as it is in output/."""
        built = self._desk.project.output / "index.html"
        text = files.read_text(built) if built.is_file() else layout.index_html(())
        return _page(page.dressed(text, "index.js", files.seal(built)))

    def bulletin(self, request: Request) -> Response:
        """A bulletin's page with the reviewer's tools, its PDF, or its quality report, as a page or as JSON."""
        slug, name = self._slug(request), request.path_params["file"]
        path = self._desk.project.output / slug / name
        if name == f"{slug}.html":
            version = self._workshop.version(slug)
            return _page(page.dressed(files.read_text(path), "review.js", version))
        if name == f"{slug}.pdf" and path.is_file():
            policy = {"Content-Security-Policy": "frame-ancestors 'none'"}  # a PDF viewer has scripts of its own
            return FileResponse(path, media_type="application/pdf", headers=policy)
        if name == "report.json" and path.is_file():
            return FileResponse(path, media_type="application/json")
        return _report(path)

    def overview(self, _request: Request) -> Response:
        """The quality report over all bulletins."""
        return _report(self._desk.project.output / "report.html")

    def own_file(self, request: Request) -> Response:
        """Our script or style, or a whole font for what the page's own has no characters for."""
        path, kind = page.FILES.get(request.path_params["file"], (None, ""))
        if path is None:
            raise Refused(404, "There is no such file.")
        return FileResponse(path, media_type=kind)

    async def news(self, _request: Request) -> Response:
        """Server-sent events: how everything stands, then what changes."""
        first = await run_in_threadpool(self._workshop.stands)
        return StreamingResponse(self._news.listen(first), media_type="text/event-stream")

    def progress(self, _request: Request) -> Response:
        """Of every bulletin, how far it is."""
        desk = self._desk
        return JSONResponse({slug: sentences.progress(desk.sentences(slug)) for slug in desk.slugs()})

    def sentences(self, request: Request) -> Response:
        """All sentences of a bulletin, as they stand."""
        return JSONResponse(_told(self._desk.sentences(self._slug(request))))

    def matches(self, request: Request) -> Response:
        """Approved sentences like this one."""
        return JSONResponse(self._desk.matches(self._slug(request), request.path_params["sentence"]))

    async def check(self, request: Request) -> Response:
        """What the checks say of an English sentence."""
        english = _text(await _said(request), "english")
        return await self._answered(request, lambda slug, one: self._desk.tried(slug, one, english))

    async def approve(self, request: Request) -> Response:
        """Approves an English sentence."""
        said = await _said(request)
        english, accepted = _text(said, "english"), _texts(said, "accepted")
        wish = Wish(_text(said, "source"), _text(said, "version"), english, accepted)
        return await self._changed(request, lambda slug, one: self._desk.approve(slug, one, wish))

    async def withdraw(self, request: Request) -> Response:
        """Withdraws an approval."""
        said = await _said(request)
        wish = Wish(_text(said, "source"), _text(said, "version"))
        return await self._changed(request, lambda slug, one: self._desk.withdraw(slug, one, wish))

    async def undo(self, request: Request) -> Response:
        """Puts back what stood before a change."""
        await _said(request)
        return await self._changed(request, lambda _slug, _one: self._desk.undo(request.path_params["change"]))

    async def _answered(self, request: Request, answer: Callable[[str, str], object]) -> Response:
        place = self._slug(request), request.path_params.get("sentence", "")
        return JSONResponse(await run_in_threadpool(answer, *place))

    async def _changed(self, request: Request, change: Callable[[str, str], str]) -> Response:
        """Answers once the change is on the disk, with all sentences that it changes; the bulletin follows."""

        def made(slug: str, one: str) -> object:
            name = change(slug, one)
            source = self._desk.source_of(name)
            self._workshop.wanted(slug)
            self._news.publish({"approved": source})
            return {"change": name, **_told(self._desk.sentences(slug), source)}

        return await self._answered(request, made)

    def _slug(self, request: Request) -> str:
        slug: str = request.path_params["slug"]
        if slug not in self._desk.slugs():
            raise Refused(404, "There is no such bulletin.")
        return slug


def _told(all_: Sequence[Shown], source: str = "") -> dict[str, object]:
    """How far a bulletin is, and its sentences: all, or those of one Chinese sentence."""
    told = [sentences.told(one) for one in all_ if source in {"", one.source}]
    return {"sentences": told, "progress": sentences.progress(all_)}


def _post(path: str, endpoint: Callable[[Request], Any]) -> Route:
    return Route(path, endpoint, methods=["POST"])


def _page(made: page.Dressed) -> Response:
    return HTMLResponse(made.html, headers={"Content-Security-Policy": made.policy})


def _report(path: Path) -> Response:
    if path.name != "report.html" or not path.is_file():
        raise Refused(404, "There is no such page.")
    return _page(page.dressed(files.read_text(path)))


async def _said(request: Request) -> Mapping[str, Any]:
    """The JSON object of a request, which the guard keeps short; raises Refused where it is none."""
    try:
        said = json.loads(await request.body())
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Refused(400, "The request is no JSON object.")
    return said


def _text(said: Mapping[str, Any], name: str) -> str:
    if not isinstance(said.get(name), str):
        raise Refused(400, f"The request has no text “{name}”.")
    return str(said[name])


def _texts(said: Mapping[str, Any], name: str) -> tuple[str, ...]:
    texts = said.get(name, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise Refused(400, f"“{name}” is no list of texts.")
    return tuple(texts)


def _refusal(_request: Request, refused: Any) -> Response:  # noqa: ANN401  (Starlette's signature says Exception)
    return JSONResponse(refused.said, refused.status)


def _failure(_request: Request, error: Exception) -> Response:
    return JSONResponse({"message": " ".join(str(error).splitlines())}, 503)


def _surprise(_request: Request, error: Exception) -> Response:
    return JSONResponse(
        {"message": f"The program met an error it does not know ({type(error).__name__}: {error})."}, 500
    )
