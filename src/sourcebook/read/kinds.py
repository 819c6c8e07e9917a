"""Which reader a file gets: found from what is in it, never from its name."""

from __future__ import annotations

from collections.abc import Iterable

from sourcebook.errors import UnreadableDocument
from sourcebook.ports import Raw, Reader, Reading
from sourcebook.read import plain
from sourcebook.read.sniff import no_reader


def reader(data: bytes) -> Reader:
    """The reader for these bytes.

    Raises:
        UnreadableDocument: there is none; the message says what the bytes are.
    """
    why = no_reader(data)
    if why:
        raise UnreadableDocument(why)
    return plain.read


def read(raw: Raw, *, sequence: int) -> Iterable[Reading]:
    """The documents in a file.

    Raises:
        UnreadableDocument: no text can be got out of it.
    """
    return reader(raw.data)(raw, sequence=sequence)
