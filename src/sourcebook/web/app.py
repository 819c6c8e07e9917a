"""The local app: addresses to pages, and the one address that writes."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sourcebook.errors import InputError, ModelError, NotFound, SourcebookError
from sourcebook.model import Decision, Verdict
from sourcebook.project import paging, reviewing, searching
from sourcebook.views.draw import world
from sourcebook.web import rendering
from sourcebook.web.book import Book, Shelf
from sourcebook.web.links import Served
from sourcebook.web.pages import EITHER, MENU, PAGES, SINGLE, search
from sourcebook.web.pages import review as reviews
from sourcebook.web.pages.asking import Ask
from sourcebook.web.safety import Guard, Session

_MOST_BYTES: Final = 65_536
_REVIEWER: Final = "reviewer"


class App:
    """The pages of one sourcebook; `reviewer` is the name that decisions bear unless another is given."""

    def __init__(self, shelf: Shelf, session: Session, reviewer: str = "") -> None:
        self.shelf = shelf
        self.session = session
        self.reviewer = reviewer
        self.links = Served()

    def starlette(self) -> Starlette:
        """The ASGI application."""
        pages = [
            Route("/" if name == "overview" else f"/{name}", self._listed(name))
            for name in PAGES
            if name not in SINGLE or name in EITHER
        ]
        single = [Route(f"/{name}/{{of}}", self._listed(name)) for name in PAGES if name in SINGLE]
        return Starlette(
            routes=[
                *pages,
                *single,
                Route("/search", self.search),
                Route("/review", self.review),
                Route("/cards", self.cards),
                Route("/scan/{of}", self.scan),
                Route("/decide", self.decide, methods=["POST"]),
                Route("/static/geo-{name}.js", self.geo),
                Mount("/static", StaticFiles(packages=[("sourcebook.web", "static")])),
            ],
            middleware=[
                Middleware(Guard, session=self.session),
                Middleware(GZipMiddleware, minimum_size=2_000),
            ],
            exception_handlers={SourcebookError: self._failed, HTTPException: self._failed},
        )

    def _listed(self, name: str) -> Any:
        def page(request: Request) -> Response:
            ask = self._ask(request)
            return self._page(request, name, PAGES[name].template, ask.book, PAGES[name].context(ask))

        return page

    def _ask(self, request: Request) -> Ask:
        return Ask(
            self.shelf.book(), self.links, dict(request.query_params), request.path_params.get("of", "")
        )

    def _page(
        self, request: Request, here: str, template: str, book: Book | None, given: Mapping[str, Any]
    ) -> Response:
        shared = {
            "here": here,
            "menu": MENU,
            "token": self.session.writing,
            "reviewer": request.cookies.get(_REVIEWER) or self.reviewer,
        }
        return HTMLResponse(rendering.render(template, book=book, links=self.links, **{**shared, **given}))

    def search(self, request: Request) -> Response:
        """Names, events and texts under some words."""
        book, query = self.shelf.book(), request.query_params.get("q", "").strip()[:200]
        words, found = searching.documents(self.shelf.path, query)
        return self._page(request, "", "search.html", book, search.context(book, query, words, found))

    def geo(self, request: Request) -> Response:
        """What a map that is moved is drawn from, as a script, since pages on disk can load nothing else."""
        name = request.path_params["name"]
        if name not in world.FILES:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        headers = {"Cache-Control": "max-age=86400"}
        return Response(world.script(name), media_type="text/javascript", headers=headers)

    def cards(self, request: Request) -> Response:
        """The evidence of some claims, for the panel."""
        ask = self._ask(request)
        return self._page(request, "", "cards.html", ask.book, PAGES["evidence"].context(ask))

    def scan(self, request: Request) -> Response:
        """The page of a PDF on which a claim or mention stands, its words marked; `n` is for the next."""
        ask = self._ask(request)
        shown = paging.pages(self.shelf.path, paging.span_of(ask.book.record, ask.of))
        wanted = ask.given.get("n", "1")
        number = int(wanted) if wanted.isdecimal() else 0
        if not 1 <= number <= len(shown):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(shown[number - 1].png, media_type="image/png")

    def review(self, request: Request) -> Response:
        """The next question."""
        ask = self._ask(request)
        log = ask.book.record.decisions
        given = {
            **reviews.context(ask, reviewing.questions(ask.book.record)),
            "last_decision": _last(log, request.cookies.get(_REVIEWER) or self.reviewer),
        }
        return self._page(request, "review", "review.html", ask.book, given)

    async def decide(self, request: Request) -> Response:
        """Put a decision into the log, and go back to where it was taken."""
        form = await _form(request)
        if not hmac.compare_digest(form.get("token", "").encode(), self.session.writing.encode()):
            raise HTTPException(
                HTTPStatus.FORBIDDEN, "This form is from another session. Go back and reload."
            )
        by = form.get("by", "").strip()[:100] or self.reviewer
        try:
            verdict = Verdict(form.get("verdict", ""))
        except ValueError as error:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "There is no such verdict.") from error
        about = tuple(form.get("about", "").split())
        signed = (by, datetime.now(UTC), form.get("why", "").strip()[:500])
        decision = reviewing.decide(self.shelf.path, verdict, about, signed=signed)
        answer = RedirectResponse(_back(form.get("back", ""), decision), HTTPStatus.SEE_OTHER)
        answer.set_cookie(_REVIEWER, by, httponly=True, samesite="strict")
        return answer

    def _failed(self, request: Request, error: Exception) -> Response:
        status, title, message = _explained(error)
        if request.url.path == "/cards":
            return PlainTextResponse(message, status)
        try:
            book = self.shelf.book()
        except (SourcebookError, OSError):
            book = None
        answer = self._page(request, "", "error.html", book, {"title": title, "message": message})
        answer.status_code = status
        return answer


def _explained(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, HTTPException):
        known = error.status_code == HTTPStatus.NOT_FOUND
        words = "There is no such page." if known else error.detail
        return error.status_code, "Not here" if known else "Refused", words
    if isinstance(error, NotFound):
        return HTTPStatus.NOT_FOUND, "Not in the record", str(error)
    if isinstance(error, InputError | ModelError):
        return HTTPStatus.BAD_REQUEST, "That cannot be done", str(error)
    return HTTPStatus.INTERNAL_SERVER_ERROR, "The sourcebook cannot be used", str(error)


def _last(log: tuple[Decision, ...], by: str) -> str:
    """The last standing decision of a reviewer."""
    undone = {d.about[0] for d in log if d.verdict is Verdict.UNDO}
    own = (d.id for d in reversed(log) if d.by == by and d.id not in undone and d.verdict is not Verdict.UNDO)
    return next(own, "")


def _back(address: str, decision: Decision) -> str:
    """The page to return to, which must be ours, told of the decision."""
    parts = urlsplit(address)
    path = "/" + parts.path.lstrip("/\\") if not (parts.scheme or parts.netloc) else "/"
    kept = [p for p in parts.query.split("&") if p and not p.startswith("done=")]
    return f"{path}?{'&'.join([*kept, f'done={decision.id}'])}"


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; a body that is too long or of another kind is refused."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "A form is wanted here.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The form is too long.")
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=50)
    except ValueError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The form cannot be read.") from error
    return {name: values[0] for name, values in fields.items()}


def make(path: Path, session: Session, *, reviewer: str = "") -> Starlette:
    """The app over the sourcebook at `path`."""
    return App(Shelf(path), session, reviewer).starlette()
