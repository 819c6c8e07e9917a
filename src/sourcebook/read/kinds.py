"""Which reader a file gets: found from what is in it, never from its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Final

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Skipped
from sourcebook.ports import Raw, Reading
from sourcebook.read import archives, html, mail, markdown, plain
from sourcebook.read.encodings import decode
from sourcebook.read.files import LIMIT
from sourcebook.read.page import Page, Part, reading
from sourcebook.read.sniff import binary_kind, no_reader, text_kind

_SAMPLE = 65_536

#: Kinds of file that are one document, and what makes a page of their bytes.
_PAGES: Final[MappingProxyType[str, Callable[[bytes], Page]]] = MappingProxyType(
    {"text": plain.page, "markdown": markdown.page, "html": html.page}
)
#: Kinds of file that hold several: what takes them apart.
_CONTAINERS: Final[MappingProxyType[str, Callable[[Raw], Iterable[Part | Raw | Skipped]]]] = MappingProxyType(
    {
        "mail": mail.parts,
        "mbox": mail.messages,
        "zip": archives.zip_members,
        "tar": archives.tar_members,
        "compressed": archives.unpacked,
    }
)
#: Text that needs no more than decoding: nothing in it can hang or crash a reader.
_HARMLESS: Final = ("text", "markdown")
_TEXTS: Final = (*_HARMLESS, "html")


def kind(data: bytes) -> str:
    """What these bytes are, in a word: "pdf", "mail", "text".

    Raises:
        UnreadableDocument: there is no reader for them; the message says what they are.
    """
    why = no_reader(data)
    if why:
        raise UnreadableDocument(why)
    found = binary_kind(data) or ("html" if html.looks(data) else text_kind(data))
    if found is None:
        found = "markdown" if markdown.looks(decode(data[:_SAMPLE]).text) else "text"
    if found not in _PAGES and found not in _CONTAINERS:
        raise UnreadableDocument(f"{_NAMES.get(found, found)}: there is no reader for it")
    return found


_NAMES: Final = MappingProxyType({"json": "JSON", "xml": "XML", "warc": "a web archive (WARC)"})


def is_harmless(data: bytes) -> bool:
    """Whether these bytes are text that may be read without a guard."""
    try:
        return kind(data) in _HARMLESS
    except UnreadableDocument:
        return True


def read(raw: Raw, *, sequence: int) -> Iterable[Reading | Raw | Skipped]:
    """The documents in a file, the files in it that are to be read in their turn, and what could not be read.

    Raises:
        UnreadableDocument: no text can be got out of it.
    """
    found = kind(raw.data)
    if found in _TEXTS and len(raw.data) > LIMIT:
        raise UnreadableDocument(f"too large: {len(raw.data):,} bytes of text, at most {LIMIT:,} are read")
    if found in _PAGES:
        return list(_documents(Part("", _PAGES[found](raw.data)), raw, sequence))
    return list(_taken_apart(found, raw, sequence))


def _taken_apart(found: str, raw: Raw, sequence: int) -> Iterator[Reading | Raw | Skipped]:
    nothing = True
    for part in _CONTAINERS[found](raw):
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
        raw = raw._replace(path=f"{raw.path}/{part.name}", container=raw.path)
    if part.page.text.strip() or not part.page.unread:
        yield reading(part.page, raw, sequence=sequence)
    for what in part.page.unread:
        name, _, why = what.partition(": ")
        yield Skipped(path=f"{raw.path}, {name}", stage="read", why=why)
