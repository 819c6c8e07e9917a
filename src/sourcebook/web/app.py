"""The local app: addresses to pages, and the one address that writes."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sourcebook.errors import InputError, InUse, ModelError, NotFound, SourcebookError
from sourcebook.export.dossier import markdown
from sourcebook.model import Decision, Verdict
from sourcebook.project import paging, searching
from sourcebook.views import reviewers
from sourcebook.views.dossier import dossier
from sourcebook.views.dossier_redaction import legible
from sourcebook.views.draw import world
from sourcebook.web import corrections, rendering
from sourcebook.web.book import Book
from sourcebook.web.links import Served
from sourcebook.web.pages import DECIDING, EITHER, MENU, PAGES, SINGLE, search
from sourcebook.web.pages import dossier as dossiers
from sourcebook.web.pages import review as reviews
from sourcebook.web.pages.asking import Ask
from sourcebook.web.safety import Guard, Session
from sourcebook.web.shelf import Settle, Shelf, uncollected

_MOST_BYTES: Final = 65_536
#: A page of 400 kB is packed in 4 ms; the best packing would take 35, and every other page waits for it.
_QUICKLY: Final = 1
_PATIENCE_SECONDS: Final = 5.0
_NO_PATIENCE: Final = 0.2
#: A form that takes longer than this to come is let go.
_SLOW_SECONDS: Final = 10.0
_REVIEWER: Final = "reviewer"
#: The account of every word of more documents than this takes seconds: it is made when it is asked for.
_REHEARSED_WHOLE: Final = 500


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
            for name in (*PAGES, *DECIDING)
            if name not in SINGLE or name in EITHER
        ]
        single = [Route(f"/{name}/{{of}}", self._listed(name)) for name in sorted(SINGLE)]
        return Starlette(
            routes=[
                *pages,
                *single,
                Route("/search", self.search),
                Route("/review", self.review),
                Route("/cards", self.cards),
                Route("/scan/{of}", self.scan),
                Route("/state", self.state),
                Route("/download/{of}", self.download),
                Route("/decide", self.decide, methods=["POST"]),
                Route("/static/geo-{name}.js", self.geo),
                Mount("/static", StaticFiles(packages=[("sourcebook.web", "static")])),
            ],
            middleware=[
                Middleware(Guard, session=self.session),
                Middleware(GZipMiddleware, minimum_size=2_000, compresslevel=_QUICKLY),
            ],
            exception_handlers={SourcebookError: self._failed, HTTPException: self._failed},
        )

    def rehearse(self) -> None:
        """Make pages that nobody sees, so that what pages share is there when they are asked for."""
        with uncollected():
            rendering.compile_all()
            world.prepare()
            book = self.shelf.book()
            whole = len(book.record.documents) <= _REHEARSED_WHOLE
            pages = [(name, "") for name, page in MENU if name in PAGES and (whole or name != "coverage")]
            pages += [("event", e.id) for e in book.record.events[:1]]
            pages += [("actor", a.id) for a in book.actors[:1]]
            pages += [("reader", d.id) for d in book.record.documents[:1]]
            for name, of in pages:
                context = PAGES[name].context(Ask(book, self.links, of=of))
                rendering.render(PAGES[name].template, book=book, links=self.links, menu=MENU, **context)

    def _listed(self, name: str) -> Any:
        made = PAGES.get(name) or DECIDING[name]

        def page(request: Request) -> Response:
            ask = self._ask(request)
            return self._page(request, name, made.template, ask.book, made.context(ask))

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
            "reviewer": self._name(request),
            "state": self.shelf.state() if book else None,
        }
        return HTMLResponse(rendering.render(template, book=book, links=self.links, **{**shared, **given}))

    def _name(self, request: Request) -> str:
        return unquote(request.cookies.get(_REVIEWER, "")) or self.reviewer

    def state(self, request: Request) -> Response:
        """How far the record is behind the log, for a page that waits."""
        del request
        return JSONResponse(self.shelf.state()._asdict())

    def download(self, request: Request) -> Response:
        """The dossier on an actor as a file."""
        book = self.shelf.book()
        entity = book.entity(request.path_params["of"])
        name = dossiers.file_name(entity)
        return PlainTextResponse(
            markdown(legible(dossier(book.record, entity))),
            media_type="text/markdown",
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )

    def search(self, request: Request) -> Response:
        """Names, events and texts under some words."""
        book, query = self.shelf.book(), request.query_params.get("q", "").strip()[:200]
        words = searching.words(query)
        try:
            found = searching.documents(self.shelf.path, query, patience=_NO_PATIENCE)
        except InUse:
            # A page does not wait for a build: the words are looked for in the texts at hand.
            found = search.holding(book, words)
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
        log, by = ask.book.record.decisions, self._name(request)
        given = {
            **reviews.context(ask, by),
            "last_decision": reviewers.last(log, by),
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
        decision = await run_in_threadpool(self._decided, form, by)
        answer = RedirectResponse(_back(form.get("back", ""), decision), HTTPStatus.SEE_OTHER)
        answer.set_cookie(_REVIEWER, quote(by), httponly=True, samesite="strict")
        return answer

    def _decided(self, form: Mapping[str, str], by: str) -> Decision:
        try:
            verdict = Verdict(form.get("verdict", ""))
        except ValueError as error:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "There is no such verdict.") from error
        about = tuple(form.get("about", "").split())
        signed = (by, datetime.now(UTC), form.get("why", "").strip()[:500])
        correction = corrections.read(form) if verdict is Verdict.CORRECT else None
        decision = self.shelf.decide(verdict, about, signed=signed, correction=correction)
        if not form.get("back", "").startswith("/review"):
            # The page that it was taken on shows what follows from it; the next question need not.
            self.shelf.settled(_PATIENCE_SECONDS)
        return decision

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
    try:
        async with asyncio.timeout(_SLOW_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > _MOST_BYTES:
                    raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The form is too long.")
    except TimeoutError as error:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "The form came too slowly.") from error
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=50)
    except ValueError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The form cannot be read.") from error
    return {name: values[0] for name, values in fields.items()}


def make(
    path: Path,
    session: Session,
    *,
    reviewer: str = "",
    settle: Settle | None = None,
    rehearses: bool = False,
) -> Starlette:
    """The app over the sourcebook at `path`; `settle` derives its record, a process of its own if None.

    With `rehearses`, it begins by making the pages once in the background.
    """
    shelf = Shelf(path, settle)
    shelf.book()
    app = App(shelf, session, reviewer)
    if rehearses:
        Thread(target=app.rehearse, name="sourcebook-rehearsal", daemon=True).start()
    return app.starlette()
