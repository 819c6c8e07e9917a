"""The page of a PDF on which something in a record stands, drawn under guard with its words marked."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from sourcebook.config import Config
from sourcebook.errors import InputError, NotFound, UnreadableDocument
from sourcebook.model import Record, Span
from sourcebook.ports import Job, Limits, Task
from sourcebook.project.engines import engine
from sourcebook.read.pdf_places import Asked, Box, Shown, decoded
from sourcebook.read.sniff import binary_kind
from sourcebook.store.store import Store

_SHOW: Final = "sourcebook.read.pdf_places:prepare"


class Place(Struct, frozen=True, kw_only=True):
    """One box of words on a page, in points from its lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, shown: Shown, box: Box) -> Place:
        """A box with the page that it is on and the page's size."""
        sides = (round(side, 2) for side in (box.left, box.bottom, box.right, box.top))
        left, bottom, right, top = sides
        return cls(
            page=shown.page, left=left, bottom=bottom, right=right, top=top,
            width=round(shown.width, 2), height=round(shown.height, 2),
        )  # fmt: skip


def span_of(record: Record, identifier: str) -> Span:
    """Where a claim or mention stands, or what "document:start-end" says.

    Raises:
        NotFound: there is no such thing.
    """
    for claim in record.claims:
        if claim.id == identifier:
            return claim.evidence
    for mention in record.mentions:
        if mention.id == identifier:
            return mention.span
    name, _, place = identifier.rpartition(":")
    first, _, last = place.partition("-")
    document = next((d for d in record.documents if d.id == name), None)
    if document is None or not (first.isdecimal() and last.isdecimal()):
        raise NotFound(f"no claim, mention or d-...:10-20 is called {identifier}")
    return document.span(int(first), int(last))


def pages(path: Path, span: Span, config: Config | None = None) -> tuple[Shown, ...]:
    """The pages of a PDF on which a span stands, each as a picture with the words marked.

    Raises:
        InputError: its document is no PDF, or its pages cannot be drawn.
    """
    with Store(path) as store:
        document = next(d for d in store.documents() if d.id == span.document)
        data = store.original(document.sha256)
    if binary_kind(data) != "pdf":
        raise InputError(f"{document.path} is no PDF: it has no pages to show")
    settings = config or Config()
    limits = Limits(seconds=settings.read_seconds, memory=settings.read_memory_mb << 20, tries=1, sealed=True)
    asked = Asked(data, document.text, span.start, span.end)
    with engine(settings).crew(Task(_SHOW), limits) as crew:
        (done,) = crew.run([Job("page", msgspec.msgpack.encode(asked))])
    if done.result is None:
        raise InputError(f"{document.path} cannot be shown: {done.why}")
    try:
        return decoded(done.result)
    except UnreadableDocument as error:
        raise InputError(f"{document.path} cannot be shown: {error}") from error
