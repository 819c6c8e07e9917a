"""From decoded text to a Document: what every reader does after it has found the text."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Document, Mask, Source, SourceId, content_id, document_id
from sourcebook.ports import Raw, Reading


class Page(NamedTuple):
    """Text as a reader found it, its markup, and what the file states about itself outside of it.

    `stated` may hold title, author, publisher, published, url and language; `stated_in` says
    for each where it stands ("JSON-LD datePublished").
    """

    text: str
    encoding: str
    markup: tuple[Mask, ...] = ()
    stated: dict[str, str] = {}  # noqa: RUF012 - never written to
    stated_in: dict[str, str] = {}  # noqa: RUF012


def reading(page: Page, raw: Raw, *, sequence: int) -> Reading:
    """The document and its source."""
    if not page.text.strip():
        raise UnreadableDocument("no text in it")
    sha256 = hashlib.sha256(raw.data).hexdigest()
    source = publisher(raw.given.get("publisher") or page.stated.get("publisher"))
    document = Document(
        id=document_id(raw.path, sha256),
        path=raw.path,
        sha256=sha256,
        sequence=sequence,
        text=page.text,
        source=source.id if source else None,
        encoding=page.encoding,
        masks=page.markup,
    )
    return Reading(document, source)


def publisher(name: str | None) -> Source | None:
    """The source of that name: one id for every way to capitalise it."""
    name = " ".join((name or "").split())
    return Source(id=SourceId(content_id("s", name.casefold())), name=name) if name else None


def line_ends(text: str) -> str:
    """`text` with every line end as a line feed; nothing else changes."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
