"""From decoded text to a Document: what every reader does after it has found the text."""

from __future__ import annotations

import hashlib
import re
from collections import ChainMap
from collections.abc import Iterator
from typing import Final, NamedTuple

from msgspec import structs

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Days, Document, Mask, Span, document_id
from sourcebook.ports import Raw, Reading
from sourcebook.read import front
from sourcebook.read.language import language, passages
from sourcebook.read.publishers import publisher
from sourcebook.read.translation import translated
from sourcebook.text import boilerplate, footnotes
from sourcebook.text.dates import Written, parse
from sourcebook.text.masks import blank

#: How far into a text its title or byline may stand.
_HEAD: Final = 2_000
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
#: Dates of a file, not of the report in it.
_FILE_DATES: Final = ("created", "modified", "retrieved")
_IN_URL: Final = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-])")


class Page(NamedTuple):
    """Text as a reader found it, its markup, and what the file states about itself outside of it.

    `stated` may hold title, author, publisher, published, url and language; `stated_in` says
    for each where it stands ("JSON-LD datePublished"). `created`, `modified` and `retrieved` in it
    are dates of the file, which say nothing of when the report was published. `starts` are the
    offsets of pages; `unread` says which parts of the file gave no text, and why.
    """

    text: str
    encoding: str
    markup: tuple[Mask, ...] = ()
    stated: dict[str, str] = {}  # noqa: RUF012 - never written to
    stated_in: dict[str, str] = {}  # noqa: RUF012
    starts: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()


class Part(NamedTuple):
    """A document within a file: its name there, "" for that of the file itself, and its text."""

    name: str
    page: Page


def reading(page: Page, raw: Raw, *, sequence: int) -> Reading:
    """The document and its source.

    What the table gives goes before what the file states, and that before what its text says.

    Raises:
        UnreadableDocument: nothing in the file but blanks and markup.
    """
    # SQLite and UTF-8 hold no lone surrogate; its stand-in is one code point as well: no offset moves.
    page = page._replace(text=_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", page.text))
    visible = blank(page.text, page.markup)
    if not visible.strip():
        raise UnreadableDocument("no text in it")
    sha256 = hashlib.sha256(raw.data).hexdigest()
    bare = Document(
        id=document_id(raw.path, sha256),
        path=raw.path,
        sha256=sha256,
        sequence=sequence,
        text=page.text,
        encoding=page.encoding,
        container=raw.container,
        file_dates=tuple(_file_dates(page, raw)),
        page_starts=page.starts,
        licence=raw.given.get("licence"),
        handling=raw.given.get("handling"),
    )
    stock = boilerplate.find(visible)
    found = front.find(visible, stock)
    said = ChainMap(raw.given, page.stated, raw.stated)
    source = publisher(said.get("publisher") or (found.publisher.text if found.publisher else ""), raw.given)
    title, title_span = _words(bare, said.get("title"), found.title)
    author, author_span = _words(bare, said.get("author"), found.author)
    code = raw.given.get("language") or language(visible) or page.stated.get("language")
    why = _translated(raw, visible, code)
    document = structs.replace(
        bare,
        source=source.id if source else None,
        title=title,
        title_span=title_span,
        author=author,
        author_span=author_span,
        url=said.get("url"),
        published=_published(bare, raw, page, found.published),
        language=code,
        translated=why is not None,
        translated_why=why,
        masks=boilerplate.merged(
            page.markup, stock, found.masks, footnotes.find(visible), passages(visible, code)
        ),
    )
    return Reading(document, source)


def _words(document: Document, said: str | None, found: front.Found | None) -> tuple[str | None, Span | None]:
    """A title or author as said, or as found, with the span if the head or foot of the text has the words."""
    if not said:
        return (found.text, document.span(found.start, found.end)) if found else (None, None)
    if found and found.text == said:
        return said, document.span(found.start, found.end)
    start = document.text.find(said, 0, _HEAD)
    return said, document.span(start, start + len(said)) if start >= 0 else None


def _published(document: Document, raw: Raw, page: Page, found: front.Dated | None) -> Days | None:
    """The day of publication and what it rests on; None where nothing states it."""
    given, stated, url = raw.given.get("published"), page.stated.get("published"), raw.given.get("url")
    if given and (written := parse(given)):
        return _days(written, f"given in {raw.given.get('given_in', 'the table of sources')}")
    if stated and (written := parse(stated)):
        return _days(written, page.stated_in.get("published", "stated in the file"))
    if found:
        agreed = [d.basis for d in document.file_dates if d.edtf and d.edtf == found.written.edtf]
        basis = f"{found.basis}; agrees with {agreed[0]}" if agreed else found.basis
        return _days(found.written, basis, document.span(found.start, found.end))
    address = _IN_URL.search(url or page.stated.get("url") or raw.stated.get("url", ""))
    if address and (written := parse("-".join(part.zfill(2) for part in address.groups()))):
        return _days(written, "date in the address of the page")
    return None


def _file_dates(page: Page, raw: Raw) -> Iterator[Days]:
    """When the file was made, changed or fetched, as far as it or its container says so."""
    for stated, places in ((page.stated, page.stated_in), (raw.stated, raw.stated_in)):
        for key in _FILE_DATES:
            written = parse(stated.get(key, ""))
            if written:
                yield _days(written, f"file {key}, {places.get(key, 'stated in the file')}")


def _days(written: Written, basis: str, span: Span | None = None) -> Days:
    return Days(
        edtf=written.edtf,
        earliest=written.earliest,
        latest=written.latest,
        basis=f"{basis}, {written.note}" if written.note else basis,
        span=span,
    )


def _translated(raw: Raw, text: str, code: str | None) -> str | None:
    """Why the text counts as translated; the table decides, else English is looked at for signs of it."""
    given = raw.given.get("translated")
    if given:
        return f"given in {raw.given.get('given_in', 'the table of sources')}" if given == "yes" else None
    return translated(text) if code == "en" else None


def line_ends(text: str) -> str:
    """`text` with every line end as a line feed; nothing else changes."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
