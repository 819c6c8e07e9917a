"""Where each page is: in the app, and as a file of the site."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Protocol
from urllib.parse import quote, urlencode

from sourcebook.model import ClaimId, MentionId
from sourcebook.web.book import Book


class Links(Protocol):
    """Addresses of pages, static files and evidence."""

    #: Whether decisions can be taken here.
    writes: bool

    def page(self, name: str, of: str = "", **query: str) -> str:
        """The address of a page, of one thing where `of` is its id."""

    def static(self, name: str) -> str:
        """The address of a style sheet or script."""

    def evidence(self, book: Book, claims: Sequence[str]) -> str:
        """Where the words behind a value are shown to a browser that runs no script."""


@cache
def _hash(name: str) -> str:
    held = files("sourcebook.web").joinpath("static", name)
    return hashlib.sha256(held.read_bytes()).hexdigest()[:8] if held.is_file() else ""


class Served:
    """Addresses in the local app."""

    writes = True

    def page(self, name: str, of: str = "", **query: str) -> str:
        """`/events?status=foiled`, `/event/e-0123`."""
        path = "/" if name == "overview" else f"/{name}/{quote(of)}" if of else f"/{name}"
        asked = urlencode({k: v for k, v in query.items() if v})
        return f"{path}?{asked}" if asked else path

    def static(self, name: str) -> str:
        """`/static/style.css?v=1a2b3c4d`: the browser may keep it for as long as it is the same."""
        held = _hash(name)  # a part of a name has none
        return f"/static/{name}?v={held}" if held else f"/static/{name}"

    def evidence(self, book: Book, claims: Sequence[str]) -> str:
        """`/evidence?of=c-0123,c-4567`."""
        del book
        return f"/evidence?of={','.join(claims)}"


class Filed:
    """Addresses of the site: files in one folder, so that it opens from disk."""

    writes = False

    def __init__(self) -> None:
        #: Every id whose evidence a page links to.
        self.asked: set[str] = set()

    def page(self, name: str, of: str = "", **query: str) -> str:
        """`events.html`, `event-e-0123.html`; a page of a list is a file, other queries are not kept."""
        if name == "overview":
            return "index.html"
        number = query.get("page", "")
        part = of or ("" if number in ("", "1") else number)
        return f"{name}-{part}.html" if part else f"{name}.html"

    def static(self, name: str) -> str:
        """`static/style.css`."""
        return f"static/{name}"

    def evidence(self, book: Book, claims: Sequence[str]) -> str:
        """The words in the document's own page."""
        if not claims:
            return "#"
        self.asked.update(claims)
        first = claims[0]
        claim = book.entries.claims.get(ClaimId(first))
        mention = book.entries.mentions.get(MentionId(first))
        span = claim.trigger if claim else mention.span if mention else None
        return f"{self.page('reader', span.document)}#{first}" if span else "#"
