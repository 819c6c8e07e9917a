"""Which reader a file gets: found from what is in it, never from its name."""

from __future__ import annotations

from collections.abc import Iterable

from sourcebook.errors import UnreadableDocument
from sourcebook.ports import Raw, Reader, Reading
from sourcebook.read import html, markdown, plain
from sourcebook.read.encodings import decode
from sourcebook.read.sniff import no_reader

_SAMPLE = 65_536


def reader(data: bytes) -> Reader:
    """The reader for these bytes.

    Raises:
        UnreadableDocument: there is none; the message says what the bytes are.
    """
    why = no_reader(data)
    if why:
        raise UnreadableDocument(why)
    if html.looks(data):
        return html.read
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml"):
        raise UnreadableDocument("XML: there is no reader for it")
    return markdown.read if markdown.looks(decode(data[:_SAMPLE]).text) else plain.read


def read(raw: Raw, *, sequence: int) -> Iterable[Reading]:
    """The documents in a file.

    Raises:
        UnreadableDocument: no text can be got out of it.
    """
    return reader(raw.data)(raw, sequence=sequence)
