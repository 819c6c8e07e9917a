"""Which reader a file gets: found from what is in it, never from its name."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Skipped
from sourcebook.ports import Raw, Reading
from sourcebook.read import html, markdown, members, tables
from sourcebook.read.encodings import decode
from sourcebook.read.files import LIMIT
from sourcebook.read.language import of_mask
from sourcebook.read.page import Part, reading
from sourcebook.read.sniff import binary_kind, no_reader, text_kind

_SAMPLE = 65_536

#: Kinds of file that are one document, and what makes a page of their bytes. Strings, so that a library is
#: imported when the first file needs it, in the worker that reads it.
_PAGES: Final = MappingProxyType(
    {
        "text": "sourcebook.read.plain:page",
        "markdown": "sourcebook.read.markdown:page",
        "html": "sourcebook.read.html:page",
        "pdf": "sourcebook.read.pdf:page",
        "docx": "sourcebook.read.docx:page",
        "odt": "sourcebook.read.odt:page",
        "epub": "sourcebook.read.epub:page",
        "rtf": "sourcebook.read.rtf:page",
    }
)
#: Kinds of file that hold several: what takes them apart.
_CONTAINERS: Final = MappingProxyType(
    {
        "mail": "sourcebook.read.mail:parts",
        "mbox": "sourcebook.read.mail:messages",
        "zip": "sourcebook.read.archives:zip_members",
        "tar": "sourcebook.read.archives:tar_members",
        "compressed": "sourcebook.read.archives:unpacked",
        "warc": "sourcebook.read.warc:members",
        "feed": "sourcebook.read.feeds:entries",
        "json": "sourcebook.read.dumps:articles",
        "table": "sourcebook.read.dumps:rows",
    }
)
#: Text that needs no more than decoding: nothing in it can hang or crash a reader.
_HARMLESS: Final = ("text", "markdown")
_TEXTS: Final = (*_HARMLESS, "html")


def kind(data: bytes, columns: Mapping[str, str] | None = None) -> str:
    """What these bytes are, in a word: "pdf", "mail", "text". `columns` are the user's own, of tables.

    Raises:
        UnreadableDocument: there is no reader for them; the message says what they are.
    """
    why = no_reader(data)
    if why:
        raise UnreadableDocument(why)
    structured = text_kind(data)
    found = binary_kind(data) or ("html" if structured != "feed" and html.looks(data) else structured)
    if found is None:
        sample = decode(data[:_SAMPLE]).text
        found = "table" if tables.looks(sample, columns) else "markdown" if markdown.looks(sample) else "text"
    if found not in _PAGES and found not in _CONTAINERS:
        raise UnreadableDocument(f"{'XML' if found == 'xml' else found}: there is no reader for it")
    return found


def _named(where: str) -> Callable[..., Any]:
    module, _, name = where.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def is_harmless(raw: Raw) -> bool:
    """Whether a file is text that may be read without a guard."""
    try:
        return kind(raw.data, tables.given_columns(raw.given)) in _HARMLESS
    except UnreadableDocument:
        return True


def read(raw: Raw, *, sequence: int) -> Iterable[Reading | Raw | Skipped]:
    """The documents in a file, the files in it that are to be read in their turn, and what could not be read.

    Raises:
        UnreadableDocument: no text can be got out of it.
    """
    found = kind(raw.data, tables.given_columns(raw.given))
    if found in _TEXTS and len(raw.data) > LIMIT:
        raise UnreadableDocument(f"too large: {len(raw.data):,} bytes of text, at most {LIMIT:,} are read")
    if found in _PAGES:
        return _documents(Part("", _named(_PAGES[found])(raw.data)), raw, sequence)
    return _taken_apart(found, raw, sequence)


def _taken_apart(found: str, raw: Raw, sequence: int) -> Iterator[Reading | Raw | Skipped]:
    nothing = True
    for part in _named(_CONTAINERS[found])(raw):
        nothing = False
        if not isinstance(part, Part):
            yield part
            continue
        try:
            yield from _documents(part, raw, sequence)
        except UnreadableDocument as error:
            path = f"{raw.path}/{part.name}" if part.name else raw.path
            yield Skipped(path=path, stage="read", why=str(error))
    if nothing:
        raise UnreadableDocument("nothing in it")


def _documents(part: Part, raw: Raw, sequence: int) -> Iterator[Reading | Skipped]:
    """The document, and a row for each part of the file that gave no text."""
    if part.name:
        path = f"{raw.path}/{part.name}"
        raw = raw._replace(path=path, container=raw.path, given=members.given_inside(raw, path))
    if part.page.text.strip() or not part.page.unread:
        found = reading(part.page, raw, sequence=sequence)
        yield found
        for mask in found.document.masks:
            if code := of_mask(mask):
                place = f"{raw.path}, characters {mask.start}-{mask.end}"
                yield Skipped(path=place, stage="read", why=f"in another language ({code}): not read")
    for what in part.page.unread:
        name, _, why = what.partition(": ")
        yield Skipped(path=f"{raw.path}, {name}", stage="read", why=why)
